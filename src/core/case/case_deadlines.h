/* How long a case may wait, by what it waits for and how urgent it is: a part of the configuration. */
#ifndef HL_CORE_CASE_CASE_DEADLINES_H
#define HL_CORE_CASE_CASE_DEADLINES_H

#include "core/triage/triage.h"

/* What a case waits for. */
enum case_wait { CASE_WAIT_ACKNOWLEDGE, CASE_WAIT_ACT, CASE_WAIT_CLOSE, CASE_WAITS };

struct case_deadlines { int64_t wait_s[CASE_WAITS][TRIAGE_URGENCIES]; };

#endif
