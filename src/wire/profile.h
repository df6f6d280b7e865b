/* What differs from one family of modems to the next, as data: a file modems/NAME.conf, which the core reads and passes
 * to the worker as a JSON object in `welcome`. One table checks it on both sides. A key that a file leaves out keeps
 * the value of the generic profile. */
#ifndef HL_WIRE_PROFILE_H
#define HL_WIRE_PROFILE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define PROFILE_ITEMS_MAX 12
#define PROFILE_ITEM_MAX 64

struct profile_list {
	size_t count;
	char item[PROFILE_ITEMS_MAX][PROFILE_ITEM_MAX];
};

struct modem_profile {
	char description[PROFILE_ITEM_MAX];
	struct profile_list init;        /* commands after the modem answered; a refusal is ignored */
	struct profile_list memories;    /* memories to sweep, "SM", "ME"...; empty: what AT+CPMS=? tells */
	char store[PROFILE_ITEM_MAX];    /* where arriving texts are to be stored (mem3 of +CPMS) */
	struct profile_list notify;      /* values of AT+CNMI=, the best first; the first accepted is used */
	char pin_counter[PROFILE_ITEM_MAX];        /* command that tells how many PIN attempts are left; "" for none */
	char pin_counter_prefix[PROFILE_ITEM_MAX]; /* how the line that tells it begins */
	int64_t pin_counter_field;                 /* which comma-separated value after the colon it is, from 0 */
	bool pin_blind;                            /* a PIN is given even where the modem does not tell the counter */
	char reset[PROFILE_ITEM_MAX];    /* restarts the modem; "" where it must not be tried */
	struct profile_list reset_urcs;  /* lines that tell of a restart: the settings are lost */
	struct profile_list full_urcs;   /* lines that tell of a full memory */
	char report_memory[PROFILE_ITEM_MAX]; /* where status reports really lie, if +CDSI names the wrong one */
	bool rtscts;                     /* hardware flow control */
	int64_t command_ms;              /* a command that is silent for so long is lost */
	int64_t list_ms;                 /* likewise for AT+CMGL, AT+CMGR, AT+CMGD and AT+CPMS */
	int64_t prompt_ms;               /* wait for "> " */
	int64_t submit_ms;               /* wait for +CMGS after the text was given */
	int64_t reset_ms;                /* a reset modem is left alone for so long */
	int64_t settle_ms;               /* silence that proves that no late reply is under way */
	int64_t register_ms;             /* how often to ask for a network while there is none */
};

/* Fills the profile from the object, NULL for the generic one. HL_EINVAL or HL_ERANGE where a key is unknown, or a
 * value of the wrong kind or out of bounds; the reason names the key. */
int modem_profile_decode(const json_t *object, struct modem_profile *out, struct hl_reason *reason);

#endif
