#!/usr/bin/env python3
"""Canaries: numbers and words that must never be readable in a file or a log, and that are nowhere at all once they are erased, not in
an older copy of the database either."""
import glob
import os
import shutil
import sqlite3
import subprocess

from core import Core, Link
from harness import BUILDDIR, DEADLINE, Case, JsonLines, main, program, run

OFFICER, COORDINATOR = "+97600008642", "+97600008643"
ROSTER = """people = (
  { name = "Duty 1"; role = "officer"; number = "%s"; language = "en"; },
  { name = "Coordinator"; role = "coordinator"; number = "%s"; language = "en"; }
);
""" % (OFFICER, COORDINATOR)
CLOSED, HELD, OPEN, SPAM, ASKER, STOPPED, PARTS, CALLER, *JOINED = ("+9760000753%d" % i for i in range(10))
WORDS = {
    CLOSED: "kanarejka1 a girl of 15 is made to meet men at the hotel", HELD: "kanarejka2 a girl of 14 is made to meet men at the hotel",
    OPEN: "kanarejka3 a girl of 13 is made to meet men at the hotel", ASKER: "kanarejka5 is this the hotline?",
}
PERIODS = {"keep_tips_days": 10, "keep_unfounded_days": 10, "keep_spam_days": 5, "keep_other_days": 5, "keep_quarantine_days": 5,
    "keep_outbox_days": 5, "keep_contacts_days": 5, "keep_hashes_days": 5, "keep_calls_days": 5, "keep_consent_days": 5, "warn_days": 3, "shred_days": 0}
FAKETIME = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
DAYS = 60
with open(os.path.join(BUILDDIR, "config.h")) as config_h:
    SANITIZED = "define HL_SANITIZED 1" in config_h.read()


def forms(text):
    """How a text or number may stand in a file."""
    return [text.encode(), text.encode("utf-16-be"), text.encode("utf-16-le"), text.encode().hex().encode(),
        text.encode().hex().upper().encode(), text.encode("utf-16-be").hex().upper().encode()]


CANARIES = [f for number in list(WORDS) + [SPAM, STOPPED, PARTS, CALLER, *JOINED, OFFICER, COORDINATOR] for f in forms(number[1:])]
CANARIES += [f for i in range(1, 9) for f in forms("kanarejka%d" % i)]


