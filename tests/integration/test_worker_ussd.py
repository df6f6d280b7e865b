#!/usr/bin/env python3
"""USSD at the worker: sessions that the core begins and that the network begins, and that nothing else suffers from them."""
import harness
from fake_core import WorkerCase

MENU = "1. Balance\n2. Help"


class Ussd(WorkerCase):
    profile = {"ussd_ms": 10000}

    def setUp(self):
        super().setUp()
        self.sim.watch("call", "phone")

    def ussd(self, number, state, timeout=harness.DEADLINE):
        return self.core.wait("ussd", lambda m: m["id"] == number and m["state"] == state, timeout)

    def dial(self, code, number=1):
        self.core.send("ussd_dial", id=number, text=code)

    def cancelled(self):
        return self.sim.event("call", lambda e: e["what"] == "ussd cancelled")

    def dialled(self):
        return self.sim.event("call", lambda e: e["what"] == "ussd dialled")

    def is_over(self, number=90):
        """Whether another session can begin."""
        self.dial("*100#", number)
        return self.ussd(number, "done")["text"] == "Balance: 5000 MNT"


class Sessions(Ussd):
    def test_one_answer(self):
        self.start()
        self.dial("*100#")
        said = self.ussd(1, "done")
        self.assertEqual((said["text"], said["dcs"]), ("Balance: 5000 MNT", 15))

    def test_cyrillic_answers(self):
        self.sim.do("ussd_answer", code="*102#", text="Үлдэгдэл: 100₮", dcs=17)
        self.start()
        self.dial("*101#", 1)
        self.assertEqual(self.ussd(1, "done")["text"], "Үлдэгдэл: 5000₮")
        self.dial("*102#", 2)
        said = self.ussd(2, "done")
        self.assertEqual((said["text"], said["dcs"]), ("Үлдэгдэл: 100₮", 17))

    def test_a_menu_is_answered(self):
        """The menu has two lines, which come as two lines of the modem's."""
        self.sim.do("ussd_answer", code="*123#>тийм", text="Баярлалаа")
        self.start()
        self.dial("*123#", 1)
        self.assertEqual(self.ussd(1, "open")["text"], MENU)
        self.core.send("ussd_answer", id=1, text="1")
        self.assertEqual(self.ussd(1, "done")["text"], "Balance: 5000 MNT")
        self.dial("*123#", 2)
        self.ussd(2, "open")
        self.core.send("ussd_answer", id=2, text="тийм")
        self.assertEqual(self.ussd(2, "done")["text"], "Баярлалаа")

    def test_an_answer_before_ok(self):
        self.sim.do("ussd_answer", code="*5#", text="early", early=True)
        self.sim.do("ussd_answer", code="*6#", text="menu", early=True, more=True)
        self.start()
        self.dial("*5#", 1)
        self.assertEqual(self.ussd(1, "done")["text"], "early")
        self.dial("*6#", 2)
        self.ussd(2, "open")
        self.core.send("ussd_cancel", id=2)
        self.ussd(2, "cancelled")
        self.cancelled()

    def test_the_end_is_told_before_the_text(self):
        self.sim.do("ussd_answer", code="*5#", text="last words", bare=True, m=2)
        self.sim.do("ussd_answer", code="*6#", text="last words", bare=True)
        self.start()
        self.dial("*5#", 1)
        self.assertEqual(self.ussd(1, "ended")["text"], "last words")
        self.dial("*6#", 2)
        self.assertEqual(self.ussd(2, "done")["text"], "last words")
        self.assertTrue(self.is_over())

    def test_ends_by_the_network(self):
        """TS 27.007 7.15: <m> as a table; no such code is 4."""
        self.start()
        for number, (m, state) in enumerate(((2, "ended"), (3, "elsewhere"), (5, "timeout")), 1):
            self.sim.do("ussd_answer", code="*5#", text="words", m=m)
            self.dial("*5#", number)
            self.assertEqual(self.ussd(number, state)["text"], "words")
        self.dial("*999#", 9)
        self.ussd(9, "unsupported")

    def test_cancel(self):
        self.start()
        self.dial("*123#")
        self.ussd(1, "open")
        self.core.send("ussd_cancel", id=1)
        self.ussd(1, "cancelled")
        self.cancelled()
        self.assertTrue(self.is_over())

    def test_too_long_is_refused(self):
        self.start()
        self.dial("*123#")
        self.ussd(1, "open")
        self.core.send("ussd_answer", id=1, text="ү" * 81)
        self.assertIn("80", self.ussd(1, "refused")["why"])
        self.cancelled()
        self.dial("x" * 183, 2)
        self.assertIn("182", self.ussd(2, "refused")["why"])
        self.assertTrue(self.is_over())

    def test_one_session_at_a_time(self):
        self.start()
        self.dial("*123#", 1)
        self.ussd(1, "open")
        self.dial("*100#", 2)
        self.assertIn("another USSD session", self.ussd(2, "refused")["why"])
        self.core.send("ussd_answer", id=2, text="1")
        self.assertIn("over", self.ussd(2, "refused")["why"])
        self.core.send("ussd_answer", id=1, text="2")
        self.assertEqual(self.ussd(1, "done")["text"], "Call 1234")

    def test_texts_come_and_go_meanwhile(self):
        self.sim.do("ussd_answer", code="*7#", text="", silent=True)
        self.start()
        self.dial("*7#")
        self.dialled()
        self.sms("while the network thinks")
        self.core.wait("inbound", lambda m: m["text"] == "while the network thinks")
        self.core.text(5, "an answer")
        self.core.wait("sent", lambda m: m["id"] == 5)
        self.assertEqual(self.core.all("ussd"), [])
        self.core.send("ussd_cancel", id=1)
        self.ussd(1, "cancelled")
        self.cancelled()

    def test_an_error_is_told(self):
        self.start()
        self.sim.do("fault", modem=0, name="error", prefix="+CUSD", code=30)
        self.dial("*100#")
        self.assertIn("30", self.ussd(1, "refused")["why"])
        self.assertTrue(self.is_over())

    def test_the_modem_goes_away(self):
        self.start()
        self.dial("*123#")
        self.ussd(1, "open")
        self.sim.do("unplug", modem=0, ms=100)
        self.ussd(1, "lost")
        self.core.wait_ready()
        self.assertTrue(self.is_over())

    def test_the_core_goes_away(self):
        """Nobody will answer any more: the network is not kept waiting."""
        self.start()
        self.dial("*123#")
        self.ussd(1, "open")
        self.core.drop()
        self.cancelled()
        self.core.wait("hello")  # of the new connection; what the modem told before may not have been looked at
        self.core.wait("modem")
        self.assertTrue(self.is_over())


