/* Drills: who was texted a code when, and when they answered. */
#ifndef HL_STORE_DRILL_H
#define HL_STORE_DRILL_H

#include "store/store.h"

struct drill_row {
	int64_t id;
	char person[64], code[8];
	int64_t sent_ms, answered_ms; /* wall time; 0: not yet */
	bool missed;                  /* told as unanswered */
};

void drill_insert(struct store *s, const struct drill_row *row);
/* The newest of this person with this code, sent at from_ms or later, that is not answered. */
bool drill_find(struct store *s, const char *person, const char *code, int64_t from_ms, struct drill_row *row);
void drill_set_answered(struct store *s, int64_t id, int64_t answered_ms);
/* How many were sent at before_ms or earlier, and are neither answered nor told. */
int64_t drill_waiting(struct store *s, int64_t before_ms);
/* How many were sent at before_ms or earlier and are neither answered nor told; all are told from now on. */
int64_t drill_tell_missed(struct store *s, int64_t before_ms);
/* The newest first; returns how many were written. */
size_t drill_list(struct store *s, struct drill_row *rows, size_t max);

#endif
