#include "core/service/balance_read.h"

#include <ctype.h>
#include <regex.h>
#include <string.h>

#define DIGITS_MAX 15

static int compile(regex_t *re, const char *pattern, struct hl_reason *reason)
{
	char why[128];
	int err = regcomp(re, pattern, REG_EXTENDED | REG_ICASE);

	if (err) {
		regerror(err, re, why, sizeof(why));
		return hl_fail(reason, HL_EINVAL, "the pattern is no regular expression (%s)", why);
	}
	if (re->re_nsub < 1) {
		regfree(re);
		return hl_fail(reason, HL_EINVAL, "the pattern needs brackets around the amount, such as \"([0-9 .,]+) MNT\"");
	}
	return 0;
}

int balance_check_pattern(const char *pattern, struct hl_reason *reason)
{
	regex_t re;
	int err = compile(&re, pattern, reason);

	if (!err)
		regfree(&re);
	return err;
}

/* Digits after the last point or comma are the small coin where they are one or two and nothing comes behind them. */
static const char *end_of_units(const char *from, const char *to)
{
	const char *p = to;

	while (p > from && isdigit((unsigned char)p[-1]))
		p--;
	return p > from && (p[-1] == '.' || p[-1] == ',') && to - p <= 2 ? p - 1 : to;
}

static int read_amount(const char *from, const char *to, int64_t *amount)
{
	int digits = 0;
	bool minus = false;

	while (from < to && !isdigit((unsigned char)*from))
		minus = *from++ == '-';
	while (to > from && !isdigit((unsigned char)to[-1]))
		to--;
	to = end_of_units(from, to);
	*amount = 0;
	for (; from < to; from++) {
		if (!isdigit((unsigned char)*from))
			continue; /* between thousands */
		if (++digits > DIGITS_MAX)
			return HL_ENOENT;
		*amount = *amount * 10 + (*from - '0');
	}
	if (minus)
		*amount = -*amount;
	return digits ? 0 : HL_ENOENT;
}

int balance_read(const char *pattern, const char *text, int64_t *amount)
{
	regmatch_t m[2];
	regex_t re;
	int err = HL_ENOENT;

	if (compile(&re, pattern, NULL))
		return HL_ENOENT;
	if (regexec(&re, text, 2, m, 0) == 0 && m[1].rm_so >= 0)
		err = read_amount(text + m[1].rm_so, text + m[1].rm_eo, amount);
	regfree(&re);
	return err;
}

struct balance_verdict balance_judge(int64_t amount, int64_t low_mark, bool was_low)
{
	bool low = amount < low_mark;

	return (struct balance_verdict){ low, low && !was_low };
}
