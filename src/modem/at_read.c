/* What the modem says: which line is an answer, whose PDU a line of digits is, and what nobody waits for. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "modem/at_inside.h"

#define AT_CTRL_Z "\x1A"
#define AT_LINES_MAX 4096 /* of one response: more than any memory holds; a modem that never ends is taken for silent */

static void give_info(struct at *at, const char *line, const char *pdu)
{
	const struct at_command *c = at->queue;

	if (++at->lines > AT_LINES_MAX) {
		at_finish(at, (struct at_reply){ .result = AT_TIMEOUT });
		return;
	}
	timer_set(at->timer, c->info_ms ? c->info_ms : c->timeout_ms);
	at_note_answer(at);
	if (c->info)
		c->info(c->arg, line, pdu);
}

/* The header's PDU came, or (NULL) will not come any more. False if the command was ended over it. */
static bool close_header(struct at *at, const char *pdu)
{
	unsigned started = at->started;

	if (!at->header_open)
		return true;
	at->header_open = false;
	if (at->wait == WAIT_COMMAND)
		at->wait = WAIT_NONE;
	give_info(at, at->header, pdu ? pdu : at->instead);
	return at->running && at->started == started;
}

static void on_info(struct at *at, const char *line)
{
	if (at->queue[0].expect.shape != AT_SHAPE_PDU) {
		give_info(at, line, NULL);
		return;
	}
	if (!close_header(at, NULL))
		return;
	at->instead[0] = '\0';
	hl_strlcpy(at->header, sizeof(at->header), line);
	at->header_open = true;
	at->wait = WAIT_COMMAND;
}

static void on_final(struct at *at, enum at_kind kind, int code)
{
	struct at_reply reply = { .result = kind == AT_KIND_OK ? AT_OK : AT_ERROR, .error = kind, .code = code };

	if (!at->running)
		return; /* a late reply of a command given up: at_settle() is what keeps it from the next one */
	if (at->want_prompt && kind == AT_KIND_OK)
		return; /* before its data no command is done: a late reply, and the prompt may still come */
	if (!close_header(at, NULL))
		return;
	at_note_answer(at);
	at_finish(at, reply);
}

/* Digits after a URC with a PDU are that PDU. For a command's they must have the length that the header told:
 * between the two anything can come. What does not fit is kept, in case nothing better comes: a broken message
 * looks so. */
static bool take_pdu(struct at *at, enum at_kind kind, const char *line)
{
	const char *pdu;

	if (at->wait == WAIT_URC && kind == AT_KIND_HEX) {
		at->wait = at->header_open ? WAIT_COMMAND : WAIT_NONE;
		at->ops->urc(at->arg, at->urc_header, line);
		return true;
	}
	if (at->wait != WAIT_COMMAND)
		return false;
	if ((pdu = at_find_pdu(at->header, line))) {
		close_header(at, pdu);
		return true;
	}
	if (!strchr("+^*#%&$!", line[0]))
		hl_strlcpy(at->instead, sizeof(at->instead), line);
	return false;
}

static bool on_line(void *arg, const char *line)
{
	static const struct at_expect nothing = { .active = false };
	struct at *at = arg;
	enum at_kind kind;
	int code;

	if (at->ops->noise && at->ops->noise(at->arg, line))
		return true;
	kind = at_classify(at->running ? &at->queue[0].expect : &nothing, line, &code);

	switch (kind) {
	case AT_KIND_OK:
	case AT_KIND_ERROR:
	case AT_KIND_CME:
	case AT_KIND_CMS:
		on_final(at, kind, code);
		break;
	case AT_KIND_INFO:
		if (!at->want_prompt) /* before its data there is nothing to tell: a late line of another text's */
			on_info(at, line);
		break;
	case AT_KIND_URC_PDU:
		hl_strlcpy(at->urc_header, sizeof(at->urc_header), line);
		at->wait = WAIT_URC;
		break;
	case AT_KIND_HEX:
	case AT_KIND_URC:
	case AT_KIND_NOISE:
		if (!take_pdu(at, kind, line) && kind == AT_KIND_URC)
			at->ops->urc(at->arg, line, NULL);
		break;
	}
	return at->fd >= 0;
}

/* A prompt that nobody waits for comes late, of a command given up. The modem takes whatever it hears next for a text: it must
 * be got out of that before it hears a command. */
static bool on_prompt(void *arg)
{
	struct at *at = arg;

	if (!at->running || !at->want_prompt) {
		at_put(at, AT_ESCAPE);
		at_flush(at);
		return true;
	}
	at->want_prompt = false;
	at->data_given = true;
	at_put(at, at->queue[0].data);
	at_put(at, AT_CTRL_Z);
	at_flush(at);
	timer_set(at->timer, at->queue[0].timeout_ms);
	if (at->queue[0].probe_ms)
		timer_set(at->probe_timer, at->queue[0].probe_ms);
	return true;
}

void at_on_readable(evutil_socket_t fd, short what, void *arg)
{
	static const struct at_reader_ops ops = { on_line, on_prompt };
	struct at *at = arg;
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	(void)what;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		at_lose(at, n ? strerror(errno) : "end of file");
		return;
	}
	at->settle.heard = true;
	at->heard_ms = hl_boot_ms(&hl_clock_system);
	at_reader_feed(&at->reader, bytes, (size_t)n, &ops, at);
}
