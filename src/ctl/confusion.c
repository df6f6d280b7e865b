#include "ctl/confusion.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NAME_MAX_OCTETS 24
#define NAMES_MAX 32 /* rows or columns of one matrix that are shown */

struct cell {
	char label[NAME_MAX_OCTETS], script[NAME_MAX_OCTETS], said[NAME_MAX_OCTETS], ours[NAME_MAX_OCTETS];
	size_t count;
};

struct confusion {
	struct cell *cells;
	size_t count;
};

struct confusion *confusion_new(void)
{
	return hl_calloc(1, sizeof(struct confusion));
}

void confusion_free(struct confusion *c)
{
	if (c)
		free(c->cells);
	free(c);
}

static void count_one(struct confusion *c, const char *label, const char *script, const char *said, const char *ours)
{
	struct cell cell = { .count = 1 };

	hl_strlcpy(cell.label, sizeof(cell.label), label);
	hl_strlcpy(cell.script, sizeof(cell.script), script);
	hl_strlcpy(cell.said, sizeof(cell.said), said);
	hl_strlcpy(cell.ours, sizeof(cell.ours), ours);
	for (size_t i = 0; i < c->count; i++) {
		struct cell *old = &c->cells[i];
		if (strcmp(old->label, cell.label) || strcmp(old->script, cell.script) || strcmp(old->said, cell.said)
		    || strcmp(old->ours, cell.ours))
			continue;
		old->count++;
		return;
	}
	c->cells = hl_realloc_array(c->cells, c->count + 1, sizeof(*c->cells));
	c->cells[c->count++] = cell;
}

void confusion_count(struct confusion *c, const char *label, const char *script, const char *said, const char *ours)
{
	count_one(c, label, "all", said, ours);
	count_one(c, label, script, said, ours);
}

/* Names that were met, each once, in the order in which they were. */
struct names {
	const char *name[NAMES_MAX];
	size_t count;
};

static void add_name(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->name[i], name) == 0)
			return;
	if (names->count < NAMES_MAX)
		names->name[names->count++] = name;
}

static bool is_of(const struct cell *cell, const char *label, const char *script)
{
	return strcmp(cell->label, label) == 0 && strcmp(cell->script, script) == 0;
}

static size_t how_often(const struct confusion *c, const char *label, const char *script, const char *said, const char *ours)
{
	for (size_t i = 0; i < c->count; i++)
		if (is_of(&c->cells[i], label, script) && strcmp(c->cells[i].said, said) == 0
		    && strcmp(c->cells[i].ours, ours) == 0)
			return c->cells[i].count;
	return 0;
}

static int width_of(const char *name)
{
	return (int)(strlen(name) > 5 ? strlen(name) : 5);
}

static void print_matrix(const struct confusion *c, const char *label, const char *script, FILE *out)
{
	struct names all = { .count = 0 };

	for (size_t i = 0; i < c->count; i++) {
		if (!is_of(&c->cells[i], label, script))
			continue;
		add_name(&all, c->cells[i].said);
		add_name(&all, c->cells[i].ours);
	}
	fprintf(out, "\n%s, %s (rows: said, columns: triage)\n%-20s", label, script, "");
	for (size_t k = 0; k < all.count; k++)
		fprintf(out, " %*s", width_of(all.name[k]), all.name[k]);
	fputc('\n', out);
	for (size_t r = 0; r < all.count; r++) {
		fprintf(out, "%-20s", all.name[r]);
		for (size_t k = 0; k < all.count; k++)
			fprintf(out, " %*zu", width_of(all.name[k]), how_often(c, label, script, all.name[r], all.name[k]));
		fputc('\n', out);
	}
}

void confusion_print(const struct confusion *c, FILE *out)
{
	struct names labels = { .count = 0 }, scripts = { .count = 0 };

	for (size_t i = 0; i < c->count; i++) {
		add_name(&labels, c->cells[i].label);
		add_name(&scripts, c->cells[i].script);
	}
	for (size_t l = 0; l < labels.count; l++)
		for (size_t s = 0; s < scripts.count; s++)
			print_matrix(c, labels.name[l], scripts.name[s], out);
}

static json_t *child_of(json_t *parent, const char *name, json_t *fresh)
{
	json_t *child = json_object_get(parent, name);

	if (child) {
		json_decref(fresh);
		return child;
	}
	json_object_set_new(parent, name, fresh);
	return fresh;
}

json_t *confusion_json(const struct confusion *c)
{
	json_t *object = json_object();

	for (size_t i = 0; i < c->count; i++) {
		const struct cell *cell = &c->cells[i];
		json_t *label = child_of(object, cell->label, json_object());
		json_t *script = child_of(label, cell->script, json_array());
		json_array_append_new(script, json_pack("[s?, s?, I]", cell->said, cell->ours, (json_int_t)cell->count));
	}
	return object;
}
