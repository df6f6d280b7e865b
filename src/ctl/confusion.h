/* How often what a person said of a message met what triage says: counted for each label and script, shown as one matrix each.
 * Holds names of labels only, never a text. */
#ifndef HL_CTL_CONFUSION_H
#define HL_CTL_CONFUSION_H

#include <jansson.h>
#include <stdio.h>

struct confusion;

struct confusion *confusion_new(void);
void confusion_free(struct confusion *c); /* NULL is allowed */

/* Counts one message, under its script and under "all". The strings are copied. */
void confusion_count(struct confusion *c, const char *label, const char *script, const char *said, const char *ours);

/* Every matrix: a row for what was said, a column for what triage says. */
void confusion_print(const struct confusion *c, FILE *out);

/* {"kind": {"all": [["tip", "question", 3], ...]}}: said, ours, how often. The caller owns it. */
json_t *confusion_json(const struct confusion *c);

#endif
