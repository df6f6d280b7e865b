/* Escalation policies as data (etc/alerts.conf): which alerts each is for, and its steps. Pure; policies_load.c reads them. Without
 * a policy that fits, an alert rings as the built-in one says: the first of the chain and the coordinators, then the next, one by one. */
#ifndef HL_CORE_ALERT_POLICIES_H
#define HL_CORE_ALERT_POLICIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/roster/roster.h"
#include "core/triage/triage.h"

#define POLICIES_MAX 32
#define POLICY_STEPS_MAX 16
#define POLICY_NAMES_MAX 8    /* people named in a step, in the fallback */
#define POLICY_DISTRICTS_MAX 16
#define POLICY_ROUNDS_MAX 100
#define NOTICES_MAX 16

/* Whom a step rings: bits; and people by name. */
enum policy_whom { POLICY_DUTY = 1, POLICY_NEXT = 2, POLICY_OFFICERS = 4, POLICY_COORDINATORS = 8 };

struct policy_names { char list[POLICY_NAMES_MAX][64]; size_t count; };

/* By what a person is told; in the order of the step, the next where one fails. */
enum policy_channel { POLICY_SMS, POLICY_SMS_OTHER, /* by another modem than the text before */
	POLICY_MAIL, POLICY_WEBHOOK, POLICY_CHANNELS };

struct policy_step {
	unsigned whom;
	struct policy_names names;
	int64_t wait_s;           /* 0: escalate_..._s of hotlined.conf */
	bool other_modem;         /* by another modem than that person's text before */
	enum policy_channel channels[POLICY_CHANNELS]; /* none: a text, and beside it whatever the person has (also_... of hotlined.conf) */
	size_t channel_count;
};

/* What an alert must be like; what is empty fits every one. */
struct policy_match {
	unsigned urgencies, exploitations; /* bits by their enums; 0: any */
	char districts[POLICY_DISTRICTS_MAX][20];
	size_t district_count;
	char unit[ROSTER_UNIT_SIZE];
	int64_t from_min, to_min; /* of the day, also across midnight; equal: the whole day */
};

struct alert_policy {
	char name[32];
	struct policy_match match;
	struct policy_step steps[POLICY_STEPS_MAX];
	size_t step_count;
	int64_t rounds;           /* after so many of all steps nobody has answered; it goes on all the same */
};

/* When coordinators look at a case that is not theirs: by what it is, or because a referral waits. */
struct alert_notice {
	char name[32];
	struct policy_match match;
	bool target_district;     /* only in a district that triage marks as a target */
	bool conflict;            /* only where it is a conflict of interest; otherwise such a case is never told of */
	int64_t referral_h;       /* hours that a referral may wait; 0: told when the case comes in */
};

struct alert_policies {
	struct alert_policy list[POLICIES_MAX];
	size_t count;
	struct alert_notice notices[NOTICES_MAX];
	size_t notice_count;
	struct policy_names fallback;     /* rung beside, when nobody answers */
	char siren_file[256];             /* there while nobody answers; "" none */
	bool tell_texter;                 /* of an emergency or an urgent case that nobody answers */
	int64_t text_every_s;             /* texts to one person, emergencies left out; 0: no limit */
	int64_t act_min[TRIAGE_URGENCIES]; /* minutes to act on what one has acknowledged; 0: as long as they like */
};

/* What is known of an alert when its policy is chosen. */
struct policy_facts {
	enum triage_urgency urgency;
	enum triage_exploitation exploitation;
	const char *district, *unit;
	bool apart;               /* of the unit that gets conflicts of interest: fits only what names that unit */
	int now_min;              /* local time, minutes after midnight */
};

bool policy_fits(const struct policy_match *m, const struct policy_facts *f);
/* The first in the order of the file that fits; NULL: the built-in one. */
const struct alert_policy *policy_choose(const struct alert_policies *all, const struct policy_facts *f);
/* NULL where none has the name: it was taken out of the file. */
const struct alert_policy *policy_named(const struct alert_policies *all, const char *name);

/* The longest that an alert may wait by these, of any kind; ms. */
int64_t policies_longest_ms(const struct alert_policies *all);

struct conf_errors;

/* Reads the file; path "" gives none. Names of people are looked up in the roster, districts in the triage rules; every error is
 * added with file and line, and NULL returned. Freed by policies_free(). */
struct alert_policies *policies_load(const char *path, const struct roster *roster, const struct triage_rules *rules,
	struct conf_errors *errors);
void policies_free(struct alert_policies *p);

#endif
