#!/usr/bin/env python3
"""What is asked again because its answer was lost is done once: the core is killed after its commit, before who asked hears of it."""
import os
import select
import socket
import sqlite3
import subprocess
import threading
import time

from core import Core, Link, PASSWORD
from harness import Case, DEADLINE, JsonLines, main, program

GIRL = "+97600007531"
TIP = "a girl of 15 is made to meet men at the hotel"
TOKEN = "0123456789abcdef-%s"


class Broken:
    """Between hotlinectl and the core: hands over whole lines, until an answer to a request with a token comes. That one it keeps to
    itself, calls lost(), and breaks the connection; after that it lets everything through. It runs in a thread of its own."""

    def __init__(self, folder, behind, lost):
        self.path, self.behind, self.lost = os.path.join(folder, "broken.sock"), behind, lost
        self.requests, self.failed = [], None
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(8)
        self.end, self.stopper = socket.socketpair()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def stop(self):
        self.stopper.close()
        self.thread.join(DEADLINE)
        self.listener.close()
        self.end.close()
        if self.failed:
            raise self.failed

    def run(self):
        try:
            while self.end not in select.select([self.listener, self.end], [], [])[0]:
                near, _ = self.listener.accept()
                with near:
                    self.serve(near)
        except Exception as e:  # told by stop()
            self.failed = e

    def serve(self, near):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as far:
            if far.connect_ex(self.behind):
                return  # the core is gone
            ask, say = near.makefile("rb"), far.makefile("rb")
            for line in ask:
                far.sendall(line)
                answer = say.readline()
                if b'"token"' in line:
                    self.requests.append(line)
                    if self.lost:
                        lost, self.lost = self.lost, None
                        lost()
                        return
                near.sendall(answer)


