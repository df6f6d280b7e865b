#include "modem/call.h"

#include <string.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/at_line.h"
#include "modem/worker.h"

#define TYPE_INTERNATIONAL 145 /* TS 24.008 10.5.4.7: type of address */

/* ---- the number ------------------------------------------------------------------------------------------------ */

/* Modems under AT+CSCS="UCS2" write numbers as four digits a character, too. */
static void undo_ucs2(char *number)
{
	size_t len = strlen(number), n = 0;
	uint8_t octets[4 * WIRE_NUMBER_MAX];
	int count = len >= 16 && len % 4 == 0 && strncmp(number, "00", 2) == 0 ?
		hl_hex_decode(number, len, octets, sizeof(octets)) : 0;

	for (int i = 0; i < count; i += 2)
		if (octets[i] != 0 || octets[i + 1] < 0x20 || octets[i + 1] > 0x7E)
			return;
	for (int i = 0; i < count; i += 2)
		number[n++] = (char)octets[i + 1];
	if (count)
		number[n] = '\0';
}

void call_number(const char *line, char out[WIRE_NUMBER_MAX + 1])
{
	char number[8 * WIRE_NUMBER_MAX + 2];
	const char *digits = number;
	int type = 0;

	*out = '\0';
	if (!at_field_text(line, 0, number, sizeof(number)))
		return;
	undo_ucs2(number);
	at_field_int(line, 1, &type);
	digits += *digits == '+';
	if (!*digits || strspn(digits, "0123456789") != strlen(digits) || strlen(digits) >= WIRE_NUMBER_MAX)
		return; /* withheld, or a name: nobody to be texted */
	if (type == TYPE_INTERNATIONAL || digits > number)
		*out++ = '+';
	hl_strlcpy(out, WIRE_NUMBER_MAX, digits);
}

/* ---- telling the core ------------------------------------------------------------------------------------------ */

static void offer(struct worker *w, const struct wire_call *call)
{
	const struct wire_link_msg msg = { .type = WIRE_CALL, .u.call = *call };

	uplink_send(w->uplink, &msg);
}

void call_offer_all(struct worker *w)
{
	for (size_t i = 0; i < w->call.count; i++)
		offer(w, &w->call.kept[i]);
}

static void drop(struct call *c, size_t i)
{
	c->count--;
	memmove(&c->kept[i], &c->kept[i + 1], (c->count - i) * sizeof(c->kept[0]));
	explicit_bzero(&c->kept[c->count], sizeof(c->kept[0]));
}

void call_stored(struct worker *w, int64_t ref)
{
	for (size_t i = 0; i < w->call.count; i++)
		if (w->call.kept[i].ref == ref) {
			drop(&w->call, i);
			return;
		}
}

static void keep(struct worker *w)
{
	struct call *c = &w->call;
	struct wire_call *call;

	if (c->count == CALLS_MAX) {
		hl_log(HL_LOG_WARNING, "call", "dropped reason=\"no core took it\"");
		drop(c, 0);
	}
	call = &c->kept[c->count++];
	memset(call, 0, sizeof(*call));
	call->ref = --c->last_ref;
	call->rings = c->rings;
	call->key_len = sizeof(call->key);
	if (getrandom(call->key, sizeof(call->key), 0) != (ssize_t)sizeof(call->key))
		hl_fatal(71, "the kernel gives no random numbers");
	hl_strlcpy(call->imsi, sizeof(call->imsi), w->told.imsi);
	hl_strlcpy(call->from, sizeof(call->from), c->from);
	offer(w, call);
}

/* ---- the modem ------------------------------------------------------------------------------------------------- */

void call_rings(struct worker *w)
{
	if (!w->profile.missed_calls || !state_can_receive(w->state))
		return;
	w->call.rings++;
	worker_set_timer(w->call.timer, CALL_SILENCE_MS);
}

/* With each RING: a missing one does no harm. */
void call_is_from(struct worker *w, const char *line)
{
	if (!w->profile.missed_calls || !state_can_receive(w->state))
		return;
	if (w->call.rings == 0)
		w->call.rings = 1;
	worker_set_timer(w->call.timer, CALL_SILENCE_MS);
	call_number(line, w->call.from);
}

void call_ends(struct worker *w)
{
	struct call *c = &w->call;

	evtimer_del(c->timer);
	if (c->rings == 0)
		return; /* of no call of which we know */
	hl_log(HL_LOG_INFO, "call", "missed rings=%d number=%s", c->rings, c->from[0] ? "known" : "unknown");
	keep(w);
	c->rings = 0;
	explicit_bzero(c->from, sizeof(c->from));
}

void call_stop(struct worker *w)
{
	call_ends(w);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	call_ends(arg);
}

void call_init(struct worker *w)
{
	w->call.timer = evtimer_new(w->base, on_timer, w);
	if (!w->call.timer)
		hl_fatal(71, "cannot make a timer");
}

void call_free(struct worker *w)
{
	event_free(w->call.timer);
	explicit_bzero(&w->call, sizeof(w->call));
}
