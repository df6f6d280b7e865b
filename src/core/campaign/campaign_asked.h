/* What the campaigns' requests share; no other room includes it but the one of answers. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_ASKED_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_ASKED_H

#include "core/campaign/campaign.h"
#include "core/control/control.h"

/* The campaign that the request names; otherwise it is answered and false. */
bool campaign_asked(struct control_call *call, struct campaign_row *row);

/* An entry of the audit trail. */
void campaign_record(const struct control_call *call, const char *action, const char *name, const char *detail);

/* What people see of a campaign in a list: {name kind state why made_by ...}; no number, nobody's id. */
json_t *campaign_json(struct core *core, const struct campaign_row *row);

#endif
