/* One simulated modem: its line, its SIM, its memories, its settings and what is wrong with it. The rooms around it
 * (AT commands, network, control) work on this struct; this room makes it, plugs it in and out and resets it. */
#ifndef HL_SIMMODEM_MODEM_H
#define HL_SIMMODEM_MODEM_H

#include "simmodem/at.h"
#include "simmodem/fault.h"
#include "simmodem/pdu.h"
#include "simmodem/pty.h"
#include "simmodem/queue.h"
#include "simmodem/quirk.h"
#include "simmodem/slots.h"

struct sim;

enum te_charset { CHARSET_GSM, CHARSET_IRA, CHARSET_UCS2 };
enum cnmi_value { CNMI_MODE, CNMI_MT, CNMI_BM, CNMI_DS, CNMI_BFR, CNMI_VALUES };

/* What ATZ, AT&F and a reset put back. */
struct settings {
	int echo, verbose, quiet, xcode; /* E V Q X */
	int s[13];                       /* S0..S12 */
	int cmee, cmgf, csms, cmms, creg, cgreg, cereg, clip, colp, cssn, crc, cusd, ctzr, clvl, csdh, csas;
	int charset;                     /* enum te_charset */
	int cnmi[CNMI_VALUES];
	int csmp[4];                     /* fo vp pid dcs */
	int cops_format;
	struct slots *mem[3];            /* mem1 reading, mem2 writing, mem3 received */
	char csca[PDU_ADDRESS_MAX];
};

enum pin_state { PIN_READY, PIN_NEEDED, PUK_NEEDED, SIM_ABSENT };

struct sim_card {
	char imsi[17], number[24]; /* number: what the phones see */
	char pin[9], puk[9];       /* pin "": not asked for */
	int pin_tries, puk_tries;
	enum pin_state state;
};

struct counters {
	uint64_t commands, stored, deleted, direct, submitted, refused, reports, calls, lost_urcs;
	uint64_t unheard; /* octets that came while it hung */
};

struct call {
	bool ringing, active;
	char from[24]; /* "": withheld */
	int rings;     /* to come */
	int64_t ring_ms; /* between two */
	struct event *timer;
};

struct ussd_session {
	bool open;
	bool packed;      /* GSM-7 answers as hexadecimal digits of packed septets, as older Huawei give them */
	char menu[64];    /* the code that leads to where the session is */
	char answer[64];  /* key of the answer that is under way */
	struct event *timer;
};

/* What +CMGS and +CMGW collect between the command and its result. */
struct send_job {
	struct pdu_submit submit;
	int length;               /* announced octets of the TPDU (PDU mode) */
	enum slot_status status;  /* of +CMGW */
	bool from_memory;         /* +CMSS */
};

struct modem {
	struct sim *sim;
	int index;
	struct pty pty;
	struct at at;
	struct settings set;
	struct sim_card card;
	struct slots sm, me, sr;
	struct faults faults;
	struct quirks quirks;
	struct queue waiting;   /* messages that the network holds for this SIM */
	struct queue reports;   /* delivery reports likewise: texts without room must not hold them up */
	struct counters count;
	int cfun;               /* 0, 1 or 4 */
	int registration;       /* <stat> of +CREG */
	int signal, ber;        /* of +CSQ */
	char operator_name[32], plmn[8];
	char imei[17];
	int64_t radio_ms;       /* between the PDU and +CMGS */
	int64_t report_ms;      /* between +CMGS and the delivery report */
	uint8_t mr;             /* next TP-MR */
	int acks_wanted;        /* +CNMA owed by the TE */
	char boot_urc[64];      /* said after a reset, lines parted by '|' */
	char smsc[PDU_ADDRESS_MAX]; /* of the SIM: what +CSCA says after a reset */
	struct call call;
	struct ussd_session ussd;
	struct event *replug;   /* brings a dropped line back */
	struct send_job job;    /* the text that +CMGS or +CMGW is about */
};

void modem_init(struct modem *m, struct sim *sim, int index);
void modem_free(struct modem *m);

/* The line goes away as if the modem were pulled out, and comes back (power lost in between); HL_EIO with the reason.
 * A message the network has for it waits. back_ms 0: stays away. */
void modem_unplug(struct modem *m, int64_t back_ms);
int modem_plug(struct modem *m, struct hl_reason *reason);

/* Settings go back to those of power-on, the SIM is locked again; the line stays. says (may be "") is announced,
 * parts by '|'. */
void modem_reset(struct modem *m, const char *says);

/* ATZ and AT&F. */
void modem_settings_default(struct modem *m);

/* Whether the network reaches it now. */
bool modem_in_service(const struct modem *m);

/* Changes <stat> of +CREG and says so where the program asked to hear it. */
void modem_set_registration(struct modem *m, int stat);

/* A memory by name ("SM", "ME", "SR"), or NULL. */
struct slots *modem_memory(struct modem *m, const char *name);

/* fault_take() and fault_is_on() at the present time. */
bool modem_fault_take(struct modem *m, enum fault_kind kind, const char *subject);
bool modem_fault_is_on(struct modem *m, enum fault_kind kind, const char *subject);

#endif
