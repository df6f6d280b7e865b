/* The time, injected: policy code never asks the system. Deadlines are counted on CLOCK_BOOTTIME, which no
 * operator and no radio network can set; wall time is only for showing to people. */
#ifndef HL_BASE_CLOCK_H
#define HL_BASE_CLOCK_H

#include <stdint.h>

struct hl_clock {
	int64_t (*wall_ms)(void *arg); /* since 1970-01-01 UTC; may jump */
	int64_t (*boot_ms)(void *arg); /* since the machine started; never jumps, counts suspend */
	void *arg;
};

/* The system's clocks. */
extern const struct hl_clock hl_clock_system;

static inline int64_t hl_wall_ms(const struct hl_clock *c) { return c->wall_ms(c->arg); }
static inline int64_t hl_boot_ms(const struct hl_clock *c) { return c->boot_ms(c->arg); }

/* Identity of this run of the machine (/proc/sys/kernel/random/boot_id), 36 characters and a NUL; deadlines
 * on boot time are comparable only within one boot. HL_EIO where the kernel does not tell. */
int hl_boot_id(char id[37]);

/* Writes wall time as UTC, "2026-11-22T08:30:05Z" (20 characters and a NUL). */
void hl_format_utc(int64_t wall_ms, char out[21]);

#endif
