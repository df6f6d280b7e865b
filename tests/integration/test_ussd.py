#!/usr/bin/env python3
"""USSD through the whole system: hotlinectl, core, worker, modem, network; on record, and never in a log."""
import os
import pty
import signal
import time

import harness
from harness import JsonLines, Timeout, program, remaining, wait_readable
from system import SystemCase

SAID = "Balance: 5000 MNT"


class Terminal:
    """hotlinectl at a terminal of its own."""

    def __init__(self, argv):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(argv[0], argv)
        self.text = ""

    def until(self, words):
        deadline = time.monotonic() + harness.DEADLINE
        while words not in self.text:
            wait_readable(self.fd, deadline, "%r after %r" % (words, self.text))
            self.text += os.read(self.fd, 4096).decode()
        text, self.text = self.text.split(words, 1)
        return text + words

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        """Its exit code."""
        deadline = time.monotonic() + harness.DEADLINE
        while True:
            wait_readable(self.fd, deadline, "the end")
            try:
                if not os.read(self.fd, 4096):
                    break
            except OSError:
                break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self):
        os.close(self.fd)


class Ussd(SystemCase):
    def control(self):
        conn = JsonLines(os.path.join(self.system.folder, "control.sock"))
        self.addCleanup(conn.close)
        return conn

    def ussd(self, *args, **kwargs):
        return self.system.ctl("modem", "ussd", *args, **kwargs)

    def setUp(self):
        super().setUp()
        self.system = self.start_system(modems=1)
        self.system.sim.watch("call")

    def cancelled(self):
        return self.system.sim.event("call", lambda e: e["what"] == "ussd cancelled")

    def terminal(self, *args):
        return self.keep(Terminal([program("hotlinectl"), "--socket", os.path.join(self.system.folder, "control.sock"), "modem",
            "ussd"] + list(args)))

    def test_a_code_is_asked(self):
        self.assertEqual(self.ussd("m0", "*100#"), (0, SAID + "\n"))
        code, out = self.ussd("m0", "*101#")
        self.assertEqual((code, out), (0, "Үлдэгдэл: 5000₮\n"))
        code, out = self.ussd("m0", "*999#")
        self.assertEqual(code, 1)
        self.assertIn("does not know this code", out)

    def test_a_menu_without_a_terminal(self):
        """Answers come from standard input; at its end the network is not kept waiting."""
        code, out = self.ussd("m0", "*123#", stdin="2\n")
        self.assertEqual(code, 0)
        self.assertEqual(out, "1. Balance\n2. Help\nCall 1234\n")
        code, out = self.ussd("m0", "*123#")
        self.assertEqual(code, 1)
        self.assertIn("cancelled", out)
        self.cancelled()
        self.assertEqual(self.ussd("m0", "*100#"), (0, SAID + "\n"))

    def test_a_menu_at_a_terminal(self):
        t = self.terminal("m0", "*123#")
        self.assertIn("2. Help", t.until("answer> "))
        t.type("1\n")
        self.assertIn(SAID, t.until(SAID))
        self.assertEqual(t.end(), 0)
        t = self.terminal("m0", "*123#")
        t.until("answer> ")
        t.type("\x03")
        t.until("cancelled")
        self.assertEqual(t.end(), 1)
        self.cancelled()

    def test_who_asked_is_gone(self):
        """Nobody will answer the menu that comes now."""
        self.system.sim.do("set", modem=0, radio_ms=500)
        conn = JsonLines(os.path.join(self.system.folder, "control.sock"))
        conn.send({"op": "modem.ussd", "name": "m0", "code": "*123#"})
        self.system.sim.event("call", lambda e: e["what"] == "ussd dialled")
        conn.close()
        self.cancelled()

    def test_dangerous_codes(self):
        code, out = self.ussd("m0", "**21*00001234#")
        self.assertEqual(code, 1)
        self.assertIn("call forwarding", out)
        self.assertIn("--force", out)
        code, out = self.ussd("m0", "hello")
        self.assertEqual(code, 1)
        self.assertIn("begins with *", out)
        self.system.sim.do("ussd_answer", code="**21*00001234#", text="done")
        self.assertEqual(self.ussd("m0", "**21*00001234#", "--force"), (0, "done\n"))

    def test_refusals(self):
        code, out = self.ussd("m9", "*100#")
        self.assertEqual(code, 5)
        first = self.control()
        self.assertEqual(first.ask({"op": "modem.ussd", "name": "m0", "code": "*123#"})["state"], "open")
        code, out = self.ussd("m0", "*100#")
        self.assertEqual(code, 1)
        self.assertIn("has a USSD session", out)
        self.assertFalse(self.control().ask({"op": "modem.ussd", "session": 77, "text": "1"})["ok"])

    def test_the_worker_goes_away(self):
        conn = self.control()
        self.system.sim.do("ussd_answer", code="*7#", text="", silent=True)
        conn.send({"op": "modem.ussd", "name": "m0", "code": "*7#", "id": 5})
        self.system.sim.event("call", lambda e: e["what"] == "ussd dialled")
        self.system.workers["m0"].kill()
        answer = conn.receive(time.monotonic() + harness.DEADLINE, "the answer")
        self.assertEqual((answer["id"], answer["state"]), (5, "lost"))

    def test_the_core_goes_away(self):
        """The worker cancels, and the next core can ask."""
        conn = self.control()
        self.assertEqual(conn.ask({"op": "modem.ussd", "name": "m0", "code": "*123#"})["state"], "open")
        self.system.restart_core()
        self.cancelled()
        self.system.wait_status(lambda s: s["modems"]["m0"]["ready"], "the modem")
        self.assertEqual(self.ussd("m0", "*100#"), (0, SAID + "\n"))

    def test_what_the_network_begins(self):
        """A notice and a request are on record; there is no menu, so the request is cancelled."""
        watch = self.control()
        watch.ask({"op": "watch"})
        self.system.sim.do("ussd", modem=0, text="Your secret code is 4711", status=0)
        self.assertEqual(watch.wait_event(lambda e: e.get("event") == "ussd")["what"], "ussd.notice")
        self.system.sim.do("ussd", modem=0, text="Subscribe? 1 yes", status=1)
        self.cancelled()
        self.assertEqual(watch.wait_event(lambda e: e.get("event") == "ussd")["what"], "ussd.request")
        self.assertEqual(self.system.status()["counters"]["ussd_notices"], 2)
        self.ussd("m0", "*123*4711#", stdin="")
        self.system.stop_core()
        rows = self.system.rows("SELECT actor, action, object, detail FROM audit WHERE action LIKE '%ussd%' ORDER BY id")
        self.assertEqual(rows, [("network", "ussd.notice", "m0", "24 characters"),
            ("network", "ussd.request", "m0", "16 characters"), ("operator", "modem.ussd", "m0", "*123*...#")])
        with open(self.system.database, "rb") as f:
            self.assertNotIn(b"4711", f.read())
        for words in ("4711", "Subscribe"):
            self.assertNotIn(words, self.system.log())

    def test_a_network_that_never_stops(self):
        """Each is counted; the record does not grow with them."""
        watch = self.control()
        watch.ask({"op": "watch"})
        for i in range(65):
            self.system.sim.do("ussd", modem=0, text="notice %d" % i, status=0)
            watch.wait_event(lambda e: e.get("event") == "ussd")
        self.assertEqual(self.system.status()["counters"]["ussd_notices"], 65)
        self.system.stop_core()
        rows = self.system.rows("SELECT detail FROM audit WHERE action = 'ussd.notice' ORDER BY id")
        self.assertEqual(len(rows), 60)
        self.assertIn("counted only", rows[-1][0])


if __name__ == "__main__":
    harness.main()
