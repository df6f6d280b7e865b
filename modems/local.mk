# Profiles, one a modem family; src/wire/profile.h says what each key means.
modemsdir = $(confdir)/modems
dist_modems_DATA = modems/generic.conf
