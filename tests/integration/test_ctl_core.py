#!/usr/bin/env python3
"""hotlinectl with the real core: from init to a closed case. The test is the modem's worker, so no modem is needed."""
import json
import os
import re
import socket
import subprocess
import time

import harness
from harness import Case, DEADLINE, JsonLines, Program, SRCDIR, program

CTL, CORE = program("hotlinectl"), program("hotlined")
PASSWORD = "a throw-away password"
TIP = "Баянзүрх дүүрэгт 15 настай охиныг түгжээд байна"
FROM = "+97600001234"


class Link:
    """What a worker says to the core."""

    def __init__(self, path):
        self.lines = JsonLines(path)
        self.lines.send({"type": "hello", "version": 1, "kind": "modem", "name": "m1"})
        self.wait("welcome")

    def wait(self, kind):
        return self.lines.wait_event(lambda m: m["type"] == kind, what=kind)

    def offer(self, ref, text):
        self.lines.send({"type": "inbound", "ref": ref, "imsi": "001010000000001", "pdu": "%08X" % ref, "from": FROM,
            "text": text,
            "coding": 16, "sent_at": "2026-11-22T08:30:00+08:00"})
        self.wait("stored")

    def close(self):
        self.lines.close()


class RealCore(Case):
    def setUp(self):
        super().setUp()
        self.config = os.path.join(self.folder, "hotlined.conf")
        for name in ("keys", "keyring"):
            os.mkdir(os.path.join(self.folder, name), 0o700)
        with open(self.config, "w") as f:
            f.write('''database = "db"; keys = "keys"; keyring = "keyring"; argon2_least = true;
link_socket = "link.sock"; control_socket = "control.sock";
roster = "roster.conf"; wording = "%s/etc/wording"; triage = "%s/etc/triage"; modems_dir = "%s/modems";
modems = ( { name = "m1"; tty = "none"; } );''' % (SRCDIR, SRCDIR, SRCDIR))
        with open(os.path.join(self.folder, "roster.conf"), "w") as f:
            f.write('''people = ( { name = "bold"; role = "officer"; number = "+976 0000 1001"; language = "en"; },
    { name = "oyun"; role = "coordinator"; number = "+976 0000 2001"; } );''')
        code, out, err = self.ctl("init")
        self.assertEqual(code, 0, err)
        self.recovery = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){5,}", out).group(0)

    def ctl(self, *args, stdin=""):
        done = subprocess.run([CTL, "--config", self.config] + list(args), input=stdin.encode(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=DEADLINE, start_new_session=True)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def good(self, *args, stdin=""):
        code, out, err = self.ctl(*args, stdin=stdin)
        self.assertEqual((code, err), (0, ""), args)
        return out

    def json(self, *args, stdin=""):
        return json.loads(self.good(*args, "--json", stdin=stdin))

    def start(self):
        notify = os.path.join(self.folder, "notify.sock")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(notify)
            core = self.keep(Program([CORE, "--config", self.config], self.folder, "core",
                env={"NOTIFY_SOCKET": notify}))
            deadline = time.monotonic() + DEADLINE
            while True:
                harness.wait_readable(ready, deadline, "READY=1 of hotlined: %s" % core.error_text())
                if b"READY=1" in ready.recv(4096):
                    break
        os.unlink(notify)
        return core

    def as_bold(self, *args):
        return self.json(*args, "--as", "bold", "--password-stdin", stdin=PASSWORD + "\n")

    def test_from_init_to_a_closed_case(self):
        code, _, err = self.ctl("init")
        self.assertEqual(code != 0 and "hotlined" in err, True, "a second init must touch nothing")
        self.start()
        self.assertEqual(self.json("queue")["cases"], [])
        self.good("person", "add", "bold", "--role", "officer", "--password-stdin", stdin="%s\n%s\n" % (PASSWORD,
            self.recovery))
        code, _, err = self.ctl("person", "add", "temur", "--role", "officer", "--password-stdin",
            stdin="long enough\nNOT-A-KEY\n")
        self.assertIn(code, (1, 4), err)
        self.good("person", "add", "saraa", "--role", "officer", "--as", "bold", "--password-stdin",
            stdin="another password\n" + PASSWORD)
        self.assertEqual([(p["name"], p["role"], p["unit"]) for p in self.json("person", "list")["people"]],
            [("bold", "officer", "ATPU"), ("saraa", "officer", "ATPU")])

        watch = self.keep(Program([CTL, "--config", self.config, "watch", "--json"], self.folder, "watch"))
        self.assertEqual(json.loads(watch.line())["event"], "watching")
        link = self.keep(Link(os.path.join(self.folder, "link.sock")))
        self.assertEqual(json.loads(watch.line())["event"], "modem")
        link.offer(1, TIP)
        seen = set()
        while not {"case", "alert"} <= seen:
            seen.add(json.loads(watch.line())["event"])

        case, = self.json("queue")["cases"]
        self.assertEqual((case["kind"], case["child"], case["district"], case["unit"], case["owner"]), ("tip", True,
            "Bayanzurkh", "ATPU", ""))
        code = case["code"]
        alert, = self.json("alerts")["alerts"]
        self.assertEqual(alert["code"], code)
        waiting = {(o["lane"], o["recipient"]) for o in self.json("outbox")["outbox"]}
        self.assertLessEqual({("alert", "bold"), ("alert", "oyun"), ("dialogue", "texter")}, waiting)

        locked, = [m for m in self.json("case", "show", code)["messages"] if m["direction"] == "in"]
        self.assertNotIn("text", locked)
        opened = [m for m in self.as_bold("case", "show", code)["messages"] if m["direction"] == "in"][0]
        self.assertEqual(opened["text"], TIP)
        self.assertTrue(opened["cues"])
        shown = self.good("case", "show", code, "--as", "bold", "--password-stdin", stdin=PASSWORD + "\n")
        self.assertIn("[Баянзүрх]", shown)
        self.assertNotIn(FROM, shown)

        self.assertEqual(self.ctl("case", "claim", code, "--as", "bold", "--password-stdin",
            stdin="not the password\n")[0], 4)
        claimed = self.as_bold("case", "claim", code)["case"]
        self.assertEqual((claimed["owner"], claimed["state"]), ("bold", "acknowledged"))
        self.assertEqual(self.json("alerts")["alerts"], [])
        self.assertEqual(self.as_bold("case", "close", code, "resolved")["case"]["state"], "closed")
        self.assertEqual(self.json("queue")["cases"], [])
        self.assertEqual(len(self.json("queue", "--all")["cases"]), 1)
        self.assertEqual(self.ctl("case", "show", "1111111")[0] in (1, 5), True)

        self.good("send-test", "bold")
        self.assertEqual(self.ctl("send-test", "nobody")[0], 5)
        actions = [(a["actor"], a["action"]) for a in self.as_bold("audit")["audit"]]
        for wanted in (("bold", "case.view"), ("recovery", "person.add"), ("bold", "person.add")):
            self.assertIn(wanted, actions)
        verified = self.json("audit", "verify")
        self.assertTrue(verified["good"])
        self.assertGreaterEqual(verified["rows"], len(actions))

        status = self.json("status")
        self.assertEqual((status["counters"]["received"], status["counters"]["stored"], status["counters"]["cases"]),
            (1, 1, 1))
        self.assertEqual(status["modems"]["m1"]["connected"], True)
        self.assertEqual(status["roster"], {"officers": 1, "coordinators": 1, "operators": 0, "gaps": 0, "double": 0})
        self.good("status")
        self.good("modems")
        self.good("quarantine")

    def test_a_core_that_ends_ends_the_watch(self):
        core = self.start()
        watch = self.keep(Program([CTL, "--config", self.config, "watch", "--json"], self.folder, "watch"))
        self.assertEqual(json.loads(watch.line())["event"], "watching")
        core.kill()
        self.assertEqual(watch.wait(), 3)


if __name__ == "__main__":
    harness.main()
