/* Messages between our programs as tables: a C struct, and one row a field that says its JSON name, kind, place
 * and bound. One encoder and one decoder walk the rows, so a message cannot be written one way and read another. */
#ifndef HL_WIRE_FIELDS_H
#define HL_WIRE_FIELDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum wire_kind {
	WIRE_INT,  /* int64_t, min..max */
	WIRE_BOOL, /* bool */
	WIRE_STR,  /* char[size], UTF-8, NUL-ended, no NUL inside */
	WIRE_HEX,  /* uint8_t[size], its size_t length at len_offset; hexadecimal digits on the wire */
	WIRE_INTS, /* int64_t[size], its size_t count at len_offset; each min..max */
	WIRE_JSON, /* json_t *, owned by the struct; any object */
};

struct wire_field {
	const char *name;
	enum wire_kind kind;
	bool required; /* decoding fails without it; otherwise the struct keeps its zero */
	size_t offset, size, len_offset;
	int64_t min, max;
};

/* Rows of a table, for struct S. */
#define WIRE_F_INT(S, f, req, ...) { #f, WIRE_INT, req, offsetof(S, f), 0, 0, __VA_ARGS__ } /* ..., min, max */
#define WIRE_F_BOOL(S, f) { #f, WIRE_BOOL, false, offsetof(S, f), 0, 0, 0, 0 }
#define WIRE_F_STR(S, f, req) { #f, WIRE_STR, req, offsetof(S, f), sizeof(((S *)0)->f), 0, 0, 0 }
#define WIRE_F_HEX(S, f, req) { #f, WIRE_HEX, req, offsetof(S, f), sizeof(((S *)0)->f), offsetof(S, f##_len), 0, 0 }
#define WIRE_F_INTS(S, f, req, ...) \
	{ #f, WIRE_INTS, req, offsetof(S, f), sizeof(((S *)0)->f) / sizeof(int64_t), offsetof(S, f##_count), __VA_ARGS__ }
#define WIRE_F_JSON(S, f) { #f, WIRE_JSON, false, offsetof(S, f), 0, 0, 0, 0 }
#define WIRE_F_END { NULL, WIRE_INT, false, 0, 0, 0, 0, 0 }

/* Adds the struct's fields to the object. Empty strings and arrays, zero optional integers, false and NULL are left out. */
void wire_fields_encode(const struct wire_field *rows, const void *from, json_t *object);

/* Reads the object into the zeroed struct. Fields without a row are ignored, so that a newer peer can say more.
 * HL_EINVAL or HL_ERANGE with the field's name (never its value) in reason. */
int wire_fields_decode(const struct wire_field *rows, const json_t *object, void *to, struct hl_reason *reason);

/* Drops what decoding allocated (WIRE_JSON). */
void wire_fields_clear(const struct wire_field *rows, void *s);

#endif
