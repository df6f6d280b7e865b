/* Texts, numbers and passwords pass through jansson's objects and libevent's buffers. Here both are told to overwrite what they
 * free, so that nothing of a message stays in a program's memory after it was handled. It holds nothing itself. */
#ifndef HL_WIRE_WIPE_H
#define HL_WIRE_WIPE_H

/* To be called first of all in main(): libevent must not have allocated anything yet. */
void wire_wipe_freed(void);

#endif
