#!/usr/bin/env python3
"""hotline-modem recovers by itself from whatever a modem does, and loses no text over it."""
import harness
from fake_core import WorkerCase


class Recovers(WorkerCase):
    """After each fault a text still comes through, the SIM is emptied and a text can be sent."""
    welcome = {"sweep_s": 1}

    def setUp(self):
        super().setUp()
        self.start()
        self.sim.watch()

    def check_alive(self, text="a tip"):
        self.sms(text)
        self.core.wait("inbound", lambda m: m["text"] == text)
        self.wait_empty()
        self.core.wait_ready_now()
        for number in range(5):  # one that meets the modem in trouble is given back, and the core leases it again
            self.core.text(number, "answer")
            if self.core.wait_of("sent", "failed", "released")["type"] == "sent":
                return
        self.fail("five attempts to send")

    def fault(self, name, **fields):
        self.sim.do("fault", name=name, **fields)

    def test_short_hang(self):
        self.fault("hang", times=-1, ms=1500)
        self.check_alive()

    def test_hang_until_it_is_reset(self):
        """Deaf until the ladder has reached the restart."""
        self.fault("hang", times=-1)
        self.core.wait_state("stuck")
        self.core.wait_state("resetting")
        self.fault("hang", times=0)
        self.check_alive()

    def test_garbage_for_answers(self):
        self.fault("garbage", times=10)
        self.check_alive()

    def test_noise_before_every_line(self):
        self.fault("noise", times=200)
        for i in range(20):
            self.sms("tip %d" % i)
        wanted = {"tip %d" % i for i in range(20)}
        while wanted:
            wanted.discard(self.core.wait("inbound")["text"])
        self.assertEqual(self.core.all("refused"), [])
        self.fault("noise", times=0)
        self.check_alive()

    def test_error_many_times(self):
        for prefix in ("+CMGR", "+CMGL", "+CMGD", "+CPMS", ""):
            with self.subTest(prefix=prefix):
                self.fault("error", times=7, prefix=prefix)
                self.check_alive("tip through %s" % prefix)

    def test_lost_final_replies(self):
        for prefix in ("+CMGR", "+CMGL", "+CMGD", "+CPMS", "+CSQ"):
            with self.subTest(prefix=prefix):
                self.fault("lost_reply", times=1, prefix=prefix)
                self.check_alive("tip through %s" % prefix)

    def test_urcs_inside_responses(self):
        for where in ("final", "list", "mid"):
            for text in ("+CREG: 1", "RING", "+CIEV: 7,1", "Call in progress", "^RSSI: 18", "+CSQ: 3,99", "0123456789ABCDEF"):
                with self.subTest(where=where, text=text):
                    self.fault("urc_inside", times=-1, text=text, where=where)
                    self.check_alive("%s %s" % (where, text))
        self.fault("urc_inside", times=0)
        self.assertEqual(self.core.all("refused"), [])

    def test_echo_on_and_mangled(self):
        self.fault("echo", times=-1)
        self.sim.do("reset", says="RDY")  # echo is on again
        self.check_alive()

    def test_slow(self):
        self.fault("slow", times=30, ms=200)
        self.check_alive()

    def test_line_drops_and_returns(self):
        for _ in range(3):
            self.sim.do("unplug", ms=200)
            self.core.wait_state("absent")
            self.core.wait_ready()
        self.check_alive()

    def test_line_stays_away_for_a_while(self):
        self.sim.do("unplug")
        self.core.wait_state("absent")
        self.sms("waits in the network")
        self.sim.do("plug")
        self.core.wait("inbound", lambda m: m["text"] == "waits in the network")
        self.check_alive()

    def test_restart_that_is_told(self):
        self.sim.do("reset", says="RDY|SMS Ready")
        self.core.wait_state("probing")
        self.check_alive()

    def test_restart_that_is_not_told(self):
        """Only the settings tell; the sweep looks at them."""
        self.sim.do("reset")
        self.core.wait_state("probing")
        self.check_alive()

    def test_reset_that_takes_the_line_away(self):
        self.fault("reset_drops", times=-1, ms=200)
        self.fault("hang", times=-1)
        self.core.wait_state("resetting")
        self.fault("hang", times=0)
        self.check_alive()

    def test_full_storage(self):
        self.fault("full", times=-1)
        self.sms("waits outside")
        self.fault("full", times=0)
        self.check_alive()

    def test_no_network_still_reads(self):
        self.sim.do("storage", fill=0)
        self.sim.do("set", registration=3)
        self.core.wait_state("registering")
        self.sim.do("storage", fill=1)
        self.core.wait("inbound", lambda m: m["text"] == "old")
        self.sim.do("set", registration=1)
        self.check_alive()

    def test_strange_lines_at_any_time(self):
        for line in ("+CUSD: 0,\"x\",15", "NO CARRIER", "+CMTI: ,-1", "+CMTI: \"XX\",3", "+CMTI: \"SM\",200", "+CDSI: \"SR\",9",
                     "+CDS: 5", "OK", "ERROR", "> ", "+CMGR: 0,,22", "+CMS ERROR: 500", "+CMT: ,1", "00"):
            self.sim.do("line", text=line)
        self.sim.do("line", octets="ff" * 1000)
        self.check_alive()


