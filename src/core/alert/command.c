#include "core/alert/command.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

#define WORD_MAX 16
#define TOKENS_MAX 12 /* a longer text is no command */

enum { DIGITS_NO, DIGITS_MAY };

/* ---- the table: what is said, and by which words ------------------------------------------------------------------------------- */

/* Written as people write; compared folded. */
static const struct { const char *word; enum alert_verb verb; } words[] = {
	{ "ok", ALERT_VERB_OK }, { "okay", ALERT_VERB_OK }, { "ack", ALERT_VERB_OK },
	{ "авлаа", ALERT_VERB_OK }, { "avlaa", ALERT_VERB_OK }, { "awlaa", ALERT_VERB_OK },
	{ "busy", ALERT_VERB_BUSY }, { "завгүй", ALERT_VERB_BUSY }, { "завгуй", ALERT_VERB_BUSY },
	{ "zavgui", ALERT_VERB_BUSY }, { "zawgui", ALERT_VERB_BUSY },
	{ "take", ALERT_VERB_TAKE }, { "авъя", ALERT_VERB_TAKE }, { "авья", ALERT_VERB_TAKE }, { "avya", ALERT_VERB_TAKE },
	{ "awya", ALERT_VERB_TAKE },
	{ "done", ALERT_VERB_DONE }, { "дууслаа", ALERT_VERB_DONE }, { "дууссан", ALERT_VERB_DONE },
	{ "duuslaa", ALERT_VERB_DONE }, { "duussan", ALERT_VERB_DONE },
	{ "who", ALERT_VERB_WHO }, { "хэн", ALERT_VERB_WHO }, { "khen", ALERT_VERB_WHO }, { "ээлж", ALERT_VERB_WHO }, { "eelj", ALERT_VERB_WHO },
	{ "swap", ALERT_VERB_SWAP }, { "солих", ALERT_VERB_SWAP }, { "solikh", ALERT_VERB_SWAP }, { "solih", ALERT_VERB_SWAP },
	{ "help", ALERT_VERB_HELP }, { "тусламж", ALERT_VERB_HELP }, { "tuslamj", ALERT_VERB_HELP },
	{ "commands", ALERT_VERB_LIST }, { "команд", ALERT_VERB_LIST }, { "komand", ALERT_VERB_LIST },
};
#define WORDS (sizeof(words) / sizeof(words[0]))

static const struct { const char *name; int digits; } verbs[ALERT_VERBS] = {
	[ALERT_VERB_NONE] = { "none", DIGITS_NO }, [ALERT_VERB_OK] = { "ok", DIGITS_MAY }, [ALERT_VERB_BUSY] = { "busy", DIGITS_MAY },
	[ALERT_VERB_TAKE] = { "take", DIGITS_MAY }, [ALERT_VERB_DONE] = { "done", DIGITS_MAY }, [ALERT_VERB_WHO] = { "who", DIGITS_NO },
	[ALERT_VERB_SWAP] = { "swap", DIGITS_NO }, [ALERT_VERB_HELP] = { "help", DIGITS_NO }, [ALERT_VERB_LIST] = { "list", DIGITS_NO },
	[ALERT_VERB_TYPO] = { "typo", DIGITS_MAY },
};

/* Said beside a command, and nothing. */
static const char *const politeness[] = { "please", "pls", "thanks", "thank", "you", "thx", "ok", "code", "код", "kod", "за", "za", "би",
	"bi", "баярлалаа", "bayarlalaa" };

const char *alert_verb_name(enum alert_verb verb)
{
	return (unsigned)verb < ALERT_VERBS ? verbs[verb].name : "?";
}

/* ---- characters ---------------------------------------------------------------------------------------------------------------- */

/* Cyrillic letters that look like Latin ones, because a phone's keyboard may be in either alphabet. */
static const struct { uint32_t from; char to; } look_alikes[] = {
	{ 0x430, 'a' }, { 0x441, 'c' }, { 0x435, 'e' }, { 0x43a, 'k' }, { 0x43e, 'o' }, { 0x440, 'p' }, { 0x443, 'y' },
	{ 0x445, 'x' },
};

static uint32_t fold(uint32_t cp)
{
	if (cp >= 0xff10 && cp <= 0xff5a) /* full-width */
		cp -= 0xfee0;
	if (cp >= 'A' && cp <= 'Z')
		return cp + 0x20;
	if (cp >= 0x410 && cp <= 0x42f) /* А to Я */
		cp += 0x20;
	else if (cp == 0x4ae || cp == 0x4e8) /* Ү, Ө */
		cp++;
	for (size_t i = 0; i < sizeof(look_alikes) / sizeof(look_alikes[0]); i++)
		if (look_alikes[i].from == cp)
			return (uint32_t)look_alikes[i].to;
	return cp;
}

