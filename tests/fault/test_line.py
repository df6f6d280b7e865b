#!/usr/bin/env python3
"""The line drops and returns, a modem hangs, a +CMGS reply is lost: nothing is lost, and only alerts repeat."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import main  # noqa: E402
from system import OFFICER, SystemCase, codes_in  # noqa: E402

TEXTER = "+97600004444"
OFFICER_ONLY = (("officer one", "officer", OFFICER),)
QUICK = {"m0": {"profile": "quick"}}
TIP = "a girl of 13 is made to beg at the market every day"


class Line(SystemCase):
    def test_line_drops_and_returns(self):
        system = self.start_system(modems=1)
        system.sim.do("unplug", modem=0)
        system.wait_status(lambda s: s["modems"]["m0"]["state"] in ("absent", "opening"), "the worker to notice")
        system.sim.do("sms", modem=0, from_=TEXTER, text=TIP)  # waits on the SIM of the modem in the hand
        system.sim.do("plug", modem=0)
        self.assertTrue(codes_in(system.phones.text(OFFICER, timeout=40)))
        self.assertEqual(system.status()["counters"]["stored"], 1)

    def test_hung_modem_comes_back(self):
        system = self.start_system(modems=1, modem_settings=QUICK)
        system.sim.do("fault", modem=0, name="hang", times=-1)
        system.sim.do("sms", modem=0, from_=TEXTER, text=TIP)
        system.wait_status(lambda s: s["modems"]["m0"]["state"] in ("stuck", "resetting", "broken", "probing", "opening"),
            "the worker to notice", timeout=60)
        system.sim.do("no_faults", modem=0)
        self.assertTrue(codes_in(system.phones.text(OFFICER, timeout=60)))
        self.assertEqual(system.status()["counters"]["stored"], 1)

    def test_alert_moves_to_the_other_modem(self):
        system = self.start_system(modems=2)
        system.sim.do("unplug", modem=1)
        system.wait_status(lambda s: s["modems"]["m1"]["state"] in ("absent", "opening"), "the worker to notice")
        system.sim.do("sms", modem=0, from_=TEXTER, text=TIP)
        self.assertTrue(codes_in(system.phones.text(OFFICER)))

    def test_lost_cmgs_reply_repeats_an_alert(self):
        system = self.start_system(modems=1, receipts=False, roster=OFFICER_ONLY, modem_settings=QUICK)
        system.sim.do("fault", modem=0, name="lost_reply", times=1, prefix="+CMGS")
        system.sim.do("sms", modem=0, from_=TEXTER, text=TIP)
        first = codes_in(system.phones.text(OFFICER, timeout=60))
        again = codes_in(system.phones.text(OFFICER, timeout=60))
        self.assertEqual(first, again)

    def test_lost_cmgs_reply_does_not_repeat_a_receipt(self):
        system = self.start_system(modems=1, roster=(), modem_settings=QUICK)
        system.sim.do("fault", modem=0, name="lost_reply", times=1, prefix="+CMGS")
        system.sim.do("sms", modem=0, from_=TEXTER, text=TIP)
        system.phones.text(TEXTER, timeout=60)
        system.wait_status(lambda s: s["outbox"]["dialogue"].get("unknown") == 1, "the receipt to be unknown", timeout=60)
        system.sim.do("sms", modem=0, from_="+97600004445", text=TIP)  # what is sent after it proves that the modem went on
        system.phones.text("+97600004445", timeout=60)
        self.assertEqual(len(system.sim.inbox(TEXTER)), 1)


if __name__ == "__main__":
    main()
