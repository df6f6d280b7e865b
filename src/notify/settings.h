/* etc/notify.conf, read once at start; every error is told with file and line. Holds secrets: never logged. */
#ifndef HL_NOTIFY_SETTINGS_H
#define HL_NOTIFY_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "conf/conf.h"

struct settings {
	char socket[108];
	char smtp_url[256], smtp_user[128], smtp_password_file[256], from[256], ca_file[256];
	char webhook_secret_file[256], signature_header[64], key_header[64];
	bool http_loopback; /* only for tests: http:// webhooks to this machine, SMTP without TLS to it */
	bool smtp_plain;    /* what comes of that for smtp_url */
	bool no_sandbox;    /* said aloud: it may run without its walls */
	int64_t timeout_s;
	char password[256], secret[256];
};

/* False where errors were added. */
bool settings_read(const char *path, struct settings *s, struct conf_errors *errors);

#endif
