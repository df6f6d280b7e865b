#!/usr/bin/env python3
"""Every command of hotlinectl, once, on a real core: its --help, its exit code, and what it gives programs with --json."""
import json
import os
import re
import subprocess
import time

import harness
from core import PASSWORD, TEXTER, Core, Link
from harness import DEADLINE, Case, Program, SRCDIR, program

CTL = program("hotlinectl")
TIP = "a girl of 15 is locked in and made to meet men at the hotel in Bayanzurkh"
OTHER = "a boy of 12 carries bricks at the kiln in Nalaikh all day and sleeps there"
PEOPLE = (("Bat", "officer"), ("Sara", "officer"), ("Oyun", "coordinator"), ("Aud", "auditor"), ("Tuya", "outreach"))
QUIZ = '''name = "papers"; kind = "quiz"; hours = "always";
questions = ( { text = { mn = "Болох уу? Болих: {болих}"; en = "May they? {stop} to leave"; };
    options = ( { key = "A"; words = [ "yes" ]; }, { key = "B"; right = true; } ); } );
'''
TEXT = '''name = "%s"; kind = "broadcast"; hours = "always"; text = { mn = "Сайн. Болих: {болих}"; en = "Good. {stop} to leave"; };
'''
ROSTER = '''people = ( { name = "Bat"; role = "officer"; number = "+97600001001"; language = "en"; },
    { name = "Sara"; role = "officer"; number = "+97600001002"; }, { name = "Oyun"; role = "coordinator"; number = "+97600002001"; } );
rotations = ( { name = "Week"; people = [ "Bat", "Sara" ]; start = "2020-01-06"; } );
'''
LABELS = "id\tscript\ttext\tkind\texploitation\turgency\tchild\tdistrict\n1\tlatin\t%s\ttip\tsex\temergency\tyes\tBayanzurkh\n" % TIP
OBJECT, LINES, TEXT_ONLY = "one object", "an object a line", "text"


