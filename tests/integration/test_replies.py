"""What is limited is what we answer, never what people tell: bursts, machines, codes, slips, floods."""
import os
import re
import signal
import socket
import sqlite3

from core import Core, Link, OFFICER, TEXTER
from harness import Case, SRCDIR, ack_in, main

OTHER = "+97600009002"
TIP = "a girl of 14 is made to work at the car wash in Bayanzurkh"
SPAM = "You won a prize of 1000000! Click http://win.example.com now"


class RepliesTest(Case):
    def start(self, **settings):
        self.core = Core(self.folder, modems=2, **settings)
        self.keep(self.core)
        self.link = Link(self.core)
        self.stack.callback(self.link.close)
        self.sent = []

    def drain(self, to=None):
        """Sends all that waits; what was ever sent to this number."""
        while [o for o in self.core.ask("outbox.list")["outbox"]]:
            m = self.link.send()
            self.sent.append((m["to"], m["text"]))
        return [text for number, text in self.sent if number == to]

    def rows(self, sql, *args):
        db = sqlite3.connect(self.core.database)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def test_a_burst_gets_one_receipt(self):
        self.start()
        for i in range(10):
            self.link.text("%s %d" % (TIP, i))
        self.assertEqual(len(self.drain(TEXTER)), 1)
        self.assertEqual([c["messages"] for c in self.core.cases()], [10])

    def test_a_flood_from_many_numbers_is_no_flood_of_ours(self):
        """Senders can be forged: each answer would cost credit, and go to a phone that never wrote."""
        self.start(receipts_per_hour=3, owner_labour='"ATPU"', ussd='"%s"' % os.path.join(SRCDIR, "etc", "ussd.conf"))
        numbers = ["+9760000%04d" % (9500 + i) for i in range(6)]
        for number in numbers[:5]:
            self.link.text(TIP, number)
        self.link.text("STOP", numbers[5])
        self.link.text("MENU", numbers[4])
        self.drain()
        self.assertEqual([len([1 for to, _ in self.sent if to == number]) for number in numbers], [1, 1, 1, 0, 0, 0])
        counters = self.core.counters()
        self.assertEqual((len(self.core.cases()), counters["stored"]), (5, 6))  # all are stored, and a STOP waits for nobody
        self.assertEqual((counters["receipts"], counters["receipts_held"]), (3, 3))

    def test_all_senders_together_have_advice_among_their_answers(self):
        self.start(receipts_per_hour=3, discreet=False)
        numbers = ["+9760000%04d" % (9500 + i) for i in range(4)]
        for number in numbers:
            self.link.text("a girl of 15 is held in the hotel now and made to meet men", number)
        self.drain()
        self.assertEqual([len([1 for to, _ in self.sent if to == number]) for number in numbers], [2, 1, 0, 0])
        self.assertEqual(len(self.core.cases()), 4)

    def test_names_and_short_codes_get_none(self):
        self.start()
        self.link.text(TIP, "BANK", alphanumeric=True)
        self.link.text(TIP, "1234")
        self.drain()
        self.assertEqual({number for number, _ in self.sent} & {"BANK", "1234"}, set())
        self.assertEqual(len(self.core.cases()), 2)

    def test_a_phone_in_other_hands_does_not_show_that_it_wrote_before(self):
        """Texts can be deleted; whoever then tries the number sees what any phone would."""
        self.start()
        self.link.text(TIP)
        self.drain()
        self.core.kill()
        with sqlite3.connect(self.core.database) as db:
            db.execute("UPDATE contact SET receipt_boot_ms = receipt_boot_ms - 3600001")  # an hour later
        db.close()
        self.core.start()
        self.link.close()
        self.link = Link(self.core)
        self.link.pdu = 1000
        for number in (TEXTER, OTHER):
            self.link.text("a girl is sold in Bayanzurkh", number)
        self.drain()
        told = [[re.sub(r"\d{7}", "CODE", text) for to, text in self.sent if to == number] for number in (TEXTER, OTHER)]
        self.assertEqual(told, [["Received. CODE"] * 2, ["Received. CODE"]])

    def test_codes_tell_nothing(self):
        self.start()
        self.link.text(TIP)
        code = re.findall(r"\d{7}", self.drain(TEXTER)[0])[0]
        wrong = "1" + code[1:] if code[0] != "1" else "2" + code[1:]
        self.link.text(code)
        self.assertEqual(self.drain(TEXTER)[-1], "Received.")  # discreet: the same whatever the code
        self.core.stop()
        self.core.write_config(discreet=False)
        self.core.start()
        self.link = Link(self.core)
        self.link.pdu = 1000  # not those of before once more
        self.stack.callback(self.link.close)
        self.link.text(code + "?")
        self.assertIn("is on file", self.drain(TEXTER)[-1])
        self.link.text("a boy of 12 begs at the market all night", OTHER)
        self.drain()
        answers = []
        for text in (code, wrong, "0000001"):
            self.link.text(text, OTHER)
            answers.append(self.drain(OTHER)[-1])
        self.assertEqual(len(set(answers)), 1, answers)
        self.assertIn("not found", answers[0])

    def test_a_slip_in_a_command_is_answered_once(self):
        self.start(receipts=False)
        self.link.text(TIP)
        code = ack_in(self.drain(OFFICER)[0])
        before = len(self.drain(OFFICER))
        for text in ("AKC " + code, "OL " + code, "авла"):
            self.link.text(text, OFFICER)
        self.assertEqual([("Not understood" in t) for t in self.drain(OFFICER)[before:]], [True])
        self.link.text("OK " + code, OFFICER)
        self.link.text("авлаа5", OFFICER)
        self.assertIn("assigned", self.drain(OFFICER)[before + 1])
        self.link.text("ACKK " + code, OFFICER)
        self.assertIn("Not understood", self.drain(OFFICER)[-1])  # after a right one it is said again
        cases = len(self.core.cases())
        self.link.text("AKC " + code, OTHER)  # from anybody else it is a text like any other
        self.assertGreaterEqual(len(self.core.cases()), cases)
        self.assertEqual(self.core.counters()["stored"], 2)

    def test_spam_and_abuse_are_kept_labelled_and_out_of_the_queue(self):
        self.start()
        self.link.text(SPAM, OTHER)
        self.assertEqual(self.core.ask("case.list")["cases"], [])
        self.assertEqual([c["kind"] for c in self.core.ask("case.list", kind="spam")["cases"]], ["spam"])
        self.assertEqual(self.core.ask("case.list", kind="abuse")["cases"], [])
        self.assertEqual(self.drain(OTHER), [])
        self.link.text("fuck you stupid bastards", "+97600009003")
        self.assertEqual([c["kind"] for c in self.core.ask("case.list", kind="abuse")["cases"]], ["abuse"])
        self.assertEqual({c["kind"] for c in self.core.ask("case.list", aside=True)["cases"]}, {"spam", "abuse"})
        self.assertEqual(self.core.ask("case.list")["cases"], [])
        self.assertEqual(self.drain("+97600009003"), [])
        self.core.add_person()  # they are read, and what was no spam comes back
        bat = self.core.login()
        self.stack.callback(bat.close)
        code = self.core.ask("case.list", kind="spam")["cases"][0]["code"]
        self.assertEqual([m["text"] for m in bat.ask({"op": "case.show", "code": code})["messages"]], [SPAM])
        self.assertTrue(bat.ask({"op": "case.relabel", "code": code, "kind": "tip", "urgency": "high"})["ok"])
        self.assertEqual([c["code"] for c in self.core.ask("case.list")["cases"]], [code])

    def test_a_machine_that_answers_ours_is_answered_no_more_and_never_silenced(self):
        """Each text opens a case of its own, and would be answered; but its words are the same after each answer."""
        self.start(discreet=False, receipts_per_day=1000, reopen_within_s=0, owner_labour='"ATPU"')
        self.core.add_person()
        bat = self.core.login()
        self.stack.callback(bat.close)
        heard = []
        for i in range(7):
            self.link.text("I am away, your message of 12:%02d comes later to the girl at the car wash" % i)
            heard.append(len(self.drain(TEXTER)))
            code, = [c["code"] for c in self.core.cases() if c["state"] != "closed"]
            closed = bat.ask({"op": "case.close", "code": code, "reason": "no-tip"})
            self.assertTrue(closed["ok"], closed)
        self.assertEqual(heard, [1, 2, 3, 3, 3, 3, 3])
        self.assertEqual(len(self.core.cases()), 7)  # kept, all the same
        self.link.text("they beat a boy of 9 with a belt now, help")  # other words are answered again
        self.assertEqual(len(self.drain(TEXTER)), 4)

    def test_a_flood_is_one_case_and_hides_nobody(self):
        """The core is stopped while both modems offer: then it serves them in turn, and one conversation answers the flood."""
        self.start()
        other = Link(self.core, "m2")
        self.stack.callback(other.close)
        os.kill(self.core.program.pid, signal.SIGSTOP)
        self.link.sock.setblocking(False)
        count = 0
        try:
            while count < 4000:  # as many as the socket takes
                self.link.offer("%s, number %d" % (TIP, count))
                count += 1
        except BlockingIOError:
            pass
        self.link.sock.setblocking(True)
        other.offer("a boy of 9 is locked in and beaten now in Bayangol", OTHER)
        os.kill(self.core.program.pid, signal.SIGCONT)
        other.hear("stored")
        self.link.sock.shutdown(socket.SHUT_WR)  # what was cut in the middle is no message
        self.link.hear_end()
        stored = self.core.counters()["stored"]
        self.assertGreater(stored, 100)
        self.core.stop()
        at = self.rows("SELECT m.id FROM message m JOIN cases c ON c.id = m.case_id WHERE c.district = 'Bayangol'")[0][0]
        before, after = self.rows("SELECT total(id < ?), total(id > ?) FROM message", at, at)[0]
        self.assertGreater(after, before, "%d before it and %d behind it of %d offered" % (before, after, count))
        flood = self.rows("SELECT id, messages FROM cases WHERE district = 'Bayanzurkh'")
        self.assertEqual([messages for _, messages in flood], [stored - 1])
        outbox = dict(self.rows("SELECT purpose, count(*) FROM outbox WHERE case_id = ? GROUP BY purpose", flood[0][0]))
        self.assertEqual(outbox[2], 1)  # receipts
        self.assertLessEqual(outbox[0], 2)  # alerts: the officer and the coordinator
        self.assertEqual(self.rows("SELECT count(*) FROM outbox o JOIN cases c ON c.id = o.case_id WHERE c.district = 'Bayangol' AND "
            "o.purpose = 0")[0][0], 2)


if __name__ == "__main__":
    main()
