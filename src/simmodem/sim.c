#include "simmodem/sim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "simmodem/load.h"

int sim_init(struct sim *sim, struct event_base *base, const struct sim_options *options, struct hl_reason *reason)
{
	int err;

	memset(sim, 0, sizeof(*sim));
	sim->base = base;
	sim->options = *options;
	TAILQ_INIT(&sim->pending);
	phones_init(&sim->phones);
	ussd_init(&sim->ussd);
	if (mkdir(options->dir, 0755) && errno != EEXIST)
		return hl_fail(reason, HL_EIO, "cannot make the folder %s: %s", options->dir, strerror(errno));
	sim->modem = hl_calloc((size_t)options->modems, sizeof(*sim->modem));
	for (int i = 0; i < options->modems; i++, sim->count++)
		modem_init(&sim->modem[i], sim, i);
	for (int i = 0; i < sim->count; i++)
		if ((err = modem_plug(&sim->modem[i], reason)))
			return err;
	sim_flush(sim);
	return 0;
}

void sim_free(struct sim *sim)
{
	load_stop(sim);
	network_free(sim);
	for (int i = 0; i < sim->count; i++)
		modem_free(&sim->modem[i]);
	free(sim->modem);
	phones_clear(&sim->phones);
	meter_free(&sim->meter);
}

void sim_flush(struct sim *sim)
{
	for (int i = 0; i < sim->count; i++)
		pty_flush(&sim->modem[i].pty);
}
