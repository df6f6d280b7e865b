#include "ctl/marked.h"

#include <stdlib.h>
#include <string.h>

#include "ctl/text.h"

#define INDENT "   "

static int by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Sorts, cuts at len and joins what overlaps; returns how many are left. */
static size_t join(struct span *spans, size_t count, size_t len)
{
	size_t n = 0;

	qsort(spans, count, sizeof(*spans), by_start);
	for (size_t i = 0; i < count; i++) {
		struct span s = spans[i];
		s.end = s.end < len ? s.end : len;
		if (s.start >= s.end)
			continue;
		if (n > 0 && s.start <= spans[n - 1].end)
			spans[n - 1].end = s.end > spans[n - 1].end ? s.end : spans[n - 1].end;
		else
			spans[n++] = s;
	}
	return n;
}

/* Prints octets; a line feed begins a new line with its indent. */
static void print_piece(FILE *out, const char *text, size_t len)
{
	while (len > 0) {
		const char *lf = memchr(text, '\n', len);
		size_t n = lf ? (size_t)(lf - text) : len;
		char *safe = text_safe(text, n);
		fputs(safe, out);
		free(safe);
		if (!lf)
			return;
		fputs("\n" INDENT, out);
		text += n + 1;
		len -= n + 1;
	}
}

void marked_print(FILE *out, const char *text, size_t len, struct span *spans, size_t count, bool colours)
{
	size_t at = 0;

	count = join(spans, count, len);
	fputs(INDENT, out);
	for (size_t i = 0; i < count; i++) {
		print_piece(out, text + at, spans[i].start - at);
		fputs(colours ? "\033[1;4m" : "[", out);
		print_piece(out, text + spans[i].start, spans[i].end - spans[i].start);
		fputs(colours ? "\033[0m" : "]", out);
		at = spans[i].end;
	}
	print_piece(out, text + at, len - at);
	fputc('\n', out);
}
