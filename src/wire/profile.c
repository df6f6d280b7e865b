#include "wire/profile.h"

#include <string.h>

#include "base/mem.h"

enum profile_kind { PROFILE_TEXT, PROFILE_LIST, PROFILE_BOOL, PROFILE_INT };

struct profile_row {
	const char *name;
	enum profile_kind kind;
	size_t offset;
	int64_t min, max;
};

#define TEXT(f) { #f, PROFILE_TEXT, offsetof(struct modem_profile, f), 0, 0 }
#define LIST(f) { #f, PROFILE_LIST, offsetof(struct modem_profile, f), 0, 0 }
#define INT(f, min, max) { #f, PROFILE_INT, offsetof(struct modem_profile, f), min, max }

static const struct profile_row rows[] = {
	TEXT(description),
	LIST(init),
	LIST(memories),
	TEXT(store),
	LIST(notify),
	TEXT(pin_counter),
	TEXT(pin_counter_prefix),
	INT(pin_counter_field, 0, 9),
	{ "pin_blind", PROFILE_BOOL, offsetof(struct modem_profile, pin_blind), 0, 0 },
	TEXT(reset),
	LIST(reset_urcs),
	LIST(full_urcs),
	TEXT(report_memory),
	{ "rtscts", PROFILE_BOOL, offsetof(struct modem_profile, rtscts), 0, 0 },
	INT(command_ms, 50, 120000),
	INT(list_ms, 50, 300000),
	INT(prompt_ms, 50, 120000),
	INT(submit_ms, 50, 600000),
	INT(reset_ms, 50, 120000),
	INT(settle_ms, 10, 10000),
	INT(register_ms, 100, 600000),
};

/* TS 27.005 and 27.007 alone. CNMI: the fallbacks that ModemManager found necessary on modems that claim more than they
 * do; each keeps mt=1, store and tell. */
static const struct modem_profile generic = {
	.description = "any modem that keeps to TS 27.005 and TS 27.007",
	.store = "SM",
	.notify = { 4, { "2,1,0,1,0", "2,1,2,1", "2,1,0,2", "2,1,0,0" } },
	.pin_counter = "AT+CPINR",
	.pin_counter_prefix = "+CPINR: SIM PIN,",
	.pin_counter_field = 1,
	.reset = "AT+CFUN=1,1",
	.reset_urcs = { 6, { "RDY", "SMS Ready", "Call Ready", "+CFUN: 1", "^SYSSTART", "SYSSTART" } },
	.full_urcs = { 1, { "^SMMEMFULL" } },
	.command_ms = 5000,
	.list_ms = 20000,
	.prompt_ms = 5000,
	.submit_ms = 120000,
	.reset_ms = 15000,
	.settle_ms = 300,
	.register_ms = 30000,
};

static int copy_text(const char *name, const json_t *v, char out[PROFILE_ITEM_MAX], struct hl_reason *reason)
{
	const char *s = json_string_value(v);

	if (!s)
		return hl_fail(reason, HL_EINVAL, "%s: a string is needed", name);
	if (strlen(s) >= PROFILE_ITEM_MAX)
		return hl_fail(reason, HL_ERANGE, "%s: at most %d characters", name, PROFILE_ITEM_MAX - 1);
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7E)
			return hl_fail(reason, HL_EINVAL, "%s: printable ASCII only", name);
	memset(out, 0, PROFILE_ITEM_MAX);
	memcpy(out, s, strlen(s));
	return 0;
}

static int copy_list(const char *name, const json_t *v, struct profile_list *list, struct hl_reason *reason)
{
	size_t count = json_array_size(v);
	int err;

	if (!json_is_array(v))
		return hl_fail(reason, HL_EINVAL, "%s: a list of strings is needed", name);
	if (count > PROFILE_ITEMS_MAX)
		return hl_fail(reason, HL_ERANGE, "%s: at most %d strings", name, PROFILE_ITEMS_MAX);
	memset(list, 0, sizeof(*list));
	for (; list->count < count; list->count++)
		if ((err = copy_text(name, json_array_get(v, list->count), list->item[list->count], reason)))
			return err;
	return 0;
}

static int copy_value(const struct profile_row *row, const json_t *v, struct modem_profile *out,
		      struct hl_reason *reason)
{
	void *to = (char *)out + row->offset;
	int64_t n;

	switch (row->kind) {
	case PROFILE_TEXT:
		return copy_text(row->name, v, to, reason);
	case PROFILE_LIST:
		return copy_list(row->name, v, to, reason);
	case PROFILE_BOOL:
		if (!json_is_boolean(v))
			return hl_fail(reason, HL_EINVAL, "%s: true or false is needed", row->name);
		*(bool *)to = json_is_true(v);
		return 0;
	case PROFILE_INT:
		n = json_integer_value(v);
		if (!json_is_integer(v) || n < row->min || n > row->max)
			return hl_fail(reason, HL_ERANGE, "%s: an integer from %lld to %lld is needed", row->name,
				       (long long)row->min, (long long)row->max);
		*(int64_t *)to = n;
		return 0;
	}
	return HL_EINVAL;
}

/* What the values mean together. */
static int check_meaning(const struct modem_profile *p, struct hl_reason *reason)
{
	if (p->notify.count == 0)
		return hl_fail(reason, HL_EINVAL, "notify: at least one value for AT+CNMI is needed");
	for (size_t i = 0; i < p->notify.count; i++)
		if (strspn(p->notify.item[i], "0123456789,") != strlen(p->notify.item[i]) ||
		    strncmp(p->notify.item[i] + 1, ",1", 2) != 0) /* +CMT would be lost while the worker is away */
			return hl_fail(reason, HL_EINVAL, "notify: \"%s\" must be numbers, the second 1 (store, then tell)",
				       p->notify.item[i]);
	for (size_t i = 0; i < p->init.count; i++)
		if (strncmp(p->init.item[i], "AT", 2) != 0)
			return hl_fail(reason, HL_EINVAL, "init: \"%s\" does not begin with AT", p->init.item[i]);
	if (p->pin_counter[0] && (strncmp(p->pin_counter, "AT", 2) != 0 || !p->pin_counter_prefix[0]))
		return hl_fail(reason, HL_EINVAL, "pin_counter: a command that begins with AT, and pin_counter_prefix, are needed");
	if (p->reset[0] && strncmp(p->reset, "AT", 2) != 0)
		return hl_fail(reason, HL_EINVAL, "reset: a command that begins with AT is needed");
	return 0;
}

int modem_profile_decode(const json_t *object, struct modem_profile *out, struct hl_reason *reason)
{
	const char *name;
	json_t *value;
	int err;

	*out = generic;
	json_object_foreach((json_t *)(uintptr_t)object, name, value) {
		const struct profile_row *row = rows, *end = rows + sizeof(rows) / sizeof(rows[0]);
		while (row < end && strcmp(row->name, name) != 0)
			row++;
		if (row == end)
			return hl_fail(reason, HL_EINVAL, "unknown key in a modem profile: %.60s", name);
		if ((err = copy_value(row, value, out, reason)))
			return err;
	}
	return check_meaning(out, reason);
}