class SlotsThatMoved(WorkerCase):
    """Between a text's being stored and its deletion the modem was restarted: what lies in the slot now is not deleted."""
    welcome = {"sweep_s": 1}

    def test_another_text_in_the_slot(self):
        self.core.answer = None
        self.start()
        self.sms("first")
        ref = self.core.wait("inbound")["ref"]
        self.sim.do("unplug")
        self.core.wait_state("absent")
        self.sim.do("storage", clear=True)
        self.sms("second")
        self.sim.do("plug")
        self.core.send("stored", ref=ref)
        self.assertEqual(self.core.wait("inbound", lambda m: m["ref"] != ref)["text"], "second")
        self.core.wait_ready_now()
        self.core.wait("inbound")  # a whole sweep later it is still there
        self.assertEqual(self.on_sim(), 1)
        self.core.answer = "stored"
        self.wait_empty()

    def test_another_sim(self):
        self.core.answer = None
        self.start()
        self.sms("of the first SIM")
        first = self.core.wait("inbound")
        self.sim.do("unplug")
        self.core.wait_state("absent")
        self.sim.do("set", imsi="428990000000777")
        self.sim.do("plug")
        self.sms("of the second SIM")
        second = self.core.wait("inbound", lambda m: m["text"] == "of the second SIM")
        self.assertEqual((first["imsi"], second["imsi"]), ("428990000000001", "428990000000777"))
        again = self.core.wait("inbound", lambda m: m["text"] == "of the first SIM")
        self.assertEqual(again["imsi"], first["imsi"])


class SlotsThatMovedSilently(WorkerCase):
    """Nothing tells the worker that a slot holds another text by now, and no sweep looks: it is compared before it is deleted."""

    def test_another_text_while_the_core_took_long(self):
        self.core.answer = lambda offer: None if offer.get("text") == "first" else "stored"
        self.start()
        self.sms("first")
        ref = self.core.wait("inbound")["ref"]
        self.sim.do("storage", clear=True)
        self.sim.do("storage", fill=1)  # another SIM, in a modem that says nothing of it
        while not self.core.is_quiet(1):  # longer than command_ms
            pass
        self.core.send("stored", ref=ref)
        self.assertEqual(self.core.wait("inbound")["text"], "old")
        self.wait_empty()

    def test_one_slot_under_two_names(self):
        """A text that the modem shows twice may be one, gone from both slots when it is deleted in one; another may come there."""
        self.core.profile(command_ms=20000)
        self.core.answer = None
        line = "07917906000000F0040B917906001032F400006211226103502305C8329BFD06"
        self.sim.do("pdu", line=line)
        self.sim.do("pdu", line=line)
        self.start()
        refs = [self.core.wait("inbound")["ref"] for _ in range(2)]
        self.sim.watch("deleted")
        self.core.send("stored", ref=refs[0])
        self.sim.event("deleted")
        self.sim.do("storage", clear=True)
        self.sim.do("storage", fill=2)
        self.core.send("stored", ref=refs[1])
        self.assertEqual(self.core.wait("inbound")["text"], "old")
        self.assertEqual(self.on_sim(), 2)