class Silence(Ussd):
    profile = {"ussd_ms": 300}

    def test_a_network_that_never_answers(self):
        self.sim.do("ussd_answer", code="*7#", text="", silent=True)
        self.start()
        self.dial("*7#")
        self.ussd(1, "timeout")
        self.cancelled()
        self.sms("still there")
        self.core.wait("inbound", lambda m: m["text"] == "still there")


class NetworkBegins(Ussd):
    def test_a_notice(self):
        self.start()
        self.sim.do("ussd", text="Your balance is low", status=0)
        self.assertEqual(self.ussd(0, "done")["text"], "Your balance is low")

    def test_a_request_is_answered_or_cancelled(self):
        self.sim.do("ussd_answer", code="network>1", text="thanks")
        self.start()
        self.sim.do("ussd", text="Agree? 1 yes", status=1)
        self.ussd(0, "open")
        self.core.send("ussd_answer", id=0, text="1")
        self.assertEqual(self.ussd(0, "done")["text"], "thanks")
        self.sim.do("ussd", text="Agree? 1 yes", status=1)
        self.ussd(0, "open")
        self.core.send("ussd_cancel", id=0)
        self.cancelled()
        self.assertTrue(self.is_over())

    def test_without_a_core(self):
        """A request is cancelled at once, a notice is kept."""
        self.start()
        self.core.stop()
        self.sim.do("ussd", text="Agree? 1 yes", status=1)
        self.cancelled()
        self.core.listen()
        self.assertEqual(self.ussd(0, "done")["text"], "Agree? 1 yes")


class Packed(Ussd):
    profile = {"ussd_ms": 10000, "ussd_request": "packed", "ussd_answer": "packed"}

    def test_every_length(self):
        """Of these lengths some leave seven bits over; no last letter is lost and no @ or line end comes of it."""
        self.sim.do("set", modem=0, packed_ussd=True)
        text = "abcdefghijklmnopqrstuvwxyz"
        for n in range(5, 18):
            self.sim.do("ussd_answer", code="*%d#" % n, text=text[:n])
        self.start()
        for n in range(5, 18):
            self.dial("*%d#" % n, n)
            self.assertEqual(self.ussd(n, "done")["text"], text[:n])
        self.dial("*101#", 50)
        self.assertEqual(self.ussd(50, "done")["text"], "Үлдэгдэл: 5000₮")
        self.dial("*123#", 51)
        self.assertEqual(self.ussd(51, "open")["text"], MENU)
        self.core.send("ussd_answer", id=51, text="2")
        self.assertEqual(self.ussd(51, "done")["text"], "Call 1234")


class Ucs2(Ussd):
    profile = {"ussd_ms": 10000, "ussd_request": "ucs2", "ussd_answer": "ucs2", "ussd_charset": "UCS2", "charset": "GSM",
               "ussd_before": ["AT+CREG=1"], "ussd_after": ["AT+CREG=1"]}

    def test_the_character_set_is_changed_and_restored(self):
        self.sim.watch("command")
        self.start()
        self.dial("*100#")
        self.assertEqual(self.ussd(1, "done")["text"], "Balance: 5000 MNT")
        for wanted in ('AT+CSCS="UCS2"', 'AT+CUSD=1,"002A0031003000300023",15', 'AT+CSCS="GSM"', "AT+CREG=1"):
            self.sim.event("command", lambda e, w=wanted: e.get("line") == w)
        self.dial("*123#", 2)
        self.assertEqual(self.ussd(2, "open")["text"], MENU)
        self.core.send("ussd_answer", id=2, text="1")
        self.assertEqual(self.ussd(2, "done")["text"], "Balance: 5000 MNT")


class Before(Ussd):
    """A family that USSD needs another radio technology for: as here another AT+CREG=."""
    profile = {"ussd_before": ["AT+CREG=2"], "ussd_after": ["AT+CREG=1"], "ussd_ms": 10000, "list_ms": 20000}

    def test_one_that_is_cancelled_meanwhile_leaves_nothing_changed(self):
        self.sim.do("fault", name="slow", prefix="+CREG=2", ms=500, times=1)
        self.sim.watch("command")
        self.start()
        self.dial("*100#")
        self.sim.event("command", lambda e: e.get("line") == "AT+CREG=2")
        self.core.send("ussd_cancel", id=1)
        self.ussd(1, "cancelled")
        self.sim.event("command", lambda e: e.get("line") == "AT+CREG=1")


class Without(Ussd):
    profile = {"ussd_request": "none"}

    def test_a_family_without_ussd(self):
        self.start()
        self.dial("*100#")
        self.assertIn("no USSD", self.ussd(1, "refused")["why"])


if __name__ == "__main__":
    harness.main()
