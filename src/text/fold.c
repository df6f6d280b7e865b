#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/alias.h"
#include "text/clean.h"
#include "text/letters.h"
#include "text/negative.h"
#include "text/sound.h"
#include "text/utf8.h"

#define LETTERS_ROOM (FOLD_LETTERS_MAX + ALIAS_GROWTH)
/* Octets of the keys of one word: K0 two a letter, K1 and K2 two symbols a letter, and their NULs. */
#define KEY_ROOM(letters) (6 * (letters) + 4 * ALIAS_GROWTH + 3)

/* The memory of one text, filled from the front. */
struct writer {
	struct fold_text *text;
	char *keys;
	bool has_rounded;   /* a Cyrillic word holds a letter that only means ө or ү */
	bool v_for_vowel;   /* a Cyrillic word of two letters or more holds в for a vowel */
};

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static char mark_of(uint32_t cp)
{
	static const bool is_mark[128] = {
		['.'] = true, [','] = true, [';'] = true, [':'] = true, ['!'] = true, ['?'] = true, ['-'] = true, ['/'] = true,
		['%'] = true, ['\n'] = true,
	};

	if (cp == 0x2013)
		return '-';
	return cp < 128 && is_mark[cp] ? (char)cp : 0;
}

/* Spaces, quotation marks, dashes and dots of print say nothing, nor do the marks of ASCII and what only chooses the look of a sign. */
static bool is_print(uint32_t cp)
{
	return cp < 0xA1 || cp == 0xAB || cp == 0xBB || cp == 0x2116 || (cp >= 0x2000 && cp <= 0x2027) || (cp >= 0x3000 && cp <= 0x3002)
		|| (cp >= 0xFE00 && cp <= 0xFE0F);
}

/* Arrows, symbols, pictures: by block, because the tables of what each character is are large. */
static bool is_sign(uint32_t cp)
{
	return cp < 0xC0 || cp == 0xD7 || cp == 0xF7 || (cp >= 0x2000 && cp <= 0x2BFF) || (cp >= 0x3003 && cp <= 0x3040) || cp >= 0x1F000;
}

static void note_unread(struct fold_text *text, uint32_t cp)
{
	if (is_print(cp))
		return;
	if (is_sign(cp))
		text->signs++;
	else
		text->other_letters++;
}

static size_t run_of_letters(const struct clean_char *chars, size_t count)
{
	size_t n = 0;

	while (n < count && chars[n].script != LETTERS_NONE)
		n++;
	return n;
}

static size_t run_of_digits(const struct clean_char *chars, size_t count)
{
	size_t n = 0;

	while (n < count && is_digit(chars[n].cp))
		n++;
	return n;
}

/* For as many tokens, words and letters as so many characters can be: two words have something between them. What is not
 * written stays untouched. */
static void allocate(struct writer *w, size_t chars)
{
	size_t words = chars / 2 + 1, tokens_size = chars * sizeof(struct fold_token), words_size = words * sizeof(uint32_t);
	char *memory = hl_realloc_array(NULL, tokens_size + words_size + KEY_ROOM(chars) + words * KEY_ROOM(0), 1);

	w->text->memory = memory;
	w->text->tokens = (struct fold_token *)(void *)memory;
	w->text->words = (uint32_t *)(void *)(memory + tokens_size);
	w->keys = memory + tokens_size + words_size;
}

static struct fold_key close_key(struct writer *w, size_t len)
{
	struct fold_key key = { w->keys, (uint16_t)len };

	w->keys[len] = '\0';
	w->keys += len + 1;
	return key;
}

/* No letter that letters.h knows has more than two octets. */
static struct fold_key write_letters(struct writer *w, const uint16_t *letters, size_t count)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		if (letters[i] >= 0x80)
			w->keys[len++] = (char)(0xC0 | letters[i] >> 6);
		w->keys[len++] = (char)(letters[i] < 0x80 ? letters[i] : 0x80 | (letters[i] & 0x3F));
	}
	return close_key(w, len);
}

static bool only_rounded(uint32_t cp)
{
	switch (cp) {
	case 0x4E9: case 0x4AF: case 0x454: case 0x473: case 0x4E7: case 0x457: case 0x4B1: case 0x4F1:
		return true; /* ө ү є ѳ ӧ ї ұ ӱ */
	default:
		return false;
	}
}

static bool keeps_v(const uint16_t *letters, size_t count)
{
	static const char *const starts[] = { "video", "visa", "viz", "vip", "viber" };

	if (count < 3 || letters[0] != 'v' || letters[1] != 'i')
		return false;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t n = 0;
		while (n < count && starts[i][n] && letters[n] == (unsigned char)starts[i][n])
			n++;
		if (!starts[i][n])
			return true;
	}
	return false;
}

static void write_sound_keys(struct writer *w, struct fold_token *token, uint16_t *letters, size_t count)
{
	char symbols[2 * LETTERS_ROOM];
	bool keep_v = !token->cyrillic && keeps_v(letters, count), v_for_vowel;
	size_t len;

	count = alias_apply(letters, count, token->cyrillic, &token->negative);
	len = letters_to_symbols(letters, count, token->cyrillic, symbols);
	len = sound_settle(symbols, len, token->cyrillic, keep_v, &v_for_vowel);
	w->v_for_vowel |= v_for_vowel && token->cyrillic && token->letters > 1;
	token->k1 = close_key(w, sound_key1(symbols, len, w->keys));
	token->k2 = close_key(w, sound_key2(token->k1.s, token->k1.len, w->keys));
}

