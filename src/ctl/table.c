#include "ctl/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/text.h"

struct cell {
	char *text;
	size_t width;
	enum colour colour;
};

struct table {
	size_t columns, count, room;
	bool right[TABLE_COLUMNS_MAX];
	size_t width[TABLE_COLUMNS_MAX];
	struct cell *cells; /* the first row is the titles */
};

struct table *table_new(const char *const *titles)
{
	struct table *t = hl_calloc(1, sizeof(*t));

	while (titles[t->columns] && t->columns < TABLE_COLUMNS_MAX) {
		t->right[t->columns] = *titles[t->columns] == '>';
		t->columns++;
	}
	for (size_t i = 0; i < t->columns; i++) {
		table_text(t, titles[i] + t->right[i]);
		table_colour(t, COLOUR_DIM);
	}
	return t;
}

void table_text(struct table *t, const char *text)
{
	size_t column = t->count % t->columns;
	struct cell *c;

	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : 64;
		t->cells = hl_realloc_array(t->cells, t->room, sizeof(*t->cells));
	}
	c = &t->cells[t->count++];
	c->text = text_safe(text ? text : "", text ? strlen(text) : 0);
	c->width = text_width(c->text);
	c->colour = COLOUR_NONE;
	if (c->width > t->width[column])
		t->width[column] = c->width;
}

void table_int(struct table *t, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)number);
	table_text(t, text);
}

void table_colour(struct table *t, enum colour colour)
{
	t->cells[t->count - 1].colour = colour;
}

static void print_cell(const struct table *t, size_t i, FILE *out, bool colours)
{
	const struct cell *c = &t->cells[i];
	size_t column = i % t->columns, pad = t->width[column] - c->width;
	bool last = column + 1 == t->columns;

	fprintf(out, "%*s%s%s%s", t->right[column] ? (int)pad : 0, "", c->colour ? colour_code(c->colour, colours) : "",
		c->text, c->colour ? colour_code(COLOUR_NONE, colours) : "");
	if (last)
		fputc('\n', out);
	else
		fprintf(out, "%*s", (t->right[column] ? 0 : (int)pad) + 2, "");
}

void table_end(struct table *t, FILE *out, bool colours, const char *nothing)
{
	if (t->count <= t->columns)
		fprintf(out, "%s\n", nothing);
	for (size_t i = 0; i < t->count; i++) {
		if (t->count > t->columns)
			print_cell(t, i, out, colours);
		free(t->cells[i].text);
	}
	free(t->cells);
	free(t);
}

const char *colour_code(enum colour colour, bool colours)
{
	static const char *const codes[COLOURS] = {
		[COLOUR_NONE] = "\033[0m", [COLOUR_RED] = "\033[1;31m", [COLOUR_YELLOW] = "\033[33m", [COLOUR_GREEN] = "\033[32m",
		[COLOUR_DIM] = "\033[2m", [COLOUR_BOLD] = "\033[1m",
	};

	return colours ? codes[colour] : "";
}

enum colour colour_of_word(const char *word)
{
	static const struct { const char *word; enum colour colour; } rows[] = {
		{ "emergency", COLOUR_RED }, { "high", COLOUR_YELLOW },
		{ "new", COLOUR_YELLOW }, { "alerted", COLOUR_YELLOW }, { "closed", COLOUR_DIM },
		{ "acknowledged", COLOUR_GREEN }, { "created", COLOUR_RED },
		{ "ready", COLOUR_GREEN }, { "sweeping", COLOUR_GREEN }, { "sending", COLOUR_GREEN }, { "stuck", COLOUR_RED },
		{ "broken", COLOUR_RED }, { "absent", COLOUR_RED },
		{ "failed", COLOUR_RED }, { "unknown", COLOUR_YELLOW }, { "undelivered", COLOUR_YELLOW },
		{ "delivered", COLOUR_GREEN }, { "cancelled", COLOUR_DIM },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].word, word) == 0)
			return rows[i].colour;
	return COLOUR_NONE;
}
