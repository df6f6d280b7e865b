#!/usr/bin/env python3
"""hotline-modem sends: nothing before `go`, every outcome told once it is certain, and `unknown` where it cannot be."""
import harness
from fake_core import WorkerCase

TO = "+97600005678"


class Send(WorkerCase):
    def setUp(self):
        super().setUp()
        self.sim.watch()

    def test_texts_arrive_as_they_were(self):
        self.start()
        texts = ["Hotline: code A7-K", "{[€]}~^|\\ @", "Хүүхэд аюултай байна уу? ~ 😀", "a" * 160, "a" * 161, "Я" * 70, "Я" * 71,
                 "😀" * 67, "[" * 81, "урт " * 100]
        for number, text in enumerate(texts):
            self.core.text(number, text)
            sent = self.core.wait("sent")
            self.assertEqual(sent["id"], number)
            self.assertEqual(self.sim.phone_text(TO), text)

    def test_parts_and_references(self):
        self.start()
        self.core.text(1, "Я" * 200)
        mrs = self.core.wait("sent")["mrs"]
        self.assertEqual(len(mrs), 3)
        self.assertEqual(len(set(mrs)), 3)

    def test_nothing_before_go(self):
        self.core.go = False
        self.start()
        self.core.text(5, "wait for it")
        self.assertEqual(self.core.wait("submitting")["id"], 5)
        self.sms_roundtrip()  # the worker goes on reading meanwhile
        self.assertEqual(self.sim.inbox(), [])
        self.core.send("go", id=5)
        self.core.wait("sent")
        self.assertEqual(self.sim.phone_text(TO), "wait for it")

    def sms_roundtrip(self):
        self.sms("in the meantime")
        self.core.wait("inbound")

    def test_reports(self):
        self.start()
        self.core.text(1, "with a report", report=True)
        mr = self.core.wait("sent")["mrs"][0]
        report = self.core.wait("report")
        self.assertEqual((report["to"], report["mr"], report["status"]), (TO, mr, 0))
        self.sim.do("reports", mode="normal", status=70)
        self.core.text(2, "one that fails", report=True)
        self.core.wait("sent")
        self.assertEqual(self.core.wait("report")["status"], 70)

    def report_by(self, **profile):
        """A text and its report, with a modem that wants it told otherwise."""
        self.core.profile(**profile)
        self.start()
        self.core.text(1, "with a report", report=True)
        mr = self.core.wait("sent")["mrs"][0]
        self.assertEqual(self.core.wait("report")["mr"], mr)

    def test_stored_reports(self):
        self.report_by(notify=["2,1,0,2,0"])
        self.assertEqual(self.sim.do("modem")["modem"]["cnmi"][3], 2)
        self.wait_empty("SR")

    def test_a_modem_that_refuses_direct_reports(self):
        self.sim.do("fault", name="error", prefix="+CNMI=2,1,0,1", times=-1)
        self.report_by(notify=["2,1,0,1,0", "2,1,0,2,0"])
        self.assertEqual(self.sim.do("modem")["modem"]["cnmi"][3], 2)

    def test_acknowledged_reports(self):
        """TS 27.005 3.4.1: in service 1 the modem waits for +CNMA."""
        self.sim.watch("command")
        self.report_by(init=["AT+CSMS=1"])
        self.sim.event("command", lambda e: e.get("line") == "AT+CNMA")

    def test_no_report_unless_asked(self):
        self.start()
        self.core.text(1, "plain")
        self.core.wait("sent")
        self.sms_roundtrip()
        self.assertEqual(self.core.all("report"), [])

    def test_refusals_of_the_network(self):
        self.start()
        for number, (code, final) in enumerate(((1, True), (30, True), (304, True), (27, None), (41, None), (322, None))):
            self.sim.do("fault", name="cms", code=code)
            self.core.text(number, "refused")
            failed = self.core.wait("failed")
            self.assertEqual((failed["id"], failed["code"], failed.get("final")), (number, code, final))

    def test_a_network_that_was_busy(self):
        self.start()
        self.sim.do("fault", name="cms", code=192, times=1)
        self.core.text(1, "at the second attempt")
        self.core.wait("sent")

    def test_a_network_time_out_is_unknown(self):
        self.start()
        self.sim.do("fault", name="cms", code=332)
        self.core.text(1, "maybe")
        self.assertEqual(self.core.wait("unknown")["id"], 1)

    def test_a_refusal_without_a_reason_is_unknown(self):
        """After the text was given only a reason of the network's proves that it was not taken."""
        self.start()
        for number, code in enumerate((300, 500, 531)):
            self.sim.do("fault", name="cms", code=code)
            self.core.text(number, "maybe")
            self.assertEqual(self.core.wait_of("unknown", "failed")["type"], "unknown")
        self.sim.do("fault", name="cms", times=0)
        self.sim.do("fault", name="error", prefix="+CMGS", times=1)  # and before, it was not
        self.core.text(9, "surely not")
        self.assertEqual(self.core.wait_of("unknown", "failed")["type"], "failed")

    def test_a_later_part_that_is_refused_leaves_all_unknown(self):
        """The first part is on the phone: "failed" would have it sent again."""
        self.sim.do("set", radio_ms=400)
        self.start()
        self.core.text(1, "Я" * 100)
        self.core.wait("submitting")
        self.sim.event("submit")
        self.sim.do("fault", name="cms", code=38, times=1)  # out of order: for now
        self.assertEqual(self.core.wait_of("unknown", "failed")["type"], "unknown")

    def test_what_cannot_be_sent(self):
        self.start()
        for number, (to, text) in enumerate((("HOTLINE", "x"), ("+", "x"), (TO, "x" * 3500))):
            self.core.text(number, text, to=to)
            failed = self.core.wait("failed")
            self.assertEqual((failed["id"], failed["final"]), (number, True))
            self.assertNotIn(to.lstrip("+") or "\0", failed["why"])
        self.assertEqual(self.sim.inbox(), [])

    def test_a_window_of_two_and_no_more(self):
        self.core.go = False
        self.start()
        for number in range(6):
            self.core.text(number, "text")
        released = {self.core.wait("released")["id"] for _ in range(2)}
        self.assertEqual(released, {4, 5})

    def test_sending_and_receiving_share(self):
        self.start()
        self.sim.do("load", count=400, rate=0)
        for number in range(2):
            self.core.text(number, "out")
        inbound = sent = 0
        while inbound < 400 or sent < 20:
            message = self.core.wait_any()
            if message["type"] == "sent":
                sent += 1
                self.core.text(sent + 1, "out")
            inbound += message["type"] == "inbound"
        order = [m["type"] for m in self.core.all("inbound", "sent")]
        self.assertIn("sent", order[:200])


