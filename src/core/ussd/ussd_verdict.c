#include "core/ussd/ussd_verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int ussd_verdict_urgency(int urgency, unsigned actions)
{
	static const struct { unsigned action; int urgency; } rows[] = {
		{ MENU_REPORT, TRIAGE_NORMAL }, { MENU_HELP, TRIAGE_HIGH }, { MENU_URGENT, TRIAGE_HIGH }, { MENU_EMERGENCY, TRIAGE_EMERGENCY },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((actions & rows[i].action) && urgency < rows[i].urgency)
			urgency = rows[i].urgency;
	return urgency;
}

/* "", where it was not answered or is not one of ours. */
static const char *district_of(const struct menu *m, const struct ussd_state *s)
{
	char buffer[MENU_VALUE_MAX];
	const char *district = ussd_saved(m, s, "district", buffer);

	return district && strcmp(district, "province") != 0 ? district : "";
}

void ussd_verdict(const struct menu *m, const struct ussd_state *s, int urgency, struct triage_verdict *v)
{
	static const enum triage_script scripts[WORDING_LANGUAGES] = {
		[WORDING_MN] = TRIAGE_SCRIPT_CYRILLIC, [WORDING_MN_LATN] = TRIAGE_SCRIPT_LATIN, [WORDING_EN] = TRIAGE_SCRIPT_ENGLISH,
	};
	char kind_buffer[MENU_VALUE_MAX], danger_buffer[MENU_VALUE_MAX], khoroo_buffer[MENU_VALUE_MAX];
	const char *kind = ussd_saved(m, s, "kind", kind_buffer), *danger = ussd_saved(m, s, "danger", danger_buffer);
	const char *khoroo = ussd_saved(m, s, "khoroo", khoroo_buffer);

	memset(v, 0, sizeof(*v));
	v->kind = TRIAGE_TIP;
	v->urgency = (enum triage_urgency)urgency;
	v->script = scripts[s->lang];
	if (!kind || !triage_exploitation_from_name(kind, &v->exploitation))
		v->exploitation = TRIAGE_EXPL_UNCLEAR;
	v->child = danger && strcmp(danger, "no") != 0; /* unsure goes up */
	hl_strlcpy(v->district, sizeof(v->district), district_of(m, s));
	v->khoroo = khoroo ? atoi(khoroo) : 0;
}

struct summary { char *out; size_t at; };

static void add(struct summary *s, const char *text)
{
	int n = snprintf(s->out + s->at, USSD_SUMMARY_MAX - s->at, "%s", text);

	s->at += (size_t)n < USSD_SUMMARY_MAX - s->at ? (size_t)n : USSD_SUMMARY_MAX - s->at - 1;
}

void ussd_summary(const struct menu *m, const struct ussd_state *s, const struct menu_words *words, char out[USSD_SUMMARY_MAX])
{
	struct summary sum = { out, 0 };
	char text[SCREEN_MAX];

	*out = '\0';
	for (size_t i = 0; i < s->answer_count; i++) {
		const struct ussd_answer *a = &s->answers[i];
		const struct menu_node *n = &m->nodes[a->node];
		screen_text(words, n->text.in[WORDING_MN], text);
		add(&sum, text);
		add(&sum, *text ? " " : "");
		snprintf(text, sizeof(text), "%lld", (long long)a->number);
		if (a->option >= 0)
			screen_text(words, n->options[a->option].label.in[WORDING_MN], text);
		add(&sum, text);
		add(&sum, i + 1 < s->answer_count ? "\n" : "");
	}
}
