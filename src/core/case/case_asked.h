/* What the requests about cases share: which case is asked for, may this session know of it and change it, and the
 * answer. A case of another unit is answered as one that does not exist. */
#ifndef HL_CORE_CASE_CASE_ASKED_H
#define HL_CORE_CASE_CASE_ASKED_H

#include "core/case/case.h"
#include "core/control/control.h"

/* The case that the request names in the field (`code`); otherwise it is answered and false. */
bool case_asked(struct control_call *call, const char *field, struct case_row *row);
/* The same, for changes: the case must be open and of the session's unit. */
bool case_asked_open(struct control_call *call, const char *field, struct case_row *row);

/* Answers that the state forbids it, and says what to do instead. */
void case_refuse(struct control_call *call, const struct case_row *row);

/* Answers with the case as it is now and tells the watchers. body (may be NULL) is taken over. */
void case_answer(struct control_call *call, int64_t id, json_t *body);

#endif
