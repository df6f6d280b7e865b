/* The configuration: etc/hotlined.conf (libconfig syntax), read once at start. Every error is told with file and
 * line, unknown keys are errors, and `hotlined --check FILE` tells all of them at once. */
#ifndef HL_CORE_CONFIG_CONFIG_H
#define HL_CORE_CONFIG_CONFIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/config/operators.h"
#include "core/case/case_deadlines.h"
#include "core/people/read_policy.h"
#include "core/retention/policy.h"

#define CONFIG_MODEMS_MAX 64
#define CONFIG_UIDS_MAX 16

struct config_modem {
	char name[33];
	char tty[108];        /* or "", where it is known by its IMEI alone */
	char imei[17];        /* or "" */
	int tty_line, imei_line;
	int64_t baud;
	char pin[9];
	char profile_name[32];
	json_t *profile;      /* modems/<profile_name>.conf as JSON, checked; NULL where it has a mistake: */
	char profile_error[128]; /* the modem is not used, the others are; "" */
	bool profile_auto;    /* none was named: that is generic's, and a better one may be found by USB ids and model */
	bool reserved;        /* only alerts and dialogue */
	bool open_to_all;     /* the public knows its number; false: only people of the roster do */
	bool no_sandbox;
	int64_t sweep_s;
	char number[25];      /* E.164 of its SIM, for test texts between modems; "" not known */
	int64_t per_hour, per_day; /* parts of texts its SIM may send, alerts left out; 0: as many as there are */
	int64_t campaign_per_minute; /* texts of campaigns its SIM may send; 0: as many as it can */
};

struct config {
	char database[256], keys[256], keyring[256];   /* paths */
	char link_socket[108], control_socket[108];
	char roster[256], wording[256], triage[256], modems_dir[256];
	char country[8];                                /* "976" */
	char control_group[33];                         /* group that may use the control socket, "" none */
	char link_user[33];                             /* user the links run as besides our own, "" none */
	char notify_socket[108], notify_user[33];       /* of hotline-notify; "": no mail and no webhooks; user as above */
	char ussd[256];                                 /* etc/ussd.conf, "" none: there is no menu */
	char ussd_socket[108], ussd_user[33];           /* of hotline-ussd, likewise */
	bool ussd_sms;                                  /* the menu by texts, too */
	bool ussd_modem;                                /* what a modem's network asks by itself is answered with the menu */
	bool also_mail, also_webhook;                   /* an alert goes to who has such an address there, too */
	char mail_tell[8], webhook_tell[8];             /* what these may tell: "code", "summary" or "answer" */
	bool receipts;                                  /* answer texters at all */
	bool discreet;                                  /* receipt.discreet instead of receipt.standard */
	int64_t receipts_per_day;                       /* reply cap for each sender */
	int64_t receipts_per_hour;                      /* at most, to all senders together */
	int64_t safe_fresh_s;                           /* how long "it is safe" holds */
	char time_zone[48];                             /* of the hours in which a texter may be texted */
	int64_t missed_reply_s;                         /* at most one answer to a number's missed calls in so long; 0: none */
	int64_t missed_replies_per_hour;                /* at most, to all callers together */
	int64_t partial_after_s;                        /* an incomplete text is shown after this */
	char owner_default[16], owner_sex[16], owner_labour[16], owner_online[16]; /* unit that owns a case */
	char conflict_unit[16];                         /* owns what names the police or the hotline as involved; "": no unit does */
	int64_t escalate_emergency_s, escalate_high_s, escalate_normal_s, escalate_low_s;
	struct case_deadlines deadlines;                /* by priority */
	int64_t reopen_within_s;                        /* a text so long after the close reopens the case */
	int64_t codes_per_day;                          /* texts of one sender that may join the case of a code they name */
	int64_t corroborate_within_s;                   /* tips of different senders so close in time may be of one matter */
	char agencies[256];                             /* etc/agencies.conf, "" none */
	char alerts[256];                               /* etc/alerts.conf, "" none: the built-in policy */
	int64_t retry_first_s, retry_most_s;            /* backoff of a text that failed for now */
	bool digests;                                   /* digest_at names a time */
	char digest_at[8]; int64_t digest_min;          /* local time of the day's reports */
	int64_t drill_day, drill_wait_s;                /* day of the month (0 never); how long an answer may take */
	int64_t alive_s;                                /* a sign of life to the operators; 0 never */
	int64_t heartbeat_s;                            /* the same to their webhooks */
	int64_t modem_down_s;                           /* a modem away for so long is told to the operator */
	int64_t loop_s, loop_wait_s;                    /* test texts between modems: how often (0 never), how long one may take */
	char metrics_file[256];                         /* Prometheus text format; "": none */
	int64_t metrics_s;
	int64_t session_idle_s;
	bool adopt;                                     /* a modem that is plugged in works, named here or not */
	bool shift_start;                               /* whose shift begins is texted how many cases wait */
	bool shift_nobody;                              /* a shift that nobody has is told a day before */
	int64_t backup_days;                            /* without a backup for so long, the status warns; 0 never */
	int64_t release_hours;                          /* a request to open a number expires after these */
	struct read_limits read_officer, read_coordinator; /* how many texts a person may open */
	struct retention_periods retention;             /* how long what is kept is kept */
	int64_t campaign_least;                         /* fewer recipients than that would tell of each what became of their text */
	int64_t campaign_two_above;                     /* more recipients than that need another person's approval */
	int64_t campaign_emergency_s;                   /* an emergency that nobody answers holds campaigns up for so long; 0: not at all */
	int64_t campaign_tip_days;                      /* a report within so many days after a campaign counts as one that followed */
	char campaign_hours[16]; struct { int from_min, to_min; } campaign_open; /* outside of these no campaign texts anybody */
	bool argon2_least;                              /* only for tests and the demo: cheap password hashing */
	struct config_modem modems[CONFIG_MODEMS_MAX];
	size_t modem_count;
	struct config_operator operators[OPERATORS_MAX];
	size_t operator_count;
	/* words of the texts instead of the wording's own; "" keeps those */
	char stop_words[512], start_words[512];         /* what ends and begins campaigns as a whole text; blanks between */
	char police[16], helpline[16], short_number[16], stop_word[16], start_word[16];
};

struct conf_errors;

/* Reads it with everything it names (profiles). NULL where errors were added that are not gentle: a mistake in a profile keeps only
 * its modems away. */
struct config *config_load(const char *path, struct conf_errors *errors);
/* The same, but what could be read is returned even where errors were added, so that the files it names can be checked as well;
 * it is for nothing else then. NULL where there is nothing to read. */
struct config *config_load_with_errors(const char *path, struct conf_errors *errors);
/* config_load() of a text in memory; path is for the errors and for relative paths. */
struct config *config_load_text(const char *path, const char *text, size_t len, struct conf_errors *errors);
void config_free(struct config *c);

#endif
