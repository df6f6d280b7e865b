/* Requests about the other side: phones, delivery reports, events, measurements, load. */
#include <string.h>

#include "base/mem.h"
#include "simmodem/load.h"
#include "simmodem/now.h"
#include "simmodem/ops.h"

struct phone_request {
	int64_t limit;
	char number[24];
	bool clear;
};

static const struct wire_field phone_fields[] = {
	WIRE_F_INT(struct phone_request, limit, false, 1, PHONES_TEXTS_MAX),
	WIRE_F_STR(struct phone_request, number, false),
	WIRE_F_BOOL(struct phone_request, clear),
	WIRE_F_END
};

static int run_phone(struct op_call *call)
{
	struct phone_request r = { .limit = 100 };
	int err = op_fields(call, phone_fields, &r);

	if (err)
		return err;
	json_object_set_new(call->reply, "texts",
		phones_inbox(&call->sim->phones, r.number[0] ? r.number : NULL, (size_t)r.limit));
	if (r.clear)
		phones_forget_texts(&call->sim->phones);
	return 0;
}

struct reports_request {
	int64_t late_ms, status;
	char mode[16];
};

static const struct wire_field reports_fields[] = {
	WIRE_F_INT(struct reports_request, late_ms, false, 0, 86400000),
	WIRE_F_INT(struct reports_request, status, false, 0, 255),
	WIRE_F_STR(struct reports_request, mode, false),
	WIRE_F_END
};

static int run_reports(struct op_call *call)
{
	static const char *const modes[] = { "normal", "never", "duplicate" };
	struct reports_request r = { .mode = "normal" };
	int err = op_fields(call, reports_fields, &r);

	if (err)
		return err;
	for (int i = 0; i < 3; i++)
		if (strcmp(modes[i], r.mode) == 0) {
			call->sim->reports = (struct report_policy){ (enum report_mode)i, r.late_ms, (int)r.status };
			return 0;
		}
	return hl_fail(&call->why, HL_EINVAL, "field mode: normal, never or duplicate");
}

static int run_watch(struct op_call *call)
{
	const json_t *events = json_object_get(call->request, "events"), *v;
	unsigned kinds = events ? 0 : WATCH_DEFAULT, kind;
	size_t i;

	json_array_foreach(events, i, v) {
		if (!json_is_string(v) || !(kind = watch_kind_named(json_string_value(v))))
			return hl_fail(&call->why, HL_EINVAL, "field events: no such kind of event");
		kinds |= kind;
	}
	if (watch_add(&call->sim->watch, call->conn, kinds))
		return hl_fail(&call->why, HL_EFULL, "at most %d connections may watch", WATCH_CONNS_MAX);
	return 0;
}

/* ---- measurements ------------------------------------------------------------------------------------------------ */

static json_t *latency_json(const struct histogram *h)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "count", (json_int_t)h->count, "p50", (json_int_t)histogram_percentile(h, 50),
		"p99", (json_int_t)histogram_percentile(h, 99), "max", (json_int_t)h->max);
}

static double rate(uint64_t count, int64_t from_ns, int64_t to_ns)
{
	return count && to_ns > from_ns ? (double)count * 1e9 / (double)(to_ns - from_ns) : 0;
}

static json_t *modem_json(const struct modem *m)
{
	const struct counters *c = &m->count;

	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:i}", "commands", (json_int_t)c->commands,
		"stored", (json_int_t)c->stored, "deleted", (json_int_t)c->deleted, "direct", (json_int_t)c->direct, "submitted",
		(json_int_t)c->submitted, "refused", (json_int_t)c->refused, "reports", (json_int_t)c->reports, "lost_urcs",
		(json_int_t)c->lost_urcs, "dropped_octets", (json_int_t)m->pty.dropped, "waiting", (json_int_t)m->waiting.count,
		"used", m->sm.used);
}

static json_t *tracks_json(const struct meter *m)
{
	json_t *tracks = json_array();

	for (int i = 0; i < m->tracks; i++) {
		json_t *row = latency_json(&m->track[i].latency_us);
		json_object_set_new(row, "number", json_string(m->track[i].number));
		json_object_set_new(row, "unanswered", json_integer((json_int_t)m->track[i].count));
		json_array_append_new(tracks, row);
	}
	return tracks;
}

