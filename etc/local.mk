# Configuration as shipped. Each kind of file is a list of its own, installed beneath $(sysconfdir)/hotlined.
confdir = $(sysconfdir)/hotlined
dist_conf_DATA = etc/hotlined.conf

triageconfdir = $(confdir)/triage
dist_triageconf_DATA = \
	etc/triage/campaign.conf \
	etc/triage/child.conf \
	etc/triage/control.conf \
	etc/triage/districts.conf \
	etc/triage/emergency.conf \
	etc/triage/help.conf \
	etc/triage/labour.conf \
	etc/triage/movement.conf \
	etc/triage/online.conf \
	etc/triage/other.conf \
	etc/triage/place.conf \
	etc/triage/recruitment.conf \
	etc/triage/service.conf \
	etc/triage/sex.conf \
	etc/triage/tone.conf

wordingdir = $(confdir)/wording
dist_wording_DATA = etc/wording/mn.conf etc/wording/mn-latn.conf etc/wording/en.conf
