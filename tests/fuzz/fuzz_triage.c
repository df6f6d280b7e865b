/* Any octets get a verdict from the shipped rules: cues lie inside the text, and only a tip has an urgency. */
#include <stdio.h>
#include <stdlib.h>

#include "core/triage/triage.h"
#include "fuzz/fuzz.h"

static const struct triage_rules *shipped(void)
{
	static struct triage_rules *rules;
	struct hl_reason why;

	if (!rules && triage_load(HL_SRCDIR "/etc/triage", &rules, &why)) {
		fprintf(stderr, "%s\n", why.text);
		abort();
	}
	return rules;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct triage_verdict v;

	triage_classify(shipped(), (const char *)data, size, &v);
	must((v.kind == TRIAGE_TIP) == (v.urgency != TRIAGE_URGENCY_NONE));
	must(v.kind == TRIAGE_TIP || v.exploitation == TRIAGE_EXPL_NONE);
	must(v.cue_count <= TRIAGE_CUES_MAX);
	for (size_t i = 0; i < v.cue_count; i++)
		must(v.cues[i].start < v.cues[i].end && v.cues[i].end <= size);
	return 0;
}
