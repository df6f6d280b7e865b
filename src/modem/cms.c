#include "modem/cms.h"

#include <stddef.h>

/* Where a number is defined. */
#define RP "TS 24.011 8.2.5.4 table 8.4, annex E.2"
#define TP "TS 23.040 9.2.3.22"
#define SMS "TS 27.005 3.2.5"
#define EQUIPMENT "TS 27.007 9.2.1"
#define MAKER "maker"

struct cms_row {
	int code;
	enum cms_verdict verdict;
	enum cms_sim sim;
	const char *source, *why;
};

/* Refusals of our own SIM or subscription (barred, not subscribed) are temporary: an operator can mend them, and no
 * other text fares better. */
static const struct cms_row cms_rows[] = {
	{ 1, CMS_FINAL, CMS_SIM_FINE, RP, "unassigned number" },
	{ 8, CMS_TEMPORARY, CMS_SIM_FINE, RP, "barred by the operator" },
	{ 10, CMS_TEMPORARY, CMS_SIM_FINE, RP, "call barred" },
	{ 17, CMS_TEMPORARY, CMS_SIM_FINE, RP, "network failure" },
	{ 21, CMS_TEMPORARY, CMS_SIM_FINE, RP, "short message transfer rejected" },
	{ 22, CMS_TEMPORARY, CMS_SIM_FINE, RP, "congestion" },
	{ 27, CMS_TEMPORARY, CMS_SIM_FINE, RP, "destination out of service" },
	{ 28, CMS_FINAL, CMS_SIM_FINE, RP, "unidentified subscriber" },
	{ 29, CMS_TEMPORARY, CMS_SIM_FINE, RP, "facility rejected" },
	{ 30, CMS_FINAL, CMS_SIM_FINE, RP, "unknown subscriber" },
	{ 38, CMS_TEMPORARY, CMS_SIM_FINE, RP, "network out of order" },
	{ 41, CMS_TEMPORARY, CMS_SIM_FINE, RP, "temporary failure" },
	{ 42, CMS_TEMPORARY, CMS_SIM_FINE, RP, "congestion" },
	{ 47, CMS_TEMPORARY, CMS_SIM_FINE, RP, "resources unavailable" },
	{ 50, CMS_TEMPORARY, CMS_SIM_FINE, RP, "facility not subscribed" },
	{ 69, CMS_TEMPORARY, CMS_SIM_FINE, RP, "facility not implemented" },
	{ 81, CMS_TEMPORARY, CMS_SIM_FINE, RP, "invalid transfer reference" },
	{ 95, CMS_FINAL, CMS_SIM_FINE, RP, "semantically incorrect message" },
	{ 96, CMS_FINAL, CMS_SIM_FINE, RP, "invalid mandatory information" },
	{ 97, CMS_FINAL, CMS_SIM_FINE, RP, "message type not implemented" },
	{ 98, CMS_TEMPORARY, CMS_SIM_FINE, RP, "message not compatible with the protocol state" },
	{ 99, CMS_FINAL, CMS_SIM_FINE, RP, "information element not implemented" },
	{ 111, CMS_TEMPORARY, CMS_SIM_FINE, RP, "protocol error" },
	{ 127, CMS_TEMPORARY, CMS_SIM_FINE, RP, "interworking error" },
	{ 128, CMS_FINAL, CMS_SIM_FINE, TP, "telematic interworking not supported" },
	{ 129, CMS_FINAL, CMS_SIM_FINE, TP, "short message type 0 not supported" },
	{ 143, CMS_FINAL, CMS_SIM_FINE, TP, "protocol identifier error" },
	{ 144, CMS_FINAL, CMS_SIM_FINE, TP, "alphabet not supported" },
	{ 145, CMS_FINAL, CMS_SIM_FINE, TP, "message class not supported" },
	{ 159, CMS_FINAL, CMS_SIM_FINE, TP, "coding scheme error" },
	{ 160, CMS_FINAL, CMS_SIM_FINE, TP, "command cannot be carried out" },
	{ 161, CMS_FINAL, CMS_SIM_FINE, TP, "command not supported" },
	{ 175, CMS_FINAL, CMS_SIM_FINE, TP, "unspecified command error" },
	{ 176, CMS_FINAL, CMS_SIM_FINE, TP, "TPDU not supported" },
	{ 192, CMS_WAIT, CMS_SIM_FINE, TP, "service centre busy" },
	{ 193, CMS_TEMPORARY, CMS_SIM_FINE, TP, "no service centre subscription" },
	{ 194, CMS_TEMPORARY, CMS_SIM_FINE, TP, "service centre failure" },
	{ 195, CMS_FINAL, CMS_SIM_FINE, TP, "invalid recipient address" },
	{ 196, CMS_FINAL, CMS_SIM_FINE, TP, "recipient barred" },
	{ 197, CMS_FINAL, CMS_SIM_FINE, TP, "rejected as a duplicate" },
	{ 198, CMS_FINAL, CMS_SIM_FINE, TP, "validity period format not supported" },
	{ 199, CMS_FINAL, CMS_SIM_FINE, TP, "validity period not supported" },
	{ 208, CMS_TEMPORARY, CMS_SIM_FINE, TP, "SIM storage full" },
	{ 209, CMS_TEMPORARY, CMS_SIM_FINE, TP, "no SMS storage capability in the SIM" },
	{ 210, CMS_TEMPORARY, CMS_SIM_FINE, TP, "error in the SIM" },
	{ 211, CMS_TEMPORARY, CMS_SIM_FINE, TP, "memory capacity exceeded" },
	{ 212, CMS_WAIT, CMS_SIM_FINE, TP, "SIM application toolkit busy" },
	{ 213, CMS_TEMPORARY, CMS_SIM_FINE, TP, "SIM data download error" },
	{ 300, CMS_UNKNOWN, CMS_SIM_FINE, SMS, "modem failure" },
	{ 301, CMS_WAIT, CMS_SIM_FINE, SMS, "message service reserved" },
	{ 302, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "operation not allowed" }, /* also of modems that still start */
	{ 303, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "operation not supported" },
	{ 304, CMS_FINAL, CMS_SIM_FINE, SMS, "invalid PDU parameter" },
	{ 305, CMS_FINAL, CMS_SIM_FINE, SMS, "invalid text parameter" },
	{ 310, CMS_TEMPORARY, CMS_SIM_GONE, SMS, "no SIM" },
	{ 311, CMS_TEMPORARY, CMS_SIM_LOCKED, SMS, "SIM PIN needed" },
	{ 312, CMS_TEMPORARY, CMS_SIM_LOCKED, SMS, "PH-SIM PIN needed" },
	{ 313, CMS_TEMPORARY, CMS_SIM_GONE, SMS, "SIM failure" },
	{ 314, CMS_WAIT, CMS_SIM_BUSY, SMS, "SIM busy" },
	{ 315, CMS_TEMPORARY, CMS_SIM_GONE, SMS, "wrong SIM" },
	{ 316, CMS_TEMPORARY, CMS_SIM_LOCKED, SMS, "SIM PUK needed" },
	{ 317, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "SIM PIN2 needed" },
	{ 318, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "SIM PUK2 needed" },
	{ 320, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "memory failure" },
	{ 321, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "invalid memory index" },
	{ 322, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "memory full" },
	{ 330, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "service centre address unknown" },
	{ 331, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "no network service" },
	/* No answer of the network in time: the text may well be with the service centre. */
	{ 332, CMS_UNKNOWN, CMS_SIM_FINE, SMS, "network time-out" },
	{ 340, CMS_TEMPORARY, CMS_SIM_FINE, SMS, "no acknowledgement expected" },
	{ 500, CMS_UNKNOWN, CMS_SIM_FINE, SMS, "unknown error" }, /* many modems say so to no answer of the network, too */
	{ 512, CMS_UNKNOWN, CMS_SIM_FINE, MAKER, "user abort, or a maker's own" },
	{ 515, CMS_WAIT, CMS_SIM_FINE, MAKER, "busy" }, /* Wavecom and Sierra: gammu issue 93 */
};

