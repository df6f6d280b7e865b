#include "core/roster/roster_number.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "text/utf8.h"

#define WRITTEN_MAX 64
#define E164_DIGITS_MOST 15 /* ITU-T E.164 6.1 */
#define LEAST 7

/* What stands between digits and says nothing: blanks, dashes, marks of writing direction that come along with a copied number. */
static bool is_filler(uint32_t cp)
{
	return cp == 0xa0 || cp == 0xad || (cp >= 0x2000 && cp <= 0x2015) || cp == 0x202f || cp == 0x2060 || cp == 0x2212 || cp == 0x3000 ||
		(cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff || cp == '\t';
}

/* Full-width forms as the plain ones. */
static uint32_t plain(uint32_t cp)
{
	return cp >= 0xff01 && cp <= 0xff5e ? cp - 0xfee0 : cp;
}

static const char *make_plain(const char *text, char out[WRITTEN_MAX])
{
	size_t len = strlen(text), n = 0;
	uint32_t cp;
	bool valid;

	if (strncasecmp(text, "tel:", 4) == 0) {
		text += 4;
		len -= 4;
	}
	for (size_t i = 0; i < len;) {
		i += utf8_read(text + i, len - i, &cp, &valid);
		cp = plain(cp);
		if (is_filler(cp))
			cp = ' ';
		if (!valid || cp >= 0x80 || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z'))
			return "has letters in it";
		if (n + 1 == WRITTEN_MAX)
			return "has too many digits";
		out[n++] = (char)cp;
	}
	out[n] = '\0';
	return NULL;
}

static size_t digits(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text >= '0' && *text <= '9';
	return n;
}

/* What number_normalise() would take without asking, or refuse without saying why. */
static const char *check(const char *text)
{
	const char *first = text + strspn(text, " (");

	if (digits(text) == 0)
		return "has no digits";
	if (strpbrk(text, ",;|&") || strchr(text, '/'))
		return "is more than one";
	if (strpbrk(text, "*#"))
		return "is a code, not a telephone";
	if (strchr(first + (*first == '+'), '+'))
		return "has a plus in the middle";
	if (strspn(text, "0123456789+-() .") != strlen(text))
		return "has a sign in it that no number has";
	if (strstr(text, "(0)") && (*first == '+' || strncmp(first, "00", 2) == 0))
		return "has a (0) that is not dialled after a country code";
	if (digits(text) < LEAST)
		return "is a short one";
	if (digits(text) > E164_DIGITS_MOST + 2)
		return "has too many digits";
	return NULL;
}

const char *roster_number_read(const char *text, const char *country, struct number *out)
{
	char written[WRITTEN_MAX], *start;
	const char *why = make_plain(text, written);
	bool answerable = false;

	memset(out, 0, sizeof(*out));
	why = why ? why : check(written);
	if (why)
		return why;
	start = written + strspn(written, " (");
	if (*start != '+')
		start = written;
	if (number_normalise(start, country, out, &answerable) || !answerable)
		return "has too many digits or too few";
	if (out->e164[1] == '0') {
		memset(out, 0, sizeof(*out));
		return "has a country code that begins with 0";
	}
	return NULL;
}