static int run_stats(struct op_call *call)
{
	struct meter *m = &call->sim->meter;
	json_t *modems = json_array(), *r = call->reply;

	for (int i = 0; i < call->sim->count; i++)
		json_array_append_new(modems, modem_json(&call->sim->modem[i]));
	json_object_set_new(r, "ns", json_integer(now_ns()));
	json_object_set_new(r, "stored", json_integer((json_int_t)m->stored));
	json_object_set_new(r, "deleted", json_integer((json_int_t)m->deleted));
	json_object_set_new(r, "submitted", json_integer((json_int_t)m->submitted));
	json_object_set_new(r, "deleted_per_s", json_real(rate(m->deleted, m->first_stored_ns, m->last_deleted_ns)));
	json_object_set_new(r, "submitted_per_s", json_real(rate(m->submitted, m->first_submitted_ns, m->last_submitted_ns)));
	json_object_set_new(r, "first_stored_ns", json_integer(m->first_stored_ns));
	json_object_set_new(r, "last_deleted_ns", json_integer(m->last_deleted_ns));
	json_object_set_new(r, "stored_to_deleted_us", latency_json(&m->delete_us));
	json_object_set_new(r, "arrival_to_text_us", tracks_json(m));
	json_object_set_new(r, "phone_texts", json_integer((json_int_t)call->sim->phones.received));
	json_object_set_new(r, "phone_parts", json_integer((json_int_t)call->sim->phones.parts));
	json_object_set_new(r, "load", load_json(call->sim));
	json_object_set_new(r, "modems", modems);
	if (json_is_true(json_object_get(call->request, "reset")))
		meter_reset(m);
	return 0;
}

static int run_track(struct op_call *call)
{
	struct phone_request r = { .limit = 1 };
	int err = op_fields(call, phone_fields, &r);

	return err ? err : meter_track_number(&call->sim->meter, r.number);
}

/* ---- load -------------------------------------------------------------------------------------------------------- */

struct load_request {
	int64_t count, first;
	int64_t modems[SIM_MODEMS_MAX]; size_t modems_count;
	char from_base[20], text[4 * LOAD_TEXT_MAX + 1];
};

static const struct wire_field load_fields[] = {
	WIRE_F_INT(struct load_request, count, true, 1, LOAD_COUNT_MAX),
	WIRE_F_INT(struct load_request, first, false, 0, 9999999),
	WIRE_F_INTS(struct load_request, modems, false, 0, SIM_MODEMS_MAX),
	WIRE_F_STR(struct load_request, from_base, false),
	WIRE_F_STR(struct load_request, text, false),
	WIRE_F_END
};

static int choose_modems(struct op_call *call, const struct load_request *r, int *modems, int *count)
{
	struct modem *m;
	int err = 0;

	*count = r->modems_count ? (int)r->modems_count : call->sim->count;
	for (int i = 0; i < *count && !err; i++) {
		modems[i] = r->modems_count ? (int)r->modems[i] : i;
		err = op_modem(call, modems[i], &m);
	}
	return err;
}

static int run_load(struct op_call *call)
{
	struct load_request r = { .from_base = "+9760000", .text = "Load test message {n}" };
	const json_t *distinct = json_object_get(call->request, "distinct");
	int modems[SIM_MODEMS_MAX], count, err = op_fields(call, load_fields, &r);
	struct load_options o;

	if (err || (err = choose_modems(call, &r, modems, &count)))
		return err;
	o = (struct load_options){ .count = r.count, .rate = json_number_value(json_object_get(call->request, "rate")),
		.distinct = !json_is_false(distinct), .first = r.first, .text = r.text, .modems = modems, .modem_count = count };
	hl_strlcpy(o.from_base, sizeof(o.from_base), r.from_base);
	return load_start(call->sim, &o, &call->why);
}

static int run_load_stop(struct op_call *call)
{
	json_object_set_new(call->reply, "load", load_json(call->sim));
	load_stop(call->sim);
	return 0;
}

const struct op_row ops_network[] = {
	{ "phone", run_phone, "[number limit clear]: what the phone received, or all phones" },
	{ "reports", run_reports, "mode normal|never|duplicate [late_ms status]: how delivery reports behave" },
	{ "watch", run_watch, "[events]: events from now on, all but \"command\" where none is named" },
	{ "stats", run_stats, "[reset]: counters, rates, latencies in microseconds" },
	{ "track", run_track, "number: measure from each arrival to the next text for that number" },
	{ "load", run_load, "count [rate modems from_base first distinct text]: the load generator" },
	{ "load_stop", run_load_stop, "ends the load" },
	{ NULL, NULL, NULL },
};
