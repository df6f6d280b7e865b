/* The credit of the SIMs: asked by USSD on a schedule, after so many parts of texts, and when somebody says that it may have
 * changed much; kept on disk by IMSI. A fall below the mark warns the operators of the roster once; below the floor a SIM carries
 * no campaign, so that credit remains for alerts and answers. What is not known forbids nothing. */
#ifndef HL_CORE_SERVICE_BALANCE_H
#define HL_CORE_SERVICE_BALANCE_H

#include <jansson.h>
#include <stdbool.h>

#include "core/core.h"
#include "core/outbound/outbox.h"

#define BALANCE_RETRY_S 900  /* after a question without a readable answer, or the interval where that is shorter */
#define BALANCE_BUSY_S 30    /* while somebody has a USSD session at the modem */

struct balance;

struct balance *balance_new(struct core *core);
void balance_free(struct balance *b);

/* Whether the SIM in this modem has credit for a text of this lane. */
bool balance_allows(const struct core *core, const char *modem, enum outbox_lane lane);

/* Every SIM is asked now, or as soon as its modem can: to be called after a campaign. */
void service_balance_due(struct core *core);

/* So many parts went out. */
void balance_sent(struct core *core, const char *modem, size_t parts);

/* Adds "balance": {amount currency told_ms low floor} to what people see of a modem; nothing where it is not known. */
void balance_show(const struct core *core, const char *modem, json_t *o);
/* Adds a line for each SIM that is low. */
void balance_warnings(const struct core *core, json_t *warnings);

/* ---- from links */
void balance_link_told(struct core *core, const char *link);

#endif
