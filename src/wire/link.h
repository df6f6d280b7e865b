/* The link protocol: what the core and a link (a modem worker, later a USSD or SMPP gateway) say to each other on
 * link.sock, one JSON object a line, `"type"` first. The link opens with hello, the core answers welcome; then:
 *
 *   link                          core
 *   inbound | refused | report -> commits it, then stored (or later: keep it, offer it again with the next sweep)
 *                                 only after stored may the link delete it from the SIM
 *                              <- send: a text leased to this link, with at most WIRE_LINK_WINDOW open at a time
 *   submitting                 -> commits that; go. Only after go may the link give the text to the modem
 *                              or, where it must not leave any more, forget: the link gives it back (released)
 *   sent | failed | unknown | released -> commits the outcome
 *   modem                      -> the link's state and counters, on change
 *   call                       -> somebody rang and was not answered: commits it, then stored
 *                              <- ussd_dial, ussd_answer, ussd_cancel: one USSD session at a time, by the core's number
 *   ussd                       -> what became of it; with number 0: something that the network began
 *
 * A new connection: the link forgets every `send` that had no `go` (the core has taken it back), names in hello the texts it
 * has begun and not told the outcome of (holding), and after welcome tells once more the outcomes of its last
 * WIRE_LINK_WINDOW texts, in case the core ended before it had them on disk; told twice is harmless, but a text that it has
 * been sent again since has no outcome any more. A link whose modem cannot send gives back (released) what it has not begun.
 *
 * A worker started for a modem of the configuration says its name; one started for a port says who is there (port, usb,
 * imei, model), and the core finds the modem's name. Instead of welcome the core may answer unwelcome with the reason; the
 * connection stays, so that the find can be seen, and is closed by the core when another try may go better.
 *
 * hotline-notify is a link of another kind ("notify"), on a socket of its own: it is given `note` in place of `send`, tells its
 * state with `modem`, and may say nothing that a modem receives. The core gives it at most WIRE_NOTIFY_WINDOW of each channel.
 *
 * hotline-ussd is a third kind ("ussd"), on a socket of its own, too: people who walk through the menu by way of an operator.
 *
 *   ussd_step                  -> commits what was answered, then ussd_screen; or ussd_refused, and nothing has changed
 *   ussd_end                   -> the session is over without a last screen: commits that, then stored
 *
 * The same step of the same session may be offered again (an operator's gateway repeats a request that had no answer in time):
 * the core answers with the same screen and changes nothing. `ref` of both is hotline-ussd's own.
 *
 * `ref` is the link's own number for what it offers, `id` the core's number of an outgoing text. */
#ifndef HL_WIRE_LINK_H
#define HL_WIRE_LINK_H

#include <stdint.h>

#include "wire/fields.h"

#define WIRE_LINK_VERSION 1
#define WIRE_LINK_WINDOW 2     /* texts a link may hold that are not yet sent, failed, unknown or released */
#define WIRE_NOTIFY_WINDOW 4   /* the same of hotline-notify, for each channel */
#define WIRE_HOLDING_MAX 8     /* texts that any link may hold */
#define WIRE_ADDRESS_MAX 256   /* octets of a mail address or a URL */
#define WIRE_SUBJECT_MAX 255   /* octets of a mail's subject */
#define WIRE_KEY_MAX 63        /* of an idempotency key */
#define WIRE_NOTIFY_NAME "notify" /* the link's name; no modem has it */
#define WIRE_USSD_NAME "ussd"     /* likewise, of hotline-ussd */
#define WIRE_SESSION_MAX 128   /* octets of an operator's name for a USSD session */
#define WIRE_STEP_MAX 1000     /* inputs of one session */
#define WIRE_NAME_MAX 32       /* modem names: a-z 0-9 - _ */
#define WIRE_PATH_MAX 107      /* of a tty */
#define WIRE_LINKS_MAX 511
#define WIRE_NUMBER_MAX 24     /* "+" and digits, or an alphanumeric sender of 11 characters in UTF-8 */
#define WIRE_TEXT_MAX 4096     /* octets of UTF-8 of one text, all parts */
#define WIRE_PART_MAX 1024     /* octets of UTF-8 of one received part: 160 septets of 3 octets and some room */
#define WIRE_PDU_MAX 255       /* octets: SMSC address and TPDU */
#define WIRE_RAW_MAX 1024      /* characters of a line that was refused */
#define WIRE_PARTS_MAX 20      /* parts of an outgoing text */
#define WIRE_USSD_MAX 546      /* octets of UTF-8 of a USSD string: 182 characters of 3 octets */

