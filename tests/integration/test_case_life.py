#!/usr/bin/env python3
"""The life of a case: what people do with it, with hotlinectl and on the control socket; who may; what is counted."""
import json
import os
import sqlite3
import subprocess

from core import Core, Link, OFFICER, PASSWORD
from harness import Case, DEADLINE, SRCDIR, main, program

ANNA, BOLOR, SENDER = "+97600009001", "+97600009002", "+976000091%02d"
TIP = "a girl of 15 is made to meet men at the hotel"
OTHER_TIP = "a girl of 13 is sold to men near the market"
AGENCIES = '"%s"' % os.path.join(SRCDIR, "etc", "agencies.conf")


class Cases(Case):
    def begin(self, **settings):
        core = Core(self.folder, agencies=AGENCIES, **settings)
        self.keep(core)
        for name, role in (("Bat", "officer"), ("Dorj", "officer"), ("Saran", "coordinator"), ("Oyun", "auditor")):
            core.add_person(name, role)
        self.core, self.link = core, Link(core)
        self.addCleanup(self.link.close)
        return core

    def person(self, name):
        conn = self.core.login(name)
        self.addCleanup(conn.close)
        return conn

    def ask(self, conn, op, **fields):
        answer = conn.ask(dict(fields, op=op))
        self.assertTrue(answer["ok"], answer)
        return answer

    def refused(self, conn, op, why, **fields):
        answer = conn.ask(dict(fields, op=op))
        self.assertEqual((answer["ok"], answer.get("code")), (False, why), answer)
        return answer["error"]

    def tip(self, text=TIP, from_=ANNA):
        """A text of a new sender; the code of its case."""
        before = {case["code"] for case in self.core.cases()}
        self.link.text(text, from_)
        code, = {case["code"] for case in self.core.cases()} - before
        return code

    def case(self, code):
        return next(case for case in self.core.cases() if case["code"] == code)

    def texts(self, conn, code):
        return [m["text"] for m in self.ask(conn, "case.show", code=code)["messages"]]

    def tally(self, topic):
        """What was counted, read from the disk of a core that has ended."""
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        found = dict(db.execute("SELECT key, sum(value) FROM tally WHERE topic = ? GROUP BY key HAVING sum(value) <> 0", (topic,)))
        db.close()
        self.core.start()
        return found


class Life(Cases):
    def ctl(self, *args, as_="Bat", stdin="", code=0):
        command = [program("hotlinectl"), "--config", self.core.config, *args, "--as", as_, "--password-stdin"]
        done = subprocess.run(command, input=(PASSWORD + "\n" + stdin).encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            timeout=DEADLINE, check=False)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stdout.decode() if code == 0 else done.stderr.decode()

    def state(self, *args, **kwargs):
        return json.loads(self.ctl("case", *args, "--json", **kwargs))["case"]

    def test_from_the_first_text_to_reopening(self):
        self.begin()
        code = self.tip()
        self.link.send(lambda m: m["to"] == OFFICER)
        alerted = self.case(code)
        self.assertIn(alerted["state"], ("new", "alerted"))
        self.assertEqual((alerted["waits_for"], alerted["overdue"]), ("acknowledgement", False))
        self.assertIn(code, self.ctl("case", "list"))
        claimed = self.state("claim", code)
        self.assertEqual((claimed["state"], claimed["owner"], claimed["waits_for"]), ("acknowledged", "Bat", "first action"))
        self.assertTrue(claimed["acknowledged_ms"])
        self.assertEqual(self.core.ask("alert.list")["alerts"], [])
        started = self.state("start", code)
        self.assertEqual((started["state"], started["waits_for"]), ("in work", "close"))
        self.assertTrue(started["action_ms"])
        self.assertIn("in the work of Bat", self.ctl("case", "claim", code, as_="Dorj", code=1))
        self.assertEqual(self.state("claim", code, "--takeover", as_="Dorj")["owner"], "Dorj")
        relabelled = self.state("relabel", code, "--urgency", "low", "--district", "Bayanzurkh", "--child", "no")
        self.assertEqual((relabelled["urgency"], relabelled["district"], relabelled["child"]), ("low", "Bayanzurkh", False))
        self.assertIn("emergency", self.ctl("case", "relabel", code, "--urgency", "soon", code=1))
        self.assertIn("Say this, and nothing else", self.ctl("case", "refer", code, "FCYDA"))
        self.assertIn("hotlinectl agencies", self.ctl("case", "refer", code, "NOBODY", code=5))
        self.assertIn("FCYDA", self.ctl("agencies"))
        self.assertIn("Recorded.", self.ctl("case", "outcome", code, "victim-identified"))
        self.ctl("case", "note", code, stdin="ask the school\n")
        shown = self.ctl("case", "show", code)
        for words in ("[to meet men]", "ask the school", "note", "by Bat", "victim-identified", "FCYDA", "referred (Dorj)"):
            self.assertIn(words, shown)
        self.assertIn("resolved", self.ctl("case", "close", code, "because", code=1, as_="Dorj"))
        closed = self.state("close", code, "resolved", as_="Dorj")
        self.assertEqual((closed["state"], closed["reason"], closed["waits_for"]), ("closed", "resolved", ""))
        self.assertEqual(self.state("close", code, "resolved", as_="Dorj")["closed_ms"], closed["closed_ms"])
        self.assertIn("reopen it first", self.ctl("case", "start", code, code=1))
        self.assertNotIn(code, self.ctl("case", "list"))
        self.assertIn(code, self.ctl("case", "list", "--all"))
        reopened = self.state("reopen", code)
        self.assertEqual((reopened["state"], reopened["owner"], reopened["closed_ms"]), ("reopened", "Bat", 0))
        self.assertEqual(reopened["acknowledged_ms"], claimed["acknowledged_ms"])
        self.assertEqual(self.core.ask("alert.list")["alerts"], [])

    def test_help_of_each_command(self):
        self.begin()
        for command in ("list", "show", "claim", "start", "merge", "split", "relabel", "refer", "outcome", "note", "close", "reopen"):
            done = subprocess.run([program("hotlinectl"), "case", command, "--help"], stdout=subprocess.PIPE, timeout=DEADLINE,
                check=True)
            self.assertIn("usage: hotlinectl case " + command, done.stdout.decode())


