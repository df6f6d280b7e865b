/* Infobip's gateway: JSON, and the path says what it is: /session/{id}/start, response, end or status. It numbers no
 * steps. Source: "USSD Gateway to Third-party Application HTTP/REST/JSON Web Service API", as quoted at
 * docs.vumi.org, transports, Infobip. */
#include "ussd/codec.h"

#include <string.h>

#include "base/mem.h"
#include "ussd/codec_json.h"
#include "ussd/form.h"

#define EXIT_DONE 200 /* exitCode of a session that ended as it should */

static const struct {
	const char *name;
	enum codec_kind kind;
	bool begin;
	const char *method, *other;
} calls[] = {
	{ "start", CODEC_STEP, true, "POST", "PUT" },
	{ "response", CODEC_STEP, false, "PUT", "POST" },
	{ "end", CODEC_END, false, "PUT", "POST" },
	{ "status", CODEC_STATUS, false, "GET", "GET" },
};

static int read_call(const char *name, const char *method, struct codec_asked *out, struct hl_reason *why)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(calls[i].name, name) != 0)
			continue;
		out->kind = calls[i].kind;
		out->begin = calls[i].begin;
		if (strcmp(calls[i].method, method) != 0 && strcmp(calls[i].other, method) != 0)
			return hl_fail(why, 405, "%s is wanted here", calls[i].method);
		return 0;
	}
	return hl_fail(why, 404, "no such path: /session/ID/start, response, end or status");
}

static int read_path(const struct codec_request *r, struct codec_asked *out, struct hl_reason *why)
{
	static const char head[] = "/session/";
	const char *id = r->path + sizeof(head) - 1, *slash;
	char session[WIRE_SESSION_MAX + 1];
	long n;

	if (strncmp(r->path, head, sizeof(head) - 1) != 0 || !(slash = strchr(id, '/')))
		return hl_fail(why, 404, "no such path: /session/ID/start, response, end or status");
	n = form_decode(id, (size_t)(slash - id), false, session, sizeof(session));
	if (n < 0 || !codec_session(session, out->session))
		return hl_fail(why, 400, "the session's ID in the path is missing, too long or not printable");
	return read_call(slash + 1, r->method, out, why);
}

static int read_step(const json_t *o, const char *country, struct codec_asked *out, struct hl_reason *why)
{
	const char *number = codec_json_text(o, "msisdn", why), *text = codec_json_text(o, "text", why);
	const char *code = codec_json_text(o, "shortCode", why), *gateway = codec_json_text(o, "ussdGwId", why);

	if (!number || !text || !code || !gateway)
		return 400;
	if (!codec_number(number, country, out->number))
		return hl_fail(why, 400, "msisdn is missing or no phone number");
	if (!out->begin) /* of a start it is what was dialled behind the code */
		codec_cut(text, out->text, sizeof(out->text));
	codec_label(code, out->code);
	codec_label(gateway, out->operator);
	return 0;
}

static int read_end(const json_t *o, struct codec_asked *out, struct hl_reason *why)
{
	const json_t *code = json_object_get(o, "exitCode");

	if (code && !json_is_integer(code))
		return hl_fail(why, 400, "exitCode must be a whole number");
	hl_strlcpy(out->why, sizeof(out->why), code && json_integer_value(code) != EXIT_DONE ? "error" : "user");
	return 0;
}

static int read_request(const struct codec_request *r, struct codec_asked *out, struct hl_reason *why)
{
	json_t *o;
	int err;

	memset(out, 0, sizeof(*out));
	if ((err = read_path(r, out, why)) || out->kind == CODEC_STATUS)
		return err;
	o = codec_json_read(r, &err, why);
	if (!o)
		return err;
	err = out->kind == CODEC_END ? read_end(o, out, why) : read_step(o, r->country, out, why);
	json_decref(o);
	return err;
}

static char *write_reply(const struct codec_asked *asked, const struct codec_answer *answer)
{
	json_t *o = json_pack("{s:i,s:s}", "responseExitCode", EXIT_DONE, "responseMessage", "");

	if (asked->kind == CODEC_STEP) {
		json_object_set_new(o, "ussdMenu", json_string(answer->text));
		json_object_set_new(o, "shouldClose", json_boolean(answer->end));
	} else if (asked->kind == CODEC_STATUS) {
		json_object_set_new(o, "sessionActive", json_boolean(!answer->end));
	}
	return codec_json_write(o);
}

const struct codec codec_infobip = { "infobip", "application/json; charset=utf-8", false, read_request, write_reply };
