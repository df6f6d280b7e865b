#include "wire/fields.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"

static const void *at(const void *s, size_t offset)
{
	return (const char *)s + offset;
}

static void encode_hex(const struct wire_field *f, const void *from, json_t *object)
{
	size_t len = *(const size_t *)at(from, f->len_offset);
	char *text;

	if (len == 0 && !f->required)
		return;
	text = hl_calloc(2 * len + 1, 1);
	hl_hex_encode(at(from, f->offset), len, text);
	json_object_set_new(object, f->name, json_string(text));
	free(text);
}

static void encode_ints(const struct wire_field *f, const void *from, json_t *object)
{
	size_t count = *(const size_t *)at(from, f->len_offset);
	const int64_t *values = at(from, f->offset);
	json_t *array;

	if (count == 0 && !f->required)
		return;
	array = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_integer(values[i]));
	json_object_set_new(object, f->name, array);
}

void wire_fields_encode(const struct wire_field *rows, const void *from, json_t *object)
{
	for (const struct wire_field *f = rows; f->name; f++) {
		const void *p = at(from, f->offset);
		switch (f->kind) {
		case WIRE_INT:
			if (f->required || *(const int64_t *)p)
				json_object_set_new(object, f->name, json_integer(*(const int64_t *)p));
			break;
		case WIRE_BOOL:
			if (*(const bool *)p)
				json_object_set_new(object, f->name, json_true());
			break;
		case WIRE_STR:
			if (f->required || *(const char *)p)
				json_object_set_new(object, f->name, json_string(p));
			break;
		case WIRE_HEX:
			encode_hex(f, from, object);
			break;
		case WIRE_INTS:
			encode_ints(f, from, object);
			break;
		case WIRE_JSON:
			if (*(json_t *const *)p)
				json_object_set(object, f->name, *(json_t *const *)p);
			break;
		}
	}
}

static int decode_int(const struct wire_field *f, const json_t *v, int64_t *out, struct hl_reason *why)
{
	if (!json_is_integer(v))
		return hl_fail(why, HL_EINVAL, "field %s: an integer is needed", f->name);
	*out = json_integer_value(v);
	if (*out < f->min || *out > f->max)
		return hl_fail(why, HL_ERANGE, "field %s: must be %lld to %lld", f->name, (long long)f->min, (long long)f->max);
	return 0;
}

static int decode_ints(const struct wire_field *f, const json_t *v, void *to, struct hl_reason *why)
{
	int64_t *out = (int64_t *)((char *)to + f->offset);
	size_t count = json_array_size(v);
	int err;

	if (!json_is_array(v))
		return hl_fail(why, HL_EINVAL, "field %s: an array is needed", f->name);
	if (count > f->size)
		return hl_fail(why, HL_ERANGE, "field %s: at most %zu values", f->name, f->size);
	for (size_t i = 0; i < count; i++)
		if ((err = decode_int(f, json_array_get(v, i), &out[i], why)))
			return err;
	*(size_t *)((char *)to + f->len_offset) = count;
	return 0;
}

static int decode_text(const struct wire_field *f, const json_t *v, void *to, struct hl_reason *why)
{
	const char *s = json_string_value(v);
	size_t len = json_string_length(v);
	int n;

	if (!s)
		return hl_fail(why, HL_EINVAL, "field %s: a string is needed", f->name);
	if (f->kind == WIRE_HEX) {
		if ((n = hl_hex_decode(s, len, (uint8_t *)to + f->offset, f->size)) < 0)
			return hl_fail(why, n, "field %s: at most %zu octets in hexadecimal are needed", f->name, f->size);
		*(size_t *)((char *)to + f->len_offset) = (size_t)n;
		return 0;
	}
	if (len >= f->size)
		return hl_fail(why, HL_ERANGE, "field %s: at most %zu octets", f->name, f->size - 1);
	memcpy((char *)to + f->offset, s, len + 1);
	return 0;
}

static int decode_field(const struct wire_field *f, json_t *v, void *to, struct hl_reason *why)
{
	void *p = (char *)to + f->offset;

	switch (f->kind) {
	case WIRE_INT:
		return decode_int(f, v, p, why);
	case WIRE_BOOL:
		if (!json_is_boolean(v))
			return hl_fail(why, HL_EINVAL, "field %s: true or false is needed", f->name);
		*(bool *)p = json_is_true(v);
		return 0;
	case WIRE_STR:
	case WIRE_HEX:
		return decode_text(f, v, to, why);
	case WIRE_INTS:
		return decode_ints(f, v, to, why);
	case WIRE_JSON:
		if (!json_is_object(v))
			return hl_fail(why, HL_EINVAL, "field %s: an object is needed", f->name);
		*(json_t **)p = json_incref(v);
		return 0;
	}
	return hl_fail(why, HL_EINVAL, "field %s: unknown kind", f->name);
}

int wire_fields_decode(const struct wire_field *rows, const json_t *object, void *to, struct hl_reason *reason)
{
	int err;

	for (const struct wire_field *f = rows; f->name; f++) {
		json_t *v = json_object_get(object, f->name);
		if (!v && f->required)
			return hl_fail(reason, HL_EINVAL, "field %s is missing", f->name);
		if (v && (err = decode_field(f, v, to, reason)))
			return err;
	}
	return 0;
}

void wire_fields_clear(const struct wire_field *rows, void *s)
{
	for (const struct wire_field *f = rows; f->name; f++) {
		json_t **p = (json_t **)((char *)s + f->offset);
		if (f->kind == WIRE_JSON && *p) {
			json_decref(*p);
			*p = NULL;
		}
	}
}
