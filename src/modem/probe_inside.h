/* What the rooms of the probe share: probe.c gives one command after the other, probe_step.c says which and judges the answers,
 * probe_plan.c knows the profiles, probe_show.c prints. Only they include this. */
#ifndef HL_MODEM_PROBE_INSIDE_H
#define HL_MODEM_PROBE_INSIDE_H

#include <event2/event.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "modem/at.h"
#include "modem/setup.h"
#include "modem/timer.h"
#include "wire/link.h"
#include "wire/profile.h"

#define PROBE_RESULTS_MAX 16
#define PROBE_TEXT_MAX 160
#define PROBE_CNMI_MAX 24

enum probe_verdict { PROBE_SKIPPED, PROBE_GREEN, PROBE_RED };

struct probe_result {
	const char *name;
	enum probe_verdict verdict;
	char text[PROBE_TEXT_MAX], mend[PROBE_TEXT_MAX];
};

/* The profiles that hotlinectl found, and what it has to say besides. */
struct probe_plan {
	json_t *root;     /* {"profiles":[{"name":..,"profile":{..}}],"also":[..],"usb":{tty:".."}}, NULL for none */
};

struct probe {
	struct event_base *base;
	const struct probe_plan *plan;
	struct at *at;
	struct event *timer;         /* until a command is given again */
	const char *tty;
	char usb[12];
	struct modem_profile profile;
	char profile_name[32];       /* "" until it is known */

	/* what it told */
	char maker[48], model[48], imei[17], operator_name[32];
	enum sim_lock lock;
	int pin_left;                /* -1 unknown */
	int stat, stat_lte;          /* of +CREG and +CEREG, -1 unknown */
	int signal;                  /* 99 unknown */
	bool smsc;
	char memory[8];
	int used, total;             /* of the memory for arriving texts, -1 unknown */
	char cnmi_before[PROBE_CNMI_MAX];
	int notify;                  /* the profile's value that was accepted, -1 none */
	bool knows_ussd;

	/* where it is */
	size_t step, item;
	unsigned tries;
	const char *over;            /* why the rest is not asked, NULL */
	struct probe_result results[PROBE_RESULTS_MAX];
	size_t result_count;
};

struct probe_step {
	const char *check;           /* NULL: only prepares */
	const char *text;            /* the command, or "" where make gives it */
	/* The command of this item; false: none (any more), go on with the next step. */
	bool (*make)(const struct probe *p, size_t item, char *out, size_t size);
	enum at_shape shape;
	const char *prefix;
	bool sim;                    /* only with an open SIM */
	unsigned tries;              /* for a modem that is silent or busy */
	void (*info)(void *arg, const char *line, const char *pdu);
	/* The last answer came (reply NULL: there was no command): adds the result. NULL: nothing to tell. */
	void (*judge)(struct probe *p, const struct at_reply *reply);
	bool first_ok_ends;          /* of several items */
};

extern const struct probe_step probe_steps[];
extern const size_t probe_step_count;

/* Results; the texts are formats. */
void probe_green(struct probe *p, const char *check, const char *text, ...) __attribute__((format(printf, 3, 4)));
void probe_red(struct probe *p, const char *check, const char *mend, const char *text, ...)
	__attribute__((format(printf, 4, 5)));
void probe_skip(struct probe *p, const char *check, const char *why);

/* HL_EIO or HL_EINVAL with the reason. */
int probe_plan_read(const char *path, struct probe_plan *plan, struct hl_reason *reason);
void probe_plan_free(struct probe_plan *plan);
/* The USB ids of p->tty, where the plan has them. */
void probe_plan_usb(struct probe *p);
/* The profile that fits best into p->profile, by USB ids and model. */
void probe_plan_choose(struct probe *p);

void probe_show(const struct probe *p, bool colour);
json_t *probe_json(const struct probe *p);
bool probe_is_green(const struct probe *p);

#endif
