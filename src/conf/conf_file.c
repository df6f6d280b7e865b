/* The files of conf.h: reading, what is refused before libconfig sees it, and paths beside a file. */
#include "conf/conf.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

/* libconfig's scanner ends the whole program where it cannot read, opens what @include names, and stops at a NUL as if
 * the file ended there: so the octets are read and looked at before it sees them. */
struct scan {
	const char *text;
	size_t len, at;
	int line, depth;
};

static bool scan_sees(const struct scan *s, const char *word)
{
	size_t len = strlen(word);

	return s->len - s->at >= len && memcmp(s->text + s->at, word, len) == 0;
}

static void scan_step(struct scan *s, size_t n)
{
	for (; n > 0 && s->at < s->len; n--)
		s->line += s->text[s->at++] == '\n';
}

/* Past the next end, which may be escaped by a backslash in strings. */
static void scan_past(struct scan *s, const char *end, bool escapes)
{
	while (s->at < s->len && !scan_sees(s, end))
		scan_step(s, escapes && s->text[s->at] == '\\' ? 2 : 1);
	scan_step(s, strlen(end));
}

/* Skips a comment or a string; false where there is none. */
static bool scan_skip(struct scan *s)
{
	if (scan_sees(s, "#") || scan_sees(s, "//"))
		scan_past(s, "\n", false);
	else if (scan_sees(s, "/*"))
		scan_past(s, "*/", false);
	else if (scan_sees(s, "\"")) {
		scan_step(s, 1);
		scan_past(s, "\"", true);
	} else {
		return false;
	}
	return true;
}

/* Skips a name or a number. A number that does not fit int must say so by an L: libconfig would take its low bits, and
 * 4294967301 would be 5. False where one does not. */
static bool scan_word(struct scan *s)
{
	char word[24] = "", *end;
	size_t len = 0;
	long long n;

	while (s->at + len < s->len && (isalnum((unsigned char)s->text[s->at + len]) || strchr("_*.", s->text[s->at + len])))
		len++;
	memcpy(word, s->text + s->at, len < sizeof(word) ? len : sizeof(word) - 1);
	scan_step(s, len ? len : 1);
	if (!isdigit((unsigned char)*word))
		return true;
	n = strtoll(word, &end, strncmp(word, "0x", 2) == 0 || strncmp(word, "0X", 2) == 0 ? 16 : 10);
	return *end || n <= INT_MAX; /* an L, a point or an exponent ends it: libconfig knows the rest */
}

/* The line of the first octet that is no UTF-8, 0 where all is. */
static int bad_utf8_line(const char *text, size_t len)
{
	int line = 1;
	bool valid = true;

	for (size_t at = 0; at < len && valid;) {
		uint32_t cp;
		line += text[at] == '\n';
		at += utf8_read(text + at, len - at, &cp, &valid);
	}
	return valid ? 0 : line;
}

static int check_octets(const char *path, const char *text, size_t len, struct conf_errors *e)
{
	struct scan s = { text, len, 0, 1, 0 };
	int line, bad = bad_utf8_line(text, len);

	if (memchr(text, '\0', len)) {
		conf_error(e, path, 0, "has a NUL octet: this is not a text file");
		return HL_EINVAL;
	}
	if (bad) {
		conf_error(e, path, bad, "not valid UTF-8: save the file as UTF-8");
		return HL_EINVAL;
	}
	while (s.at < s.len) {
		char c = text[s.at];
		if (scan_skip(&s))
			continue;
		line = s.line;
		s.depth += (c == '{' || c == '(' || c == '[') - (c == '}' || c == ')' || c == ']');
		if (scan_sees(&s, "@include"))
			conf_error(e, path, line, "@include is not supported: write everything into one file");
		else if (s.depth > CONF_DEPTH_MAX)
			conf_error(e, path, line, "more than %d brackets inside each other", CONF_DEPTH_MAX);
		else if (scan_word(&s))
			continue;
		else
			conf_error(e, path, line, "a number is too large: the largest is %d", INT_MAX);
		return HL_EINVAL;
	}
	return 0;
}

int conf_read_text(const char *path, const char *text, size_t len, config_t *cfg, struct conf_errors *e)
{
	char *copy;
	int ok;

	config_init(cfg);
	if (check_octets(path, text, len, e))
		return HL_EINVAL;
	copy = hl_strndup(text, len);
	ok = config_read_string(cfg, copy);
	free(copy);
	if (ok)
		return 0;
	conf_error(e, path, config_error_line(cfg), "%s (is a ; or a bracket missing here or in the line before?)",
		config_error_text(cfg));
	return HL_EINVAL;
}

int conf_read(const char *path, config_t *cfg, struct conf_errors *e)
{
	FILE *f = fopen(path, "re");
	char *text;
	size_t len;
	int err;

	config_init(cfg);
	if (!f) {
		conf_error(e, path, 0, "cannot open: %s", strerror(errno));
		return HL_EIO;
	}
	text = hl_calloc(CONF_FILE_MAX + 1, 1);
	len = fread(text, 1, CONF_FILE_MAX + 1, f);
	if (ferror(f)) {
		conf_error(e, path, 0, "cannot read: %s", strerror(errno));
		err = HL_EIO;
	} else if (len > CONF_FILE_MAX) {
		conf_error(e, path, 0, "is larger than %u KiB: not a file of hotlined", CONF_FILE_MAX / 1024);
		err = HL_EINVAL;
	} else {
		config_destroy(cfg);
		err = conf_read_text(path, text, len, cfg, e);
	}
	free(text);
	fclose(f);
	return err;
}

int conf_resolve_path(const char *file, char *value, size_t size)
{
	const char *slash = strrchr(file, '/');
	size_t dir = slash ? (size_t)(slash - file) + 1 : 0, len = strlen(value);

	if (*value == '\0' || *value == '/')
		return 0;
	if (dir + len >= size)
		return HL_ERANGE;
	memmove(value + dir, value, len + 1);
	memcpy(value, file, dir);
	return 0;
}
