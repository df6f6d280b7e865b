#!/usr/bin/env python3
"""hotline-modem finds out by itself what a modem does not tell: lost settings, a hang, another SIM, a PIN asked for, a lost answer, a
slot that kills the modem; and says in words what only a person can mend."""
import time

import harness
from fake_core import WorkerCase


class Unswept(WorkerCase):
    """What no sweep would find for an hour is found by looking at the idle modem, or at once from what it answers."""
    profile = {"watch_ms": 200}

    def check_receives(self, text="a tip"):
        self.sms(text)
        return self.core.wait("inbound", lambda m: m["text"] == text)

    def test_settings_silently_reset(self):
        self.start()
        self.sim.do("reset")
        self.core.wait_state("probing")
        self.core.wait_ready()
        self.check_receives()

    def test_idle_modem_hangs(self):
        self.start()
        self.sim.do("fault", name="hang", times=-1)
        self.core.wait_state("stuck")
        self.sim.do("fault", name="hang", times=0)
        self.core.wait_ready()
        self.check_receives()

    def test_sim_swapped(self):
        """Texts of the second SIM are told as its own, and none of the first is deleted for one of the second."""
        self.core.answer = None
        self.start()
        first = self.check_receives("of the first SIM")
        self.sim.do("set", imsi="428990000000777")
        self.core.wait_state("probing")
        self.core.wait_ready()
        self.sim.do("storage", fill=1)  # into the slot where the first lay
        second = self.check_receives("of the second SIM")
        self.assertEqual((first["imsi"], second["imsi"]), ("428990000000001", "428990000000777"))
        self.core.send("stored", ref=first["ref"])
        self.core.send("stored", ref=second["ref"])
        self.sim.watch("deleted")
        while self.on_sim() != 1:  # the second's slot is emptied; what came into the first's stays
            self.core_and_sim(time.monotonic() + harness.DEADLINE, "a deletion")
        self.assertEqual(self.sim.do("storage")["messages"][0]["index"], 1)

    def test_sim_out_and_in(self):
        self.start()
        self.sim.do("set", absent=True)
        self.assertIn("SIM", self.core.wait_state("broken")["detail"])
        self.sim.do("set", imsi="428990000000777")
        self.core.wait_ready()
        self.assertEqual(self.check_receives()["imsi"], "428990000000777")

    def test_registration_lost_untold(self):
        """A text that fails makes it look; the core gets back what waits, for another modem."""
        self.sim.do("fault", name="mute_creg", times=-1)
        self.start()
        self.sim.do("set", registration=2)
        self.core.text(1, "one")
        self.core.text(2, "two")
        self.assertFalse(self.core.wait("failed").get("final"))
        other = self.core.wait_of("released", "failed")
        self.assertEqual((other["id"], other.get("final")), (2, None))
        self.assertEqual(self.core.all("modem")[-1]["state"], "registering")
        self.check_receives_later()

    def check_receives_later(self):
        self.sim.do("set", registration=1)
        self.core.wait_ready()
        self.check_receives()

    def test_registration_lost(self):
        self.start()
        self.core.go = False  # both texts wait
        self.core.text(1, "one")
        self.core.text(2, "two")
        self.core.wait("submitting")
        self.sim.do("set", registration=0)
        self.assertEqual({self.core.wait("released")["id"] for _ in range(2)}, {1, 2})
        self.check_receives_later()

    def test_no_service_centre(self):
        """Said in words; once a text was refused for it none is taken, but texts are received, until it has one."""
        self.sim.do("set", no_smsc=True)
        self.start()
        self.assertIn("service centre", self.core.wait("modem", lambda m: "service centre" in m["detail"])["detail"])
        self.core.text(1, "out")
        failed = self.core.wait("failed")
        self.assertEqual((failed.get("final"), failed["code"]), (None, 330))
        self.core.wait_state("registering")
        self.check_receives()
        self.sim.do("set", smsc="+97600009999")
        self.core.wait_ready()
        self.core.text(2, "out")
        self.core.wait("sent")