enum wire_link_type {
	WIRE_HELLO, WIRE_MODEM, WIRE_INBOUND, WIRE_REFUSED, WIRE_REPORT,
	WIRE_SUBMITTING, WIRE_SENT, WIRE_FAILED, WIRE_UNKNOWN, WIRE_RELEASED,
	WIRE_CALL, WIRE_USSD, WIRE_USSD_STEP, WIRE_USSD_END,       /* link to core */
	WIRE_WELCOME, WIRE_UNWELCOME, WIRE_STORED, WIRE_LATER, WIRE_SEND, WIRE_GO, WIRE_FORGET,
	WIRE_USSD_DIAL, WIRE_USSD_ANSWER, WIRE_USSD_CANCEL, WIRE_NOTE,
	WIRE_USSD_SCREEN, WIRE_USSD_REFUSED,                       /* core to link */
	WIRE_LINK_TYPES
};

struct wire_hello {
	int64_t version;
	char kind[16]; /* "modem", "notify" or "ussd" */
	char name[WIRE_NAME_MAX + 1];  /* or "", where there is a port: */
	char port[WIRE_PATH_MAX + 1];  /* the tty that the worker was started for */
	char links[WIRE_LINKS_MAX + 1];/* other names of that tty, with spaces between */
	char usb[12];                  /* "12d1:1506", "" where it is no USB device */
	char imei[17], model[48];      /* "" where nobody answered */
	int64_t holding[WIRE_HOLDING_MAX]; size_t holding_count; /* ids of texts that had `go` and have no outcome yet */
};

struct wire_welcome {
	int64_t version;
	char name[WIRE_NAME_MAX + 1];
	char tty[WIRE_PATH_MAX + 1]; /* path of the modem's AT port; "": it is known by its IMEI alone, look for it */
	char imei[17];  /* the modem must have this one; "" any */
	int64_t baud;   /* 0: leave as it is */
	char pin[9];    /* "" where the SIM has none */
	int64_t sweep_s;/* interval of the sweep over all memories */
	bool pin_refused; /* the configuration has one, but the SIM refused it before: it is left out until it is corrected */
	bool no_sandbox;/* the configuration says aloud that this worker may run without its sandbox */
	json_t *profile;/* struct modem_profile of wire/profile.h, or NULL for generic */
};

struct wire_unwelcome {
	char why[200]; /* in words, with the mend */
};

/* What a worker does about a modem that is silent or refuses; each is counted. */
enum wire_measure {
	WIRE_MEASURE_ESCAPE, WIRE_MEASURE_ASK, WIRE_MEASURE_DEFAULTS, WIRE_MEASURE_RESET, WIRE_MEASURE_REOPEN, WIRE_MEASURE_POWER,
	WIRE_MEASURES
};

/* What a worker tells of its modem: on each change of state, and of counters at most once a sweep. */
struct wire_modem {
	char state[16];  /* absent opening probing pin registering ready sweeping sending stuck resetting broken */
	char detail[128];/* in words, with the mend; no number, no text */
	char port[WIRE_PATH_MAX + 1];   /* the tty in use */
	char imei[17], imsi[17], model[48], operator_name[32];
	int64_t signal;      /* AT+CSQ 0..31, 99 unknown */
	int64_t sim_used, sim_total;
	int64_t received, refused, sent, failed, unknown, resets, timeouts, urcs_lost;
	bool pin_refused; /* the SIM refused the PIN of the welcome, or nobody knows whether it did: never give it again */
	int64_t setups; /* times it was set up: 1 if nothing ever happened to it */
	int64_t measures[WIRE_MEASURES]; size_t measures_count; /* how often each was taken */
};

