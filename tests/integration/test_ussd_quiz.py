#!/usr/bin/env python3
"""Campaigns in the menu: the quiz's questions one after the other, and what is chosen counts like an answer by text; leaving, joining."""
import os

from campaigns import number
from harness import SRCDIR, main
from test_campaign_answers import Answers, QUIZ
from test_ussd_menu import Ussd

STRANGER = "+97600008877"


class MenuQuiz(Answers):
    def start(self, **kwargs):
        super().start(ussd='"%s"' % os.path.join(SRCDIR, "etc", "ussd.conf"), ussd_socket='"ussd.sock"', **kwargs)
        self.core.ussd = os.path.join(self.folder, "ussd.sock")

    def menu(self):
        link = Ussd(self.core)
        self.stack.callback(link.close)
        return link

    def test_questions_in_order(self):
        self.begin(2, QUIZ)
        ussd = self.menu()
        first = ussd.walk("s1", ["3", "3"], number=number(1))
        self.assertEqual(first["text"], "May an employer keep papers? A yes, B no. STOP to leave\n1 may\n2 B\n0 Exit")
        self.assertTrue(ussd.step("s1", 4, "2", number=number(1))["text"].startswith("Right, thank you!"))
        self.assertTrue(ussd.step("s1", 4, "2", number=number(1))["text"].startswith("Right, thank you!"))  # repeated: counts once
        self.assertIn("From what age", ussd.step("s1", 5, "1", number=number(1))["text"])
        self.assertTrue(ussd.step("s1", 6, "1", number=number(1))["text"].startswith("The answer is 2. Thank you."))
        last = ussd.step("s1", 7, "1", number=number(1))
        self.assertEqual((last["end"], last["text"]), (True, "Finished. Thank you for taking part."))
        self.assertEqual(self.votes(1), ({"A": 0, "B": 1}, 0, 0, 0))
        self.assertEqual(self.votes(2), ({"1": 1, "2": 0}, 0, 0, 0))
        again = ussd.walk("s2", ["2", "3", "3", "1"], number=number(1))
        self.assertTrue(again["text"].startswith("Zuv khariult: 2."), again)
        self.assertEqual(self.votes(1), ({"A": 0, "B": 1}, 0, 0, 0))  # the first answer counts
        ussd.walk("s3", ["3", "3", "1"], number=STRANGER)
        self.assertEqual(self.votes(1), ({"A": 1, "B": 1}, 0, 0, 0))
        self.assertEqual(self.core.cases(), [])

    def test_a_number_answers_the_campaign_that_asked_last(self):
        self.start(people=1, discreet=False)
        self.assertIn("Language", self.heard(number(1), "MENU")[0])
        self.run_one("first", template=QUIZ)
        self.assertIn("May an employer", self.link.send()["text"])
        self.assertIn("From what age", self.heard(number(1), "B")[0])
        self.assertIn("Quiz finished: 2 right.", self.heard(number(1), "2")[0])
        self.assertEqual(self.votes(2), ({"1": 0, "2": 1}, 0, 0, 0))
        self.assertEqual(self.core.ask("ussd.sessions")["sessions"][0]["step"], 1)
        self.assertIn("Language", self.heard(number(1), "MENU")[0])  # they go back to it
        self.assertIn("Report a suspicion", self.heard(number(1), "3")[0])

    def test_there_is_no_quiz(self):
        self.start(people=1)
        answer = self.menu().walk("s1", ["3", "3"])
        self.assertTrue(answer["text"].startswith("There is no quiz now.\n1 Menu"), answer)

    def begin_held(self, people):
        """A broadcast begins; its first text is at the modem, which has not begun to send it."""
        self.start(people=people)
        self.run_one()
        return self.link.hear("send")

    def test_stop_in_the_menu_leaves_campaigns(self):
        """What is queued is taken back, what a modem has is asked for again, nothing more comes, and it is counted as of the campaign."""
        held = self.begin_held(10)
        others = [n for n in range(1, 11) if number(n) != held["to"]]
        ussd = self.menu()
        self.assertEqual(ussd.walk("s0", ["3", "4", "1"], number=held["to"])["text"], "You will get no more of them.")
        for n in others[:4]:
            self.assertTrue(ussd.walk("s%d" % n, ["3", "4", "1"], number=number(n))["end"])
        ussd.walk("again", ["3", "4", "1"], number=held["to"])  # counted once
        self.link.say("submitting", id=held["id"])
        self.link.hear("forget", lambda f: f["id"] == held["id"])
        self.link.say("released", id=held["id"])
        self.assertEqual(self.texted(5), [number(n) for n in others[4:]])
        self.wait_state("finished")
        self.assertEqual(self.counts(), {"sent": 5, "skipped": 5})
        self.run_one("second")
        self.assertEqual(self.texted(5), [number(n) for n in others[4:]])
        self.wait_state("finished", "second")
        self.link.assert_silent("send")
        self.assertEqual(sorted(c["state"] for c in self.json("contacts", "list")["contacts"]), ["ok"] * 5 + ["opted out"] * 5)
        self.core.stop()
        self.assertEqual(self.rows("SELECT length(alias), message_id FROM optout"), [(32, 0)] * 5)
        self.assertEqual(self.rows("SELECT count(*) FROM subscriber WHERE state = 1 AND length(number) = 0"), [(5,)])

    def test_a_stop_in_the_menu_is_a_result(self):
        self.begin(2, QUIZ)
        self.menu().walk("s1", ["3", "4", "1"], number=number(1))
        self.menu().walk("s2", ["3", "4", "1"], number=number(1))
        self.assertEqual(self.total()["opted out"], 1)

    def test_start_in_the_menu_joins_campaigns(self):
        self.start(people=1)
        ussd = self.menu()
        ussd.walk("s1", ["3", "4", "1"], number=number(1))
        self.assertEqual([c["state"] for c in self.json("contacts", "list")["contacts"]], ["opted out"])
        ussd.walk("s2", ["3", "4", "2"], number=number(1))
        self.assertEqual(ussd.walk("s3", ["2", "4", "2"], number=STRANGER)["text"], "Burtgelee.")
        self.assertEqual([(c["state"], c["source"], c["language"]) for c in self.json("contacts", "list")["contacts"]],
            [("ok", "USSD menu", "en"), ("ok", "USSD menu", "mn")])
        self.run_one()
        to = sorted(self.link.send()["to"] for _ in range(2))
        self.assertEqual(to, [number(1), STRANGER])
        self.assertEqual(self.core.cases(), [])
        self.core.stop()
        self.assertEqual(self.rows("SELECT count(*) FROM optout"), [(0,)])


del Answers

if __name__ == "__main__":
    main()
