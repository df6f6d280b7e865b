#include <config.h>

#include "ctl/wrap.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/mem.h"
#include "ctl/text.h"

#define WIDTH_MIN 20 /* less is no terminal that anybody reads */
#define WIDTH_MAX 1000
#define COLOUR_OFF "\033[0m"
#define STREAMS_MAX 2 /* standard output and standard error */

struct wrap {
	FILE *to, *stream;
	size_t width;
	size_t column;   /* where the line stands that is not ended yet */
	char colour[16]; /* what switched the colour on that it has there, or "" */
};

static struct wrap streams[STREAMS_MAX];

size_t wrap_terminal(int fd)
{
	const char *columns = getenv("COLUMNS");
	long wanted = columns ? strtol(columns, NULL, 10) : 0;
	struct winsize size;

	if (wanted <= 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
		wanted = size.ws_col;
	return wanted >= WIDTH_MIN && wanted <= WIDTH_MAX ? (size_t)wanted : 0;
}

/* Where a broken line goes on: below the second of two columns ("  queue     Cases that ..."), behind a mark ("! The roster
 * ..."), else below its first word. */
static size_t find_hang(const char *line, size_t len, size_t width)
{
	size_t first = 0, hang, column = 0;

	while (first < len && line[first] == ' ')
		first++;
	hang = first + 1 < len && ispunct((unsigned char)line[first]) && line[first + 1] == ' ' ? first + 2 : first;
	for (size_t at = first; at < len;) {
		size_t word = 0, gap = 0;
		while (at + word < len && line[at + word] != ' ')
			word++;
		while (at + word + gap < len && line[at + word + gap] == ' ')
			gap++;
		column = text_shown(line, at + word + gap);
		if (column > width / 2)
			break;
		if (gap > 1)
			hang = column;
		at += word + gap;
	}
	return hang;
}

/* Which colour is on behind this word. */
static void note_colour(struct wrap *w, const char *word, size_t len)
{
	for (size_t at = 0; at < len; at++) {
		size_t n = text_colour(word + at, len - at);
		if (n > 0 && n < sizeof(w->colour)) {
			memcpy(w->colour, word + at, n);
			w->colour[n] = '\0';
			if (strcmp(w->colour, COLOUR_OFF) == 0)
				w->colour[0] = '\0';
		}
	}
}

/* The line goes on below, and what is marked stays so, but not the blanks in front of it. */
static void put_break(struct wrap *w, size_t hang)
{
	fprintf(w->to, "%s\n%*s%s", w->colour[0] ? COLOUR_OFF : "", (int)hang, "", w->colour);
	w->column = hang;
}

/* One line, or the piece of one, without its line feed. */
static void put_piece(struct wrap *w, const char *line, size_t len)
{
	size_t hang = find_hang(line, len, w->width);

	for (size_t at = 0; at < len;) {
		size_t gap = 0, word = 0, shown;
		while (at + gap < len && line[at + gap] == ' ')
			gap++;
		while (at + gap + word < len && line[at + gap + word] != ' ')
			word++;
		shown = text_shown(line + at + gap, word);
		if (word && w->column > hang && w->column + gap + shown > w->width) {
			put_break(w, hang);
		} else {
			fprintf(w->to, "%*s", (int)gap, "");
			w->column += gap;
		}
		fwrite(line + at + gap, 1, word, w->to);
		w->column += shown;
		note_colour(w, line + at + gap, word);
		at += gap + word;
	}
}

static ssize_t on_write(void *arg, const char *text, size_t len)
{
	struct wrap *w = arg;

	for (size_t at = 0; at < len;) {
		const char *lf = memchr(text + at, '\n', len - at);
		size_t n = lf ? (size_t)(lf - text) - at : len - at;
		put_piece(w, text + at, n);
		if (lf) {
			fputc('\n', w->to);
			w->column = 0;
		}
		at += n + (lf ? 1 : 0);
	}
	return fflush(w->to) || ferror(w->to) ? 0 : (ssize_t)len;
}

FILE *wrap_new(FILE *to, size_t width)
{
	static const cookie_io_functions_t functions = { .write = on_write };
	size_t i = 0;

	while (i < STREAMS_MAX && streams[i].stream)
		i++;
	if (i == STREAMS_MAX)
		return to;
	streams[i] = (struct wrap){ .to = to, .width = width };
	streams[i].stream = fopencookie(&streams[i], "w", functions);
	if (!streams[i].stream)
		return to;
	setvbuf(streams[i].stream, NULL, _IOLBF, BUFSIZ);
	return streams[i].stream;
}

size_t wrap_width(const FILE *stream)
{
	for (size_t i = 0; i < STREAMS_MAX; i++)
		if (streams[i].stream && streams[i].stream == stream)
			return streams[i].width;
	return 0;
}
