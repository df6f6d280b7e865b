#!/usr/bin/env python3
"""Calls at the worker: told once a ringing, never answered, kept until the core has them on disk."""
import harness
from fake_core import WorkerCase

CALLER = "+97600001234"


class Calls(WorkerCase):
    def setUp(self):
        super().setUp()
        self.sim.watch("call")

    def ring(self, from_=CALLER, rings=1):
        self.sim.do("call", modem=0, from_=from_, rings=rings, ring_ms=200)

    def test_one_call_is_told_once(self):
        self.start()
        self.ring(rings=3)
        call = self.core.wait("call")
        self.assertEqual((call["from"], call["rings"]), (CALLER, 3))
        self.assertEqual(self.sim.event("call")["what"], "missed")
        self.ring("+97600005678")
        other = self.core.wait("call")
        self.assertEqual(other["from"], "+97600005678")
        self.assertNotEqual(other["key"], call["key"])
        self.assertEqual(len(self.core.all("call")), 2)

    def test_a_withheld_number(self):
        self.start()
        self.ring("")
        self.assertNotIn("from", self.core.wait("call"))

    def test_texts_come_and_go_while_it_rings(self):
        self.start()
        self.ring(rings=3)
        self.sms("while it rings")
        self.core.wait("inbound", lambda m: m["text"] == "while it rings")
        self.core.text(5, "an answer")
        self.core.wait("sent", lambda m: m["id"] == 5)
        self.core.wait("call")

    def test_kept_until_stored(self):
        """A core that could not store it, or went away, hears of it again, with the same key."""
        self.start()
        self.core.answer = None
        self.ring()
        first = self.core.wait("call")
        self.core.drop()
        again = self.core.wait("call")
        self.assertEqual((again["key"], again["from"], again["ref"]), (first["key"], first["from"], first["ref"]))
        self.core.send("stored", ref=again["ref"])
        self.core.answer = "stored"
        self.core.drop()
        self.ring("+97600005678")
        self.assertEqual(self.core.wait("call")["from"], "+97600005678")
        self.assertEqual(len(self.core.all("call")), 3)

    def test_while_the_core_is_away(self):
        self.start()
        self.core.stop()
        self.ring()
        self.sim.event("call", lambda e: e["what"] == "missed")
        self.core.listen()
        self.assertEqual(self.core.wait("call")["from"], CALLER)

    def test_the_modem_goes_while_it_rings(self):
        self.start()
        self.ring(rings=1000)
        self.sms("said behind the first RING")
        self.core.wait("inbound")
        self.sim.do("unplug", modem=0, ms=100)
        self.assertEqual(self.core.wait("call")["from"], CALLER)
        self.core.wait_ready()


class Forbidden(WorkerCase):
    profile = {"missed_calls": False}

    def test_a_profile_may_forbid_it(self):
        self.sim.watch("call", "command")
        self.start()
        self.sim.do("call", modem=0, from_=CALLER, rings=1)
        self.sim.event("call", lambda e: e["what"] == "missed")
        self.sms("after the call")
        self.core.wait("inbound")
        self.assertEqual(self.core.all("call"), [])


if __name__ == "__main__":
    harness.main()
