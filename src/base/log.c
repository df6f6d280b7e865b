#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *log_program = "hotlined";
static enum hl_log_level log_verbosity = HL_LOG_INFO;

void hl_log_open(const char *program, enum hl_log_level verbosity)
{
	log_program = program;
	log_verbosity = verbosity;
}

/* How many octets here a terminal would obey rather than show, 0 where it shows them: control characters (also those of two octets,
 * U+0080 to U+009F), and what turns the direction of writing or begins a new line (U+200E, U+2028, U+202E, U+2066 and their like). */
static int obeyed(const unsigned char *c, int left)
{
	if (c[0] < 0x20 || c[0] == 0x7f)
		return 1;
	if (left >= 2 && c[0] == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f)
		return 2;
	if (left < 3 || c[0] != 0xe2)
		return 0;
	if (c[1] == 0x80)
		return c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xa8 && c[2] <= 0xae) ? 3 : 0;
	return c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9 ? 3 : 0;
}

/* A line feed inside an event would forge a second event, and whoever reads the log in a terminal must not be deceived by it: a modem
 * and a network say what they like. */
static void make_plain(char *line, int n)
{
	for (int i = 0, octets; i < n; i += octets ? octets : 1) {
		octets = obeyed((const unsigned char *)line + i, n - i);
		memset(line + i, ' ', (size_t)octets);
	}
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
	make_plain(line, n);
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nowhere left to complain to */
}
