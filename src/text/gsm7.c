#include "text/gsm7.h"

#include <string.h>

#define NBSP 0xA0

/* TS 23.038 6.2.1; the escape stands as U+00A0, which from_char must not find. */
static const uint16_t basic[128] = {
	'@', 0xA3, '$', 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, '\n', 0xD8, 0xF8, '\r', 0xC5, 0xE5,
	0x394, '_', 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, NBSP, 0xC6, 0xE6, 0xDF, 0xC9,
	' ', '!', '"', '#', 0xA4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
	'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
	0xA1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
	'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
	0xBF, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
	'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
};

/* TS 23.038 6.2.1.1. */
static const struct { uint8_t septet; uint16_t cp; } extension[] = {
	{ 0x0A, 0x0C }, { 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2F, '\\' },
	{ 0x3C, '[' }, { 0x3D, '~' }, { 0x3E, ']' }, { 0x40, '|' }, { 0x65, 0x20AC },
};
#define EXTENSION_ROWS (sizeof(extension) / sizeof(extension[0]))

int gsm7_from_char(uint32_t cp)
{
	if (cp == NBSP)
		return -1;
	if (cp < 128 && basic[cp] == cp)
		return (int)cp;
	for (int septet = 0; septet < 128; septet++)
		if (basic[septet] == cp)
			return septet;
	for (size_t i = 0; i < EXTENSION_ROWS; i++)
		if (extension[i].cp == cp)
			return GSM7_ESCAPE << 8 | extension[i].septet;
	return -1;
}

uint32_t gsm7_to_char(uint8_t septet, int extended)
{
	septet &= 0x7F;
	if (extended)
		for (size_t i = 0; i < EXTENSION_ROWS; i++)
			if (extension[i].septet == septet)
				return extension[i].cp;
	return basic[septet];
}

size_t gsm7_pack(const uint8_t *septets, size_t count, unsigned fill, uint8_t *out)
{
	size_t octets = (count * 7 + fill + 7) / 8;

	memset(out, 0, octets);
	for (size_t i = 0; i < count; i++) {
		size_t bit = i * 7 + fill;
		unsigned value = (unsigned)(septets[i] & 0x7F) << (bit % 8);
		out[bit / 8] |= (uint8_t)value;
		if (bit % 8 > 1)
			out[bit / 8 + 1] |= (uint8_t)(value >> 8);
	}
	return octets;
}

void gsm7_unpack(const uint8_t *in, size_t count, unsigned fill, uint8_t *septets)
{
	for (size_t i = 0; i < count; i++) {
		size_t bit = i * 7 + fill;
		unsigned value = in[bit / 8];
		if (bit % 8 > 1)
			value |= (unsigned)in[bit / 8 + 1] << 8;
		septets[i] = (uint8_t)(value >> (bit % 8) & 0x7F);
	}
}
