/* What a family of modems does differently from the standards, to be switched on one by one or by the family's name. The
 * rooms that a quirk concerns ask m->quirks; nothing here acts by itself. Pure. */
#ifndef HL_SIMMODEM_QUIRK_H
#define HL_SIMMODEM_QUIRK_H

#include <stdbool.h>
#include <stdint.h>

struct quirks {
	char model[32];          /* what +CGMM says, "" for the simulator's own name */
	char counter[16];        /* the command that tells PIN attempts: "" +CPINR, "none", ^CPIN, +CPINC, +SPIC, #PCT, _OERCN, ^SPIC */
	char report_named[3];    /* +CDSI names this memory instead of SR, and slot 0 */
	char chatter[64];        /* said unasked inside and after every answer */
	int64_t cpms_arguments;  /* 1 or 3: +CPMS takes just so many; 0: any */
	int64_t delay_cme;       /* +CPIN? answers with this error... */
	int64_t delay_times;     /* so many times */
	int64_t urc_pause_ms;    /* what was held while a command ran is said so long after it, unless another runs by then (u-blox) */
	bool cpin_no_ok;         /* no OK after +CPIN: */
	bool creg_after_ok;      /* the answer to +CREG? comes after its OK */
	bool cmti_blank;         /* +CMTI: ,-1 */
	bool no_ds1;             /* +CNMI takes no fourth value of 1, though it says so */
	bool only_bfr1;          /* and only 1 as the fifth */
	bool deletes_whole;      /* +CMGD of one part takes the other parts, too */
	bool forgets_memory;     /* after each listing, reading and deleting mem1 is SM again */
	bool no_smsc;            /* the SIM has no service centre address */
	bool no_ussd;            /* +CUSD is unknown */
	bool no_notify;          /* +CNMI refuses everything */
};

/* Those of a family of modems, by its name ("huawei-e173"...); false where it is not known. */
bool quirks_of_family(const char *family, struct quirks *out);

#endif
