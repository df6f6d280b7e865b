#!/usr/bin/env python3
"""How hotlined starts, refuses to start, and ends: options, errors with their lines, exit codes, systemd's sockets."""
import contextlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time

import harness
from core import PASSWORD, Core, Link
from harness import JsonLines, program, run
from test_notify_core import Notify

EX_USAGE, EX_NOINPUT, EX_CANTCREAT, EX_CONFIG = 64, 66, 73, 78


class Start(harness.Case):
    def core(self, **settings):
        return self.keep(Core(self.folder, **settings))

    def test_options(self):
        code, text = run([program("hotlined"), "--help"])
        self.assertEqual(code, 0)
        for word in ("--config", "--check", "--init", "--verbose", "--version"):
            self.assertIn(word, text)
        self.assertRegex(run([program("hotlined"), "--version"])[1], r"^hotlined \d+\.\d+\.\d+\n$")
        self.assertEqual(run([program("hotlined"), "--nonsense"])[0], EX_USAGE)
        self.assertEqual(run([program("hotlined"), "nonsense"])[0], EX_USAGE)

    def test_check(self):
        core = self.core()
        for argv in (["--check", core.config], ["--check=" + core.config], ["--check", "--config", core.config]):
            code, text = run([program("hotlined")] + argv)
            self.assertEqual((code, text.split("\n")[0]), (0, "%s: no errors" % core.config))
            self.assertIn("warning: nobody of the roster gets conflicts of interest", text)  # it has nobody of IND
            self.assertNotIn("alerts reach", text)
        with open(os.path.join(core.folder, "roster.conf"), "w") as f:
            f.write("people = ( );\n")  # as it is shipped
        code, text = run([program("hotlined"), "--check", core.config])
        self.assertEqual(code, 0)
        self.assertIn("roster.conf: warning: the roster is empty: alerts reach nobody", text)

    def test_check_tells_every_error(self):
        core = self.core()
        core.stop()
        with open(core.config) as f:
            lines = f.read().splitlines()
        lines[0] = "nonsense = 1;"
        lines.append("receipts_per_day = \"many\";")
        with open(core.config, "w") as f:
            f.write("\n".join(lines) + "\n")
        with open(os.path.join(core.folder, "roster.conf"), "a") as f:
            f.write("more = 1;\n")
        code, text = run([program("hotlined"), "--check", core.config])
        self.assertEqual(code, EX_CONFIG)
        self.assertIn("hotlined.conf:1: ", text)
        self.assertIn("hotlined.conf:%d: " % len(lines), text)
        self.assertRegex(text, r"roster\.conf:5: ") # what an erring configuration names is checked, too
        self.assertNotIn("no errors", text)
        self.assertEqual(run([program("hotlined"), "--config", core.config])[0], EX_CONFIG)

    def test_check_tells_a_hundred_errors_and_counts_the_others(self):
        path = os.path.join(self.folder, "many.conf")
        with open(path, "w") as f:
            f.write("".join("nonsense_%d = 1;\n" % i for i in range(150)))
        code, text = run([program("hotlined"), "--check", path])
        self.assertEqual(code, EX_CONFIG)
        lines = text.splitlines()
        told = [line for line in lines if re.match(r".*/many\.conf:\d+: unknown key \"nonsense_", line)]
        self.assertGreater(len(told), 90)
        self.assertGreaterEqual(len(told) + int(re.fullmatch(r"and (\d+) more errors", lines[-1])[1]), 150)

    def test_errors_in_what_the_configuration_names(self):
        core = self.core()
        core.stop()
        with open(os.path.join(core.folder, "roster.conf"), "a") as f:
            f.write("more = 1;\n")
        code, text = run([program("hotlined"), "--check", core.config])
        self.assertEqual(code, EX_CONFIG)
        self.assertRegex(text, r"roster\.conf:5: ")
        core.write_config(triage='"no-such-folder"')
        code, text = run([program("hotlined"), "--check", core.config])
        self.assertEqual(code, EX_CONFIG)
        self.assertIn("no-such-folder", text)

    def test_a_bad_profile_keeps_only_its_modems_away(self):
        core = self.core(modems=2)
        core.stop()
        shutil.copytree(os.path.join(harness.SRCDIR, "modems"), os.path.join(self.folder, "modems"))
        with open(os.path.join(self.folder, "modems", "bad.conf"), "w") as f:
            f.write("command_ms = 5000;\nsubmit_md = 2;\n")
        with open(os.path.join(self.folder, "modems", "unused.conf"), "w") as f:
            f.write("\n\nfirst_slot = 7;\n")
        core.write_config(modems_dir='"modems"')
        with open(core.config) as f:
            text = f.read()
        with open(core.config, "w") as f:
            f.write(text.replace('name = "m2";', 'name = "m2"; profile = "bad";'))
        code, text = run([program("hotlined"), "--check", core.config])
        self.assertEqual(code, EX_CONFIG)
        self.assertIn("modems/bad.conf:2: unknown key in a modem profile: submit_md: did you mean submit_ms", text)
        self.assertIn("modems/unused.conf:3: first_slot: an integer from -1 to 1 is needed", text)
        core.start()
        self.assertEqual(self.keep(Link(core, "m1")).welcome["name"], "m1")
        with contextlib.closing(JsonLines(core.link)) as bad:
            bad.send({"type": "hello", "version": 1, "kind": "modem", "name": "m2"})
            answer = bad.receive(time.monotonic() + harness.DEADLINE)
        self.assertEqual(answer["type"], "unwelcome")
        self.assertIn("bad.conf:2", answer["why"])

    def test_no_database(self):
        core = self.core()
        core.stop()
        os.unlink(core.database)
        code, text = run([program("hotlined"), "--config", core.config])
        self.assertEqual(code, EX_NOINPUT)
        self.assertIn("hotlinectl init", text)
        self.assertFalse(os.path.exists(core.database))

    def test_a_database_of_a_newer_version(self):
        core = self.core()
        core.stop()
        with contextlib.closing(sqlite3.connect(core.database)) as db:
            db.execute("PRAGMA user_version = 99")
        with open(core.database, "rb") as f:
            before = f.read()
        code, text = run([program("hotlined"), "--config", core.config])
        self.assertEqual(code, EX_NOINPUT)
        self.assertIn("has schema 99 and this hotlined knows only", text)
        self.assertIn("install the newer hotlined", text)
        with open(core.database, "rb") as f:
            self.assertEqual(f.read(), before)

    def test_no_keys(self):
        core = self.core()
        core.stop()
        os.unlink(os.path.join(core.folder, "keys", "alias.key"))
        code, text = run([program("hotlined"), "--config", core.config])
        self.assertEqual(code, EX_NOINPUT)
        self.assertIn("alias.key", text)

    def test_init_only_once(self):
        core = self.core()
        core.stop()
        with open(core.database, "rb") as f:
            before = f.read()
        self.assertNotEqual(run([program("hotlined"), "--config", core.config, "--init"])[0], 0)
        with open(core.database, "rb") as f:
            self.assertEqual(f.read(), before)

    def test_only_one(self):
        core = self.core()
        link = self.keep(Link(core))
        code, text = run([program("hotlined"), "--config", core.config])
        self.assertEqual(code, EX_NOINPUT)
        self.assertIn("in use", text)
        link.text("the first one does not notice")

    def test_a_unit_that_is_not_there(self):
        core = self.core()
        core.stop()
        core.write_config(owner_sex='"NOBODY"')
        code, text = run([program("hotlined"), "--config", core.config])
        self.assertEqual(code, EX_CONFIG)
        self.assertIn("NOBODY", text)

    def test_signals(self):
        core = self.core()
        for number in (signal.SIGTERM, signal.SIGINT):
            core.program.kill(number)
            self.assertEqual(core.program.wait(), 0)
            core.program.stop()
            self.assertFalse(os.path.exists(core.link))
            core.start()

    def test_ends_with_requests_under_way(self):
        """A password that is being checked, a wrong one that waits, a walk along the audit trail: none outlives its room."""
        core = self.core()
        core.add_person()
        for _ in range(3):
            conns = [JsonLines(core.control) for _ in range(6)]
            for i, conn in enumerate(conns[:4]):
                conn.send({"op": "login", "person": "Bat", "password": PASSWORD if i else "wrong" * 3})
            for conn in conns[4:]:
                conn.send({"op": "audit.verify"})
            self.assertTrue(core.ask("status")["ok"])
            core.program.kill(signal.SIGTERM)
            self.assertEqual(core.program.wait(), 0)
            for conn in conns:
                conn.close()
            core.program.stop()
            core.start()
        self.assertTrue(core.ask("audit.verify")["good"])

    def test_no_core_dump_and_no_debugger(self):
        core = self.core()
        with open("/proc/%d/limits" % core.program.pid) as f:
            limits = f.read()
        self.assertRegex(limits, r"Max core file size\s+0\s+0")
        if os.geteuid() != 0: # the files of a process that is not dumpable are root's
            self.assertEqual(os.stat("/proc/%d/mem" % core.program.pid).st_uid, 0)

    def test_watchdog(self):
        core = self.core()
        core.stop()
        path = os.path.join(self.folder, "notify.sock")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.bind(path)
            systemd.settimeout(harness.DEADLINE)
            said = harness.Program([program("hotlined"), "--config", core.config], self.folder, "again",
                {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000"})
            self.keep(said)
            self.assertIn(b"READY=1", systemd.recv(4096))
            self.assertEqual(systemd.recv(4096), b"WATCHDOG=1")
            self.assertEqual(systemd.recv(4096), b"WATCHDOG=1")
            said.kill(signal.SIGTERM)
            while systemd.recv(4096) == b"WATCHDOG=1":
                pass
            self.assertEqual(said.wait(), 0)

    def test_sockets_of_systemd(self):
        """A program in the middle makes the sockets and becomes hotlined, as systemd does."""
        core = self.core(notify_socket='"made-by-nobody.sock"')
        core.stop()
        folder = os.path.join(self.folder, "run")
        os.mkdir(folder)
        starter = """
import os, socket, sys
fds = []
for name in ("control", "link", "notify"):
    s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1] + "/" + name); s.listen(8); fds.append(os.dup2(s.fileno(), 10 + len(fds)))
for i, fd in enumerate(fds):
    os.dup2(fd, 3 + i)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="3", LISTEN_FDNAMES="control:link:notify")
print("ready", flush=True)
os.execv(sys.argv[2], sys.argv[2:])
"""
        started = self.keep(harness.Program([sys.executable, "-c", starter, folder, program("hotlined"), "--config", core.config],
            self.folder, "activated"))
        self.assertEqual(started.line(), "ready")
        core.link, core.control = os.path.join(folder, "link"), os.path.join(folder, "control")
        self.keep(Link(core)).text("over a socket of systemd's")
        self.assertEqual(core.counters()["stored"], 1)
        core.notify = os.path.join(folder, "notify")
        self.keep(Notify(core))
        self.assertTrue(core.ask("status")["notify"]["connected"])
        started.kill(signal.SIGTERM)
        self.assertEqual(started.wait(), 0)
        self.assertTrue(os.path.exists(core.link)) # it is systemd's to remove


if __name__ == "__main__":
    harness.main()