class Every(Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("keep"))
        for name, text in (("papers.conf", QUIZ), ("one.conf", TEXT % "one"), ("two.conf", TEXT % "two"), ("labels.tsv", LABELS),
                ("people.csv", "number\n+97600005001\n+97600005002\n"), ("other-roster.conf", ROSTER)):
            with open(self.path(name), "w") as f:
                f.write(text)
        self.core = Core(self.folder, autostart=False, ussd='"%s/etc/ussd.conf"' % SRCDIR, agencies='"%s/etc/agencies.conf"' % SRCDIR,
            campaign_hours='"always"', campaign_least=1, owner_labour='"ATPU"')
        with open(self.path("roster.conf"), "w") as f:
            f.write(ROSTER)
        self.core.start()
        self.keep(self.core)
        self.seen = set()

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_ctl(self, *args, stdin="", by=None):
        who = ["--as", by, "--password-stdin"] if by else ["--password-stdin"]
        done = subprocess.run([CTL, "--config", self.core.config, *who, *args], input=((PASSWORD + "\n" if by else "") + stdin).encode(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=DEADLINE, start_new_session=True)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def does(self, command, *args, by=None, stdin="", code=0, gives=OBJECT):
        """Runs it with --json; what it gave."""
        self.seen.add(command)
        got, out, err = self.run_ctl(*command.split(), *args, "--json", stdin=stdin, by=by)
        self.assertEqual(got, code, (command, args, out, err))
        if code == 0:
            self.assertEqual(err, "", command)
        if gives == TEXT_ONLY:
            return out
        try:
            lines = [json.loads(line) for line in out.splitlines()]
        except ValueError:
            self.fail("%s --json is no JSON: %r" % (command, out))
        if code and not lines:
            return None
        self.assertTrue(all(isinstance(line, dict) for line in lines), command)
        if gives == LINES:
            return lines
        self.assertEqual(len(lines), 1, (command, out))
        return lines[0]

    # ---- the day of a unit -----------------------------------------------------------------------------------------------

    def people(self):
        for name, role in PEOPLE:
            self.does("person add", name, "--role", role, stdin="%s\n%s\n" % (PASSWORD, self.core.recovery))
        self.assertEqual([(p["name"], p["role"]) for p in self.does("person list")["people"]], sorted(PEOPLE))
        self.does("person add", "X", "--role", "king", stdin="%s\n%s\n" % (PASSWORD, self.core.recovery), code=2)
        self.does("person add", "Gone", "--role", "auditor", stdin="%s\n%s\n" % (PASSWORD, self.core.recovery))
        self.does("person remove", "Gone", stdin=self.core.recovery + "\n")
        self.does("person allow", "Sara", by="Bat")

    def watching(self):
        self.seen.add("watch")
        watch = self.keep(Program([CTL, "--config", self.core.config, "watch", "--json"], self.folder, "watch"))
        self.assertEqual(json.loads(watch.line())["event"], "watching")
        return watch

    def looks(self):
        status = self.does("status")
        for name in ("received", "stored", "duplicates", "quarantined", "partial"):
            self.assertIsInstance(status["counters"][name], int, name)
        for lane in ("alert", "dialogue", "campaign"):
            for state in ("queued", "leased", "submitting", "sent", "failed", "unknown", "delivered", "undelivered"):
                self.assertIsInstance(status["outbox"][lane][state], int, (lane, state))
        for state in ("created", "handed", "delivered", "acknowledged"):
            self.assertIsInstance(status["alerts"][state], int, state)
        self.assertEqual(status["modems"]["m1"]["state"], "ready")
        for name in ("received", "sent", "failed", "resets", "sim_used", "sim_total"):
            self.assertIsInstance(status["modems"]["m1"][name], int, name)
        self.assertEqual([m["name"] for m in self.does("modems")["modems"]], ["m1"])
        self.does("modem ussd", "m9", "*100#", code=5)
        self.assertEqual(self.does("modem probe", "--root", self.path("keep"), code=5), {"ports": []})
        for command in ("queue", "case list", "alerts", "outbox", "agencies", "alert drills", "quarantine", "quarantine list",
                "ussd sessions"):
            self.does(command)
        self.does("alert drill")
        self.does("send-test", "Bat")
        self.does("send-test", "Nobody", code=5)

    def cases(self):
        code = self.does("queue", by="Bat")["cases"][0]["code"]
        self.assertEqual(self.does("case show", code, by="Bat")["messages"][0]["text"], TIP)
        self.does("case show", code, by="Tuya", code=4)
        self.does("case show", "1111111", code=1)
        self.does("case claim", code, by="Bat")
        self.does("case start", code, by="Bat")
        self.does("case relabel", code, "--urgency", "high", by="Bat")
        self.does("case refer", code, "FCYDA", by="Bat")
        self.does("case refer", code, "NOBODY", by="Bat", code=5)
        self.does("case outcome", code, "investigation-opened", by="Bat")
        self.does("case note", code, by="Bat", stdin="the hotel is known\n")
        self.does("case ask", code, "--question", "age", by="Bat")
        self.does("case answers", code, by="Bat")
        self.does("case contact", code, by="Bat")
        self.does("case hold", code, "on", by="Oyun")
        self.does("case hold", code, "on", by="Bat", code=4)
        self.does("case close", code, "resolved", by="Bat")
        self.does("case close", code, "no-such-reason", by="Bat", code=1)
        self.does("case reopen", code, by="Bat")
        self.does("case release", code, "--reason", "an ambulance must find somebody", by="Bat")
        first = self.does("release list", by="Oyun")["releases"][0]["id"]
        self.does("release approve", str(first), by="Oyun")
        self.assertEqual(self.does("release show", str(first), by="Bat")["number"], TEXTER)
        self.does("release show", str(first), by="Bat", code=1)
        self.does("case release", code, "--reason", "an ambulance must find somebody again", by="Bat")
        second = self.does("release list", by="Oyun")["releases"][0]["id"]
        self.does("release refuse", str(second), by="Oyun")
        self.link.text(OTHER, from_="+97600009002")
        self.link.text("once more " + OTHER, from_="+97600009002")
        other = [c["code"] for c in self.does("queue")["cases"] if c["code"] != code and c["kind"] == "tip"][0]
        self.does("case merge", other, code, by="Bat")
        last = self.does("case show", code, by="Bat")["messages"][-1]["id"]
        self.does("case split", code, str(last), by="Bat")
        self.does("tallies", by="Bat")

    def duty(self):
        self.does("roster show")
        self.does("roster who")
        self.does("roster who", "--at", "yesterday", code=1)
        made = self.does("roster override add", "Sara", "--to", "2036-12-25 08:00", by="Bat")
        self.does("roster override list")
        self.does("roster override remove", str(made["override"]), by="Bat")
        self.does("roster reload", by="Oyun")
        self.does("roster import", self.path("other-roster.conf"), by="Oyun")
        self.does("roster import", "--file", by="Oyun")
        self.does("roster export", "--days", "2", gives=OBJECT)

    def outreach(self):
        def by_tuya(command, *args, **more):
            return self.does(command, *args, by="Tuya", **more)
        by_tuya("contacts import", self.path("people.csv"), "--source", "school 12", "--date", "2026-11-20", "--group", "all")
        someone = by_tuya("contacts list")["contacts"][0]["id"]
        by_tuya("contacts show", str(someone))
        by_tuya("contacts groups")
        by_tuya("contacts tag", "drivers", str(someone))
        by_tuya("contacts export", gives=TEXT_ONLY)
        for name in ("papers", "one", "two"):
            by_tuya("campaign new", self.path(name + ".conf"))
            by_tuya("campaign preview", name)
        by_tuya("campaign new", self.path("keep"), code=1)
        by_tuya("campaign list")
        by_tuya("campaign show", "papers")
        by_tuya("campaign show", "none", code=5)
        by_tuya("campaign test", "one", "Bat")
        by_tuya("campaign approve", "one")
        by_tuya("campaign withdraw", "one")
        by_tuya("campaign preview", "one")
        by_tuya("campaign approve", "one")
        by_tuya("campaign schedule", "one", time.strftime("%Y-%m-%d %H:%M", time.localtime(time.time() + 7 * 86400)))
        by_tuya("campaign cancel", "one")
        by_tuya("campaign archive", "one")
        by_tuya("campaign approve", "papers")
        by_tuya("campaign start", "papers")
        by_tuya("campaign pause", "papers")
        by_tuya("campaign resume", "papers")
        by_tuya("campaign progress", "papers")
        by_tuya("campaign results", "papers")
        by_tuya("campaign answers", "papers")
        by_tuya("campaign sort", "papers", "999", "A", code=5)
        by_tuya("campaign unknown", "papers")
        by_tuya("campaign export", "papers", gives=TEXT_ONLY)
        by_tuya("campaign activities", "2026-01-01", "2037-01-01")
        by_tuya("contacts optout", str(someone))
        by_tuya("case show", "1111111", code=4)

    def texts(self):
        self.does("rules check")
        self.does("rules explain", TIP)
        self.does("rules score", self.path("labels.tsv"))
        self.does("rules classify", stdin=TIP + "\n" + OTHER + "\n", gives=LINES)
        self.does("rules features", stdin=TIP + "\n", gives=TEXT_ONLY)
        self.does("rules reload", by="Oyun")
        self.does("ussd check")
        self.does("ussd play", stdin="3\n0\n", gives=TEXT_ONLY)
        self.does("ussd reload", by="Oyun")

    def keeping(self):
        self.does("audit", by="Aud")
        self.does("audit", by="Tuya", code=4)
        self.assertTrue(self.does("audit verify")["good"])
        self.does("retention preview", by="Oyun")
        self.does("retention run")
        backup = self.path("keep/hotline.backup")
        self.does("backup", backup)
        self.does("backup", backup, code=1)
        self.does("init", code=73, gives=TEXT_ONLY)
        self.core.stop()
        self.does("status", code=3)
        os.rename(self.core.database, self.path("keep/old.db"))
        self.does("restore", backup, stdin=self.core.recovery + "\n", gives=TEXT_ONLY)

    def test_every_command(self):
        listed = self.run_ctl("--help")[1]
        commands = re.findall(r"(?m)^  ([a-z][a-z-]*(?: [a-z]+)*)(?= )", listed.split("Options of every command")[0])
        self.assertGreater(len(commands), 80)
        for command in commands:
            code, out, err = self.run_ctl(*command.split(), "--help")
            self.assertEqual((code, err, out.split("\n")[0][:18 + len(command)]), (0, "", "usage: hotlinectl " + command))
        self.people()
        watch = self.watching()
        self.link = self.keep(Link(self.core))
        self.link.text(TIP)
        events = set()
        while not {"modem", "case", "alert"} <= events:
            events.add(json.loads(watch.line())["event"])
        self.looks()
        self.cases()
        self.duty()
        self.outreach()
        self.texts()
        watch.stop()
        self.keeping()
        self.assertEqual(sorted(set(commands) - self.seen), [], "commands of which nothing here asks anything")


if __name__ == "__main__":
    harness.main()