/* One SMS-DELIVER that passed the check. A part of a longer text has total > 0. */
struct wire_inbound {
	int64_t ref;
	char imsi[17];
	uint8_t pdu[WIRE_PDU_MAX]; size_t pdu_len; /* as read: with (imsi) the key of de-duplication */
	char from[WIRE_NUMBER_MAX + 1]; /* E.164 with "+", national digits, or an alphanumeric name */
	bool alphanumeric;
	char text[WIRE_PART_MAX + 1];
	bool damaged;     /* text survived damage: U+FFFD stands where something was lost */
	int64_t coding;   /* 7 or 16: the alphabet it came in */
	char sent_at[32]; /* service centre time stamp, ISO 8601 with zone: for showing only */
	int64_t concat_width, concat_ref, concat_total, concat_seq; /* TS 23.040 9.2.3.24.1 and .8; width 8 or 16 */
};

/* Anything read from the SIM that the check refused: stored raw as quarantined, never dropped. */
struct wire_refused {
	int64_t ref;
	char imsi[17];
	char raw[WIRE_RAW_MAX + 1]; /* the line as the modem gave it; octets outside ASCII 0x20-0x7E as \xNN */
	char reason[128];
};

/* An SMS-STATUS-REPORT, from +CDS or from storage. */
struct wire_report {
	int64_t ref;
	char imsi[17];
	uint8_t pdu[WIRE_PDU_MAX]; size_t pdu_len;
	char to[WIRE_NUMBER_MAX + 1];
	char sent_at[32];   /* TP-SCTS of what it reports on, as in wire_inbound; "" where it is no date */
	int64_t mr, status; /* TP-MR; TP-ST of TS 23.040 9.2.3.15: 0-31 done, 32-63 still trying, 64-127 failed */
};

struct wire_ref { int64_t ref; };
struct wire_id { int64_t id; };

struct wire_send {
	int64_t id;
	char to[WIRE_NUMBER_MAX + 1];
	char text[WIRE_TEXT_MAX + 1];
	bool report; /* ask the network for a delivery report */
	bool yields; /* what arrives at the modem meanwhile goes first, for as long as it takes */
};

/* A mail or the call of a webhook. */
struct wire_note {
	int64_t id;
	char channel[8];                 /* "mail" or "webhook" */
	char address[WIRE_ADDRESS_MAX + 1];
	char key[WIRE_KEY_MAX + 1];      /* letters, digits and hyphens; the same for each repeat, and for nothing else */
	char purpose[16], priority[16];  /* "alert", "test" ...; "emergency" ... "" */
	char code[16];                   /* of the case, or "" */
	char subject[WIRE_SUBJECT_MAX + 1];
	char text[WIRE_TEXT_MAX + 1];
};

struct wire_sent {
	int64_t id;
	int64_t mrs[WIRE_PARTS_MAX]; size_t mrs_count; /* TP-MR of each part, in order; none of a mail or a webhook */
	bool read;                       /* whoever took it says that a person has read it */
};

struct wire_failed {
	int64_t id;
	bool final;      /* trying again cannot help: the number or the text is at fault */
	int64_t code;    /* +CMS ERROR number, 0 where none */
	char why[128];   /* in words; no number, no text */
};

/* One ringing, from the first RING to the caller's giving up; the link never answers it. Kept and offered again until it is
 * stored. */
struct wire_call {
	int64_t ref;                    /* the link's own, below 0: those of texts are above */
	char imsi[17];
	uint8_t key[8]; size_t key_len; /* random, made when it rang: with (imsi) the key of de-duplication */
	char from[WIRE_NUMBER_MAX + 1]; /* "" where the number is withheld or not known */
	int64_t rings;
};

/* ussd_dial: the code; ussd_answer: what is said in an open session (id 0: one that the network began). */
struct wire_ussd_say {
	int64_t id;
	char text[WIRE_USSD_MAX + 1];
};

