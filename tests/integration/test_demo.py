#!/usr/bin/env python3
"""The demo's story on this build: every outcome it checks is right, and nothing of it is left behind."""
import os
import subprocess
import sys
import tempfile
import unittest

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


if __name__ == "__main__":
	unittest.main(verbosity=2)
