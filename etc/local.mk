# Configuration as shipped. Each kind of file is a list of its own, installed beneath $(sysconfdir)/hotlined.
confdir = $(sysconfdir)/hotlined
dist_conf_DATA = etc/hotlined.conf
