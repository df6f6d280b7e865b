#!/usr/bin/env python3
"""The units: systemd finds nothing to complain of, and each is as closed as it can be (exposure at most 1.0 of 10)."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SKIP = 77
EXPOSURE_MAX = 1.0
BUILD = os.environ.get("HL_BUILDDIR", ".")
PROGRAMS = ("hotlined", "hotline-modem", "hotline-notify", "hotline-ussd", "hotlinectl", "hotline-usb-reset")
UNITS = sorted(name for name in os.listdir(os.path.join(BUILD, "systemd")) if name.endswith((".service", ".socket", ".timer")))


def analyze(folder, *args):
    """systemd-analyze; in its user mode where no system manager has made /run/systemd and we could not make it either."""
    mode, env = [], dict(os.environ)
    if not os.path.isdir("/run/systemd") and os.geteuid() != 0:
        mode, env["XDG_RUNTIME_DIR"] = ["--user"], folder
    return subprocess.run(["systemd-analyze", *mode, *args], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)


class Systemd(unittest.TestCase):
    """On copies of the units as built, with files that can be executed in place of the installed programs."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hotline-units-")
        self.addCleanup(shutil.rmtree, self.folder)
        for name in PROGRAMS:
            with open(self.path(name), "w", encoding="utf-8") as f:
                os.fchmod(f.fileno(), 0o755)
        for unit in UNITS:
            with open(os.path.join(BUILD, "systemd", unit), encoding="utf-8") as f:
                text = f.read()
            self.assertNotRegex(text, "@[a-z]+@", unit + ": a path was not filled in")
            text = re.sub(r"(?m)^(Exec\w+=)\S+/([\w-]+)( |$)", self.here, text)
            with open(os.path.join(self.folder, unit), "w", encoding="utf-8") as f:
                f.write(text)

    def here(self, match):
        self.assertIn(match[2], PROGRAMS)
        return match[1] + self.path(match[2]) + match[3]

    def path(self, unit):
        return os.path.join(self.folder, unit)

    def test_every_unit_is_here(self):
        """What is looked at below is all that is built, so it must not be nothing."""
        source = os.listdir(os.path.join(os.environ.get("HL_SRCDIR", "."), "systemd"))
        self.assertEqual(UNITS, sorted(name[:-3] for name in source if name.endswith(".in")))
        self.assertIn("hotlined.service", UNITS)

    def test_verify(self):
        paths = [self.path(u).replace("modem@.", "modem@modem1.").replace("port@.", "port@ttyUSB2.") for u in UNITS]
        shutil.copy(self.path("hotline-modem@.service"), self.path("hotline-modem@modem1.service"))
        shutil.copy(self.path("hotline-modem-port@.service"), self.path("hotline-modem-port@ttyUSB2.service"))
        done = analyze(self.folder, "verify", "--man=no", *paths)
        ours = [line for line in done.stdout.splitlines() if "hotline" in line]
        self.assertEqual(ours, [])
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_exposure(self):
        for unit in UNITS:
            if not unit.endswith(".service"):
                continue
            with self.subTest(unit):
                done = analyze(self.folder, "security", "--offline=true", "--no-pager",
                    "--threshold=%d" % (EXPOSURE_MAX * 10), self.path(unit))
                found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
                self.assertIsNotNone(found, done.stdout)
                print("%s: exposure %s" % (unit, found[1]))
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertLessEqual(float(found[1]), EXPOSURE_MAX)

    def test_restarts_for_ever(self):
        for unit in UNITS:
            if not unit.endswith(".service"):
                continue
            with open(self.path(unit), encoding="utf-8") as f:
                text = f.read()
            if "\nType=oneshot\n" in text:
                continue  # a timer starts it again
            restart = "Restart=on-failure" if "port@" in unit else "Restart=always"
            for line in (restart, "StartLimitIntervalSec=0", "Type=notify", "LimitCORE=0", "MemorySwapMax=0"):
                self.assertIn("\n%s\n" % line, text, unit)
            self.assertRegex(text, r"\nWatchdogSec=\d+s\n", unit)

    def test_a_port_goes_with_its_device(self):
        """And sees no other one; how the worker ends when it is unplugged is in test_plug.py."""
        with open(self.path("hotline-modem-port@.service"), encoding="utf-8") as f:
            text = f.read()
        for line in ("BindsTo=dev-%i.device", "After=dev-%i.device", "DeviceAllow=/dev/%I rw", "DevicePolicy=closed"):
            self.assertIn("\n%s\n" % line, text)
        self.assertEqual(text.count("DeviceAllow="), 1)
        self.assertRegex(text, r"\nExecStart=\S*hotline-modem --port /dev/%I\n")

    def test_sockets_have_the_names_the_core_asks_for(self):
        for unit, name in (("hotlined-link.socket", "link"), ("hotlined-control.socket", "control"), ("hotlined-notify.socket", "notify"), ("hotlined-ussd.socket", "ussd")):
            with open(self.path(unit), encoding="utf-8") as f:
                text = f.read()
            self.assertIn("\nFileDescriptorName=%s\n" % name, text)
            self.assertIn("\nListenStream=/run/hotlined/%s.sock\n" % name, text)
            self.assertIn("\nSocketMode=0660\n", text)


if __name__ == "__main__":
    if not shutil.which("systemd-analyze"):
        print("systemd-analyze is not here: skipped")
        sys.exit(SKIP)
    unittest.main(verbosity=2)
