#include "modem/at_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TPDU_MIN 13 /* octets of a deliver from nobody, saying nothing */

static bool is_printable(char c)
{
	return (unsigned char)c > 0x20 && (unsigned char)c < 0x7F;
}

void at_reader_clear(struct at_reader *r)
{
	r->len = r->joined = 0;
	r->overlong = false;
}

static bool begins(const char *line, const char *prefix)
{
	return strncmp(line, prefix, strlen(prefix)) == 0;
}

static bool end_line(struct at_reader *r, const struct at_reader_ops *ops, void *arg)
{
	char *line = r->buf;
	size_t len = r->len;
	bool overlong = r->overlong;

	while (len && !is_printable(line[len - 1]))
		len--;
	line[len] = '\0';
	while (*line && !is_printable(*line))
		line++;
	at_reader_clear(r);
	return overlong || !*line || ops->line(arg, line);
}

/* Whether the string of a +CUSD line lacks its closing quote: it ends in ", or in ", and the number of the coding scheme. */
static bool is_open_ussd(struct at_reader *r)
{
	const char *line = r->buf, *first, *end = r->buf + r->len;

	r->buf[r->len] = '\0';
	while (line < end && !is_printable(*line))
		line++;
	if (!begins(line, "+CUSD:") || !(first = strchr(line, '"')))
		return false;
	while (end > first + 1 && !is_printable(end[-1]))
		end--;
	if (end[-1] != '"') {
		while (end > first + 1 && isdigit((unsigned char)end[-1]))
			end--;
		if (*end == '\0' || end[-1] != ',')
			return true;
		end--;
	}
	return end - 1 <= first || end[-1] != '"';
}

/* The final result of a command, in the midst of a string: then the string broke off. */
static bool ends_joining(const struct at_reader *r)
{
	const char *line = r->buf + r->joined;

	return r->joined && (strcmp(line, "OK") == 0 || strcmp(line, "ERROR") == 0 || begins(line, "+CME ERROR:") ||
			     begins(line, "+CMS ERROR:"));
}

static bool end_broken_off(struct at_reader *r, const struct at_reader_ops *ops, void *arg)
{
	char last[AT_JOINED_MAX + 1];
	size_t len = r->len - r->joined;

	if (len > AT_JOINED_MAX)
		return end_line(r, ops, arg);
	memcpy(last, r->buf + r->joined, len);
	r->len = r->joined;
	if (!end_line(r, ops, arg))
		return false;
	memcpy(r->buf, last, len);
	r->len = len;
	return end_line(r, ops, arg);
}

static bool end_or_join(struct at_reader *r, const struct at_reader_ops *ops, void *arg)
{
	if (!is_open_ussd(r) || r->overlong)
		return end_line(r, ops, arg);
	if (ends_joining(r))
		return end_broken_off(r, ops, arg);
	if (r->len >= AT_JOINED_MAX)
		return end_line(r, ops, arg);
	if (r->buf[r->len - 1] != '\n')
		r->buf[r->len++] = '\n';
	r->joined = r->len;
	return true;
}

/* "> " at the start of a line, or after nothing but noise. */
static bool at_prompt(const struct at_reader *r)
{
	if (r->len < 2 || r->buf[r->len - 1] != ' ' || r->buf[r->len - 2] != '>')
		return false;
	for (size_t i = 0; i + 2 < r->len; i++)
		if (is_printable(r->buf[i]))
			return false;
	return true;
}

bool at_reader_feed(struct at_reader *r, const char *bytes, size_t len, const struct at_reader_ops *ops, void *arg)
{
	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];
		if (c == '\n' || c == '\r') {
			if (!end_or_join(r, ops, arg))
				return false;
			continue;
		}
		if (c == '\0') { /* noise; in a string the "@" of the GSM alphabet (TS 23.038 6.2.1), as AT+CSCS="GSM" has it */
			if (!is_open_ussd(r))
				continue;
			c = '@';
		}
		if (r->len == AT_LINE_MAX) {
			r->overlong = true;
			continue;
		}
		r->buf[r->len++] = c;
		if (c == ' ' && at_prompt(r)) {
			at_reader_clear(r);
			if (!ops->prompt(arg))
				return false;
		}
	}
	return true;
}

/* ---- telling lines apart --------------------------------------------------------------------------------------- */

static bool all_of(const char *line, int (*is)(int))
{
	for (; *line; line++)
		if (!is((unsigned char)*line))
			return false;
	return true;
}

/* Final results: V.250 5.7.1, TS 27.007 9.1, TS 27.005 3.2.5. The last two are Huawei's words for ERROR. */
static const struct { const char *text; bool whole; enum at_kind kind; } finals[] = {
	{ "OK", true, AT_KIND_OK },
	{ "ERROR", true, AT_KIND_ERROR },
	{ "+CME ERROR:", false, AT_KIND_CME },
	{ "+CMS ERROR:", false, AT_KIND_CMS },
	{ "COMMAND NOT SUPPORT", true, AT_KIND_ERROR },
	{ "TOO MANY PARAMETERS", true, AT_KIND_ERROR },
};

