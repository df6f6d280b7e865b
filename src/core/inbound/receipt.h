/* Which receipt a texter gets, if any: a pure decision. Replies are what is limited, never messages; nothing here
 * knows a number or a text. */
#ifndef HL_CORE_INBOUND_RECEIPT_H
#define HL_CORE_INBOUND_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#define RECEIPT_AGAIN_MS (60 * 60 * 1000)    /* between two receipts in one case */
#define RECEIPT_HOUR_MS (60 * 60 * 1000)     /* over which receipts_per_hour counts */
#define RECEIPT_DAY_MS (24 * 60 * 60 * 1000) /* over which receipts_per_day counts */

/* What a sender was sent so far; boot times of this boot, 0 where nothing. */
struct receipt_count {
	int64_t receipts, from_boot_ms, last_boot_ms;
};

/* A text that is nothing but a code asks for one answer; whose case it is decides which, and nothing else does: neither
 * its state nor whether there is such a case shows. */
enum receipt_code { RECEIPT_CODE_NONE, RECEIPT_CODE_OWN, RECEIPT_CODE_OTHER };

struct receipt_case {
	bool enabled;             /* configuration */
	int64_t per_day;
	bool answerable;          /* a number that can be texted */
	bool first;               /* the first message of its case */
	int kind;                 /* enum triage_kind */
	int64_t now_boot_ms;
	struct receipt_count count;
	bool looping;             /* a machine, most likely (loop.h) */
	enum receipt_code code;
};

struct receipt_verdict {
	const char *key;              /* of the wording, NULL for silence */
	const char *discreet;         /* key of its discreet form; which of them leaves is the gate's to say */
	struct receipt_count count;   /* to be kept where key is not NULL */
};

struct receipt_verdict receipt_decide(const struct receipt_case *c);

/* Whether one more may be given to all senders together, and counts it: senders can be forged, so that a flood from many numbers would
 * otherwise be a flood of ours to as many phones, until the credit is gone. *first: this is the first that may not. */
struct receipt_hour;
bool receipt_hour_take(struct receipt_hour *h, int64_t now_boot_ms, int64_t most, bool *first);

#endif
