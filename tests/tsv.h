/* Reads the tab-separated vectors of tests/data: one row a line, # begins a comment line. Stops the test where the file cannot
 * be read or a row has another number of columns. */
#ifndef HL_TESTS_TSV_H
#define HL_TESTS_TSV_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TSV_COLUMNS_MAX 12

struct tsv {
	FILE *file;
	char line[8192];
	const char *columns[TSV_COLUMNS_MAX];
	size_t count;
	int number; /* of the line */
};

static inline void tsv_open(struct tsv *t, const char *path)
{
	memset(t, 0, sizeof(*t));
	t->file = fopen(path, "r");
	if (!t->file) {
		fprintf(stderr, "cannot open %s\n", path);
		abort();
	}
}

static inline int tsv_read(struct tsv *t, size_t want)
{
	char *rest;

	do {
		if (!fgets(t->line, sizeof(t->line), t->file)) {
			fclose(t->file);
			return 0;
		}
		t->number++;
		t->line[strcspn(t->line, "\n")] = '\0';
	} while (t->line[0] == '#' || t->line[0] == '\0');
	rest = t->line;
	for (t->count = 0; rest && t->count < TSV_COLUMNS_MAX; )
		t->columns[t->count++] = strsep(&rest, "\t");
	if (t->count != want) {
		fprintf(stderr, "line %d: %zu columns, not %zu\n", t->number, t->count, want);
		abort();
	}
	return 1;
}

#endif
