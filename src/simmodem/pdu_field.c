#include "simmodem/pdu_field.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "text/gsm7.h"

#define TYPE_NATIONAL 0x81
#define TYPE_INTERNATIONAL 0x91
#define TYPE_ALPHANUMERIC 0xD0
#define DIGITS_MAX 20

static const char digit_set[] = "0123456789*#abc";

int pdu_dcs_coding(uint8_t dcs, enum sim_coding *coding)
{
	static const enum sim_coding by_bits[4] = { SIM_GSM7, SIM_8BIT, SIM_UCS2, SIM_GSM7 };

	*coding = SIM_GSM7;
	if (dcs < 0x80)
		*coding = by_bits[dcs >> 2 & 3];
	else if (dcs >= 0xF0)
		*coding = dcs & 4 ? SIM_8BIT : SIM_GSM7;
	else if (dcs >= 0xE0)
		*coding = SIM_UCS2;
	return dcs < 0x80 && dcs & 0x20 ? HL_EUNSUPPORTED : 0;
}

int pdu_dcs_class(uint8_t dcs)
{
	return dcs >= 0xF0 || (dcs < 0x80 && dcs & 0x10) ? dcs & 3 : -1;
}

uint8_t pdu_dcs(enum sim_coding coding, int class)
{
	unsigned bits = coding == SIM_UCS2 ? 0x08 : coding == SIM_8BIT ? 0x04 : 0x00;

	return (uint8_t)(class < 0 ? bits : bits | 0x10 | (unsigned)class);
}

static int digit_value(char c)
{
	const char *at = c ? strchr(digit_set, c) : NULL;

	return at ? (int)(at - digit_set) : -1;
}

/* Semi-octets of count digits, filled up with 1111; HL_EINVAL where one is no digit. */
static int digits_write(const char *digits, size_t count, uint8_t *out)
{
	for (size_t i = 0; i < count; i++) {
		int v = digit_value(digits[i]);
		if (v < 0)
			return HL_EINVAL;
		if (i % 2 == 0)
			out[i / 2] = (uint8_t)(0xF0 | v);
		else
			out[i / 2] = (uint8_t)((out[i / 2] & 0x0F) | v << 4);
	}
	return (int)((count + 1) / 2);
}

static bool is_number(const char *s)
{
	return *s && strspn(s, digit_set) == strlen(s);
}

static int name_write(const char *name, uint8_t out[12])
{
	uint16_t units[11];
	uint8_t septets[11];
	int n = units_from_text(name, strlen(name), SIM_GSM7, units, 11);

	if (n < 0)
		return HL_EINVAL;
	for (int i = 0; i < n; i++)
		septets[i] = (uint8_t)units[i];
	out[0] = (uint8_t)((n * 7 + 3) / 4); /* useful semi-octets (9.1.2.5) */
	out[1] = TYPE_ALPHANUMERIC;
	return 2 + (int)gsm7_pack(septets, (size_t)n, 0, out + 2);
}

int pdu_address_write(const char *address, uint8_t toa, uint8_t out[12])
{
	bool plus = address[0] == '+';
	const char *digits = address + plus;
	size_t count = strlen(digits);
	int n;

	if (!is_number(digits) && *address)
		return name_write(address, out);
	if (count > DIGITS_MAX || (n = digits_write(digits, count, out + 2)) < 0)
		return HL_EINVAL;
	out[0] = (uint8_t)count;
	out[1] = toa ? toa : plus ? TYPE_INTERNATIONAL : TYPE_NATIONAL;
	return 2 + n;
}

static int digits_read(const uint8_t *in, size_t count, char *out)
{
	for (size_t i = 0; i < count; i++) {
		unsigned v = i % 2 ? in[i / 2] >> 4 : in[i / 2] & 0x0F;
		if (v == 15)
			return HL_EINVAL;
		*out++ = digit_set[v];
	}
	*out = '\0';
	return 0;
}

int pdu_address_read(const uint8_t *in, size_t len, char address[PDU_ADDRESS_MAX])
{
	size_t semi = len ? in[0] : 0, octets = (semi + 1) / 2;
	uint8_t septets[11];
	uint16_t units[11];
	bool plus;

	if (len < 2 || semi > DIGITS_MAX || len < 2 + octets)
		return HL_EINVAL;
	if ((in[1] & 0x70) == 0x50) {
		size_t n = semi * 4 / 7;
		gsm7_unpack(in + 2, n, 0, septets);
		for (size_t i = 0; i < n; i++)
			units[i] = septets[i];
		units_to_text(units, n, SIM_GSM7, address, PDU_ADDRESS_MAX);
		return (int)(2 + octets);
	}
	plus = (in[1] & 0x70) == 0x10;
	address[0] = '+';
	if (digits_read(in + 2, semi, address + plus))
		return HL_EINVAL;
	return (int)(2 + octets);
}

int pdu_smsc_write(const char *smsc, uint8_t out[12])
{
	int n;

	if (*smsc == '\0') {
		out[0] = 0;
		return 1;
	}
	if ((n = pdu_address_write(smsc, 0, out)) < 0)
		return n;
	out[0] = (uint8_t)(n - 1);
	return n;
}

int pdu_smsc_skip(const uint8_t *in, size_t len)
{
	if (len < 1 || in[0] > 11 || in[0] == 1 || len < 1 + (size_t)in[0])
		return HL_EINVAL;
	return 1 + in[0];
}

static uint8_t swapped_bcd(int v)
{
	return (uint8_t)(v % 10 << 4 | v / 10);
}

static int from_swapped_bcd(uint8_t b)
{
	return (b & 0x0F) * 10 + (b >> 4);
}

void pdu_time_write(int64_t utc_s, int zone_quarters, uint8_t out[7])
{
	time_t shown = (time_t)(utc_s + zone_quarters * 900);
	struct tm tm;
	int zone = zone_quarters < 0 ? -zone_quarters : zone_quarters;

	if (!gmtime_r(&shown, &tm))
		memset(&tm, 0, sizeof(tm));
	out[0] = swapped_bcd((tm.tm_year % 100 + 100) % 100);
	out[1] = swapped_bcd(tm.tm_mon + 1);
	out[2] = swapped_bcd(tm.tm_mday);
	out[3] = swapped_bcd(tm.tm_hour);
	out[4] = swapped_bcd(tm.tm_min);
	out[5] = swapped_bcd(tm.tm_sec);
	out[6] = (uint8_t)(swapped_bcd(zone) | (zone_quarters < 0 ? 0x08 : 0));
}

void pdu_time_show(const uint8_t in[7], char out[32])
{
	snprintf(out, 32, "%02d/%02d/%02d,%02d:%02d:%02d%c%02d", from_swapped_bcd(in[0]), from_swapped_bcd(in[1]),
		from_swapped_bcd(in[2]), from_swapped_bcd(in[3]), from_swapped_bcd(in[4]), from_swapped_bcd(in[5]),
		in[6] & 0x08 ? '-' : '+', from_swapped_bcd(in[6] & 0xF7));
}
