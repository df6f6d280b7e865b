#include "ussd/settings.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "text/utf8.h"

#define TEXT_IN(S, f, text) { #f, CONF_STRING, false, offsetof(struct S, f), sizeof(((struct S *)0)->f), 0, 0, text }
#define NEED_IN(S, f) { #f, CONF_STRING, true, offsetof(struct S, f), sizeof(((struct S *)0)->f), 0, 0, NULL }
#define INT_IN(S, f, min, max, text) { #f, CONF_INT, false, offsetof(struct S, f), 0, min, max, text }
#define KEYS_END { NULL, CONF_ANY, false, 0, 0, 0, 0, NULL }
#define TOKEN_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-_"
#define SECRET_MIN 16         /* octets: one that cannot be guessed by trying */
#define UNICODE_SCREEN_MAX 80 /* characters */
#define GSM_SCREEN_MAX 160    /* the least that any network takes of them */

static const struct conf_key keys[] = {
	TEXT_IN(settings, socket, "/run/hotlined/ussd.sock"),
	TEXT_IN(settings, country, "976"),
	NEED_IN(settings, away),
	NEED_IN(settings, again),
	NEED_IN(settings, away_translit),
	NEED_IN(settings, again_translit),
	INT_IN(settings, sessions_max, 1, 1000000, "10000"),
	INT_IN(settings, session_s, 10, 3600, "180"),
	{ "no_sandbox", CONF_BOOL, false, offsetof(struct settings, no_sandbox), 0, 0, 0, "0" },
	{ "listeners", CONF_GROUP_LIST, true, 0, 0, 0, 0, NULL },
	KEYS_END
};

#define L settings_listener
static const struct conf_key listener_keys[] = {
	NEED_IN(L, name),
	NEED_IN(L, profile),
	NEED_IN(L, listen),
	TEXT_IN(L, path, "/ussd"),
	TEXT_IN(L, charset, "unicode"),
	TEXT_IN(L, secret_file, ""),
	TEXT_IN(L, secret_header, "X-Hotline-Secret"),
	TEXT_IN(L, secret_query, ""),
	TEXT_IN(L, allow, ""),
	TEXT_IN(L, proxy, ""),
	TEXT_IN(L, forwarded_header, "X-Forwarded-For"),
	INT_IN(L, header_max, 1024, 32768, "4096"),
	INT_IN(L, body_max, 256, 65536, "4096"),
	INT_IN(L, connections_max, 1, 20000, "4096"),
	INT_IN(L, connections_per_source, 0, 20000, "0"),
	INT_IN(L, request_ms, 100, 60000, "5000"),
	INT_IN(L, idle_ms, 100, 600000, "75000"),
	INT_IN(L, reply_ms, 100, 30000, "3000"),
	INT_IN(L, source_per_s, 1, 100000, "2000"),
	INT_IN(L, number_per_min, 1, 10000, "60"),
	INT_IN(L, sessions_per_min, 1, 10000, "10"),
	KEYS_END
};
#undef L

struct reader { const char *path; config_setting_t *group; struct conf_errors *e; };

#define TELL(r, key, ...) conf_error((r)->e, (r)->path, conf_line((r)->group, key), __VA_ARGS__)

static void resolve(const struct reader *r, const char *key, char *value, size_t size)
{
	if (*value && conf_resolve_path(r->path, value, size))
		TELL(r, key, "%s is too long with the folder of this file before it", key);
}

/* One line; its line feed is no part of it. */
static void read_secret(const struct reader *r, struct settings_listener *l)
{
	struct hl_reason why;
	struct stat st;
	ssize_t n;

	resolve(r, "secret_file", l->secret_file, sizeof(l->secret_file));
	if (!*l->secret_file)
		return;
	n = hl_read_file(l->secret_file, l->secret, sizeof(l->secret) - 1, &why);
	if (n < 0) {
		TELL(r, "secret_file", "secret_file: %s", why.text);
		return;
	}
	if (stat(l->secret_file, &st) == 0 && (st.st_mode & S_IROTH))
		TELL(r, "secret_file", "everybody may read %s: chmod 0640 it, chgrp hotline-ussd it", l->secret_file);
	l->secret[n] = '\0';
	l->secret[strcspn(l->secret, "\r\n")] = '\0';
	if (strlen(l->secret) < SECRET_MIN)
		TELL(r, "secret_file",
			"the first line of secret_file must have at least %d characters: openssl rand -hex 24 makes one", SECRET_MIN);
}

