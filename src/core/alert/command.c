#include "core/alert/command.h"

#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

/* Words of taking, folded: lower case, and Cyrillic letters that look like Latin ones made Latin, because a phone's
 * keyboard may be in either alphabet. */
static const char *const words[] = { "ack", "ok", "okay", "aвлaa", "avlaa", "awlaa" };

#define WORD_MAX 16

static const struct { uint32_t from; char to; } look_alikes[] = {
	{ 0x430, 'a' }, { 0x441, 'c' }, { 0x435, 'e' }, { 0x43a, 'k' }, { 0x43e, 'o' }, { 0x440, 'p' }, { 0x443, 'y' },
	{ 0x445, 'x' },
};

static uint32_t fold(uint32_t cp)
{
	if (cp >= 'A' && cp <= 'Z')
		return cp + 0x20;
	if (cp >= 0x410 && cp <= 0x42f) /* А to Я */
		cp += 0x20;
	for (size_t i = 0; i < sizeof(look_alikes) / sizeof(look_alikes[0]); i++)
		if (look_alikes[i].from == cp)
			return (uint32_t)look_alikes[i].to;
	return cp;
}

static int is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0x400 && cp <= 0x4ff);
}

static int is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* What may stand around and between, and says nothing: spaces, line ends, and marks a phone or a hand adds. */
static int is_filler(uint32_t cp)
{
	return cp <= 0x20 || cp == 0xa0 || cp == 0x2013 || cp == 0x2014 ||
		(cp < 0x7f && strchr("-.,:;!#()<>{}[]/*\"'", (int)cp));
}

struct reading {
	char word[WORD_MAX * 4 + 1];
	uint32_t letter[WORD_MAX];
	size_t word_len, letters, digits;
	char code[ALERT_COMMAND_DIGITS_MAX + 1];
	int word_ended;
};

/* Takes one character; 0 where the text cannot be a command any more. */
static int take(struct reading *r, uint32_t cp)
{
	if (is_filler(cp)) {
		r->word_ended = r->letters > 0;
		return 1;
	}
	if (is_digit(cp)) {
		if (r->digits == ALERT_COMMAND_DIGITS_MAX)
			return 0;
		r->code[r->digits++] = (char)cp;
		return 1;
	}
	if (!is_letter(cp) || r->word_ended || r->digits || r->letters == WORD_MAX)
		return 0;
	r->word_len += utf8_write(cp, r->word + r->word_len);
	r->letter[r->letters++] = cp;
	return 1;
}

static int is_word(const char *word)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0)
			return 1;
	return 0;
}

#define TYPO_DIGITS_LEAST 4 /* beside a short word: without them it may be any word */
#define LONG_WORD 5         /* one that is its own when a letter is wrong */

/* Whether two words differ by one letter wrong, missing, too many, or swapped with its neighbour. */
static int is_near(const uint32_t *a, size_t m, const uint32_t *b, size_t n)
{
	size_t at = 0, end = 0;

	if (m > n)
		return is_near(b, n, a, m);
	if (n - m > 1)
		return 0;
	while (at < m && a[at] == b[at])
		at++;
	while (end < m - at && a[m - 1 - end] == b[n - 1 - end])
		end++;
	if (n != m)
		return at + end == m;
	return m - at - end == 1 || (m - at - end == 2 && a[at] == b[at + 1] && a[at + 1] == b[at]);
}

/* With another first letter it is another word: back, pack. */
static int is_typo(const struct reading *r)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		uint32_t letter[WORD_MAX];
		size_t n = 0, len = strlen(words[i]);
		for (size_t at = 0; at < len; n++)
			at += utf8_read(words[i] + at, len - at, &letter[n], NULL);
		if ((r->digits >= TYPO_DIGITS_LEAST || (n >= LONG_WORD && r->digits == 0)) && r->letter[0] == letter[0] &&
			is_near(r->letter, r->letters, letter, n))
			return 1;
	}
	return 0;
}

void alert_command_read(const char *text, size_t len, struct alert_command *out)
{
	struct reading r = { .word_len = 0 };
	uint32_t cp;
	bool valid;

	*out = (struct alert_command){ .kind = ALERT_COMMAND_NONE };
	for (size_t i = 0; i < len;) {
		i += utf8_read(text + i, len - i, &cp, &valid);
		if (!valid || !take(&r, fold(cp)))
			return;
	}
	r.word[r.word_len] = '\0';
	if (r.letters && !is_word(r.word)) {
		if (is_typo(&r))
			out->kind = ALERT_COMMAND_TYPO;
		return;
	}
	if (r.digits == 1 && r.code[0] == '1')
		out->kind = ALERT_COMMAND_ONE;
	else if (r.letters)
		out->kind = r.digits ? ALERT_COMMAND_CODE : ALERT_COMMAND_WORD;
	if (out->kind == ALERT_COMMAND_CODE)
		hl_strlcpy(out->code, sizeof(out->code), r.code);
}
