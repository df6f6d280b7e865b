/* Codes of cases: six random digits, so that they tell nothing, and a Damm check digit, which finds every single
 * wrong digit and every swap of neighbours (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004). */
#include <string.h>

#include "core/case/case.h"
#include "vault/vault.h"

static const unsigned char damm[10][10] = {
	{ 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 },
	{ 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
	{ 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
	{ 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
	{ 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 },
	{ 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
	{ 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 },
	{ 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
	{ 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
	{ 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

static unsigned char check_digit(const char *digits, size_t count)
{
	unsigned char check = 0;

	for (size_t i = 0; i < count; i++)
		check = damm[check][digits[i] - '0'];
	return check;
}

void case_code_new(char code[CASE_CODE_SIZE])
{
	vault_digits_new(CASE_CODE_DIGITS - 1, code);
	code[CASE_CODE_DIGITS - 1] = (char)('0' + check_digit(code, CASE_CODE_DIGITS - 1));
	code[CASE_CODE_DIGITS] = '\0';
}

bool case_code_read(const char *text, size_t len, char code[CASE_CODE_SIZE])
{
	char digits[CASE_CODE_SIZE] = "";
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == ' ' || text[i] == '-')
			continue;
		if (text[i] < '0' || text[i] > '9' || n == CASE_CODE_DIGITS)
			return false;
		digits[n++] = text[i];
	}
	if (n != CASE_CODE_DIGITS || check_digit(digits, n) != 0)
		return false;
	memcpy(code, digits, CASE_CODE_SIZE);
	return true;
}
