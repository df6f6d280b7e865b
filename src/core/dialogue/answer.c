#include "core/dialogue/answer.h"

#include <string.h>

#include "core/case/case.h"
#include "text/fold.h"

/* Words as people write them; each is folded as the text is, so that one spelling meets all of its script's. */
enum meaning { MEANS_YES = 1, MEANS_NO = 2, MEANS_UNSURE = 3, MEANS_FILLER = 4 };

static const struct { enum meaning meaning; const char *words; } lexicon[] = {
	{ MEANS_YES, "тийм тиймээ тэгье болно болноо болж болох аюулгүй зүгээр за ок tiim tiimee bolno ayulgui zugeer za ok okay yes "
		"yeah yep sure safe" },
	{ MEANS_NO, "үгүй үгүээ болохгүй болохгүээ чадахгүй боломжгүй битгий аюултай биш зогс ugui bolohgui bolokhgui chadahgui "
		"bitgii ayultai bish zogs no nope not dont cannot cant never unsafe danger dangerous stop" },
	{ MEANS_UNSURE, "мэдэхгүй магадгүй medehgui medekhgui magadgui unsure maybe unknown" },
	{ MEANS_FILLER, "байна байгаа бн шүү аа ээ та би энэ baina baigaa bn shuu ta bi it is i am a the please" },
};

/* Number words, as many as fingers. */
static const struct { const char *word; int value; } numbers[] = {
	{ "нэг", 1 }, { "хоёр", 2 }, { "гурав", 3 }, { "дөрөв", 4 }, { "тав", 5 }, { "зургаа", 6 }, { "долоо", 7 }, { "найм", 8 },
	{ "арав", 10 }, { "hoyor", 2 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 },
	{ "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 },
};

static bool same_key(const struct fold_token *a, const struct fold_token *b)
{
	return a->k1.len == b->k1.len && memcmp(a->k1.s, b->k1.s, a->k1.len) == 0;
}

static bool is_among(const struct fold_token *t, const char *words)
{
	struct fold_text list;
	bool found = false;

	fold_text_open(&list, words, strlen(words));
	for (size_t i = 0; !found && i < list.word_count; i++)
		found = same_key(t, &list.tokens[list.words[i]]);
	fold_text_close(&list);
	return found;
}

/* 0 where it means none of these. */
static int meaning_of(const struct fold_token *t)
{
	for (size_t i = 0; i < sizeof(lexicon) / sizeof(lexicon[0]); i++)
		if (is_among(t, lexicon[i].words))
			return (int)lexicon[i].meaning;
	return 0;
}

static int number_of(const struct fold_token *t)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (is_among(t, numbers[i].word))
			return numbers[i].value;
	return 0;
}

/* What stands in a text, counted. */
struct found {
	size_t means[MEANS_FILLER + 1], words, numbers;
	long number; /* the last one */
};

static void look(const char *text, size_t len, struct found *f)
{
	struct fold_text folded;

	memset(f, 0, sizeof(*f));
	fold_text_open(&folded, text, len);
	for (size_t i = 0; i < folded.count; i++) {
		const struct fold_token *t = &folded.tokens[i];
		int number = t->kind == FOLD_NUMBER ? (int)t->number : t->kind == FOLD_WORD ? number_of(t) : -1;
		if (t->kind == FOLD_MARK)
			continue;
		if (t->kind == FOLD_NUMBER || number > 0) {
			f->numbers++;
			f->number = number;
		} else {
			f->words++;
			f->means[meaning_of(t)]++;
		}
	}
	f->words += folded.other_letters > 0; /* what is not read may be anything */
	f->means[0] += folded.other_letters > 0;
	fold_text_close(&folded);
}

static struct answer unread(const struct found *f)
{
	size_t all = f->words + f->numbers;

	return (struct answer){ all > ANSWER_SHORT_WORDS ? ANSWER_IN_WORDS : ANSWER_UNCLEAR, 0 };
}

static struct answer read_safe(const struct found *f)
{
	bool only_number = f->numbers == 1 && f->words == f->means[MEANS_FILLER] + f->means[MEANS_YES];
	bool only_yes = f->numbers == 0 && f->means[MEANS_YES] > 0 && f->words == f->means[MEANS_FILLER] + f->means[MEANS_YES];

	if (f->means[MEANS_NO] || (f->numbers == 1 && f->number == 2 && f->words <= ANSWER_SHORT_WORDS))
		return (struct answer){ ANSWER_CLEAR, 2 };
	if ((only_number && f->number == 1) || only_yes)
		return (struct answer){ ANSWER_CLEAR, 1 };
	return unread(f);
}

static struct answer read_choice(const struct question_key *q, const struct found *f)
{
	int means = 0, kinds = 0;

	for (int m = MEANS_YES; m <= MEANS_UNSURE; m++) {
		if (f->means[m]) {
			means = m;
			kinds++;
		}
	}
	if (f->numbers == 1 && f->words == f->means[MEANS_FILLER] && f->number >= 1 && f->number <= q->choices)
		return (struct answer){ ANSWER_CLEAR, (int)f->number };
	if (q->yes_no && f->numbers == 0 && kinds == 1 && means <= q->choices && f->means[0] == 0)
		return (struct answer){ ANSWER_CLEAR, means };
	if (q->yes_no && f->numbers == 1 && f->number == means && kinds == 1 && f->means[0] == 0)
		return (struct answer){ ANSWER_CLEAR, means }; /* "1 tiim" */
	return unread(f);
}

struct answer answer_read(const struct question_key *question, const char *text, size_t len)
{
	struct found f;

	if (!question || question->kind == ANSWER_WORDS)
		return (struct answer){ ANSWER_IN_WORDS, 0 };
	look(text, len, &f);
	if (question->kind == ANSWER_SAFE)
		return read_safe(&f);
	if (question->kind == ANSWER_CHOICE)
		return read_choice(question, &f);
	if (f.numbers == 1 && f.words <= ANSWER_SHORT_WORDS && !f.means[MEANS_NO])
		return (struct answer){ ANSWER_CLEAR, (int)f.number };
	return f.numbers ? (struct answer){ ANSWER_IN_WORDS, 0 } : unread(&f);
}

/* ---- codes ------------------------------------------------------------------------------------------------- */

static size_t skip(const char *text, size_t len, size_t at, const char *any)
{
	while (at < len && text[at] && strchr(any, text[at]))
		at++;
	return at;
}

static size_t digits_at(const char *text, size_t len, size_t at)
{
	size_t n = 0;

	while (at + n < len && text[at + n] >= '0' && text[at + n] <= '9')
		n++;
	return n;
}

bool reply_code_read(const char *text, size_t len, struct reply_code *out)
{
	size_t at = skip(text, len, 0, " \t\r\n"), n;

	if (digits_at(text, len, at) != CASE_CODE_DIGITS || !case_code_read(text + at, CASE_CODE_DIGITS, out->code))
		return false;
	at += CASE_CODE_DIGITS;
	if (at >= len || !text[at] || !strchr("-./", text[at]))
		return false;
	n = digits_at(text, len, ++at);
	if (n < 1 || n > 2)
		return false;
	out->number = text[at] - '0';
	if (n == 2)
		out->number = out->number * 10 + text[at + 1] - '0';
	out->rest = skip(text, len, at + n, " \t\r\n:,;.-/");
	return out->rest > at + n || out->rest == len;
}
