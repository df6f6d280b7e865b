/* Requests that change a modem: its faults, its line, its memories, its settings. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/call.h"
#include "simmodem/inject.h"
#include "simmodem/network.h"
#include "simmodem/now.h"
#include "simmodem/ops.h"

struct fault_request {
	int64_t modem, times, ms, code;
	char name[16], prefix[32], to[32], text[FAULT_TEXT_MAX + 1], where[8];
};

static const struct wire_field fault_fields[] = {
	WIRE_F_INT(struct fault_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct fault_request, times, false, -1, 1000000000),
	WIRE_F_INT(struct fault_request, ms, false, 0, 86400000),
	WIRE_F_INT(struct fault_request, code, false, 0, 4095),
	WIRE_F_STR(struct fault_request, name, true),
	WIRE_F_STR(struct fault_request, prefix, false),
	WIRE_F_STR(struct fault_request, to, false),
	WIRE_F_STR(struct fault_request, text, false),
	WIRE_F_STR(struct fault_request, where, false),
	WIRE_F_END
};

static int run_fault(struct op_call *call)
{
	struct fault_request r = { .times = 1, .where = "final" };
	int kind, err = op_fields(call, fault_fields, &r);
	struct modem *m;
	struct fault *f;

	if (err || (err = op_modem(call, r.modem, &m)))
		return err;
	if ((kind = fault_kind_named(r.name)) < 0)
		return hl_fail(&call->why, HL_EINVAL, "field name: no such fault");
	f = &m->faults.row[kind];
	memset(f, 0, sizeof(*f));
	f->times = r.times;
	f->ms = r.ms;
	f->code = (int)r.code;
	f->until_ns = kind == FAULT_HANG && r.ms ? now_ns() + r.ms * NS_PER_MS : 0;
	hl_strlcpy(f->prefix, sizeof(f->prefix), r.prefix);
	hl_strlcpy(f->to, sizeof(f->to), r.to);
	hl_strlcpy(f->text, sizeof(f->text), r.text[0] ? r.text : "+CREG: 1");
	hl_strlcpy(f->where, sizeof(f->where), r.where);
	network_pump(m); /* "full" may be over */
	return 0;
}

static int run_no_faults(struct op_call *call)
{
	int64_t index = json_integer_value(json_object_get(call->request, "modem"));
	struct modem *m;
	int err = op_modem(call, index, &m);

	if (err)
		return err;
	memset(&m->faults, 0, sizeof(m->faults));
	network_pump(m);
	return 0;
}

struct power_request {
	int64_t modem, ms;
	char says[64];
};

static const struct wire_field power_fields[] = {
	WIRE_F_INT(struct power_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct power_request, ms, false, 0, 86400000),
	WIRE_F_STR(struct power_request, says, false),
	WIRE_F_END
};

static int power_request(struct op_call *call, struct power_request *r, struct modem **m)
{
	int err = op_fields(call, power_fields, r);

	return err ? err : op_modem(call, r->modem, m);
}

static int run_unplug(struct op_call *call)
{
	struct power_request r = { 0 };
	struct modem *m;
	int err = power_request(call, &r, &m);

	if (!err)
		modem_unplug(m, r.ms);
	return err;
}

static int run_plug(struct op_call *call)
{
	struct power_request r = { 0 };
	struct modem *m;
	int err = power_request(call, &r, &m);

	return err ? err : modem_plug(m, &call->why);
}

static int run_reset(struct op_call *call)
{
	struct power_request r = { 0 };
	struct modem *m;
	int err = power_request(call, &r, &m);

	if (!err)
		modem_reset(m, r.says);
	return err;
}

struct storage_request {
	int64_t modem, capacity, fill, base;
	char mem[3];
	bool clear;
};

static const struct wire_field storage_fields[] = {
	WIRE_F_INT(struct storage_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct storage_request, capacity, false, 0, SLOTS_MAX),
	WIRE_F_INT(struct storage_request, fill, false, 0, SLOTS_MAX),
	WIRE_F_INT(struct storage_request, base, false, 0, 1),
	WIRE_F_STR(struct storage_request, mem, false),
	WIRE_F_BOOL(struct storage_request, clear),
	WIRE_F_END
};

/* Puts old, read texts there, as a SIM that was used before has them. */
static int fill(struct slots *s, int64_t count)
{
	for (int64_t i = 0; i < count; i++) {
		struct inject in = INJECT_DEFAULT;
		struct message msg;
		int index;
		in.from = "+97600000000";
		in.text = "old";
		in.text_len = 3;
		if (inject_one(&in, &msg))
			return HL_EINVAL;
		if ((index = slots_add(s, msg.line, msg.tpdu_len, SLOT_READ)) < 0) {
			free(msg.line);
			return index;
		}
	}
	return 0;
}

static json_t *slot_json(const struct slot *slot, int index)
{
	return json_pack("{s:i, s:i, s:s}", "index", index, "status", (int)slot->status, "line", slot->line);
}

static int run_storage(struct op_call *call)
{
	struct storage_request r = { .capacity = -1, .base = -1, .mem = "SM" };
	json_t *list = json_array();
	struct modem *m;
	struct slots *s;
	int err;

	json_object_set_new(call->reply, "messages", list);
	if ((err = op_fields(call, storage_fields, &r)) || (err = op_modem(call, r.modem, &m)))
		return err;
	if (!(s = modem_memory(m, r.mem)))
		return hl_fail(&call->why, HL_ENOENT, "field mem: SM, ME or SR");
	if (r.clear)
		slots_clear(s);
	if (r.capacity >= 0)
		slots_resize(s, (int)r.capacity);
	if (r.base >= 0)
		s->base = (int)r.base;
	err = fill(s, r.fill);
	network_pump(m);
	for (int i = s->base; i < s->base + s->capacity; i++)
		if (slots_get(s, i))
			json_array_append_new(list, slot_json(slots_get(s, i), i));
	json_object_set_new(call->reply, "used", json_integer(s->used));
	json_object_set_new(call->reply, "capacity", json_integer(s->capacity));
	json_object_set_new(call->reply, "waiting", json_integer((json_int_t)m->waiting.count));
	return err;
}

const struct op_row ops_modem[] = {
	{ "fault", run_fault,
	  "modem name [times (0 off, -1 until off) ms code prefix to text where]: hang garbage noise error cms lost_reply "
	  "no_prompt urc_inside echo slow full lost_urc keep reset_drops mute_creg dies" },
	{ "no_faults", run_no_faults, "modem: all faults off" },
	{ "unplug", run_unplug, "modem [ms]: the line is gone, as if pulled out; back after ms" },
	{ "plug", run_plug, "modem: the line comes back" },
	{ "reset", run_reset, "modem [says]: settings of power-on, SIM locked again; says lines parted by '|'" },
	{ "storage", run_storage, "modem [mem clear capacity fill base]: changes and lists a memory" },
	{ NULL, NULL, NULL },
};
