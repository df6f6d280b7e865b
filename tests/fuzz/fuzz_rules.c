/* Any octets as a rule file are either refused with a reason or loaded: never a crash, never a reason without words. */
#include <stdio.h>
#include <stdlib.h>

#include "core/triage/parse.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct triage_rules *rules = calloc(1, sizeof(*rules));
	struct hl_reason why = { "" };
	/* The const is cast away for a stream that is only read. */
	FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	int err = file && rules ? triage_parse_file(rules, file, "fuzz", NULL, &why) : 0;

	if (err && why.text[0] == '\0')
		abort();
	if (file)
		fclose(file);
	triage_free(rules);
	return 0;
}
