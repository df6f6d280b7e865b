#include "simmodem/quirk.h"

#include <string.h>

/* The same oddities that modems/NAME.conf describes with their sources. */
static const struct {
	const char *family;
	struct quirks quirks;
} families[] = {
	{ "generic", { .model = "" } },
	{ "huawei-e173", { .model = "E173", .counter = "^CPIN", .chatter = "^RSSI: 17" } },
	{ "huawei-e3372", { .model = "E3372", .counter = "^CPIN", .chatter = "^HCSQ: \"LTE\",41,37,131,18", .cpms_arguments = 3 } },
	{ "zte-mf190", { .model = "MF190", .chatter = "+ZUSIMR:2", .no_ds1 = true } },
	{ "sim800", { .model = "SIMCOM_SIM800L", .counter = "+SPIC", .deletes_whole = true } },
	{ "sim7600", { .model = "SIMCOM_SIM7600E-H", .report_named = "SR", .counter = "none" } },
	{ "quectel-ec25", { .model = "EC25", .report_named = "SM" } },
	{ "sierra", { .model = "SL8084", .counter = "+CPINC", .cpin_no_ok = true, .creg_after_ok = true, .delay_cme = 515,
		      .delay_times = 2 } },
	{ "cinterion", { .model = "MC75i", .counter = "^SPIC", .no_ds1 = true, .only_bfr1 = true } },
	{ "telit", { .model = "HE910-D", .counter = "#PCT" } },
	{ "option", { .model = "GTM382", .counter = "_OERCN" } },
};

bool quirks_of_family(const char *family, struct quirks *out)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		if (strcmp(family, families[i].family) == 0) {
			*out = families[i].quirks;
			return true;
		}
	}
	return false;
}
