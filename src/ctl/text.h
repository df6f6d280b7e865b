/* Text for a terminal: how wide it is, how it is made harmless, and times and sizes in words. Pure but for what it
 * prints. What strangers wrote must not steer a terminal: no control character and no change of writing direction
 * passes. */
#ifndef HL_CTL_TEXT_H
#define HL_CTL_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Columns that a UTF-8 text takes: Cyrillic 1, wide characters 2, combining marks 0. */
size_t text_width(const char *text);

/* The same of len octets, in which what switches a colour on or off (ESC [ ... m) takes none. */
size_t text_shown(const char *text, size_t len);

/* How long such a sequence is where one begins at text; 0 where none does. */
size_t text_colour(const char *text, size_t len);

/* A copy in which every control character (line feeds too), direction mark and octet that is no UTF-8 is U+FFFD. The
 * caller frees it. */
char *text_safe(const char *text, size_t len);

#define TEXT_SHORT 32

/* "now", "40 s", "12 min", "3 h", "2 days"; "-" for then_ms 0; "in 5 min" where then lies ahead. */
const char *text_age(int64_t now_ms, int64_t then_ms, char out[TEXT_SHORT]);

/* The same of a span. */
const char *text_span(int64_t seconds, char out[TEXT_SHORT]);

/* Local time, "2026-11-22 08:30:05"; "-" for 0. */
const char *text_time(int64_t wall_ms, char out[TEXT_SHORT]);

/* "812 B", "4.1 MiB". */
const char *text_bytes(int64_t bytes, char out[TEXT_SHORT]);

/* Wall time now. */
int64_t text_now_ms(void);

#endif