/* "127.0.0.1:8071" or "[::1]:8071". */
static bool read_address(const char *listen, struct settings_listener *l)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)&l->address;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)&l->address;
	const char *colon = strrchr(listen, ':');
	char host[64], *end;
	unsigned long port = colon && colon[1] ? strtoul(colon + 1, &end, 10) : 65536;
	size_t len = colon ? (size_t)(colon - listen) : 0;

	if (port > 65535 || *end || len < 3)
		return false;
	if (*listen == '[' && listen[len - 1] == ']') {
		hl_strlcpy(host, len - 1 < sizeof(host) ? len - 1 : sizeof(host), listen + 1);
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		l->address_len = sizeof(*v6);
		return inet_pton(AF_INET6, host, &v6->sin6_addr) == 1;
	}
	hl_strlcpy(host, len + 1 < sizeof(host) ? len + 1 : sizeof(host), listen);
	v4->sin_family = AF_INET;
	v4->sin_port = htons((uint16_t)port);
	l->address_len = sizeof(*v4);
	return inet_pton(AF_INET, host, &v4->sin_addr) == 1;
}

static bool is_loopback(const struct settings_listener *l)
{
	struct source s;
	struct source_nets here;
	size_t which;

	source_read_nets("127.0.0.0/8 ::1", &here, &which);
	return source_of((const struct sockaddr *)&l->address, &s) && source_is_in(&here, &s);
}

static void read_nets(const struct reader *r, const char *key, const char *text, struct source_nets *nets)
{
	size_t which;
	const char *why = source_read_nets(text, nets, &which);

	if (why)
		TELL(r, key, "entry %zu of %s %s", which, key, why);
}

static void check_trust(const struct reader *r, const struct settings_listener *l)
{
	if (!*l->secret_file && l->allowed.count == 0)
		TELL(r, "name",
			"anybody could speak for the operator: give the listener a secret_file, or in allow the operator's addresses");
	if (!is_loopback(l) && l->allowed.count == 0)
		TELL(r, "listen",
			"%s is no address of this machine alone, and there is no TLS here: listen on 127.0.0.1 behind a proxy "
			"(see the sample for nginx), or name the operator's addresses in allow", l->listen);
	if (is_loopback(l) && l->allowed.count > 0 && l->proxies.count == 0)
		TELL(r, "allow",
			"behind a proxy each request comes from the proxy: name its address in proxy, or allow lets nobody in");
}

static bool is_word(const char *s, const char *letters)
{
	return strspn(s, letters) == strlen(s);
}

static void check_words(const struct reader *r, struct settings_listener *l)
{
	if (!is_word(l->name, NAME_LETTERS))
		TELL(r, "name", "name must be of a-z, 0-9, - and _: hotlined knows the transport by it");
	if (strcmp(l->name, "sms") == 0 || strcmp(l->name, "modem") == 0)
		TELL(r, "name", "hotlined has a transport of its own of the name %s: take another name", l->name);
	if (*l->path != '/' || strpbrk(l->path, "?#% ") || (l->path[1] && l->path[strlen(l->path) - 1] == '/'))
		TELL(r, "path", "path must begin with / and not end with it, without ? # %% and spaces");
	if (!is_word(l->secret_header, TOKEN_LETTERS) || !*l->secret_header)
		TELL(r, "secret_header", "secret_header must be of letters, digits and hyphens");
	if (!is_word(l->secret_query, TOKEN_LETTERS))
		TELL(r, "secret_query", "secret_query must be of letters, digits and hyphens");
	if (!is_word(l->forwarded_header, TOKEN_LETTERS) || !*l->forwarded_header)
		TELL(r, "forwarded_header", "forwarded_header must be of letters, digits and hyphens");
	if (!(l->codec = codec_find(l->profile)))
		TELL(r, "profile", "profile must be " CODEC_NAMES);
	if (strcmp(l->charset, "unicode") != 0 && strcmp(l->charset, "translit") != 0)
		TELL(r, "charset", "charset must be \"unicode\" or \"translit\"");
}

