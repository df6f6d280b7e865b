#!/usr/bin/env python3
"""hotlinectl modem probe on simulated modems with every ailment: what is red, in which words, with which mend."""
import fcntl
import json
import os

import harness
from harness import Program, program
from probing import ProbeCase


class Ailments(ProbeCase):
    def ails(self, check, word, mend, others=()):
        """Only this is red, and what is said has the words."""
        port = self.port()
        found = self.check(port, check)
        self.assertEqual((self.reds(port), found["verdict"]), ([check] + list(others), "red"), port)
        self.assertIn(word, found["text"])
        self.assertIn(mend, found["mend"])
        return port

    def test_sim(self):
        for settings, check, word, mend in (
                ({"absent": True}, "SIM", "none is in", "put one in"),
                ({"pin": "1234", "locked": True, "no_pin": False}, "PIN", "3 attempts are left; none was tried", "pin = "),
                ({"pin_tries": 0}, "PIN", "PUK", "telephone")):
            with self.subTest(word=word):
                self.sim.do("set", **settings)
                port = self.ails(check, word, mend)
                self.assertEqual(self.check(port, "registered")["verdict"], "skipped")
                self.sim.do("set", pin_tries=3, no_pin=True, pin="")

    def test_network(self):
        for settings, check, word, mend in (
                ({"registration": 2}, "registered", "looking", "antenna"),
                ({"registration": 3}, "registered", "refuses", "operator"),
                ({"registration": 0}, "registered", "does not look", "antenna"),
                ({"signal": 2}, "signal", "weak: 2", "antenna"),
                ({"signal": 99}, "signal", "unknown", "antenna")):
            with self.subTest(word=word):
                self.sim.do("set", **settings)
                self.ails(check, word, mend)
                self.sim.do("set", registration=1, signal=20)

    def test_texts(self):
        for quirk, check, word, mend, others in (
                ({"no_smsc": True}, "SMSC", "no service centre", "operator", ()),
                ({"no_notify": True}, "store and notify", "none of", "AT+CNMI=?", ()),
                ({"no_ussd": True}, "USSD", "AT+CUSD", "ussd_request", ())):
            with self.subTest(check=check):
                self.sim.do("quirks", **quirk)
                self.ails(check, word, mend, others)
        self.sim.do("quirks")
        self.sim.do("fault", name="full", times=-1)
        self.ails("memory", "is full", "worker")

    def test_a_sim_that_starts_is_waited_for(self):
        self.sim.do("quirks", delay_cme=14, delay_times=1)
        self.assertEqual(self.reds(self.port()), [])

    def test_silence_and_garbage(self):
        for fault in ({"name": "hang"}, {"name": "garbage", "times": -1}):
            with self.subTest(fault=fault):
                self.sim.do("fault", **fault)
                port = self.ails("answers AT", "nobody answers", "other ports")
                self.assertEqual(self.check(port, "USSD")["verdict"], "skipped")
                self.sim.do("no_faults")

    def test_silence_in_the_middle(self):
        self.sim.do("fault", name="lost_reply", prefix="+CSQ", times=-1)
        port = self.port()
        self.assertEqual(self.reds(port), ["signal"])
        self.assertIn("did not answer", self.check(port, "signal")["text"])

    def test_unplugged_in_the_middle(self):
        self.sim.do("fault", name="slow", prefix="+CPIN", ms=60000)
        self.sim.watch("command")
        probe = Program([program("hotline-modem"), "--probe", "--json", self.sim.path()], self.folder, "probe")
        self.keep(probe)
        self.sim.event("command", lambda e: "+CPIN?" in e.get("line", ""))
        self.sim.do("unplug")
        port, = json.loads(probe.line())["ports"]
        self.assertEqual(self.reds(port), ["port"])
        self.assertIn("unplugged", self.check(port, "port")["text"])
        self.assertEqual(probe.wait(), 1)

    def test_ports_that_cannot_be_asked(self):
        fd = os.open(self.sim.path(), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        fcntl.flock(fd, fcntl.LOCK_EX)
        for tty, word, mend in ((self.sim.path(), "in use by another program", "ModemManager"),
                                ("/dev/nowhere", "No such file", "plugged in"),
                                ("/dev/null", "not a serial line", "is it a serial line")):
            with self.subTest(tty=tty):
                port = self.port(tty)
                self.assertEqual(self.reds(port), ["port"])
                self.assertIn(word, self.check(port, "port")["text"])
                self.assertIn(mend, self.check(port, "port")["mend"])
        os.close(fd)

    def test_red_in_words(self):
        self.sim.do("quirks", no_smsc=True)
        code, text = self.probe()
        self.assertEqual(code, 1)
        self.assertRegex(text, r"(?m)^  red    SMSC .*\n +mend: ask the operator")


if __name__ == "__main__":
    harness.main()
