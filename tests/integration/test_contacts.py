#!/usr/bin/env python3
"""People who agreed to campaigns: lists that are taken whole or not at all, joining and leaving by text, and what an outreach team may see."""
import json
import os
import re
import sqlite3
import subprocess
import time

from core import Core, Link, PASSWORD, TEXTER
from harness import Case, DEADLINE, JsonLines, SRCDIR, main, program

OTHER = "+97600009002"
TIP = "a girl of 14 is made to work at the car wash in Bayanzurkh"
HEAD = "number,district,groups,language\n"
CONSENT = ("--source", "school 12, form", "--date", "2026-01-15")
CANCELLED = 8


def numbers(count, first=1):
    return ["+976 0000 %04d" % n for n in range(first, first + count)]


class Contacts(Case):
    def start(self, **settings):
        self.core = Core(self.folder, **dict({"keep_consent_days": 0}, **settings))
        self.keep(self.core)
        self.core.add_person("Tuya", "outreach")
        self.link = Link(self.core)
        self.stack.callback(self.link.close)

    def login(self, name="Tuya"):
        conn = self.core.login(name)
        self.addCleanup(conn.close)
        return conn

    def file(self, content, name="list.csv"):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(content if isinstance(content, bytes) else content.encode())
        return path

    def ctl(self, *args, who="Tuya"):
        """Exit code, standard output, standard error."""
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--as", who, "--password-stdin"] + list(args),
            input=PASSWORD + "\n", stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def take(self, content, *args):
        """Imports what is given; the answer, which must be that it is done."""
        code, out, err = self.ctl("contacts", "import", self.file(content), "--json", *(args or CONSENT))
        self.assertEqual(code, 0, out + err)
        return json.loads(out)

    def refuse(self, content, *args):
        """Likewise of what is refused: all that it says."""
        code, out, err = self.ctl("contacts", "import", self.file(content), *(args or CONSENT))
        self.assertEqual(code, 1, out + err)
        self.assertEqual(self.listed(), [])
        return out + err

    def listed(self, *args):
        code, out, err = self.ctl("contacts", "list", "--json", *args)
        self.assertEqual(code, 0, err)
        return json.loads(out)["contacts"]

    def drain(self, to=TEXTER):
        """Sends all that waits; what was sent to this number."""
        sent = []
        while [o for o in self.core.ask("outbox.list")["outbox"]]:
            m = self.link.send()
            sent.append((m["to"], m["text"]))
        return [text for number, text in sent if number == to]

    def restart(self):
        self.link.close()
        self.core.restart()
        self.link = Link(self.core)
        self.link.pdu = 1000  # not those of before once more
        self.stack.callback(self.link.close)

    def rows(self, sql, *args):
        db = sqlite3.connect(self.core.database)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()


