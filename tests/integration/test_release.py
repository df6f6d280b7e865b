#!/usr/bin/env python3
"""A phone number is shown by release only: one asks, another approves, who asked sees it once, and every step is on record."""
import json
import os
import sqlite3
import subprocess

from core import COORDINATOR, Core, Link, PASSWORD
from harness import Case, DEADLINE, JsonLines, main, program, run

GIRL = "+97600007531"
TIP = "a girl of 15 is made to meet men at the hotel"
REASON = "she asked to be called back"


class Release(Case):
    def setUp(self):
        super().setUp()
        self.core = Core(self.folder, receipts=False)
        self.keep(self.core)
        for name, role in (("Bat", "officer"), ("Dorj", "officer"), ("Saran", "coordinator"), ("Oyun", "auditor")):
            self.core.add_person(name, role)
        self.link = Link(self.core)
        self.addCleanup(self.link.close)
        self.link.text(TIP, GIRL)
        self.code = self.core.cases()[0]["code"]
        self.told = {}
        for _ in range(2):  # the alert to the officer and the coordinator
            self.send()

    def send(self):
        m = self.link.send()
        self.told.setdefault(m["to"], []).append(m["text"])
        return m

    def as_(self, who):
        conn = self.core.login(who)
        self.addCleanup(conn.close)
        return conn

    def ask(self, conn, code=None, reason=REASON):
        return conn.ask({"op": "release.ask", "code": code or self.code, "reason": reason})

    def actions(self):
        rows = self.as_("Oyun").ask({"op": "audit.list"})["audit"]
        return [(e["actor"], e["action"], e["object"]) for e in reversed(rows) if e["action"].startswith("release")]

    def test_two_people_and_once(self):
        bat, saran = self.as_("Bat"), self.as_("Saran")
        asked = self.ask(bat)
        self.assertTrue(asked["ok"], asked)
        number = asked["release"]["id"]
        text = self.send()
        self.assertEqual(text["to"], COORDINATOR)
        self.assertIn(self.code, text["text"])
        self.assertNotIn(GIRL[-8:], text["text"])
        nobody = JsonLines(self.core.control)
        self.addCleanup(nobody.close)
        for conn, op, code in ((bat, "release.show", "wrong state"), (bat, "release.approve", "not authorised"),
                (saran, "release.show", "not authorised"), (self.as_("Dorj"), "release.show", "not authorised"),
                (self.as_("Oyun"), "release.approve", "not authorised"), (nobody, "release.show", "not authorised")):
            answer = conn.ask({"op": op, "release": number})
            self.assertEqual((answer["ok"], answer["code"]), (False, code), op)
        listed, = saran.ask({"op": "release.list"})["releases"]
        self.assertEqual((listed["state"], listed["requester"], listed["reason"]), ("asked", "Bat", REASON))
        self.assertTrue(saran.ask({"op": "release.approve", "release": number})["ok"])
        self.assertEqual(saran.ask({"op": "release.approve", "release": number})["code"], "wrong state")
        self.assertEqual(saran.ask({"op": "release.show", "release": number})["code"], "not authorised")
        shown = bat.ask({"op": "release.show", "release": number})
        self.assertEqual((shown["ok"], shown["number"], shown["code"]), (True, GIRL, self.code))
        self.assertEqual(bat.ask({"op": "release.show", "release": number})["code"], "wrong state")
        self.assertIn("on record", self.send()["text"])
        good = [a for a in self.actions() if not a[1].endswith("failed")]
        self.assertEqual(good, [("Bat", "release.ask", self.code), ("Saran", "release.approve", self.code), ("Bat", "release.show", self.code)])
        self.assertIn(("Bat", "release.decide.failed", self.code), self.actions())
        self.assertIn(("Dorj", "release.show.failed", self.code), self.actions())
        self.assertTrue(self.core.ask("audit.verify")["good"])

    def test_refused_and_asked_twice(self):
        bat, dorj = self.as_("Bat"), self.as_("Dorj")
        number = self.ask(bat)["release"]["id"]
        self.assertEqual(self.ask(dorj)["code"], "exists")
        self.assertTrue(dorj.ask({"op": "release.refuse", "release": number})["ok"])
        self.assertEqual(bat.ask({"op": "release.show", "release": number})["code"], "wrong state")
        again = self.ask(bat)["release"]["id"]
        self.assertNotEqual(again, number)

    def test_what_is_refused(self):
        bat = self.as_("Bat")
        self.assertEqual(self.ask(bat, reason="why not")["code"], "bad request")
        self.assertEqual(self.ask(bat, reason="please call 00001234 at once")["code"], "bad request")
        self.assertEqual(self.ask(bat, reason="x" * 125)["code"], "out of range")
        self.assertEqual(self.ask(bat, code="0000000")["ok"], False)
        self.assertEqual(self.ask(self.as_("Saran"))["ok"], False)  # another unit's case
        self.assertEqual(self.ask(self.as_("Oyun"))["code"], "not authorised")
        self.assertEqual(bat.ask({"op": "release.show", "release": 99})["code"], "not found")

    def test_an_approval_that_was_not_shown_expires(self):
        bat, saran = self.as_("Bat"), self.as_("Saran")
        number = self.ask(bat)["release"]["id"]
        self.assertTrue(saran.ask({"op": "release.approve", "release": number})["ok"])
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        db.execute("UPDATE release SET asked_ms = asked_ms - 90000000, expires_ms = expires_ms - 90000000")
        db.commit()
        db.close()
        self.core.start()
        bat = self.as_("Bat")
        self.assertEqual(bat.ask({"op": "release.show", "release": number})["code"], "timeout")
        self.assertEqual(bat.ask({"op": "release.list"})["releases"][0]["state"], "expired")
        self.assertTrue(self.ask(bat)["ok"])

    def test_survives_a_kill_between_the_steps(self):
        number = self.ask(self.as_("Bat"))["release"]["id"]
        self.core.restart()
        self.assertTrue(self.as_("Saran").ask({"op": "release.approve", "release": number})["ok"])
        self.core.restart()
        self.assertEqual(self.as_("Bat").ask({"op": "release.show", "release": number})["number"], GIRL)
        self.core.restart()
        self.assertFalse(self.as_("Bat").ask({"op": "release.show", "release": number})["ok"])

    def test_one_human_with_two_names(self):
        """Who may add people adds themselves a second name, and agrees with themselves."""
        answer = self.core.ask("person.add", name="Puppet", role="officer", password=PASSWORD, **{"as": "Bat", "as_password": PASSWORD})
        self.assertEqual(answer["name"], "Puppet")
        self.assertIn("gave somebody new access", self.send()["text"])
        bat, puppet = self.as_("Bat"), self.as_("Puppet")
        number = self.ask(bat)["release"]["id"]
        self.assertEqual(puppet.ask({"op": "release.approve", "release": number})["code"], "not authorised")
        self.assertEqual(puppet.ask({"op": "person.allow", "name": "Bat"})["code"], "not authorised")
        self.assertTrue(self.as_("Dorj").ask({"op": "release.approve", "release": number})["ok"])
        self.assertEqual(bat.ask({"op": "release.show", "release": number})["number"], GIRL)
        number = self.ask(puppet)["release"]["id"]
        self.assertEqual(bat.ask({"op": "release.approve", "release": number})["code"], "not authorised")
        self.assertIn(("Bat", "release.decide.failed", self.code), self.actions())

    def test_who_leaves_is_nobody_at_once(self):
        bat = self.as_("Bat")
        number = self.ask(bat)["release"]["id"]
        nobody = JsonLines(self.core.control)
        self.addCleanup(nobody.close)
        for request, code in (({"name": "Bat", "recovery": "nonsense"}, "bad request"), ({"name": "Bat"}, "bad request"),
                ({"name": "Ganaa", "recovery": self.core.recovery}, "not found")):
            self.assertEqual(nobody.ask(dict(request, op="person.remove"))["code"], code)
        self.assertTrue(bat.ask({"op": "case.show", "code": self.code})["messages"][0]["text"])
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--password-stdin", "person", "remove", "Bat"],
            input=(self.core.recovery + "\n").encode(), stdout=subprocess.PIPE, timeout=DEADLINE)
        self.assertEqual((done.returncode, done.stdout), (0, b"Bat is removed.\n"))
        self.assertEqual(bat.ask({"op": "release.show", "release": number})["code"], "not authorised")
        again = bat.ask({"op": "login", "person": "Bat", "password": PASSWORD})
        self.assertEqual((again["code"], again["error"]), ("not authorised", "wrong name or password"))
        self.assertNotIn("Bat", [p["name"] for p in nobody.ask({"op": "person.list"})["people"]])
        answer = nobody.ask({"op": "person.add", "name": "Bat", "role": "officer", "password": PASSWORD, "recovery": self.core.recovery})
        self.assertEqual(answer["code"], "exists")  # the trail tells of the one who left
        with self.assertRaises(AssertionError):
            self.core.login("Bat")
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        self.assertEqual(db.execute("SELECT secret_blob, unit_sealed FROM person WHERE name = 'Bat'").fetchone(), (b"", None))
        self.assertEqual([r[0] for r in db.execute("SELECT action FROM audit WHERE action LIKE 'person.remove%'")],
            ["person.remove.failed", "person.remove"])
        db.close()
        self.core.start()
        self.assertTrue(self.as_("Dorj").ask({"op": "case.show", "code": self.code})["messages"][0]["text"])

    def test_names_that_would_fool_the_reader_of_the_trail(self):
        nobody = JsonLines(self.core.control)
        self.addCleanup(nobody.close)
        for name, code in (("core", "bad request"), ("Operator", "bad request"), ("recovery", "bad request"), ("bat", "exists"),
                ("\u0412\u0430\u0442", "exists"), ("D0rj", "exists")):
            answer = nobody.ask({"op": "person.add", "name": name, "role": "officer", "password": PASSWORD, "recovery": self.core.recovery})
            self.assertEqual((answer["ok"], answer.get("code")), (False, code), name)

    def ctl(self, who, *args):
        argv = [program("hotlinectl"), "--socket", self.core.control, "--as", who, "--password-stdin", "--json"] + list(args)
        code, out = run(["sh", "-c", 'echo "$1" | { shift; "$@"; }', "sh", PASSWORD] + argv)
        return code, (json.loads(out) if code == 0 else out)

    def test_by_hand(self):
        code, asked = self.ctl("Bat", "case", "release", self.code, "--reason", REASON)
        self.assertEqual(code, 0, asked)
        number = str(asked["release"]["id"])
        self.assertEqual(self.ctl("Bat", "release", "approve", number)[0], 4)
        self.assertEqual(self.ctl("Saran", "release", "approve", number)[0], 0)
        code, shown = self.ctl("Bat", "release", "show", number)
        self.assertEqual((code, shown["number"]), (0, GIRL))
        self.assertEqual(self.ctl("Bat", "release", "show", number)[0], 1)
        self.assertEqual(self.ctl("Bat", "release", "list")[1]["releases"][0]["state"], "shown")
        with open(os.path.join(self.folder, "hotlined.err"), "rb") as f:
            self.assertNotIn(GIRL[-8:].encode(), f.read())

if __name__ == "__main__":
    main()
