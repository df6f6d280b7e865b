#!/usr/bin/env python3
"""The life of a case: what people do with it, with hotlinectl and on the control socket; who may; what is counted."""
import json
import os
import re
import sqlite3
import subprocess

from core import Core, Link, OFFICER, PASSWORD
from harness import Case, DEADLINE, SRCDIR, ack_in, main, program

ANNA, BOLOR, SENDER = "+97600009001", "+97600009002", "+976000091%02d"
TIP = "a girl of 15 is made to meet men at the hotel"
OTHER_TIP = "a girl of 13 is sold to men near the market every week"
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
        tallies = self.ask(self.person("Oyun"), "tally.list")["tallies"]
        return {tally["key"]: tally["value"] for tally in tallies if tally["topic"] == topic}


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
        self.assertIn("urgency high>low", self.ctl("tallies"))
        self.assertIn("Recorded.", self.ctl("case", "outcome", code, "victim-identified"))
        self.ctl("case", "note", code, stdin="ask the school\n")
        shown = self.ctl("case", "show", code)
        for words in (TIP, "ask the school", "note", "by Bat", "victim-identified", "FCYDA", "referred (Dorj)"):
            self.assertIn(words, shown.replace("[", "").replace("]", ""))
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
        wrong = bat.ask({"op": "case.relabel", "code": code, "exploitation": "sex", "district": "Nowhere"})
        self.assertEqual(wrong["code"], "bad request")  # all or nothing: what was right of it is not counted either
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
        self.core.ask("person.add", name="Puppet", role="officer", password=PASSWORD, **{"as": "Bat", "as_password": PASSWORD})
        self.refused(self.person("Puppet"), "case.outcome", "wrong state", code=code, outcome="malicious")  # Bat under another name
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
        self.ask(self.person("Saran"), "case.hold", code=code, on=True)
        merged = self.ask(bat, "case.merge", code=code, into=into)["case"]
        self.assertEqual((merged["code"], merged["messages"]), (into, 2))
        self.assertEqual(sorted(self.texts(bat, into)), sorted([TIP, "same hotel", "the boss of the hotel beats a boy of 12"]))
        trail = self.ask(self.person("Oyun"), "audit.list")["audit"]
        self.assertIn(("case.hold", into), [(e["action"], e["object"]) for e in trail], "a hold goes with the texts")
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
        alert = self.link.hear("send", lambda m: m["to"] == OFFICER and code in m["text"])
        self.link.text("OK " + ack_in(alert["text"]), OFFICER)
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
        for n in range(110):
            self.link.offer("room %d" % n, ANNA)
        self.link.text("the last room", ANNA)
        bat, answers = self.person("Bat"), 0
        while self.ask(bat, "case.merge", code=code, into=into).get("more"):
            answers += 1
            self.assertEqual(self.case(code)["state"], "new")
        self.assertEqual(answers, 1)
        self.assertEqual((self.case(code)["messages"], self.case(into)["messages"]), (0, 113))


