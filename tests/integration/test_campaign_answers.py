#!/usr/bin/env python3
"""Answers to campaigns: matched, counted and answered; a report in one stays a report; nobody is brought back by one; results without people."""
import csv
import io
import json
import re
import sqlite3

from campaigns import Campaigns, number
from core import Link
from harness import main

TIP = "a girl of 14 is beaten and locked in at the car wash in Bayanzurkh now, help"
QUIZ = '''name = "%(name)s"; kind = "quiz"; hours = "always"; %(more)s
questions = (
  { text = { en = "May an employer keep papers? A yes, B no. {stop} to leave"; }; right = { en = "Right!"; }; wrong = { en = "It is {answer}."; };
    options = ( { key = "A"; words = [ "yes", "тийм" ]; label = "may"; }, { key = "B"; words = [ "no", "үгүй" ]; right = true; } ); },
  { text = { en = "From what age may one work? 1 at 12, 2 at 16"; };
    options = ( { key = "1"; }, { key = "2"; right = true; } ); } );
'''
POLL = '''name = "%(name)s"; kind = "poll"; hours = "always"; %(more)s
questions = ( { text = { en = "Do you know 108? A yes, B no, C not sure. {stop} to leave"; }; options = ( { key = "A"; }, { key = "B"; }, { key = "C"; } ); },
  { text = { en = "What would help?"; }; } ); thanks = { en = "Thank you."; };
'''
INVITED = '''name = "%(name)s"; kind = "quiz"; hours = "always"; %(more)s
text = { en = "A quiz: {start} to take part, {stop} to leave"; };
questions = ( { text = { en = "May they? A yes, B no"; }; options = ( { key = "A"; }, { key = "B"; right = true; } ); } );
'''
KEYWORD = '''name = "%(name)s"; kind = "keyword"; keyword = "vote"; hours = "always"; %(more)s
questions = ( { text = { en = "Text VOTE A or VOTE B. {stop} to leave"; }; options = ( { key = "A"; }, { key = "B"; } ); } );
'''


class Answers(Campaigns):
    def begin(self, people, template, more=""):
        """Everybody has got the first text; texts that were sent are here by number."""
        self.start(people=people, discreet=False)
        self.run_one("first", template=template, more=more)
        return {m["to"]: m["text"] for m in (self.link.send() for _ in range(people))}

    def heard(self, who, text):
        """They text; what they hear, all of it."""
        self.link.text(text, who)
        heard = []
        while [o for o in self.core.ask("outbox.list")["outbox"]]:
            m = self.link.send()
            heard += [m["text"]] if m["to"] == who else []
        return heard

    def results(self, name="first"):
        return self.json("campaign", "results", name)

    def total(self):
        return self.results()["total"]

    def votes(self, question=1):
        q = self.results()["questions"][question - 1]
        return {o["option"]: o["answers"] for o in q["options"]}, q["words"], q["unread"], q["none"]

    def restart(self):
        self.link.close()
        self.core.restart()
        self.link = Link(self.core)
        self.link.pdu = 5000
        self.stack.callback(self.link.close)

    def rows(self, sql, *args):
        db = sqlite3.connect(self.core.database)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()


