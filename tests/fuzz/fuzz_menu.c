/* A menu's file, and inputs behind it (a line with nothing but "====" is between them; without it: the inputs go to the menu as shipped).
 * Any octets: a file is refused with its place, or its screens fit; whatever is typed, a session stands at a node, its answers are options
 * of nodes, and its screen fits. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/ussd/engine.h"
#include "core/ussd/ussd_verdict.h"
#include "fuzz/fuzz.h"
#include "text/utf8.h"

#define PATH "/nonexistent/fuzz.conf"
#define DIVIDER "\n====\n"
#define STEPS_MOST 200

static const struct menu_words words = { "102", "108", "00000000", "0000000", "A", "10" };

/* libconfig's scanner leaks the piece of a string that it was reading when it met an error; the core ends after one. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

static struct menu *load(const char *text, size_t len)
{
	static struct conf_errors errors;
	struct menu *m;

	errors.count = errors.gentle = 0;
	m = menu_load_text(PATH, text, len, &words, &errors);
	must((m == NULL) == (errors.count > 0));
	for (size_t i = 0; i < errors.count && i < CONF_ERRORS_MAX; i++)
		must(strncmp(errors.list[i].text, PATH ":", strlen(PATH) + 1) == 0);
	return m;
}

static const struct menu *shipped(void)
{
	static struct menu *m;
	static struct conf_errors errors;

	if (!m)
		m = menu_load(HL_SRCDIR "/etc/ussd.conf", &words, &errors);
	must(m != NULL);
	return m;
}

static void look(const struct screen_view *v, const struct ussd_state *s, bool again)
{
	char text[SCREEN_MAX], summary[USSD_SUMMARY_MAX];
	struct triage_verdict verdict;

	must(s->node >= 0 && (size_t)s->node < v->menu->node_count && s->answer_count <= USSD_ANSWERS_MAX);
	if (v->menu->nodes[s->node].kind != MENU_QUIZ) {
		must(ussd_screen(v, s, again, text) >= 0);
		must(screen_fits(v->transport, text, NULL, NULL) && utf8_valid(text, strlen(text)));
	}
	ussd_verdict(v->menu, s, 0, &verdict);
	ussd_summary(v->menu, s, &words, summary);
	must(utf8_valid(summary, strlen(summary)) || strlen(summary) == USSD_SUMMARY_MAX - 1);
}

static void walk(const struct menu *m, const char *transport, const char *inputs, size_t len)
{
	const struct screen_view v = { m, menu_transport(m, transport), words, NULL };
	struct ussd_state s;

	ussd_begin(m, WORDING_MN, &s);
	for (int i = 0; i < STEPS_MOST && len > 0 && !s.ended; i++) {
		const char *end = memchr(inputs, '\n', len);
		size_t n = end ? (size_t)(end - inputs) : len;
		char *input = hl_strndup(inputs, n);
		struct ussd_step step = ussd_step(&v, &s, input);
		look(&v, &s, step.did == USSD_WRONG);
		must(s.wrong <= USSD_TRIES);
		free(input);
		n += end != NULL;
		inputs += n;
		len -= n;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *cut = memmem(text, size, DIVIDER, strlen(DIVIDER));
	struct menu *m;

	if (!cut) {
		walk(shipped(), "default", text, size);
		walk(shipped(), "sms", text, size);
		return 0;
	}
	m = load(text, (size_t)(cut - text));
	cut += strlen(DIVIDER);
	if (m)
		walk(m, "default", cut, size - (size_t)(cut - text));
	menu_free(m);
	return 0;
}
