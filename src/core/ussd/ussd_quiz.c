/* The quiz of the running campaign, as the menu asks it. */
#include <string.h>

#include "base/mem.h"
#include "core/ussd/session.h"

static int way(const struct ussd_session *s, enum menu_quiz_way w)
{
	for (size_t i = 0; i < s->menu->node_count; i++)
		if (s->menu->nodes[i].kind == MENU_QUIZ)
			return s->menu->nodes[i].quiz[w];
	return s->menu->leave;
}

void ussd_quiz_answer(struct core *core, struct ussd_session *s, int choice)
{
	const struct ussd_quiz_source *source = core->ussd->quiz;
	enum menu_quiz_way w = MENU_QUIZ_TAKEN;

	if (source)
		w = source->answer(core, &s->contact, &s->quiz, choice, s->answer, sizeof(s->answer));
	s->quiz_last = s->quiz.id;
	memset(&s->quiz, 0, sizeof(s->quiz));
	ussd_go(s->menu, &s->state, way(s, w));
}

/* The next question that the screen has room for. */
static bool fetch(struct core *core, struct ussd_session *s)
{
	const struct ussd_quiz_source *source = core->ussd->quiz;
	const struct screen_view v = { s->menu, menu_transport(s->menu, s->row.transport), { "", "", "", "", "", "" }, &s->quiz };
	size_t starts[MENU_OPTIONS_MAX + 1];
	int64_t after = s->quiz_last;

	for (; source && source->ask(core, &s->contact, s->state.lang, after, &s->quiz); after = s->quiz.id)
		if (s->quiz.option_count && screen_pages(&v, s->state.node, s->state.lang, starts) > 0)
			return true;
	memset(&s->quiz, 0, sizeof(s->quiz));
	return false;
}

void ussd_quiz_arrive(struct core *core, struct ussd_session *s)
{
	if (s->menu->nodes[s->state.node].kind == MENU_QUIZ && !s->quiz.option_count && !fetch(core, s))
		ussd_go(s->menu, &s->state, way(s, s->quiz_last ? MENU_QUIZ_END : MENU_QUIZ_NONE));
}

void ussd_set_quiz(struct core *core, const struct ussd_quiz_source *source)
{
	core->ussd->quiz = source;
}
