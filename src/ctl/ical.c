#include "ctl/ical.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "text/utf8.h"

#define LINE_MAX_OCTETS 75 /* RFC 5545 3.1, without the line end */

/* Escaped as TEXT (3.3.11); control characters, which it does not allow, become blanks. The caller frees it. */
static char *escape(const char *text)
{
	char *out = hl_calloc(2 * strlen(text) + 1, 1), *p = out;

	for (; *text; text++) {
		if (*text == '\n') {
			*p++ = '\\';
			*p++ = 'n';
			continue;
		}
		if (strchr("\\;,", *text))
			*p++ = '\\';
		*p++ = (unsigned char)*text < 0x20 || *text == 0x7f ? ' ' : *text;
	}
	return out;
}

/* A content line, folded. */
static void line(FILE *out, const char *name, const char *value)
{
	size_t size = strlen(name) + strlen(value) + 2, len, at = 0, column = 0;
	char *whole = hl_calloc(size, 1);
	uint32_t cp;

	snprintf(whole, size, "%s:%s", name, value);
	len = strlen(whole);
	while (at < len) {
		size_t n = utf8_read(whole + at, len - at, &cp, NULL);
		if (column + n > LINE_MAX_OCTETS) {
			fputs("\r\n ", out);
			column = 1;
		}
		fwrite(whole + at, 1, n, out);
		at += n;
		column += n;
	}
	fputs("\r\n", out);
	free(whole);
}

static void line_text(FILE *out, const char *name, const char *text)
{
	char *value = escape(text);

	line(out, name, value);
	free(value);
}

static void line_time(FILE *out, const char *name, int64_t ms)
{
	time_t t = (time_t)(ms / 1000);
	char value[32];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(value, sizeof(value), "%Y%m%dT%H%M%SZ", &tm);
	line(out, name, value);
}

void ical_begin(FILE *out, const char *product)
{
	line(out, "BEGIN", "VCALENDAR");
	line(out, "VERSION", "2.0");
	line_text(out, "PRODID", product);
	line(out, "CALSCALE", "GREGORIAN");
	line(out, "METHOD", "PUBLISH");
}

void ical_event(FILE *out, const struct ical_event *e, int64_t now_ms)
{
	line(out, "BEGIN", "VEVENT");
	line_text(out, "UID", e->uid);
	line_time(out, "DTSTAMP", now_ms);
	line_time(out, "DTSTART", e->from_ms);
	line_time(out, "DTEND", e->to_ms);
	line_text(out, "SUMMARY", e->summary);
	line_text(out, "CATEGORIES", e->categories);
	line(out, "END", "VEVENT");
}

void ical_end(FILE *out)
{
	line(out, "END", "VCALENDAR");
}
