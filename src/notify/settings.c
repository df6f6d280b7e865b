#include "notify/settings.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
	{ "no_sandbox", CONF_BOOL, false, S(no_sandbox), 0, 0, "0" },
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
	struct stat st;

	if (n < 0)
		TELL(r, key, "%s: %s", key, why.text);
	else if (*path && stat(path, &st) == 0 && (st.st_mode & S_IROTH))
		TELL(r, key, "%s: everybody may read %s: chmod 0640 it", key, path);
	out[n > 0 ? n : 0] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	if (*path && n >= 0 && !*out)
		TELL(r, key, "%s names a file without a first line", key);
}

#define SECRET_MIN 32
#define HOST_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

/* scheme://host[:port] and nothing else: a user, a path or a query in it would change what libcurl says. */
static bool is_server(const char *url)
{
	const char *host = strstr(url, "://") + 3;
	size_t len = *host == '[' ? strcspn(host, "]") + 1 : strspn(host, HOST_LETTERS);
	const char *port = host + (len > strlen(host) ? strlen(host) : len);

	if (*host == '[' ? strspn(host + 1, "0123456789abcdefABCDEF:.") + 2 != len || host[len - 1] != ']' : len == 0)
		return false;
	if (*port == '\0')
		return true;
	return *port == ':' && port[1] && strlen(port + 1) <= 5 && strspn(port + 1, "0123456789") == strlen(port + 1);
}

static bool is_this_machine(const char *url)
{
	static const char plain[] = "smtp://127.0.0.1";
	size_t len = sizeof(plain) - 1;

	return strncmp(url, plain, len) == 0 && strspn(url + len, ":0123456789") == strlen(url + len);
}

static void check_mail(const struct reader *r, struct settings *s)
{
	const char *why = *s->from ? address_check_mail(s->from) : NULL;

	if (why)
		TELL(r, "from", "from %s", why);
	if (*s->smtp_url && strncmp(s->smtp_url, "smtp://", 7) != 0 && strncmp(s->smtp_url, "smtps://", 8) != 0)
		TELL(r, "smtp_url", "smtp_url must begin with smtp:// (STARTTLS is required then) or smtps://");
	else if (*s->smtp_url && !is_server(s->smtp_url))
		TELL(r, "smtp_url", "smtp_url must be a host and a port, such as \"smtp://mail.example.mn:587\"; user and password "
			"have keys of their own");
	if (*s->smtp_url && !*s->from)
		TELL(r, "smtp_url", "from is missing: the mail address that mails come from");
	if (*s->smtp_user && !*s->smtp_password_file)
		TELL(r, "smtp_user", "smtp_user has no password: name a file with it in smtp_password_file, or leave smtp_user out");
	if (!*s->smtp_user && *s->smtp_password_file)
		TELL(r, "smtp_password_file", "smtp_password_file has no user: set smtp_user, or leave smtp_password_file out");
	s->smtp_plain = s->http_loopback && is_this_machine(s->smtp_url);
}

static void check_webhook(const struct reader *r, const struct settings *s)
{
	if (!*s->signature_header || strspn(s->signature_header, HEADER_LETTERS) != strlen(s->signature_header))
		TELL(r, "signature_header", "signature_header must be letters, digits and hyphens");
	if (!*s->key_header || strspn(s->key_header, HEADER_LETTERS) != strlen(s->key_header))
		TELL(r, "key_header", "key_header must be letters, digits and hyphens");
	if (*s->secret && strlen(s->secret) < SECRET_MIN)
		TELL(r, "webhook_secret_file", "the secret for webhooks has less than %d characters: make one with "
			"`openssl rand -hex 32`", SECRET_MIN);
}

static void check(const struct reader *r, struct settings *s)
{

	resolve(r, "socket", s->socket, sizeof(s->socket));
	resolve(r, "ca_file", s->ca_file, sizeof(s->ca_file));
	resolve(r, "smtp_password_file", s->smtp_password_file, sizeof(s->smtp_password_file));
	resolve(r, "webhook_secret_file", s->webhook_secret_file, sizeof(s->webhook_secret_file));
	read_secret(r, "smtp_password_file", s->smtp_password_file, s->password);
	read_secret(r, "webhook_secret_file", s->webhook_secret_file, s->secret);
	if (*s->ca_file && access(s->ca_file, R_OK) != 0)
		TELL(r, "ca_file", "ca_file: cannot read %s: %s", s->ca_file, strerror(errno));
	if (!*s->smtp_url && !*s->webhook_secret_file)
		TELL(r, "smtp_url", "there is nothing to carry: set smtp_url for mail; for webhooks webhook_secret_file, because none "
			"goes unsigned");
	check_mail(r, s);
	check_webhook(r, s);
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
