/* Requests that make a modem behave like another family. */
#include <string.h>

#include "base/mem.h"
#include "simmodem/ops.h"

struct quirk_request {
	int64_t modem;
	char family[32];
};

static const struct wire_field request_fields[] = {
	WIRE_F_INT(struct quirk_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_STR(struct quirk_request, family, false),
	WIRE_F_END
};

static const struct wire_field quirk_fields[] = {
	WIRE_F_STR(struct quirks, model, false),
	WIRE_F_STR(struct quirks, counter, false),
	WIRE_F_STR(struct quirks, report_named, false),
	WIRE_F_STR(struct quirks, chatter, false),
	WIRE_F_INT(struct quirks, cpms_arguments, false, 0, 3),
	WIRE_F_INT(struct quirks, delay_cme, false, 0, 65535),
	WIRE_F_INT(struct quirks, delay_times, false, 0, 1000),
	WIRE_F_INT(struct quirks, urc_pause_ms, false, 0, 10000),
	WIRE_F_BOOL(struct quirks, cpin_no_ok),
	WIRE_F_BOOL(struct quirks, creg_after_ok),
	WIRE_F_BOOL(struct quirks, cmti_blank),
	WIRE_F_BOOL(struct quirks, no_ds1),
	WIRE_F_BOOL(struct quirks, only_bfr1),
	WIRE_F_BOOL(struct quirks, deletes_whole),
	WIRE_F_BOOL(struct quirks, forgets_memory),
	WIRE_F_BOOL(struct quirks, no_smsc),
	WIRE_F_BOOL(struct quirks, no_ussd),
	WIRE_F_BOOL(struct quirks, no_notify),
	WIRE_F_END
};

static int run_quirks(struct op_call *call)
{
	struct quirk_request r = { 0 };
	struct quirks quirks = { .model = "" };
	struct modem *m;
	int err = op_fields(call, request_fields, &r);

	if (err || (err = op_modem(call, r.modem, &m)))
		return err;
	if (r.family[0] && !quirks_of_family(r.family, &quirks))
		return hl_fail(&call->why, HL_ENOENT, "field family: no such family");
	if ((err = op_fields(call, quirk_fields, &quirks)))
		return err;
	m->quirks = quirks;
	return 0;
}

const struct op_row ops_quirk[] = {
	{ "quirks", run_quirks, "modem [family] [model counter report_named chatter cpms_arguments delay_cme delay_times urc_pause_ms cpin_no_ok "
	  "creg_after_ok cmti_blank no_ds1 only_bfr1 deletes_whole forgets_memory no_smsc no_ussd no_notify]: behaves like that" },
	{ NULL, NULL, NULL },
};
