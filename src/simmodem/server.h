/* The simulator as a program: options, the loop, the end on SIGTERM or SIGINT. */
#ifndef HL_SIMMODEM_SERVER_H
#define HL_SIMMODEM_SERVER_H

/* Runs until told to stop; returns the exit code. */
int server_main(int argc, char **argv);

#endif
