#!/usr/bin/env python3
"""The wall clock jumps a year either way: deadlines are counted on boot time, so no alert rings early, late or never."""
import glob
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import main  # noqa: E402
from system import OFFICER, SECOND, SystemCase, codes_in  # noqa: E402

TIP = "a girl of 13 is made to beg at the market every day"
LIBRARY = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")


class Clock(SystemCase):
    def jumping(self, **settings):
        if not LIBRARY:
            self.skipTest("faketime is not installed")
        self.stamp = os.path.join(self.folder, "offset")
        self.jump("+0")
        return self.start_system(modems=1, core_env={"LD_PRELOAD": LIBRARY[0], "FAKETIME_TIMESTAMP_FILE": self.stamp,
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}, **settings)

    def jump(self, offset):
        with open(self.stamp + ".new", "w") as f:
            f.write(offset + "\n")
        os.rename(self.stamp + ".new", self.stamp)

    def year_of_newest(self, system):
        newest = max(c["opened_ms"] for c in system.ctl_json("queue")["cases"])
        return newest / 1000 / 86400 / 365.25

    def test_a_jump_escalates_nothing_and_stops_nothing(self):
        system = self.jumping()
        years = []
        for i, offset in enumerate(("+0", "+1y", "+0", "-1y")):
            self.jump(offset)
            system.sim.do("sms", modem=0, from_="+9760000600%d" % i, text=TIP)
            system.phones.text(OFFICER)
            system.wait_status(lambda s: s["counters"]["stored"] == i + 1, "the tip")
            if offset == "+1y":
                years.append(self.year_of_newest(system))
            elif not years:
                years.append(self.year_of_newest(system))
        self.assertGreater(years[1] - years[0], 0.9, "the jump did reach the core")
        self.assertEqual(system.sim.inbox(SECOND), [], "nobody was escalated to by a jump")

    def test_escalation_goes_on_over_jumps(self):
        system = self.jumping(escalate_high_s=1, escalate_normal_s=1, escalate_emergency_s=1)
        system.sim.do("sms", modem=0, from_="+97600006010", text=TIP)
        code = system.phones.code(OFFICER)
        for offset in ("-1y", "+1y", "+0"):
            self.jump(offset)
            again, ack = system.phones.codes(SECOND, timeout=40)
            self.assertEqual(again, code)
        system.sim.do("sms", modem=0, from_=SECOND, text="OK " + ack)
        system.phones.text(SECOND, "assigned")


if __name__ == "__main__":
    main()
