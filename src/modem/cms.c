#include "modem/cms.h"

#include <stddef.h>

struct cms_row {
	int code;
	enum cms_verdict verdict;
	const char *why;
};

/* Refusals of our own SIM or subscription (barred, not subscribed) are temporary: an operator can mend them, and no
 * other text fares better. */
static const struct cms_row cms_rows[] = {
	{ 1, CMS_FINAL, "unassigned number" },
	{ 8, CMS_TEMPORARY, "barred by the operator" },
	{ 10, CMS_TEMPORARY, "call barred" },
	{ 17, CMS_TEMPORARY, "network failure" },
	{ 21, CMS_TEMPORARY, "short message transfer rejected" },
	{ 22, CMS_TEMPORARY, "congestion" },
	{ 27, CMS_TEMPORARY, "destination out of service" },
	{ 28, CMS_FINAL, "unidentified subscriber" },
	{ 29, CMS_TEMPORARY, "facility rejected" },
	{ 30, CMS_FINAL, "unknown subscriber" },
	{ 38, CMS_TEMPORARY, "network out of order" },
	{ 41, CMS_TEMPORARY, "temporary failure" },
	{ 42, CMS_TEMPORARY, "congestion" },
	{ 47, CMS_TEMPORARY, "resources unavailable" },
	{ 50, CMS_TEMPORARY, "facility not subscribed" },
	{ 69, CMS_TEMPORARY, "facility not implemented" },
	{ 81, CMS_TEMPORARY, "invalid transfer reference" },
	{ 95, CMS_FINAL, "semantically incorrect message" },
	{ 96, CMS_FINAL, "invalid mandatory information" },
	{ 97, CMS_FINAL, "message type not implemented" },
	{ 98, CMS_TEMPORARY, "message not compatible with the protocol state" },
	{ 99, CMS_FINAL, "information element not implemented" },
	{ 111, CMS_TEMPORARY, "protocol error" },
	{ 127, CMS_TEMPORARY, "interworking error" },
	{ 128, CMS_FINAL, "telematic interworking not supported" },
	{ 129, CMS_FINAL, "short message type 0 not supported" },
	{ 143, CMS_FINAL, "protocol identifier error" },
	{ 144, CMS_FINAL, "alphabet not supported" },
	{ 145, CMS_FINAL, "message class not supported" },
	{ 159, CMS_FINAL, "coding scheme error" },
	{ 176, CMS_FINAL, "TPDU not supported" },
	{ 192, CMS_WAIT, "service centre busy" },
	{ 193, CMS_TEMPORARY, "no service centre subscription" },
	{ 194, CMS_TEMPORARY, "service centre failure" },
	{ 195, CMS_FINAL, "invalid recipient address" },
	{ 196, CMS_FINAL, "recipient barred" },
	{ 197, CMS_FINAL, "rejected as a duplicate" },
	{ 198, CMS_FINAL, "validity period format not supported" },
	{ 199, CMS_FINAL, "validity period not supported" },
	{ 208, CMS_TEMPORARY, "SIM storage full" },
	{ 211, CMS_TEMPORARY, "memory capacity exceeded" },
	{ 212, CMS_WAIT, "SIM application toolkit busy" },
	{ 300, CMS_UNKNOWN, "modem failure" },
	{ 301, CMS_WAIT, "message service reserved" },
	{ 302, CMS_TEMPORARY, "operation not allowed" },
	{ 303, CMS_TEMPORARY, "operation not supported" },
	{ 304, CMS_FINAL, "invalid PDU parameter" },
	{ 305, CMS_FINAL, "invalid text parameter" },
	{ 310, CMS_TEMPORARY, "no SIM" },
	{ 311, CMS_TEMPORARY, "SIM PIN needed" },
	{ 313, CMS_TEMPORARY, "SIM failure" },
	{ 314, CMS_WAIT, "SIM busy" },
	{ 315, CMS_TEMPORARY, "wrong SIM" },
	{ 316, CMS_TEMPORARY, "SIM PUK needed" },
	{ 320, CMS_TEMPORARY, "memory failure" },
	{ 321, CMS_TEMPORARY, "invalid memory index" },
	{ 322, CMS_TEMPORARY, "memory full" },
	{ 330, CMS_TEMPORARY, "service centre address unknown" },
	{ 331, CMS_TEMPORARY, "no network service" },
	/* No answer of the network in time: the text may well be with the service centre. */
	{ 332, CMS_UNKNOWN, "network time-out" },
	{ 500, CMS_UNKNOWN, "unknown error" }, /* many modems say so to no answer of the network, too */
	{ 515, CMS_WAIT, "busy" },
};

static const struct cms_row cme_rows[] = {
	{ 10, CMS_TEMPORARY, "no SIM" },
	{ 11, CMS_TEMPORARY, "SIM PIN needed" },
	{ 12, CMS_TEMPORARY, "SIM PUK needed" },
	{ 13, CMS_TEMPORARY, "SIM failure" },
	{ 14, CMS_WAIT, "SIM busy" },
	{ 15, CMS_TEMPORARY, "wrong SIM" },
	{ 16, CMS_TEMPORARY, "incorrect password" },
	{ 20, CMS_TEMPORARY, "memory full" },
	{ 30, CMS_TEMPORARY, "no network service" },
	{ 31, CMS_UNKNOWN, "network time-out" },
	{ 515, CMS_WAIT, "busy" }, /* Wavecom and Sierra: still starting */
};

/* Codes to 255 are reasons that the network gave for not taking the text. Whoever gives no reason, or one of a maker's own,
 * does not prove that. */
static enum cms_verdict look_up(const struct cms_row *rows, size_t count, int code, const char **why)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].code == code) {
			*why = rows[i].why;
			return rows[i].verdict;
		}
	}
	*why = "refused by the modem or the network";
	return rows == cms_rows && code > 0 && code <= 255 ? CMS_TEMPORARY : CMS_UNKNOWN;
}

enum cms_verdict cms_judge(enum at_kind kind, int code, const char **why)
{
	if (kind == AT_KIND_CMS)
		return look_up(cms_rows, sizeof(cms_rows) / sizeof(cms_rows[0]), code, why);
	if (kind == AT_KIND_CME)
		return look_up(cme_rows, sizeof(cme_rows) / sizeof(cme_rows[0]), code, why);
	return look_up(NULL, 0, code, why);
}
