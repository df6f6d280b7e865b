/* Finds the other programs of this package, to become one of them. */
#ifndef HL_CTL_PROGRAM_H
#define HL_CTL_PROGRAM_H

#include "ctl/ctl.h"

/* The path that the environment variable names (a wrong one is not made up for), else beside hotlinectl (as a build leaves it),
 * else where it was installed. False where there is none that can be run. */
bool program_find(const char *name, const char *variable, char out[CTL_PATH_SIZE]);

#endif
