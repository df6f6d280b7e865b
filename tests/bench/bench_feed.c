/* Queues campaign texts in a database whose core is stopped, through the real outbox. Usage: bench_feed CONFIG COUNT. */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "conf/conf.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/outbox.h"
#include "core/turn.h"
#include "store/store.h"
#include "vault/vault.h"

#define BATCH 500

static void die(const char *what)
{
	fprintf(stderr, "bench_feed: %s\n", what);
	exit(1);
}

static void queue(struct core *core, int i)
{
	struct outbox_item item = { .lane = LANE_CAMPAIGN, .purpose = OUTBOX_TEST, .recipient = "", .text = "an invitation", .modem = "" };

	snprintf(item.to.e164, sizeof(item.to.e164), "+9760000%04d", i % 10000);
	turn_begin(core->turn);
	if (outbox_add(core, &item) < 0)
		die("a text was not taken");
	if (i % BATCH == BATCH - 1 && turn_end(core->turn))
		die("a commit failed");
}

int main(int argc, char **argv)
{
	struct core core = { .clock = &hl_clock_system };
	static struct conf_errors errors;
	struct hl_reason why;

	if (argc != 3)
		die("usage: bench_feed CONFIG COUNT");
	vault_start();
	core.config = config_load_with_errors(argv[1], &errors);
	if (!core.config || errors.count)
		die("the configuration has errors");
	if (vault_open(core.config->keys, core.config->keyring, &core.vault, &why) || store_open(core.config->database, &core.store, &why))
		die(why.text);
	core.base = event_base_new();
	event_base_priority_init(core.base, TURN_PRIORITIES);
	core.counters = counters_new(&core);
	core.turn = turn_new(&core);
	core.dispatch = dispatch_new(&core);
	for (int i = 0; i < atoi(argv[2]); i++)
		queue(&core, i);
	if (turn_end(core.turn))
		die("a commit failed");
	store_close(core.store);
	return 0;
}