class Joins(Cases):
    def answer(self, to):
        """The next text to a texter, without codes."""
        while True:  # alerts take their places in the window of the link, too
            sent = self.link.send()
            if sent["to"] == to:
                return sent["text"]

    def wrong(self, code):
        """The same with a right check digit: another case's code that does not exist."""
        table = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017",
            "9438617205", "2581436790")
        for digit in "0123456789":
            start, check = (digit if digit != code[0] else "9" if code[0] != "9" else "8") + code[1:6], 0
            for c in start:
                check = int(table[check][int(c)])
            if start + str(check) not in {case["code"] for case in self.core.cases()}:
                return start + str(check)
        raise AssertionError("no free code")

    def test_a_code_from_another_phone_joins_and_tells_nothing(self):
        self.begin(discreet="false")
        code = self.tip()
        self.answer(ANNA)
        unknown = self.wrong(code)
        right, wrong, none = (SENDER % n for n in (11, 12, 13))
        words = "%s she was taken to another hotel"
        answers = []
        for sender, text in ((right, words % code), (wrong, words % unknown), (none, "she was taken to another hotel")):
            self.link.text(text, sender)
            answers.append(self.answer(sender))
        shown = [[word for word in text.split() if not word.strip(".:,").isdigit()] for text in answers]
        self.assertEqual(shown[0], shown[1])
        self.assertEqual(shown[0], shown[2])
        self.assertNotIn(code, answers[0])
        bat = self.person("Bat")
        messages = self.ask(bat, "case.show", code=code)["messages"]
        self.assertEqual([m["text"] for m in messages], [TIP, words % code])
        self.assertEqual([m.get("other_phone", False) for m in messages], [False, True])
        # the next text of that phone follows; the other two have cases of their own
        self.link.text("room 5", right)
        self.assertEqual(self.texts(bat, code)[-1], "room 5")
        self.assertEqual(len([case for case in self.core.cases() if case["state"] != "closed"]), 3)
        # what they were answered with is a code as any other: it leads to the same case, and tells nothing either
        own = next(word.strip(".:,") for word in answers[0].split() if word.strip(".:,").isdigit() and len(word.strip(".:,")) == 7)
        self.assertEqual(self.case(own)["merged_into"], code)
        self.link.text(own + " room 6", SENDER % 14)
        self.assertEqual(self.texts(bat, code)[-1], own + " room 6")

    def test_advice_tells_nothing_of_a_code(self):
        """Whoever has a case and names another's code is advised as with a code of nobody's; and advice holds no code."""
        self.begin(discreet="false")
        code = self.tip()
        self.answer(ANNA)
        urgent = "%s they sell a girl of 12 tonight at the hotel in Bayanzurkh, right now"
        heard = []
        for number, named in ((21, code), (22, self.wrong(code))):
            sender = SENDER % number
            self.link.text(TIP, sender)
            for _ in range(2):
                self.link.text(urgent % named, sender)
            heard.append([re.sub(r"\b\d{7}\b", "CODE", self.answer(sender)) for _ in range(2)])
            self.assertEqual([o["purpose"] for o in self.core.ask("outbox.list", all=True)["outbox"]].count("advice"), len(heard))
        self.assertEqual(heard[0], heard[1])
        self.assertEqual([("CODE" in text, "102" in text) for text in heard[0]], [(True, False), (False, True)])

    def test_codes_are_bounded_for_each_sender(self):
        self.begin(codes_per_day=2)
        code = self.tip()
        self.link.text(self.wrong(code), BOLOR)
        self.link.text("%s one" % code, BOLOR)
        self.link.text("%s two" % code, BOLOR)
        bat = self.person("Bat")
        self.assertEqual(self.texts(bat, code), [TIP, "%s one" % code])

    def test_an_expired_code_is_any_text(self):
        self.begin(reopen_within_s=0)
        code = self.tip()
        bat = self.person("Bat")
        self.ask(bat, "case.close", code=code, reason="resolved")
        self.link.text("%s she is back" % code, BOLOR)
        self.assertEqual((self.case(code)["state"], self.case(code)["messages"]), ("closed", 1))
        self.assertEqual(len(self.core.cases()), 2)

    def test_a_text_after_the_close_reopens_and_rings(self):
        self.begin()
        code = self.tip()
        bat = self.person("Bat")
        self.ask(bat, "case.close", code=code, reason="resolved")
        self.link.text("thank you", ANNA)
        self.assertEqual(self.case(code)["state"], "closed")
        self.link.text("a girl of 15 is made to meet men there again", ANNA)
        case = self.case(code)
        self.assertEqual((case["state"] in ("reopened", "alerted"), case["owner"], case["messages"]), (True, "", 3))
        self.assertEqual([alert["code"] for alert in self.core.ask("alert.list")["alerts"]], [code])


