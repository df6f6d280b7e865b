#!/usr/bin/env python3
"""hotline-modem as a process: its arguments, its walls, its memory, and that it rests when there is nothing to do."""
import os
import socket
import sys
import time
import unittest

import harness
from fake_core import WorkerCase

SANITIZED = "define HL_SANITIZED 1" in open(os.path.join(harness.BUILDDIR, "config.h")).read()
RSS_MAX_KB = 4096


def status(pid):
    with open("/proc/%d/status" % pid) as f:
        return dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)


SECCOMP = {"x86_64": 317, "aarch64": 277}.get(os.uname().machine)  # libseccomp uses it and not prctl(2)
DENY_CALLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "deny_calls.py")
LANDLOCK_CREATE_RULESET = 444  # on every architecture


class Arguments(unittest.TestCase):
    def run_worker(self, *args):
        return harness.run([harness.program("hotline-modem")] + list(args))

    def test_help(self):
        code, text = self.run_worker("--help")
        self.assertEqual(code, 0)
        self.assertIn("usage: hotline-modem NAME", text)

    def test_wrong(self):
        for args in ((), ("a", "b"), ("Name",), ("",), ("x" * 33,), ("--what", "m0"), ("--link",)):
            code, text = self.run_worker(*args)
            self.assertEqual(code, 64, args)
            self.assertIn("usage:", text)


class Walls(WorkerCase):
    def test_in_force(self):
        worker = self.start()
        now = status(worker.pid)
        self.assertEqual(now["Seccomp"], "2")
        self.assertEqual(now["NoNewPrivs"], "1")
        self.assertNotIn("WITHOUT", worker.error_text())

    def test_reconnecting_and_reopening_work_inside(self):
        self.start()
        for _ in range(2):
            self.core.stop()
            self.core.listen()
            self.core.wait_ready()
            self.sim.do("unplug", ms=100)
            self.core.wait_state("absent")
            self.core.wait_ready()
        self.sms("still here")
        self.core.wait("inbound")

    def start_denied(self, call):
        self.worker = self.keep(harness.Program([sys.executable, DENY_CALLS, str(call), harness.program("hotline-modem"), "m0",
            "--link", self.core.path], self.folder, "worker"))
        return self.worker

    def check_refusal(self, call, words):
        worker = self.start_denied(call)
        self.core.wait("hello")
        self.assertEqual(worker.wait(), 71)
        self.assertIn(words, worker.error_text())
        self.assertIn("no_sandbox", worker.error_text())

    def test_refuses_without_landlock(self):
        self.check_refusal(LANDLOCK_CREATE_RULESET, "Landlock")

    @unittest.skipUnless(SECCOMP, "the number of seccomp(2) is not known here")
    def test_refuses_without_seccomp(self):
        self.check_refusal(SECCOMP, "seccomp")

    def test_told_aloud_it_goes_on(self):
        self.core.welcome["no_sandbox"] = True
        worker = self.start_denied(LANDLOCK_CREATE_RULESET)
        self.core.wait_ready()
        self.assertIn("RUNNING_WITHOUT_SANDBOX", worker.error_text())

    def test_another_tty_needs_a_restart(self):
        worker = self.start()
        self.core.drop()
        self.core.welcome["tty"] = "/dev/null"
        self.core.wait("hello")
        self.assertEqual(worker.wait(), 75)


class Rest(WorkerCase):
    @unittest.skipIf(SANITIZED, "sanitizers need memory")
    def test_memory_after_traffic(self):
        worker = self.start()
        self.sim.do("load", count=500, rate=0)
        for _ in range(500):
            self.core.wait("inbound")
        for number in range(20):
            self.core.text(number, "out")
            self.core.wait("sent")
        self.wait_empty()
        now = status(worker.pid)
        self.assertLessEqual(int(now["VmRSS"].split()[0]), RSS_MAX_KB)
        print("worker: VmRSS %s, highest %s" % (now["VmRSS"], now["VmHWM"]))

    def test_no_wake_ups(self):
        """Between two looks at its modem an idle worker does not run at all: it never gives up the processor, because it never
        has it."""
        self.core.profile(watch_ms=0)
        worker = self.start()
        while not self.core.is_quiet(0.5):
            pass
        before = status(worker.pid)["voluntary_ctxt_switches"]
        self.assertTrue(self.core.is_quiet(2))
        self.assertEqual(status(worker.pid)["voluntary_ctxt_switches"], before)

    def test_tells_systemd(self):
        path = os.path.join(self.folder, "notify.sock")
        notify = self.keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        notify.bind(path)
        self.start(env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"})
        heard = []
        while heard.count("WATCHDOG=1") < 3:
            harness.wait_readable(notify, time.monotonic() + harness.DEADLINE, "the watchdog; heard %s" % heard)
            heard += notify.recv(4096).decode().split("\n")
        self.assertLess(heard.index("READY=1"), heard.index("WATCHDOG=1"))

    def test_ends_on_request(self):
        worker = self.start()
        self.assertEqual(worker.stop(), 0)


if __name__ == "__main__":
    harness.main()
