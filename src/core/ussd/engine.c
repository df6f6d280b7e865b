#include "core/ussd/engine.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 4

void ussd_go(const struct menu *m, struct ussd_state *s, int node)
{
	assert(node >= 0 && (size_t)node < m->node_count);
	s->node = node;
	s->page = 0;
	s->wrong = 0;
	s->ended = m->nodes[node].kind == MENU_LAST;
}

void ussd_begin(const struct menu *m, enum wording_language lang, struct ussd_state *s)
{
	memset(s, 0, sizeof(*s));
	s->lang = lang;
	ussd_go(m, s, m->first);
}

int64_t ussd_number(const char *input)
{
	static const char around[] = " \t\r\n.,)(#*";
	const char *from = input + strspn(input, around);
	size_t digits = strspn(from, "0123456789");
	int64_t n = 0;

	if (digits == 0 || digits > DIGITS_MAX || from[digits + strspn(from + digits, around)])
		return -1;
	for (size_t i = 0; i < digits; i++)
		n = n * 10 + (from[i] - '0');
	return n;
}

/* Answered once more, an answer takes the place of the one before. */
static bool keep(struct ussd_state *s, const struct menu_node *n, int option, int64_t number)
{
	size_t i = 0;

	if (!n->save[0])
		return false;
	while (i < s->answer_count && s->answers[i].node != s->node)
		i++;
	if (i == USSD_ANSWERS_MAX)
		return false;
	s->answers[i] = (struct ussd_answer){ s->node, option, number };
	s->answer_count += i == s->answer_count;
	return true;
}

static struct ussd_step wrong(const struct screen_view *v, struct ussd_state *s)
{
	if (++s->wrong <= USSD_TRIES)
		return (struct ussd_step){ .did = USSD_WRONG };
	ussd_go(v->menu, s, v->menu->give_up);
	return (struct ussd_step){ .did = USSD_GAVE_UP };
}

static struct ussd_step take_option(const struct screen_view *v, struct ussd_state *s, int i)
{
	const struct menu_node *n = &v->menu->nodes[s->node];
	const struct menu_option *o = &n->options[i];
	struct ussd_step step = { .did = USSD_TOOK, .actions = o->actions, .saved = keep(s, n, i, 0) };

	if (o->language >= 0)
		s->lang = (enum wording_language)o->language;
	ussd_go(v->menu, s, o->next);
	return step;
}

static struct ussd_step take_number(const struct screen_view *v, struct ussd_state *s, int64_t number)
{
	const struct menu_node *n = &v->menu->nodes[s->node];
	struct ussd_step step = { .did = USSD_TOOK, .saved = keep(s, n, -1, number) };

	ussd_go(v->menu, s, n->next);
	return step;
}

static struct ussd_step turn_page(struct ussd_state *s, int by)
{
	s->page += by;
	s->wrong = 0;
	return (struct ussd_step){ .did = USSD_TURNED };
}

/* 0 and 9, which mean the same everywhere. True where it was one of them. */
static bool move(const struct screen_view *v, struct ussd_state *s, int64_t number, struct ussd_step *step)
{
	size_t starts[MENU_OPTIONS_MAX + 1];
	int pages = screen_pages(v, s->node, s->lang, starts);

	if (number == MENU_KEY_LEAVE && s->page == 0) {
		ussd_go(v->menu, s, v->menu->leave);
		*step = (struct ussd_step){ .did = USSD_LEFT };
	} else if (number == MENU_KEY_LEAVE) {
		*step = turn_page(s, -1);
	} else if (number == MENU_KEY_MORE && pages > 1) {
		*step = turn_page(s, s->page + 1 < pages ? 1 : -s->page); /* past the last comes the first */
	} else {
		return false;
	}
	return true;
}

struct ussd_step ussd_step(const struct screen_view *v, struct ussd_state *s, const char *input)
{
	const struct menu_node *n = &v->menu->nodes[s->node];
	int64_t number = ussd_number(input);
	struct ussd_step step;

	assert(!s->ended);
	if (number < 0)
		return wrong(v, s);
	for (size_t i = 0; i < n->option_count; i++)
		if (n->options[i].key == number)
			return take_option(v, s, (int)i);
	if (n->kind == MENU_QUIZ && v->quiz && number >= 1 && (size_t)number <= v->quiz->option_count)
		return (struct ussd_step){ .did = USSD_QUIZ, .choice = (int)number - 1 };
	if (n->kind == MENU_NUMBER && number >= n->min && number <= n->max)
		return take_number(v, s, number);
	return move(v, s, number, &step) ? step : wrong(v, s);
}

int ussd_screen(const struct screen_view *v, const struct ussd_state *s, bool again, char out[SCREEN_MAX])
{
	return screen_render(v, &(struct screen_page){ s->node, s->page, s->lang, again }, out);
}

const char *ussd_saved(const struct menu *m, const struct ussd_state *s, const char *name, char buffer[MENU_VALUE_MAX])
{
	for (size_t i = s->answer_count; i-- > 0;) {
		const struct ussd_answer *a = &s->answers[i];
		const struct menu_node *n = &m->nodes[a->node];
		if (strcmp(n->save, name) != 0)
			continue;
		if (a->option >= 0)
			return n->options[a->option].value;
		snprintf(buffer, MENU_VALUE_MAX, "%lld", (long long)a->number);
		return buffer;
	}
	return NULL;
}
