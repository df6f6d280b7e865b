#!/usr/bin/env python3
"""The audit trail: who looked, changed or came in is on record, and an edited, cut or reordered trail is found out."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time

from core import Core, Link, PASSWORD
from harness import Case, DEADLINE, JsonLines, SRCDIR, main, program

TIP = "a girl of 15 is made to meet men at the hotel"


def audited_ops():
    """Name and kind of each row of the table of requests."""
    with open(os.path.join(SRCDIR, "src", "core", "ops", "ops.c")) as f:
        return dict(re.findall(r'\{ "([a-z.]+)",[^}]*?(CONTROL_\w*AUDITED\w*) \}', f.read()))


def other_tests():
    """The source of the tests beside this one: rooms try their requests in tests of their own."""
    folder, text = os.path.join(SRCDIR, "tests", "integration"), ""
    for name in os.listdir(folder):
        if name.endswith(".py") and name != "test_audit.py":
            with open(os.path.join(folder, name)) as f:
                text += f.read()
    return text


class Trail(Case):
    def start(self, **settings):
        core = Core(self.folder, **settings)
        self.keep(core)
        core.add_person("Bat", "officer")
        core.add_person("Oyun", "auditor")
        return core

    def entries(self, core):
        conn = core.login("Oyun")
        try:
            return conn.ask({"op": "audit.list"})["audit"]
        finally:
            conn.close()

    def has(self, core, actor, action, object_=""):
        found = [(e["actor"], e["action"], e["object"]) for e in self.entries(core)]
        self.assertIn((actor, action, object_), found)

    def test_each_request_that_must_be_on_record_is(self):
        core = self.start()
        link = Link(core)
        self.addCleanup(link.close)
        link.text(TIP)
        code = core.cases()[0]["code"]
        conn = core.login("Bat")
        self.addCleanup(conn.close)
        wrong = JsonLines(core.control)
        self.addCleanup(wrong.close)
        self.assertFalse(wrong.ask({"op": "login", "person": "Bat", "password": "this is not it"})["ok"])
        link.say("refused", ref=99, imsi=link.imsi, raw="FF", reason="made up")
        link.hear("stored", lambda m: m["ref"] == 99)
        # request, and its entry: (actor, action, object)
        said = {
            "login": ({}, ("Bat", "login", "")),
            "person.add": ({}, ("recovery", "person.add", "Bat")),
            "case.show": ({"code": code}, ("Bat", "case.view", code)),
            "case.claim": ({"code": code}, ("Bat", "case.claim", code)),
            "case.start": ({"code": code}, ("Bat", "case.start", code)),
            "case.close": ({"code": code, "reason": "resolved"}, ("Bat", "case.close", code)),
            "case.reopen": ({"code": code}, ("Bat", "case.reopen", code)),
            "quarantine.list": ({}, ("Bat", "quarantine.view", "")),
            "send.test": ({"name": "Duty 1"}, ("Bat", "send.test", "Duty 1")),
            "drill.start": ({}, ("Bat", "drill.start", "")),
            "rules.reload": ({}, ("Bat", "rules.reload", "")),
            "ussd.reload": ({}, ("Bat", "ussd.reload.failed", "")),
            "logout": ({}, ("Bat", "logout", "")),
        }
        for op, (fields, _) in said.items():
            if op not in ("login", "person.add"):
                answer = conn.ask(dict(fields, op=op))
                self.assertTrue(answer["ok"], answer)
        for op, (_, entry) in said.items():
            self.has(core, *entry)
        self.has(core, "Bat", "login.failed")
        must = {op for op, kind in audited_ops().items() if kind != "CONTROL_UNAUDITED"}
        elsewhere = other_tests()
        missing = [op for op in must - set(said) if '"%s"' % op not in elsewhere]
        self.assertEqual(missing, [], "each request that says it is on record is tried here or in a test of its room")

    def test_a_look_without_the_right_is_no_view(self):
        core = self.start()
        link = Link(core)
        self.addCleanup(link.close)
        link.text(TIP)
        core.ask("case.show", code=core.cases()[0]["code"])
        self.assertNotIn("case.view", [e["action"] for e in self.entries(core)])

    # ---- the chain -----------------------------------------------------------------------------------------------------

    def verify_after(self, core, *sql):
        """Edits the database as a thief with root would, starts again, and asks."""
        core.stop()
        db = sqlite3.connect(core.database)
        for statement in sql:
            db.execute(statement)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        core.start()
        return core.ask("audit.verify")

    def test_no_noise_hides_what_was_before_it(self):
        core = self.start()
        link = Link(core)
        self.addCleanup(link.close)
        link.text(TIP)
        code = core.cases()[0]["code"]
        bat = core.login("Bat")
        self.addCleanup(bat.close)
        self.assertTrue(bat.ask({"op": "case.relabel", "code": code, "kind": "spam"})["ok"])
        for _ in range(230):
            bat.send({"op": "case.show", "code": code})
            self.assertTrue(bat.receive(time.monotonic() + DEADLINE)["ok"])
        auditor = core.login("Oyun")
        self.addCleanup(auditor.close)
        page = auditor.ask({"op": "audit.list"})
        self.assertNotIn("case.relabel", [e["action"] for e in page["audit"]])
        entries = page["audit"]
        while page["more"]:
            page = auditor.ask({"op": "audit.list", "after": entries[-1]["id"]})
            entries += page["audit"]
        ids = [e["id"] for e in entries]
        self.assertEqual(ids, list(range(ids[0], 0, -1)))
        self.assertEqual([e["object"] for e in entries if e["action"] == "case.relabel"], [code])
        argv = [program("hotlinectl"), "--socket", core.control, "--as", "Oyun", "--password-stdin", "--json", "audit"]
        for args, least in ((["--all"], len(ids)), (["--before", "100"], 99), ([], 100)):
            done = subprocess.run(argv + args, input=(PASSWORD + "\n").encode(), stdout=subprocess.PIPE, timeout=DEADLINE)
            self.assertEqual(done.returncode, 0)
            listed = [e["id"] for e in json.loads(done.stdout)["audit"]]
            self.assertGreaterEqual(len(listed), least, args)
        self.assertEqual(len(listed), 100)

    def test_every_edit_is_found(self):
        core = self.start()
        for name in ("Dorj", "Saraa", "Tuya"):
            core.add_person(name, "auditor")
        first = core.ask("audit.verify")
        self.assertTrue(first["good"], first)
        rows, head = first["rows"], first["head"]
        core.stop()
        shutil.copy(core.database, core.database + ".good")
        swap = ["UPDATE audit SET id = -1 WHERE id = 2", "UPDATE audit SET id = 2 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = -1"]
        edits = (
            ("UPDATE audit SET detail = 'x' WHERE id = 2",), ("UPDATE audit SET time_ms = time_ms - 1 WHERE id = 3",),
            ("UPDATE audit SET actor = 'Dorj' WHERE id = 2",), ("DELETE FROM audit WHERE id = 2",), ("DELETE FROM audit WHERE id = 1",),
            ("DELETE FROM audit WHERE id = 2", "UPDATE audit SET id = id - 1 WHERE id > 2"), swap,
            ("INSERT INTO audit SELECT id + 100, time_ms, actor, action, object, detail, hash FROM audit WHERE id = 2",),
            ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",),
            ("DELETE FROM audit WHERE id > 1",), ("DELETE FROM audit",),
            ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "DELETE FROM meta WHERE key = 'audit_anchor'"),
            ("DELETE FROM meta WHERE key = 'audit_anchor'",),
            ("UPDATE meta SET value = zeroblob(length(value)) WHERE key = 'audit_anchor'",),
        )
        for edit in edits:
            with self.subTest(edit=edit):
                shutil.copy(core.database + ".good", core.database)
                answer = self.verify_after(core, *edit)
                self.assertFalse(answer["good"], answer)
                self.assertTrue(answer["wrong"])
                core.add_person("Later", "auditor")  # entries after the cut hide nothing
                core.restart()
                self.assertFalse(core.ask("audit.verify")["good"])
                core.stop()
        shutil.copy(core.database + ".good", core.database)
        core.start()
        core.add_person("Zaya", "auditor")
        self.assertTrue(core.ask("audit.verify", rows=rows, head=head)["good"])
        self.assertFalse(core.ask("audit.verify", rows=rows - 1, head=head)["good"])
        self.assertFalse(core.ask("audit.verify", rows=rows + 1000, head=head)["good"])

    def test_warning_after_a_cut(self):
        core = self.start()
        self.assertEqual([w for w in core.ask("status")["warnings"] if "audit" in w], [])
        self.verify_after(core, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
        self.assertEqual(len([w for w in core.ask("status")["warnings"] if "audit" in w]), 1)


class Rules(Case):
    def test_rules_with_errors_leave_the_old_ones_in_force(self):
        rules = os.path.join(self.folder, "rules")
        shutil.copytree(os.path.join(SRCDIR, "etc", "triage"), rules)
        core = Core(self.folder, triage='"%s"' % rules)
        self.keep(core)
        core.add_person("Oyun", "auditor")
        link = Link(core)
        self.addCleanup(link.close)
        self.assertTrue(core.ask("rules.reload")["loaded"])
        name = sorted(n for n in os.listdir(rules) if n.endswith(".conf"))[0]
        with open(os.path.join(rules, name)) as f:
            good = f.read()
        with open(os.path.join(rules, name), "w") as f:
            f.write(good + "\nthis is no rule at all\n")
        answer = core.ask("rules.reload")
        self.assertFalse(answer["loaded"])
        line = good.count("\n") + 2
        self.assertRegex(answer["errors"][0], r"%s:%d: ." % (re.escape(name), line))
        link.text(TIP)
        self.assertEqual(core.cases()[0]["kind"], "tip")  # triaged by the old rules
        with open(os.path.join(rules, name), "w") as f:
            f.write(good)
        self.assertTrue(core.ask("rules.reload")["loaded"])
        conn = core.login("Oyun")
        self.addCleanup(conn.close)
        actions = [e["action"] for e in conn.ask({"op": "audit.list"})["audit"]]
        self.assertEqual([a for a in actions if a.startswith("rules")], ["rules.reload", "rules.reload.failed", "rules.reload"])


if __name__ == "__main__":
    main()
