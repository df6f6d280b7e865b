#include "core/ussd/screen.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "text/sms.h"
#include "text/translit.h"

/* A screen that is being put together; once it is full it stays so. */
struct out { char text[SCREEN_MAX]; size_t len; bool full; };

static void put(struct out *o, const char *text, size_t len)
{
	if (o->len + len >= sizeof(o->text)) {
		o->full = true;
		return;
	}
	memcpy(o->text + o->len, text, len);
	o->len += len;
	o->text[o->len] = '\0';
}

static const char *word_of(const struct menu_words *w, const char *name, size_t len)
{
	const struct { const char *name, *value; } rows[] = {
		{ "police", w->police }, { "helpline", w->helpline }, { "short", w->short_number }, { "code", w->code },
		{ "ans", w->answer }, { "n", w->right },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strlen(rows[i].name) == len && memcmp(rows[i].name, name, len) == 0)
			return rows[i].value ? rows[i].value : "";
	return "";
}

/* With its placeholders filled in. */
static void put_text(struct out *o, const struct menu_words *w, const char *text)
{
	const char *open, *close;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		const char *word = word_of(w, open + 1, (size_t)(close - open - 1));
		put(o, text, (size_t)(open - text));
		put(o, word, strlen(word));
		text = close + 1;
	}
	put(o, text, strlen(text));
}

/* Where a word is not known, its blank goes, too. */
static void trim(struct out *o)
{
	while (o->len > 0 && o->text[o->len - 1] == ' ')
		o->text[--o->len] = '\0';
}

void screen_text(const struct menu_words *words, const char *text, char out[SCREEN_MAX])
{
	struct out o = { .len = 0 };

	put_text(&o, words, text);
	trim(&o);
	hl_strlcpy(out, SCREEN_MAX, o.text);
}

static void put_line(struct out *o, const struct menu_words *w, int64_t key, const char *label)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%s%lld ", o->len ? "\n" : "", (long long)key);

	put(o, digits, (size_t)n);
	put_text(o, w, label);
}

/* ---- pages ---------------------------------------------------------------------------------------------------- */

struct part { size_t first, count; bool before, after; };

static size_t options_of(const struct screen_view *v, const struct menu_node *n)
{
	if (n->kind == MENU_QUIZ)
		return v->quiz ? v->quiz->option_count : 0;
	return n->option_count;
}

static const char *title_of(const struct screen_view *v, const struct menu_node *n, enum wording_language lang)
{
	return n->kind == MENU_QUIZ && v->quiz ? v->quiz->text : n->text.in[lang];
}

static void compose(const struct screen_view *v, const struct screen_page *at, const struct part *p, struct out *o)
{
	const struct menu *m = v->menu;
	const struct menu_node *n = &m->nodes[at->node];
	bool quiz = n->kind == MENU_QUIZ && v->quiz;

	*o = (struct out){ .len = 0 };
	if (at->again) {
		put_text(o, &v->words, m->again.in[at->lang]);
		put(o, "\n", title_of(v, n, at->lang)[0] != '\0');
	}
	put_text(o, &v->words, title_of(v, n, at->lang));
	trim(o);
	for (size_t i = p->first; i < p->first + p->count; i++)
		put_line(o, &v->words, quiz ? (int64_t)i + 1 : n->options[i].key,
			quiz ? v->quiz->options[i] : n->options[i].label.in[at->lang]);
	if (n->kind == MENU_LAST)
		return;
	if (p->after)
		put_line(o, &v->words, MENU_KEY_MORE, m->more.in[at->lang]);
	put_line(o, &v->words, MENU_KEY_LEAVE, p->before ? m->back.in[at->lang] : m->out.in[at->lang]);
}

static bool latin(const struct menu_transport *t, struct out *o)
{
	char text[SCREEN_MAX];

	if (!t->translit)
		return true;
	if (translit_latin(o->text, text, sizeof(text)) >= sizeof(text))
		return false;
	hl_strlcpy(o->text, sizeof(o->text), text);
	o->len = strlen(text);
	return true;
}

bool screen_fits(const struct menu_transport *t, const char *text, size_t *units, size_t *most)
{
	struct sms_cut cut;
	size_t limit;

	if (sms_measure(text, strlen(text), &cut))
		return false;
	limit = (size_t)(cut.coding == SMS_GSM7 ? t->gsm7 : t->ucs2);
	if (units)
		*units = cut.units;
	if (most)
		*most = limit;
	return cut.units <= limit;
}

static bool page_fits(const struct screen_view *v, const struct screen_page *at, const struct part *p)
{
	struct out o;

	compose(v, at, p, &o);
	return !o.full && latin(v->transport, &o) && screen_fits(v->transport, o.text, NULL, NULL);
}

/* As many options as fit, from first on; 0 where not even one does. */
static size_t options_that_fit(const struct screen_view *v, const struct screen_page *at, size_t first, size_t all)
{
	for (size_t n = all - first; n > 0; n--)
		if (page_fits(v, at, &(struct part){ first, n, first > 0, first + n < all }))
			return n;
	return 0;
}

int screen_pages(const struct screen_view *v, int node, enum wording_language lang, size_t starts[MENU_OPTIONS_MAX + 1])
{
	const struct screen_page at = { .node = node, .lang = lang };
	size_t all = options_of(v, &v->menu->nodes[node]), first = 0, n;
	int pages = 0;

	starts[0] = 0;
	if (all == 0)
		return page_fits(v, &at, &(struct part){ 0, 0, false, false }) ? 1 : HL_ERANGE;
	for (; first < all; first += n) {
		n = options_that_fit(v, &at, first, all);
		if (n == 0) {
			starts[0] = first;
			return HL_ERANGE;
		}
		starts[pages++] = first;
	}
	return pages;
}

int screen_render(const struct screen_view *v, const struct screen_page *at, char out[SCREEN_MAX])
{
	size_t starts[MENU_OPTIONS_MAX + 1], all = options_of(v, &v->menu->nodes[at->node]);
	int pages = screen_pages(v, at->node, at->lang, starts);
	struct screen_page page = *at;
	struct part p;
	struct out o;

	if (pages < 0)
		return pages;
	if (page.page >= pages)
		page.page = pages - 1;
	p.first = starts[page.page];
	p.count = (page.page + 1 < pages ? starts[page.page + 1] : all) - p.first;
	p.before = page.page > 0;
	p.after = page.page + 1 < pages;
	page.again = at->again && page_fits(v, &page, &p);
	compose(v, &page, &p, &o);
	if (!latin(v->transport, &o))
		return HL_ERANGE;
	hl_strlcpy(out, SCREEN_MAX, o.text);
	return (int)o.len;
}