static void read_listener(const struct reader *r, struct settings *s)
{
	struct settings_listener *l = &s->listener[s->count];

	conf_read_group(r->path, r->group, listener_keys, l, r->e);
	if (*l->listen && !read_address(l->listen, l))
		TELL(r, "listen", "listen must be an address and a port: 127.0.0.1:8071 or [::1]:8071");
	check_words(r, l);
	read_nets(r, "allow", l->allow, &l->allowed);
	read_nets(r, "proxy", l->proxy, &l->proxies);
	read_secret(r, l);
	check_trust(r, l);
	l->words = strcmp(l->charset, "translit") == 0 ? &s->words_translit : &s->words;
	for (size_t i = 0; i < s->count; i++) {
		if (strcmp(s->listener[i].name, l->name) == 0)
			TELL(r, "name", "two listeners have this name");
		if (strcmp(s->listener[i].listen, l->listen) == 0 && strstr(l->listen, ":0") == NULL)
			TELL(r, "listen", "two listeners have this address and port");
	}
	s->count++;
}

static void read_listeners(const struct reader *r, struct settings *s)
{
	config_setting_t *list = config_setting_get_member(r->group, "listeners");
	int count = list && config_setting_is_aggregate(list) ? config_setting_length(list) : 0;

	if (list && count == 0)
		TELL(r, "listeners",
			"listeners is empty, so there is nothing to do: "
			"write one for each operator, as the comment in the file shipped with hotlined shows");
	for (int i = 0; i < count; i++) {
		struct reader one = { r->path, config_setting_get_elem(list, (unsigned)i), r->e };
		if (i == SETTINGS_LISTENERS_MAX)
			conf_error(r->e, r->path, conf_line(one.group, ""), "at most %d listeners are possible", SETTINGS_LISTENERS_MAX);
		if (i >= SETTINGS_LISTENERS_MAX || config_setting_type(one.group) != CONFIG_TYPE_GROUP)
			continue;
		read_listener(&one, s);
	}
}

static void check_screen(const struct reader *r, const char *key, const char *text, bool translit)
{
	size_t len = strlen(text), characters = 0;
	bool ascii = true;

	for (size_t at = 0; at < len; characters++) {
		uint32_t cp;
		at += utf8_read(text + at, len - at, &cp, NULL);
		ascii &= cp < 0x80;
	}
	if (translit && !ascii)
		TELL(r, key, "%s must be of plain Latin letters: it is for operators that show no others", key);
	else if (characters > (ascii ? GSM_SCREEN_MAX : UNICODE_SCREEN_MAX))
		TELL(r, key, "%s has %zu characters, but a screen has %d", key, characters,
			ascii ? GSM_SCREEN_MAX : UNICODE_SCREEN_MAX);
}

static void check(const struct reader *r, struct settings *s)
{
	resolve(r, "socket", s->socket, sizeof(s->socket));
	if (!*s->country || !is_word(s->country, "0123456789"))
		TELL(r, "country", "country must be the digits of a country's code, as \"976\"");
	check_screen(r, "away", s->away, false);
	check_screen(r, "again", s->again, false);
	check_screen(r, "away_translit", s->away_translit, true);
	check_screen(r, "again_translit", s->again_translit, true);
	hl_strlcpy(s->words.away, SETTINGS_SCREEN_MAX, s->away);
	hl_strlcpy(s->words.again, SETTINGS_SCREEN_MAX, s->again);
	hl_strlcpy(s->words_translit.away, SETTINGS_SCREEN_MAX, s->away_translit);
	hl_strlcpy(s->words_translit.again, SETTINGS_SCREEN_MAX, s->again_translit);
	read_listeners(r, s);
}

bool settings_read(const char *path, struct settings *s, struct conf_errors *errors)
{
	size_t before = errors->count;
	config_t cfg;

	if (conf_read(path, &cfg, errors) == 0) {
		struct reader r = { path, config_root_setting(&cfg), errors };
		conf_read_group(path, r.group, keys, s, errors);
		check(&r, s);
	}
	config_destroy(&cfg);
	return errors->count == before;
}
