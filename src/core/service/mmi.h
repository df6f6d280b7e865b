/* USSD codes as people and the configuration give them: what is one at all, what would change the SIM's settings instead of
 * asking something, and how a code stands in the audit trail. Pure. */
#ifndef HL_CORE_SERVICE_MMI_H
#define HL_CORE_SERVICE_MMI_H

#include <stddef.h>

#include "base/error.h"

#define MMI_CODE_MAX 64

/* 0; HL_EINVAL: no code (it begins with * or # and ends with #; digits between; TS 22.030 6.5.2); HL_ESTATE: it changes
 * forwarding, barring, waiting or how numbers are shown, or a PIN (TS 22.030 annex B), which the hotline must not do by a
 * slip. The reason says the mend. Asking for such a setting (*#21#) is allowed. */
int mmi_check(const char *code, struct hl_reason *reason);

/* The same without the second rule. */
int mmi_check_form(const char *code, struct hl_reason *reason);

/* "*123*...#": the service and not what was given to it, which may be a voucher or a PIN. out[MMI_CODE_MAX]. */
void mmi_for_audit(const char *code, char out[MMI_CODE_MAX]);

#endif
