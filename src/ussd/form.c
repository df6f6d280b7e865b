#include "ussd/form.h"

#include <string.h>

#include "text/utf8.h"

#define NAME_MAX 64 /* of a field that anybody may want */

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)((at - digits) % 16) : -1;
}

long form_decode(const char *from, size_t len, bool plus, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		int c = (unsigned char)from[i];
		if (c == '%') {
			if (len - i < 3 || hex_digit(from[i + 1]) < 0 || hex_digit(from[i + 2]) < 0)
				return HL_EINVAL;
			c = hex_digit(from[i + 1]) * 16 + hex_digit(from[i + 2]);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c == 0)
			return HL_EINVAL;
		if (n + 1 >= size)
			return HL_ERANGE;
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return utf8_valid(out, n) ? (long)n : HL_EINVAL;
}

static struct form_field *find(struct form_field *fields, const char *name)
{
	for (; fields->name; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static int read_pair(const char *pair, size_t len, struct form_field *fields, struct hl_reason *why)
{
	const char *equals = memchr(pair, '=', len);
	size_t name_len = equals ? (size_t)(equals - pair) : len;
	char name[NAME_MAX];
	struct form_field *f;
	long n = form_decode(pair, name_len, true, name, sizeof(name));

	if (n == HL_EINVAL)
		return hl_fail(why, HL_EINVAL, "a field's name is not encoded as it should be");
	f = n < 0 ? NULL : find(fields, name);
	if (!f)
		return 0;
	if (f->seen)
		return hl_fail(why, HL_EINVAL, "%s is there twice", f->name);
	f->seen = true;
	n = equals ? form_decode(equals + 1, len - name_len - 1, true, f->out, f->size) : 0;
	if (n == HL_ERANGE)
		return hl_fail(why, HL_ERANGE, "%s is too long", f->name);
	return n < 0 ? hl_fail(why, HL_EINVAL, "%s is not UTF-8, percent-encoded", f->name) : 0;
}

int form_read(const char *body, size_t len, struct form_field *fields, struct hl_reason *why)
{
	int err = 0;

	for (struct form_field *f = fields; f->name; f++) {
		f->seen = false;
		*f->out = '\0';
	}
	for (size_t at = 0; at < len && !err;) {
		const char *amp = memchr(body + at, '&', len - at);
		size_t n = amp ? (size_t)(amp - body) - at : len - at;
		if (n > 0)
			err = read_pair(body + at, n, fields, why);
		at += n + 1;
	}
	return err;
}
