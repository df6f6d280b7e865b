/* The figures of the core for a monitor: the Prometheus text format (version 0.0.4), written to a file that node_exporter's
 * textfile collector, or anything else, reads. Labels are names of modems, lanes and states: never a number, never a text. */
#ifndef HL_CORE_HEALTH_METRICS_H
#define HL_CORE_HEALTH_METRICS_H

#include "core/core.h"

/* All of them as text; free(3) it. */
char *metrics_render(struct core *core);

/* Writes them to the file at once whole (temporary name beside it, rename). HL_EIO with the reason. */
int metrics_write(struct core *core, const char *path, struct hl_reason *reason);

#endif
