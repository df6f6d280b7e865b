/* Any request of an operator's gateway, in each convention: it is refused with a status and a reason, or it makes a
 * step that the wire takes as it is, and an answer. A seed: a digit for the convention, then lines of method, path
 * and type, then the body. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz/fuzz.h"
#include "text/utf8.h"
#include "ussd/codec.h"
#include "ussd/cumulative.h"
#include "ussd/target.h"

static char *take_line(char **rest)
{
	char *line = *rest, *end = strchr(line, '\n');

	*rest = end ? end + 1 : line + strlen(line);
	if (end)
		*end = '\0';
	return line;
}

static void cross_wire(const struct codec_asked *a, const char *input, int64_t step)
{
	static struct wire_link_msg msg, again;
	char *line;

	memset(&msg, 0, sizeof(msg));
	msg.type = WIRE_USSD_STEP;
	hl_strlcpy(msg.u.ussd_step.transport, sizeof(msg.u.ussd_step.transport), "t");
	hl_strlcpy(msg.u.ussd_step.session, sizeof(msg.u.ussd_step.session), a->session);
	hl_strlcpy(msg.u.ussd_step.number, sizeof(msg.u.ussd_step.number), a->number);
	hl_strlcpy(msg.u.ussd_step.operator, sizeof(msg.u.ussd_step.operator), a->operator);
	hl_strlcpy(msg.u.ussd_step.code, sizeof(msg.u.ussd_step.code), a->code);
	codec_cut(input, msg.u.ussd_step.input, sizeof(msg.u.ussd_step.input));
	msg.u.ussd_step.step = step;
	line = wire_link_encode(&msg);
	must(wire_link_decode(line, strlen(line), &again, NULL) == 0);
	must(memcmp(&msg.u.ussd_step, &again.u.ussd_step, sizeof(msg.u.ussd_step)) == 0);
	free(line);
}

/* A session whose last text was the first half of this one, and one of which nothing is known. */
static void count_steps(const struct codec_asked *a)
{
	char *half = hl_strndup(a->text, strlen(a->text) / 2);
	struct cumulative_had had = { half, 0, 7 };
	struct cumulative_step out;

	if (cumulative_next(&had, a->text, &out)) {
		must(out.input_at <= strlen(a->text) && (out.step == 7 || out.step == 8));
		cross_wire(a, a->text + out.input_at, out.step);
	}
	had.step = 0;
	must(cumulative_next(&had, a->text, &out));
	must(out.input_at <= strlen(a->text) && out.step >= 1 && !out.repeat);
	free(half);
}

static void check_step(const struct codec *c, const struct codec_asked *a)
{
	must(*a->session && *a->number == '+' && strspn(a->number + 1, "0123456789") == strlen(a->number) - 1);
	must(utf8_valid(a->text, strlen(a->text)) && a->step >= 0 && a->step <= WIRE_STEP_MAX);
	if (c->cumulative)
		count_steps(a);
	else
		cross_wire(a, a->text, a->step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct codec *const codecs[] = { &codec_africastalking, &codec_hubtel, &codec_infobip };
	static struct codec_asked asked;
	struct hl_reason why = { "" };
	struct codec_answer answer = { "1 Тийм\n2 Үгүй", false };
	struct codec_request r = { .country = "976" };
	const struct codec *c = codecs[size ? data[0] % 3 : 0];
	char *copy = hl_calloc(size + 1, 1), *rest = copy, value[16], *body;
	int status;

	memcpy(copy, data, size);
	take_line(&rest);
	r.method = take_line(&rest);
	r.path = take_line(&rest);
	r.type = take_line(&rest);
	r.body = rest;
	r.body_len = (size_t)(copy + size - rest);
	target_query(r.path, "key", value, sizeof(value));
	status = c->read(&r, &asked, &why);
	must(status == 0 || (status >= 400 && status <= 415 && why.text[0]));
	if (status == 0) {
		if (asked.kind == CODEC_STEP)
			check_step(c, &asked);
		answer.end = size & 1;
		body = c->write(&asked, &answer);
		must(utf8_valid(body, strlen(body)));
		free(body);
	}
	free(copy);
	return 0;
}
