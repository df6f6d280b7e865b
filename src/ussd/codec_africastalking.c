/* Africa's Talking and its many clones: a form by POST, answered in text that begins with CON (go on) or END. Its
 * `text` is what was typed in the whole session, with "*" between the answers. Source: developers.africastalking.com,
 * "USSD: handling sessions". */
#include "ussd/codec.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ussd/form.h"

static int read_request(const struct codec_request *r, struct codec_asked *out, struct hl_reason *why)
{
	char session[WIRE_SESSION_MAX + 1], number[32], network[64], code[64];
	struct form_field fields[] = {
		{ "sessionId", session, sizeof(session), false }, { "phoneNumber", number, sizeof(number), false },
		{ "networkCode", network, sizeof(network), false }, { "serviceCode", code, sizeof(code), false },
		{ "text", out->text, sizeof(out->text), false }, { NULL, NULL, 0, false },
	};
	int err;

	memset(out, 0, sizeof(*out));
	if (*r->path)
		return hl_fail(why, 404, "no such path: the callback is to be this listener's path");
	if (strcmp(r->method, "POST") != 0)
		return hl_fail(why, 405, "POST is wanted");
	if (!codec_type_is(r->type, "application/x-www-form-urlencoded"))
		return hl_fail(why, 415, "application/x-www-form-urlencoded in UTF-8 is wanted");
	err = form_read(r->body, r->body_len, fields, why);
	if (err)
		return err == HL_ERANGE ? 413 : 400;
	if (!codec_session(session, out->session))
		return hl_fail(why, 400, "sessionId is missing or not printable");
	if (!codec_number(number, r->country, out->number))
		return hl_fail(why, 400, "phoneNumber is missing or no phone number");
	if (!fields[4].seen)
		return hl_fail(why, 400, "text is missing");
	codec_label(network, out->operator);
	codec_label(code, out->code);
	out->begin = !*out->text;
	return 0;
}

static char *write_reply(const struct codec_asked *asked, const struct codec_answer *answer)
{
	size_t size = strlen(answer->text) + sizeof("CON ");
	char *body = hl_calloc(size, 1);

	(void)asked;
	snprintf(body, size, "%s %s", answer->end ? "END" : "CON", answer->text);
	return body;
}

const struct codec codec_africastalking = { "africastalking", "text/plain; charset=utf-8", true, read_request,
	write_reply };
