#include "simmodem/fault.h"

#include <string.h>
#include <strings.h>

static const char *const names[FAULT_KINDS] = {
	[FAULT_HANG] = "hang",
	[FAULT_GARBAGE] = "garbage",
	[FAULT_NOISE] = "noise",
	[FAULT_ERROR] = "error",
	[FAULT_CMS] = "cms",
	[FAULT_LOST_REPLY] = "lost_reply",
	[FAULT_NO_PROMPT] = "no_prompt",
	[FAULT_URC_INSIDE] = "urc_inside",
	[FAULT_ECHO] = "echo",
	[FAULT_SLOW] = "slow",
	[FAULT_FULL] = "full",
	[FAULT_LOST_URC] = "lost_urc",
	[FAULT_KEEP] = "keep",
	[FAULT_RESET_DROPS] = "reset_drops",
	[FAULT_MUTE_CREG] = "mute_creg",
	[FAULT_DIES] = "dies",
};

int fault_kind_named(const char *name)
{
	for (int i = 0; i < FAULT_KINDS; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *fault_name(enum fault_kind kind)
{
	return names[kind];
}

bool fault_is_on(const struct faults *faults, enum fault_kind kind, const char *subject, int64_t now_ns)
{
	const struct fault *f = &faults->row[kind];

	if (f->times == 0 || (f->until_ns && now_ns >= f->until_ns))
		return false;
	return f->prefix[0] == '\0' || (subject && strncasecmp(subject, f->prefix, strlen(f->prefix)) == 0);
}

bool fault_take(struct faults *faults, enum fault_kind kind, const char *subject, int64_t now_ns)
{
	struct fault *f = &faults->row[kind];

	if (f->times == 0 || !fault_is_on(faults, kind, subject, now_ns))
		return false;
	if (f->times > 0)
		f->times--;
	return true;
}
