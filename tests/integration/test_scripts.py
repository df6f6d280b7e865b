#!/usr/bin/env python3
"""The scripts people start: each answers --help without doing anything, refuses what it does not know, and pleases shellcheck."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.path.abspath(os.environ.get("HL_SRCDIR", "."))
SCRIPTS = ("demo", "check", "tools/setup", "tools/install-conf", "autogen.sh")
# What tools/setup asks and does, in place of Debian's own: nothing is installed, all that root would do is written down.
FAKES = {
    "id": "echo 1000",
    "dpkg-query": """for last; do :; done
case " $MISSING " in *" $last "*) exit 1 ;; esac
case "$3" in *Status*) printf installed ;; *) printf 2.1.12-stable-8+deb12u1 ;; esac""",
    "sudo": 'echo "$*" >>"$DONE"; case "$*" in *"$FAILS"*) exit 1 ;; esac',
    "apt-get": "exit 1",
    "npm": "exit 0",
}


def run(*args):
    return subprocess.run(args, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                timeout=60)


class Scripts(unittest.TestCase):
    def test_help(self):
        for name in SCRIPTS:
            with self.subTest(name):
                done = run(os.path.join(SOURCE, name), "--help")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertGreater(len(done.stdout.strip()), 20)

    def test_unknown_option(self):
        for name in SCRIPTS:
            with self.subTest(name):
                self.assertEqual(run(os.path.join(SOURCE, name), "--no-such-option").returncode, 64)

    def test_lines(self):
        """As CONTRIBUTING.md says: what is longer is read by nobody."""
        long = []
        for folder, _, names in os.walk(os.path.join(SOURCE, "src")):
            for name in names:
                if not name.endswith((".c", ".h")) or re.match("schema_[0-9]", name):
                    continue
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    long += ["%s:%d" % (name, n) for n, line in enumerate(f, 1) if len(line.rstrip("\n").expandtabs(4)) > 150]
        self.assertEqual(long, [])

    def test_who_has_a_first_line_can_be_started(self):
        bad = []
        for top in ("tests", "tools", "systemd"):
            for folder, names, files in os.walk(os.path.join(SOURCE, top)):
                names[:] = [name for name in names if name != "node_modules"]
                for name in files:
                    with open(os.path.join(folder, name), "rb") as f:
                        if f.read(2) == b"#!" and not os.access(f.name, os.X_OK):
                            bad.append(f.name)
        self.assertEqual(bad, [], "chmod +x")

    def test_packages_are_rows(self):
        with open(os.path.join(SOURCE, "tools/packages"), encoding="utf-8") as f:
            rows = [line.split(None, 2) for line in f if line.strip() and not line.startswith("#")]
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(len(row), 3, row)
            self.assertIn(row[1], ("build", "test"), row)
        names = [row[0] for row in rows]
        self.assertEqual(len(names), len(set(names)), "a package is named twice")

    @unittest.skipUnless(shutil.which("shellcheck"), "no shellcheck here")
    def test_shellcheck(self):
        shell = [name for name in SCRIPTS if self.is_shell(name)]
        done = run("shellcheck", *(os.path.join(SOURCE, name) for name in shell))
        self.assertEqual(done.returncode, 0, done.stdout)

    def setup(self, want, missing, fails="nothing of the kind"):
        """(exit code, what it said, what it did as root)"""
        with tempfile.TemporaryDirectory(prefix="hotline-setup-") as folder:
            for name, text in FAKES.items():
                self.write(folder, name, "#!/bin/sh\n" + text + "\n")
                os.chmod(os.path.join(folder, name), 0o755)
            done = subprocess.run([os.path.join(SOURCE, "tools/setup"), want], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, timeout=60, env=dict(os.environ, PATH=folder + os.pathsep + os.environ["PATH"],
                    MISSING=missing, DONE=os.path.join(folder, "done"), FAILS=fails))
            return done.returncode, done.stdout, self.contents(folder).get("done", "")

    @unittest.skipUnless(shutil.which("dpkg"), "no Debian here")
    def test_setup_installs_what_is_missing_and_nothing_else(self):
        self.assertEqual(self.setup("build", ""), (0, "", ""))
        self.assertEqual(self.setup("build", "strace smstools"), (0, "", ""), "those are for tests")
        code, said, did = self.setup("test", "strace smstools")
        self.assertEqual(code, 0, said)
        self.assertIn("These Debian packages are missing: ", said)
        self.assertIn("sudo may ask for your password", said)
        self.assertRegex(did, r"(?m)apt-get .* install -y --no-install-recommends (smstools strace|strace smstools)$")
        self.assertIn("update-rc.d smstools disable\n", did)  # it would take a modem of this machine
        self.assertNotIn("strace disable", did)

    @unittest.skipUnless(shutil.which("dpkg"), "no Debian here")
    def test_setup_that_cannot_install_ends(self):
        code, said, did = self.setup("build", "libevent-dev", fails=" install ")
        self.assertEqual(code, 69)
        self.assertIn("could not install them", said)
        self.assertNotIn("disable", did)

    def test_installing_keeps_what_people_changed(self):
        with tempfile.TemporaryDirectory(prefix="hotline-conf-") as folder:
            shipped, there = os.path.join(folder, "from"), os.path.join(folder, "to")
            os.mkdir(shipped)
            tool = (os.path.join(SOURCE, "tools/install-conf"), shipped, there)
            self.write(shipped, "a.conf", "one")
            self.write(shipped, "b.conf", "one")
            self.assertEqual(run(*tool, "a.conf", "b.conf").returncode, 0)
            self.write(there, "a.conf", "mine")
            self.write(shipped, "a.conf", "two")
            self.assertIn("a.conf", run(*tool, "a.conf", "b.conf").stdout)
            self.assertEqual(self.contents(there), {"a.conf": "mine", "a.conf.new": "two", "b.conf": "one"})
            run(*tool, "--uninstall", "a.conf", "b.conf")
            self.assertEqual(self.contents(there), {"a.conf": "mine"})

    @staticmethod
    def write(folder, name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)

    @staticmethod
    def contents(folder):
        found = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                found[name] = f.read()
        return found

    @staticmethod
    def is_shell(name):
        with open(os.path.join(SOURCE, name), encoding="utf-8") as f:
            return "sh" in f.readline()


if __name__ == "__main__":
    unittest.main(verbosity=2)
