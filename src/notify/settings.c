#include "notify/settings.h"

#include <string.h>

#include "base/file.h"
#include "core/roster/address.h"

#define S(f) offsetof(struct settings, f), sizeof(((struct settings *)0)->f)
#define TEXT(f, text) { #f, CONF_STRING, false, S(f), 0, 0, text }
#define HEADER_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

static const struct conf_key keys[] = {
	TEXT(socket, "/run/hotlined/notify.sock"),
	TEXT(smtp_url, ""),
	TEXT(smtp_user, ""),
	TEXT(smtp_password_file, ""),
	TEXT(from, ""),
	TEXT(ca_file, ""),
	TEXT(webhook_secret_file, ""),
	TEXT(signature_header, "X-Hotline-Signature"),
	TEXT(key_header, "Idempotency-Key"),
	{ "http_loopback", CONF_BOOL, false, S(http_loopback), 0, 0, "0" },
	{ "timeout_s", CONF_INT, false, S(timeout_s), 1, 300, "30" },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

struct reader { const char *path; config_setting_t *root; struct conf_errors *e; };

#define TELL(r, key, ...) conf_error((r)->e, (r)->path, conf_line((r)->root, key), __VA_ARGS__)

static void resolve(const struct reader *r, const char *key, char *value, size_t size)
{
	if (*value && conf_resolve_path(r->path, value, size))
		TELL(r, key, "%s is too long with the folder of this file before it", key);
}

/* One line; its line feed is no part of it. */
static void read_secret(const struct reader *r, const char *key, const char *path, char out[256])
{
	struct hl_reason why;
	ssize_t n = *path ? hl_read_file(path, out, 255, &why) : 0;

	if (n < 0)
		TELL(r, key, "%s: %s", key, why.text);
	out[n > 0 ? n : 0] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	if (*path && n >= 0 && !*out)
		TELL(r, key, "%s names a file without a first line", key);
}

static void check(const struct reader *r, struct settings *s)
{
	const char *why = *s->from ? address_check_mail(s->from) : NULL;

	resolve(r, "socket", s->socket, sizeof(s->socket));
	resolve(r, "ca_file", s->ca_file, sizeof(s->ca_file));
	resolve(r, "smtp_password_file", s->smtp_password_file, sizeof(s->smtp_password_file));
	resolve(r, "webhook_secret_file", s->webhook_secret_file, sizeof(s->webhook_secret_file));
	if (why)
		TELL(r, "from", "from %s", why);
	if (*s->smtp_url && strncmp(s->smtp_url, "smtp://", 7) != 0 && strncmp(s->smtp_url, "smtps://", 8) != 0)
		TELL(r, "smtp_url", "smtp_url must begin with smtp:// (STARTTLS is required then) or smtps://");
	if (*s->smtp_url && !*s->from)
		TELL(r, "from", "from is missing: the mail address that mails come from");
	if (!*s->signature_header || strspn(s->signature_header, HEADER_LETTERS) != strlen(s->signature_header))
		TELL(r, "signature_header", "signature_header must be letters, digits and hyphens");
	if (!*s->key_header || strspn(s->key_header, HEADER_LETTERS) != strlen(s->key_header))
		TELL(r, "key_header", "key_header must be letters, digits and hyphens");
	read_secret(r, "smtp_password_file", s->smtp_password_file, s->password);
	read_secret(r, "webhook_secret_file", s->webhook_secret_file, s->secret);
}

bool settings_read(const char *path, struct settings *s, struct conf_errors *errors)
{
	size_t before = errors->count;
	config_t cfg;

	if (conf_read(path, &cfg, errors) == 0) {
		struct reader r = { path, config_root_setting(&cfg), errors };
		conf_read_group(path, r.root, keys, s, errors);
		check(&r, s);
	}
	config_destroy(&cfg);
	return errors->count == before;
}
