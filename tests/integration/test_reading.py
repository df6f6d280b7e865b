#!/usr/bin/env python3
"""Somebody with a login who reads everything is stopped, on record, and told of; who works on an emergency is not in their way."""
import sqlite3
import subprocess

from core import COORDINATOR, Core, Link, PASSWORD
from harness import Case, DEADLINE, main, program

URGENT = "a girl of 15 is locked in and beaten at the hotel now, help"
CALM = "thank you"
OPERATOR = "+97600003001"
LIMITS = {"read_officer_hour": 3, "read_officer_day": 5, "read_officer_own_hour": 8, "read_officer_own_day": 10,
    "read_coordinator_hour": 3}


class Reading(Case):
    def setUp(self):
        super().setUp()
        self.core = Core(self.folder, receipts=False, autostart=False, **LIMITS)
        self.keep(self.core)
        with open(self.folder + "/roster.conf") as f:
            text = f.read()
        with open(self.folder + "/roster.conf", "w") as f:
            f.write(text.replace("people = (", 'people = ( { name = "Op"; role = "operator"; number = "%s"; language = "en"; },' % OPERATOR))
        self.core.start()
        for name, role in (("Bat", "officer"), ("Dorj", "officer"), ("Saran", "coordinator"), ("Oyun", "auditor")):
            self.core.add_person(name, role)
        self.link = Link(self.core)
        self.addCleanup(self.link.close)

    def as_(self, who):
        conn = self.core.login(who)
        self.addCleanup(conn.close)
        return conn

    def calm(self, n):
        """As many cases that are nobody's and not urgent; their codes."""
        for i in range(n):
            self.link.text(CALM, "+9760000%04d" % (5000 + i))
        return [c["code"] for c in self.core.cases() if c["urgency"] not in ("high", "emergency")]

    def read(self, conn, code):
        """The texts of a case that were opened, and those that were not, with why."""
        answer = conn.ask({"op": "case.show", "code": code})
        self.assertTrue(answer["ok"], answer)
        return [m.get("text") for m in answer["messages"] if "text" in m], [m["locked"] for m in answer["messages"] if "locked" in m]

    def actions(self, action):
        rows = self.as_("Oyun").ask({"op": "audit.list"})["audit"]
        return [(e["actor"], e["object"]) for e in reversed(rows) if e["action"] == action]

    def warned(self):
        """Numbers that were warned, in what order does not matter."""
        told = []
        while len(told) < 2:
            m = self.link.send()
            if "unusually many" in m["text"]:
                self.assertNotIn("Bat", m["text"])
                told.append(m["to"])
        return sorted(told)

    def test_over_the_limit(self):
        codes = self.calm(6)
        bat = self.as_("Bat")
        for code in codes[:3]:
            self.assertEqual(len(self.read(bat, code)[0]), 1)
        for code in codes[3:5]:
            opened, locked = self.read(bat, code)
            self.assertEqual(opened, [])
            self.assertIn("ask a coordinator or a colleague", locked[0])
        for code in codes[:3]:  # what was opened may be opened again
            self.assertEqual(len(self.read(bat, code)[0]), 1)
        self.assertEqual(self.actions("reading.refused"), [("Bat", c) for c in codes[3:5]])
        self.assertEqual(self.warned(), sorted([COORDINATOR, OPERATOR]))  # once, not for each
        self.assertEqual(len([t for t in self.core.ask("outbox.list", all=True)["outbox"] if t["purpose"] == "warning"]), 2)
        self.assertEqual(len(self.read(self.as_("Dorj"), codes[4])[0]), 1)  # others read on
        other = self.as_("Bat")  # another connection is the same person, another core the same day
        self.assertEqual(self.read(other, codes[5])[0], [])
        self.core.restart()
        self.assertEqual(self.read(self.as_("Bat"), codes[5])[0], [])
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        views = db.execute("SELECT person, count(*) FROM text_view GROUP BY person ORDER BY person").fetchall()
        db.execute("UPDATE text_view SET hour = hour - 24")
        db.commit()
        db.close()
        self.assertEqual(views, [("Bat", 3), ("Dorj", 1)])
        self.core.start()
        self.core.ask("retention.run")
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        self.assertEqual(db.execute("SELECT count(*) FROM text_view").fetchone(), (0,))
        db.close()
        self.core.start()
        self.assertEqual(len(self.read(self.as_("Bat"), codes[5])[0]), 1)  # another day

    def test_somebody_else_allows_more(self):
        codes = self.calm(5)
        bat = self.as_("Bat")
        for code in codes[:4]:
            self.read(bat, code)
        for who, allowed in (("Bat", "not authorised"), ("Oyun", "not authorised")):
            self.assertEqual(self.as_(who).ask({"op": "person.allow", "name": "Bat"})["code"], allowed)
        self.assertEqual(self.as_("Saran").ask({"op": "person.allow", "name": "Nobody"})["code"], "not found")
        self.assertEqual(self.as_("Dorj").ask({"op": "person.allow", "name": "Saran"})["code"], "not authorised")
        self.assertEqual(self.read(bat, codes[4])[0], [])
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--as", "Saran", "--password-stdin", "person",
            "allow", "Bat"], input=(PASSWORD + "\n").encode(), stdout=subprocess.PIPE, timeout=DEADLINE)
        self.assertEqual((done.returncode, done.stdout), (0, b"Bat may read on.\n"))
        self.assertEqual(len(self.read(bat, codes[4])[0]), 1)
        self.assertEqual(self.actions("reading.allow"), [("Saran", "Bat")])
        self.assertEqual(self.actions("reading.allow.failed"), [("Bat", "Bat"), ("Dorj", "Saran")])

    def test_an_emergency_is_read_whatever_was_read_before(self):
        codes = self.calm(4)
        bat = self.as_("Bat")
        for code in codes:
            self.read(bat, code)
        self.assertEqual(self.read(bat, codes[3])[0], [])
        self.link.text(URGENT)  # nobody has it yet
        urgent, = [c["code"] for c in self.core.cases() if c["urgency"] in ("high", "emergency")]
        self.assertEqual(self.read(bat, urgent)[0], [URGENT])
        self.assertTrue(self.as_("Dorj").ask({"op": "case.claim", "code": urgent})["ok"])
        self.assertEqual(self.read(bat, urgent)[0], [URGENT])  # seen today
        self.assertTrue(bat.ask({"op": "case.claim", "code": codes[3]})["ok"])  # and one's own, on record
        self.assertEqual(len(self.read(bat, codes[3])[0]), 1)

    def test_own_cases_have_a_higher_limit(self):
        for i in range(9):
            self.link.text("%s and again %d" % (URGENT, i))
        code, = [c["code"] for c in self.core.cases()]
        opened, locked = self.read(self.as_("Bat"), code)
        self.assertEqual((len(opened), len(locked)), (8, 1))

    def test_a_look_at_the_quarantine_and_at_answers_counts(self):
        for i in range(4):
            ref = self.link.ref = self.link.ref + 1
            self.link.say("refused", ref=ref, imsi=self.link.imsi, raw="FF%02X" % i, reason="made up")
            self.link.hear("stored", lambda m, r=ref: m["ref"] == r)
        seen = self.as_("Bat").ask({"op": "quarantine.list"})["quarantine"]
        self.assertEqual((len([q for q in seen if "raw" in q]), len([q for q in seen if "locked" in q])), (3, 1))
        self.assertEqual(self.actions("reading.refused"), [("Bat", "")])


if __name__ == "__main__":
    main()
