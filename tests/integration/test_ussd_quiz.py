#!/usr/bin/env python3
"""The quiz of the running campaign in the menu: its questions one after the other, and what is chosen counts like an answer by text."""
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

    def test_there_is_no_quiz(self):
        self.start(people=1)
        answer = self.menu().walk("s1", ["3", "3"])
        self.assertTrue(answer["text"].startswith("There is no quiz now.\n1 Menu"), answer)


del Answers

if __name__ == "__main__":
    main()
