#!/usr/bin/env python3
"""Answers to campaigns, STOP and START make no work where nothing about them is in doubt: they are stored, sealed, triaged, and filed. Whatever
else the same person writes is work at once, and what was filed can be looked at and corrected."""
import sqlite3

from campaigns import WORK, Campaigns, number
from core import Link
from harness import main

TIP = "help, a girl of 15 is held in the hotel now and made to meet men"
SENTENCE = "please do not send me such messages any more"  # opts out in no exact word: for a person to read
QUIZ = '''name = "%(name)s"; kind = "quiz"; hours = "always"; %(more)s
questions = ( { text = { en = "May an employer keep papers? A yes, B no. {stop} to leave"; };
    options = ( { key = "A"; words = [ "yes" ]; }, { key = "B"; words = [ "no", "help me now" ]; right = true; } ); } );
'''
INVITED = '''name = "%(name)s"; kind = "quiz"; hours = "always"; %(more)s
text = { en = "A quiz: {start} to take part, {stop} to leave"; };
questions = ( { text = { en = "May they? A yes, B no"; }; options = ( { key = "A"; }, { key = "B"; right = true; } ); } );
'''
DAY_MS = 86400000


class Filed(Campaigns):
    def begin(self, people, template=QUIZ, more="", **settings):
        self.start(people=people, **settings)
        self.core.add_person("Bat")
        if people:
            self.run_one("first", template=template, more=more)
            for _ in range(people):
                self.link.send()

    def begin_invited(self, people):
        """So many others, from number 11 on."""
        self.agree(people, first=11, group="later")
        self.run_one("second", template=INVITED, more='groups = [ "later" ];')
        self.texted(people, "A quiz")

    def queue(self, **fields):
        """Of the unit's people: what a list has, and how many it says are filed."""
        answer = self.core.ask("case.list", **fields)
        return [(c["kind"], c["urgency"], c["state"]) for c in answer["cases"]], answer["filed"]

    def filed(self):
        cases, more = [], {}
        while True:
            answer = self.core.ask("case.list", filed=True, **more)
            cases += answer["cases"]
            if not answer.get("more"):
                return cases
            more = {"after": cases[-1]["id"]}

    def officer(self, *args, code=0):
        return self.ctl(*args, who="Bat", code=code)

    def texts(self, code):
        conn = self.core.login("Bat")
        try:
            shown = conn.ask({"op": "case.show", "code": code})
        finally:
            conn.close()
        return [m["text"] for m in shown["messages"] if m["direction"] == "in"], [link["code"] for link in shown["links"]]

    def silent(self):
        """No alert left for anybody; answers to those who texted do not matter."""
        self.assertEqual([o for o in self.core.ask("outbox.list")["outbox"] if o["lane"] == "alert"], [])
        self.assertEqual(self.core.ask("alert.list", all=True)["alerts"], [])

    def restart(self):
        self.link.close()
        self.core.restart()
        self.link = Link(self.core)
        self.link.pdu = 50000
        self.stack.callback(self.link.close)


