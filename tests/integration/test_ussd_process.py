#!/usr/bin/env python3
"""hotline-ussd as a process: its arguments, what --check says, its walls, and what it tells systemd."""
import os
import socket
import sys
import time
import unittest

import harness
from ussd_http import FakeCore, Gateway, GatewayCase, write_conf

SECCOMP = {"x86_64": 317, "aarch64": 277}.get(os.uname().machine)  # libseccomp uses it and not prctl(2)
DENY_CALLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "deny_calls.py")
LANDLOCK_CREATE_RULESET = 444  # on every architecture


class Arguments(harness.Case):
    def run_it(self, *args):
        return harness.run([harness.program("hotline-ussd"), *args])

    def test_arguments(self):
        code, text = self.run_it("--help")
        self.assertEqual(code, 0)
        self.assertIn("usage: hotline-ussd", text)
        for args in (("--what",), ("a", "b"), ("--check", "a", "b")):
            self.assertEqual(self.run_it(*args)[0], 64)

    def test_check(self):
        conf = write_conf(self.folder)
        self.assertEqual(self.run_it("--check", conf), (0, ""))
        with open(conf, "a") as f:
            f.write("countri = 1;\n")
        code, text = self.run_it("--check", conf)
        self.assertEqual(code, 78)
        self.assertRegex(text, r"ussd-gateway\.conf:\d+: unknown key \"countri\": did you mean \"country\"")
        self.assertEqual(self.run_it(conf)[0], 78)

    def test_a_port_that_is_taken(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            s.listen(1)
            code, text = self.run_it(write_conf(self.folder, listen="127.0.0.1:%d" % s.getsockname()[1], listeners={"at": "africastalking"}))
        self.assertEqual(code, 71)
        self.assertIn("listener at: cannot listen on 127.0.0.1:", text)


class Walls(GatewayCase):
    def test_in_force(self):
        with open("/proc/%d/status" % self.gateway.program.pid) as f:
            now = dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
        self.assertEqual((now["Seccomp"], now["NoNewPrivs"]), ("2", "1"))
        self.assertNotIn("WITHOUT", self.log())
        self.assertEqual(self.gateway.at("")[0], 200)


class Denied(harness.Case):
    def start(self, call, **settings):
        conf = write_conf(self.folder, **settings)
        return harness.Program([sys.executable, DENY_CALLS, str(call), harness.program("hotline-ussd"), conf], self.folder, "ussd")

    def check_refusal(self, call, words):
        program = self.keep(self.start(call))
        self.assertEqual(program.wait(), 71)
        self.assertIn(words, program.error_text())
        self.assertIn("no_sandbox", program.error_text())

    def test_refuses_without_landlock(self):
        self.check_refusal(LANDLOCK_CREATE_RULESET, "Landlock")

    @unittest.skipUnless(SECCOMP, "the number of seccomp(2) is not known here")
    def test_refuses_without_seccomp(self):
        self.check_refusal(SECCOMP, "seccomp")

    def test_told_aloud_it_goes_on(self):
        core = self.keep(FakeCore(self.folder + "/ussd.sock", lambda step: {"text": "x"}))
        conf = write_conf(self.folder, top="no_sandbox = true;")
        gateway = self.keep(Gateway(self.folder, conf, before=[sys.executable, DENY_CALLS, str(LANDLOCK_CREATE_RULESET)]))
        core.wait("hello")
        self.assertIn("RUNNING_WITHOUT_SANDBOX", gateway.program.error_text())

    def test_tells_systemd(self):
        path = os.path.join(self.folder, "systemd.sock")
        systemd = self.keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        systemd.bind(path)
        self.keep(Gateway(self.folder, write_conf(self.folder), env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"}))
        heard = []
        while heard.count("WATCHDOG=1") < 3:
            harness.wait_readable(systemd, time.monotonic() + harness.DEADLINE, "the watchdog; heard %s" % heard)
            heard += systemd.recv(4096).decode().split("\n")
        self.assertIn("READY=1", heard)  # also while there is no core


if __name__ == "__main__":
    harness.main()