class PinAtRunTime(WorkerCase):
    sim_args = ("--pin", "1234")
    profile = {"watch_ms": 200}

    def test_given_again(self):
        self.core.welcome["pin"] = "1234"
        self.start()
        self.sim.do("set", locked=True)
        self.core.wait_state("probing")
        self.core.wait_ready()
        self.sms("a tip")
        self.core.wait("inbound")
        self.assertEqual(self.sim.do("modem")["modem"]["pin_tries"], 3)

    def test_found_by_a_text(self):
        self.core.welcome["pin"] = "1234"
        self.core.profile(watch_ms=0)
        self.start()
        self.sim.do("set", locked=True)
        self.core.text(1, "out")
        self.assertFalse(self.core.wait_of("failed", "released").get("final"))
        self.core.wait_ready_now()
        self.core.text(2, "out")
        self.core.wait("sent")


class LostReplyToText(WorkerCase):
    profile = {"submit_ms": 600000, "probe_ms": 200}

    def test_found_out(self):
        """Long before the time that a network may take; the text is not given again, and the next goes at once."""
        self.start()
        self.sim.do("fault", name="lost_reply", prefix="+CMGS", times=1)
        self.core.text(1, "first")
        self.assertEqual(self.core.wait("unknown")["id"], 1)
        self.core.text(2, "second")
        self.core.wait("sent")
        self.assertEqual([t["text"] for t in self.sim.inbox("+97600005678")], ["first", "second"])
        self.assertEqual([m["state"] for m in self.core.all("modem") if m["state"] == "stuck"], [])

    def test_slow_network_is_waited_for(self):
        """Asked meanwhile, it answers late, and its late answers end no other command."""
        self.start()
        self.sim.do("set", radio_ms=1500)
        for number in range(3):
            self.core.text(number, "out %d" % number)
            self.assertEqual(self.core.wait_of("sent", "unknown", "failed")["type"], "sent")
        self.sms("a tip")
        self.core.wait("inbound")
        self.wait_empty()


class PoisonSlot(WorkerCase):
    """Reading one slot makes the modem start anew: it is found out, told, left alone, and all others are read."""
    profile = {"watch_ms": 0}

    def poison(self):
        self.sim.do("fault", name="dies", times=-1, code=1, text="RDY")
        self.start()
        self.sms("kills the modem")
        refused = self.core.wait("refused")
        self.assertEqual(refused["raw"], "(slot 1 of SM)")
        self.assertIn("telephone", refused["reason"])

    def test_others_are_read(self):
        self.poison()
        for i in range(6):
            self.sms("tip %d" % i)
        wanted = {"tip %d" % i for i in range(6)}
        while wanted:
            wanted.discard(self.core.wait("inbound")["text"])
        self.sim.watch("deleted")
        while self.on_sim() > 1:
            self.core_and_sim(time.monotonic() + harness.DEADLINE, "a deletion")
        self.assertEqual(len(self.core.all("refused")), 1)

    def test_emptied_when_room_is_short(self):
        self.sim.do("storage", capacity=1)
        self.poison()
        self.wait_empty()
        self.sim.do("fault", name="dies", times=0)
        self.sms("a tip")
        self.core.wait("inbound")


class NoModem(WorkerCase):
    def test_says_so_and_does_not_reset_it(self):
        """Whatever listens on a tty that is no modem's gets nothing but AT and escapes."""
        self.sim.do("fault", name="hang", times=-1)
        self.start(ready=False)
        self.assertIn("AT port of a modem", self.core.wait_state("stuck")["detail"])
        self.core.wait_state("absent")  # the end of the first round
        last = self.core.all("modem")[-1]
        self.assertNotIn("resets", last)
        self.assertGreaterEqual(min(last["measures"][:3]), 1)  # escape, ask, defaults


class Talkative(WorkerCase):
    def test_words_that_only_sound_like_a_restart(self):
        """Said at each setup they must not keep it going for ever."""
        self.sim.do("fault", name="urc_inside", text="SMS Ready", prefix="+CMEE", times=-1)
        self.start(ready=False)
        self.core.wait("modem", lambda m: "reset_urcs" in m.get("detail", ""))
        self.core.wait_ready()
        self.sms("and it works")
        self.assertEqual(self.core.wait("inbound")["text"], "and it works")


if __name__ == "__main__":
    harness.main()