/* State "open": the network waits for an answer. Every other ends the session: "done", "ended" (by the network; it may
 * still have said something), "elsewhere", "unsupported", "timeout", "cancelled", "refused" (nothing was sent, or the
 * modem took it not) and "lost" (the modem went). A session that the network begins has id 0 and state "open" or, for a mere
 * notice, "done". */
struct wire_ussd {
	int64_t id;
	char state[16];
	char text[WIRE_USSD_MAX + 1]; /* what the network says */
	int64_t dcs;                  /* TS 23.038 5 */
	char why[200];                /* of "refused" and "lost", in words */
};

/* What somebody in a menu answered, by way of an operator's gateway. */
struct wire_ussd_step {
	int64_t ref;
	char transport[WIRE_NAME_MAX + 1];  /* by which way: the listener's name in hotline-ussd's configuration */
	char session[WIRE_SESSION_MAX + 1]; /* the operator's name for it: one session is (transport, session) */
	char number[WIRE_NUMBER_MAX + 1];   /* who it is, E.164 with "+" */
	char operator[WIRE_NAME_MAX + 1];   /* the network, as the operator tells it; "" */
	char code[WIRE_NAME_MAX + 1];       /* that was dialled, "*..#"; "" */
	int64_t step;                       /* which input of the session this is: 1 is the request that began it; 0 not known */
	char input[WIRE_USSD_MAX + 1];      /* of this step alone; longer ones are cut by the link: no option is so long */
	bool begin;                         /* the request that begins the session; its input is mostly "" */
	char dialled[WIRE_USSD_MAX + 1];    /* all that was typed, "*" between the answers, where the link knows nothing of the session:
	                                     * if the core knows nothing either, it was dialled behind the code; "" else */
};

struct wire_ussd_end {
	int64_t ref;
	char transport[WIRE_NAME_MAX + 1], session[WIRE_SESSION_MAX + 1];
	char why[16];                       /* "timeout", "user" or "error" */
};

struct wire_ussd_screen {
	int64_t ref;
	char text[WIRE_USSD_MAX + 1];       /* fits the transport's limits, in its charset */
	bool end;                           /* the last one: nothing can be answered */
};

struct wire_ussd_refused {
	int64_t ref;
	char why[20]; /* "unknown_session", "order", "other_number", "busy" (try again) or "limit" (of this number) */
};

struct wire_link_msg {
	enum wire_link_type type;
	union {
		struct wire_hello hello;
		struct wire_welcome welcome;
		struct wire_unwelcome unwelcome;
		struct wire_modem modem;
		struct wire_inbound inbound;
		struct wire_refused refused;
		struct wire_report report;
		struct wire_ref ref;       /* stored, later */
		struct wire_id id;         /* submitting, released, go, forget, ussd_cancel */
		struct wire_send send;
		struct wire_note note;
		struct wire_sent sent;
		struct wire_failed failed; /* failed, unknown */
		struct wire_call call;
		struct wire_ussd ussd;
		struct wire_ussd_say ussd_say; /* ussd_dial, ussd_answer */
		struct wire_ussd_step ussd_step;
		struct wire_ussd_end ussd_end;
		struct wire_ussd_screen ussd_screen;
		struct wire_ussd_refused ussd_refused;
	} u;
};

/* Returns the message as one line without its line feed; free(3) it. */
char *wire_link_encode(const struct wire_link_msg *msg);

/* Reads one line of len octets into *msg. HL_EINVAL or HL_ERANGE with a reason that names the field. After success
 * the caller ends with wire_link_clear(). */
int wire_link_decode(const char *line, size_t len, struct wire_link_msg *msg, struct hl_reason *reason);

void wire_link_clear(struct wire_link_msg *msg);

/* "escape" and so on. */
const char *wire_measure_name(enum wire_measure measure);

/* "inbound", "stored" and so on, for logs and counters. */
const char *wire_link_type_name(enum wire_link_type type);

#endif