class Record(Cases):
    def test_each_change_is_on_record(self):
        self.begin()
        code, other = self.tip(), self.tip(OTHER_TIP, BOLOR)
        self.link.text("she is still there, room 5", ANNA)
        bat = self.person("Bat")
        said = [("case.claim", {}, ""), ("case.start", {}, ""), ("case.relabel", {"kind": "question"}, "kind tip>question"),
            ("case.refer", {"agency": "OPG"}, "OPG"), ("case.outcome", {"outcome": "unfounded"}, "unfounded"),
            ("case.note", {"text": "a note"}, "")]
        for op, fields, _ in said:
            self.ask(bat, op, code=code, **fields)
        second = self.ask(bat, "case.show", code=code)["messages"][1]["id"]
        new = self.ask(bat, "case.split", code=code, messages=[second])["case"]["code"]
        self.ask(bat, "case.merge", code=new, into=other)
        self.ask(bat, "case.close", code=code, reason="unfounded")
        self.ask(bat, "case.reopen", code=code)
        trail = [(e["actor"], e["action"], e["object"], e["detail"]) for e in self.ask(self.person("Oyun"), "audit.list")["audit"]]
        for op, _, detail in said:
            self.assertTrue([e for e in trail if e[:3] == ("Bat", op, code) and detail in e[3]], op)
        for entry in (("Bat", "case.split", code, new + " 1"), ("Bat", "case.merge", new, other),
                ("Bat", "case.close", code, "unfounded"), ("Bat", "case.reopen", code, "unfounded")):
            self.assertIn(entry, trail)
        self.assertNotIn("a note", json.dumps(trail))
        self.assertTrue(self.core.ask("audit.verify")["good"])

    def test_roles_and_units(self):
        self.begin()
        code = self.tip()
        changes = (("case.claim", {}), ("case.start", {}), ("case.relabel", {"child": "no"}), ("case.refer", {"agency": "OPG"}),
            ("case.outcome", {"outcome": "unfounded"}), ("case.note", {"text": "x"}), ("case.close", {"reason": "resolved"}),
            ("case.reopen", {}), ("case.split", {"messages": [1]}), ("case.merge", {"into": code}))
        oyun, saran = self.person("Oyun"), self.person("Saran")
        for op, fields in changes:
            self.refused(oyun, op, "not authorised", code=code, **fields)
            self.refused(saran, op, "not found", code=code, **fields)
        self.assertEqual(self.ask(saran, "case.list")["cases"], [])
        self.refused(saran, "case.show", "not found", code=code)
        self.assertEqual(self.case(code)["state"], "new")
        self.assertEqual(self.core.ask("case.show", code=code)["messages"][0].get("text"), None)

    def test_corrections_and_outcomes_are_counted_without_text(self):
        self.begin()
        code, other = self.tip(), self.tip(OTHER_TIP, BOLOR)
        bat = self.person("Bat")
        for c in (code, other):
            self.ask(bat, "case.relabel", code=c, exploitation="labour", child="yes")
        self.ask(bat, "case.relabel", code=code, exploitation="labour")  # nothing changes
        self.ask(bat, "case.outcome", code=code, outcome="investigation-opened")
        self.ask(bat, "case.outcome", code=code, outcome="investigation-opened")  # asked twice
        self.ask(bat, "case.outcome", code=code, outcome="cyber-facilitated")
        self.ask(bat, "case.outcome", code=code, outcome="cyber-facilitated", withdraw=True)
        first = self.ask(bat, "case.refer", code=code, agency="gasi")
        self.assertEqual(sorted(first["tell"]), ["child", "code", "district", "khoroo", "urgency"])
        self.assertTrue(self.ask(bat, "case.refer", code=code, agency="GASI")["already"])
        self.assertEqual(self.tally("relabel"), {"exploitation sex>labour": 2})
        self.assertEqual(self.tally("outcome"), {"investigation-opened": 1})
        self.assertEqual(self.tally("referral"), {"GASI": 1})

    def test_malicious_takes_two(self):
        self.begin()
        code = self.tip()
        bat, dorj = self.person("Bat"), self.person("Dorj")
        self.assertTrue(self.ask(bat, "case.outcome", code=code, outcome="malicious")["waits"])
        self.assertIn("another person", self.refused(bat, "case.outcome", "wrong state", code=code, outcome="malicious"))
        self.refused(bat, "case.close", "wrong state", code=code, reason="malicious")
        self.assertEqual(self.tally("outcome"), {})
        bat, dorj = self.person("Bat"), self.person("Dorj")
        self.assertNotIn("waits", self.ask(dorj, "case.outcome", code=code, outcome="malicious"))
        outcome, = self.ask(bat, "case.show", code=code)["outcomes"]
        self.assertEqual((outcome["person"], outcome["second"], outcome["counts"]), ("Bat", "Dorj", True))
        self.assertEqual(self.ask(bat, "case.close", code=code, reason="malicious")["case"]["state"], "closed")
        self.assertEqual(self.tally("outcome"), {"malicious": 1})


