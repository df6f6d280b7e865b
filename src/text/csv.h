/* Comma-separated values as RFC 4180 has them and as spreadsheets write them: commas, semicolons or tabs, quotes, line feeds in quotes, any
 * ends of lines. Reading is in place, row by row; writing makes every cell harmless for the spreadsheet that opens it. Pure. */
#ifndef HL_TEXT_CSV_H
#define HL_TEXT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CSV_FIELDS_MAX 64

struct csv {
	char *text;       /* changed as it is read */
	size_t len, at;
	int line;         /* where the row began that was read last, from 1 */
	int next_line;
	char separator;
	const char *why;  /* of an error */
};

/* text has a NUL at text[len] and must outlive c. The separator is found in the first line, or named there: "sep=;". */
void csv_begin(struct csv *c, char *text, size_t len);

/* The next row that is not blank: how many fields, 0 at the end, -1 where it is none (c->why, c->line). Blanks around what is not quoted
 * are cut off. The fields point into the text. */
int csv_read(struct csv *c, char *fields[CSV_FIELDS_MAX]);

/* A cell with a comma before it unless first. Quoted where it must be; what a spreadsheet would run as a formula gets an apostrophe. */
void csv_write(FILE *out, const char *text, bool first);
void csv_write_end(FILE *out);

#endif