class Faults(WorkerCase):
    def setUp(self):
        super().setUp()
        self.sim.watch()

    def test_lost_reply(self):
        self.start()
        self.sim.do("fault", name="lost_reply", prefix="+CMGS")
        self.core.text(1, "arrives, but who knows")
        self.assertEqual(self.core.wait("unknown")["id"], 1)
        self.core.wait_ready()
        self.core.text(2, "the next")
        self.assertEqual(self.core.wait("sent")["id"], 2)
        self.assertEqual([t["text"] for t in self.sim.inbox(TO)], ["arrives, but who knows", "the next"])

    def test_missing_prompt(self):
        self.start()
        self.sim.do("fault", name="no_prompt")
        self.core.text(1, "never given")
        failed = self.core.wait("failed")
        self.assertEqual((failed["id"], failed.get("final")), (1, None))
        self.core.wait_ready()
        self.core.text(2, "the next")
        self.core.wait("sent")
        self.assertEqual([t["text"] for t in self.sim.inbox(TO)], ["the next"])

    def test_line_drops_after_the_text_was_given(self):
        self.core.profile(submit_ms=60000)
        self.start()
        self.sim.do("fault", name="lost_reply", prefix="+CMGS")
        self.core.text(1, "on its way")
        self.core.text(2, "behind it")
        self.core.wait("submitting")
        self.sim.phone_text(TO, "on its way")
        self.sim.do("unplug", ms=100)
        outcomes = {m["id"]: m["type"] for m in (self.core.wait_of("unknown", "released"), self.core.wait_of("unknown", "released"))}
        self.assertEqual(outcomes, {1: "unknown", 2: "released"})
        self.core.wait_ready()

    def test_a_modem_that_hangs_over_a_text_keeps_no_others(self):
        self.core.profile(submit_ms=60000, submit_slow_ms=200, probe_ms=0)
        self.start()
        self.sim.do("fault", name="lost_reply", prefix="+CMGS")
        self.core.text(1, "on its way")
        self.core.text(2, "behind it")
        self.assertEqual(self.core.wait_of("unknown", "released", "failed"), {"type": "released", "id": 2})
        self.core.wait("modem", lambda m: "long" in m["detail"])
        self.core.text(3, "later")
        self.assertEqual(self.core.wait_of("unknown", "released", "failed"), {"type": "released", "id": 3})
        self.sim.do("unplug", ms=100)
        self.assertEqual(self.core.wait("unknown")["id"], 1)
        self.core.wait_ready()
        self.core.text(4, "the next")
        self.core.wait("sent")
        self.assertEqual([t["text"] for t in self.sim.inbox(TO)], ["on its way", "the next"])

    def test_line_drops_before(self):
        self.core.go = False
        self.start()
        self.core.text(1, "not begun")
        self.core.wait("submitting")
        self.sim.do("unplug", ms=100)
        self.assertEqual(self.core.wait("released")["id"], 1)
        self.core.send("go", id=1)  # crossed on its way: it must not be sent any more
        self.core.wait_ready()
        self.core.go = True
        self.core.text(2, "the next")
        self.core.wait("sent")
        self.assertEqual([t["text"] for t in self.sim.inbox(TO)], ["the next"])

    def test_forget_before_go(self):
        """Given back at once, and a late go changes nothing; the next text has the place."""
        self.core.go = False
        self.start()
        self.core.text(1, "withdrawn")
        self.core.text(2, "the next")
        self.core.wait("submitting")
        self.core.send("forget", id=1)
        self.assertEqual(self.core.wait("released")["id"], 1)
        self.core.send("go", id=1)
        self.core.send("forget", id=99)  # one that it never had
        self.assertEqual(self.core.wait("submitting")["id"], 2)
        self.core.send("go", id=2)
        self.core.send("forget", id=2)  # too late: it is with the modem
        self.assertEqual(self.core.wait_of("sent", "released")["type"], "sent")
        self.assertEqual([t["text"] for t in self.sim.inbox(TO)], ["the next"])

    def test_held_for_a_modem_without_network_and_given_back(self):
        self.start()
        self.sim.do("set", registration=2)
        self.core.wait_state("registering")
        self.core.text(1, "too late")
        self.sim.do("set", registration=1)
        self.core.wait("sent")

    def test_core_away_during_submission(self):
        self.sim.do("set", radio_ms=400)
        self.start()
        self.core.text(1, "going")
        self.core.text(2, "forgotten")
        self.core.wait("submitting")
        self.core.stop()
        self.core.listen()
        self.assertEqual(self.core.wait("hello").get("holding"), [1])
        sent = self.core.wait("sent")
        self.assertEqual(sent["id"], 1)
        self.core.text(3, "after it")
        self.assertEqual(self.core.wait("sent", lambda m: m["id"] != 1)["id"], 3)
        self.assertEqual([t["text"] for t in self.sim.inbox(TO)], ["going", "after it"])

    def test_outcome_is_told_again(self):
        self.start()
        self.core.text(1, "one")
        first = self.core.wait("sent")
        self.core.stop()
        self.core.listen()
        self.assertEqual(self.core.wait("sent"), first)
        self.core.text(1, "one, again")
        self.assertEqual(self.core.wait("sent")["id"], 1)
        self.core.stop()
        self.core.listen()
        self.assertNotEqual(self.core.wait("sent"), first)


if __name__ == "__main__":
    harness.main()
