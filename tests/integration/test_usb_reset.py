#!/usr/bin/env python3
"""hotline-usb-reset, on a tree of files in place of /sys: it switches the port of the stick that the tty belongs to, only when asked,
and not again soon after."""
import os
import subprocess
import unittest

import harness
from fake_core import WorkerCase

SCRIPT = os.path.join(harness.SRCDIR, "systemd", "hotline-usb-reset")


class UsbReset(harness.Case):
    def setUp(self):
        super().setUp()
        self.stick = os.path.join(self.folder, "devices", "usb1", "1-1", "1-1.4")
        port = os.path.join(self.stick, "1-1.4:1.2", "ttyUSB2")
        os.makedirs(port)
        os.makedirs(os.path.join(self.folder, "class", "tty", "ttyUSB2"))
        os.makedirs(os.path.join(self.folder, "class", "tty", "ttyS0"))
        os.symlink(port, os.path.join(self.folder, "class", "tty", "ttyUSB2", "device"))
        self.write(os.path.join(self.stick, "idVendor"), "12d1\n")
        for folder in (self.stick, os.path.dirname(port)):  # interfaces have one, too
            self.write(os.path.join(folder, "authorized"), "untouched\n")

    def write(self, path, text):
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)

    def read(self, *path):
        with open(os.path.join(self.stick, *path), encoding="utf-8") as f:
            return f.read().strip()

    def run_script(self, tty="/dev/ttyUSB2", code="exited", status="69"):
        done = subprocess.run([SCRIPT, tty], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
            env=dict(os.environ, HOTLINE_SYS=self.folder, HOTLINE_RUN=self.folder, EXIT_CODE=code, EXIT_STATUS=status))
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_switches_the_stick(self):
        self.run_script()
        self.assertEqual(self.read("authorized"), "1")
        self.assertEqual(self.read("1-1.4:1.2", "authorized"), "untouched")

    def test_only_when_asked(self):
        self.run_script(status="75")
        self.run_script(status="0")
        self.run_script(code="killed", status="TERM")
        self.assertEqual(self.read("authorized"), "untouched")

    def test_not_again_soon(self):
        self.run_script()
        self.write(os.path.join(self.stick, "authorized"), "untouched\n")
        self.assertIn("not again", self.run_script())
        self.assertEqual(self.read("authorized"), "untouched")

    def test_no_usb(self):
        self.assertIn("by hand", self.run_script("/dev/ttyS0"))

    def test_help(self):
        done = subprocess.run([SCRIPT, "--help"], stdout=subprocess.PIPE, text=True, check=True)
        self.assertIn("Usage", done.stdout)


class Asked(WorkerCase):
    def test_by_exit_code(self):
        """A modem that does not come back ends the worker, where somebody switches its port; nothing is lost by that."""
        worker = self.start(env={"HOTLINE_POWER": "1"})
        self.sim.do("fault", name="hang", times=-1)
        self.core.wait_state("stuck")
        self.core.wait_state("resetting")
        self.core.wait_state("absent")
        self.assertEqual(self.core_until_end(worker), 69)

    def core_until_end(self, worker):
        while worker.process.poll() is None and self.core.conn:
            self.core.pump(harness.time.monotonic() + harness.DEADLINE, "the worker's end")
        return worker.wait()


if __name__ == "__main__":
    harness.main()
