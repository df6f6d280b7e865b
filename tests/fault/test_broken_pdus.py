#!/usr/bin/env python3
"""Malformed PDUs are quarantined one by one, damaged texts are read with the damage marked, and the next tip flows."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import main  # noqa: E402
from pdus import BROKEN, DAMAGED, deliver, part, ucs2  # noqa: E402
from system import PASSWORD, SystemCase, codes_in, OFFICER  # noqa: E402


class Broken(SystemCase):
    def setUp(self):
        super().setUp()
        self.system = self.start_system(modems=1, partial_after_s=1)

    def tip_flows(self):
        """A sound tip after all that: stored, and on the officer's phone."""
        before = self.system.status()["counters"]
        self.system.sim.do("sms", modem=0, from_="+97600002222", text="a girl of 12 is sold at the market")
        self.system.wait_status(lambda s: s["counters"]["stored"] > before["stored"], "the next tip to be stored")
        self.assertTrue(codes_in(self.system.phones.text(OFFICER)))
        self.system.wait_status(lambda s: self.system.on_sim(0) == 0, "the SIM to be empty")

    def test_each_broken_pdu_is_quarantined(self):
        for name, pdu in BROKEN:
            with self.subTest(pdu=name):
                before = self.system.status()["counters"]
                self.system.sim.do("pdu", modem=0, line=pdu)
                after = self.system.wait_status(lambda s: s["counters"]["quarantined"] > before["quarantined"], name)["counters"]
                self.assertEqual(after["quarantined"], before["quarantined"] + 1)
                self.assertEqual(after["stored"], before["stored"])
        self.tip_flows()
        listed = self.system.ctl_json("quarantine")["quarantine"]
        self.assertEqual(len(listed), len(BROKEN))
        self.assertTrue(all(row["reason"] for row in listed))

    def test_broken_among_sound_hides_nothing(self):
        for i in range(8):
            self.system.sim.do("pdu", modem=0, line=BROKEN[i % len(BROKEN)][1] if i % 2 else
                deliver("+9760000300%d" % i, ucs2("a boy of 11 carries coal")))
        status = self.system.wait_status(lambda s: s["counters"]["stored"] >= 4, "the sound ones")
        self.assertEqual(status["counters"]["stored"], 4)
        self.tip_flows()

    def test_damaged_text_is_read(self):
        code, out = self.system.ctl("person", "add", "bat", "--role", "officer", "--password-stdin",
            stdin="%s\n%s\n" % (PASSWORD, self.system.recovery_key()))
        self.assertEqual(code, 0, out)
        for name, pdu, words in DAMAGED:
            with self.subTest(pdu=name):
                before = self.system.status()["counters"]
                self.system.sim.do("pdu", modem=0, line=pdu)
                after = self.system.wait_status(lambda s: s["counters"]["stored"] > before["stored"], name)["counters"]
                self.assertEqual(after["damaged"], before["damaged"] + 1)
                newest = max(self.system.ctl_json("queue")["cases"], key=lambda c: c["opened_ms"])["code"]
                code, out = self.system.ctl("case", "show", newest, "--as", "bat", "--password-stdin", stdin=PASSWORD + "\n")
                self.assertEqual(code, 0, out)
                self.assertIn(words, re.sub(r"[][]", "", out))  # without the marks of cues
        self.tip_flows()

    def test_one_part_of_many_is_shown_as_partial(self):
        for wide in (False, True):
            before = self.system.status()["counters"]["partial"]
            self.system.sim.do("pdu", modem=0, line=part("+97600001020", "a girl is locked in at the", 7, 64, 1, wide))
            self.system.wait_status(lambda s: s["counters"]["partial"] > before, "the text to be shown as partial")
        self.tip_flows()

    def test_same_reference_with_other_text_loses_nothing(self):
        """Two long texts under one reference, and one part twice with different words: every word is stored somewhere."""
        for text in ("first a ", "other a "):
            self.system.sim.do("pdu", modem=0, line=part("+97600001021", text, 9, 2, 1))
        self.system.sim.do("pdu", modem=0, line=part("+97600001021", "first b", 9, 2, 2))
        self.system.sim.do("pdu", modem=0, line=part("+97600001022", "stranger b", 9, 2, 2))  # same reference, another sender
        self.system.wait_status(lambda s: s["counters"]["partial"] >= 2, "what is incomplete to be shown")
        self.system.sim.do("pdu", modem=0, line=part("+97600001021", "other b", 9, 2, 2))
        self.tip_flows()
        self.system.stop()
        rows = self.system.rows("SELECT parts, parts_missing FROM message WHERE direction = 0 ORDER BY id")
        self.assertEqual(sorted(rows), sorted([(2, 0), (2, 0), (2, 1), (1, 0)]))


if __name__ == "__main__":
    main()
