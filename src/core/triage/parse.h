/* Reads one rule file, line by line, into rules under construction. The format is told at the head of etc/triage/child.conf;
 * every error names file and line and what to write instead. Internal to triage. */
#ifndef HL_CORE_TRIAGE_PARSE_H
#define HL_CORE_TRIAGE_PARSE_H

#include <stdio.h>

#include "base/error.h"
#include "core/triage/rules.h"

/* Adds what the file holds; name is how errors call it. telling: told of every bad line, of which the first
 * one is returned; NULL: the first ends it. HL_EINVAL, HL_ERANGE, HL_EEXIST or HL_EIO with the reason. */
struct triage_telling;
int triage_parse_file(struct triage_rules *rules, FILE *file, const char *name, struct triage_telling *telling,
	struct hl_reason *reason);

#endif
