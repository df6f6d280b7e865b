/* What an operator's gateway asks over HTTP, and what it wants to hear: one codec a convention, each two pure
 * functions. A codec trusts nothing it reads, keeps nothing, and its words for people name fields, never what stood
 * in them. */
#ifndef HL_USSD_CODEC_H
#define HL_USSD_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "wire/link.h"

#define CODEC_TEXT_MAX 1024  /* octets of UTF-8 of what was typed, in a cumulative text of the whole session */
#define CODEC_STATE_MAX 256  /* octets of Hubtel's ClientState */
#define CODEC_COUNTRY_MAX 3  /* digits of a country's code */

enum codec_kind {
	CODEC_STEP,   /* somebody dialled or answered */
	CODEC_END,    /* the session is over: the operator tells it, and shows nobody what we say */
	CODEC_STATUS, /* is this session still alive? */
};

struct codec_request {
	const char *method, *path; /* the path beneath the listener's, percent signs as they came: "" or "/..." */
	const char *type;          /* Content-Type, "" where there is none */
	const char *body;
	size_t body_len;
	const char *country;       /* digits that national numbers get, "976" */
};

struct codec_asked {
	enum codec_kind kind;
	char session[WIRE_SESSION_MAX + 1];
	char number[WIRE_NUMBER_MAX + 1];  /* E.164 with "+" */
	char operator[WIRE_NAME_MAX + 1], code[WIRE_NAME_MAX + 1];
	char text[CODEC_TEXT_MAX + 1];     /* typed: in this step, or (codec->cumulative) in all */
	int64_t step;                      /* 1 is the first; 0: not told */
	bool begin;
	char why[16];                      /* of CODEC_END: "user", "timeout" or "error" */
	char state[CODEC_STATE_MAX + 1];   /* to be handed back */
};

struct codec_answer {
	const char *text; /* UTF-8 */
	bool end;         /* or, of CODEC_STATUS, not alive */
};

struct codec {
	const char *name;       /* the profile's in the configuration */
	const char *reply_type; /* Content-Type of what write() returns */
	bool cumulative;
	/* 0, or the HTTP status to refuse with (400, 404, 405, 413, 415) and the reason. Zeroes *out first. */
	int (*read)(const struct codec_request *r, struct codec_asked *out, struct hl_reason *why);
	/* The body of the answer; free(3) it. */
	char *(*write)(const struct codec_asked *asked, const struct codec_answer *answer);
};

extern const struct codec codec_africastalking, codec_hubtel, codec_infobip;

/* NULL where there is none of that name; codec_names is for errors. */
const struct codec *codec_find(const char *name);
#define CODEC_NAMES "africastalking, hubtel or infobip"

/* ---- what the codecs share */

/* Whether the header's type is that one, or there is none; a charset other than UTF-8 (or ASCII) is refused as well. */
bool codec_type_is(const char *header, const char *type);

/* "+976...", "976..." or a national number, with the country's code before it, as E.164. False where it is none. */
bool codec_number(const char *from, const char *country, char out[WIRE_NUMBER_MAX + 1]);

/* Printable ASCII without spaces, 1 to WIRE_SESSION_MAX octets. */
bool codec_session(const char *from, char out[WIRE_SESSION_MAX + 1]);

/* Copies what is printable ASCII and fits; anything else becomes "": it is only for showing. */
void codec_label(const char *from, char out[WIRE_NAME_MAX + 1]);

/* Copies UTF-8, at most size - 1 octets, never half a character. */
void codec_cut(const char *from, char *out, size_t size);

#endif
