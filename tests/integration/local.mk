# Python scripts that drive the real programs: one row of TESTS each.
INTEGRATION_TESTS = \
	tests/integration/test_audit.py \
	tests/integration/test_backup.py \
	tests/integration/test_balance.py \
	tests/integration/test_campaign.py \
	tests/integration/test_campaign_held.py \
	tests/integration/test_campaign_harm.py \
	tests/integration/test_campaign_system.py \
	tests/integration/test_campaign_answers.py \
	tests/integration/test_campaign_filed.py \
	tests/integration/test_case_life.py \
	tests/integration/test_configure.py \
	tests/integration/test_contacts.py \
	tests/integration/test_conflict.py \
	tests/integration/test_commands.py tests/integration/test_core_full_disk.py \
	tests/integration/test_core_inbound.py \
	tests/integration/test_core_start.py \
	tests/integration/test_ctl.py \
	tests/integration/test_ctl_core.py \
	tests/integration/test_demo.py \
	tests/integration/test_modem_probe.py \
	tests/integration/test_modem_probe_red.py \
	tests/integration/test_erasure.py \
	tests/integration/test_local_users.py \
	tests/integration/test_memory.py \
	tests/integration/test_docs.py \
	tests/integration/test_escalation.py \
	tests/integration/test_every_command.py \
	tests/integration/test_health.py \
	tests/integration/test_missed_call.py \
	tests/integration/test_channels.py \
	tests/integration/test_notify_core.py \
	tests/integration/test_once.py \
	tests/integration/test_notify_faults.py \
	tests/integration/test_notify_https.py \
	tests/integration/test_notify_mail.py \
	tests/integration/test_notify_process.py \
	tests/integration/test_plug.py \
	tests/integration/test_quarantine.py \
	tests/integration/test_reading.py \
	tests/integration/test_refused_pin.py \
	tests/integration/test_release.py \
	tests/integration/test_dialogue.py \
	tests/integration/test_replies.py \
	tests/integration/test_rooms.py \
	tests/integration/test_roster.py \
	tests/integration/test_scripts.py \
	tests/integration/test_sim_faults.py \
	tests/integration/test_sim_modem.py \
	tests/integration/test_sim_tools.py \
	tests/integration/test_system.py \
	tests/integration/test_systemd.py \
	tests/integration/test_udev.py \
	tests/integration/test_usb_reset.py \
	tests/integration/test_ussd.py \
	tests/integration/test_ussd_builder.py \
	tests/integration/test_ussd_menu.py \
	tests/integration/test_ussd_gateway.py \
	tests/integration/test_ussd_gateway_core.py \
	tests/integration/test_ussd_limits.py \
	tests/integration/test_ussd_nginx.py \
	tests/integration/test_ussd_process.py \
	tests/integration/test_ussd_quiz.py \
	tests/integration/test_ussd_safety.py \
	tests/integration/test_ussd_system.py \
	tests/integration/test_worker_calls.py \
	tests/integration/test_worker_chaos.py \
	tests/integration/test_worker_families.py \
	tests/integration/test_worker_faults.py \
	tests/integration/test_worker_process.py \
	tests/integration/test_worker_profiles.py \
	tests/integration/test_worker_receive.py \
	tests/integration/test_worker_recovery.py \
	tests/integration/test_worker_send.py \
	tests/integration/test_worker_turns.py \
	tests/integration/test_worker_ussd.py
TESTS += $(INTEGRATION_TESTS)
EXTRA_DIST += $(INTEGRATION_TESTS) tests/integration/README.md tests/integration/campaigns.py tests/integration/core.py tests/integration/deny_calls.py \
	tests/integration/fake_core.py tests/integration/harness.py tests/integration/notify_servers.py tests/integration/pdus.py tests/integration/probing.py tests/integration/profiles.py tests/integration/system.py \
	tests/integration/ussd_http.py tests/npm/application.js tests/npm/package.json tests/npm/package-lock.json
tests/integration/test_systemd.log: $(SYSTEMD_UNITS)
