/* The command line: options for everybody, the row of the table, its options and words. Pure but for what it prints. */
#ifndef HL_CTL_ARGS_H
#define HL_CTL_ARGS_H

#include "ctl/ctl.h"

/* Reads argv[1..] into ctl and args and finds the row. Returns CTL_OK with *row; CTL_USAGE after saying what is
 * wrong; or CTL_OK with *row NULL where help or the version was asked for and printed. */
int args_read(int argc, char **argv, struct ctl *ctl, struct ctl_args *args, const struct ctl_command **row);

#endif
