#include "simmodem/watch.h"

#include <stdlib.h>
#include <string.h>

#include "simmodem/modem.h"
#include "simmodem/now.h"
#include "simmodem/sim.h"
#include "wire/conn.h"

static const char *const names[WATCH_KINDS] = {
	[WATCH_PHONE] = "phone",
	[WATCH_SUBMIT] = "submit",
	[WATCH_STORED] = "stored",
	[WATCH_DELETED] = "deleted",
	[WATCH_DIRECT] = "direct",
	[WATCH_REPORT] = "report",
	[WATCH_LINE] = "line",
	[WATCH_CALL] = "call",
	[WATCH_LOAD] = "load",
	[WATCH_COMMAND] = "command",
};

unsigned watch_kind_named(const char *name)
{
	for (int i = 0; i < WATCH_KINDS; i++)
		if (strcmp(names[i], name) == 0)
			return 1u << i;
	return 0;
}

static void sum_up(struct watch *w)
{
	w->wanted = 0;
	for (int i = 0; i < w->count; i++)
		w->wanted |= w->row[i].kinds;
}

int watch_add(struct watch *w, struct wire_conn *conn, unsigned kinds)
{
	int i = 0;

	while (i < w->count && w->row[i].conn != conn)
		i++;
	if (i == WATCH_CONNS_MAX)
		return -1;
	if (i == w->count)
		w->count++;
	w->row[i].conn = conn;
	w->row[i].kinds = kinds;
	sum_up(w);
	return 0;
}

void watch_remove(struct watch *w, const struct wire_conn *conn)
{
	for (int i = 0; i < w->count; i++)
		if (w->row[i].conn == conn) {
			w->row[i] = w->row[--w->count];
			break;
		}
	sum_up(w);
}

bool watch_wanted(const struct sim *sim, enum watch_kind kind)
{
	return sim->watch.wanted & 1u << kind;
}

void watch_tell(struct sim *sim, enum watch_kind kind, const struct modem *m, json_t *event)
{
	char *line;

	json_object_set_new(event, "event", json_string(names[kind]));
	if (m)
		json_object_set_new(event, "modem", json_integer(m->index));
	json_object_set_new(event, "ns", json_integer(now_ns()));
	line = json_dumps(event, JSON_COMPACT);
	for (int i = 0; line && i < sim->watch.count; i++)
		if (sim->watch.row[i].kinds & 1u << kind)
			wire_conn_send(sim->watch.row[i].conn, line);
	free(line);
	json_decref(event);
}

void watch_command(struct modem *m, const char *line)
{
	if (watch_wanted(m->sim, WATCH_COMMAND))
		watch_tell(m->sim, WATCH_COMMAND, m, json_pack("{s:s%}", "line", line, strlen(line)));
}

void watch_reply(struct modem *m, const char *final)
{
	if (watch_wanted(m->sim, WATCH_COMMAND))
		watch_tell(m->sim, WATCH_COMMAND, m, json_pack("{s:s}", "reply", final));
}
