# Profiles, one a modem family; src/wire/profile.h says what each key means.
modemsdir = $(datadir)/hotlined/modems
dist_modems_DATA = modems/generic.conf
