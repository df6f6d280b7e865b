/* Hubtel's programmable services: JSON by POST. Type says what it is, Sequence counts its requests from 1, and what
 * we put in ClientState comes back with the next one. Source: developers.hubtel.com, "API Reference - Prog Services". */
#include "ussd/codec.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "ussd/codec_json.h"

static const struct {
	const char *name;
	enum codec_kind kind;
	bool begin;
	const char *why;
} types[] = {
	{ "Initiation", CODEC_STEP, true, "" },
	{ "Response", CODEC_STEP, false, "" },
	{ "Release", CODEC_END, false, "user" },
	{ "Timeout", CODEC_END, false, "timeout" },
};

static int read_type(const char *name, struct codec_asked *out, struct hl_reason *why)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcasecmp(types[i].name, name) != 0) /* documents write them both ways */
			continue;
		out->kind = types[i].kind;
		out->begin = types[i].begin;
		hl_strlcpy(out->why, sizeof(out->why), types[i].why);
		return 0;
	}
	return hl_fail(why, 400, "Type must be Initiation, Response, Release or Timeout");
}

/* A number, or one in quotation marks: both are in their examples. Absent: not known. */
static int read_sequence(const json_t *value, int64_t *out, struct hl_reason *why)
{
	const char *digits = json_string_value(value);
	size_t len = digits ? strlen(digits) : 0;

	if (!value || json_is_null(value))
		return 0;
	if (json_is_integer(value))
		*out = json_integer_value(value);
	else if (len > 0 && len < 8 && strspn(digits, "0123456789") == len)
		*out = strtol(digits, NULL, 10);
	else
		return hl_fail(why, 400, "Sequence must be a whole number");
	if (*out < 1 || *out > WIRE_STEP_MAX)
		return hl_fail(why, 400, "Sequence must be between 1 and %d", WIRE_STEP_MAX);
	return 0;
}

static int read_texts(const json_t *o, const char *country, struct codec_asked *out, struct hl_reason *why)
{
	static const char *const keys[] = { "Type", "SessionId", "Mobile", "Message", "ServiceCode", "Operator",
		"ClientState" };
	const char *text[7];
	int err;

	for (size_t i = 0; i < 7; i++)
		if (!(text[i] = codec_json_text(o, keys[i], why)))
			return 400;
	if ((err = read_type(text[0], out, why)))
		return err;
	if (!codec_session(text[1], out->session))
		return hl_fail(why, 400, "SessionId is missing, too long or not printable");
	if (!codec_number(text[2], country, out->number))
		return hl_fail(why, 400, "Mobile is missing or no phone number");
	if (!out->begin) /* of an initiation it is the code that was dialled, and no answer */
		codec_cut(text[3], out->text, sizeof(out->text));
	codec_label(text[4], out->code);
	codec_label(text[5], out->operator);
	if (hl_strlcpy(out->state, sizeof(out->state), text[6]))
		return hl_fail(why, 413, "ClientState is too long");
	return 0;
}

static int read_request(const struct codec_request *r, struct codec_asked *out, struct hl_reason *why)
{
	json_t *o;
	int err = 0;

	memset(out, 0, sizeof(*out));
	if (*r->path)
		return hl_fail(why, 404, "no such path: the callback is to be this listener's path");
	if (strcmp(r->method, "POST") != 0)
		return hl_fail(why, 405, "POST is wanted");
	o = codec_json_read(r, &err, why);
	if (!o)
		return err;
	err = read_texts(o, r->country, out, why);
	if (!err)
		err = read_sequence(json_object_get(o, "Sequence"), &out->step, why);
	json_decref(o);
	return err;
}

static char *write_reply(const struct codec_asked *asked, const struct codec_answer *answer)
{
	return codec_json_write(json_pack("{s:s,s:s,s:s,s:s}", "SessionId", asked->session, "Type",
		answer->end ? "Release" : "Response",
		"Message", answer->text, "ClientState", asked->state));
}

const struct codec codec_hubtel = { "hubtel", "application/json; charset=utf-8", false, read_request, write_reply };
