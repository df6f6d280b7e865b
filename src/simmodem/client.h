/* The commands that talk to a running simulator: text, phone, watch, do. For people, the demo and tests. */
#ifndef HL_SIMMODEM_CLIENT_H
#define HL_SIMMODEM_CLIENT_H

#include <stdbool.h>

/* Whether the word is one of these commands. */
bool client_knows(const char *word);

/* Runs argv[0], one of them; returns the exit code: 0, 1 where the simulator refused, or one of sysexits.h. */
int client_main(int argc, char **argv);

#endif
