/* Lines that are wider than the terminal are broken between words, and go on below where their text began, so that a
 * person reads no half words. A stream is taken over whole: what prints to it need not know. What goes to files and
 * programs is never touched. */
#ifndef HL_CTL_WRAP_H
#define HL_CTL_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* How wide lines may be for who reads fd: $COLUMNS where it is set, else the terminal's; 0: as wide as they are. */
size_t wrap_terminal(int fd);

/* A stream on to (any width above 0) to print to instead. It is never closed by itself; to stays the caller's. */
FILE *wrap_new(FILE *to, size_t width);

/* The width of a stream of wrap_new(), 0 of any other. */
size_t wrap_width(const FILE *stream);

#endif
