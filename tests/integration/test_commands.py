"""Officers' commands by text, on the real programs: simulated modems and phones, one of the SIMs known to the roster only."""
import os
import time

from harness import DEADLINE, JsonLines, main
from system import COORDINATOR, OFFICER, PASSWORD, SECOND, SystemCase, codes_in

GIRL = "+97600009011"
TIP = "a girl of 15 is made to meet men at the hotel"


class Commands(SystemCase):
    def say(self, number, text, modem=0):
        self.system.sim.do("sms", modem=modem, from_=number, text=text)

    def tip(self, number=GIRL):
        self.say(number, TIP)
        return self.system.phones.codes(OFFICER, "Reply OK")

    def begin(self, **settings):
        self.system = self.start_system(**settings)

    def case(self, code):
        return self.system.ask("case.show", code=code)["case"]

    def read(self, code):
        """Somebody of the unit opens its texts."""
        self.system.ask("person.add", name="Bat", role="officer", password=PASSWORD, recovery=self.system.recovery_key())
        conn = self.keep(JsonLines(os.path.join(self.system.folder, "control.sock")))
        for request in ({"op": "login", "person": "Bat", "password": PASSWORD}, {"op": "case.show", "code": code}):
            conn.send(request)
            while "ok" not in (answer := conn.receive(time.monotonic() + DEADLINE, request["op"])):
                pass
            self.assertTrue(answer["ok"], answer)

    def recorded(self):
        self.system.stop()
        return [action for action, in self.system.rows("SELECT action FROM audit")]

    def test_a_forged_sender_achieves_nothing(self):
        self.begin(modems=1)
        code, ack = self.tip()
        receipt = self.system.phones.text(GIRL)
        for text in ("1", "OK", "OK " + codes_in(receipt)[0]):  # all that the texter, or anybody, can know
            self.say(OFFICER, text)
            self.system.phones.text(OFFICER, "Reply OK and the")
        self.assertEqual(self.case(code)["owner"], "")
        self.assertEqual(self.system.status()["counters"]["commands_refused"], 3)
        self.say(OFFICER, "Ok, " + ack + " thanks.")
        self.assertIn(code, self.system.phones.text(OFFICER, "assigned"))
        self.assertEqual(self.case(code)["owner"], "officer one")

    def test_guessing_makes_codes_longer_and_locks_nobody_out(self):
        self.begin(modems=1)
        code, ack = self.tip()
        for i in range(5):
            self.say(OFFICER, "OK %04d" % ((int(ack) + 1 + i) % 10000))
        again, longer = self.system.phones.codes(OFFICER, "Reminder")  # an alert: it goes first
        self.system.phones.text(OFFICER, "Wrong codes came in your name")
        self.assertEqual((again, len(longer)), (code, 8))
        self.say(OFFICER, "OK " + longer)
        self.system.phones.text(OFFICER, "assigned")
        self.assertIn("alert.guessed", self.recorded())

    def test_busy_take_done(self):
        self.begin(modems=1)
        code, ack = self.tip()
        self.say(OFFICER, "завгүй " + ack)
        again, second = self.system.phones.codes(SECOND, "Escalated")
        self.assertEqual(again, code)
        self.say(SECOND, "OK " + second)
        self.system.phones.text(SECOND, "assigned")
        self.say(OFFICER, "OK " + ack)
        self.assertIn("taken already: an officer", self.system.phones.text(OFFICER, "taken"))
        self.say(OFFICER, "take " + ack)
        self.system.phones.text(OFFICER, "assigned")
        self.assertIn("officer", self.system.phones.text(SECOND, "taken over from you"))
        self.say(OFFICER, "done " + ack)
        self.system.phones.text(OFFICER, "nobody has opened this case")  # a stolen telephone cannot silence it
        self.read(code)
        self.say(OFFICER, "DONE " + ack)  # the same text in the same second would be the same PDU
        self.system.phones.text(OFFICER, "in work")
        self.assertEqual((self.case(code)["state"], self.case(code)["owner"]), ("in work", "officer one"))
        actions = self.recorded()
        for action in ("command.busy", "command.ok", "command.take", "command.done"):
            self.assertIn(action, actions)

    def test_who_help_and_what_is_no_command(self):
        self.begin(modems=1)
        self.say(OFFICER, "WHO?")
        self.assertNotIn("976", self.system.phones.text(OFFICER, "On duty: "))
        self.say(OFFICER, "HELP")  # nothing rings: perhaps they are in danger
        self.system.phones.text(OFFICER, "With your code")
        self.system.wait_status(lambda s: s["counters"]["stored"] == 1, "the call for help")
        code, ack = self.tip()
        self.say(OFFICER, "OK " + ack + " another child is held at the market")  # a tip is never eaten
        self.system.wait_status(lambda s: s["counters"]["stored"] == 3, "the officer's tip")
        self.assertEqual(self.case(code)["owner"], "")
        self.say(GIRL, "WHO")
        self.system.wait_status(lambda s: s["counters"]["stored"] == 4, "a text of the public")
        self.assertNotIn("On duty", " ".join(self.system.phones.texts.get(GIRL, [])))

    def test_stop_takes_no_officer_off(self):
        """STOP ends campaigns; somebody forges the officer's number to silence them."""
        self.begin(modems=1)
        for text in ("STOP", "ЗОГС"):
            self.say(OFFICER, text)
        self.system.wait_status(lambda s: s["counters"]["stored"] == 2, "both texts")
        code, ack = self.tip()
        self.say(OFFICER, "OK " + ack)
        self.assertIn(code, self.system.phones.text(OFFICER, "assigned"))

    def test_codes_outlive_a_crash(self):
        self.begin(modems=1)
        code, ack = self.tip()
        self.system.phones.text(COORDINATOR, code)
        self.system.restart_core()
        self.say(OFFICER, "OK " + ack)
        self.assertIn(code, self.system.phones.text(OFFICER, "assigned"))


if __name__ == "__main__":
    main()