static bool is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0x400 && cp <= 0x4ff);
}

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* What may stand around and between, and says nothing: spaces, line ends, and marks a phone or a hand adds. */
static bool is_filler(uint32_t cp)
{
	return cp <= 0x20 || cp == 0xa0 || cp == 0x3000 || (cp >= 0x2010 && cp <= 0x201f) ||
		(cp < 0x7f && strchr("-.,:;!#()<>{}[]/*\"'?+=", (int)cp));
}

/* ---- words and numbers --------------------------------------------------------------------------------------------------------- */

struct token { uint32_t cp[WORD_MAX]; size_t len, digits; const char *at; size_t octets; };

struct tokens { struct token list[TOKENS_MAX]; size_t count; };

/* A letter and a digit side by side are two tokens, but for the letter O among digits. */
static bool goes_on(const struct token *t, uint32_t cp)
{
	if (t->digits == t->len)
		return is_digit(cp) || cp == 'o';
	return is_letter(cp);
}

static bool cut(const char *text, size_t len, struct tokens *out)
{
	struct token *t = NULL;

	out->count = 0;
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t cp;
		bool valid;
		n = utf8_read(text + i, len - i, &cp, &valid);
		cp = fold(cp);
		if (!valid || !(is_filler(cp) || is_letter(cp) || is_digit(cp)))
			return false;
		if (is_filler(cp)) {
			t = NULL;
			continue;
		}
		if (!t || !goes_on(t, cp)) {
			if (out->count == TOKENS_MAX)
				return false;
			t = &out->list[out->count++];
			*t = (struct token){ .at = text + i };
		}
		if (t->len == WORD_MAX)
			return false;
		t->digits += is_digit(cp) || (cp == 'o' && t->len && t->digits == t->len);
		t->cp[t->len++] = cp;
		t->octets = (size_t)(text + i + n - t->at);
	}
	return true;
}

static bool is_number(const struct token *t)
{
	return t->digits == t->len;
}

static size_t fold_word(const char *word, uint32_t out[WORD_MAX])
{
	size_t n = 0, len = strlen(word);

	for (size_t at = 0; at < len && n < WORD_MAX; n++) {
		at += utf8_read(word + at, len - at, &out[n], NULL);
		out[n] = fold(out[n]);
	}
	return n;
}

static bool is_word(const struct token *t, const char *word)
{
	uint32_t folded[WORD_MAX];
	size_t n = fold_word(word, folded);

	return n == t->len && memcmp(folded, t->cp, n * sizeof(folded[0])) == 0;
}

static enum alert_verb verb_of(const struct token *t)
{
	for (size_t i = 0; i < WORDS; i++)
		if (is_word(t, words[i].word))
			return words[i].verb;
	return ALERT_VERB_NONE;
}

static bool is_polite(const struct token *t)
{
	for (size_t i = 0; i < sizeof(politeness) / sizeof(politeness[0]); i++)
		if (is_word(t, politeness[i]))
			return true;
	return false;
}

/* ---- slips --------------------------------------------------------------------------------------------------------------------- */

#define TYPO_DIGITS_LEAST 4 /* beside a short word: without them it may be any word */
#define LONG_WORD 5         /* one that is its own when a letter is wrong */

/* Whether two words differ by one letter wrong, missing, too many, or swapped with its neighbour. */
static bool is_near(const uint32_t *a, size_t m, const uint32_t *b, size_t n)
{
	size_t at = 0, end = 0;

	if (m > n)
		return is_near(b, n, a, m);
	if (n - m > 1)
		return false;
	while (at < m && a[at] == b[at])
		at++;
	while (end < m - at && a[m - 1 - end] == b[n - 1 - end])
		end++;
	if (n != m)
		return at + end == m;
	return m - at - end == 1 || (m - at - end == 2 && a[at] == b[at + 1] && a[at + 1] == b[at]);
}

/* Only of the words of taking, which are sent in haste and of which a lot hangs; of others it may be a word of its own (bus, date).
 * With another first letter it is another word: back, pack. */
