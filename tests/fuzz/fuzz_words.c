/* What a stranger's text, or a network's, is read as besides by triage: commands of people of the roster (a sender can be forged), wishes to
 * swap, codes of cases, answers to questions, STOP and START, numbers of senders and callers, credit, lines of lists of contacts. Any octets. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/alert/command.h"
#include "core/alert/swap_wish.h"
#include "core/case/case.h"
#include "core/case/case_join.h"
#include "core/contacts/fields.h"
#include "core/contacts/words.h"
#include "core/dialogue/answer.h"
#include "core/number.h"
#include "core/service/balance_read.h"
#include "fuzz/fuzz.h"
#include "modem/call_number.h"
#include "text/utf8.h"

#define NOW_MS INT64_C(1795336200000)
#define COLUMNS 7

static const char people[] = "people = (\n"
	"{ name = \"Bold\"; role = \"officer\"; number = \"+97600001001\"; },\n"
	"{ name = \"Bat-Erdene\"; role = \"officer\"; number = \"+97600001002\"; },\n"
	"{ name = \"Туяа 2\"; role = \"officer\"; number = \"+97600001003\"; } );\n"
	"rotations = ( { name = \"Day\"; people = [ \"Bold\", \"Bat-Erdene\", \"Туяа 2\" ]; shift = \"daily\"; start = \"2026-11-23\"; } );\n";

static const struct roster *roster(void)
{
	static struct roster *r;
	static struct conf_errors errors;

	if (!r)
		r = roster_load_text("fuzz", people, strlen(people), "976", &errors);
	must(r != NULL);
	return r;
}

static const struct triage_rules *rules(void)
{
	static struct triage_rules *r;
	struct hl_reason why;

	must(r || triage_load(HL_SRCDIR "/etc/triage", &r, &why) == 0);
	return r;
}

static void command(const char *text, size_t len)
{
	struct alert_command c;
	struct swap_wish wish;

	alert_command_read(text, len, &c);
	must((unsigned)c.verb < ALERT_VERBS && strspn(c.code, "0123456789") == strlen(c.code));
	must(utf8_valid(c.name, strlen(c.name)));
	if (c.verb != ALERT_VERB_SWAP)
		return;
	swap_wish_read(roster(), roster_person(roster(), 0), c.name, NOW_MS, &wish);
	must((wish.who == SWAP_WHO_FOUND) == (wish.taker != NULL));
}

static void codes(const char *text, size_t len)
{
	char code[CASE_CODE_SIZE];
	struct reply_code reply;

	if (case_code_in(text, len, code))
		must(case_code_read(code, strlen(code), code));
	if (reply_code_read(text, len, &reply))
		must(reply.rest <= len && case_code_read(reply.code, strlen(reply.code), code));
}

static void answers(const char *text, size_t len)
{
	for (size_t i = 0; i < question_key_count; i++) {
		struct answer a = answer_read(&question_keys[i], text, len);
		if (a.reading == ANSWER_CLEAR && question_keys[i].kind == ANSWER_CHOICE)
			must(a.value >= 1 && a.value <= question_keys[i].choices);
	}
	answer_read(NULL, text, len);
}

static void numbers(const char *text)
{
	char caller[WIRE_NUMBER_MAX + 1];
	struct number n;
	bool answerable;
	int64_t amount;

	if (number_normalise(text, "976", &n, &answerable) == 0 && answerable)
		must(n.e164[0] == '+' && strspn(n.e164 + 1, "0123456789") == strlen(n.e164 + 1));
	call_number(text, caller);
	must(strspn(caller, "+0123456789*#") == strlen(caller));
	balance_read("[Bb]alance: *([0-9., ']+)", text, &amount);
}

/* Columns with tabs between. What is said of a bad line never quotes it: no number gets into a log. */
static void contact(char *text)
{
	struct fields_context context = { .rules = rules(), .country = "976", .now_ms = NOW_MS, .consent_days = 365, .source = "", .groups = "",
		.language = -1, .script = -1 };
	char *column[COLUMNS], *rest = text;
	static struct fields out;
	const char *why;

	for (size_t i = 0; i < COLUMNS; i++) {
		column[i] = rest ? strsep(&rest, "\t") : text + strlen(text);
		if (!utf8_valid(column[i], strlen(column[i])))
			return;
	}
	why = fields_read(&context, &(struct fields_written){ column[0], column[1], column[2], column[3], column[4], column[5], column[6] }, &out);
	must(!why || *why);
	for (size_t run = 0; why && *why; why++) {
		run = *why >= '0' && *why <= '9' ? run + 1 : 0;
		must(run < 7);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct contacts_words words = { "stop зогс", "start эхлэх" };
	char district[SUBSCRIBER_DISTRICT_SIZE], *text = hl_strndup((const char *)data, size);
	size_t len = strlen(text);

	command(text, len);
	codes(text, len);
	answers(text, len);
	contacts_word_read(&words, rules(), text, len, district);
	numbers(text);
	contact(text);
	free(text);
	return 0;
}