static const char *const pdu_urcs[] = { "+CMT:", "+CDS:", "+CBM:" };

static bool is_final(const char *line, enum at_kind *kind, int *code)
{
	for (size_t i = 0; i < sizeof(finals) / sizeof(finals[0]); i++) {
		if (finals[i].whole ? strcmp(line, finals[i].text) != 0 : !begins(line, finals[i].text))
			continue;
		*kind = finals[i].kind;
		*code = 0;
		if (!finals[i].whole && !at_field_int(line, 0, code))
			*code = 500; /* CMEE=2 words: unknown error */
		return true;
	}
	return false;
}

static bool is_info(const struct at_expect *e, const char *line)
{
	switch (e->shape) {
	case AT_SHAPE_NONE:
		return false;
	case AT_SHAPE_PREFIX:
	case AT_SHAPE_PDU:
		return begins(line, e->prefix) && at_field_count(line) >= e->min_fields;
	case AT_SHAPE_DIGITS:
		return strlen(line) >= 8 && all_of(line, isdigit);
	case AT_SHAPE_TEXT:
		return isalnum((unsigned char)line[0]) && !begins(line, "AT") && !begins(line, "RING");
	}
	return false;
}

enum at_kind at_classify(const struct at_expect *e, const char *line, int *code)
{
	enum at_kind kind;

	*code = 0;
	if (is_final(line, &kind, code))
		return kind;
	if (e->active && is_info(e, line))
		return AT_KIND_INFO;
	for (size_t i = 0; i < sizeof(pdu_urcs) / sizeof(pdu_urcs[0]); i++)
		if (begins(line, pdu_urcs[i]))
			return AT_KIND_URC_PDU;
	if (all_of(line, isxdigit))
		return AT_KIND_HEX;
	if (begins(line, "AT") || begins(line, "at"))
		return AT_KIND_NOISE;
	return AT_KIND_URC;
}

/* ---- fields ---------------------------------------------------------------------------------------------------- */

static const char *first_field(const char *line)
{
	const char *colon = strchr(line, ':');

	return colon ? colon + 1 : line;
}

/* The comma or NUL that ends the field. */
static const char *end_of_field(const char *p)
{
	bool quoted = false;

	for (; *p && (quoted || *p != ','); p++)
		if (*p == '"')
			quoted = !quoted;
	return p;
}

static const char *find_field(const char *line, unsigned i, const char **end)
{
	const char *p = first_field(line);

	*end = end_of_field(p);
	while (i--) {
		if (!**end)
			return NULL;
		p = *end + 1;
		*end = end_of_field(p);
	}
	while (*p == ' ')
		p++;
	while (*end > p && (*end)[-1] == ' ')
		(*end)--;
	return p;
}

unsigned at_field_count(const char *line)
{
	const char *p = first_field(line);
	unsigned n = 1;

	if (!*p)
		return 0;
	while (*(p = end_of_field(p))) {
		p++;
		n++;
	}
	return n;
}

bool at_field_int(const char *line, unsigned i, int *value)
{
	const char *end, *p = find_field(line, i, &end);
	char *stop;
	long n;

	if (!p || p == end)
		return false;
	if (*p == '"') {
		p++;
		end--;
	}
	n = strtol(p, &stop, 10);
	if (stop != end || stop == p || n < -1000000 || n > 1000000)
		return false;
	*value = (int)n;
	return true;
}

static int digit(char c)
{
	return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static bool has_length(const char *digits, size_t len, int tpdu)
{
	return len >= 2 && len == 2 * (size_t)(1 + digit(digits[0]) * 16 + digit(digits[1]) + tpdu);
}

const char *at_find_pdu(const char *header, const char *line)
{
	size_t len = strlen(line), from = len;
	int tpdu;

	if (!at_field_int(header, at_field_count(header) - 1, &tpdu) || tpdu <= 0)
		return NULL;
	while (from > 0 && isxdigit((unsigned char)line[from - 1]))
		from--;
	if (from == 0 && has_length(line, len, tpdu))
		return line;
	/* So short a one could be the end of anything. */
	for (; tpdu >= TPDU_MIN && from < len; from++)
		if (has_length(line + from, len - from, tpdu))
			return line + from;
	return NULL;
}

bool at_field_text(const char *line, unsigned i, char *out, size_t size)
{
	const char *end, *p = find_field(line, i, &end);
	size_t n;

	if (!p)
		return false;
	if (end - p >= 2 && *p == '"' && end[-1] == '"') {
		p++;
		end--;
	}
	n = (size_t)(end - p);
	if (n >= size)
		n = size - 1;
	memcpy(out, p, n);
	out[n] = '\0';
	return true;
}

void at_plain(char *out, size_t size, const char *line)
{
	size_t n = 0;

	for (; line[n] && n + 1 < size; n++)
		out[n] = line[n] >= 0x20 && line[n] < 0x7F ? line[n] : '?';
	out[n] = '\0';
}
