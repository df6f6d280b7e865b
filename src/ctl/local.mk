# hotlinectl: a file for a command or a family of them. Of the core it links only the reader of configuration files and
# triage.
noinst_LIBRARIES += src/ctl/libctl.a
src_ctl_libctl_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(CONFIG_CFLAGS) \
	-DHL_SBINDIR='"$(sbindir)"'
src_ctl_libctl_a_SOURCES = \
	src/ctl/args.c src/ctl/args.h \
	src/ctl/client.c src/ctl/client.h \
	src/ctl/case_print.h \
	src/ctl/cmd_backup.c \
	src/ctl/cmd_campaign.c \
	src/ctl/cmd_campaign_results.c \
	src/ctl/cmd_campaign_show.c \
	src/ctl/cmd_case.c \
	src/ctl/cmd_case_move.c \
	src/ctl/cmd_case_record.c \
	src/ctl/cmd_case_work.c \
	src/ctl/cmd_contacts.c \
	src/ctl/cmd_contacts_import.c \
	src/ctl/cmd_dialogue.c \
	src/ctl/cmd_init.c \
	src/ctl/cmd_lists.c \
	src/ctl/cmd_modem_ussd.c \
	src/ctl/cmd_modems.c \
	src/ctl/cmd_misc.c \
	src/ctl/cmd_person.c \
	src/ctl/cmd_release.c \
	src/ctl/cmd_probe.c \
	src/ctl/cmd_retention.c \
	src/ctl/cmd_roster.c \
	src/ctl/cmd_roster_file.c \
	src/ctl/cmd_rules.c \
	src/ctl/cmd_rules_score.c \
	src/ctl/cmd_status.c \
	src/ctl/cmd_ussd.c \
	src/ctl/cmd_watch.c \
	src/ctl/commands.c \
	src/ctl/confusion.c src/ctl/confusion.h \
	src/ctl/contacts_file.c src/ctl/contacts_file.h \
	src/ctl/ctl.c src/ctl/ctl.h \
	src/ctl/help.c src/ctl/help.h \
	src/ctl/ical.c src/ctl/ical.h \
	src/ctl/list.c src/ctl/list.h \
	src/ctl/marked.c src/ctl/marked.h \
	src/ctl/ports.c src/ctl/ports.h \
	src/ctl/program.c src/ctl/program.h \
	src/ctl/rules.c src/ctl/rules.h \
	src/ctl/run.c src/ctl/run.h \
	src/ctl/table.c src/ctl/table.h \
	src/ctl/terminal.c src/ctl/terminal.h \
	src/ctl/text.c src/ctl/text.h \
	src/ctl/wrap.c src/ctl/wrap.h

CTL_LIBS = src/ctl/libctl.a src/core/libcore.a src/core/triage/libtriage.a src/wire/libwire.a \
	src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(CONFIG_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS)

bin_PROGRAMS += hotlinectl
hotlinectl_CPPFLAGS = $(src_ctl_libctl_a_CPPFLAGS)
hotlinectl_SOURCES = src/ctl/main.c
hotlinectl_LDADD = $(CTL_LIBS)