class Queue(Cases):
    PLACE = "Баянзүрх дүүргийн 7-р хороонд 15 настай охиныг буудалд биеийг нь үнэлүүлж байна"
    SAME_PLACE = "БЗД 7 хороо буудал дээр нэг охин биеэ үнэлж байна гэсэн"

    def test_independent_senders_corroborate_and_one_does_not(self):
        self.begin()
        code = self.tip(self.PLACE)
        for _ in range(5):
            self.link.text(self.PLACE, ANNA)
        self.assertEqual(len(self.core.cases()), 1, "a burst of one sender is one case")
        case = self.case(code)
        self.assertEqual((case["messages"], case["corroboration"]), (6, 0))
        before = case["urgency"]
        second = self.tip(self.SAME_PLACE, BOLOR)
        third = self.tip(self.PLACE, SENDER % 21)
        self.link.text(self.SAME_PLACE, BOLOR)
        self.assertEqual([self.case(c)["corroboration"] for c in (code, second, third)], [2, 2, 2])
        self.assertEqual(self.case(code)["urgency"], before)
        other = self.tip("Сүхбаатар дүүргийн 3-р хороонд хүүхдийг хүчээр ажиллуулж байна", SENDER % 22)
        self.assertEqual(self.case(other)["corroboration"], 0)
        bat = self.person("Bat")
        links = {(link["code"], link["kind"]) for link in self.ask(bat, "case.show", code=code)["links"]}
        self.assertEqual(links, {(second, "same place"), (third, "same text")})
        self.link.text(self.PLACE, "OPERATOR", alphanumeric=True)
        self.assertEqual(self.case(code)["corroboration"], 2, "anybody can take a name")
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        rows = db.execute("SELECT quote(hash) FROM case_feature").fetchall()
        db.close()
        self.assertTrue(rows)
        with open(self.core.database, "rb") as f:
            disk = f.read()
        for words in ("хороо".encode(), b"place/"):
            self.assertNotIn(words, disk)
        self.core.start()

    def test_order_by_priority_and_deadline_never_by_arrival(self):
        self.begin(acknowledge_high_s=7200, act_high_s=60)
        low = self.tip("heard there is some kind of forced work at farms, nothing specific", SENDER % 31)
        high = self.tip(TIP, SENDER % 32)
        early = self.tip(OTHER_TIP, SENDER % 33)
        late = self.tip("a girl of 14 is made to meet men at the sauna", SENDER % 34)
        bat = self.person("Bat")
        emergency = self.tip("a man locks up a boy of 9 right now and beats him, help", SENDER % 35)
        self.link.text("Congratulations! You won a prize, click http://example.invalid to claim your loan", SENDER % 36)
        spam, = (case["code"] for case in self.core.ask("case.list", aside=True)["cases"])
        order = {case["code"]: case["urgency"] for case in self.core.ask("case.list")["cases"]}
        self.assertEqual([order[c] for c in (high, early, late, emergency)], ["high"] * 3 + ["emergency"])
        # the last of the high ones is acknowledged: its first action is due sooner than the others' acknowledgement
        self.ask(bat, "case.claim", code=late)
        wanted = [emergency, late, high, early]
        listed = [case["code"] for case in self.core.ask("case.list")["cases"]]
        self.assertEqual(listed[:4], wanted)
        self.assertEqual(listed[-1], low)
        self.assertNotIn(spam, listed)
        self.ask(bat, "case.relabel", code=spam, kind="tip", urgency="low")
        self.assertEqual([case["code"] for case in self.core.ask("case.list")["cases"]][-1], spam)
        self.assertIn(spam, {alert["code"] for alert in self.core.ask("alert.list")["alerts"]})
        self.ask(bat, "case.relabel", code=early, urgency="emergency")
        self.assertEqual([case["code"] for case in self.core.ask("case.list")["cases"]][:2], [emergency, early])

    def test_a_text_with_missing_parts_is_seen(self):
        self.begin(partial_after_s=1)
        watch = self.person("Bat")
        self.ask(watch, "watch")
        self.link.part(TIP + " ", 1, 2, from_=ANNA)
        code = watch.wait_event(lambda e: e["event"] == "case" and e["partial"])["code"]
        self.link.part("in room 5", 2, 2, from_=ANNA)
        case = self.case(code)
        self.assertEqual((case["partial"], case["messages"]), (0, 1))


if __name__ == "__main__":
    main()
