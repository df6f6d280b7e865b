/* What people hand in through the control socket as a text: a roster, or (behind a first line "campaign") the file of a campaign. Any octets:
 * refused with a place, or all of it holds together. */
#include <stdlib.h>
#include <string.h>

#include "conf/conf.h"
#include "core/campaign/campaign_def.h"
#include "core/roster/roster.h"
#include "fuzz/fuzz.h"

#define NAME "fuzz.conf"
#define CAMPAIGN "campaign\n"
#define NOW_MS INT64_C(1795336200000)
#define YEAR_MS INT64_C(31536000000)
#define SPANS 64

/* libconfig's scanner leaks the piece of a string that it was reading when it met an error; the core ends after one. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

static void look_at_errors(const struct conf_errors *errors)
{
	for (size_t i = 0; i < errors->count && i < CONF_ERRORS_MAX; i++)
		must(strncmp(errors->list[i].text, NAME ":", strlen(NAME) + 1) == 0);
}

static void look_at_people(const struct schedule_people *people, size_t count)
{
	must(people->count <= SCHEDULE_PEOPLE_MAX);
	for (size_t i = 0; i < people->count; i++)
		must(people->list[i] < count);
}

static void walk(const struct roster *r)
{
	static struct schedule_span spans[SPANS];
	const struct schedule *s = roster_schedule(r);

	must(roster_count(r) <= ROSTER_MAX && s->rotation_count <= SCHEDULE_ROTATIONS_MAX);
	for (size_t i = 0; i < s->rotation_count; i++) {
		size_t n = schedule_spans(s, (int)i, s->rotations[i].unit, NOW_MS, NOW_MS + YEAR_MS, spans, SPANS);
		must(n <= SPANS);
		for (size_t j = 0; j < n; j++) {
			must(spans[j].from_ms < spans[j].to_ms && (j == 0 || spans[j].from_ms >= spans[j - 1].to_ms));
			look_at_people(&spans[j].people, roster_count(r));
		}
	}
}

static void read_roster(const char *text, size_t len)
{
	static struct conf_errors errors;
	struct roster *r;

	errors.count = errors.gentle = 0;
	r = roster_load_text(NAME, text, len, "976", &errors);
	must((r == NULL) == (errors.count > errors.gentle));
	look_at_errors(&errors);
	if (r)
		walk(r);
	roster_free(r);
}

static void read_campaign(const char *text, size_t len)
{
	static struct conf_errors errors;
	struct campaign_def *def;

	errors.count = errors.gentle = 0;
	def = campaign_def_read(NAME, text, len, &errors);
	must((def == NULL) == (errors.count > errors.gentle));
	look_at_errors(&errors);
	campaign_def_free(def);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;

	if (size > strlen(CAMPAIGN) && memcmp(text, CAMPAIGN, strlen(CAMPAIGN)) == 0)
		read_campaign(text + strlen(CAMPAIGN), size - strlen(CAMPAIGN));
	else
		read_roster(text, size);
	return 0;
}
