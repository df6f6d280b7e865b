#include "core/number.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

#define E164_LEAST 7  /* fewer digits are a short code */
#define E164_MOST 15  /* ITU-T E.164 6.1 */

static int finish(struct number *out, const char *country, const char *digits)
{
	size_t n = strlen(country) + strlen(digits);

	if (n < E164_LEAST || n > E164_MOST)
		return HL_EINVAL;
	out->e164[0] = '+';
	memcpy(out->e164 + 1, country, strlen(country));
	memcpy(out->e164 + 1 + strlen(country), digits, strlen(digits) + 1);
	return 0;
}

/* Copies the digits. Returns how many, or -1 where something else than digits and punctuation is there. */
static int digits_only(const char *in, char *digits, size_t size)
{
	size_t n = 0;

	for (; *in; in++) {
		if (strchr(" -()/.", *in))
			continue;
		if (*in < '0' || *in > '9' || n + 1 >= size)
			return -1;
		digits[n++] = *in;
	}
	digits[n] = '\0';
	return (int)n;
}

static bool is_name(const char *in)
{
	for (; *in; in++)
		if ((*in >= 'A' && *in <= 'Z') || (*in >= 'a' && *in <= 'z') || (unsigned char)*in >= 0x80)
			return true;
	return false;
}

int number_normalise(const char *in, const char *country, struct number *out, bool *answerable)
{
	char digits[NUMBER_MAX + 1];
	size_t cc = strlen(country);
	bool plus;
	int n;

	memset(out, 0, sizeof(*out));
	*answerable = false;
	while (*in == ' ')
		in++;
	if (is_name(in))
		return hl_strlcpy(out->e164, sizeof(out->e164), in) ? HL_EINVAL : 0;
	plus = *in == '+';
	n = digits_only(in + plus, digits, sizeof(digits));
	if (n <= 0)
		return HL_EINVAL;
	if (!plus && n < E164_LEAST) {
		hl_strlcpy(out->e164, sizeof(out->e164), digits);
		return 0;
	}
	*answerable = true;
	if (plus)
		return finish(out, "", digits);
	/* No country code begins with 0, so "000..." is a national number. */
	if (n >= 2 + E164_LEAST && strncmp(digits, "00", 2) == 0 && digits[2] != '0')
		return finish(out, "", digits + 2);
	/* Shorter ones are national numbers that happen to begin so. */
	if ((size_t)n >= cc + E164_LEAST && strncmp(digits, country, cc) == 0)
		return finish(out, "", digits);
	return finish(out, country, digits);
}
