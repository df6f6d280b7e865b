/* A list of contacts from a file: its letters made UTF-8, its columns found by their names in the first line. It neither asks the core nor
 * prints; nothing it says quotes the file, in which numbers stand. */
#ifndef HL_CTL_CONTACTS_FILE_H
#define HL_CTL_CONTACTS_FILE_H

#include <jansson.h>

#include "text/charset.h"
#include "text/csv.h"

#define CONTACTS_FILE_MOST (64u << 20) /* octets */
#define CONTACTS_CELL_MOST 400

/* In the order in which the core is given them. */
enum contacts_column { COLUMN_NUMBER, COLUMN_DISTRICT, COLUMN_LANGUAGE, COLUMN_SCRIPT, COLUMN_GROUPS, COLUMN_SOURCE, COLUMN_DATE, COLUMNS };

struct contacts_file {
	char *text;                /* wiped and freed by contacts_file_close() */
	size_t len;
	enum charset charset;
	struct csv csv;
	int column[COLUMNS];       /* which field; -1: the file has none */
	size_t columns;
};

/* Takes over octets (malloc). 0, or -1 with *why; where it is a line's, the line in *line. */
int contacts_file_open(struct contacts_file *f, char *octets, size_t len, int *line, const char **why);
void contacts_file_close(struct contacts_file *f);

/* The next line as [line, number, district, ...], NULL at its end or where *why says what is wrong with *line; *fatal: nothing behind it can be
 * read. The caller owns it. */
json_t *contacts_file_next(struct contacts_file *f, int *line, const char **why, bool *fatal);

#endif
