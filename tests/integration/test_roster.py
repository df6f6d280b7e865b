#!/usr/bin/env python3
"""The roster at run time: hand-overs, overrides, another file under a running core, imports, gaps, calendars; hotlinectl and phones."""
import glob
import os
import re
import sqlite3
import subprocess
import time

from core import PASSWORD, Core, Link
from harness import DEADLINE, SRCDIR, Case, JsonLines, ack_in, main, program
from system import COORDINATOR, OFFICER, SECOND, SystemCase

A, B, T, OP, TEXTER = "+97600001001", "+97600001002", "+97600002001", "+97600003001", "+97600009001"
TIP = "a girl of 14 is made to work at the hotel in Bayanzurkh"
PERSON = '{ name = "%s"; role = "%s"; number = "%s"; language = "en"; %s }'
PEOPLE = "people = (\n" + ",\n".join(PERSON % p for p in (("Ann", "officer", A, ""), ("Бат, Б", "officer", B, ""),
    ("Tuul", "coordinator", T, ""), ("Op", "operator", OP, ""), ("Ind", "officer", "+97600001009", 'unit = "IND";'))) + " );\n"
WEEKLY = 'rotations = ( { name = "first"; people = ["Ann"]; shift = "weekly"; start = "2020-01-06"; } );\n'
DAILY = 'rotations = ( { name = "first"; people = ["Ann", "Бат, Б"]; shift = "daily"; start = "2020-01-06"; } );\n'
LATER = "2099-01-01"


def unfold(text):
    """The content lines of an iCalendar, as (name, value)."""
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75, line
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    return [tuple(line.split(":", 1)) for line in lines]