class Answers(Filed):
    def test_a_quiz_of_hundreds_leaves_the_queue_empty_and_a_tip_on_top(self):
        people = 300
        self.begin(people)
        for n in range(1, people + 1):
            self.link.offer("AB"[n % 2], number(n))
        for _ in range(people):
            self.link.hear("stored")
        self.assertEqual(self.queue(), ([], people))
        self.assertEqual(self.core.ask("case.list", all=True)["cases"], [], "nor do they stand among the closed ones")
        self.assertEqual(self.core.ask("case.list")["open"], 0)
        self.silent()
        counters = self.core.counters()
        self.assertEqual((counters["cases"], counters["filed"], counters["stored"]), (0, people, people))
        self.assertEqual(len({c["code"] for c in self.filed()}), people, "each can be reached, page after page")
        self.assertEqual(sum(o["answers"] for o in self.json("campaign", "results", "first")["questions"][0]["options"]), people)
        said = self.officer("queue")
        self.assertIn("The queue is empty.", said)
        self.assertIn("%d with answers to campaigns, STOP or START: hotlinectl queue --filed" % people, said)
        self.link.text(TIP, number(7))
        self.assertEqual(self.queue(), ([("tip", "emergency", "new")], people))
        alert = self.link.hear("send", lambda m: m["to"] == "+97600001001")
        code = self.core.ask("case.list")["cases"][0]["code"]
        self.assertIn(code, alert["text"])
        texts, links = self.texts(code)
        self.assertEqual(texts, [TIP])
        self.assertEqual([self.texts(other)[0] for other in links], [["B"]], "and its people see what they answered before")

    def test_what_is_anything_else_is_work(self):
        """Of people who were asked: an option's word in a report, words that are nearly one, thanks, a question."""
        self.begin(8)
        for n, (text, kind) in enumerate((("A girl is locked in at the car wash", "tip"), ("yes they beat the children", "tip"), ("C", "campaign_reply"),
                ("thank you", "thanks"), (SENTENCE, "wrong_number"), ("who are you?", "question"))):
            self.link.text(text, number(n + 1))
            self.assertIn(kind, [c["kind"] for c in self.core.cases()], text)
            self.assertEqual(len(self.core.cases()), n + 1, text)
        self.link.text("help me now", number(7))  # an option's word, and triage says that it is urgent
        self.assertEqual((self.core.cases()[0]["kind"], self.filed()), ("tip", []))
        self.link.text("A", number(8))
        self.assertEqual([c["kind"] for c in self.filed()], ["campaign_reply"])
        self.link.text("thank you", number(8))
        self.assertEqual(len(self.core.cases()), 8, "behind an answer, too")

    def test_a_word_with_more_beside_it_is_read_by_a_person(self):
        """A sign of distress, a telephone number or an age behind a yes, and a sentence in letters that are not read here."""
        sentence = "\u6551\u547d\u6211\u88ab\u5173\u5728\u9152\u5e97"  # help, I am locked in at the hotel
        self.begin(5)
        for n, (text, kind) in enumerate((("A \U0001f198", "campaign_reply"), ("A ???", "campaign_reply"), ("A " + sentence, "tip"),
                ("STOP \U0001f198", "opt_out"), ("STOP " + sentence, "tip"))):
            self.link.text(text, number(n + 1))
            self.assertEqual((sorted(c["kind"] for c in self.core.cases()).count(kind) > 0, len(self.core.cases())), (True, n + 1), text)
        self.link.text("STOP", number(6), damaged=True)
        self.assertEqual((len(self.core.cases()), self.filed()), (6, []), "who knows what was lost of it")
        self.begin_invited(2)
        for n, text in enumerate(("yes 15", "ok 00000000")):
            self.link.text(text, number(n + 11))
            self.assertEqual((len(self.core.cases()), self.filed()), (n + 7, []), text)

    def test_an_answer_of_somebody_who_reported_is_kept_with_the_report(self):
        self.begin(1)
        self.link.text(WORK, number(1))
        code = self.core.cases()[0]["code"]
        self.link.text("A", number(1))
        self.assertEqual((self.texts(code)[0], self.filed()), ([WORK, "A"], []))
        self.officer("case", "close", code, "resolved")
        self.link.text("B", number(1))
        self.assertEqual((self.texts(code)[0], self.filed(), self.queue()[0]), ([WORK, "A", "B"], [], []))

    def test_an_invitation_and_a_single_yes(self):
        self.begin(3, INVITED)
        self.link.text("START", number(1))
        self.link.text("ok", number(2))
        self.link.text("ok come tomorrow to me", number(3))
        self.assertEqual((len(self.filed()), len(self.core.cases())), (2, 1))

    def test_an_option_that_is_for_officers(self):
        """By the campaign's file: who chooses it may need somebody."""
        self.begin(2, QUIZ.replace("right = true;", "right = true; queue = true;"))
        self.link.text("A", number(1))
        self.link.text("B", number(2))
        self.assertEqual((self.queue(), len(self.filed())), (([("campaign_reply", "none", "new")], 1), 1))
        self.assertEqual([o["answers"] for o in self.json("campaign", "results", "first")["questions"][0]["options"]], [1, 1])

    def test_an_option_says_nothing_of_the_language(self):
        self.begin(1, discreet=False)
        self.link.text("A", number(1))
        self.link.send()
        self.link.text("Б", number(1))
        self.assertEqual(self.link.send()["text"][:8], "Addition", "in the language of the list, which the campaign was in")

    def test_nothing_was_asked(self):
        """The same words from somebody whom nobody asked anything are a text like any other."""
        self.begin(0)
        self.link.text("A", number(1))
        self.assertEqual(([c["kind"] for c in self.core.cases()], self.filed()), (["campaign_reply"], []))


