#include "core/service/mmi.h"

#include <stdio.h>
#include <string.h>

/* TS 22.030 annex B, and table 6.2 for PINs. */
static const struct { const char *service, *what; } changing[] = {
	{ "21", "call forwarding" }, { "67", "call forwarding" }, { "61", "call forwarding" }, { "62", "call forwarding" },
	{ "002", "call forwarding" }, { "004", "call forwarding" },
	{ "33", "call barring" }, { "331", "call barring" }, { "332", "call barring" }, { "35", "call barring" },
	{ "351", "call barring" }, { "330", "call barring" }, { "333", "call barring" }, { "353", "call barring" },
	{ "03", "the barring password" },
	{ "43", "call waiting" },
	{ "30", "how numbers are shown" }, { "31", "how numbers are shown" }, { "76", "how numbers are shown" },
	{ "77", "how numbers are shown" },
	{ "04", "the PIN" }, { "042", "the PIN2" }, { "05", "the PUK" }, { "052", "the PUK2" },
};

int mmi_check_form(const char *code, struct hl_reason *reason)
{
	size_t len = strlen(code);

	if (len >= MMI_CODE_MAX)
		return hl_fail(reason, HL_ERANGE, "a USSD code has at most %d characters", MMI_CODE_MAX - 1);
	if (len < 3 || !strchr("*#", code[0]) || code[len - 1] != '#' || strspn(code, "0123456789*#") != len)
		return hl_fail(reason, HL_EINVAL, "a USSD code begins with * or #, ends with # and has digits between, such as *100#");
	return 0;
}

int mmi_check(const char *code, struct hl_reason *reason)
{
	size_t begin = strspn(code, "*#"), len = strspn(code + begin, "0123456789");
	int err = mmi_check_form(code, reason);

	if (err || strncmp(code, "*#", 2) == 0)
		return err;
	for (size_t i = 0; i < sizeof(changing) / sizeof(changing[0]); i++)
		if (strlen(changing[i].service) == len && strncmp(changing[i].service, code + begin, len) == 0)
			return hl_fail(reason, HL_ESTATE, "this code changes %s of the SIM, after which texts or calls may go astray; "
				"--force dials it nevertheless", changing[i].what);
	return 0;
}

void mmi_for_audit(const char *code, char out[MMI_CODE_MAX])
{
	size_t begin = strspn(code, "*#"), len = begin + strspn(code + begin, "0123456789");

	if (len > 8) /* no service has so many digits */
		len = begin;
	if (code[len] == '#' && code[len + 1] == '\0')
		snprintf(out, MMI_CODE_MAX, "%.*s#", (int)len, code);
	else
		snprintf(out, MMI_CODE_MAX, "%.*s*...#", (int)len, code);
}
