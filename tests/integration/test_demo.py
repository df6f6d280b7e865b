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


class Demo(unittest.TestCase):
	def test_once(self):
		with tempfile.TemporaryDirectory(prefix="hl-") as folder:
			done = subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools/demo.py"), "--once", "--source", SOURCE,
				"--build", BUILD], env=dict(os.environ, TMPDIR=folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
				stderr=subprocess.STDOUT, timeout=PATIENCE)
			print(done.stdout.decode())
			self.assertEqual(done.returncode, 0)
			self.assertNotIn("FAILED", done.stdout.decode())
			self.assertEqual(os.listdir(folder), [], "the demo left something behind")


if __name__ == "__main__":
	unittest.main(verbosity=2)
