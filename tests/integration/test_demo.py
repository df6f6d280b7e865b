#!/usr/bin/env python3
"""The demo's story on this build: every outcome it checks is right, and nothing of it is left behind."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

from harness import wait_readable

BUILD = os.path.abspath(os.environ.get("HL_BUILDDIR", "."))
SOURCE = os.path.abspath(os.environ.get("HL_SRCDIR", "."))
PATIENCE = 300  # seconds; the demo itself gives up much earlier


SCENES = ("A tip in Cyrillic", "An emergency, and the first duty officer does not answer", "The queue, as hotlinectl shows it",
    "Reports are sealed", "An outreach team sends a quiz", "Somebody presses numbers instead of writing", "What is left")


class Demo(unittest.TestCase):
    def run_demo(self, build):
        """Its exit code and all that it said; nothing of it is left."""
        with tempfile.TemporaryDirectory(prefix="hl-") as folder:
            done = subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools/demo.py"), "--once", "--source", SOURCE,
                "--build", build], env=dict(os.environ, TMPDIR=folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, timeout=PATIENCE)
            print(done.stdout.decode())
            self.assertEqual(os.listdir(folder), [], "the demo left something behind")
            return done.returncode, done.stdout.decode()

    def test_once(self):
        code, said = self.run_demo(BUILD)
        self.assertEqual(code, 0)
        self.assertNotIn("FAILED", said)
        self.assertEqual([scene for scene in SCENES if scene not in said], [])

    def test_a_program_that_is_missing(self):
        with tempfile.TemporaryDirectory(prefix="hl-") as empty:
            code, said = self.run_demo(empty)
        self.assertEqual(code, 1)
        self.assertIn("was not built", said)


class Terminal:
    """The demo on a terminal of 80 columns."""

    def __init__(self, folder):
        self.seen, self.at = "", 0
        self.fd, line = pty.openpty()
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen([sys.executable, "-B", os.path.join(SOURCE, "tools/demo.py"), "--source", SOURCE, "--build", BUILD],
            env=dict(os.environ, TMPDIR=folder, TERM="xterm", NO_COLOR=""), stdin=line, stdout=line, stderr=line,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(line)

    def read(self, deadline, what):
        wait_readable(self.fd, deadline, "%s after %r" % (what, self.seen[self.at:]))
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.seen += data.decode(errors="replace")
        return bool(data)

    def until(self, words):
        """What came since the last call, up to these words."""
        deadline = time.monotonic() + PATIENCE
        while words not in " ".join(self.seen[self.at:].split()):
            if not self.read(deadline, repr(words)):
                raise AssertionError("the demo ended before %r: %s" % (words, self.seen[self.at:]))
        told, self.at = self.seen[self.at:], len(self.seen)
        return told

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        deadline = time.monotonic() + PATIENCE
        while self.read(deadline, "the end"):
            pass
        os.close(self.fd)
        return self.process.wait(PATIENCE)


class Playing(unittest.TestCase):
    def test_all_that_it_offers_and_what_it_does_not(self):
        with tempfile.TemporaryDirectory(prefix="hl-") as folder:
            demo = Terminal(folder)
            self.addCleanup(demo.process.kill)
            told = demo.until("from one more simulated phone")
            lines = re.sub("\033\\[[0-9;]*[mK]", "", told).replace("\r", "").split("\n")
            self.assertEqual([line for line in lines if len(line) > 80], [])
            ctl = [os.path.join(re.search(r"cd (\S+)", told)[1], name) for name in ("ctl", "text")]
            for typed, answer in (("/nonsense", "/help says what there is"), ("/one", "/one OK 1234"), ("/case 12", "has 7 digits"),
                    ("/queue", "first action"), ("/modems", "m2 ready"), ("/status", "Counters:"),
                    ("/alerts", "No alert"), ("/outbox", "Nothing waits"), ("/quarantine", "Nothing is in quarantine"),
                    ("a boy of 12 carries bricks at the kiln all day", "you reads Received. "), ("/two WHO", "duty officer two reads"),
                    ("/help", "from one more simulated phone")):
                demo.type(typed + "\n")
                demo.until(answer)
            listed = subprocess.run([ctl[0], "queue", "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=PATIENCE)
            self.assertIn(b'"cases"', listed.stdout)
            subprocess.run([ctl[1], "a girl of 9 begs at the market every day"], check=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)
            demo.until("another phone reads")
            demo.type("\x03")
            self.assertEqual(demo.end(), 0)
            self.assertIn("Everything is stopped and removed.", demo.seen)
            self.assertEqual(os.listdir(folder), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
