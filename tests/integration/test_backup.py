#!/usr/bin/env python3
"""Backup while everything runs, and the drill of the way back: what was stored before the backup is there after it, and nobody without
the recovery key reads the file."""
import os
import shutil
import sqlite3
import subprocess
import threading

from core import Core, Link
from harness import DEADLINE, Case, JsonLines, main, program

TIP = "a girl of 15 is made to meet men at the hotel, number %d"


class Backup(Case):
    def start(self, **settings):
        core = Core(self.folder, **settings)
        self.keep(core)
        core.add_person("Bat", "officer")
        return core

    def ctl(self, core, *args, key=None):
        argv = [program("hotlinectl"), "--socket", core.control, "--config", core.config, "--password-stdin"] + list(args)
        done = subprocess.run(argv, input=((key or "") + "\n").encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=DEADLINE)
        return done.returncode, done.stdout.decode()

    def file(self):
        return os.path.join(self.folder, "safe", "hotline.backup")

    def backup(self, core):
        os.makedirs(os.path.dirname(self.file()), exist_ok=True)
        code, out = self.ctl(core, "backup", self.file())
        self.assertEqual(code, 0, out)
        return self.file()

    def restore(self, core, file, key=None):
        return self.ctl(core, "restore", file, key=key or core.recovery)

    def lose(self, core):
        """The disk of the database is gone."""
        if core.program:
            core.kill()
        for name in os.listdir(self.folder):
            if name.startswith("hotlined.db"):
                os.unlink(os.path.join(self.folder, name))

    def texts(self, core):
        conn = core.login("Bat")
        found, after, more = set(), 0, True
        while more:
            page = conn.ask({"op": "case.list", "all": True, "after": after})
            self.assertTrue(page["ok"], page)
            for case in page["cases"]:
                after_message, rest = 0, True
                while rest:
                    shown = conn.ask({"op": "case.show", "code": case["code"], "after": after_message})
                    found |= {m.get("text") for m in shown["messages"]}
                    rest = shown.get("more", False)
                    after_message = shown["messages"][-1]["id"] if shown["messages"] else 0
            more = page.get("more", False)
            after = page["cases"][-1]["id"] if more else 0
        conn.close()
        return found

    def test_drill_under_load(self):
        core = self.start(receipts=False)
        link = Link(core)
        for i in range(150):
            link.text(TIP % i, "+9760000%04d" % (4000 + i % 40))
        stored, stop = [], threading.Event()

        def load():
            i = 1000
            while not stop.is_set():
                link.text(TIP % i, "+9760000%04d" % (5000 + i % 40))
                stored.append(i)
                i += 1
        thread = threading.Thread(target=load)
        thread.start()
        try:
            conn = JsonLines(core.control)
            number = conn.ask({"op": "backup.start"})["backup"]
            before = len(stored)
            data = b""
            last = False
            while not last:
                answer = conn.ask({"op": "backup.read", "backup": number})
                self.assertTrue(answer["ok"], answer)
                data += bytes.fromhex(answer.get("data", ""))
                last = answer.get("last", False)
            conn.close()
        finally:
            stop.set()
            thread.join()
        sure = {TIP % i for i in list(range(150)) + stored[:before]}
        self.lose(core)
        link.close()
        file = os.path.join(self.folder, "drill.backup")
        with open(file, "wb") as f:
            f.write(data)
        code, out = self.restore(core, file)
        self.assertEqual(code, 0, out)
        self.assertNotIn("WARNING", out)
        core.start()
        self.assertTrue(core.ask("audit.verify")["good"])
        self.assertEqual(sure - self.texts(core), set())
        link = Link(core)
        self.addCleanup(link.close)
        link.pdu = 100000
        link.text(TIP % 9999, "+97600004000")  # and it goes on
        self.assertIn(TIP % 9999, self.texts(core))

    def test_by_hand(self):
        core = self.start()
        link = Link(core)
        link.text(TIP % 1)
        file = self.backup(core)
        with open(file, "rb") as f:
            data = f.read()
        self.assertTrue(data.startswith(b"hotlined backup 1 "))
        for secret in (b"SQLite format", b"girl of 15", b"case.open", b"Bat"):
            self.assertNotIn(secret, data)
        self.assertEqual(os.stat(file).st_mode & 0o777, 0o600)
        self.assertEqual(os.listdir(os.path.dirname(file)), ["hotline.backup"])
        self.assertFalse(os.path.exists(core.database + "-backup"))
        code, out = self.ctl(core, "backup", file)  # never over another
        self.assertEqual(code, 1, out)
        with open(file, "rb") as f:
            self.assertEqual(f.read(), data)
        folder = os.path.join(self.folder, "nightly")
        os.mkdir(folder)
        self.assertEqual(self.ctl(core, "backup", folder)[0], 0)
        named, = os.listdir(folder)
        self.assertRegex(named, r"^hotline-\d{4}-\d\d-\d\dT[\d:]+Z\.backup$")
        code, out = self.ctl(core, "backup", "/nowhere/at/all")
        self.assertEqual(code, 1, out)
        code, out = self.restore(core, file)  # a database is there
        self.assertNotEqual(code, 0)
        self.assertIn("is there already", out)
        link.close()
        self.lose(core)
        code, out = self.restore(core, file)
        self.assertEqual(code, 0, out)
        core.start()
        self.assertIn(TIP % 1, self.texts(core))
        conn = core.login("Bat")
        actions = [e["action"] for e in conn.ask({"op": "audit.list"})["audit"]]
        conn.close()
        self.assertIn("restore", actions)
        self.assertIn("backup", actions)

    def test_what_went_to_the_public_is_not_sent_again_and_alerts_are(self):
        core = self.start()
        link = Link(core, state="opening")  # nothing can leave yet
        link.text(TIP % 1)
        file = self.backup(core)
        link.close()
        self.lose(core)
        code, out = self.restore(core, file)
        self.assertEqual(code, 0, out)
        self.assertIn("1 texts to the public", out)
        core.start()
        lanes = core.ask("status")["outbox"]
        self.assertEqual((lanes["dialogue"]["unknown"], lanes["dialogue"]["queued"]), (1, 0))
        link = Link(core)
        self.addCleanup(link.close)
        self.assertIn(core.cases()[0]["code"], link.send()["text"])

    def test_what_is_refused(self):
        core = self.start()
        link = Link(core)
        link.text(TIP % 1)
        file = self.backup(core)
        link.close()
        self.lose(core)
        other = os.path.join(self.folder, "other")
        os.mkdir(other)
        stranger = Core(other, autostart=False)
        with open(file, "rb") as f:
            data = f.read()
        head = data.index(b"\n") + 1
        damaged = {"cut": data[:-1], "cut by a chunk": data[:head + 104 + 24017], "longer": data + b"x", "empty": b"", "head only": data[:head],
            "newer": data.replace(b"backup 1", b"backup 2", 1), "no backup": b"hello\n" + data,
            "head": data[:head - 2] + b"7" + data[head - 1:]}
        for place in (head, head + 90, head + 200, len(data) // 2, len(data) - 1):
            damaged["octet %d" % place] = data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]
        for what, octets in damaged.items():
            with self.subTest(what=what):
                bad = os.path.join(self.folder, "bad.backup")
                with open(bad, "wb") as f:
                    f.write(octets)
                self.assertNotEqual(self.restore(core, bad)[0], 0)
                self.assertEqual([n for n in os.listdir(self.folder) if n.startswith("hotlined.db") and not n.endswith("-marks")], [])
        for key in (stranger.recovery, core.recovery[:-1] + ("0" if core.recovery[-1] != "0" else "1"), "nothing"):
            self.assertNotEqual(self.restore(core, file, key=key)[0], 0)
        keys = os.path.join(self.folder, "keys")  # of another hotline
        shutil.move(keys, keys + ".own")
        shutil.copytree(os.path.join(other, "keys"), keys)
        code, out = self.restore(core, file)
        self.assertNotEqual(code, 0)
        self.assertFalse(os.path.exists(core.database))
        shutil.rmtree(keys)
        code, out = self.restore(core, file)
        self.assertNotEqual(code, 0)
        shutil.move(keys + ".own", keys)
        self.assertEqual(self.restore(core, file)[0], 0)

    def damage(self, core):
        """Spoils a page in the middle of the database, with the core down: a leaf of messages, which nothing reads at start."""
        core.kill()
        db = sqlite3.connect(core.database)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page, = db.execute("SELECT pageno FROM dbstat WHERE name = 'message' AND pagetype = 'leaf' ORDER BY pageno DESC LIMIT 1 OFFSET 1").fetchone()
        db.close()
        with open(core.database, "r+b") as f:
            f.seek((page - 1) * 4096)
            f.write(b"\xff" * 100)
        return page

    def test_a_damaged_page_is_named_and_gives_no_backup(self):
        core = self.start(receipts=False)
        link = Link(core)
        for n in range(60):
            link.text(TIP % n, "+9760000%04d" % (4000 + n))
        good = self.backup(core)
        link.close()
        page = self.damage(core)
        core.start()
        bad = os.path.join(self.folder, "safe", "bad.backup")
        code, out = self.ctl(core, "backup", bad)
        self.assertEqual(code, 1, out)
        self.assertRegex(out, r"the database is damaged: .*\b[Pp]age %d\b" % page)
        self.assertIn("restore", out)
        self.assertEqual(os.listdir(os.path.dirname(good)), ["hotline.backup"])
        self.assertFalse(os.path.exists(core.database + "-backup"))
        core.restart()
        told, = [w for w in core.ask("status")["warnings"] if w.startswith("DAMAGED")]
        self.assertIn("age %d" % page, told)
        self.lose(core)
        code, out = self.restore(core, good)
        self.assertEqual(code, 0, out)
        core.start()
        self.assertEqual(len(self.texts(core)), 60)
        self.backup_again(core)
        self.assertFalse(any(w.startswith("DAMAGED") for w in core.ask("status")["warnings"]))
        core.stop()
        db = sqlite3.connect(core.database)
        self.assertEqual(db.execute("SELECT count(*) FROM audit WHERE action = 'backup.checked'").fetchone(), (1,))
        db.close()

    def backup_again(self, core):
        code, out = self.ctl(core, "backup", self.file() + "2")
        self.assertEqual(code, 0, out)

    def test_whatever_the_database_is_called(self):
        folder = os.path.join(self.folder, "100% mine? #1")
        os.mkdir(folder)
        core = Core(folder, receipts=False)
        self.keep(core)
        link = Link(core)
        link.text(TIP % 1)
        link.close()
        self.backup(core)

    def test_one_at_a_time_and_nothing_left(self):
        core = self.start()
        conn = JsonLines(core.control)
        self.addCleanup(conn.close)
        number = conn.ask({"op": "backup.start"})["backup"]
        self.assertEqual(conn.ask({"op": "backup.start"})["code"], "busy")
        self.assertFalse(conn.ask({"op": "backup.read", "backup": number + 1})["ok"])
        core.restart()
        self.assertFalse(os.path.exists(core.database + "-backup"))
        again = JsonLines(core.control)
        self.addCleanup(again.close)
        self.assertFalse(again.ask({"op": "backup.read", "backup": number})["ok"])


if __name__ == "__main__":
    main()
