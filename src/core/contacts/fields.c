#include "core/contacts/fields.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"
#include "core/roster/roster_number.h"
#include "text/utf8.h"

#define DAY_MS (86400 * INT64_C(1000))

/* ---- words ------------------------------------------------------------------------------------------------------------- */

struct word { const char *word; int is; };

/* The first word of each is its name. */
static const struct word languages[] = {
	{ "mn", SUBSCRIBER_MN }, { "en", SUBSCRIBER_EN }, { "mon", SUBSCRIBER_MN }, { "mongolian", SUBSCRIBER_MN }, { "монгол", SUBSCRIBER_MN },
	{ "Монгол", SUBSCRIBER_MN }, { "eng", SUBSCRIBER_EN }, { "english", SUBSCRIBER_EN }, { "англи", SUBSCRIBER_EN }, { "Англи", SUBSCRIBER_EN },
	{ NULL, 0 },
};
static const struct word scripts[] = {
	{ "cyrl", SUBSCRIBER_CYRL }, { "latn", SUBSCRIBER_LATN }, { "cyrillic", SUBSCRIBER_CYRL }, { "кирилл", SUBSCRIBER_CYRL },
	{ "Кирилл", SUBSCRIBER_CYRL }, { "latin", SUBSCRIBER_LATN }, { "galig", SUBSCRIBER_LATN }, { "латин", SUBSCRIBER_LATN },
	{ "Латин", SUBSCRIBER_LATN }, { NULL, 0 },
};

static bool word_find(const struct word *words, const char *text, int *is)
{
	for (; words->word; words++) {
		if (strcasecmp(words->word, text) == 0) {
			*is = words->is;
			return true;
		}
	}
	return false;
}

const char *fields_language(const char *text, int *language)
{
	return word_find(languages, text, language) ? NULL : "the language is mn or en";
}

const char *fields_script(const char *text, int *script)
{
	return word_find(scripts, text, script) ? NULL : "the script is cyrl or latn";
}

const char *fields_language_name(int language)
{
	return languages[language == SUBSCRIBER_EN].word;
}

const char *fields_script_name(int script)
{
	return scripts[script == SUBSCRIBER_LATN].word;
}

/* ---- consent ----------------------------------------------------------------------------------------------------------- */

/* "2026-11-22", "2026.11.22", "2026/11/22" or "22.11.2026". */
static bool date_parts(const char *text, int *year, int *month, int *day)
{
	char first[2], second[2];
	int used = 0;

	if (strspn(text, "0123456789-./") != strlen(text))
		return false;
	if (sscanf(text, "%4d%1[-./]%2d%1[-./]%2d%n", year, first, month, second, day, &used) == 5 && !text[used] && *year >= 1000)
		return *first == *second;
	used = 0;
	return sscanf(text, "%2d.%2d.%4d%n", day, month, year, &used) == 3 && used && !text[used] && *year >= 1000;
}

const char *fields_date(const char *text, int64_t now_ms, int64_t consent_days, int64_t *ms)
{
	struct tm tm = { .tm_hour = 12, .tm_isdst = -1 }, back;
	int year = 0, month = 0, day = 0;
	time_t t;

	if (!date_parts(text, &year, &month, &day))
		return "the date of the consent is written as 2026-11-22";
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = day;
	back = tm;
	t = mktime(&back);
	if (t == (time_t)-1 || back.tm_mday != day || back.tm_mon != month - 1 || year < 2000)
		return "the date of the consent is no day of the calendar";
	*ms = (int64_t)t * 1000;
	if (*ms > now_ms + DAY_MS)
		return "the consent is of a day to come";
	if (*ms > now_ms)
		*ms = now_ms;
	if (consent_days && now_ms - *ms >= consent_days * DAY_MS)
		return "the consent is too old (keep_consent_days): ask them again";
	return NULL;
}

/* Such words are shown to everybody who plans campaigns. */
static bool looks_like_a_number(const char *text, size_t len)
{
	size_t digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += text[i] >= '0' && text[i] <= '9';
	return digits >= 7;
}

/* One line of plain text that fits. */
static bool is_line(const char *text, size_t len, size_t size)
{
	if (len == 0 || len >= size || !utf8_valid(text, len))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return false;
	return true;
}

const char *fields_source(const char *text, char out[SUBSCRIBER_SOURCE_SIZE])
{
	if (!is_line(text, strlen(text), SUBSCRIBER_SOURCE_SIZE))
		return "the source of the consent is one line of up to 63 octets, such as \"school 12, form\"";
	if (looks_like_a_number(text, strlen(text)))
		return "the source of the consent looks like a number: say where they agreed, such as \"school 12, form\"";
	hl_strlcpy(out, SUBSCRIBER_SOURCE_SIZE, text);
	return NULL;
}

static const char *consent_read(const struct fields_context *c, const struct fields_written *w, struct fields *out)
{
	const char *why = NULL;

	if (*w->source)
		why = fields_source(w->source, out->source);
	else
		hl_strlcpy(out->source, sizeof(out->source), c->source);
	out->consent_ms = c->consent_ms;
	if (!why && *w->date)
		why = fields_date(w->date, c->now_ms, c->consent_days, &out->consent_ms);
	if (!why && (!*out->source || !out->consent_ms))
		why = "no consent: say where and when they agreed, in the columns consent_source and consent_date, or for the whole file";
	return why;
}

