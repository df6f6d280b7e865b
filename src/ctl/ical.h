/* Writes an iCalendar (RFC 5545). Pure but for what it writes. Times in UTC, lines folded at 75 octets between characters, text escaped. */
#ifndef HL_CTL_ICAL_H
#define HL_CTL_ICAL_H

#include <stdint.h>
#include <stdio.h>

struct ical_event {
	const char *uid;          /* the same in each export of the same event */
	const char *summary, *categories;
	int64_t from_ms, to_ms;   /* wall time, the end not with it */
};

void ical_begin(FILE *out, const char *product);
/* now_ms: when it is written (DTSTAMP). */
void ical_event(FILE *out, const struct ical_event *e, int64_t now_ms);
void ical_end(FILE *out);

#endif
