/* Gives back memory that a worker needs only while it works, so that many of them fit on a small machine. */
#ifndef HL_MODEM_TRIM_H
#define HL_MODEM_TRIM_H

/* Drops the pages of the program's and the libraries' code and constants from this process (they come back from
 * the page cache when touched) and returns free heap. For a moment when there is nothing to do. */
void trim_memory(void);

#endif
