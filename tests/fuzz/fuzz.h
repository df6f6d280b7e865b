/* A fuzz target is one function over any octets. It must return 0, and end the program where something that must hold does
 * not. Built with --enable-fuzzers libFuzzer drives it; otherwise standalone.c runs it over its seeds. */
#ifndef HL_TESTS_FUZZ_H
#define HL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What holds whatever comes in; assert() could be compiled out. */
static inline void must(int holds)
{
	if (!holds)
		abort();
}

#endif
