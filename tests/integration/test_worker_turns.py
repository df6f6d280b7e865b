#!/usr/bin/env python3
"""While a modem gives a text to the network it cannot be read. What arrived meanwhile is read before the next part of that text, and
before the next text, whatever its lane."""
import harness
from fake_core import WorkerCase

RADIO_MS = 700
TO = "+97600005678"
KINDS = {"AT+CMGS": "give", "AT+CMGR": "read", "AT+CMGL": "read", "AT+CMGD": "delete"}


class Turns(WorkerCase):
    profile = {"submit_ms": 20000, "watch_ms": 0}

    def setUp(self):
        super().setUp()
        self.sim.do("set", radio_ms=RADIO_MS)
        self.sim.watch("command", "stored", "submit")

    def steps_to(self, wanted):
        """What the modem did up to that: give (it got a part), stored (something arrived), submit (the network has the part), read."""
        steps = []
        while not steps or steps[-1] != wanted:
            event = self.sim.watching.wait_event(lambda e: e.get("event"), what=wanted)
            step = event["event"] if event["event"] != "command" else KINDS.get(event.get("line", "").split("=")[0])
            if step:
                steps.append(step)
        return steps

    def check(self, send, wait, count=1):
        """Texts arrive while the modem has the first part of what is sent: they are read before the next. A test that is too slow to let
        them arrive then tries again."""
        self.start()
        for number in range(0, 20, 2):
            send(number)
            self.core.wait("submitting")
            self.steps_to("give")
            for i in range(count):
                self.sms("tip %d" % i)
            wait(number)
            steps = self.steps_to("give")
            if steps[:count] == ["stored"] * count:
                self.assertIn("read", steps)
                return
            self.core.wait("sent", lambda m: m["id"] >= number)
        self.fail("ten times too slow")

    def two_texts(self, number, **fields):
        for text in (number, number + 1):
            self.core.send("send", id=text, to=TO, text="text", **fields)

    def next_begins(self, number):
        self.core.wait("submitting", lambda m: m["id"] == number + 1)

    def test_between_the_parts_of_a_text(self):
        self.check(lambda number: self.core.text(number, "Я" * 100), lambda number: self.core.wait("sent"))

    def test_between_two_texts(self):
        self.check(self.two_texts, self.next_begins)

    def test_before_a_campaign_goes_on(self):
        self.check(lambda number: self.two_texts(number, yields=True), self.next_begins, count=12)
        self.assertEqual(len(self.core.texts()) % 12, 0)

    def test_a_modem_that_tells_of_it_only_after_a_while(self):
        """As u-blox: what was held is told a moment after the result, and if another command runs by then, after that."""
        self.core.profile(listen_ms=1000)
        self.sim.do("quirks", urc_pause_ms=1)
        self.check(self.two_texts, self.next_begins)


if __name__ == "__main__":
    harness.main()