/* ---- groups ------------------------------------------------------------------------------------------------------------ */

const char *fields_group(const char *text, size_t len, char out[SUBSCRIBER_GROUP_SIZE])
{
	while (len && *text == ' ') {
		text++;
		len--;
	}
	while (len && text[len - 1] == ' ')
		len--;
	if (!is_line(text, len, SUBSCRIBER_GROUP_SIZE))
		return "a group's name has 1 to 47 octets in one line";
	if (looks_like_a_number(text, len))
		return "a group's name looks like a number: name it by what they have in common, such as \"school 12\"";
	memcpy(out, text, len);
	out[len] = '\0';
	return NULL;
}

bool fields_group_add(char list[IMPORT_GROUPS_SIZE], const char *name)
{
	size_t have = strlen(list), len = strlen(name);

	for (const char *at = list; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n'))
		if (strcspn(at, "\n") == len && memcmp(at, name, len) == 0)
			return true;
	if (have + len + 2 > IMPORT_GROUPS_SIZE)
		return false;
	if (have)
		list[have++] = '\n';
	memcpy(list + have, name, len + 1);
	return true;
}

static const char *groups_read(const char *text, char list[IMPORT_GROUPS_SIZE])
{
	char name[SUBSCRIBER_GROUP_SIZE];

	for (int n = 0; *text; n++) {
		size_t len = strcspn(text, ";,|\n");
		const char *why = strspn(text, " ") >= len ? NULL : fields_group(text, len, name);
		if (why)
			return why;
		if (strspn(text, " ") < len && (n == FIELDS_GROUP_NAMES_MOST || !fields_group_add(list, name)))
			return "too many groups in one line";
		text += len + (text[len] != '\0');
	}
	return NULL;
}

/* ---- place and number -------------------------------------------------------------------------------------------------- */

const char *fields_district(const struct triage_rules *rules, const char *text, char out[SUBSCRIBER_DISTRICT_SIZE])
{
	struct triage_verdict v;
	const char *name;
	char beside[80];

	for (size_t i = 0; (name = triage_district_name(rules, i, NULL)); i++) {
		if (strcasecmp(name, text) == 0) {
			hl_strlcpy(out, SUBSCRIBER_DISTRICT_SIZE, name);
			return NULL;
		}
	}
	triage_classify(rules, text, strlen(text), &v);
	if (!v.district[0]) { /* an abbreviation that is a word, too, is one of a place only beside another */
		snprintf(beside, sizeof(beside), "%.60s дүүрэг", text);
		triage_classify(rules, beside, strlen(beside), &v);
	}
	if (!v.district[0])
		return "there is no such district: write it as in districts.conf, such as Bayangol or БГД";
	hl_strlcpy(out, SUBSCRIBER_DISTRICT_SIZE, v.district);
	return NULL;
}

/* "9.76E+10", "97600001001.0". */
static bool is_mangled(const char *text)
{
	size_t whole = strspn(text, "0123456789"), part;

	if (whole == 0)
		return false;
	text += whole;
	part = *text == '.' || *text == ',' ? strspn(text + 1, "0123456789") + 1 : 0;
	if (whole >= 7 && part > 1 && !text[part] && strspn(text + 1, "0") == part - 1)
		return true;
	text += part;
	if (*text != 'e' && *text != 'E')
		return false;
	text++;
	text += *text == '+' || *text == '-';
	return *text && strspn(text, "0123456789") == strlen(text);
}

static const char *number_read(const char *text, const char *country, struct fields *out)
{
	const char *wrong;

	if (!*text)
		return "the number is missing";
	if (is_mangled(text))
		return "a spreadsheet has changed the number (as in 9.76E+10): make the column a text column, fill it again and export it anew";
	wrong = roster_number_read(text, country, &out->number);
	if (!wrong)
		return NULL;
	snprintf(out->why, sizeof(out->why), "the number %s", wrong);
	return out->why;
}

static const char *place_read(struct fields_context *c, const char *text, char out[SUBSCRIBER_DISTRICT_SIZE])
{
	struct fields_place *p;
	const char *why;

	for (size_t i = 0; i < FIELDS_PLACES; i++) {
		if (strcmp(c->places[i].text, text) == 0) {
			hl_strlcpy(out, SUBSCRIBER_DISTRICT_SIZE, c->places[i].key);
			return NULL;
		}
	}
	why = fields_district(c->rules, text, out);
	if (why || strlen(text) >= sizeof(p->text))
		return why;
	p = &c->places[c->place++ % FIELDS_PLACES];
	hl_strlcpy(p->text, sizeof(p->text), text);
	hl_strlcpy(p->key, sizeof(p->key), out);
	return NULL;
}

const char *fields_read(struct fields_context *c, const struct fields_written *w, struct fields *out)
{
	const char *why;

	*out = (struct fields){ .language = c->language, .script = c->script };
	hl_strlcpy(out->groups, sizeof(out->groups), c->groups);
	why = number_read(w->number, c->country, out);
	if (!why)
		why = consent_read(c, w, out);
	if (!why && *w->district)
		why = place_read(c, w->district, out->district);
	if (!why && *w->language)
		why = fields_language(w->language, &out->language);
	if (!why && *w->script)
		why = fields_script(w->script, &out->script);
	return why ? why : groups_read(w->groups, out->groups);
}
