/* Runs code over a stranger's octets so that a bug in it costs that one message and not the modem: a crash, or a loop that the
 * watchdog ends, comes back as an error instead of ending the program, which would read the same slot again after every
 * restart and never get past it. What the code held is lost, so the program must start anew once its work is safe. It is the
 * last resort behind the structural check and the sandbox, never a way to go on as if nothing had happened. */
#ifndef HL_MODEM_GUARD_H
#define HL_MODEM_GUARD_H

/* Catches the signals of a crash from now on; those outside guard_run() end the program as ever. Not with a sanitizer, whose
 * report is worth more. */
void guard_init(void);

/* Calls run(arg), which must not take locks or hold anything that outlives it. Its result, or HL_ECORRUPT after a crash. Not
 * to be nested. */
int guard_run(int (*run)(void *arg), void *arg);

#endif
