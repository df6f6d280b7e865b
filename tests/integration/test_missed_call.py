#!/usr/bin/env python3
"""Missed calls: one neutral text back, once in a while to one number, and never to those who must not get one."""
import os
import sqlite3
import time

import harness
from harness import JsonLines
from system import COORDINATOR, OFFICER, SystemCase

CALLER = "+97600001234"
DISCREET = "Утсаа авч чадсангүй. Бичээрэй."


class Missed(SystemCase):
    def start(self, **settings):
        self.system = self.start_system(modems=1, **settings)
        self.watch = JsonLines(os.path.join(self.system.folder, "control.sock"))
        self.addCleanup(self.watch.close)
        self.watch.ask({"op": "watch"})
        return self.system

    def ring(self, from_=CALLER):
        """Returns what the core tells of it."""
        self.system.sim.do("call", modem=0, from_=from_, rings=1, ring_ms=100)
        return self.watch.wait_event(lambda e: e.get("event") == "call")

    def counts(self):
        counters = self.system.status()["counters"]
        return counters["calls"], counters["calls_answered"]

    def calls(self):
        self.system.stop_core()
        return self.system.rows("SELECT answered FROM call ORDER BY id")

    def test_one_text_for_many_calls(self):
        s = self.start()
        self.assertTrue(self.ring()["answered"])
        self.assertEqual(s.phones.text(CALLER), DISCREET)
        self.assertFalse(self.ring()["answered"])
        self.assertTrue(self.ring("+97600005678")["answered"])
        s.phones.text("+97600005678")
        self.assertEqual(self.counts(), (3, 2))
        self.assertIn("calls 3, calls_answered 2", s.ctl("status")[1])
        self.assertEqual(self.calls(), [(1,), (0,), (1,)])
        self.assertEqual(len(s.sim.inbox(CALLER)), 1)
        self.assertEqual(s.rows("SELECT count(*) FROM contact"), [(2,)])
        self.assertEqual(s.rows("SELECT count(*) FROM cases"), [(0,)])
        self.assertNotIn(CALLER[4:], s.log())
        with open(s.database, "rb") as f:
            self.assertNotIn(CALLER[4:].encode(), f.read())

    def test_standard_words_and_the_callers_language(self):
        s = self.start(discreet=False)
        s.sim.do("sms", from_=CALLER, text="Hello, is this the hotline for children?")
        s.phones.text(CALLER)
        self.ring()
        self.assertIn("cannot take calls", s.phones.text(CALLER))

    def test_again_after_the_period(self):
        s = self.start(missed_reply_s=1)
        self.ring()
        s.phones.text(CALLER)
        deadline = time.monotonic() + harness.DEADLINE
        while not self.ring()["answered"]:
            self.assertLess(time.monotonic(), deadline)
        self.assertEqual(s.phones.text(CALLER), DISCREET)

    def test_who_gets_none(self):
        """Withheld, short, on the roster."""
        self.start()
        self.assertTrue(self.ring("")["withheld"])
        for number in ("1234", OFFICER, COORDINATOR):
            self.assertFalse(self.ring(number)["answered"])
        self.assertEqual(self.counts(), (4, 0))
        self.assertEqual(self.calls(), [(0,)] * 4)

    def test_who_asked_for_silence_gets_none(self):
        s = self.start()
        self.ring()
        s.phones.text(CALLER)
        s.kill_core()  # the state is the dialogue's to set; here only what follows from it
        db = sqlite3.connect(s.database)
        db.execute("UPDATE contact SET safety = 3")
        db.execute("UPDATE call SET answered_boot_ms = 0")
        db.commit()
        db.close()
        s.start_core()
        s.wait_status(lambda st: st["modems"]["m0"]["ready"], "the modem")
        self.watch = JsonLines(os.path.join(s.folder, "control.sock"))
        self.addCleanup(self.watch.close)
        self.watch.ask({"op": "watch"})
        self.assertFalse(self.ring()["answered"])
        self.assertTrue(self.ring("+97600005678")["answered"])
        s.phones.text("+97600005678")
        self.assertEqual(len(s.sim.inbox(CALLER)), 1)

    def test_who_said_stop_gets_none(self):
        s = self.start()
        s.sim.do("sms", from_=CALLER, text="STOP")
        s.wait_status(lambda st: st["counters"]["stored"] == 1, "the text")
        self.assertFalse(self.ring()["answered"])
        self.assertTrue(self.ring("+97600005678")["answered"])

    def test_forged_numbers(self):
        """Together they get no more than so many an hour."""
        self.start(missed_replies_per_hour=2)
        self.assertEqual([self.ring("+97600009%03d" % i)["answered"] for i in range(4)], [True, True, False, False])

    def test_switched_off(self):
        self.start(missed_reply_s=0)
        self.assertFalse(self.ring()["answered"])

    def test_exactly_once_when_the_core_comes_back(self):
        s = self.start()
        s.kill_core()
        s.sim.watch("call", "phone", "load")
        s.sim.do("call", modem=0, from_=CALLER, rings=1, ring_ms=100)
        s.sim.event("call", lambda e: e["what"] == "missed")
        s.start_core()
        self.assertEqual(s.phones.text(CALLER), DISCREET)
        s.restart_core()
        s.wait_status(lambda st: st["modems"]["m0"]["ready"], "the modem")
        self.assertEqual(self.counts(), (1, 1))
        self.assertEqual(len(s.sim.inbox(CALLER)), 1)


if __name__ == "__main__":
    harness.main()