class Import(Contacts):
    def test_a_list_is_taken(self):
        self.start()
        text = HEAD + "".join("%s,%s,a;b,en\n" % (n, d) for n, d in zip(numbers(4), ("Bayangol", "БЗД", "Сүхбаатар дүүрэг", "")))
        done = self.take(text + "00976-0000-0001,Nalaikh,c,\n")
        self.assertEqual((done["added"], done["changed"], done["doubled"], done["bad"], done["charset"]), (4, 0, 1, 0, "UTF-8"))
        found = self.listed()
        self.assertEqual([c["district"] for c in found], ["Nalaikh", "Bayanzurkh", "Sukhbaatar", ""])
        self.assertEqual([c["language"] for c in found], ["en"] * 4)
        self.assertEqual(found[0]["groups"], "a, b, c")
        self.assertEqual({c["state"] for c in found}, {"ok"})
        self.assertEqual(len(self.listed("--district", "БЗД")), 1)
        self.assertEqual(len(self.listed("--group", "a")), 4)
        self.assertEqual(len(self.listed("--district", "?")), 1)
        again = self.take(text, "--source", "fair", "--date", "2026-02-01", "--group", "fair")
        self.assertEqual((again["added"], again["changed"]), (0, 4))
        self.assertEqual(self.listed()[1]["source"], "fair")
        older = self.take(text, "--source", "old", "--date", "2025-02-01")
        self.assertEqual((older["changed"], self.listed()[1]["source"]), (4, "fair"))

    def test_no_number_is_shown(self):
        self.start()
        self.take(HEAD + "+976 0000 1234,,,\n")
        for args in (("list",), ("show", "1"), ("export",), ("list", "--json"), ("groups",)):
            code, out, err = self.ctl("contacts", *args)
            self.assertEqual((code, err), (0, ""))
            self.assertNotIn("1234", out)
        self.assertEqual(self.listed()[0]["number"], "+976******34")
        self.core.stop()
        with open(self.core.database, "rb") as f:
            self.assertNotIn(b"00001234", f.read())
        self.assertNotIn("00001234", self.core.program.error_text())

    def test_bad_lines_are_named_and_nothing_is_taken(self):
        self.start()
        text = HEAD + "0000 0001,,,\n9.76E+10,,,\n0000 0003,Paris,,\n\"0000 0004\",\"a\nb\",,\n0000 0005,,,,too,many\n0000 0006,,,\n"
        said = self.refuse(text)
        for line, why in ((3, "spreadsheet"), (4, "no such district"), (5, "no such district"), (7, "more columns")):
            self.assertRegex(said, r"list.csv:%d: .*%s" % (line, why))
        self.assertIn("4 of 6 lines have errors, so nothing was imported", said)
        self.assertNotIn("9.76E+10 ", said)
        done = self.take(text, "--skip-bad", *CONSENT)
        self.assertEqual((done["added"], done["bad"], len(done["errors"])), (2, 4, 4))

    def test_without_consent_nothing_is_taken(self):
        self.start(keep_consent_days=365)
        text = HEAD + "0000 0001,,,\n"
        self.assertIn("no consent", self.refuse(text, "--skip-bad"))
        self.assertIn("no consent", self.refuse(text, "--source", "school"))
        self.assertIn("a day to come", self.refuse(text, "--source", "school", "--date", "2999-01-01"))
        self.assertIn("too old", self.refuse(text, "--source", "school", "--date", "2020-01-01"))
        said = self.refuse("number,consent_source,consent_date\n0000 0001,school,\n0000 0002,,2999-01-01\n", "--language", "mn")
        self.assertIn("list.csv:2: no consent", said)

    def test_letters_and_separators(self):
        self.start()
        text = "Утасны дугаар;Дүүрэг\r\n\"0000 0001\";Баянгол\r\n"
        for content, charset in ((text.encode(), "UTF-8"), (b"\xef\xbb\xbf" + text.encode(), "UTF-8"), (text.encode("utf-16"), "UTF-16"),
                (text.encode("utf-16-be"), "UTF-16"), (text.replace("ү", "ї").encode("cp1251"), "Windows-1251")):
            with self.subTest(charset=charset):
                self.assertEqual(self.take(content)["charset"], charset)
                self.assertEqual([c["district"] for c in self.listed()], ["Bayangol"])

    def test_a_bad_file_is_told_without_a_core(self):
        self.start()
        self.core.stop()
        for content, why, code in (("name,age\nx,1\n", "one of them must be: number", 1), (HEAD + "0000 0001,\"x,,\n", "list.csv:2: .*never closed", 1),
                (HEAD + "0000 0001,,,,,too many\n", "is hotlined running(.|\n)*list.csv:2: more columns", 3), (HEAD + "0000 0001,,,\n", "is hotlined running", 3)):
            found, out, err = self.ctl("contacts", "import", self.file(content), *CONSENT)
            self.assertEqual(found, code, err)
            self.assertRegex(err, why)
        self.core.start()
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--as", "Tuya", "--password-stdin", "--json", "contacts", "import", "-"]
            + list(CONSENT), input=PASSWORD + "\n" + HEAD + "0000 0001,,,\n", stdout=subprocess.PIPE, universal_newlines=True, check=True)
        self.assertEqual(json.loads(done.stdout)["added"], 1)

    def test_progress_is_shown(self):
        """A line for each tenth; on a terminal one line that changes; for programs nothing."""
        self.start()
        path = self.file(HEAD + "".join("%s,,,\n" % n for n in numbers(5000)))
        code, out, err = self.ctl("contacts", "import", path, *CONSENT)
        self.assertEqual(code, 0, err)
        for what in ("read", "taken in"):
            shown = [int(n) for n in re.findall(r"(?m)^%s: (\d+) %%$" % what, err)]
            self.assertGreater(len(shown), 1 if what == "read" else 0, err)
            self.assertEqual((shown, shown[-1]), (sorted(set(shown)), 100))
        self.assertLess(err.index("read: 100 %"), err.index("taken in"))
        self.assertEqual(re.sub(r"(read|taken in): \d+ %\n", "", err), "")
        shown = self.on_terminal("contacts", "import", path, *CONSENT)
        self.assertRegex(shown, r"\rread: +\d+ %")
        self.assertRegex(shown, r"\rtaken in: 100 %\r?\n")
        self.assertEqual(self.ctl("contacts", "import", path, "--json", *CONSENT)[2], "")

    def on_terminal(self, *args):
        """What is shown where standard error is a terminal."""
        ours, theirs = os.openpty()
        with os.fdopen(ours, "rb", 0) as terminal:
            process = subprocess.Popen([program("hotlinectl"), "--socket", self.core.control, "--as", "Tuya", "--password-stdin"] + list(args),
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs)
            os.close(theirs)
            with process:
                process.stdin.write(PASSWORD.encode() + b"\n")
                process.stdin.close()
                shown = b""
                try:
                    while True:
                        shown += terminal.read(4096)
                except OSError:
                    pass  # the last that has it open is gone
            self.assertEqual(process.returncode, 0, shown)
        return shown.decode()

    def test_files_that_are_no_list(self):
        self.start()
        for content, why in ((b"", "is empty"), (b"PK\x03\x04abc", "spreadsheet"), (b"\xff\x00\x00", "CSV UTF-8"), ("name,age\nx,1\n", "one of them must be: number"),
                (HEAD + "0000 0001,\"x,,\n0000 0002,,,\n", "never closed"), (HEAD, "no line"), ("number,phone\n1,2\n", "same name"),
                ("number\n" + "x" * 500 + "\n", "longer"), ("number\n\"" + "x" * 3000000 + "\"\n", "longer"),
                ("number" + "," * 1000000 + "\n0000 0001\n", "more columns"), ("number\n0000 0001" + "," * 1000000 + "\n", "more columns"),
                (b"number,district\n0000 0001\x009,\n", "is no text"), ("number\n" + '"' * 1000001, "never closed")):
            self.assertIn(why, self.refuse(content))

    # ---- half an import ----------------------------------------------------------------------------------------------------

    def begin(self, conn, count):
        answer = conn.ask({"op": "contacts.import.begin", "source": "school", "date": "2026-01-15"})
        self.assertTrue(answer["ok"], answer)
        lines = [[i + 2, number, "Bayangol", "", "", "g", "", ""] for i, number in enumerate(numbers(count))]
        for at in range(0, count, 400):
            told = conn.ask({"op": "contacts.import.lines", "import": answer["import"], "lines": lines[at:at + 400]})
            self.assertEqual((told["ok"], told.get("bad")), (True, 0), told)
        return answer["import"]

    def test_killed_while_it_comes_in(self):
        self.start()
        conn = self.login()
        which = self.begin(conn, 1000)
        self.restart()
        conn = self.login()
        self.assertEqual(conn.ask({"op": "contacts.import.commit", "import": which})["code"], "not found")
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.take(HEAD + "0000 0001,,,\n")["added"], 1)
        self.core.stop()
        self.assertEqual(self.rows("SELECT count(*) FROM subscriber_staged"), [(0,)])

    def test_killed_once_it_is_decided(self):
        self.start()
        conn = self.login()
        which = self.begin(conn, 4000)
        made = conn.ask({"op": "campaign.new", "file": "f", "text": 'name = "c"; kind = "broadcast"; text = { en = "{stop}"; };'})
        self.assertTrue(made.get("taken"), made)
        both = ({"op": "contacts.import.commit", "import": which}, {"op": "campaign.preview", "name": "c"})
        conn.sock.sendall("".join(json.dumps(request) + "\n" for request in both).encode())  # at once: nothing is applied between
        self.assertTrue(conn.receive(time.monotonic() + DEADLINE)["ok"])
        self.assertEqual(conn.receive(time.monotonic() + DEADLINE)["code"], "busy", "no plan of half a list")
        self.restart()
        conn = self.login()
        told = {"state": "applying"}
        while told["state"] == "applying":
            told = conn.ask({"op": "contacts.import.wait", "import": which})
        self.assertEqual((told["state"], told["added"], told["doubled"], told["changed"]), ("done", 4000, 0, 0))
        self.assertEqual(conn.ask({"op": "contacts.groups"})["groups"], [{"id": 1, "name": "g", "members": 4000}])

    def test_one_at_a_time(self):
        self.start()
        self.core.add_person("Saraa", "outreach")
        mine, theirs = self.login(), self.login("Saraa")
        which = self.begin(mine, 10)
        self.assertEqual(theirs.ask({"op": "contacts.import.begin", "source": "s", "date": "2026-01-15"})["code"], "busy")
        self.assertTrue(mine.ask({"op": "contacts.import.drop", "import": which})["ok"])
        self.assertEqual(mine.ask({"op": "contacts.import.lines", "import": which, "lines": []})["ok"], True)
        self.assertEqual(mine.ask({"op": "contacts.import.commit", "import": which})["code"], "not found")
        self.begin(theirs, 10)
        self.assertEqual(self.listed(), [])