static const struct cms_row cme_rows[] = {
	{ 3, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "operation not allowed" },
	{ 4, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "operation not supported" },
	{ 5, CMS_TEMPORARY, CMS_SIM_LOCKED, EQUIPMENT, "PH-SIM PIN needed" },
	{ 10, CMS_TEMPORARY, CMS_SIM_GONE, EQUIPMENT, "no SIM" },
	{ 11, CMS_TEMPORARY, CMS_SIM_LOCKED, EQUIPMENT, "SIM PIN needed" },
	{ 12, CMS_TEMPORARY, CMS_SIM_LOCKED, EQUIPMENT, "SIM PUK needed" },
	{ 13, CMS_TEMPORARY, CMS_SIM_GONE, EQUIPMENT, "SIM failure" },
	{ 14, CMS_WAIT, CMS_SIM_BUSY, EQUIPMENT, "SIM busy" },
	{ 15, CMS_TEMPORARY, CMS_SIM_GONE, EQUIPMENT, "wrong SIM" },
	{ 16, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "incorrect password" },
	{ 17, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "SIM PIN2 needed" },
	{ 18, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "SIM PUK2 needed" },
	{ 20, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "memory full" },
	{ 30, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "no network service" },
	{ 31, CMS_UNKNOWN, CMS_SIM_FINE, EQUIPMENT, "network time-out" },
	{ 32, CMS_TEMPORARY, CMS_SIM_FINE, EQUIPMENT, "emergency calls only" },
	{ 515, CMS_WAIT, CMS_SIM_BUSY, MAKER, "still starting" }, /* Wavecom and Sierra: gammu issue 93 */
};

static const struct cms_row *look_up(enum at_kind kind, int code)
{
	const struct cms_row *rows = kind == AT_KIND_CMS ? cms_rows : cme_rows;
	size_t count = kind == AT_KIND_CMS ? sizeof(cms_rows) / sizeof(cms_rows[0]) : sizeof(cme_rows) / sizeof(cme_rows[0]);

	for (size_t i = 0; i < count && (kind == AT_KIND_CMS || kind == AT_KIND_CME); i++)
		if (rows[i].code == code)
			return &rows[i];
	return NULL;
}

/* Codes to 255 are reasons that the network gave for not taking the text. Whoever gives no reason, or one of a maker's own,
 * does not prove that. */
enum cms_verdict cms_judge(enum at_kind kind, int code, const char **why)
{
	const struct cms_row *row = look_up(kind, code);

	*why = row ? row->why : "refused by the modem or the network";
	if (row)
		return row->verdict;
	return kind == AT_KIND_CMS && code > 0 && code <= 255 ? CMS_TEMPORARY : CMS_UNKNOWN;
}

enum cms_sim cms_judge_sim(enum at_kind kind, int code)
{
	const struct cms_row *row = look_up(kind, code);

	return row ? row->sim : CMS_SIM_FINE;
}

const char *cms_source(enum at_kind kind, int code)
{
	const struct cms_row *row = look_up(kind, code);

	return row ? row->source : NULL;
}
