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

#define PROFILE_ITEMS_MAX 16
#define PROFILE_ITEM_MAX 80
#define PROFILE_CODES_MAX 16

struct profile_list {
	size_t count;
	char item[PROFILE_ITEMS_MAX][PROFILE_ITEM_MAX];
};

struct profile_codes {
	size_t count;
	int64_t item[PROFILE_CODES_MAX];
};

/* Values of those fields that have words. */
enum profile_deletes { PROFILE_DELETES_SLOT, PROFILE_DELETES_WHOLE };
enum profile_reports { PROFILE_REPORTS_DIRECT, PROFILE_REPORTS_STORED, PROFILE_REPORTS_NONE };
enum profile_ussd { PROFILE_USSD_PLAIN, PROFILE_USSD_PACKED, PROFILE_USSD_UCS2, PROFILE_USSD_NONE, PROFILE_USSD_AUTO };

struct modem_profile {
	char description[PROFILE_ITEM_MAX];
	/* ---- to be found by */
	struct profile_list usb;         /* "vvvv:pppp", or "vvvv:pppp/N" where the AT port is interface N of this one */
	struct profile_list usb_storage; /* likewise, of what it is before its mode is switched */
	struct profile_list mode_switch; /* for people: how it becomes a modem */
	int64_t at_interface;            /* USB interface number of the AT port; -1: not known, each is to be tried */
	struct profile_list models;      /* how answers to AT+CGMM begin */
	/* ---- setting up */
	struct profile_list init;        /* commands after the modem answered; a refusal is ignored */
	char charset[PROFILE_ITEM_MAX];  /* value of AT+CSCS= for everything, "" to leave it */
	char pin_counter[PROFILE_ITEM_MAX];        /* command that tells how many PIN attempts are left; "" for none */
	char pin_counter_prefix[PROFILE_ITEM_MAX]; /* how the line that tells it begins */
	int64_t pin_counter_field;                 /* which comma-separated value after the colon it is, from 0 */
	bool pin_blind;                            /* a PIN is given even where the modem does not tell the counter */
	bool pin_no_ok;                            /* no OK may come after +CPIN: */
	struct profile_codes busy_cme, busy_cms;   /* errors that mean "wait": the command is given again */
	/* ---- texts */
	struct profile_list memories;    /* memories to sweep, "SM", "ME"...; empty: what AT+CPMS=? tells */
	char store[PROFILE_ITEM_MAX];    /* where arriving texts are to be stored (mem3 of +CPMS) */
	int64_t cpms_arguments;          /* how many memories AT+CPMS= takes: 3 (it needs all), 1, or 0: whichever it accepts */
	int64_t first_slot;              /* 0 or 1, -1 not known */
	int64_t deletes;                 /* enum profile_deletes: what AT+CMGD of one part of a long text takes away */
	bool reselect;                   /* the memory is to be chosen again before each listing, reading and deleting */
	struct profile_list notify;      /* values of AT+CNMI=, the best first; the first accepted is used */
	int64_t reports;                 /* enum profile_reports: how delivery reports come, if at all */
	char report_memory[PROFILE_ITEM_MAX]; /* where stored reports really lie, if +CDSI names the wrong one */
	/* ---- what it says unasked */
	struct profile_list reset_urcs;  /* lines that tell of a restart: the settings are lost */
	struct profile_list full_urcs;   /* lines that tell of a full memory */
	struct profile_list noise_urcs;  /* lines that mean nothing, and belong to no answer */
	/* ---- USSD */
	int64_t ussd_request;            /* enum profile_ussd: how the code is written; NONE: it has no USSD */
	int64_t ussd_answer;             /* likewise the answer; AUTO: by its DCS */
	int64_t ussd_dcs;                /* DCS of requests, 15 */
	char ussd_charset[PROFILE_ITEM_MAX]; /* value of AT+CSCS= while USSD is spoken, "" for charset's */
	struct profile_list ussd_before, ussd_after; /* commands that force a radio technology, and restore it */
	int64_t ussd_ms;                 /* wait for +CUSD after OK */
	/* ---- calls */
	bool missed_calls;               /* AT+CLIP=1: who rings is told, a missed call is a request to be texted */
	/* ---- line, restart and times */
	bool rtscts;                     /* hardware flow control */
	char reset[PROFILE_ITEM_MAX];    /* restarts the modem; "" where it must not be tried */
	int64_t reset_ms;                /* a reset modem is left alone for so long */
	int64_t settle_ms;               /* silence that proves that no late reply is under way */
	int64_t listen_ms;               /* silence before each part of a text, for what arrived meanwhile */
	int64_t command_ms;              /* a command that is silent for so long is lost */
	int64_t list_ms;                 /* likewise for AT+CMGL, AT+CMGR, AT+CMGD and AT+CPMS */
	int64_t prompt_ms;               /* wait for "> " */
	int64_t submit_ms;               /* wait for +CMGS after the text was given */
	int64_t submit_slow_ms;          /* of it, until the texts that wait behind this one go back to the core */
	int64_t probe_ms;                /* after so long without +CMGS it is asked whether it still sends (at.h); 0: never */
	int64_t watch_ms;                /* how often an idle modem is asked for its settings and its SIM; 0: only at sweeps */
	int64_t register_ms;             /* how often to ask for a network while there is none */
};

/* Fills the profile from the object, NULL for the generic one. HL_EINVAL or HL_ERANGE where a key is unknown, or a
 * value of the wrong kind or out of bounds; the reason names the key. */
int modem_profile_decode(const json_t *object, struct modem_profile *out, struct hl_reason *reason);

/* The names of the keys, from 0; NULL past the last. */
const char *modem_profile_key(size_t i);

/* One entry of usb or usb_storage; interface -1 where it names none. False where it is none of that form. */
struct profile_usb {
	unsigned vendor, product;
	int interface;
};
bool modem_profile_usb(const char *item, struct profile_usb *out);

/* Whether the list has the beginning of the line. */
bool modem_profile_lists(const struct profile_list *list, const char *line);

#endif
