#include "simmodem/charset.h"

#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "text/gsm7.h"
#include "text/utf8.h"

static const char *const names[] = { [CHARSET_GSM] = "GSM", [CHARSET_IRA] = "IRA", [CHARSET_UCS2] = "UCS2" };

int charset_named(const char *name)
{
	for (int i = 0; i < (int)(sizeof(names) / sizeof(names[0])); i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *charset_name(enum te_charset charset)
{
	return names[charset];
}

static size_t show_char(enum te_charset charset, uint32_t cp, char out[8])
{
	int septet = gsm7_from_char(cp);

	if (charset == CHARSET_IRA) {
		out[0] = cp < 0x80 ? (char)cp : '?';
		return 1;
	}
	if (charset == CHARSET_UCS2) {
		snprintf(out, 8, "%04X", cp > 0xFFFF ? UTF8_REPLACEMENT : cp);
		return 4;
	}
	if (septet > 0xFF) {
		out[0] = GSM7_ESCAPE;
		out[1] = (char)(septet & 0x7F);
		return 2;
	}
	out[0] = septet < 0 ? '?' : (char)septet;
	return 1;
}

size_t charset_show(enum te_charset charset, const char *text, char *out, size_t max)
{
	size_t len = strlen(text), n = 0;
	char shown[8];
	uint32_t cp;

	for (size_t i = 0; i < len;) {
		size_t k;
		i += utf8_read(text + i, len - i, &cp, NULL);
		k = show_char(charset, cp, shown);
		if (n + k >= max)
			break;
		memcpy(out + n, shown, k);
		n += k;
	}
	out[n] = '\0';
	return n;
}

static int read_ucs2(const char *in, size_t len, char *text, size_t max)
{
	uint16_t units[512];
	uint8_t octets[1024];
	int n = hl_hex_decode(in, len, octets, sizeof(octets));

	if (n < 0 || n % 2)
		return HL_EINVAL;
	for (int i = 0; i < n / 2; i++)
		units[i] = (uint16_t)(octets[2 * i] << 8 | octets[2 * i + 1]);
	return (int)units_to_text(units, (size_t)n / 2, SIM_UCS2, text, max);
}

int charset_read(enum te_charset charset, const char *in, size_t len, char *text, size_t max)
{
	uint16_t units[1024];

	if (charset == CHARSET_UCS2)
		return read_ucs2(in, len, text, max);
	if (len > sizeof(units) / sizeof(units[0]))
		return HL_ERANGE;
	for (size_t i = 0; i < len; i++)
		units[i] = (unsigned char)in[i];
	return (int)units_to_text(units, len, charset == CHARSET_GSM ? SIM_GSM7 : SIM_8BIT, text, max);
}
