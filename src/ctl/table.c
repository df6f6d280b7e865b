#include "ctl/table.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "ctl/text.h"
#include "ctl/wrap.h"

#define GAP 2 /* between columns */

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

/* ---- what stands where ----------------------------------------------------------------------- */

enum place { PLACE_ROW, PLACE_BELOW, PLACE_NOWHERE };

static bool says_nothing(const char *text)
{
	return *text == '\0' || strcmp(text, "-") == 0 || strcmp(text, "0") == 0;
}

static bool column_says_nothing(const struct table *t, size_t column)
{
	for (size_t i = t->columns + column; i < t->count; i += t->columns)
		if (!says_nothing(t->cells[i].text))
			return false;
	return true;
}

static size_t row_width(const struct table *t, const enum place *places)
{
	size_t width = 0;

	for (size_t i = 0; i < t->columns; i++)
		width += places[i] == PLACE_ROW ? t->width[i] + GAP : 0;
	return width - GAP; /* the first column always stands there */
}

static void arrange(const struct table *t, size_t width, enum place *places)
{
	for (size_t i = 0; i < t->columns; i++)
		places[i] = PLACE_ROW;
	if (width == 0 || row_width(t, places) <= width)
		return;
	for (size_t i = 1; i < t->columns; i++)
		places[i] = column_says_nothing(t, i) ? PLACE_NOWHERE : PLACE_ROW;
	for (size_t i = t->columns - 1; i > 0 && row_width(t, places) > width; i--)
		places[i] = places[i] == PLACE_ROW ? PLACE_BELOW : places[i];
}

/* ---- printing -------------------------------------------------------------------------------- */

static void print_text(const struct cell *c, FILE *out, bool colours)
{
	fprintf(out, "%s%s%s", c->colour ? colour_code(c->colour, colours) : "", c->text,
		c->colour ? colour_code(COLOUR_NONE, colours) : "");
}

static void print_row(const struct table *t, const struct cell *row, const enum place *places, FILE *out, bool colours)
{
	size_t owed = 0; /* spaces, printed only where something follows */

	for (size_t i = 0; i < t->columns; i++) {
		size_t pad = t->width[i] - row[i].width;
		if (places[i] != PLACE_ROW)
			continue;
		owed += t->right[i] ? pad : 0;
		if (*row[i].text) {
			fprintf(out, "%*s", (int)owed, "");
			print_text(&row[i], out, colours);
			owed = 0;
		}
		owed += (t->right[i] ? 0 : pad) + GAP;
	}
	fputc('\n', out);
}

/* "texts 2, waits for first action in 3 h" in a line of its own, under the second column. */
static void print_below(const struct table *t, const struct cell *row, const enum place *places, FILE *out, bool colours)
{
	const char *between = NULL;

	for (size_t i = 0; i < t->columns; i++) {
		const char *title = t->cells[i].text;
		if (places[i] != PLACE_BELOW || says_nothing(row[i].text))
			continue;
		if (between)
			fputs(between, out);
		else
			fprintf(out, "%*s", (int)t->width[0] + GAP, "");
		between = ", ";
		if (strcasecmp(title, row[i].text) != 0) { /* not "child child" */
			for (; *title; title++)
				fputc(tolower((unsigned char)*title), out);
			fputc(' ', out);
		}
		print_text(&row[i], out, colours);
	}
	if (between)
		fputc('\n', out);
}

void table_end(struct table *t, FILE *out, bool colours, const char *nothing)
{
	enum place places[TABLE_COLUMNS_MAX];

	arrange(t, wrap_width(out), places);
	if (t->count <= t->columns)
		fprintf(out, "%s\n", nothing);
	for (size_t i = 0; t->count > t->columns && i < t->count; i += t->columns) {
		print_row(t, t->cells + i, places, out, colours);
		if (i > 0)
			print_below(t, t->cells + i, places, out, colours);
	}
	for (size_t i = 0; i < t->count; i++)
		free(t->cells[i].text);
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
