# Configuration as shipped, installed beneath $(confdir). People change these files, so installing never overwrites one that was
# changed (tools/install-conf).
confdir = $(sysconfdir)/hotlined
ETC_FILES = \
	etc/agencies.conf \
	etc/alerts.conf \
	etc/hotlined.conf \
	etc/notify.conf etc/roster.conf etc/ussd-gateway.conf \
	etc/triage/campaign.conf \
	etc/triage/child.conf \
	etc/triage/combine.conf \
	etc/triage/conflict.conf \
	etc/triage/control.conf \
	etc/triage/districts.conf \
	etc/triage/emergency.conf \
	etc/triage/fields.conf \
	etc/triage/help.conf \
	etc/triage/labour.conf \
	etc/triage/limits.conf \
	etc/triage/movement.conf \
	etc/triage/online.conf \
	etc/triage/other.conf \
	etc/triage/place.conf \
	etc/triage/recruitment.conf \
	etc/triage/service.conf \
	etc/triage/sex.conf \
	etc/triage/tone.conf \
	etc/triage/weights.tsv \
	etc/ussd.conf \
	etc/wording/en.conf \
	etc/wording/mn-latn.conf \
	etc/wording/mn.conf
EXTRA_DIST += $(ETC_FILES) tools/install-conf
dist_doc_DATA += etc/nginx-ussd.conf

INSTALL_CONF = '$(srcdir)/tools/install-conf' '$(srcdir)/etc' '$(DESTDIR)$(confdir)'
install-data-local:
	$(INSTALL_CONF) $(ETC_FILES:etc/%=%)
uninstall-local:
	$(INSTALL_CONF) --uninstall $(ETC_FILES:etc/%=%)
