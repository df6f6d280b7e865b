#include "text/csv.h"

#include <string.h>

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Of these the one that is most often in the first line, outside quotes. */
static char find_separator(const char *text, size_t len)
{
	static const char separators[] = ",;\t";
	size_t count[3] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len && (quoted || !is_end(text[i])); i++) {
		const char *s = text[i] ? strchr(separators, text[i]) : NULL;
		if (text[i] == '"')
			quoted = !quoted;
		else if (s && !quoted)
			count[s - separators]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return separators[best];
}

/* Past the end of a line, whichever it is. */
static void skip_end(struct csv *c)
{
	bool carriage = c->at < c->len && c->text[c->at] == '\r';

	c->at += carriage;
	if (c->at < c->len && c->text[c->at] == '\n')
		c->at++;
	else if (!carriage)
		return;
	c->next_line++;
}

void csv_begin(struct csv *c, char *text, size_t len)
{
	*c = (struct csv){ .text = text, .len = len, .line = 1, .next_line = 1 };
	if (len >= 5 && memcmp(text, "sep=", 4) == 0 && (len == 5 || is_end(text[5]))) {
		c->separator = text[4];
		c->at = 5;
		skip_end(c);
	} else {
		c->separator = find_separator(text, len);
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct csv *c)
{
	while (c->at < c->len && is_blank(c->text[c->at]) && c->text[c->at] != c->separator)
		c->at++;
}

/* Up to what ends a field: a separator, an end of line, the end. */
static bool at_field_end(const struct csv *c)
{
	return c->at >= c->len || is_end(c->text[c->at]) || c->text[c->at] == c->separator;
}

/* Returns where the field is, NULL where its quotes are wrong. Its NUL is set by the caller, once it has seen what stands there. */
static char *read_quoted(struct csv *c, char **end)
{
	char *field = c->text + ++c->at, *to = field;

	for (; c->at < c->len; c->at++) {
		char ch = c->text[c->at];
		if (ch == '"' && c->at + 1 < c->len && c->text[c->at + 1] == '"')
			c->at++;
		else if (ch == '"')
			break;
		if (ch == '\n' || (ch == '\r' && (c->at + 1 >= c->len || c->text[c->at + 1] != '\n')))
			c->next_line++;
		*to++ = ch;
	}
	if (c->at >= c->len) {
		c->why = "a quote (\") is opened here and never closed";
		return NULL;
	}
	c->at++;
	skip_blanks(c);
	*end = to;
	if (at_field_end(c))
		return field;
	c->why = "something stands between a closing quote (\") and the next separator";
	return NULL;
}

static char *read_plain(struct csv *c, char **end)
{
	char *field = c->text + c->at, *to;

	while (!at_field_end(c))
		c->at++;
	for (to = c->text + c->at; to > field && is_blank(to[-1]); to--)
		;
	*end = to;
	return field;
}

/* One row, whatever it holds. */
static int read_row(struct csv *c, char *fields[CSV_FIELDS_MAX])
{
	int n = 0;
	char *end = NULL, stop;

	do {
		if (n == CSV_FIELDS_MAX) {
			c->why = "more columns than any list of contacts has";
			return -1;
		}
		skip_blanks(c);
		fields[n] = c->at < c->len && c->text[c->at] == '"' ? read_quoted(c, &end) : read_plain(c, &end);
		if (!fields[n++])
			return -1;
		stop = c->at < c->len ? c->text[c->at] : '\0';
		if (stop == c->separator && c->at < c->len)
			c->at++;
		else
			skip_end(c);
		*end = '\0';
	} while (stop == c->separator && stop);
	return n;
}

int csv_read(struct csv *c, char *fields[CSV_FIELDS_MAX])
{
	int n;

	while (c->at < c->len) {
		bool blank = true;
		c->line = c->next_line;
		n = read_row(c, fields);
		if (n < 0)
			return n;
		for (int i = 0; i < n; i++)
			blank = blank && !*fields[i];
		if (!blank)
			return n;
	}
	return 0;
}

/* ---- writing ----------------------------------------------------------------------------------------------------------- */

void csv_write(FILE *out, const char *text, bool first)
{
	const char *start = text + strspn(text, " ");
	bool formula = *start && strchr("=+-@\t\r|", *start) != NULL;

	if (!first)
		putc(',', out);
	if (!formula && !strpbrk(text, ",;\"\r\n\t'")) {
		fputs(text, out);
		return;
	}
	putc('"', out);
	if (formula)
		putc('\'', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	putc('"', out);
}

void csv_write_end(FILE *out)
{
	fputs("\r\n", out);
}