class Words(Contacts):
    def state(self):
        found = self.listed()
        return [(c["state"], c["district"], c["language"], c["number"]) for c in found]

    def test_join_and_leave_by_text(self):
        self.start(discreet=False)
        self.link.text("JOIN Bayangol")
        self.assertEqual(self.state(), [("ok", "Bayangol", "mn", "+976******01")])
        self.assertEqual(self.listed()[0]["source"], "text message")
        self.assertRegex(" ".join(self.drain()), "^Burtgelee")
        self.link.text("STOP")
        self.assertEqual(self.state(), [("opted out", "Bayangol", "mn", "")])
        self.assertRegex(" ".join(self.drain()), "^Khaslaa")
        self.link.text("Зогс")
        self.assertEqual(self.drain(), [], "confirmed once")
        self.link.text("start")
        self.assertEqual(self.state(), [("ok", "Bayangol", "en", "+976******01")])
        self.assertIn("You are on the list", "".join(self.drain()))

    def test_only_the_exact_word(self):
        self.start()
        self.link.text("burtguuleh bzd")
        for text in ("please stop", "STOP 12345", "he will not stop, come to Bayangol", "stop it now please", "надад битгий мессеж явуулаарай"):
            self.link.text(text)
            self.assertEqual(self.state()[0][:2], ("ok", "Bayanzurkh"), text)

    def test_stop_survives_an_import(self):
        self.start()
        self.take(HEAD + "%s,,,\n%s,,,\n" % (TEXTER, OTHER))
        self.link.text("хас")
        done = self.take(HEAD + "%s,,,\n%s,,,\n" % (TEXTER, OTHER), "--source", "fair", "--date", "2026-03-01")
        self.assertEqual((done["added"], done["changed"], done["stopped"]), (0, 1, 1))
        self.assertEqual([s[0] for s in self.state()], ["opted out", "ok"])
        self.restart()
        self.assertEqual([s[0] for s in self.state()], ["opted out", "ok"])
        self.core.stop()
        alias, message = self.rows("SELECT alias, message_id FROM optout")[0]
        self.assertEqual(len(alias), 32)
        self.assertEqual(self.rows("SELECT kind FROM message WHERE id = ?", message), [(2,)])  # the text that asked for it
        self.assertEqual(self.rows("SELECT length(number) FROM subscriber WHERE alias = ?", alias), [(0,)])

    def test_the_language_of_the_list_answers(self):
        """STOP and START say nothing of the language, Cyrillic letters do; and joining again does not change what the list said."""
        self.start(discreet=False)
        self.take(HEAD + "%s,,,en\n%s,,,mn\n" % (TEXTER, OTHER))
        for text, heard in (("STOP", "You will get no more"), ("START", "You are on the list"), ("zogs", "You will get no more"), ("Эхлэх", "Бүртгэлээ"),
                ("STOP", "Khaslaa")):
            self.link.text(text)
            self.assertTrue(" ".join(self.drain()).startswith(heard), text)
            if text == "START":
                self.assertEqual(self.state()[0][2], "en")
        for text, heard in (("ЗОГС", "Хаслаа"), ("JOIN", "Бүртгэлээ"), ("stop", "Khaslaa")):
            self.link.text(text, OTHER)
            self.assertTrue(" ".join(self.drain(OTHER)).startswith(heard), text)
        self.assertEqual([s[2] for s in self.state()], ["mn", "mn"])

    def test_earlier_texts_are_not_betrayed(self):
        """Who has the phone in hand and texts STOP hears the same, whether its owner has written in English before or not."""
        self.start(discreet=False)
        self.link.text("a child works at night at the market, please look")
        self.drain()
        self.link.text("STOP")
        self.assertTrue(" ".join(self.drain()).startswith("Khaslaa"))
        self.link.text("STOP", OTHER)
        self.assertTrue(" ".join(self.drain(OTHER)).startswith("Khaslaa"))

    def test_a_number_that_never_joined_stops(self):
        self.start(discreet=False)
        self.link.text("STOP")
        self.assertRegex(" ".join(self.drain()), "^Khaslaa")
        self.assertEqual(self.take(HEAD + "%s,,,\n" % TEXTER)["stopped"], 1)

    def test_a_report_never_brings_anybody_back(self):
        self.start()
        self.link.text("JOIN")
        self.link.text("STOP")
        for text in (TIP, "A", "thank you", "yes start now, she is in Bayangol", "join us here at the hotel, he says to a girl of 14"):
            self.link.text(text)
            self.assertEqual(self.state()[0][0], "opted out", text)
        self.assertEqual(self.core.cases()[0]["kind"], "tip")

    def test_a_report_does_not_end_a_stop_of_somebody_unknown(self):
        self.start()
        self.link.text("STOP")  # of whom no list knows
        self.link.text(TIP)
        self.assertEqual(self.core.cases()[0]["kind"], "tip")
        self.assertEqual(self.take(HEAD + "%s,,,\n" % TEXTER)["stopped"], 1)

    def test_what_is_queued_is_taken_back(self):
        self.start()
        self.link.state("searching")  # nothing leaves
        self.link.text("JOIN")
        queued = self.core.ask("outbox.list")["outbox"]
        self.assertEqual([o["state"] for o in queued], ["queued"])
        self.link.close()
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        db.execute("UPDATE outbox SET lane = 2")  # as if a campaign had queued it
        db.commit()
        db.close()
        self.core.start()
        self.link = Link(self.core, state=None)
        self.stack.callback(self.link.close)
        self.link.pdu = 1000
        self.link.text("STOP")
        self.core.stop()
        self.assertEqual(self.rows("SELECT state, body FROM outbox WHERE lane = 2"), [(CANCELLED, None)])

    def test_officers_leave_for_a_texter(self):
        self.start()
        self.core.add_person("Bat", "officer")
        self.link.text("JOIN Bayangol")
        self.link.text("please do not write to me any more")
        code = self.core.cases()[0]["code"]
        officer, outreach = self.login("Bat"), self.login()
        self.assertEqual(outreach.ask({"op": "contacts.optout", "code": code})["code"], "not found")
        self.assertEqual(officer.ask({"op": "contacts.optout", "code": code})["already"], False)
        self.assertEqual(self.state()[0][0], "opted out")
        self.assertEqual(outreach.ask({"op": "contacts.optout", "contact": 1})["already"], True)

    def test_the_roster_stays(self):
        self.start()
        self.link.text("STOP", "+97600001001")
        self.link.text("JOIN", "+97600001001")
        self.assertEqual(self.listed(), [])