class Quiz(Answers):
    def test_questions_in_order(self):
        sent = self.begin(3, QUIZ)
        self.assertIn("May an employer keep papers?", sent[number(1)])
        self.assertEqual(self.heard(number(1), "B"), ["Right!\nFrom what age may one work? 1 at 12, 2 at 16"])
        self.assertEqual(self.heard(number(1), "2."), ["Right, thank you! If you notice something, you can text this number.\n"
            "Quiz finished: 2 right. Thank you. Text STOP to leave."])
        self.assertEqual(self.heard(number(2), "Тийм"), ["It is B.\nFrom what age may one work? 1 at 12, 2 at 16"])
        self.assertEqual(self.heard(number(2), "1")[0].split("\n")[1], "Quiz finished: 0 right. Thank you. Text STOP to leave.")
        self.assertEqual(self.votes(1), ({"A": 1, "B": 1}, 0, 0, 0))
        self.assertEqual(self.votes(2), ({"1": 1, "2": 1}, 0, 0, 0))
        total = self.total()
        self.assertEqual((total["recipients"], total["sent"], total["answered"], total["right"]), (3, 3, 2, 2))
        places = {d["district"]: (d["recipients"], d.get("answered"), d.get("right")) for d in self.results()["districts"]}
        self.assertEqual(places, {"Bayanzurkh": (1, 1, 2), "Nalaikh": (1, 1, None), "Bayangol": (1, None, None)})
        days = self.results()["days"]
        self.assertEqual([(d["sent"], d["answered"], d["right"]) for d in days], [(3, 2, 2)])

    def test_who_joins_by_the_keyword_goes_through_it_too(self):
        """Whom it was not sent to: people of the list who answer by its keyword, over a restart; one answer is asked for once more."""
        self.begin(1, QUIZ, 'keyword = "test"; groups = [ "g" ];')
        self.agree(2, first=2, group="later")
        done = "Quiz finished: %d right. Thank you. Text STOP to leave."
        self.assertEqual(self.heard(number(2), "TEST B"), ["Right!\nFrom what age may one work? 1 at 12, 2 at 16"])
        self.restart()
        self.assertEqual(self.heard(number(2), "test 2")[0].split("\n")[1], done % 2)
        self.assertEqual(self.votes(2)[0], {"1": 0, "2": 1})
        self.assertNotIn("Quiz finished", " ".join(self.heard(number(2), "test 1")), "through is through")
        self.assertEqual(self.heard(number(3), "test C"), ["May an employer keep papers? A yes, B no. STOP to leave"])
        self.assertEqual(self.heard(number(3), "test C"), ["From what age may one work? 1 at 12, 2 at 16"])
        self.assertEqual(self.heard(number(3), "test 1")[0].split("\n")[1], done % 0)
        self.assertEqual((self.votes(1), self.votes(2)), (({"A": 0, "B": 1}, 0, 1, 0), ({"1": 1, "2": 1}, 0, 0, 0)))
        self.link.text("test B", "+97600009999")  # nobody's: counted, question by question, and not answered with the quiz
        self.link.text("test 2", "+97600009999")
        self.assertEqual((self.votes(1)[0], self.votes(2)[0]), ({"A": 0, "B": 2}, {"1": 1, "2": 2}))

    def test_the_first_answer_counts_and_survives_a_kill(self):
        self.begin(1, QUIZ)
        self.heard(number(1), "B")
        self.restart()
        self.heard(number(1), "1")
        self.heard(number(1), "2")  # through: to the last question again
        self.assertEqual(self.votes(2), ({"1": 1, "2": 0}, 0, 0, 0))
        self.assertEqual(self.total()["answered"], 1)
        self.core.stop()
        self.assertEqual(self.rows("SELECT question, option, counts FROM campaign_answer ORDER BY id"), [(1, 2, 1), (2, 1, 1), (2, 2, 0)])

    def test_the_last_answer_counts(self):
        self.begin(1, INVITED.replace('text = { en = "A quiz: {start} to take part, {stop} to leave"; };', "").replace("May they?", "{stop} to leave. May they?"),
            'answers = "last";')
        self.heard(number(1), "A")
        self.heard(number(1), "b")
        self.assertEqual(self.votes(), ({"A": 0, "B": 1}, 0, 0, 0))
        self.assertEqual((self.total()["answered"], self.total()["right"]), (1, 1))

    def test_an_invitation(self):
        self.begin(2, INVITED)
        self.assertEqual(self.heard(number(1), "START"), ["May they? A yes, B no"])
        self.assertEqual(self.heard(number(1), "B"), ["Right, thank you! If you notice something, you can text this number."])
        self.assertEqual(self.heard(number(2), "A")[0], "The answer is B. Thank you for taking part.")
        self.assertEqual(self.votes(), ({"A": 1, "B": 1}, 0, 0, 0))

    def test_a_report_stays_one(self):
        self.begin(2, QUIZ)
        heard = self.heard(number(1), TIP)
        self.assertEqual([t for t in heard if "May an" in t or "Right" in t or "From what" in t], [])
        self.assertEqual([(c["kind"], c["urgency"]) for c in self.core.cases()], [("tip", "emergency")])
        self.assertEqual(self.total().get("answered", 0), 0)
        self.assertEqual(self.json("campaign", "answers", "first")["answers"], [])
        self.assertEqual(self.heard(number(1), "B"), [], "no campaign while their report is open")
        self.assertEqual(self.total()["answered"], 1)
        self.assertIsNone(self.total()["tips"], "of two people it is not told who reported")

    def test_an_answer_brings_nobody_back(self):
        self.begin(1, QUIZ)
        self.heard(number(1), "STOP")
        self.assertEqual([t for t in self.heard(number(1), "B") if "From what" in t], [])
        self.assertEqual(self.json("contacts", "list")["contacts"][0]["state"], "opted out")
        self.assertEqual((self.total()["opted out"], self.total()["answered"]), (1, 1))

    def test_reports_that_followed(self):
        self.begin(12, QUIZ)
        self.link.text(TIP, number(3))
        self.link.text(TIP + " again", number(3))
        self.link.text(TIP, "+97600009999")
        self.assertEqual(self.total()["tips"], 1)
        self.assertEqual({d["tips"] for d in self.results()["districts"]}, {None})
        self.assertIn("few", self.ctl("campaign", "results", "first"))

    def test_no_subtraction_tells_of_a_district_with_few(self):
        self.start(people=0, discreet=False)
        lines = "".join("%s,%s,en\n" % (number(n), "Nalaikh" if n == 12 else "Bayangol") for n in range(1, 13))
        self.ctl("contacts", "import", self.file("number,district,language\n" + lines), "--source", "fair", "--date", "2026-01-15")
        self.run_one("first", template=QUIZ)
        for _ in range(12):
            self.link.send()
        self.link.text(TIP, number(3))
        self.link.text(TIP, number(12))
        results = self.results()
        self.assertEqual({d["district"]: d["tips"] for d in results["districts"]}, {"Bayangol": 1, "Nalaikh": None})
        self.assertEqual(results["total"]["tips"], 1)