class Erasure(Case):
    def start(self):
        core = Core(self.folder, autostart=False, **PERIODS)
        core.options.append("--verbose")  # whatever it logs: no canary
        with open(os.path.join(self.folder, "roster.conf"), "w") as f:
            f.write(ROSTER)
        self.keep(core)
        core.start()
        core.add_person("Bat", "officer")
        core.add_person("Tuya", "officer")
        core.add_person("Saran", "coordinator")
        return core

    def later(self, core, days):
        """The same core so many days later."""
        if not FAKETIME or SANITIZED:
            self.skipTest("faketime is not installed, or does not go with sanitizers")
        core.stop()
        core.start({"LD_PRELOAD": FAKETIME[0], "FAKETIME": "+%dd" % days, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1"})

    def send_all(self, core, link):
        """Whatever waits to be sent is sent."""
        def waiting():
            lanes = core.ask("status")["outbox"].values()
            return sum(lane["queued"] + lane["leased"] + lane["submitting"] for lane in lanes)
        while waiting():
            link.send()

    def look(self, *folders):
        """Files in which a canary is readable."""
        found = []
        for folder in folders or (self.folder,):
            for path in glob.glob(os.path.join(folder, "**"), recursive=True):
                if os.path.basename(path) in ("roster.conf", "hotlined.conf") or not os.path.isfile(path):
                    continue
                with open(path, "rb") as f:
                    data = f.read()
                found += [(os.path.relpath(path, self.folder), c) for c in CANARIES if c in data]
        return found

    def stranger(self, core, codes):
        """All that somebody at the socket without a name is told."""
        heard = []
        conn = JsonLines(core.control)
        for request in [{"op": op} for op in ("status", "case.list", "outbox.list", "alert.list", "quarantine.list", "modems",
                "retention.preview", "person.list")] + [{"op": "case.show", "code": code} for code in codes]:
            heard.append(str(conn.ask(dict(request, all=True))))
        conn.close()
        return "".join(heard)

    def test_looking_finds_what_is_there(self):
        for i, form in enumerate(forms("kanarejka1")):
            path = os.path.join(self.folder, "file%d" % i)
            with open(path, "wb") as f:
                f.write(b"\0something " + form)
            self.assertTrue(self.look(), form)
            os.unlink(path)
        self.assertEqual(self.look(), [])

    def fill(self, core, link):
        for number, text in WORDS.items():
            link.text(text, number)
        link.text("kanarejka4 win a prize now, click http://win.example/prize, cheap loan", SPAM)
        link.text("STOP", STOPPED)
        link.part("kanarejka6 a girl of 15 is made to meet men, ", 1, 2, from_=PARTS)
        link.part("kanarejka7 at the hotel", 2, 2, from_=PARTS)
        for number in JOINED:
            link.text("JOIN", number)
        link.say("call", ref=-1, imsi=link.imsi, key="0102030405060708", rings=2, **{"from": CALLER})
        link.hear("stored", lambda m: m["ref"] == -1)
        link.ref += 1
        link.say("refused", ref=link.ref, imsi=link.imsi, raw=WORDS[CLOSED].encode().hex().upper(), reason="binary: port 1234")
        link.hear("stored", lambda m: m["ref"] == link.ref)

    def case_of(self, conn, word, codes):
        for code in codes:
            for message in conn.ask({"op": "case.show", "code": code})["messages"]:
                if word in message.get("text", ""):
                    return code
        raise AssertionError(word)

    def codes(self, core):
        return [c["code"] for c in core.cases()] + [c["code"] for c in core.ask("case.list", aside=True)["cases"]]

    def test_canaries(self):
        core = self.start()
        link = Link(core)
        self.fill(core, link)
        self.send_all(core, link)
        codes = self.codes(core)
        conn = core.login("Bat")
        closed, held, open_, parts = (self.case_of(conn, "kanarejka%d" % i, codes) for i in (1, 2, 3, 7))
        conn.ask({"op": "quarantine.list"})  # looked at: its period runs from here
        self.assertTrue(conn.ask({"op": "case.note", "code": closed, "text": "kanarejka8 seen there", "token": "t" * 32})["ok"])
        for code in (closed, held, parts):
            self.assertTrue(conn.ask({"op": "case.close", "code": code, "reason": "resolved"})["ok"])
        self.assertTrue(conn.ask({"op": "case.claim", "code": open_})["ok"])
        conn.close()
        holder = core.login("Saran")
        self.assertTrue(holder.ask({"op": "case.hold", "code": held, "on": True})["ok"])
        holder.close()
        once = core.login("Tuya")
        self.assertTrue(once.ask({"op": "case.show", "code": closed})["ok"])  # and never again
        once.close()
        self.send_all(core, link)
        heard = self.stranger(core, codes)
        self.assertEqual([c for c in CANARIES if c.decode("latin-1") in heard], [])
        self.assertEqual(self.look(), [])
        link.close()
        core.kill()
        self.assertEqual(self.look(), [])
        old = os.path.join(self.folder, "old")  # a copy that somebody made, with its log
        os.mkdir(old)
        for path in glob.glob(core.database + "*"):
            shutil.copy(path, old)
        shutil.copytree(os.path.join(self.folder, "keyring"), os.path.join(old, "keyring.then"))
        sealed = self.sealed(os.path.join(old, "hotlined.db"))
        core.start()
        backup = self.backup(core, "backup.then")
        self.nothing_is_due(core)
        self.later(core, DAYS)
        self.assertEqual(self.lost_weeks(core), 0)
        self.erase(core, closed, open_, held)
        self.assertEqual(self.lost_weeks(core), 1)
        self.after(core, sealed, closed, held, open_)
        self.later(core, DAYS)
        self.backup(core, "backup.now")
        self.assertEqual(self.lost_weeks(core), 0)
        self.assertEqual(self.look(), [])
        self.old_copy_is_unreadable(core, old, codes)
        self.old_backup_is_unreadable(core, backup, codes)

    def lost_weeks(self, core):
        return len([w for w in core.ask("status")["warnings"] if "keys were destroyed since" in w])

    def sealed(self, database):
        db = sqlite3.connect(database)
        try:
            return dict(db.execute("SELECT m.id, m.body FROM message m")), dict(db.execute("SELECT id, number FROM contact"))
        finally:
            db.close()

    def nothing_is_due(self, core):
        preview = core.ask("retention.preview")
        self.assertEqual(sum(preview["erase"].values()), 0, preview)
        self.assertEqual(preview["held"], 1)

    def erase(self, core, closed, open_, held):
        conn = core.login("Bat")
        preview = conn.ask({"op": "retention.preview"})
        due = {c["code"] for c in preview["cases"] if c["now"]}
        self.assertIn(closed, due)
        self.assertNotIn(open_, due)
        self.assertNotIn(held, due)
        refused = conn.ask({"op": "retention.run"})
        self.assertEqual((refused["ok"], refused["code"]), (False, "timeout"))  # the clock jumped: nothing is erased unasked
        done = conn.ask({"op": "retention.run", "believe_clock": True})
        conn.close()
        self.assertTrue(done["ok"], done)
        for what in ("tips", "unfounded", "spam", "other", "quarantine", "calls", "subscribers", "hashes"):  # contacts and texts sent go with their cases
            self.assertEqual(done["erase"][what], preview["erase"][what], what)
        self.assertEqual(done["keys"], 1)
        self.assertGreaterEqual(done["moved"], 2)  # what is open or held

    def after(self, core, sealed, closed, held, open_):
        self.assertEqual(self.look(self.folder), [])
        conn = core.login("Bat")
        self.assertFalse(conn.ask({"op": "case.show", "code": closed})["ok"])
        for code, word in ((held, "kanarejka2"), (open_, "kanarejka3")):
            self.assertIn(word, conn.ask({"op": "case.show", "code": code})["messages"][0]["text"])
        conn.close()
        self.assertTrue(core.ask("audit.verify")["good"])
        core.kill()
        files = {}
        for path in glob.glob(core.database + "*"):
            with open(path, "rb") as f:
                files[path] = f.read()
        messages, contacts = self.sealed(core.database)
        self.assertEqual((len(messages), len(contacts)), (2, 2))
        for before, now in zip(sealed, (messages, contacts)):
            for row, octets in before.items():
                if row not in now:
                    self.assertEqual([p for p, data in files.items() if octets[-24:] in data], [], "an erased row is in the file")
        db = sqlite3.connect(core.database)
        try:
            self.assertEqual(db.execute("SELECT count(*) FROM optout").fetchone(), (1,))  # outlives the contact
            self.assertEqual(db.execute("SELECT count(*) FROM subscriber").fetchone(), (1,))  # the newest: its id is not given out again
            for table in ("inbound", "call", "answered"):
                self.assertEqual(db.execute("SELECT count(*) FROM %s" % table).fetchone(), (0,), table)
            seen = {row[0] for row in db.execute("SELECT text FROM text_view")}
            self.assertLessEqual(seen, set(messages), "which texts were opened is forgotten within a day")
            self.assertEqual(db.execute("SELECT count(*) FROM quarantine").fetchone(), (0,))
            self.assertLessEqual(db.execute("SELECT count(*) FROM outbox").fetchone(), (1,))
            self.assertEqual(db.execute("PRAGMA foreign_key_check").fetchall(), [])
        finally:
            db.close()

    def old_copy_is_unreadable(self, core, old, codes):
        """The older copy, with the keys and the keyring as they are now, and every password."""
        weeks = set(os.listdir(os.path.join(self.folder, "keyring")))
        then = set(os.listdir(os.path.join(old, "keyring.then")))
        self.assertFalse(then & weeks, "the keys of then are destroyed")
        self.lose(core)
        for path in glob.glob(os.path.join(old, "hotlined.db*")):
            shutil.copy(path, self.folder)
        self.later(core, DAYS)
        self.all_locked(core, codes)

    def old_backup_is_unreadable(self, core, backup, codes):
        self.lose(core)
        done = subprocess.run([program("hotlined"), "--restore", backup, "--config", core.config], input=core.recovery.encode() + b"\n",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=DEADLINE)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("texts cannot be opened", done.stdout.decode())
        self.later(core, DAYS)
        self.all_locked(core, codes)

    def lose(self, core):
        core.stop()
        for path in glob.glob(core.database + "*"):
            os.unlink(path)

    def backup(self, core, name):
        path = os.path.join(self.folder, name)
        code, out = run([program("hotlinectl"), "--socket", core.control, "backup", path])
        self.assertEqual(code, 0, out)
        return path

    def all_locked(self, core, codes):
        conn = core.login("Bat")
        for code in codes:
            for message in conn.ask({"op": "case.show", "code": code})["messages"]:
                self.assertNotIn("text", message)
                self.assertIn("key is destroyed", message["locked"])
        conn.close()

    def test_a_run_that_was_cut_off_goes_on(self):
        core = self.start()
        link = Link(core)
        for i in range(60):
            link.text("win a prize now, click http://win.example/%d, cheap loan" % i, "+9760000%04d" % (3000 + i))
        link.text(WORDS[OPEN], OPEN)
        self.send_all(core, link)
        link.close()
        self.later(core, DAYS)
        for end in (core.kill, core.stop):
            conn = JsonLines(core.control)
            conn.send({"op": "retention.run", "believe_clock": True})
            conn.ask({"op": "status"})  # it has begun; how far it comes is left to chance
            end()
            conn.close()
            self.whole(core)
            self.later(core, DAYS)
        done = core.ask("retention.run", believe_clock=True)
        self.assertFalse(done.get("unfinished"))
        self.assertEqual(core.ask("case.list", aside=True, all=True)["open"], 1)
        self.assertEqual(sum(core.ask("retention.preview")["erase"].values()), 0)
        self.assertTrue(core.ask("audit.verify")["good"])
        conn = core.login("Bat")
        self.assertIn("kanarejka3", conn.ask({"op": "case.show", "code": core.cases()[0]["code"]})["messages"][0]["text"])
        conn.close()

    def whole(self, core):
        db = sqlite3.connect(core.database)
        try:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(db.execute("PRAGMA foreign_key_check").fetchall(), [])
        finally:
            db.close()

    def test_what_rings_is_kept(self):
        """An alert ends with a human, not with the age of its case."""
        core = self.start()
        link = Link(core)
        link.text("kanarejka4 win a prize now, click http://win.example/prize, cheap loan", SPAM)
        self.send_all(core, link)
        link.close()
        core.stop()
        self.sql(core, "INSERT INTO alert (case_id, state, urgency, step, due_boot_ms, raised_boot_ms, created_ms) "
            "SELECT id, 1, 1, 0, 0, 0, opened_ms FROM cases")
        self.later(core, DAYS)
        link = Link(core)
        link.send(lambda m: m["to"] == OFFICER)
        self.send_all(core, link)  # its texts are sent: nothing but the alert is open
        link.close()
        core.ask("retention.run", believe_clock=True)
        self.assertEqual(len(core.ask("case.list", aside=True)["cases"]), 1)
        core.stop()
        self.sql(core, "UPDATE alert SET acknowledged_ms = 1, state = 6")
        self.sql(core, "UPDATE outbox SET state = 8")  # as an answer cancels them
        self.later(core, DAYS)
        core.ask("retention.run", believe_clock=True)
        self.assertEqual(core.ask("case.list", aside=True)["cases"], [])

    def sql(self, core, statement):
        db = sqlite3.connect(core.database)
        try:
            db.execute(statement)
            db.commit()
        finally:
            db.close()

    def test_warning_before_and_hold(self):
        core = self.start()
        link = Link(core)
        link.text(WORDS[CLOSED], CLOSED)
        self.send_all(core, link)
        code = core.cases()[0]["code"]
        conn = core.login("Bat")
        conn.ask({"op": "case.close", "code": code, "reason": "unfounded"})
        self.assertEqual(conn.ask({"op": "case.hold", "code": code, "on": True})["code"], "not authorised")  # coordinators
        conn.close()
        link.close()
        self.later(core, 8)
        self.assertEqual([w for w in core.ask("status")["warnings"] if "erased" in w], [])
        core.ask("retention.run")
        self.assertEqual(len([w for w in core.ask("status")["warnings"] if "1 cases will be erased within 3 days" in w]), 1)
        self.assertEqual([(c["code"], c["now"]) for c in core.ask("retention.preview")["cases"]], [(code, False)])
        holder = core.login("Saran")
        self.assertTrue(holder.ask({"op": "case.hold", "code": code, "on": True})["ok"])
        holder.close()
        self.later(core, 20)
        core.ask("retention.run")
        self.assertEqual(len(core.cases()), 1)
        holder = core.login("Saran")
        self.assertTrue(core.ask("case.show", code=code)["held"])
        self.assertTrue(holder.ask({"op": "case.hold", "code": code, "on": False})["ok"])
        self.assertFalse(core.ask("case.show", code=code)["held"])
        core.ask("retention.run")
        self.assertEqual(core.cases(), [])
        holder.close()


if __name__ == "__main__":
    main()
