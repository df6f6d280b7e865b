/* etc/ussd-gateway.conf, read once at start; every error is told with file and line. Holds secrets: never logged. */
#ifndef HL_USSD_SETTINGS_H
#define HL_USSD_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "conf/conf.h"
#include "ussd/codec.h"
#include "ussd/source.h"

#define SETTINGS_LISTENERS_MAX 16
#define SETTINGS_SCREEN_MAX (WIRE_USSD_MAX + 1)

/* The words for those moments in which the menu cannot speak. */
struct settings_words {
	char away[SETTINGS_SCREEN_MAX];  /* hotlined does not answer */
	char again[SETTINGS_SCREEN_MAX]; /* the session is not known, or too many come at once */
};

struct settings_listener {
	char name[WIRE_NAME_MAX + 1]; /* the core's transport */
	char listen[64], path[128], profile[32], charset[16];
	char secret_file[256], secret_header[64], secret_query[64], allow[1024], proxy[256], forwarded_header[64];
	int64_t header_max, body_max;                 /* octets */
	int64_t connections_max, connections_per_source, request_ms, idle_ms, reply_ms;
	int64_t source_per_s, number_per_min, sessions_per_min;
	/* made of them */
	const struct codec *codec;
	const struct settings_words *words;
	struct source_nets allowed, proxies;
	char secret[256];                             /* "" where none is asked for */
	struct sockaddr_storage address;
	socklen_t address_len;
};

struct settings {
	char socket[108], country[CODEC_COUNTRY_MAX + 1];
	char away[SETTINGS_SCREEN_MAX], again[SETTINGS_SCREEN_MAX], away_translit[SETTINGS_SCREEN_MAX],
		again_translit[SETTINGS_SCREEN_MAX];
	int64_t sessions_max, session_s;
	bool no_sandbox; /* said aloud: it may run without its walls */
	struct settings_words words, words_translit;
	size_t count;
	struct settings_listener listener[SETTINGS_LISTENERS_MAX];
};

/* False where errors were added. *s keeps pointers into itself. */
bool settings_read(const char *path, struct settings *s, struct conf_errors *errors);

#endif