class Words(Filed):
    def test_stop_and_start_are_filed_together_and_survive_a_kill(self):
        self.begin(0)
        for text in ("STOP", "start", "STOP", "JOIN Bayanzurkh", "болиоч"):
            self.link.text(text, number(1))
        self.link.text("STOP", number(2))
        self.restart()
        self.assertEqual(self.queue(), ([], 2))
        cases = {c["messages"]: c["code"] for c in self.filed()}
        self.assertEqual(self.texts(cases[5])[0], ["STOP", "start", "STOP", "JOIN Bayanzurkh", "болиоч"])
        self.silent()
        self.link.text(TIP, number(1))
        self.assertEqual(self.queue(), ([("tip", "emergency", "new")], 2))
        self.link.text("STOP", number(1))
        self.assertEqual(self.core.cases()[0]["messages"], 2, "of who has reported, it is kept with the report")

    def test_the_first_report_is_answered_as_one(self):
        self.begin(0, discreet=False)
        self.link.text("STOP", number(1))
        self.link.send()
        self.link.text(WORK, number(1))
        while True:
            m = self.link.send()
            if m["to"] == number(1):
                break
        heard = m["text"]
        self.assertEqual(heard, "Received, thank you. Code: %s. Text again if you have more to add." % self.core.cases()[0]["code"])

    def test_campaigns_go_on_to_who_answered(self):
        self.begin(1)
        self.link.text("A", number(1))
        self.link.send()
        self.run_one("second", template=QUIZ)
        self.assertEqual(self.link.send()["to"], number(1))

    def test_who_may_see_them(self):
        self.begin(0)
        self.link.text("STOP", number(1))
        self.assertIn("not for people of your role", self.ctl("queue", "--filed", who="Tuya", code=4))
        self.core.ask("person.add", name="Mdtf", role="coordinator", password="ten-long-words", recovery=self.core.recovery)
        self.assertIn("Nothing was filed.", self.ctl("queue", "--filed", who="Mdtf"), "it is another unit's")
        self.assertNotIn("Filed", self.ctl("queue", who="Mdtf"))
        self.assertIn("opt_out", self.officer("queue", "--filed"))
        self.assertIn("leave out the kind", self.officer("queue", "--filed", "--kind", "tip", code=1))


class Corrected(Filed):
    def one(self):
        self.begin(0)
        self.link.text("STOP", number(1))
        return self.filed()[0]["code"]

    def test_a_correction_makes_it_work_and_rings(self):
        code = self.one()
        self.officer("case", "relabel", code, "--kind", "tip", "--urgency", "high")
        self.assertEqual((self.queue(), self.filed()), (([("tip", "high", "reopened")], 0), []))
        self.link.hear("send", lambda m: m["to"] == "+97600001001" and code in m["text"])
        self.link.text(WORK, number(1))
        self.assertEqual(self.core.cases()[0]["messages"], 2, "what follows joins it")

    def test_a_correction_without_a_report_is_work_without_an_alert(self):
        code = self.one()
        self.officer("case", "relabel", code, "--kind", "question")
        self.assertEqual(self.queue(), ([("question", "none", "reopened")], 0))
        self.silent()
        self.officer("case", "close", code, "no-tip")
        self.officer("case", "relabel", code, "--kind", "tip", code=1)  # closed by a person: reopened first
        self.assertEqual([c["reason"] for c in self.core.cases()], ["no-tip"])

    def test_reopened_by_hand(self):
        code = self.one()
        self.officer("case", "reopen", code)
        self.assertEqual((self.queue(), self.core.cases()[0]["owner"]), (([("opt_out", "none", "reopened")], 0), "Bat"))
        self.assertIn("one of these reasons", self.officer("case", "close", code, "filed", code=1))


class Kept(Filed):
    def test_they_are_erased_like_others(self):
        self.begin(2)
        self.link.text("A", number(1))
        self.link.text("B", number(2))
        self.link.close()
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        db.execute("UPDATE cases SET closed_ms = closed_ms - ? WHERE id = 1", (3 * 366 * DAY_MS,))
        db.commit()
        db.close()
        self.core.start()
        self.core.add_person("Saran", "coordinator")
        saran = self.core.login("Saran")
        self.assertEqual(self.core.ask("retention.preview")["erase"]["other"], 1)
        self.assertEqual(saran.ask({"op": "retention.run"})["erase"]["other"], 1)
        saran.close()
        self.assertEqual(len(self.filed()), 1)
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        self.assertEqual(db.execute("SELECT count(*) FROM message").fetchone(), (1,))
        db.close()


if __name__ == "__main__":
    main()