class ListsThatFail(WorkerCase):
    def test_slot_by_slot(self):
        """Firmware that stops listing at a text that it cannot show hides all behind it: they are read one by one."""
        self.sim.do("storage", fill=3)
        self.sim.do("fault", name="error", times=-1, prefix="+CMGL")
        self.start()
        for _ in range(3):
            self.assertEqual(self.core.wait("inbound")["text"], "old")
        self.wait_empty()


class Pin(WorkerCase):
    sim_args = ("--pin", "1234")

    def tries_left(self):
        return self.sim.do("modem")["modem"]["pin_tries"]

    def test_right(self):
        self.core.welcome["pin"] = "1234"
        self.start()

    def test_wrong_is_tried_once(self):
        self.core.welcome["pin"] = "4321"
        worker = self.start(ready=False)
        self.assertIn("PIN", self.core.wait_state("broken")["detail"])
        self.assertEqual(self.tries_left(), 2)
        self.sim.do("unplug", ms=100)  # and not after it was plugged in again
        self.core.wait_state("probing")
        self.core.wait_state("broken")
        self.assertEqual(self.tries_left(), 2)
        worker.stop()  # nor by another worker, which sees that somebody was refused
        self.start(ready=False)
        self.core.wait_state("broken")
        self.assertEqual(self.tries_left(), 2)

    def test_wrong_is_tried_once_without_a_counter(self):
        self.core.welcome["pin"] = "4321"
        self.core.profile(pin_counter="", pin_blind=True)
        self.start(ready=False)
        self.core.wait_state("broken")
        self.sim.do("unplug", ms=100)
        self.core.wait_state("probing")
        self.core.wait_state("broken")
        self.assertEqual(self.tries_left(), 2)

    def test_without_a_counter_it_is_not_tried(self):
        """Each start of a worker would try anew, and the third locks the SIM."""
        self.core.welcome["pin"] = "1234"
        self.core.profile(pin_counter="")
        self.start(ready=False)
        self.assertIn("counter", self.core.wait_state("broken")["detail"])
        self.assertEqual(self.tries_left(), 3)

    def test_a_lost_answer_is_no_leave_to_try_again(self):
        """The modem takes the PIN, refuses it, and the refusal is lost: without a counter nobody knows."""
        self.core.welcome["pin"] = "4321"
        self.core.profile(pin_counter="", pin_blind=True)
        self.sim.do("fault", name="lost_reply", prefix="+CPIN=", times=1)
        self.start(ready=False)
        self.assertIn("lost", self.core.wait_state("broken")["detail"])
        self.assertEqual(self.tries_left(), 2)

    def test_corrected_pin_with_a_counter(self):
        """Each PIN that is written there has one attempt, as long as one more is left for a person."""
        self.core.welcome["pin"] = "4321"
        self.start(ready=False)
        self.core.wait_state("broken")
        for pin, left in (("4322", 1), ("1234", 1)):  # the last attempt is not ours, even with the right one
            self.core.drop()
            self.core.welcome["pin"] = pin
            self.core.wait_state("probing")
            self.core.wait_state("broken")
            self.assertEqual(self.tries_left(), left)

    def test_corrected_pin(self):
        self.core.welcome["pin"] = "4321"
        self.core.profile(pin_counter="", pin_blind=True)
        self.start(ready=False)
        self.core.wait_state("broken")
        self.core.drop()
        self.core.welcome["pin"] = "1234"
        self.core.wait_ready()
        self.assertEqual(self.tries_left(), 3)

    def test_none_configured(self):
        self.start(ready=False)
        self.assertIn("configuration", self.core.wait_state("broken")["detail"])
        self.assertEqual(self.tries_left(), 3)


class NoSim(WorkerCase):
    def test_absent(self):
        self.sim.do("set", absent=True)
        self.start(ready=False)
        self.assertIn("SIM", self.core.wait_state("broken")["detail"])


class NoTty(WorkerCase):
    def test_it_comes_later(self):
        self.sim.do("unplug")
        self.start(ready=False)
        self.core.wait_state("absent")
        self.sim.do("plug")
        self.core.wait_ready()


if __name__ == "__main__":
    harness.main()
