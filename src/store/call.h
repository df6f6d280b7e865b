/* Missed calls: who rang (the contact, which holds no number in clear), when, and whether a text went back. */
#ifndef HL_STORE_CALL_H
#define HL_STORE_CALL_H

#include "store/store.h"

/* contact_id 0: the number is withheld. answered_boot_ms 0: no text went back. */
void store_call_insert(struct store *s, int64_t contact_id, const char *modem, int64_t time_ms, int64_t answered_boot_ms);

/* Boot time of the last one of theirs that was answered; 0 where there is none in this boot. */
int64_t store_call_last_answer(struct store *s, int64_t contact_id);

/* How many were answered after this boot time. */
int64_t store_call_answered_since(struct store *s, int64_t boot_ms);

/* After another boot: boot times of the one before mean nothing. */
void store_call_forget_answers(struct store *s);

#endif
