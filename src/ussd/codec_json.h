/* What codecs of JSON share. */
#ifndef HL_USSD_CODEC_JSON_H
#define HL_USSD_CODEC_JSON_H

#include <jansson.h>

#include "ussd/codec.h"

/* The body's object; decref it. NULL with *status and the reason. */
json_t *codec_json_read(const struct codec_request *r, int *status, struct hl_reason *why);

/* The text at that key; "" where it is not there or null; NULL, with the reason, where it is of another type. */
const char *codec_json_text(const json_t *object, const char *key, struct hl_reason *why);

/* As one line; consumes the object. */
char *codec_json_write(json_t *object);

#endif
