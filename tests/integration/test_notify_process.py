#!/usr/bin/env python3
"""hotline-notify as a process: its configuration, its arguments, its walls, and what it tells systemd."""
import os
import socket
import sys
import time
import unittest

import harness
from notify_servers import FakeCore, Hooks, certificate, server_context, start_notify

SECCOMP = {"x86_64": 317, "aarch64": 277}.get(os.uname().machine)  # libseccomp uses it and not prctl(2)
DENY_CALLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "deny_calls.py")
LANDLOCK_CREATE_RULESET = 444  # on every architecture


class Configuration(harness.Case):
    def check(self, text, secret="x" * 32, mode=0o600):
        for name in ("notify.conf", "secret"):
            with open("%s/%s" % (self.folder, name), "w") as f:
                f.write(text if name == "notify.conf" else secret + "\n")
        os.chmod(self.folder + "/secret", mode)
        return harness.run([harness.program("hotline-notify"), "--check", self.folder + "/notify.conf"])

    def test_mistakes(self):
        hook, mail = 'webhook_secret_file = "secret";\n', 'smtp_url = "smtp://mail.example.mn:587"; from = "a@example.mn";\n'
        rows = [("", "", "there is nothing to carry"), (mail + 'smtp_urls = "x";', 2, "smtp_urls"), (mail + "x", 2, "syntax error"),
            ('smtp_url = "https://x";\nfrom = "a@b.mn";', 1, "must begin with smtp://"),
            ('\nsmtp_url = "smtp://user:pw@x";\nfrom = "a@b.mn";', 2, "must be a host and a port"),
            ('smtp_url = "smtp://x/y"; from = "a@b.mn";', 1, "must be a host and a port"),
            ('smtp_url = "smtp://[::1"; from = "a@b.mn";', 1, "must be a host and a port"),
            ('smtp_url = "smtps://x:y"; from = "a@b.mn";', 1, "must be a host and a port"),
            ('smtp_url = "smtps://x";', 1, "from is missing"), ('smtp_url = "smtp://x";\nfrom = "nobody";', 2, "must be like"),
            (mail + 'smtp_user = "a";', 2, "has no password"), (mail + 'smtp_password_file = "secret";', 2, "has no user"),
            (mail + 'smtp_user = "a";\nsmtp_password_file = "missing";', 3, "missing"), (mail + 'ca_file = "missing";', 2, "cannot read"),
            (hook + 'key_header = "a: b";', 2, "letters, digits and hyphens"), (hook + 'signature_header = "";', 2, "letters, digits"),
            (hook + "timeout_s = 0;", 2, "timeout_s"), (hook + 'timeout_s = "x";', 2, "timeout_s")]
        for text, line, words in rows:
            with self.subTest(text):
                code, said = self.check(text)
                self.assertEqual(code, 78, said)
                self.assertRegex(said, r"notify\.conf%s: .*%s" % (":%d" % line if line else "", words))
        self.assertIn("openssl rand -hex 32", self.check(hook, secret="short")[1])
        self.assertIn("without a first line", self.check(hook, secret="")[1])
        self.assertIn("everybody may read", self.check(hook, mode=0o644)[1])

    def test_right(self):
        for text in ('webhook_secret_file = "secret";', 'smtp_url = "smtp://mail.example.mn:587"; from = "a@example.mn";',
                'smtp_url = "smtps://[2001:db8::1]:465"; from = "a@example.mn"; smtp_user = "a"; smtp_password_file = "secret";'):
            self.assertEqual(self.check(text), (0, ""))

    def test_arguments(self):
        code, text = harness.run([harness.program("hotline-notify"), "--help"])
        self.assertEqual(code, 0)
        self.assertIn("usage: hotline-notify", text)
        for args in (("--what",), ("a", "b"), ("--check", "a", "b")):
            self.assertEqual(harness.run([harness.program("hotline-notify"), *args])[0], 64)


class Walls(harness.Case):
    def setUp(self):
        super().setUp()
        self.core = self.keep(FakeCore(self.folder))

    def test_in_force_and_names_are_found_inside(self):
        certificate(self.folder, "good", "localhost")
        hooks = self.keep(Hooks(server_context(self.folder, "good")))
        notify = start_notify(self, ca_file="good.pem")
        self.core.accept()
        with open("/proc/%d/status" % notify.pid) as f:
            now = dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
        self.assertEqual((now["Seccomp"], now["NoNewPrivs"]), ("2", "1"))
        self.assertNotIn("WITHOUT", notify.error_text())
        id_ = self.core.note("webhook", "https://localhost:%d/x" % hooks.port)
        self.assertEqual(self.core.outcome(id_)["type"], "sent")
        id_ = self.core.note("webhook", "https://%s.invalid/x" % ("a" * 64))  # no name: nobody needs to be asked
        self.assertIn("Couldn't resolve host name", self.core.outcome(id_)["why"])

    def start_denied(self, call, **lines):
        return start_notify(self, before=[sys.executable, DENY_CALLS, str(call)], **lines)

    def check_refusal(self, call, words):
        notify = self.start_denied(call)
        self.assertEqual(notify.wait(), 71)
        self.assertIn(words, notify.error_text())
        self.assertIn("no_sandbox", notify.error_text())

    def test_refuses_without_landlock(self):
        self.check_refusal(LANDLOCK_CREATE_RULESET, "Landlock")

    @unittest.skipUnless(SECCOMP, "the number of seccomp(2) is not known here")
    def test_refuses_without_seccomp(self):
        self.check_refusal(SECCOMP, "seccomp")

    def test_told_aloud_it_goes_on(self):
        notify = self.start_denied(LANDLOCK_CREATE_RULESET, no_sandbox=True)
        self.core.accept()
        self.assertIn("RUNNING_WITHOUT_SANDBOX", notify.error_text())

    def test_tells_systemd(self):
        path = os.path.join(self.folder, "systemd.sock")
        systemd = self.keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        systemd.bind(path)
        start_notify(self, env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"})
        heard = []
        while heard.count("WATCHDOG=1") < 3:
            harness.wait_readable(systemd, time.monotonic() + harness.DEADLINE, "the watchdog; heard %s" % heard)
            heard += systemd.recv(4096).decode().split("\n")
        self.assertIn("READY=1", heard)  # also while there is no core


if __name__ == "__main__":
    harness.main()
