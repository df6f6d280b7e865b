#include "core/alert/swap_wish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alert/command.h"
#include "core/roster/local_time.h"

#define WORDS_MAX 16
#define NIGHT_ENDS_MIN 360    /* before six in the morning, tonight is the night that lasts */
#define LONG_PAST_DAYS 180    /* a date without its year that is past for so long is of the next one */
#define DATE_NUMBERS 3

/* ---- when -------------------------------------------------------------------------------------------------------------- */

static const struct { const char *words; enum swap_when when; int days; } phrases[] = {
	{ "next shift", SWAP_WHEN_NEXT, 0 }, { "next", SWAP_WHEN_NEXT, 0 }, { "дараагийн ээлж", SWAP_WHEN_NEXT, 0 },
	{ "дараагийн", SWAP_WHEN_NEXT, 0 }, { "daraagiin eelj", SWAP_WHEN_NEXT, 0 }, { "daraagiin", SWAP_WHEN_NEXT, 0 },
	{ "tonight", SWAP_WHEN_TONIGHT, 0 }, { "өнөө шөнө", SWAP_WHEN_TONIGHT, 0 }, { "өнөө орой", SWAP_WHEN_TONIGHT, 0 },
	{ "өнөөдөр орой", SWAP_WHEN_TONIGHT, 0 }, { "шөнө", SWAP_WHEN_TONIGHT, 0 }, { "unuu shunu", SWAP_WHEN_TONIGHT, 0 },
	{ "onoo shono", SWAP_WHEN_TONIGHT, 0 }, { "unuu oroi", SWAP_WHEN_TONIGHT, 0 }, { "onoo oroi", SWAP_WHEN_TONIGHT, 0 },
	{ "today", SWAP_WHEN_DAY, 0 }, { "өнөөдөр", SWAP_WHEN_DAY, 0 }, { "unuudur", SWAP_WHEN_DAY, 0 }, { "onoodor", SWAP_WHEN_DAY, 0 },
	{ "tomorrow", SWAP_WHEN_DAY, 1 }, { "маргааш", SWAP_WHEN_DAY, 1 }, { "margaash", SWAP_WHEN_DAY, 1 },
};

/* They stand around a date and say nothing: "12 сарын 24-нд". */
static const char *const date_words[] = { "on", "сарын", "сар", "оны", "нд", "ны", "ний", "өдөр", "sariin", "saryn", "sar", "ony", "nd",
	"ny", "nii", "udur" };

static bool is_date_word(const char *word)
{
	for (size_t i = 0; i < sizeof(date_words) / sizeof(date_words[0]); i++)
		if (alert_command_same_name(word, date_words[i]))
			return true;
	return false;
}

static bool read_phrase(const char *words, const struct local_moment *now, struct swap_wish *out)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		if (!alert_command_same_name(words, phrases[i].words))
			continue;
		out->when = phrases[i].when;
		out->day = now->day + phrases[i].days - (out->when == SWAP_WHEN_TONIGHT && now->minute < NIGHT_ENDS_MIN);
		return true;
	}
	return false;
}

/* The numbers of a date and nothing else; how many, 0 where there is anything else. */
static size_t date_numbers(const char *words, int numbers[DATE_NUMBERS])
{
	char word[ALERT_COMMAND_NAME];
	size_t n = 0;

	for (; *words; words += strcspn(words, " "), words += strspn(words, " ")) {
		snprintf(word, sizeof(word), "%.*s", (int)strcspn(words, " "), words);
		if (strspn(word, "0123456789") != strlen(word)) {
			if (!is_date_word(word))
				return 0;
			continue;
		}
		if (n == DATE_NUMBERS || strlen(word) > 4)
			return 0;
		numbers[n++] = atoi(word);
	}
	return n;
}

static bool read_day(int year, const int *month_and_date, int64_t *day)
{
	char text[40];

	snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month_and_date[0], month_and_date[1]);
	return local_day_read(text, day);
}

static bool read_date(const char *words, int64_t now_wall_ms, int64_t today, struct swap_wish *out)
{
	int numbers[DATE_NUMBERS];
	size_t n = date_numbers(words, numbers);
	char now[17];

	if (n < 2)
		return false;
	out->when = SWAP_WHEN_DAY;
	if (n == DATE_NUMBERS)
		return read_day(numbers[0], numbers + 1, &out->day);
	local_time_write(now_wall_ms, now);
	if (!read_day(atoi(now), numbers, &out->day))
		return false;
	return out->day >= today - LONG_PAST_DAYS || read_day(atoi(now) + 1, numbers, &out->day);
}

static bool read_when(const char *words, int64_t now_wall_ms, struct swap_wish *out)
{
	const struct local_moment now = local_moment_of(now_wall_ms);

	out->when = SWAP_WHEN_NEXT;
	if (*words == '\0' || read_phrase(words, &now, out) || read_date(words, now_wall_ms, now.day, out))
		return true;
	out->when = SWAP_WHEN_UNKNOWN;
	return false;
}

/* ---- who --------------------------------------------------------------------------------------------------------------- */

struct reading {
	const struct roster *r;
	const struct roster_person *asker;
	const char *words;
	size_t ends[WORDS_MAX], count; /* of each word */
};

/* How many colleagues fit; the last of them in *found. */
static size_t fit(const struct reading *in, size_t words, bool (*fits)(const char *name, const char *words),
	const struct roster_person **found)
{
	char name[ALERT_COMMAND_NAME];
	size_t n = 0;

	snprintf(name, sizeof(name), "%.*s", (int)in->ends[words - 1], in->words);
	for (size_t i = 0; i < roster_count(in->r); i++) {
		const struct roster_person *p = roster_person(in->r, i);
		if (p == in->asker || p->role == ROSTER_OPERATOR || strcmp(p->unit, in->asker->unit) != 0 || !fits(p->name, name))
			continue;
		*found = p;
		n++;
	}
	return n;
}

static const char *behind(const struct reading *in, size_t words)
{
	const char *rest = in->words + in->ends[words - 1];

	return rest + (*rest == ' ');
}

static void cut(struct reading *in)
{
	for (const char *at = in->words; *at && in->count < WORDS_MAX; at += strspn(at, " ")) {
		at += strcspn(at, " ");
		in->ends[in->count++] = (size_t)(at - in->words);
	}
}

/* The whole name first, then as much of it as fits one: "Duty 2 12 24" is Duty 2's on 24 December. */
void swap_wish_read(const struct roster *r, const struct roster_person *asker, const char *words, int64_t now_wall_ms,
	struct swap_wish *out)
{
	struct reading in = { .r = r, .asker = asker, .words = words };

	*out = (struct swap_wish){ .who = SWAP_WHO_NOBODY };
	cut(&in);
	for (size_t n = in.count; n > 0; n--) {
		if (fit(&in, n, alert_command_same_name, &out->taker) == 0)
			continue;
		out->who = SWAP_WHO_FOUND;
		read_when(behind(&in, n), now_wall_ms, out);
		return;
	}
	for (size_t n = in.count; n > 0; n--) {
		size_t fits = fit(&in, n, alert_command_begins_name, &out->taker);
		if (fits == 0 || !read_when(behind(&in, n), now_wall_ms, out))
			continue;
		out->who = fits > 1 ? SWAP_WHO_SEVERAL : SWAP_WHO_FOUND;
		return;
	}
	for (size_t n = 1; n < in.count && out->when == SWAP_WHEN_UNKNOWN; n++)
		read_when(behind(&in, n), now_wall_ms, out);
	out->taker = NULL;
}
