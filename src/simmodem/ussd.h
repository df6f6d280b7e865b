/* Canned answers of the operator's USSD service: by code, and inside a session by "code>reply". Pure. */
#ifndef HL_SIMMODEM_USSD_H
#define HL_SIMMODEM_USSD_H

#include <stdbool.h>

#include "base/error.h"

#define USSD_ANSWERS_MAX 64

struct ussd_answer {
	char code[64];
	char text[512];
	bool more; /* a reply is wanted: +CUSD: 1 */
	int dcs;   /* 15 GSM-7, 72 UCS-2, 17 UCS-2 after a language; 0: whichever the text needs */
	int m;     /* <m> of +CUSD where it is neither 0 nor 1, else -1 */
	bool early;  /* said before the OK of the request */
	bool bare;   /* "+CUSD: 2" alone comes first */
	bool silent; /* the network never answers */
};

struct ussd_table {
	struct ussd_answer row[USSD_ANSWERS_MAX];
	int count;
};

/* Fills in *100# (balance) and *123# (a menu of two levels). */
void ussd_init(struct ussd_table *t);

/* Adds or replaces. HL_EFULL. */
int ussd_set(struct ussd_table *t, const struct ussd_answer *answer);

const struct ussd_answer *ussd_find(const struct ussd_table *t, const char *code);

#endif
