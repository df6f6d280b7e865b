/* A table for people: columns as wide as their widest cell on a terminal, numbers to the right. Cells are made
 * harmless (text.h). On a stream with a width (wrap.h) that is too narrow, columns in which nothing stands are left out, and
 * the last ones go below each row, with their titles in front; so the first columns are those that people look for. */
#ifndef HL_CTL_TABLE_H
#define HL_CTL_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define TABLE_COLUMNS_MAX 16

enum colour { COLOUR_NONE, COLOUR_RED, COLOUR_YELLOW, COLOUR_GREEN, COLOUR_DIM, COLOUR_BOLD, COLOURS };

struct table;

/* titles ends with NULL; one that begins with '>' is of a column of numbers. Freed by table_end(). */
struct table *table_new(const char *const *titles);

/* The next cell, from left to right, row by row; text may be NULL for "". */
void table_text(struct table *t, const char *text);
void table_int(struct table *t, int64_t number);
/* The cell before gets a colour. */
void table_colour(struct table *t, enum colour colour);

/* Prints it, or what stands in its place where it has no rows, and frees it. */
void table_end(struct table *t, FILE *out, bool colours, const char *nothing);

/* What switches a colour on (COLOUR_NONE: off); "" where colours is false. */
const char *colour_code(enum colour colour, bool colours);

/* How an urgency, and a state of an alert, modem or outgoing text, is shown. */
enum colour colour_of_word(const char *word);

#endif
