#include "core/case/case_join.h"

#include <string.h>

#include "core/case/case.h"

/* What is news to whoever had the case. Unsure goes up: triage calls a tip whatever is not clearly another kind. */
static const bool news[TRIAGE_KINDS] = {
	[TRIAGE_TIP] = true,
	[TRIAGE_QUESTION] = true,
};

enum case_join case_join_decide(const struct case_join_facts *f)
{
	if (f->state != CASE_CLOSED)
		return CASE_JOIN_OPEN;
	if (f->closed_for_ms >= f->reopen_within_ms || (f->case_filed && !f->text_filed))
		return CASE_JOIN_NEW;
	return news[f->kind] ? CASE_JOIN_REOPEN : CASE_JOIN_CLOSED;
}

#define WORD_MAX 16

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* A word as a code, without the marks that stand around one. */
static bool word_is_code(const char *word, size_t len, char code[CASE_CODE_SIZE])
{
	while (len && strchr(".,:;!?#()", word[len - 1]))
		len--;
	while (len && strchr("#(", *word)) {
		word++;
		len--;
	}
	return len > 0 && len <= WORD_MAX && *word != '-' && case_code_read(word, len, code);
}

bool case_code_in(const char *text, size_t len, char code[CASE_CODE_SIZE])
{
	size_t first, last;

	while (len && is_space(text[len - 1]))
		len--;
	while (len && is_space(*text)) {
		text++;
		len--;
	}
	for (first = 0; first < len && !is_space(text[first]); first++)
		;
	for (last = len; last > 0 && !is_space(text[last - 1]); last--)
		;
	return (len <= WORD_MAX && word_is_code(text, len, code)) || word_is_code(text, first, code) ||
		word_is_code(text + last, len - last, code);
}