class Roles(Contacts):
    MAY = {"login", "logout"}

    def ops(self):
        with open(os.path.join(SRCDIR, "src", "core", "ops", "ops.c"), encoding="utf-8") as f:
            return re.findall(r'^\t\{ "([a-z.]+)"', f.read(), re.M)

    def test_outreach_sees_campaigns_and_no_case(self):
        self.start()
        self.link.text(TIP)
        code = self.core.cases()[0]["code"]
        ops = self.ops()
        self.assertIn("case.show", ops)
        for op in ops:
            conn = self.login()
            answer = conn.ask({"op": op, "code": code, "all": True})
            if op in self.MAY or op.startswith("contacts.") or op.startswith("campaign."):
                self.assertNotEqual(answer.get("error", ""), "%s is not for people of your role" % op)
            else:
                self.assertEqual((op, answer["ok"], answer["code"]), (op, False, "not authorised"))
            self.assertNotIn(code, json.dumps({k: v for k, v in answer.items() if k != "error"}))
            conn.close()

    def test_others_do_not_see_contacts(self):
        self.start()
        self.core.add_person("Bat", "officer")
        self.core.add_person("Oyun", "auditor")
        nobody = JsonLines(self.core.control)
        self.addCleanup(nobody.close)
        for conn in (nobody, self.login("Bat"), self.login("Oyun")):
            for op in ("contacts.list", "contacts.show", "contacts.groups", "contacts.tag", "contacts.export", "contacts.import.begin"):
                self.assertEqual(conn.ask({"op": op})["code"], "not authorised")

    def test_of_nobody_is_it_told_that_they_reported(self):
        self.start()
        self.take(HEAD + "%s,,,\n%s,,,\n" % (TEXTER, OTHER))
        before = self.listed()
        self.link.text(TIP)
        self.assertEqual(self.listed(), before)

    def test_a_rare_group_is_found_page_after_page(self):
        """A request looks at some of the ids, so that nobody waits for one; whoever asks goes on, and misses nobody."""
        self.start()
        people = 9000
        lines = ["%s,%s,%s,\n" % (n, "Nalaikh" if i % 3000 == 7 else "Bayangol", "rare" if i in (0, 4500, people - 1) else "all")
            for i, n in enumerate(numbers(people))]
        self.take(HEAD + "".join(lines))
        tuya, pages, found, after = self.login(), 0, [], 0
        while True:
            answer = tuya.ask({"op": "contacts.list", "group": "rare", "after": after})
            found += answer["contacts"]
            pages += 1
            if not answer.get("more"):
                break
            self.assertGreater(answer["after"], after)
            after = answer["after"]
        self.assertEqual(([c["id"] for c in found], pages > 2), ([1, 4501, people], True))
        self.assertEqual([c["id"] for c in self.listed("--group", "rare")], [1, 4501, people])
        self.assertEqual([c["id"] for c in self.listed("--group", "all", "--district", "Nalaikh")], [8, 3008, 6008])
        self.assertEqual(self.listed("--group", "rare", "--language", "en"), [])
        code, out, _ = self.ctl("contacts", "export", "--group", "rare")
        self.assertEqual((code, [line.split(",")[0] for line in out.splitlines()[1:]]), (0, ["1", "4501", str(people)]))
        code, out, _ = self.ctl("contacts", "tag", "few", "--group", "rare", "--json")
        self.assertEqual((code, json.loads(out)["changed"], len(self.listed("--group", "few"))), (0, 3, 3))
        code, out, _ = self.ctl("contacts", "list", "--group", "rare")
        self.assertEqual((code, len(out.splitlines())), (0, 4))

    def test_groups_are_made_and_left(self):
        self.start()
        self.take(HEAD + "".join("%s,%s,,\n" % (n, d) for n, d in zip(numbers(3), ("Bayangol", "Nalaikh", "Bayangol"))))
        self.assertEqual(self.ctl("contacts", "tag", "quiz 1", "2", "3")[:2], (0, "2 contacts.\n"))
        self.assertEqual(self.ctl("contacts", "tag", "quiz 1", "--district", "Bayangol")[:2], (0, "2 contacts.\n"))
        self.assertEqual(self.ctl("contacts", "tag", "quiz 1", "2", "--remove")[:2], (0, "1 contacts.\n"))
        self.assertEqual([c["id"] for c in self.listed("--group", "quiz 1")], [1, 3])
        self.assertIn("no such group", self.ctl("contacts", "list", "--group", "quiz 2")[2])

    def test_groups_are_bounded(self):
        self.start()
        self.assertIn("looks like a number", self.ctl("contacts", "tag", "0000 1234", "1")[2])
        lines = ["number,groups"] + ["%s,g%d" % (n, i) for i, n in enumerate(numbers(501))]
        self.assertIn("csv:502: too many groups", self.refuse("\n".join(lines) + "\n"))
        self.take("\n".join(lines[:501]) + "\n")
        self.assertEqual(len(json.loads(self.ctl("contacts", "groups", "--json")[1])["groups"]), 500)
        self.take("number,groups\n%s,g1\n" % numbers(1)[0])  # one that is there
        code, out, err = self.ctl("contacts", "import", self.file("number,groups\n%s,new\n" % numbers(1)[0]), *CONSENT)
        self.assertEqual((code, "csv:2: too many groups" in err), (1, True), err)

    def test_an_export_has_no_number_and_runs_nothing(self):
        self.start()
        self.take("number,groups\n0000 1234,=1+1\n", "--source", "@school", "--date", "2026-01-15")
        code, out, err = self.ctl("contacts", "export")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out.splitlines()[1], "1,ok,,mn,cyrl,\"'=1+1\",\"'@school\",2026-01-15")

    def test_what_is_on_record(self):
        self.start()
        self.core.add_person("Oyun", "auditor")
        self.take(HEAD + "0000 0001,,,\n")
        conn = self.login()
        for request in ({"op": "contacts.tag", "group": "g", "contacts": [1]}, {"op": "contacts.optout", "contact": 1}, {"op": "contacts.export"}):
            self.assertTrue(conn.ask(request)["ok"])
        done = [(e["actor"], e["action"], e["object"]) for e in self.login("Oyun").ask({"op": "audit.list"})["audit"]]
        for entry in (("Tuya", "contacts.import", "import 1"), ("Tuya", "contacts.tag", "g"), ("Tuya", "contacts.optout", "contact 1"),
                ("Tuya", "contacts.export", "")):
            self.assertIn(entry, done)


if __name__ == "__main__":
    main()
