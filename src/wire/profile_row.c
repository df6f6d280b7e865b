#include "wire/profile_row.h"

#define AT(f) offsetof(struct modem_profile, f)
#define TEXT(f, form) { #f, PROFILE_TEXT, AT(f), 0, 0, form, NULL }
#define LIST(f, form) { #f, PROFILE_LIST, AT(f), 0, 0, form, NULL }
#define TRUTH(f) { #f, PROFILE_BOOL, AT(f), 0, 0, PROFILE_ANY, NULL }
#define NUMBER(f, min, max) { #f, PROFILE_INT, AT(f), min, max, PROFILE_ANY, NULL }
#define CODES(f, max) { #f, PROFILE_CODES, AT(f), 0, max, PROFILE_ANY, NULL }
#define WORD(f, words) { #f, PROFILE_WORD, AT(f), 0, 0, PROFILE_ANY, words }

static const char *const deletes_words[] = { "slot", "whole", "" };
static const char *const reports_words[] = { "direct", "stored", "none", "" };
static const char *const request_words[] = { "plain", "packed", "ucs2", "none", "" };
static const char *const answer_words[] = { "plain", "packed", "ucs2", NULL, "auto", "" };

const struct profile_row profile_rows[] = {
	TEXT(description, PROFILE_ANY),
	LIST(usb, PROFILE_USB),
	LIST(usb_storage, PROFILE_USB),
	LIST(mode_switch, PROFILE_ANY),
	NUMBER(at_interface, -1, 31),
	LIST(models, PROFILE_ANY),
	LIST(init, PROFILE_COMMAND),
	TEXT(charset, PROFILE_ANY),
	TEXT(pin_counter, PROFILE_COMMAND),
	TEXT(pin_counter_prefix, PROFILE_ANY),
	NUMBER(pin_counter_field, 0, 9),
	TRUTH(pin_blind),
	TRUTH(pin_no_ok),
	CODES(busy_cme, 65535),
	CODES(busy_cms, 65535),
	LIST(memories, PROFILE_MEMORY),
	TEXT(store, PROFILE_MEMORY),
	NUMBER(cpms_arguments, 0, 3),
	NUMBER(first_slot, -1, 1),
	WORD(deletes, deletes_words),
	TRUTH(reselect),
	LIST(notify, PROFILE_NOTIFY),
	WORD(reports, reports_words),
	TEXT(report_memory, PROFILE_MEMORY),
	LIST(reset_urcs, PROFILE_ANY),
	LIST(full_urcs, PROFILE_ANY),
	LIST(noise_urcs, PROFILE_ANY),
	WORD(ussd_request, request_words),
	WORD(ussd_answer, answer_words),
	NUMBER(ussd_dcs, 0, 255),
	TEXT(ussd_charset, PROFILE_ANY),
	LIST(ussd_before, PROFILE_COMMAND),
	LIST(ussd_after, PROFILE_COMMAND),
	NUMBER(ussd_ms, 100, 300000),
	TRUTH(missed_calls),
	TRUTH(rtscts),
	TEXT(reset, PROFILE_COMMAND),
	NUMBER(reset_ms, 50, 120000),
	NUMBER(settle_ms, 10, 10000),
	NUMBER(listen_ms, 0, 1000),
	NUMBER(command_ms, 50, 120000),
	NUMBER(list_ms, 50, 300000),
	NUMBER(prompt_ms, 50, 120000),
	NUMBER(submit_ms, 50, 600000),
	NUMBER(submit_slow_ms, 50, 600000),
	NUMBER(probe_ms, 0, 600000),
	NUMBER(watch_ms, 0, 600000),
	NUMBER(register_ms, 100, 600000),
	{ NULL, PROFILE_TEXT, 0, 0, 0, PROFILE_ANY, NULL },
};

/* TS 27.005 and 27.007 alone. CNMI: the fallbacks that ModemManager found necessary on modems that claim more than they
 * do; each keeps mt=1, store and tell. Busy: 14 and 314 say that the SIM is, 515 that the modem is still starting. */
const struct modem_profile profile_generic = {
	.description = "any modem that keeps to TS 27.005 and TS 27.007",
	.at_interface = -1,
	.store = "SM",
	.first_slot = -1,
	.notify = { 4, { "2,1,0,1,0", "2,1,2,1", "2,1,0,2", "2,1,0,0" } },
	.pin_counter = "AT+CPINR",
	.pin_counter_prefix = "+CPINR: SIM PIN,",
	.pin_counter_field = 1,
	.busy_cme = { 2, { 14, 515 } },
	.busy_cms = { 1, { 314 } },
	.reset = "AT+CFUN=1,1",
	.reset_urcs = { 6, { "RDY", "SMS Ready", "Call Ready", "+CFUN: 1", "^SYSSTART", "SYSSTART" } },
	.full_urcs = { 1, { "^SMMEMFULL" } },
	.ussd_request = PROFILE_USSD_PLAIN,
	.ussd_answer = PROFILE_USSD_AUTO,
	.ussd_dcs = 15,
	.ussd_ms = 60000,
	.missed_calls = true,
	.command_ms = 5000,
	.list_ms = 20000,
	.prompt_ms = 5000,
	.submit_ms = 120000,
	.submit_slow_ms = 20000,
	.reset_ms = 5000,
	.settle_ms = 300,
	.listen_ms = 10,
	.probe_ms = 4000,
	.watch_ms = 4000,
	.register_ms = 3000,
};
