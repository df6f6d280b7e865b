#!/usr/bin/env python3
"""hotline-modem with the oddities of modem families: each profile field makes a modem usable that behaves so."""
import time

import harness
from fake_core import WorkerCase

LONG = "Энэ бол маш урт мэдээлэл. " * 8


class Profiles(WorkerCase):
    def odd(self, profile=None, **quirks):
        """Starts the worker with a profile on a modem with quirks."""
        self.core.profile(**(profile or {}))
        self.sim.do("quirks", **quirks)
        self.sim.watch("command")
        self.start()

    def receives(self, text="Sain uu"):
        self.sms(text)
        self.assertEqual(self.core.wait("inbound")["text"], text)
        self.wait_empty()

    def command(self, begins):
        return self.sim.event("command", lambda e: e.get("line", "").startswith(begins))["line"]

    def report_comes(self):
        self.core.text(1, "hello", to="+97600005678", report=True)
        self.core.wait("sent")
        return self.core.wait("report")

    def test_three_arguments_of_cpms_only(self):
        self.odd({"cpms_arguments": 3}, cpms_arguments=3)
        self.assertEqual(self.command('AT+CPMS="SM","SM"'), 'AT+CPMS="SM","SM","SM"')
        self.receives()

    def test_three_arguments_found_out(self):
        self.odd(cpms_arguments=3)
        self.receives()

    def test_one_argument_of_cpms_only(self):
        self.odd({"cpms_arguments": 1}, cpms_arguments=1)
        self.assertEqual(self.command("AT+CPMS=\""), 'AT+CPMS="SM"')
        self.receives()

    def test_slots_from_0(self):
        self.sim.do("storage", base=0)
        self.odd({"first_slot": 0})
        self.receives()

    def test_a_modem_that_forgets_its_memory(self):
        self.sim.do("storage", mem="ME", capacity=20)
        self.odd({"reselect": True, "store": "ME", "memories": ["ME", "SM"]}, forgets_memory=True)
        self.sms(LONG)
        self.assertEqual("".join(self.core.wait("inbound")["text"] for _ in range(4)), LONG)
        self.wait_empty("ME")

    def test_nothing_of_a_long_text_is_deleted_before_all_of_it_is_safe(self):
        self.core.answer = lambda m: "later" if m.get("concat_seq") == 3 else "stored"
        self.odd({"deletes": "whole"}, deletes_whole=True)
        self.sim.watch("command", "deleted")
        self.sms(LONG)
        for _ in range(4):
            self.core.wait("inbound")
        self.sms("short")
        self.core.wait("inbound")
        # The short text goes; the parts stay, as one of them is not safe.
        self.core_until(lambda: self.on_sim() == 4)
        self.core.answer = "stored"
        self.core.send("stored", ref=next(m["ref"] for m in self.core.heard if m.get("concat_seq") == 3))
        self.wait_empty()
        self.assertEqual(sorted(m["concat_seq"] for m in self.core.all("inbound") if m.get("concat_seq")), [1, 2, 3, 4])

    def core_until(self, done):
        """Answers the worker until this is so: asked again at each command of the worker."""
        self.sim.watch("deleted", "command")
        deadline = time.monotonic() + harness.DEADLINE
        while not done():
            self.core_and_sim(deadline, "the memory's state")

    def test_a_text_that_never_becomes_whole_goes_when_room_is_wanted(self):
        self.sim.do("storage", capacity=4)
        self.odd({"deletes": "whole"}, deletes_whole=True)
        self.sms(LONG, order=[1, 2, 3])
        self.wait_empty()

    def test_reports_announced_under_the_wrong_memory(self):
        self.odd({"notify": ["2,1,0,2"], "reports": "stored", "report_memory": "SR"}, report_named="SM")
        self.sms("innocent", direct=False)
        self.core.wait("inbound")
        self.report_comes()
        self.wait_empty("SR")

    def test_reports_announced_wrongly_and_nobody_knows(self):
        self.odd({"notify": ["2,1,0,2"]}, report_named="SM")
        self.report_comes()
        self.wait_empty("SR")

    def test_no_reports_are_asked_for(self):
        self.odd({"reports": "none"})
        self.sim.watch("phone", "command")
        self.core.text(1, "hello", report=True)
        self.core.wait("sent")
        # The next text and its receipt come; no report does.
        self.receives()
        self.assertEqual(self.core.all("report"), [])

    def test_a_text_announced_without_its_place(self):
        self.odd(cmti_blank=True)
        self.receives()

    def test_direct_reports_refused(self):
        self.odd(no_ds1=True)
        self.report_comes()

    def test_fifth_value_of_cnmi_must_be_1(self):
        self.odd({"notify": ["2,1,0,2,1", "2,1,0,0,1"], "memories": ["SM", "SR"]}, no_ds1=True, only_bfr1=True)
        self.receives()

    def test_no_ok_after_cpin(self):
        self.odd({"pin_no_ok": True}, cpin_no_ok=True)
        self.receives()

    def test_no_ok_after_cpin_with_a_pin(self):
        self.sim.do("set", pin="1234", locked=True)
        self.core.welcome["pin"] = "1234"
        self.odd({"pin_no_ok": True, "pin_counter": "AT+CPINC?", "pin_counter_prefix": "+CPINC:", "pin_counter_field": 0},
                 cpin_no_ok=True, counter="+CPINC")
        self.receives()

    def test_registration_told_after_ok(self):
        self.odd(creg_after_ok=True)
        self.receives()

    def test_no_registration_told_after_ok(self):
        self.sim.do("quirks", creg_after_ok=True)
        self.sim.do("set", registration=2)
        self.sim.watch("command")
        self.core.welcome["sweep_s"] = 1
        self.start(ready=False)
        self.core.wait_state("registering")
        for _ in range(2):
            self.command("AT+CREG?")
        self.command("AT+COPS?") # the answer came before it
        self.sim.do("storage", fill=1)
        self.core.wait("inbound")
        self.assertEqual(self.core.all("modem")[-1]["state"], "registering")
        self.sim.do("set", registration=1)
        self.core.wait_ready()

    def test_lost_registration_told_after_ok(self):
        self.odd(creg_after_ok=True)
        self.sim.do("set", registration=2)
        self.core.wait_state("registering")
        self.sim.do("set", registration=5)
        self.core.wait_ready()

    def test_busy_code_means_wait(self):
        self.odd({"busy_cme": [515, 14]}, delay_cme=515, delay_times=5)
        self.receives()
        self.assertNotIn("stuck", [m["state"] for m in self.core.all("modem")])

    def test_charset(self):
        self.odd({"charset": "UCS2"})
        self.command('AT+CSCS="UCS2"')
        self.receives()

    def test_chatter_is_no_part_of_any_answer(self):
        self.odd({"noise_urcs": ["Call Ready", "^RSSI:"], "reset_urcs": []}, chatter="Call Ready", model="ABC")
        self.receives()
        self.assertEqual(self.core.all("modem")[-1]["model"], "ABC")


if __name__ == "__main__":
    harness.main()
