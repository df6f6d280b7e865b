/* What --help shows: made from the table of commands. */
#ifndef HL_CTL_HELP_H
#define HL_CTL_HELP_H

#include <stdio.h>

#include "ctl/ctl.h"

void help_all(FILE *out);
/* For who gave no command: what there is to ask for. */
void help_short(FILE *out);
void help_command(FILE *out, const struct ctl_command *row);
/* The commands that begin with this word; false where there are none. */
bool help_group(FILE *out, const char *word);
void help_version(FILE *out);

#endif