class Poll(Answers):
    def test_options_then_words(self):
        self.begin(2, POLL)
        self.assertEqual(self.heard(number(1), "c"), ["What would help?"])
        self.assertEqual(self.heard(number(1), "thank you"), ["Thank you."])
        self.assertEqual(self.votes(1), ({"A": 0, "B": 0, "C": 1}, 0, 0, 0))
        self.assertEqual(self.votes(2), ({}, 1, 0, 0))
        self.assertEqual([a["words"] for a in self.json("campaign", "answers", "first", "--words")["answers"]], ["thank you"])

    def test_what_cannot_be_read_is_sorted_by_a_person(self):
        self.begin(2, POLL)
        self.assertEqual(self.heard(number(1), "D"), ["Please answer A, B or C."])
        self.assertEqual(self.heard(number(1), "D"), ["What would help?"], "asked once more, then taken as it is")
        self.heard(number(2), "ok")
        self.assertEqual(self.votes(), ({"A": 0, "B": 0, "C": 0}, 0, 2, 0))
        unread = self.json("campaign", "answers", "first")["answers"]
        self.assertEqual([a["words"] for a in unread], ["D", "D", "ok"])
        self.assertIn("no such option", self.ctl("campaign", "sort", "first", str(unread[0]["id"]), "Q", code=1))
        self.ctl("campaign", "sort", "first", str(unread[0]["id"]), "B")
        self.ctl("campaign", "sort", "first", str(unread[2]["id"]), "none")
        self.assertEqual(self.votes(), ({"A": 0, "B": 1, "C": 0}, 0, 0, 1))
        self.assertEqual(len(self.json("campaign", "answers", "first")["answers"]), 1)
        self.ctl("campaign", "sort", "first", str(unread[0]["id"]), "B", code=5)
        done = [(e["actor"], e["action"], e["object"]) for e in self.audit()]
        self.assertIn(("Tuya", "campaign.sort", "first"), done)

    def audit(self):
        self.core.add_person("Oyun", "auditor")
        conn = self.core.login("Oyun")
        self.addCleanup(conn.close)
        return conn.ask({"op": "audit.list"})["audit"]

    def test_words_that_may_be_a_report_are_for_officers(self):
        self.begin(2, POLL)
        self.heard(number(1), "A")
        self.link.text("something is wrong in that house", number(1))
        found = self.json("campaign", "answers", "first", "--words")["answers"]
        self.assertEqual([(c["kind"], c["urgency"]) for c in self.core.cases()], [("tip", "normal")])
        self.link.text("something is wrong in that house", number(2))
        self.ctl("campaign", "sort", "first", "2", "none", code=5)
        self.ctl("campaign", "sort", "first", "3", "none", code=5)
        self.assertEqual(found, [], "an answer without its words would tell that it is a report")
        self.assertEqual((self.votes(2), self.total()["answered"]), (({}, 0, 0, 0), 1), "and so would one more than there are to read")

    def test_late_answers_are_kept(self):
        self.begin(2, POLL)
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        db.execute("UPDATE campaign SET answers_until_ms = answers_until_ms - 1000 * 3600 * 24 * 20, state = 10")
        db.commit()
        db.close()
        self.link.close()
        self.core.start()
        self.link = Link(self.core)
        self.link.pdu = 5000
        self.stack.callback(self.link.close)
        self.heard(number(1), "A")
        self.assertEqual(self.votes(), ({"A": 0, "B": 0, "C": 0}, 0, 0, 0))
        self.assertEqual(self.total()["late"], 1)

    def test_answers_by_keyword(self):
        self.start(people=1, discreet=False)
        self.make("first", template=KEYWORD)
        self.ctl("campaign", "start", "first")
        self.assertEqual(self.heard(number(1), "Vote A"), ["Answer received, thank you."])
        self.link.text("VOTE b", "+97600009999")
        self.link.text("vote", "+97600009998")
        self.link.text("b", "+97600009997")
        self.assertEqual(self.votes()[0], {"A": 1, "B": 1})

    def test_a_flood_of_answers_counts_once_and_is_answered_once(self):
        self.start(people=1, discreet=False)
        self.make("first", template=KEYWORD)
        self.ctl("campaign", "start", "first")
        self.assertEqual(self.heard(number(1), "Vote A"), ["Answer received, thank you."])
        for _ in range(3):
            self.assertNotIn("Answer received, thank you.", self.heard(number(1), "Vote A"))
            self.link.text("VOTE b", "+97600009999")
        self.link.text("VOTE b", "+97600009998")
        self.assertEqual(self.votes()[0], {"A": 1, "B": 2})

    def sums(self):
        return [self.results()[k] for k in ("total", "districts", "days", "questions")] + [self.counts()]

    def test_people_of_a_campaign_are_forgotten_and_sums_stay(self):
        """After its period; of one that is younger, or not over, nobody. More of them than go in one piece."""
        self.begin(3, QUIZ)
        self.heard(number(1), "B")
        self.heard(number(2), "A")
        self.wait_state("finished")
        for name in ("young", "open"):
            self.make(name)
        self.ctl("campaign", "cancel", "young")
        before = self.sums()
        self.assertEqual(self.core.ask("retention.preview")["erase"]["campaigns"], 0)
        self.link.close()
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        old = "UPDATE campaign SET made_ms = made_ms - %d, answers_until_ms = 1" % (181 * 86400000)
        db.execute(old + ", finished_ms = finished_ms - %d WHERE name = 'first'" % (181 * 86400000))
        db.execute(old + " WHERE name IN ('young', 'open')")
        db.executemany("INSERT INTO campaign_recipient (campaign_id, subscriber_id, state, language, parts, updated_ms) VALUES (1, ?, 8, 0, 1, 1)",
            ((n,) for n in range(1000, 2200)))
        db.commit()
        db.close()
        self.core.start()
        rows = 1200 + 3 + 2
        self.assertEqual(self.core.ask("retention.preview")["erase"]["campaigns"], rows)
        self.core.add_person("Saran", "coordinator")
        saran = self.core.login("Saran")
        done = saran.ask({"op": "retention.run"})
        saran.close()
        self.assertEqual(done["erase"]["campaigns"], rows)
        self.assertEqual(self.sums(), before)
        self.assertEqual(self.core.ask("retention.preview")["erase"]["campaigns"], 0)
        self.core.stop()
        self.assertEqual(self.rows("SELECT campaign_id, count(*) FROM campaign_recipient GROUP BY 1"), [(2, 3), (3, 3)])
        self.assertEqual(self.rows("SELECT count(*) FROM campaign_answer"), [(0,)])

    def test_an_export_has_nobody_in_it(self):
        self.begin(3, POLL)
        self.heard(number(1), "A")
        self.heard(number(2), "B")
        self.heard(number(3), "STOP")
        out = self.ctl("campaign", "export", "first")  # asks "campaign.rows"
        self.assertNotRegex(out, r"9760000|0000000")
        rows = list(csv.DictReader(io.StringIO(out)))
        self.assertEqual(sum(int(r["number"]) for r in rows if r["what"] == "sent"), 3)
        self.assertEqual({(r["district"], r["option"]) for r in rows if r["what"] == "answer"}, {("Bayanzurkh", "A"), ("Nalaikh", "B")})
        self.assertEqual([r["district"] for r in rows if r["what"] == "opted out"], ["Bayangol"])
        self.assertTrue(all(re.match(r"\d{4}-\d\d-\d\d$", r["day"]) for r in rows))
        self.assertIn("campaign.export", json.dumps(self.audit()))

    def test_the_indicators(self):
        self.begin(3, POLL)
        found = self.json("campaign", "activities", "2000-01-01", "2999-01-01")
        self.assertEqual((found["activities"], found["districts_engaged"], found["target_districts_engaged"]), (1, 3, 2))
        self.assertEqual({d["district"]: d["people"] for d in found["districts"]}, {"Bayangol": 1, "Bayanzurkh": 1, "Nalaikh": 1})
        self.assertEqual(self.json("campaign", "activities", "2000-01-01", "2001-01-01")["activities"], 0)
        self.ctl("campaign", "activities", "2001-01-01", "2000-01-01", code=1)


if __name__ == "__main__":
    main()
