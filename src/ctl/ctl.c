#include "ctl/ctl.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int ctl_fail(int code, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("hotlinectl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return code;
}

FILE *ctl_open(const char *path)
{
	struct stat st;
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");

	if (f && f != stdin && fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
		fclose(f);
		f = NULL;
		errno = EISDIR; /* opening one is no error yet, and reading it looks like an empty file */
	}
	if (!f)
		ctl_fail(CTL_FAILED, "cannot read %s: %s", path, strerror(errno));
	return f;
}

void ctl_print_json(json_t *answer)
{
	json_object_del(answer, "ok");
	json_dumpf(answer, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(answer);
}

bool ctl_printed_json(const struct ctl *ctl, json_t *answer)
{
	if (ctl->json)
		ctl_print_json(answer);
	return ctl->json;
}

const char *ctl_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

int64_t ctl_int(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

bool ctl_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}
