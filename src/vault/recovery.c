/* The recovery key as text on paper: Crockford's base 32, in groups of four, with 24 bits of checksum. */
#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "vault/people.h"

#define CHECK 3
#define OCTETS (VAULT_KEY + CHECK)  /* 35: a whole number of digits */
#define DIGITS (OCTETS * 8 / 5)
#define GROUP 4

_Static_assert(OCTETS * 8 % 5 == 0, "no bits are left over");
_Static_assert(DIGITS + DIGITS / GROUP <= VAULT_RECOVERY_TEXT, "fits the printed form");

static const char alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void checksum(const uint8_t secret[VAULT_KEY], uint8_t check[CHECK])
{
	static const char purpose[] = "hotlined recovery key";
	uint8_t hash[crypto_generichash_BYTES];

	crypto_generichash(hash, sizeof(hash), secret, VAULT_KEY, (const uint8_t *)purpose, sizeof(purpose) - 1);
	memcpy(check, hash, CHECK);
	sodium_memzero(hash, sizeof(hash));
}

void vault_recovery_print(const uint8_t secret[VAULT_KEY], char text[VAULT_RECOVERY_TEXT])
{
	uint8_t octets[OCTETS];
	char *out = text;

	vault_start();
	memcpy(octets, secret, VAULT_KEY);
	checksum(secret, octets + VAULT_KEY);
	for (size_t i = 0; i < DIGITS; i++) {
		size_t bit = i * 5;
		unsigned pair = (unsigned)octets[bit / 8] << 8 | (bit / 8 + 1 < OCTETS ? octets[bit / 8 + 1] : 0u);
		if (i > 0 && i % GROUP == 0)
			*out++ = '-';
		*out++ = alphabet[pair >> (11 - bit % 8) & 31];
	}
	*out = '\0';
	sodium_memzero(octets, sizeof(octets));
}

/* The digit's value, -1 for none. O, I and L are read as what they look like. */
static int digit_of(char c)
{
	int upper = toupper((unsigned char)c);
	const char *at;

	if (upper == 'O')
		upper = '0';
	if (upper == 'I' || upper == 'L')
		upper = '1';
	at = upper ? strchr(alphabet, upper) : NULL;
	return at ? (int)(at - alphabet) : -1;
}

static int read_digits(const char *text, uint8_t octets[OCTETS])
{
	unsigned bits = 0, held = 0;
	size_t digits = 0, len = 0;

	for (; *text; text++) {
		int value;
		if (*text == '-' || isspace((unsigned char)*text))
			continue;
		value = digit_of(*text);
		if (value < 0 || ++digits > DIGITS)
			return HL_EINVAL;
		held = (held << 5 | (unsigned)value) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			octets[len++] = (uint8_t)(held >> bits);
		}
	}
	return digits == DIGITS ? 0 : HL_EINVAL;
}

int vault_recovery_read(const char *text, uint8_t secret[VAULT_KEY], uint8_t public_key[VAULT_KEY])
{
	uint8_t octets[OCTETS], check[CHECK];
	int err;

	vault_start();
	err = read_digits(text, octets);
	if (!err) {
		checksum(octets, check);
		if (memcmp(check, octets + VAULT_KEY, CHECK) != 0)
			err = HL_ECORRUPT;
	}
	if (!err) {
		memcpy(secret, octets, VAULT_KEY);
		crypto_scalarmult_base(public_key, secret);
	}
	sodium_memzero(octets, sizeof(octets));
	return err;
}
