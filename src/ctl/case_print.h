/* A case in a few lines for people, and the requests that change one. */
#ifndef HL_CTL_CASE_PRINT_H
#define HL_CTL_CASE_PRINT_H

#include "ctl/ctl.h"

/* c is a case of an answer. */
void case_print(const struct ctl *ctl, const json_t *c);

/* Asks, and shows the case as it is then. Takes over the request. */
int case_change(struct ctl *ctl, json_t *request);

#endif
