/* How many messages a second triage classifies on one core: the development corpus, over and over, for the seconds given
 * (default 3). Prints one line of figures. Nothing is asserted: a time is no test. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/triage/triage.h"
#include "tsv.h"

#define MESSAGES_MAX 1024

static struct { char *text; size_t len; } messages[MESSAGES_MAX];
static size_t count, octets;

static void load_messages(void)
{
	struct tsv t;

	tsv_open(&t, HL_TEST_DATA "/triage/dev_tips.tsv");
	tsv_read(&t, 9);
	while (count < MESSAGES_MAX && tsv_read(&t, 9)) {
		messages[count].text = strdup(t.columns[2]);
		messages[count].len = strlen(t.columns[2]);
		octets += messages[count++].len;
	}
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? atof(argv[1]) : 3, begin, spent;
	struct triage_rules *rules;
	struct triage_verdict v;
	struct hl_reason why;
	unsigned long done = 0;

	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why)) {
		fprintf(stderr, "%s\n", why.text);
		return 1;
	}
	load_messages();
	begin = now();
	do {
		for (size_t i = 0; i < count; i++)
			triage_classify(rules, messages[i].text, messages[i].len, &v);
		done += count;
		spent = now() - begin;
	} while (spent < seconds);
	printf("triage: %.0f messages/s on one core (%zu messages of %.0f octets on average, %zu rules)\n", (double)done / spent, count,
		(double)octets / (double)count, triage_rules_count(rules));
	for (size_t i = 0; i < count; i++)
		free(messages[i].text);
	triage_free(rules);
	return 0;
}
