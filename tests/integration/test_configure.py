#!/usr/bin/env python3
"""./configure refuses a libevent with known holes, and says what to do."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SKIP = 77
SOURCE = os.path.abspath(os.environ.get("HL_SRCDIR", "."))
NEEDED = "2.1.12-stable-8+deb12u1"

# Tells of every package what it is told in $FAKE_VERSION; anything else it is asked fails, as for an unknown package.
DPKG_QUERY = '#!/bin/sh\n[ -n "$FAKE_VERSION" ] && printf %s "$FAKE_VERSION"\n'


class Libevent(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hotline-configure-")
        self.addCleanup(shutil.rmtree, self.folder)
        fake = os.path.join(self.folder, "bin", "dpkg-query")
        os.mkdir(os.path.dirname(fake))
        with open(fake, "w", encoding="ascii") as f:
            f.write(DPKG_QUERY)
        os.chmod(fake, 0o755)

    def configure(self, version, *options):
        """Runs the real configure with a package manager that tells this version. -n: no files are made at the end."""
        env = dict(os.environ, FAKE_VERSION=version)
        env["PATH"] = os.path.join(self.folder, "bin") + os.pathsep + env["PATH"]
        return subprocess.run([os.path.join(SOURCE, "configure"), "-n", "--disable-hardening", *options], cwd=self.folder,
                env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_an_old_libevent_is_refused(self):
        done = self.configure("2.1.12-stable-8")
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn("libevent 2.1.12-stable-8 lacks the security fixes of " + NEEDED, done.stdout)
        self.assertIn("apt-get install libevent-dev", done.stdout)

    def test_an_unknown_libevent_is_refused_unless_trusted(self):
        done = self.configure("")
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn("--with-patched-libevent", done.stdout)
        done = self.configure("", "--with-patched-libevent")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_fixed_libevent_is_taken(self):
        done = self.configure(NEEDED)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("yes, " + NEEDED, done.stdout)


if __name__ == "__main__":
    if not shutil.which("dpkg") or subprocess.call(["pkg-config", "--atleast-version=2.2", "libevent_core"]) == 0:
        print("no dpkg, or a libevent that needs no such question: skipped")
        sys.exit(SKIP)
    unittest.main(verbosity=2)
