#!/usr/bin/env python3
"""From an operator's request to a case and an alert: hotline-ussd with the real core and the menu as shipped, in each convention."""
import os
import random
import re
import threading
import unittest

from core import OFFICER, Core, Link
from harness import DEADLINE, SRCDIR, Case
from ussd_http import AGAIN, AWAY, Gateway, write_conf

SEED = int(os.environ.get("HL_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
REPORT = ("3", "1", "1", "1") # English, report a suspicion, sexual exploitation, a child is in danger now
PHONES = {"at": "+97600007001", "hub": "+97600007002", "bip": "+97600007003"}


def hide_code(screen):
    return re.sub(r"\d{7}", "CODE", screen[0]), screen[1]


class GatewayAndCore(Case):
    def setUp(self):
        super().setUp()
        self.core = Core(self.folder, autostart=False, ussd='"%s"' % os.path.join(SRCDIR, "etc", "ussd.conf"), ussd_socket='"ussd.sock"')
        self.core.start()
        self.stack.callback(self.core.stop)
        self.conf = write_conf(self.folder, number_per_min=600, sessions_per_min=600)
        self.start_gateway("ussd")

    def start_gateway(self, name):
        self.gateway = self.keep(Gateway(self.folder, self.conf, name))

    def say(self, listener, session, inputs, number=None):
        """The screen after the last of the inputs: (text, whether it is the last)."""
        number = number or PHONES[listener]
        if listener == "at":
            text = self.gateway.at("*".join(inputs), session=session, number=number)[2]
            return text[4:], text.startswith("END ")
        if listener == "hub":
            got = self.gateway.hub("Response" if inputs else "Initiation", inputs[-1] if inputs else "*123#", session, len(inputs) + 1, number[1:])[2]
            return got["Message"], got["Type"] == "Release"
        got = self.gateway.bip("response" if inputs else "start", inputs[-1] if inputs else "", session)[2]
        return got["ussdMenu"], got["shouldClose"]

    def walk(self, listener, session, inputs):
        return [self.say(listener, session, inputs[:n]) for n in range(len(inputs) + 1)]

    def modem(self):
        modem = Link(self.core)
        self.stack.callback(modem.close)
        return modem

    def test_a_report_in_each_convention(self):
        modem = self.modem()
        seen = {}
        for listener in ("at", "hub", "bip"):
            seen[listener] = self.walk(listener, "session-" + listener, REPORT)
            self.assertIn("If you can, call 102", seen[listener][-1][0])
            self.assertFalse(seen[listener][-1][1])
            while modem.send()["to"] != OFFICER: # at that answer, not at the end
                pass
            text, end = self.say(listener, "session-" + listener, REPORT + ("0",))
            self.assertTrue(end, text)
        self.assertEqual(seen["at"], seen["hub"])
        self.assertEqual(seen["at"], seen["bip"]) # the same menu, whatever the convention
        cases = self.core.cases()
        self.assertEqual([c["urgency"] for c in cases], ["emergency"] * 3)

    def test_repeated_requests_count_once(self):
        for listener in ("at", "hub"): # bip numbers no steps: see test_ussd_gateway.py
            for n in range(len(REPORT) + 1):
                got = {self.say(listener, "r-" + listener, REPORT[:n]) for _ in range(3)}
                self.assertEqual(len(got), 1, got)
        self.assertEqual(len(self.core.cases()), 2)
        self.assertEqual(self.core.counters()["ussd_steps"], 2 * len(REPORT))

    def test_a_core_that_is_killed_loses_nothing(self):
        self.walk("at", "s1", REPORT[:3])
        self.core.kill()
        got = []
        asking = threading.Thread(target=lambda: got.append(self.say("at", "s1", REPORT)))
        asking.start()
        self.core.start()
        asking.join(DEADLINE)
        self.assertIn("If you can, call 102", got[0][0])
        self.assertEqual([c["urgency"] for c in self.core.cases()], ["emergency"])
        self.assertEqual(self.say("at", "s1", REPORT + ("0",))[1], True)

    def test_a_core_that_is_killed_at_any_moment(self):
        """Killed while each step is on its way, before or after its commit: the same screens, and each step counts once."""
        rng = random.Random(SEED)
        inputs = REPORT + ("1", "9", "6", "12", "2")
        calm = [self.say("hub", "calm", inputs[:n], "+97600007009") for n in range(len(inputs) + 1)]
        for listener in ("at", "hub", "bip"):
            got = [self.say(listener, "s-" + listener, ())]
            for n in range(1, len(inputs) + 1):
                asking = threading.Thread(target=lambda: got.append(self.say(listener, "s-" + listener, inputs[:n])))
                asking.start()
                if rng.random() < 0.5:
                    for _ in range(rng.randrange(4)): # a while that a slow machine makes longer, too
                        self.core.ask("status")
                    self.core.kill()
                    self.core.start()
                asking.join(DEADLINE)
            self.assertEqual([hide_code(s) for s in got], [hide_code(s) for s in calm], "HL_SEED=%d %s" % (SEED, listener))
        cases = self.core.cases()
        self.assertEqual([(c["urgency"], c["district"], c["khoroo"], c["messages"], c["partial"]) for c in cases],
            [("emergency", "Khan-Uul", 12, 1, 0)] * 4, "HL_SEED=%d" % SEED)
        self.assertEqual(self.core.counters()["ussd_steps"], 4 * len(inputs), "HL_SEED=%d" % SEED)

    def test_a_gateway_that_is_killed_goes_on(self):
        self.walk("at", "s1", REPORT[:2])
        self.gateway.program.kill()
        self.gateway.program.wait()
        self.start_gateway("second")
        self.assertIn("in danger", self.say("at", "s1", REPORT[:3])[0])

    def test_dialled_along_with_the_code(self):
        """*123*3*1*1*1#: each answer counts as if it had been typed, once; the session goes on from there."""
        modem = self.modem()
        walked = self.walk("at", "walked", REPORT)
        text, end = self.say("at", "dialled", REPORT, "+97600007010")
        self.assertEqual((text, end), walked[-1])
        self.assertEqual(self.say("at", "dialled", REPORT, "+97600007010"), (text, end))  # repeated
        self.assertEqual([c["urgency"] for c in self.core.cases()], ["emergency"] * 2)
        self.assertEqual(self.core.counters()["ussd_steps"], 2 * len(REPORT))
        self.assertEqual([modem.send()["to"] for _ in range(2)].count(OFFICER) > 0, True)
        on = self.say("at", "dialled", REPORT + ("1",), "+97600007010")
        self.assertEqual(on, self.say("at", "walked", REPORT + ("1",)))
        self.gateway.program.kill()
        self.gateway.program.wait()
        self.start_gateway("second")  # it knows nothing of it, the core does
        self.assertEqual(self.say("at", "dialled", REPORT + ("1",), "+97600007010"), on)
        self.assertFalse(self.say("at", "dialled", REPORT + ("1", "2"), "+97600007010")[1])
        self.assertEqual(len(self.core.cases()), 2)

    def test_dialled_by_somebody_who_broke_off(self):
        """What was dialled is for the first screen, so whether to go on is not asked; what broke off stays a report as it stands."""
        self.walk("at", "s1", REPORT[:3])
        self.assertIn("Go on where you stopped?", self.say("at", "s2", ())[0])
        self.assertIn("If you can, call 102", self.say("at", "s3", REPORT)[0])
        self.assertIn("emergency", {c["urgency"] for c in self.core.cases()})

    def test_dialled_past_the_end(self):
        self.assertEqual(self.say("at", "s1", ("3", "0", "1", "1")), ("Thank you.", True))
        self.assertIn("You can send a text instead", self.say("at", "s2", ("3",) + ("9",) * 60, "+97600007011")[0])  # no options
        self.assertEqual(self.core.counters()["ussd_steps"], 2 + 4)
        self.assertEqual(self.core.cases(), [])

    def test_what_does_not_belong(self):
        self.assertEqual(self.say("hub", "never-seen", ("1",)), (AGAIN, True))
        self.walk("hub", "s1", ("3",))
        self.assertEqual(self.say("hub", "s1", ("3", "1"), "+97600007009"), (AGAIN, True)) # another one's session
        self.assertEqual(self.say("hub", "s1", ("3", "1", "1", "1")), (AGAIN, True))       # two steps ahead
        text, end = self.say("hub", "s1", ("3", "1"))                                      # and it goes on as if nothing had been
        self.assertFalse(end, text)
        log = self.gateway.program.error_text()
        self.assertIn("refused_by_core", log)

    def test_stars_and_rubbish_are_no_options(self):
        self.say("at", "s1", ())
        first = self.say("at", "s1", ("3",))
        again, end = self.say("at", "s1", ("3", "7*7"))
        self.assertFalse(end)
        self.assertIn("No such choice", again)
        self.assertFalse(self.say("at", "s1", ("3", "7*7", "1"))[1])
        self.assertNotEqual(first[0], again)

    def test_released_by_the_operator(self):
        self.walk("hub", "s1", REPORT[:3])
        self.gateway.hub("Release", session="s1", mobile=PHONES["hub"][1:])
        self.gateway.hub("Timeout", session="never-seen", mobile=PHONES["hub"][1:]) # is nobody's, and harms nobody
        self.assertEqual(len(self.core.cases()), 1) # what was said is a report
        self.assertEqual(self.core.counters()["ussd_dropped"], 1)
        self.assertFalse(self.say("hub", "s2", ())[1]) # they dial again

    def test_no_core(self):
        self.core.stop()
        with open(self.conf) as f:
            text = f.read().replace("reply_ms = 20000", "reply_ms = 300")
        with open(self.conf, "w") as f:
            f.write(text)
        self.gateway.stop()
        self.start_gateway("third")
        for listener in PHONES:
            self.assertEqual(self.say(listener, "s1", ()), (AWAY, True))


if __name__ == "__main__":
    unittest.main(verbosity=2)
