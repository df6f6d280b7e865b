/* The test texts that our modems send each other: made and recognised here. Pure but for the key. Only we can make one, so
 * nobody's text is taken for one; and they are recognised after any restart, without anything on disk. */
#ifndef HL_CORE_HEALTH_LOOP_TEXT_H
#define HL_CORE_HEALTH_LOOP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vault/vault.h"

#define LOOP_TEXT_MAX 160 /* one message of the GSM alphabet, with names of modems of 32 characters */

struct loop_text {
	char from[33], to[33]; /* modems */
	int64_t time_ms;       /* wall time at which it was made */
};

void loop_text_make(const struct vault *v, const struct loop_text *t, char out[LOOP_TEXT_MAX + 1]);

/* False for everything that loop_text_make() with these keys did not make. */
bool loop_text_read(const struct vault *v, const char *text, struct loop_text *t);

#endif
