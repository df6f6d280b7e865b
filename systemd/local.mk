# Units and what goes with them. The .in files carry the installation's paths; the rest is copied as it is.
SYSTEMD_UNITS = \
	systemd/hotlined.service \
	systemd/hotlined-link.socket \
	systemd/hotlined-control.socket \
	systemd/hotlined-notify.socket \
	systemd/hotlined-ussd.socket \
	systemd/hotlined-retention.service \
	systemd/hotlined-retention.timer \
	systemd/hotlined-backup.service \
	systemd/hotlined-backup.timer \
	systemd/hotline-modem@.service \
	systemd/hotline-notify.service \
	systemd/hotline-ussd.service \
	systemd/hotline-modem-port@.service

SYSTEMD_MADE = $(SYSTEMD_UNITS) systemd/tmpfiles.d/hotlined.conf

$(SYSTEMD_MADE): %: $(srcdir)/%.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
	$(SED) -e 's|@sbindir[@]|$(sbindir)|g' -e 's|@bindir[@]|$(bindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' -e 's|@docdir[@]|$(docdir)|g' \
		-e 's|@libexecdir[@]|$(libexecdir)|g' \
		'$(srcdir)/$@.in' >$@.tmp && mv $@.tmp $@

systemdsystemunit_DATA = $(SYSTEMD_UNITS)
usbresetdir = $(libexecdir)/hotlined
dist_usbreset_SCRIPTS = systemd/hotline-usb-reset
sysusersdir = $(systemdsystemunitdir)/../../sysusers.d
sysusers_DATA = systemd/sysusers.d/hotlined.conf
tmpfilesdir = $(systemdsystemunitdir)/../../tmpfiles.d
tmpfiles_DATA = systemd/tmpfiles.d/hotlined.conf
presetdir = $(systemdsystemunitdir)/../system-preset
preset_DATA = systemd/system-preset/80-hotlined.preset
udevrulesdir = $(systemdsystemunitdir)/../../udev/rules.d
udevrules_DATA = systemd/udev/97-hotline-usb.rules systemd/udev/99-hotlined.rules

systemd/udev/97-hotline-usb.rules: $(srcdir)/systemd/udev/usb-rules.awk $(dist_modems_DATA)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && cd '$(srcdir)' && \
	$(AWK) -f systemd/udev/usb-rules.awk $(dist_modems_DATA) >'$(abs_builddir)/$@.tmp' && mv '$(abs_builddir)/$@.tmp' '$(abs_builddir)/$@'

systemdsampledir = $(docdir)
systemdsample_DATA = systemd/udev/98-hotline-modems.rules.sample systemd/siren/hotline-siren.path systemd/siren/hotline-siren.service

EXTRA_DIST += $(SYSTEMD_MADE:=.in) $(sysusers_DATA) $(preset_DATA) systemd/udev/99-hotlined.rules \
	systemd/udev/usb-rules.awk $(systemdsample_DATA)
CLEANFILES += $(SYSTEMD_MADE) systemd/udev/97-hotline-usb.rules