class Once(Case):
    def setUp(self):
        super().setUp()
        self.core = Core(self.folder, receipts=False)
        self.keep(self.core)
        for name, role in (("Bat", "officer"), ("Dorj", "officer"), ("Saran", "coordinator")):
            self.core.add_person(name, role)
        link = Link(self.core)
        link.text(TIP, GIRL)
        link.text("she is there every night", GIRL)
        link.close()
        self.code = self.core.cases()[0]["code"]

    def as_(self, who):
        conn = self.core.login(who)
        self.addCleanup(conn.close)
        return conn

    def notes(self):
        conn = self.as_("Bat")
        return [m["text"] for m in conn.ask({"op": "case.show", "code": self.code})["messages"] if m["direction"] == "note"]

    def ctl(self, path, who, *args, text=""):
        done = subprocess.run([program("hotlinectl"), "--socket", path, "--as", who, "--password-stdin"] + list(args),
            input=(PASSWORD + "\n" + text).encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=DEADLINE)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def broken(self, lost):
        proxy = Broken(self.folder, self.core.control, lost)
        self.keep(proxy)
        return proxy

    def test_a_note_through_a_kill(self):
        proxy = self.broken(self.core.restart)
        code, out, err = self.ctl(proxy.path, "Bat", "case", "note", self.code, text="rang the school")
        self.assertEqual((code, err), (0, ""), out)
        self.assertEqual(len(proxy.requests), 2)
        self.assertEqual(proxy.requests[0], proxy.requests[1])
        self.assertEqual(self.notes(), ["rang the school"])

    def test_a_core_that_is_gone_then_the_same_command_with_its_token(self):
        proxy = self.broken(self.core.kill)
        code, _, err = self.ctl(proxy.path, "Bat", "case", "note", self.code, text="rang the school")
        self.assertEqual(code, 3)
        self.assertIn("--token ", err)
        token = err.split("--token ")[1].split()[0]
        self.core.start()
        self.assertEqual(self.notes(), ["rang the school"])
        code, _, err = self.ctl(self.core.control, "Bat", "case", "note", self.code, "--token", token, text="rang the school")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(self.notes(), ["rang the school"])

    def each(self):
        """Requests that would act twice, in an order in which they all can be done: who asks, and what."""
        shown = self.as_("Bat").ask({"op": "case.show", "code": self.code})
        first = shown["messages"][0]["id"]
        yield "Bat", {"op": "case.claim", "code": self.code}
        yield "Bat", {"op": "case.note", "code": self.code, "text": "a note"}
        yield "Bat", {"op": "case.relabel", "code": self.code, "urgency": "high"}
        yield "Bat", {"op": "case.outcome", "code": self.code, "outcome": "investigation-opened"}
        yield "Bat", {"op": "case.ask", "code": self.code, "text": "which hotel is it"}
        yield "Bat", {"op": "case.unask", "code": self.code}
        yield "Bat", {"op": "release.ask", "code": self.code, "reason": "she asked to be called back"}
        yield "Saran", {"op": "release.approve", "release": 1}
        yield "Bat", {"op": "release.show", "release": 1}
        yield "Bat", {"op": "case.split", "code": self.code, "messages": [first]}

    def test_each_request_that_acts(self):
        tables = ("message", "cases", "question", "release", "outcome", "outbox", "tally")
        for n, (who, request) in enumerate(self.each()):
            with self.subTest(request["op"]):
                request["token"] = TOKEN % n
                told = self.as_(who).ask(request)
                self.assertTrue(told["ok"], told)
                before = self.counts(tables)
                again = self.as_(who).ask(request)
                self.assertTrue(again.pop("again", False), again)
                again.pop("id"), told.pop("id")
                self.assertEqual(again, told)
                self.assertEqual(self.counts(tables), before)

    def counts(self, tables):
        """Rows and highest id of each table, with the core down for the look: it alone may have the file open."""
        self.core.kill()
        db = sqlite3.connect(self.core.database)
        try:
            seen = {t: db.execute("SELECT count(*), total(rowid) FROM %s" % t if t not in ("outcome", "tally") else
                "SELECT count(*), %s FROM %s" % ("0" if t == "outcome" else "total(value)", t)).fetchone() for t in tables}
        finally:
            db.close()
        self.core.start()
        return seen

    def test_twice_in_one_turn(self):
        conn = self.as_("Bat")
        line = {"op": "case.note", "code": self.code, "text": "once", "token": TOKEN % "x"}
        conn.send(dict(line, id=1))
        conn.send(dict(line, id=2))
        deadline = time.monotonic() + DEADLINE
        answers = [conn.receive(deadline) for _ in range(2)]
        self.assertEqual([(a["ok"], a.get("again", False), a["id"]) for a in answers], [(True, False, 1), (True, True, 2)])
        self.assertEqual(self.notes(), ["once"])

    def test_whose_it_is_and_what_it_is_for(self):
        token = TOKEN % "y"
        note = {"op": "case.note", "code": self.code, "text": "mine", "token": token}
        bat, dorj = self.as_("Bat"), self.as_("Dorj")
        self.assertTrue(bat.ask(note)["ok"])
        other = dorj.ask(note)  # another person's token of the same letters is another token
        self.assertEqual((other["ok"], other.get("again")), (True, None))
        self.assertEqual(bat.ask(dict(note, text="else"))["code"], "exists")
        nobody = JsonLines(self.core.control)
        self.addCleanup(nobody.close)
        self.assertEqual(nobody.ask(note)["code"], "not authorised")
        for bad in ("short", "x" * 65, "a token with blanks in it", 12345678901234567, ""):
            self.assertEqual(bat.ask(dict(note, token=bad))["code"], "bad request", bad)
        self.assertEqual(self.notes(), ["mine", "mine"])

    def test_what_was_refused_may_be_tried_again(self):
        bat = self.as_("Bat")
        show = {"op": "release.show", "release": 1, "token": TOKEN % "z"}
        self.assertEqual(bat.ask(show)["code"], "not found")
        self.assertTrue(bat.ask({"op": "release.ask", "code": self.code, "reason": "she asked to be called back"})["ok"])
        self.assertTrue(self.as_("Saran").ask({"op": "release.approve", "release": 1})["ok"])
        self.assertEqual(bat.ask(show)["number"], GIRL)
        self.assertEqual(bat.ask(show)["number"], GIRL)  # the answer may have been lost: the same one, on record
        self.assertEqual(bat.ask(dict(show, token=TOKEN % "w"))["code"], "wrong state")
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        again = db.execute("SELECT actor, object FROM audit WHERE action = 'request.again'").fetchall()
        db.close()
        self.assertEqual(again, [("Bat", "release.show")])
        with open(self.core.database, "rb") as f:
            self.assertNotIn(GIRL[-8:].encode(), f.read())

    def test_it_is_forgotten_after_an_hour(self):
        bat = self.as_("Bat")
        note = {"op": "case.note", "code": self.code, "text": "again", "token": TOKEN % "v"}
        self.assertTrue(bat.ask(note)["ok"])
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        self.assertEqual(db.execute("UPDATE answered SET made_ms = made_ms - 3601000").rowcount, 1)
        db.commit()
        db.close()
        self.core.start()
        answer = self.as_("Bat").ask(note)
        self.assertEqual((answer["ok"], answer.get("again")), (True, None))
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        self.assertEqual(db.execute("SELECT count(*) FROM answered").fetchone()[0], 1)
        db.close()


if __name__ == "__main__":
    main()
