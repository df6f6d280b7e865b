#!/usr/bin/env python3
"""The system looks after itself: modems that are down, test texts between modems, metrics, drills; the operator is told."""
import os
import re

from harness import main
from system import COORDINATOR, OFFICER, SystemCase

OPERATOR = "+97600000007"
NUMBERS = ("+97600003001", "+97600003002")
ROSTER = (("officer one", "officer", OFFICER), ("task force", "coordinator", COORDINATOR), ("operator", "operator", OPERATOR))
SETTINGS = {"m0": {"number": NUMBERS[0]}, "m1": {"number": "00003002"}}  # any notation


class Health(SystemCase):
    def start_it(self, **settings):
        return self.start_system(roster=ROSTER, modem_settings=SETTINGS, **dict({"loop_s": 0}, **settings))

    def read_metrics(self, system, wanted):
        """The figures, once they satisfy."""
        path = os.path.join(self.folder, "metrics.prom")

        def figures():
            with open(path) as f:
                return dict(re.findall(r"(?m)^(hotlined_\S+) (\S+)$", f.read()))
        system.wait_status(lambda s: os.path.exists(path) and wanted(figures()), "the metrics")
        return figures()

    def test_a_modem_that_is_down_and_up_again(self):
        system = self.start_it(modem_down_s=1)
        system.workers["m1"].stop()
        self.assertIn("m1", system.phones.text(OPERATOR))
        system.start_worker("m1")
        self.assertIn("m1 is back", system.phones.text(OPERATOR))
        self.assertNotIn(OFFICER, system.phones.texts)

    def carry(self, system, to):
        """Carries a test text as the network would, to whichever modem has the number; returns it."""
        text = system.phones.text(to)
        sender = NUMBERS[1 - NUMBERS.index(to)]
        system.sim.do("sms", modem=NUMBERS.index(to), from_=sender, text=text)
        return text

    def test_round_trips(self):
        system = self.start_it(loop_s=1, loop_wait_s=1)
        for number in NUMBERS + NUMBERS:
            self.assertRegex(self.carry(system, number), r"^loop m\d m\d \d+ [0-9A-F]{16}$")
        system.wait_status(lambda s: system.on_sim(0) == 0 and system.on_sim(1) == 0, "the test texts to be taken")
        self.assertEqual(system.status()["counters"]["cases"], 0)

    def test_lost_test_texts(self):
        system = self.start_it(loop_s=3600, loop_wait_s=1)
        told = system.phones.text(OPERATOR) + system.phones.text(OPERATOR)
        self.assertEqual(set(re.findall(r"\bm\d\b", told)), {"m0", "m1"})
        status = system.wait_status(lambda s: any("did not arrive" in w for w in s["warnings"]), "the warning")
        self.assertEqual(len([w for w in status["warnings"] if "did not arrive" in w]), 2)
        for number in NUMBERS:  # late, but there
            self.carry(system, number)
        system.wait_status(lambda s: not any("did not arrive" in w for w in s["warnings"]), "the end of the warning")

    def test_somebody_elses_test_text_is_a_text(self):
        system = self.start_it(loop_s=3600, loop_wait_s=1)
        text = system.phones.text(NUMBERS[0])
        system.sim.do("sms", from_="+97600008888", text=text[:-1] + ("0" if text[-1] != "0" else "1"))
        system.wait_status(lambda s: s["counters"]["cases"] == 1, "a case")

    def test_drill(self):
        system = self.start_it(drill_wait_s=86400)
        code, out = system.ctl("alert", "drill")
        self.assertEqual((code, out.split()[0]), (0, "1"))
        text = system.phones.text(OFFICER, "Drill, not a case")
        self.assertEqual(system.ctl("alert", "drill")[0], 1)  # one at a time
        system.sim.do("sms", from_=OFFICER, text="OK " + re.search(r"\d{4}", text).group())
        self.assertIn("Thank you", system.phones.text(OFFICER, "Drill done"))
        self.assertRegex(system.ctl("alert", "drills")[1], r"officer one .*after \d+ s")
        self.assertEqual(system.status()["counters"]["cases"], 0)

    def test_metrics(self):
        path = os.path.join(self.folder, "metrics.prom")
        system = self.start_it(metrics_file=path, metrics_s=1)
        system.sim.do("sms", from_="+97600008888", text="they lock a girl of 12 in the sauna, Bayanzurkh")
        system.phones.text(OFFICER)
        found = self.read_metrics(system, lambda m: m.get("hotlined_cases_total") == "1" and
            m.get('hotlined_modem_ready{modem="m1"}') == "1")
        self.assertIn('hotlined_outbox{lane="alert",state="sent"}', found)
        self.assertIn('hotlined_modem_signal{modem="m0"}', found)
        self.assertGreater(int(found["hotlined_database_bytes"]), 0)
        with open(path) as f:
            text = f.read()
        self.assertNotIn("97600008888", text)
        self.assertEqual([line for line in text.splitlines() if not re.match(
            r"^(# TYPE hotlined_\w+ (gauge|counter)|hotlined_\w+(\{\w+=\"[\w-]+\"(,\w+=\"[\w-]+\")?\})? -?\d+)$", line)], [])


if __name__ == "__main__":
    main()
