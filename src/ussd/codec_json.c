#include "ussd/codec_json.h"

#include "base/mem.h"

json_t *codec_json_read(const struct codec_request *r, int *status, struct hl_reason *why)
{
	json_t *object;

	if (!codec_type_is(r->type, "application/json") && !codec_type_is(r->type, "text/json")) {
		*status = hl_fail(why, 415, "application/json in UTF-8 is wanted");
		return NULL;
	}
	object = json_loadb(r->body, r->body_len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(object)) {
		json_decref(object);
		*status = hl_fail(why, 400, "the body is no JSON object in UTF-8");
		return NULL;
	}
	return object;
}

const char *codec_json_text(const json_t *object, const char *key, struct hl_reason *why)
{
	const json_t *value = json_object_get(object, key);

	if (!value || json_is_null(value))
		return "";
	if (!json_is_string(value))
		hl_fail(why, HL_EINVAL, "%s must be a string", key);
	return json_string_value(value);
}

char *codec_json_write(json_t *object)
{
	char *line = json_dumps(object, JSON_COMPACT);

	json_decref(object);
	return line ? line : hl_strdup("{}"); /* only a text that is not UTF-8 can do this, and none passes the wire */
}
