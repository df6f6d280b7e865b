/* Any file is a list of rows or refused with a reason: fields lie inside the text and end there, lines rise, reading ends, and what is written of a
 * cell is read back as one cell that no spreadsheet runs. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "text/charset.h"
#include "text/csv.h"
#include "text/utf8.h"

/* Begins with nothing that a spreadsheet runs, and is one row of two. */
static void check_written(const char *cell)
{
	char *text = NULL, *fields[CSV_FIELDS_MAX];
	struct csv c;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	must(out != NULL);
	csv_write(out, "1", true);
	csv_write(out, cell, false);
	csv_write_end(out);
	fclose(out);
	csv_begin(&c, text, len);
	c.separator = ',';
	must(csv_read(&c, fields) == 2);
	must(!*fields[1] || !strchr("=+-@|", fields[1][0]));
	must(csv_read(&c, fields) == 0);
	free(text);
}

static void check_row(const char *text, size_t len, char *fields[], int n)
{
	for (int i = 0; i < n; i++) {
		must(fields[i] >= text && fields[i] + strlen(fields[i]) <= text + len);
		must(utf8_valid(fields[i], strlen(fields[i])));
		check_written(fields[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *why = NULL;
	char *text, *fields[CSV_FIELDS_MAX];
	struct csv c;
	size_t len, rows = 0;
	int n, line = 0;

	if (charset_read((const char *)data, size, &text, &len, &why) == CHARSET_REFUSED) {
		must(why && *why);
		return 0;
	}
	must(text != NULL);
	csv_begin(&c, text, len);
	while ((n = csv_read(&c, fields)) > 0) {
		must(n <= CSV_FIELDS_MAX && c.line > line && ++rows <= len);
		line = c.line;
		check_row(text, len, fields, n);
	}
	must(n == 0 || (c.why && *c.why));
	free(text);
	return 0;
}
