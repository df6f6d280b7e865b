"""Other users of the machine: members of the control group who have not logged in, and everybody else."""
import contextlib
import grp
import json
import os
import pwd
import stat
import subprocess
import time
import unittest

from core import Core, Link, PASSWORD
from harness import Case, DEADLINE, JsonLines, main, program

TIP = "a girl of 14 is made to meet men in Bayanzurkh"
POLICE = "a police officer sells a girl of 14 to men"
GROUP = "games"  # of every Debian; nobody is in it

@unittest.skipIf(os.geteuid() != 0, "only root can be somebody else")
class LocalUsersTest(Case):
    def start(self, **settings):
        os.chmod(self.folder, 0o755)  # what is closed is closed by itself, not by its folder
        self.core = Core(self.folder, autostart=False, **settings)
        self.core.start()
        self.keep(self.core)
        self.core.add_person("Bat")
        self.core.ask("person.add", name="Saruul", role="officer", unit="IND", password=PASSWORD, recovery=self.core.recovery)
        self.link = Link(self.core)
        self.stack.callback(self.link.close)

    def connect_as_nobody(self, path, groups):
        """A connection of a user who owns nothing."""
        nobody, own = pwd.getpwnam("nobody"), os.getgroups()
        os.setgroups([grp.getgrnam(g).gr_gid for g in groups])
        os.setegid(nobody.pw_gid)
        os.seteuid(nobody.pw_uid)
        try:
            return self.keep(JsonLines(path))
        finally:
            os.seteuid(0)
            os.setegid(0)
            os.setgroups(own)

    def as_nobody(self, path, *requests, groups=()):
        conn = self.connect_as_nobody(path, groups)
        return [conn.ask(r) for r in requests]

    def test_members_of_the_group_learn_nothing_before_they_log_in(self):
        self.start(control_group='"%s"' % GROUP)
        self.link.text(TIP)
        self.link.text(POLICE, "+97600009002")
        codes = [c["code"] for c in self.core.cases()]
        self.assertEqual(len(codes), 1)
        asked = ["case.list", "alert.list", "outbox.list", "person.list", "roster.show", "roster.who", "roster.spans", "retention.preview", "quarantine.list"]
        answers = dict(zip(asked, self.as_nobody(self.core.control, *({"op": op, "all": True} for op in asked), groups=[GROUP])))
        self.assertEqual(set(answers), set(asked))
        self.assertEqual(answers["case.list"]["cases"], [])
        # of all units: whoever is told a number that leaves one unit out can subtract
        self.assertEqual(answers["case.list"]["open"], self.core.counters()["cases"])
        for word in codes + ["Saruul", "IND"]:
            self.assertNotIn(word, json.dumps(answers))
        refused = self.as_nobody(self.core.control, *({"op": op, "code": codes[0]} for op in ("case.show", "case.claim", "audit.list", "release.list",
            "contacts.list", "campaign.list", "tally.list")), groups=[GROUP])
        self.assertEqual([a["ok"] for a in refused], [False] * 7)
        self.assertEqual(refused[0]["code"], "not found")

    def test_users_outside_the_group_reach_nothing(self):
        self.start(control_group='"%s"' % GROUP)
        for path in (self.core.control, self.core.link):
            with self.assertRaises(PermissionError):
                self.connect_as_nobody(path, [])

    def test_who_asks_is_asked_whatever_its_file_lets_in(self):
        self.start(control_group='"%s"' % GROUP)
        os.chmod(self.core.control, 0o666)  # by somebody who meant well
        conn = self.connect_as_nobody(self.core.control, [])
        with contextlib.suppress(BrokenPipeError):
            conn.send({"op": "status"})
        try:
            heard = json.dumps(conn.receive(time.monotonic() + DEADLINE, "a refusal"))
        except (AssertionError, ConnectionError):
            heard = ""  # the door was shut before it was read
        self.assertNotIn("modems", heard)
        self.assertTrue(self.as_nobody(self.core.control, {"op": "status"}, groups=[GROUP])[0]["ok"])

    def test_a_link_of_another_user_is_closed(self):
        """Where link_user is set the socket file is open to all, and SO_PEERCRED decides."""
        self.start(link_user='"games"')
        conn = self.connect_as_nobody(self.core.link, [])
        with self.assertRaisesRegex((AssertionError, ConnectionError), "closed|reset|pipe"):
            conn.send({"type": "hello", "version": 1, "kind": "modem", "name": "m1"})
            conn.receive(time.monotonic() + DEADLINE, "an answer")

    def test_no_file_is_readable_by_others(self):
        old = os.umask(0)  # of a careless shell
        self.stack.callback(os.umask, old)
        self.start(metrics_file='"%s"' % os.path.join(self.folder, "metrics"), metrics_s=1)
        self.link.text(TIP)
        self.assertNotIn("chmod", json.dumps(self.core.ask("status")["warnings"]))
        backup = os.path.join(self.folder, "hotline.backup")
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "backup", backup],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=DEADLINE)
        self.assertEqual(done.returncode, 0, done.stdout)
        shown = ("hotlined.conf", "roster.conf", "hotlined.err", "metrics")  # made by the test; numbers without people
        for folder, _, files in os.walk(self.folder):
            for name in files:
                mode = os.lstat(os.path.join(folder, name)).st_mode
                if name not in shown:
                    self.assertEqual(stat.S_IMODE(mode) & 0o077, 0, "%s is %o" % (name, mode))
        os.chmod(os.path.join(self.folder, "keys", "alias.key"), 0o640)  # copied back from a stick, say
        self.assertIn("can get at the key alias.key: chmod 0600", json.dumps(self.core.ask("status")["warnings"]))
        for name in ("keys", "keyring"):
            self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.folder, name)).st_mode), 0o700)


if __name__ == "__main__":
    main()
