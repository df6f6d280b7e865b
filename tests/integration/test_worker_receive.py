#!/usr/bin/env python3
"""hotline-modem receives: every shape of text, durable before deleted, and nothing is lost while the core is away."""
import select

import harness
from fake_core import WorkerCase, start_worker

LONG = "Энэ бол маш урт мэдээлэл. " * 8


class Receive(WorkerCase):
    def test_alphabets(self):
        self.start()
        for text, coding in (("Sain baina uu", 7), ("{[€]}~^|\\ @", 7), ("Сайн байна уу ~ 😀", 16), ("", 7)):
            self.sms(text)
            message = self.core.wait("inbound")
            self.assertEqual((message["text"], message["coding"]), (text, coding))
            self.assertEqual(message["from"], "+97600001234")
            self.assertEqual(message["imsi"], "428990000000001")
            self.assertRegex(message["sent_at"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
            self.assertNotIn("damaged", message)
        self.wait_empty()

    def test_the_pdu_is_told_as_it_was_read(self):
        self.start()
        pdus = self.sms("raw")["pdus"]
        self.assertEqual(self.core.wait("inbound")["pdu"].upper(), pdus[0].upper())

    def test_parts_in_any_order(self):
        self.start()
        for width in (8, 16):
            parts = self.sms(LONG, width=width, ref=77, order=[4, 2, 1, 3])["parts"]
            self.assertEqual(parts, 4)
            got = {}
            for _ in range(parts):
                m = self.core.wait("inbound")
                self.assertEqual((m["concat_width"], m["concat_ref"], m["concat_total"]), (width, 77, 4))
                got[m["concat_seq"]] = m["text"]
            self.assertEqual("".join(got[i] for i in sorted(got)), LONG)
        self.wait_empty()

    def test_alphanumeric_and_short_senders_and_class_0(self):
        self.start()
        self.sms("x", from_="HOTLINE108")
        m = self.core.wait("inbound")
        self.assertEqual((m["from"], m["alphanumeric"]), ("HOTLINE108", True))
        self.sms("x", from_="00001234", toa=0xA1)
        m = self.core.wait("inbound")
        self.assertEqual((m["from"], m.get("alphanumeric")), ("00001234", None))
        self.sms("flash", class_=0)
        self.assertEqual(self.core.wait("inbound")["text"], "flash")
        self.sms("flash", class_=0, direct=True)
        self.assertEqual(self.core.wait("inbound")["text"], "flash")

    def test_what_lay_there_before(self):
        self.sim.do("storage", fill=20)
        self.start()
        for _ in range(20):
            self.assertEqual(self.core.wait("inbound")["text"], "old")
        self.wait_empty()

    def test_both_memories_are_swept(self):
        self.sim.do("storage", mem="ME", capacity=10, fill=3)
        self.start()
        for _ in range(3):
            self.core.wait("inbound")
        self.wait_empty("ME")

    def test_burst_and_nothing_twice(self):
        self.start()
        self.sim.do("load", count=400, rate=0)
        seen = {self.core.wait("inbound")["pdu"] for _ in range(400)}
        self.assertEqual(len(seen), 400)
        self.wait_empty()
        self.assertEqual(len(self.core.all("inbound")), 400)


class DurableBeforeDeleted(WorkerCase):
    welcome = {"sweep_s": 1}

    def test_no_delete_without_stored(self):
        self.core.answer = None
        self.start()
        self.sim.watch("deleted")
        self.sms("keep me")
        first = self.core.wait("inbound")
        again = self.core.wait("inbound")  # the next sweep offers it again
        self.assertEqual(first["pdu"], again["pdu"])
        self.assertEqual(self.on_sim(), 1)
        self.assertFalse(select.select([self.sim.watching], [], [], 0)[0])
        self.core.answer = "stored"
        self.core.wait("inbound")
        self.sim.event("deleted")

    def test_later_is_offered_again(self):
        answers = ["later", "later", "stored"]
        self.core.answer = lambda m: answers.pop(0)
        self.start()
        self.sms("disk full")
        for _ in range(3):
            self.assertEqual(self.core.wait("inbound")["text"], "disk full")
        self.wait_empty()

    def test_answers_to_strange_refs_delete_nothing(self):
        self.core.answer = lambda m: None
        self.start()
        self.sms("keep me")
        ref = self.core.wait("inbound")["ref"]
        self.core.send("stored", ref=ref + 1000)
        self.core.send("stored", ref=-5)
        self.core.wait("inbound")
        self.assertEqual(self.on_sim(), 1)

    def test_lost_urc_costs_a_sweep(self):
        self.start()
        self.core.wait("modem", lambda m: m.get("sim_total"))  # after the first sweep, which finds what lay there before
        self.sim.do("fault", name="lost_urc", times=1)
        self.sms("unannounced")
        self.assertEqual(self.core.wait("inbound")["text"], "unannounced")
        self.core.wait("modem", lambda m: m.get("urcs_lost") == 1)
        self.wait_empty()

    def test_delete_that_does_nothing(self):
        """The modem says OK and keeps it: offered with each sweep until it goes; never more often."""
        self.start()
        self.sim.do("fault", name="keep", times=2)
        pdu = self.sms("sticky")["pdus"][0].upper()
        for _ in range(3):
            self.assertEqual(self.core.wait("inbound")["pdu"].upper(), pdu)
        self.wait_empty()

    def test_delete_refused(self):
        self.start()
        self.sim.do("fault", name="error", times=2, prefix="+CMGD")
        self.sms("sticky")
        self.core.wait("inbound")
        self.wait_empty()

    def test_more_than_the_worker_holds(self):
        """While the core stores nothing the rest stays on the SIM; it is read as soon as there is room, not at the next sweep."""
        self.core.welcome["sweep_s"] = 3600
        self.sim.do("storage", mem="ME", capacity=255, fill=255)
        self.sim.do("storage", fill=45)
        self.core.answer = None
        self.start()
        refs = [self.core.wait("inbound")["ref"] for _ in range(256)]
        self.assertEqual(self.on_sim() + self.on_sim("ME"), 300)
        self.core.answer = "stored"
        for ref in refs:
            self.core.send("stored", ref=ref)
        for _ in range(44):
            self.core.wait("inbound")
        self.wait_empty("ME")
        self.wait_empty()

    def test_full_memory_is_emptied(self):
        self.sim.do("storage", capacity=10, fill=10)
        for i in range(5):
            self.sms("waiting %d" % i)
        self.start()
        wanted = {"waiting %d" % i for i in range(5)}
        while wanted:
            wanted.discard(self.core.wait("inbound")["text"])
        self.wait_empty()


class CoreAway(WorkerCase):
    def test_core_restarts(self):
        self.core.answer = None
        self.start()
        self.sms("before")
        first = self.core.wait("inbound")
        self.core.stop()
        self.sms("meanwhile")
        self.sim.watch("deleted")
        self.core.answer = "stored"
        self.core.listen()
        hello = self.core.wait("hello")
        self.assertNotIn("holding", hello)
        self.core.wait_ready()  # the modem was kept: its state is told at once
        pdus = {m["text"]: m["pdu"] for m in (self.core.wait("inbound"), self.core.wait("inbound"))}
        self.assertEqual(set(pdus), {"before", "meanwhile"})
        self.assertEqual(pdus["before"], first["pdu"])
        self.sim.event("deleted")
        self.sim.event("deleted")

    def test_core_starts_last(self):
        self.core.stop()
        self.start(ready=False)
        self.core.listen()
        self.core.wait_ready()

    def test_core_says_nonsense(self):
        self.start()
        self.core.conn.sendall(b"nonsense\n")
        self.core.wait("hello")
        self.core.wait_ready()
        self.core.conn.sendall(b'{"type":"stored"}\n')
        self.core.wait("hello")
        self.core.wait_ready()

    def test_killed_worker_offers_again(self):
        self.core.answer = None
        worker = self.start()
        self.sms("survives")
        first = self.core.wait("inbound")
        worker.kill()
        worker.wait()
        self.core.answer = "stored"
        self.worker = self.keep(start_worker(self.folder, self.core))
        second = self.core.wait("inbound")
        self.assertEqual((first["pdu"], first["imsi"]), (second["pdu"], second["imsi"]))
        self.wait_empty()


class Malformed(WorkerCase):
    """One by one refused with a reason, or read and marked; and the next tip flows."""

    REFUSED = (
        ("00", "empty TPDU"),
        ("07917906000000F0040B917906001032F400006211226103502305C822", "cut off"),
        ("07917906000000F0440B917906001032F40008621122610350230205AA", "header is longer"),
        ("07917906000000F004B7917906001032F4000062112261035023", "address length 183"),
        ("07917906000000F0440B917906001032F400086211226103502306050003070400", "part 0 of 4"),
        ("07917906000000F0440B917906001032F40008621122610350230605000307FF01", "part 1 of 255"),
        ("07917906000000F0040B917906001032F400046211226103502302FF01", "not text"),
        ("0791790600000", "hexadecimal"),
        ("no PDU at all", "hexadecimal"),
        ("FF", "SMSC"),
    )
    DAMAGED = (
        ("07917906000000F0040B917906001032F4000862112261035023060041D83D0042", "A\ufffdB"),
        ("07917906000000F0040B917906001032F4000C6211226103502302C121", "AC"),
    )

    def test_refused_and_the_next_flows(self):
        self.start()
        for line, reason in self.REFUSED:
            self.sim.do("pdu", line=line)
            message = self.core.wait("refused")
            self.assertIn(reason, message["reason"], line)
            self.assertEqual(message["raw"], line)
            self.sms("the next tip")
            self.assertEqual(self.core.wait("inbound")["text"], "the next tip")
        self.wait_empty()

    def test_all_at_once(self):
        for line, _ in self.REFUSED:
            self.sim.do("pdu", line=line)
        self.sms("in between")
        for line, _ in self.DAMAGED:
            self.sim.do("pdu", line=line)
        self.start()
        self.wait_empty()
        self.assertEqual(sorted(m["raw"] for m in self.core.all("refused")), sorted(line for line, _ in self.REFUSED))
        self.assertEqual(sorted(self.core.texts()), sorted(["in between"] + [t for _, t in self.DAMAGED]))

    def test_damage_is_marked(self):
        self.start()
        for line, text in self.DAMAGED:
            self.sim.do("pdu", line=line)
            message = self.core.wait("inbound")
            self.assertEqual((message["text"], message["damaged"]), (text, True))
        self.wait_empty()

    def test_nothing_of_it_in_the_log(self):
        self.start()
        self.sms("a secret word")
        self.core.wait("inbound")
        self.sim.do("pdu", line=self.REFUSED[1][0])
        self.core.wait("refused")
        self.core.text(1, "another secret")
        self.core.wait("sent")
        self.worker.stop()
        log = self.worker.error_text()
        self.assertIn("refused", log)
        for secret in ("secret", "97600", "79060", "428990", "355000"):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    harness.main()
