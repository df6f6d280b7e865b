#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *log_program = "hotlined";
static enum hl_log_level log_verbosity = HL_LOG_INFO;

void hl_log_open(const char *program, enum hl_log_level verbosity)
{
	log_program = program;
	log_verbosity = verbosity;
}

void hl_log(enum hl_log_level level, const char *subsystem, const char *fmt, ...)
{
	char line[1024];
	int n = 0, m;
	va_list ap;

	if (level > log_verbosity)
		return;
	if (getenv("JOURNAL_STREAM"))
		n = snprintf(line, sizeof(line), "<%d>%s ", (int)level, subsystem);
	else
		n = snprintf(line, sizeof(line), "%s: %s ", log_program, subsystem);
	va_start(ap, fmt);
	m = vsnprintf(line + n, sizeof(line) - (size_t)n - 1, fmt, ap);
	va_end(ap);
	n += m;
	if (n > (int)sizeof(line) - 2)
		n = (int)sizeof(line) - 2;
	/* A line feed inside an event would forge a second event. */
	for (int i = 0; i < n; i++)
		if ((unsigned char)line[i] < 0x20)
			line[i] = ' ';
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nowhere left to complain to */
}
