/* Referred cases that a coordinator looks at if nothing comes of the referral, by rule of etc/alerts.conf. */
#ifndef HL_STORE_ALERT_NOTICE_H
#define HL_STORE_ALERT_NOTICE_H

#include "store/store.h"

struct notice_row { int64_t case_id, due_ms; char rule[32]; };

/* Once for each case and rule; another referral begins anew. */
void store_notice_set(struct store *s, int64_t case_id, const char *rule, int64_t due_boot_ms, int64_t due_ms);
void store_notice_drop(struct store *s, int64_t case_id, const char *rule);
/* The next instant of all; INT64_MAX where there is none. */
int64_t store_notice_next_due(struct store *s);
/* What is due, first due first; returns how many were written. */
size_t store_notice_due(struct store *s, int64_t now_boot_ms, struct notice_row *rows, size_t max);
/* Another boot: all are looked at now. */
void store_notice_new_boot(struct store *s);

#endif
