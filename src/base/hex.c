#include "base/hex.h"

#include "base/error.h"

void hl_hex_encode(const uint8_t *in, size_t len, char *out)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[in[i] >> 4];
		*out++ = digits[in[i] & 15];
	}
	*out = '\0';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int hl_hex_decode(const char *in, size_t len, uint8_t *out, size_t max)
{
	if (len % 2)
		return HL_EINVAL;
	if (len / 2 > max)
		return HL_ERANGE;
	for (size_t i = 0; i < len; i += 2) {
		int hi = digit_value(in[i]), lo = digit_value(in[i + 1]);
		if (hi < 0 || lo < 0)
			return HL_EINVAL;
		out[i / 2] = (uint8_t)(hi << 4 | lo);
	}
	return (int)(len / 2);
}
