/* Building struct core from a configuration, in the order of its members, and taking it apart in the mirrored order. */
#ifndef HL_CORE_START_H
#define HL_CORE_START_H

#include <stdio.h>

#include "core/core.h"

/* Reads the configuration and all it names (roster, wording, triage rules) into core. On errors prints each with file
 * and line to out, frees nothing (core_stop() does) and returns a code of sysexits.h; 0 where everything is right. A mistake in a
 * modem's profile counts only for a check, which looks at all profiles: otherwise that modem is left out. */
int core_configure(struct core *core, const char *config_path, bool check, FILE *out);

/* Opens keys, database and sockets, and starts every room. Returns 0, or a code of sysexits.h after logging what is
 * wrong and the mend. core_stop() follows in either case. */
int core_start(struct core *core);

/* Ends the open turn, checkpoints, closes and frees whatever is there; removes the sockets that core_start() made. */
void core_stop(struct core *core);

#endif