static void write_word(struct writer *w, struct fold_token *token, const struct clean_char *chars, size_t count)
{
	uint16_t letters[LETTERS_ROOM];
	size_t cyrillic = 0;
	bool rounded = false;

	if (count > FOLD_LETTERS_MAX)
		count = FOLD_LETTERS_MAX;
	for (size_t i = 0; i < count; i++) {
		letters[i] = (uint16_t)chars[i].cp;
		cyrillic += chars[i].script == LETTERS_CYRILLIC;
		rounded |= only_rounded(chars[i].cp);
	}
	token->letters = (uint16_t)count;
	token->cyrillic = cyrillic > 0 && 2 * cyrillic >= count;
	for (size_t i = 0; token->cyrillic && i < count; i++)
		letters[i] = letters_repair(letters[i]);
	w->has_rounded |= rounded && token->cyrillic;
	token->k0 = write_letters(w, letters, count);
	write_sound_keys(w, token, letters, count);
}

static void write_number(struct fold_token *token, const struct clean_char *chars, size_t count)
{
	token->kind = FOLD_NUMBER;
	token->letters = (uint16_t)(count < UINT16_MAX ? count : UINT16_MAX);
	for (size_t i = 0; i < count; i++)
		token->number = token->number > FOLD_NUMBER_MAX / 10 ? FOLD_NUMBER_MAX
			: token->number * 10 + (chars[i].cp - '0');
	if (token->number > FOLD_NUMBER_MAX)
		token->number = FOLD_NUMBER_MAX;
}

static void write_tokens(struct writer *w, const struct clean_char *chars, size_t count)
{
	struct fold_text *text = w->text;
	size_t n;

	for (size_t at = 0; at < count; at += n) {
		struct fold_token *token = &text->tokens[text->count];
		if (chars[at].cp == ' ') {
			n = 1;
			continue;
		}
		*token = (struct fold_token){ .kind = FOLD_WORD };
		if ((n = run_of_letters(chars + at, count - at))) {
			text->words[text->word_count++] = (uint32_t)text->count;
			write_word(w, token, chars + at, n);
		} else if ((n = run_of_digits(chars + at, count - at))) {
			write_number(token, chars + at, n);
		} else {
			n = 1;
			if (!mark_of(chars[at].cp)) {
				note_unread(text, chars[at].cp);
				continue;
			}
			token->kind = FOLD_MARK;
			token->mark = mark_of(chars[at].cp);
		}
		token->start = chars[at].start;
		token->end = chars[at + n - 1].end;
		text->count++;
	}
}

/* Every negative ending has a г (whose second octet this is), a g, or the k of -hku: most words are told by that alone. */
static bool may_be_negative(const struct fold_token *token)
{
	const char *s = token->k0.s;

	if (token->cyrillic)
		return memchr(s, '\xB3', token->k0.len);
	return memchr(s, 'g', token->k0.len) || memchr(s, 'k', token->k0.len);
}

/* Waits for the whole text, because whether -гуй says no depends on whether the sender has an ү. */
static void find_negatives(struct fold_text *text)
{
	for (size_t i = 0; i < text->word_count; i++) {
		struct fold_token *token = &text->tokens[text->words[i]];
		uint16_t letters[FOLD_LETTERS_MAX];
		size_t count = 0;

		if (token->negative || !may_be_negative(token))
			continue;
		for (size_t at = 0; at < token->k0.len; count++) {
			uint32_t cp;
			at += utf8_read(token->k0.s + at, token->k0.len - at, &cp, NULL);
			letters[count] = (uint16_t)cp;
		}
		token->negative = negative_ending(letters, count, token->cyrillic, text->clean);
	}
}

void fold_text_open(struct fold_text *out, const char *text, size_t len)
{
	struct clean_char on_stack[512], *chars = on_stack;
	struct writer w = { .text = out };
	size_t count;

	if (len > FOLD_TEXT_MAX)
		len = FOLD_TEXT_MAX;
	if (len > sizeof(on_stack) / sizeof(on_stack[0]))
		chars = hl_calloc(len, sizeof(*chars));
	count = clean_text(text, len, chars);
	*out = (struct fold_text){ .count = 0 };
	allocate(&w, count);
	write_tokens(&w, chars, count);
	out->clean = w.has_rounded && !w.v_for_vowel;
	find_negatives(out);
	if (chars != on_stack)
		hl_wipe_free(chars);
}

void fold_text_close(struct fold_text *text)
{
	hl_wipe_free(text->memory);
	*text = (struct fold_text){ .count = 0 };
}

void fold_rounding(struct fold_key k0, char *out, size_t max)
{
	size_t len = 0;

	for (size_t at = 0; at < k0.len && len + 1 < max; ) {
		uint32_t cp;
		char c;
		at += utf8_read(k0.s + at, k0.len - at, &cp, NULL);
		c = cp == 0x43E ? '1' : cp == 0x4E9 ? '2' : cp == 0x443 ? '3' : cp == 0x4AF ? '4' : 0;
		if (c && (len == 0 || out[len - 1] != c))
			out[len++] = c;
	}
	out[len] = '\0';
}