class Moves(Cases):
    def test_merged_texts_stay_readable_and_the_texter_follows(self):
        self.begin()
        code, into = self.tip(), self.tip("the boss of the hotel beats a boy of 12", BOLOR)
        bat = self.person("Bat")
        self.ask(bat, "case.note", code=code, text="same hotel")
        merged = self.ask(bat, "case.merge", code=code, into=into)["case"]
        self.assertEqual((merged["code"], merged["messages"]), (into, 2))
        self.assertEqual(sorted(self.texts(bat, into)), sorted([TIP, "same hotel", "the boss of the hotel beats a boy of 12"]))
        gone = self.case(code)
        self.assertEqual((gone["state"], gone["reason"], gone["merged_into"], gone["messages"]), ("closed", "merged", into, 0))
        self.ask(bat, "case.merge", code=code, into=into)  # asked twice
        for op, fields in (("case.close", {"reason": "resolved"}), ("case.reopen", {}), ("case.start", {})):
            self.assertIn("was merged into " + into, self.refused(bat, op, "wrong state", code=code, **fields))
        self.refused(bat, "case.merge", "bad request", code=into, into=into)
        self.link.text("they moved her to room 5", ANNA)
        self.assertEqual(self.texts(bat, into)[-1], "they moved her to room 5")
        self.assertEqual(len(self.core.cases()), 2)
        # nobody has answered the alert of the first: it goes on for the other
        self.assertEqual({alert["code"] for alert in self.core.ask("alert.list")["alerts"]}, {into})
        self.link.text("OK " + code, OFFICER)
        self.assertEqual(self.core.ask("alert.list")["alerts"], [])
        self.assertEqual(self.case(into)["owner"], "Duty 1")

    def test_split_texts_stay_readable(self):
        self.begin()
        code = self.tip()
        for text in ("room 5", "my neighbour makes a boy of 10 work at night"):
            self.link.text(text, ANNA)
        bat = self.person("Bat")
        first, second, third = [m["id"] for m in self.ask(bat, "case.show", code=code)["messages"]]
        self.refused(bat, "case.split", "bad request", code=code, messages=[first, second, third])
        self.refused(bat, "case.split", "not found", code=code, messages=[third, third + 1])
        self.refused(bat, "case.split", "bad request", code=code, messages=["x"])
        new = self.ask(bat, "case.split", code=code, messages=[third])["case"]
        self.assertEqual((new["state"], new["owner"], new["messages"]), ("acknowledged", "Bat", 1))
        self.assertEqual(self.case(code)["messages"], 2)
        self.assertEqual(self.texts(bat, new["code"]), ["my neighbour makes a boy of 10 work at night"])
        self.assertEqual(self.texts(bat, code), [TIP, "room 5"])
        shown = self.ask(bat, "case.show", code=new["code"])
        self.assertEqual([(link["code"], link["kind"]) for link in shown["links"]], [(code, "split")])
        self.core.restart()
        bat = self.person("Bat")
        self.assertEqual(self.texts(bat, new["code"]), ["my neighbour makes a boy of 10 work at night"])

    def test_a_merge_of_very_many_texts_goes_in_pieces(self):
        self.begin()
        code, into = self.tip(), self.tip(OTHER_TIP, BOLOR)
        for n in range(260):
            self.link.offer("room %d" % n, ANNA)
        self.link.text("the last room", ANNA)
        bat, answers = self.person("Bat"), 0
        while self.ask(bat, "case.merge", code=code, into=into).get("more"):
            answers += 1
            self.assertEqual(self.case(code)["state"], "new")
        self.assertEqual(answers, 1)
        self.assertEqual((self.case(code)["messages"], self.case(into)["messages"]), (0, 263))


if __name__ == "__main__":
    main()
