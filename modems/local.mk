# Profiles, one a modem family; modems/generic.conf says what each key means.
modemsdir = $(confdir)/modems
dist_modems_DATA = \
	modems/a7670.conf \
	modems/cinterion.conf \
	modems/generic.conf \
	modems/huawei-e173.conf \
	modems/huawei-e3131.conf \
	modems/huawei-e3372.conf \
	modems/option.conf \
	modems/quectel-ec25.conf \
	modems/quectel-eg91.conf \
	modems/quectel-uc20.conf \
	modems/sierra.conf \
	modems/sim7600.conf \
	modems/sim800.conf \
	modems/telit.conf \
	modems/zte-mf180.conf \
	modems/zte-mf190.conf