class Roster(Case):
    def start(self, roster=PEOPLE + WEEKLY, link=True, **settings):
        self.core = Core(self.folder, autostart=False, **dict({"modem_down_s": 1, "loop_s": 0}, **settings))
        self.write(roster)
        self.keep(self.core)
        self.core.start()
        self.core.add_person("Ann", "officer")
        self.core.add_person("Tuul", "coordinator")
        if link:
            self.link = Link(self.core)
            self.stack.callback(self.link.close)

    def write(self, text):
        """As an editor that replaces the file."""
        path = os.path.join(self.folder, "roster.conf")
        with open(path + ".new", "w") as f:
            f.write(text)
        os.rename(path + ".new", path)

    def ctl(self, *args, as_=None):
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control] + list(args) +
            (["--as", as_, "--password-stdin"] if as_ else []), input=PASSWORD.encode() + b"\n", stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=DEADLINE)
        return done.returncode, done.stdout.decode()

    def good(self, *args, **kwargs):
        code, text = self.ctl(*args, **kwargs)
        self.assertEqual(code, 0, text)
        return text

    def sent_to(self, *numbers, words=""):
        """Sends what the core gives until something of it is for one of these."""
        while True:
            m = self.link.send()
            if m["to"] in numbers and words in m["text"]:
                return m

    def on_duty(self, unit="ATPU"):
        return next(u["people"] for u in self.core.ask("roster.who")["units"] if u["unit"] == unit)

    def until(self, wanted):
        """Until the core satisfies, looked at again with each of its events."""
        deadline = time.monotonic() + DEADLINE
        watch = JsonLines(self.core.control)
        try:
            watch.send({"op": "watch"})
            watch.receive(deadline, "the watch")
            while not wanted():
                watch.receive(deadline, "what is wanted")
        finally:
            watch.close()

    def warnings(self, words):
        return [w for w in self.core.ask("status")["warnings"] if words in w]

    def audit(self):
        conn = self.core.login("Tuul")
        try:
            return [(e["actor"], e["action"]) for e in conn.ask({"op": "audit.list"})["audit"]]
        finally:
            conn.close()

    # ---- overrides -----------------------------------------------------------------------------------------------------

    def test_an_override_moves_the_next_alert(self):
        self.start()
        self.link.text(TIP)
        self.assertEqual(self.sent_to(A, B)["to"], A)
        self.assertIn("ATPU: Ann", self.good("roster", "who"))
        self.good("roster", "override", "add", "Бат, Б", "--to", LATER, as_="Ann")
        self.assertIn("ATPU: Бат, Б", self.good("roster", "who"))
        self.link.text("a boy of 12 begs at the market all night", "+97600009002")
        self.assertEqual(self.sent_to(A, B)["to"], B)
        listed = self.good("roster", "override", "list")
        self.assertIn("2099-01-01 00:00", listed)
        number = re.search(r"(?m)^ *(\d+) ", listed).group(1)
        self.core.restart()
        self.assertEqual(self.on_duty(), ["Бат, Б"])
        self.assertEqual(self.ctl("roster", "override", "remove", "99", as_="Ann")[0], 5)
        self.good("roster", "override", "remove", number, as_="Tuul")
        self.assertEqual(self.on_duty(), ["Ann"])
        self.assertTrue({("Ann", "roster.override.add"), ("Tuul", "roster.override.remove")} <= set(self.audit()))

    def test_a_swap_by_text(self):
        """Asked, killed, confirmed by the colleague's code and by nothing else."""
        self.start()
        self.link.text("swap Бат, Б tomorrow", A)
        asked = self.sent_to(B, words="Ann asks you")["text"]
        code = re.search(r"OK (\d{6})", asked).group(1)
        self.core.kill()
        self.core.start()
        self.link = Link(self.core)
        self.stack.callback(self.link.close)
        self.link.pdu = 100  # others than before
        self.link.text("ok " + code, A)  # whoever asked cannot confirm
        self.sent_to(A, words="no code of an open alert")
        self.assertEqual(self.core.ask("roster.show")["overrides"], [])
        swap, = self.core.ask("roster.show")["swaps"]
        self.assertEqual([swap[k] for k in ("asker", "taker", "unit", "rotation")], ["Ann", "Бат, Б", "ATPU", "first"])
        shown = self.good("roster", "show")
        self.assertRegex(shown, r"SWAP ASKED BY.*ANSWER UNTIL\n *Ann +Бат, Б +ATPU +first +\d{4}-")
        self.assertNotIn(code, shown)
        self.link.text("ok " + code, B)
        self.sent_to(A, words="took your shift")
        override, = self.core.ask("roster.show")["overrides"]
        self.assertEqual(override["people"], ["Бат, Б"])
        self.assertEqual(self.core.ask("roster.show")["swaps"], [])
        self.assertNotIn("SWAP", self.good("roster", "show"))
        self.assertTrue({("Ann", "swap.ask"), ("Бат, Б", "swap.take")} <= set(self.audit()))

    def test_overrides_that_are_refused(self):
        self.start(link=False)
        for words, says in ((("Nobody such", "--to", LATER), "nobody of the roster"), (("Tuul", "--to", LATER), "not of ATPU"),
                (("Ann",), "until when"), (("--to", LATER), "who?"), (("Ann", "--to", "2001-01-01"), "end after"),
                (("Ann", "--from", "2001-01-01", "--to", "2001-02-01"), "over already"), (("Ann", "--to", "tomorrow"), "date and time"),
                (("Ind", "--to", LATER, "--unit", "IND"), "no rotation"), (("Ann", "--to", LATER, "--rotation", "x"), "no rotation of")):
            code, text = self.ctl("roster", "override", "add", *words, as_="Ann")
            self.assertNotEqual(code, 0, words)
            self.assertIn(says, text)
        self.assertEqual(self.ctl("roster", "override", "add", "Ann", "--to", LATER)[0], 2)  # nobody asks
        self.assertEqual(self.core.ask("roster.show")["overrides"], [])

    def test_the_independent_unit_is_its_own(self):
        self.start(PEOPLE + 'rotations = ( { name = "i"; unit = "IND"; people = ["Ind"]; start = "2020-01-06"; } );', link=False)
        for who in ("Ann", "Tuul"):
            code, text = self.ctl("roster", "override", "add", "--nobody", "--to", LATER, "--unit", "IND", as_=who)
            self.assertEqual(code, 4, text)
        self.assertEqual(self.on_duty("IND"), ["Ind"])

    def test_an_override_of_somebody_who_left(self):
        self.start(PEOPLE + WEEKLY, link=False)
        self.good("roster", "override", "add", "Бат, Б", "--to", LATER, as_="Ann")
        self.write(PEOPLE.replace("Бат, Б", "Dorj") + WEEKLY)
        self.good("roster", "reload")
        self.assertEqual(self.on_duty(), ["Ann"])  # dropped, which is not the same as nobody
        self.assertEqual(len(self.warnings("override remove")), 1)
        self.write(PEOPLE + WEEKLY)
        self.good("roster", "reload")
        self.assertEqual((self.on_duty(), self.warnings("override remove")), (["Бат, Б"], []))

    # ---- another file ---------------------------------------------------------------------------------------------------

    def test_a_bad_file_is_refused_whole(self):
        self.start(link=False)
        self.write(PEOPLE + 'rotations = ( {\n name = "first"; people = ["Bta"]; start = "2020-01-06"; } );\n')
        self.until(lambda: self.warnings("nobody of this roster is named"))
        self.assertRegex(self.warnings("old one stays")[0], r"/roster.conf:\d+: ")  # by itself
        code, text = self.ctl("roster", "reload")
        self.assertEqual(code, 1)
        self.assertRegex(text, r'roster.conf:\d+: people: nobody of this roster is named "Bta"')
        self.assertEqual(self.on_duty(), ["Ann"])
        self.write(PEOPLE.replace('"%s"' % A, '"102"') + WEEKLY)
        self.assertIn("is a short one", self.ctl("roster", "reload")[1])
        self.write(PEOPLE + WEEKLY.replace("Ann", "Бат, Б"))
        self.until(lambda: self.on_duty() == ["Бат, Б"])  # by itself
        self.assertEqual(self.warnings("refused"), [])
        self.assertTrue({("core", "roster.reload"), ("operator", "roster.reload.failed")} <= set(self.audit()))

    def test_an_open_alert_goes_on_with_another_roster(self):
        self.start("people = ( " + PERSON % ("Ann", "officer", A, "") + " );", escalate_high_s=1, escalate_normal_s=1, escalate_emergency_s=1)
        self.link.text(TIP)
        code = re.findall(r"\b\d{7}\b", self.sent_to(A)["text"])[0]
        self.write(PEOPLE.replace(A, "+97600001077") + WEEKLY.replace("Ann", "Бат, Б"))
        self.good("roster", "reload")
        alert = self.sent_to(B)["text"]
        self.assertIn(code, alert)
        self.link.text("ACK " + ack_in(alert), B)
        self.assertEqual(self.core.cases()[0]["owner"], "Бат, Б")

    def test_the_log_says_that_another_roster_has_nobody_to_ring(self):
        self.start(link=False)
        self.assertNotIn("nobody_on_duty", self.core.program.error_text())
        self.write("people = ( " + PERSON % ("Tuul", "coordinator", T, "") + " );\n")
        self.good("roster", "reload")
        self.assertRegex(self.core.program.error_text(), r"nobody_on_duty coordinators=1 mend=")

    def test_import(self):
        self.start(link=False)
        path = os.path.join(self.folder, "other.conf")
        secret = "+97600004242"
        with open(path, "w") as f:
            f.write(PEOPLE.replace(A, secret) + WEEKLY.replace("Ann", "Бат, Б"))
        self.assertEqual(self.ctl("roster", "import", path, as_="Ann")[0], 4)
        bad = self.ctl("roster", "import", os.path.join(self.core.folder, "hotlined.conf"), as_="Tuul")
        self.assertEqual((bad[0], self.on_duty()), (1, ["Ann"]), bad)
        self.good("roster", "import", path, as_="Tuul")
        self.assertEqual(self.on_duty(), ["Бат, Б"])
        self.write(PEOPLE + WEEKLY)
        self.good("roster", "reload")
        self.core.restart()
        self.assertEqual(self.on_duty(), ["Бат, Б"])
        self.assertIn("Imported by Tuul", self.good("roster", "show"))
        self.assertNotIn("0000", self.good("--json", "roster", "show"))
        for name in glob.glob(os.path.join(self.folder, "hotlined.db*")) + glob.glob(os.path.join(self.folder, "*.err")):
            with open(name, "rb") as f:
                self.assertNotIn(secret[1:].encode(), f.read())
        self.good("roster", "import", "--file", as_="Tuul")
        self.assertEqual(self.on_duty(), ["Ann"])
        self.core.restart()
        self.assertEqual(self.core.ask("roster.show")["source"], "file")
        self.assertIn(("Tuul", "roster.import"), self.audit())

    def test_who_is_rung_no_more_after_an_import_hears_of_it(self):
        """Whoever imports could else be rung in somebody's place without anybody noticing."""
        self.start()
        coordinator = self.core.login("Tuul")
        self.stack.callback(coordinator.close)
        answer = coordinator.ask({"op": "roster.import", "text": PEOPLE.replace(A, "+97600004242")})
        self.assertTrue(answer["taken"], answer)
        told = self.link.send()
        self.assertEqual(told["to"], A)
        self.assertIn("no longer in the roster", told["text"])
        self.assertEqual(len(self.core.ask("outbox.list", all=True)["outbox"]), 1)  # and nobody else

    def test_the_examples_of_the_file_are_right(self):
        with open(os.path.join(SRCDIR, "etc", "roster.conf")) as f:
            text = re.sub(r"(?m)^//(?=\t| (?:rotations|overrides|holidays) = | \);)", "", f.read())
        self.start(text, link=False)
        shown = self.core.ask("roster.show")
        self.assertEqual([len(shown[k]) for k in ("people", "rotations")], [5, 3])

    # ---- gaps, shifts ---------------------------------------------------------------------------------------------------

    def test_gaps_and_double_cover(self):
        self.start(PEOPLE + 'rotations = ( { name = "a"; people = ["Ann"]; start = "2020-01-06"; from = "08:00"; to = "20:00"; },'
            ' { name = "b"; people = ["Бат, Б"]; start = "2020-01-06"; from = "16:00"; to = "18:00"; } );')
        shown = self.core.ask("roster.show")
        self.assertIn(len(shown["gaps"]), (30, 31))
        self.assertIn(len(shown["double"]), (30, 31))
        self.assertEqual({g["from"][11:] for g in shown["gaps"][1:]}, {"20:00"})
        self.assertEqual({(d["from"][11:], d["to"][11:]) for d in shown["double"][1:-1]}, {("16:00", "18:00")})
        status = self.core.ask("status")
        self.assertEqual((status["roster"]["gaps"], status["roster"]["double"]), (len(shown["gaps"]), len(shown["double"])))
        self.assertEqual(len(self.warnings("nobody of ATPU is on duty from")), 1)
        told = {}
        while set(told) != {OP, T}:  # a day before, or at once where it has begun
            m = self.link.send()
            told.setdefault(m["to"], m["text"])
        for text in told.values():
            self.assertRegex(text, r"^Nobody is on duty from \d\d-\d\d \d\d:\d\d\.")

    def test_whose_shift_begins_is_told(self):
        self.start(shift_start=True, owner_labour='"ATPU"')
        self.link.text(TIP)
        self.sent_to(A)
        self.write(PEOPLE + DAILY)  # taken by the look at the file, which is that at the shifts: those of the start are known then
        self.until(lambda: len(self.core.ask("roster.show")["rotations"][0]["people"]) == 2)
        self.write(PEOPLE + WEEKLY)
        self.until(lambda: self.on_duty() == ["Ann"])
        self.good("roster", "override", "add", "Бат, Б", "--to", LATER, as_="Ann")
        self.assertEqual(self.sent_to(B)["text"], "Your shift has started. Cases waiting: 1.")  # nobody has claimed it

    def test_stop_does_not_switch_an_officer_off(self):
        self.start()
        self.link.text("STOP", A)
        self.link.text("STOP", "+97600009009")
        self.link.text(TIP)
        self.assertIn("Reply OK", self.sent_to(A, words="Case")["text"])
        self.core.stop()
        db = sqlite3.connect(self.core.database)
        try:
            self.assertEqual(db.execute("SELECT count(*) FROM optout").fetchone()[0], 1)  # the stranger's
        finally:
            db.close()

    # ---- calendars ------------------------------------------------------------------------------------------------------

    def test_calendar_is_read_back(self):
        self.start(PEOPLE + DAILY, link=False, time_zone='"Asia/Ulaanbaatar"')
        raw = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "roster", "export", "--ical", "--days", "60"],
            stdout=subprocess.PIPE, timeout=DEADLINE, check=True).stdout.decode()
        lines = unfold(raw)
        self.assertEqual(lines[:2], [("BEGIN", "VCALENDAR"), ("VERSION", "2.0")])
        self.assertEqual(lines[-1], ("END", "VCALENDAR"))
        events, event = [], None
        for name, value in lines:
            if (name, value) == ("BEGIN", "VEVENT"):
                event = {}
            elif (name, value) == ("END", "VEVENT"):
                events.append(event)
            elif event is not None:
                event[name] = value
        self.assertIn(len(events), (61, 62))
        self.assertEqual(len({e["UID"] for e in events}), len(events))
        for e, f in zip(events, events[1:]):
            self.assertEqual(e["DTEND"], f["DTSTART"])
            self.assertEqual(f["DTSTART"][8:], "T000000Z")  # 08:00 in Ulaanbaatar
            self.assertEqual({e["SUMMARY"], f["SUMMARY"]}, {"ATPU first: Ann", "ATPU first: Бат\\, Б"})
        self.assertNotIn("0000100", raw)
        again = [v for n, v in unfold(subprocess.run([program("hotlinectl"), "--socket", self.core.control, "roster", "export", "--ical",
            "--days", "60"], stdout=subprocess.PIPE, timeout=DEADLINE, check=True).stdout.decode()) if n == "UID"]
        self.assertEqual(again, [e["UID"] for e in events])
        self.assertEqual(len(self.good("roster", "export").splitlines()), 31)


class Phones(SystemCase):
    def test_a_hand_over_moves_the_next_alert(self):
        system = self.start_system(1, start=False)
        path = os.path.join(self.folder, "roster.conf")
        with open(path) as f:
            people = f.read()

        def duty(name):
            with open(path, "w") as f:
                f.write(people + 'rotations = ( { name = "d"; people = ["%s"]; start = "2020-01-06"; } );\n' % name)
        duty("officer two")
        system.start()
        system.sim.do("sms", modem=0, from_="+97600009001", text=TIP)
        first = system.phones.code(SECOND)
        self.assertNotIn(OFFICER, system.phones.texts)
        self.assertEqual(system.phones.code(COORDINATOR), first)
        duty("officer one")
        self.assertEqual(system.ctl("roster", "reload")[0], 0)
        system.sim.do("sms", modem=0, from_="+97600009002", text="a boy of 12 begs at the market all night")
        second = system.phones.code(OFFICER)
        self.assertNotEqual(first, second)
        self.assertEqual(system.phones.texts[SECOND], [])


if __name__ == "__main__":
    main()
