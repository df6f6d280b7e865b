/* The lines of an AT conversation, pure: octets become lines and prompts, and a line is told apart by what the command
 * in progress expects. Whatever a modem or a noisy wire brings is some line; nothing here fails or grows. */
#ifndef HL_MODEM_AT_LINE_H
#define HL_MODEM_AT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define AT_LINE_MAX 1024 /* a longer line is noise and is dropped; a PDU has 352 digits */

/* A +CUSD string may hold line ends (TS 27.007 7.15 gives the network's text as it is): such lines are one, joined by LF, up to
 * the closing quote. */
#define AT_JOINED_MAX 800 /* from which on the quote is no longer waited for */

struct at_reader {
	char buf[AT_LINE_MAX + 1];
	size_t len;
	size_t joined;  /* where the line begins that is read as part of the one before, 0 for none */
	bool overlong;
};

struct at_reader_ops {
	/* Both return false to stop: the reader or its conversation is gone. */
	bool (*line)(void *arg, const char *line); /* without line end; unprintable octets at both ends are cut off */
	bool (*prompt)(void *arg);                 /* "> " of TS 27.005 4.3 */
};

/* Feeds octets; false if a callback stopped it (the rest is not looked at). */
bool at_reader_feed(struct at_reader *r, const char *bytes, size_t len, const struct at_reader_ops *ops, void *arg);
void at_reader_clear(struct at_reader *r);

/* What the command in progress expects between itself and its final result. */
enum at_shape {
	AT_SHAPE_NONE,   /* nothing */
	AT_SHAPE_PREFIX, /* lines that begin with prefix */
	AT_SHAPE_PDU,    /* likewise, each followed by a line of hexadecimal digits */
	AT_SHAPE_DIGITS, /* a bare number, as AT+CGSN answers */
	AT_SHAPE_TEXT,   /* a bare line, as AT+CGMM answers */
};

struct at_expect {
	bool active;           /* false: no command is in progress */
	enum at_shape shape;
	const char *prefix;
	unsigned min_fields;   /* a line with fewer values after its colon is a URC of the same name (+CREG: 1) */
};

enum at_kind {
	AT_KIND_OK, AT_KIND_ERROR, AT_KIND_CME, AT_KIND_CMS, /* final results */
	AT_KIND_INFO,    /* belongs to the command */
	AT_KIND_URC,     /* anything else that a modem may say at any time */
	AT_KIND_URC_PDU, /* a URC that a line of hexadecimal digits follows: +CMT +CDS +CBM */
	AT_KIND_HEX,     /* hexadecimal digits only */
	AT_KIND_NOISE,   /* echo, or nothing we know */
};

/* code is set for CME and CMS. */
enum at_kind at_classify(const struct at_expect *expect, const char *line, int *code);

/* The PDU in a line that follows a header whose last value is the length of its TPDU (TS 27.005 4.1): the digits
 * at its end that have just that length, behind whatever noise; NULL where there are none, or where the length is
 * 0: any digits would do. */
const char *at_find_pdu(const char *header, const char *line);

/* Values after the first colon (or from the start where there is none), separated by commas outside quotes. Each
 * returns false where field i is missing or of another kind. */
bool at_field_int(const char *line, unsigned i, int *value);
bool at_field_text(const char *line, unsigned i, char *out, size_t size); /* without its quotes; cut to size */
unsigned at_field_count(const char *line);

/* A line as it is shown to people: what is not printable ASCII is '?'. Cut to size; out may be line. */
void at_plain(char *out, size_t size, const char *line);

#endif
