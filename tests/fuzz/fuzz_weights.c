/* Any octets as learned weights are either refused with a reason or loaded, and what is loaded adds up for a text: never a crash,
 * never a reason without words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/triage/weights.h"
#include "fuzz/fuzz.h"

static void weigh(const struct triage_weights *weights)
{
	static const char text[] = "13 nastai ohin, tuslamj hereg";
	static const uint8_t facts[] = { 0, 1 };
	struct triage_scores scores;
	struct fold_text folded;

	fold_text_open(&folded, text, strlen(text));
	triage_weigh(weights, &folded, facts, sizeof(facts), &scores);
	fold_text_close(&folded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct triage_rules no_rules;
	struct triage_weights *weights = NULL;
	struct hl_reason why = { "" };
	/* The const is cast away for a stream that is only read. */
	FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	int err = file ? triage_weights_read(file, "fuzz", &no_rules, &weights, NULL, &why) : 0;

	if (err ? why.text[0] == '\0' || weights : file && !weights)
		abort();
	if (weights)
		weigh(weights);
	if (file)
		fclose(file);
	triage_weights_free(weights);
	return 0;
}
