#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

static const char *const error_texts[] = {
	"no error",
	"malformed input",
	"out of range",
	"not found",
	"exists already",
	"full",
	"input/output error",
	"not authorised",
	"not possible in this state",
	"busy",
	"other version",
	"corrupt",
	"timed out",
	"not supported",
};

const char *hl_strerror(int err)
{
	if (err > 0 || err < HL_ERROR_LAST)
		return "unknown error";
	return error_texts[-err];
}

int hl_fail(struct hl_reason *reason, int err, const char *fmt, ...)
{
	if (reason) {
		va_list ap;
		va_start(ap, fmt);
		vsnprintf(reason->text, sizeof(reason->text), fmt, ap);
		va_end(ap);
	}
	return err;
}

void hl_fatal(int sysexit, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	hl_log(HL_LOG_ERR, "fatal", "%s", text);
	exit(sysexit);
}