static bool is_typo(const struct token *t, size_t digits)
{
	for (size_t i = 0; i < WORDS; i++) {
		uint32_t letter[WORD_MAX];
		size_t n = fold_word(words[i].word, letter);
		if (words[i].verb == ALERT_VERB_OK && (digits >= TYPO_DIGITS_LEAST || (n >= LONG_WORD && digits == 0)) &&
			t->cp[0] == letter[0] && is_near(t->cp, t->len, letter, n))
			return true;
	}
	return false;
}

/* ---- the whole ----------------------------------------------------------------------------------------------------------------- */

/* Digits of all numbers, with O as 0; false where they are too many. */
static bool add_digits(const struct token *t, char code[ALERT_COMMAND_DIGITS_MAX + 1])
{
	size_t n = strlen(code);

	if (n + t->len > ALERT_COMMAND_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < t->len; i++)
		code[n++] = t->cp[i] == 'o' ? '0' : (char)t->cp[i];
	code[n] = '\0';
	return true;
}

/* Numbers in one piece behind the word, politeness around; anything else is content. */
static bool read_rest(const struct tokens *ts, size_t first, struct alert_command *out)
{
	bool ended = false;

	for (size_t i = first; i < ts->count; i++) {
		if (is_number(&ts->list[i])) {
			if (ended || !add_digits(&ts->list[i], out->code))
				return false;
			continue;
		}
		if (!is_polite(&ts->list[i]))
			return false;
		ended = out->code[0] != '\0';
	}
	return true;
}

static bool read_name(const struct tokens *ts, struct alert_command *out)
{
	size_t n = 0;

	for (size_t i = 1; i < ts->count; i++) {
		const struct token *t = &ts->list[i];
		if (n + t->octets + 2 > sizeof(out->name))
			return false;
		if (n)
			out->name[n++] = ' ';
		memcpy(out->name + n, t->at, t->octets);
		n += t->octets;
	}
	out->name[n] = '\0';
	return true;
}

/* Without a word: "1", or as many digits as a code may have; eight may be a telephone number that somebody passes on. */
static bool read_number(const struct tokens *ts, struct alert_command *out)
{
	out->verb = ALERT_VERB_OK;
	out->only_digits = true;
	return read_rest(ts, 0, out) && (strcmp(out->code, "1") == 0 || strlen(out->code) == 4 || strlen(out->code) == 6);
}

static bool read(const struct tokens *ts, struct alert_command *out)
{
	const struct token *first = &ts->list[0];

	if (is_number(first))
		return read_number(ts, out);
	out->verb = verb_of(first);
	if (out->verb == ALERT_VERB_SWAP)
		return read_name(ts, out);
	if (!read_rest(ts, 1, out))
		return false;
	if (out->verb == ALERT_VERB_NONE && is_typo(first, strlen(out->code)))
		out->verb = ALERT_VERB_TYPO;
	return verbs[out->verb].digits == DIGITS_MAY || !out->code[0];
}

void alert_command_read(const char *text, size_t len, struct alert_command *out)
{
	struct tokens ts;

	*out = (struct alert_command){ .verb = ALERT_VERB_NONE };
	if (!cut(text, len, &ts) || ts.count == 0 || !read(&ts, out) || out->verb == ALERT_VERB_NONE) {
		*out = (struct alert_command){ .verb = ALERT_VERB_NONE };
		return;
	}
	out->one = strcmp(out->code, "1") == 0;
	if (out->one || out->verb == ALERT_VERB_TYPO)
		out->code[0] = '\0';
}

bool alert_command_begins_name(const char *name, const char *start)
{
	struct tokens whole, part;

	if (!cut(name, strlen(name), &whole) || !cut(start, strlen(start), &part) || part.count == 0 || part.count > whole.count)
		return false;
	for (size_t i = 0; i < part.count; i++) {
		const struct token *w = &whole.list[i], *p = &part.list[i];
		bool length = i + 1 == part.count && !is_number(p) ? p->len <= w->len : p->len == w->len;
		if (!length || memcmp(w->cp, p->cp, p->len * sizeof(uint32_t)) != 0)
			return false;
	}
	return true;
}

bool alert_command_same_name(const char *a, const char *b)
{
	struct tokens one, two;

	if (!cut(a, strlen(a), &one) || !cut(b, strlen(b), &two) || one.count != two.count)
		return false;
	for (size_t i = 0; i < one.count; i++)
		if (one.list[i].len != two.list[i].len ||
			memcmp(one.list[i].cp, two.list[i].cp, one.list[i].len * sizeof(uint32_t)) != 0)
			return false;
	return one.count > 0;
}
