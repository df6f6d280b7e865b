#!/usr/bin/env python3
"""The menu and whoever else may hold the phone, forge its number by a text, or read the disk."""
import os
import sqlite3
import unittest

import harness
import test_ussd_menu
from core import OFFICER, TEXTER
from test_ussd_menu import OTHER

UNSAFE = ["3", "2", "1", "1", "2"]  # English, I need help, safe now, me: do not text me
SAFE = UNSAFE[:-1] + ["1"]


class UssdSafety(test_ussd_menu.MenuCase):
    officer = None

    def contact(self, core, code):
        if not self.officer:
            core.add_person("Dorj")
            self.officer = core.login("Dorj")
            self.stack.callback(self.officer.close)
        answer = self.officer.ask({"op": "case.contact", "code": code})
        self.assertTrue(answer["ok"], answer)
        return answer["contact"]

    def screen(self, modem, text, from_=TEXTER):
        modem.text(text, from_)
        while True:  # those on duty come first
            sent = modem.send()
            if sent["to"] == from_:
                return sent["text"]

    # ---- whether they may be texted

    def test_words_of_somebody_unknown_leave_them_untexted(self):
        core = self.core()
        ussd = self.ussd(core)
        ussd.walk("s1", ["3", "they lock girls in a sauna in Darkhan and sell them"])
        self.assertEqual(self.contact(core, self.one_case(core)["code"])["safety"], "no-reply")
        ussd.step("s1", 4, "2")
        for i, one in enumerate(["1", "1", "1"]):
            last = ussd.step("s1", 5 + i, one)
        self.assertTrue(last["end"], last)
        self.assertEqual(self.contact(core, self.one_case(core)["code"])["safety"], "reply-ok")  # they said so since

    def test_whoever_asked_for_silence_is_not_texted_for_a_menu(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        self.assertTrue(ussd.walk("s1", UNSAFE)["end"])
        self.assertTrue(ussd.walk("s2", SAFE)["end"])  # perhaps whoever she is afraid of
        self.nothing_to_texter(modem)
        contact = self.contact(core, self.one_case(core)["code"])
        self.assertEqual((contact["safety"], contact["asked_for_silence"]), ("no-reply", True))

    # ---- alerts

    def test_an_emergency_of_a_case_that_somebody_has_is_told_at_its_answer(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)

        ussd.walk("s1", ["3", "1", "1", "1"])
        modem.text("OK " + harness.ack_in(modem.send()["text"]), OFFICER)
        ussd.step("s1", 6, "0")
        ussd.walk("s2", ["3", "2", "2", "1"])  # they are still on the line
        self.assertEqual(len(core.cases()), 1)
        core.stop()
        db = sqlite3.connect(core.database)
        told = [row[0] for row in db.execute("SELECT action FROM audit WHERE action LIKE 'case.%' ORDER BY id")]
        db.close()
        self.assertEqual([a for a in told if a in ("case.open", "case.raise", "case.amend")], ["case.open", "case.raise", "case.amend"])

    # ---- by texts, whose sender anybody can forge

    def test_a_silent_phone_has_no_menu_that_nobody_sees(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        self.assertTrue(ussd.walk("s1", UNSAFE)["end"])
        modem.text("MENU")
        modem.text("1")
        self.assertEqual(self.one_case(core)["messages"], 3)  # texts like any others: an officer reads them
        self.nothing_to_texter(modem)
        self.assertEqual(core.ask("ussd.sessions")["sessions"], [])

    def test_a_text_does_not_go_on_with_what_was_dialled(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        ussd.walk("s1", ["3", "1"])
        self.assertIn("Language", self.screen(modem, "MENU"))
        self.assertEqual(core.counters()["ussd_dropped"], 0)  # who dialled is still on the line
        self.assertTrue(ussd.step("s1", 4, "2")["text"].startswith("Is a child in danger now?"))

    def test_a_call_for_help_in_digits_is_read_by_somebody(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        self.screen(modem, "MENU")
        self.assertIn("Language", self.screen(modem, "102"))
        self.assertEqual(self.one_case(core)["messages"], 1)
        ussd.walk("s1", ["3", "SOS"], number=OTHER)
        self.assertEqual(len(core.cases()), 2)

    # ---- whoever dials again

    def test_what_was_declined_is_not_offered_again(self):
        for how, session in (("2", "fresh"), ("0", "left")):
            core = self.core()
            ussd = self.ussd(core)
            ussd.walk(session, ["3", "1", "2"])
            ussd.end(session)
            self.assertTrue(ussd.step("second", 1)["text"].startswith("Go on where you stopped?"))
            ussd.step("second", 2, how)
            ussd.end("second")
            self.assertIn("Language", ussd.step("third", 1)["text"], how)
            core.stop()
            os.unlink(core.database)

    # ---- the disk

    def test_no_answer_is_in_clear_in_a_session(self):
        core = self.core()
        ussd = self.ussd(core)
        ussd.walk("s1", ["3", "2", "2"])
        core.stop()
        db = sqlite3.connect(core.database)
        db.text_factory = bytes
        row = b"\n".join(repr(v).encode() for v in db.execute("SELECT * FROM ussd_session").fetchone())
        db.close()
        for word in (b"help", b"unsafe", b"danger", TEXTER.encode()):
            self.assertNotIn(word, row)


if __name__ == "__main__":
    unittest.main()
