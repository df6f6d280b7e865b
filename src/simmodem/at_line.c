#include "simmodem/at_line.h"

#include <ctype.h>
#include <string.h>

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("!%-./:_", c));
}

static void skip_between(const char **p)
{
	while (**p == ' ' || **p == ';')
		++*p;
}

/* The end of an extended command: a semicolon outside quotes, or the end of the line. */
static const char *extended_end(const char *p)
{
	bool quoted = false;

	for (; *p && (quoted || *p != ';'); p++)
		quoted ^= *p == '"';
	return p;
}

static int take_extended(const char **rest, struct at_command *cmd)
{
	const char *p = *rest, *end;
	size_t n = 0;

	do {
		if (n >= AT_NAME_MAX)
			return HL_EINVAL;
		cmd->name[n++] = (char)toupper((unsigned char)*p++);
	} while (is_name_char(*p));
	cmd->name[n] = '\0';
	while (*p == ' ')
		p++;
	end = extended_end(p);
	cmd->form = *p == '?' ? AT_READ : p[0] == '=' && p[1] == '?' ? AT_TEST : *p == '=' ? AT_SET : AT_EXEC;
	cmd->args = *p == '=' ? p + 1 : p;
	cmd->args_len = cmd->form == AT_SET ? (size_t)(end - cmd->args) : 0;
	if ((cmd->form == AT_EXEC && p != end) || (cmd->form == AT_READ && p + 1 != end) ||
	    (cmd->form == AT_TEST && p + 2 != end))
		return HL_EINVAL;
	*rest = end;
	return 1;
}

static int take_dial(const char **rest, struct at_command *cmd)
{
	cmd->name[0] = 'D';
	cmd->args = *rest + 1;
	cmd->args_len = strlen(cmd->args);
	*rest += 1 + cmd->args_len;
	return 1;
}

/* S<n>=<v> and S<n>?, else letter and number; `&` goes before a letter. */
static int take_basic(const char **rest, struct at_command *cmd)
{
	const char *p = *rest;
	size_t n = 0;

	if (*p == '&')
		cmd->name[n++] = *p++;
	if (!isalpha((unsigned char)*p))
		return HL_EINVAL;
	cmd->name[n++] = (char)toupper((unsigned char)*p++);
	if (cmd->name[0] == 'S') {
		while (isdigit((unsigned char)*p) && n < 5)
			cmd->name[n++] = *p++;
		cmd->form = *p == '?' ? AT_READ : *p == '=' ? AT_SET : AT_EXEC;
		p += *p == '?' || *p == '=';
	}
	cmd->name[n] = '\0';
	cmd->args = p;
	while (isdigit((unsigned char)*p))
		p++;
	cmd->args_len = (size_t)(p - cmd->args);
	*rest = p;
	return 1;
}

int at_line_next(const char **rest, struct at_command *cmd)
{
	memset(cmd, 0, sizeof(*cmd));
	skip_between(rest);
	switch (**rest) {
	case '\0':
		return 0;
	case '+': case '^': case '*': case '%': case '#': case '$': case '_':
		return take_extended(rest, cmd);
	case 'D': case 'd':
		return take_dial(rest, cmd);
	default:
		return take_basic(rest, cmd);
	}
}

int at_values_split(const struct at_command *cmd, struct at_value *values, size_t max)
{
	const char *p = cmd->args, *end = p + cmd->args_len;
	size_t count = 0;

	if (cmd->args_len == 0)
		return 0;
	for (;; p++) {
		struct at_value *v = &values[count++];
		if (count > max)
			return HL_EINVAL;
		while (p < end && *p == ' ')
			p++;
		v->quoted = p < end && *p == '"';
		v->text = p += v->quoted;
		while (p < end && *p != (v->quoted ? '"' : ','))
			p++;
		v->len = (size_t)(p - v->text);
		if (v->quoted && p++ == end)
			return HL_EINVAL;
		while (p < end && *p == ' ')
			p++;
		if (p == end)
			return (int)count;
		if (*p != ',')
			return HL_EINVAL;
	}
}

int at_value_int(const struct at_value *v, int fallback, int min, int max, int *out)
{
	int n = 0;

	*out = fallback;
	if (v->len == 0)
		return v->quoted ? HL_EINVAL : 0;
	for (size_t i = 0; i < v->len; i++) {
		if (!isdigit((unsigned char)v->text[i]) || n > max)
			return HL_EINVAL;
		n = n * 10 + (v->text[i] - '0');
	}
	if (n < min || n > max)
		return HL_EINVAL;
	*out = n;
	return 0;
}

int at_value_text(const struct at_value *v, char *out, size_t size)
{
	if (v->len >= size)
		return HL_ERANGE;
	memcpy(out, v->text, v->len);
	out[v->len] = '\0';
	return 0;
}
