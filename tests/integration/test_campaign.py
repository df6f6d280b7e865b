#!/usr/bin/env python3
"""Campaigns from draft to archive through hotlinectl and the sockets: who may do what, what is refused, what holds one up, and that nobody
who said STOP, or has an open case, is texted."""
import json
import os
import re
import subprocess

from core import Core, Link, OFFICER, PASSWORD
from harness import Case, JsonLines, SRCDIR, main, program

TIP = "a girl of 14 is beaten and locked in at the car wash in Bayanzurkh now, help"
OPERATORS = '( { name = "A"; networks = "42899"; prefixes = "0000"; part_cost = 50; currency = "MNT"; } )'
QUIZ = '''name = "%(name)s"; kind = "quiz"; hours = "always"; %(more)s
text = { mn = "Сорил ({дүүрэг}). Болих: {болих}"; en = "A quiz in {district}. {stop} to leave"; };
questions = ( { text = { mn = "Болох уу?"; en = "May they?"; };
	options = ( { key = "A"; words = [ "yes", "тийм" ]; }, { key = "B"; right = true; } ); } );
'''
TEXT = '''name = "%(name)s"; kind = "broadcast"; hours = "always"; %(more)s
text = { mn = "Хүүхэд хамгаалал. Болих: {болих}"; en = "Child protection. {stop} to leave"; };
'''


def number(n):
    return "+9760000%04d" % n


class Campaigns(Case):
    def start(self, people=0, modems=1, **settings):
        self.core = Core(self.folder, modems=modems, **dict({"campaign_hours": '"always"', "operators": OPERATORS}, **settings))
        self.keep(self.core)
        for name in ("Tuya", "Saraa"):
            self.core.add_person(name, "outreach")
        self.links = [Link(self.core, "m%d" % (i + 1)) for i in range(modems)]
        self.link = self.links[0]
        for link in self.links:
            self.stack.callback(link.close)
        if people:
            self.agree(people)

    def ctl(self, *args, who="Tuya", code=0, more=""):
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--as", who, "--password-stdin"] + list(args),
            input=PASSWORD + "\n" + more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, check=False)
        self.assertEqual(done.returncode, code, done.stdout)
        return done.stdout

    def json(self, *args, **fields):
        return json.loads(self.ctl(*args, "--json", **fields))

    def file(self, text, name="file"):
        path = os.path.join(self.folder, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def agree(self, people, first=1, group="g"):
        lines = "".join("%s,%s,%s,en\n" % (number(n), ("Bayangol", "Bayanzurkh", "Nalaikh")[n % 3], group) for n in range(first, first + people))
        self.ctl("contacts", "import", self.file("number,district,groups,language\n" + lines), "--source", "fair", "--date", "2026-01-15")

    def make(self, name="first", template=TEXT, more=""):
        self.ctl("campaign", "new", self.file(template % {"name": name, "more": more}))
        self.ctl("campaign", "preview", name)
        self.ctl("campaign", "approve", name)
        return name

    def run_one(self, name="first", **fields):
        self.make(name, **fields)
        self.ctl("campaign", "start", name)
        return name

    def texted(self, count, words="Child protection"):
        """Sends all that comes until so many were texts of the campaign; to whom they went."""
        to = []
        while len(to) < count:
            m = self.link.send()
            if words in m["text"]:
                to.append(m["to"])
        return sorted(to)

    def state(self, name="first"):
        return self.json("campaign", "progress", name)["campaign"]

    def wait_state(self, state, name="first"):
        """Until it is so; each change is an event."""
        watch = JsonLines(self.core.control)
        try:
            self.assertTrue(watch.ask({"op": "watch"})["ok"])
            while self.state(name)["state"] != state:
                watch.wait_event(lambda e: e.get("event") == "campaign" and e["name"] == name)
        finally:
            watch.close()

    def counts(self, name="first"):
        return self.state(name)["recipients"]

    def refused(self, text, *args):
        """All that is said of a file that is no campaign."""
        said = self.ctl("campaign", "new", self.file(text), *args, code=1)
        self.assertEqual(self.json("campaign", "list")["campaigns"], [])
        return said


class Life(Campaigns):
    def test_draft_to_archive(self):
        self.start(people=5)
        self.assertIn("first is a draft", self.ctl("campaign", "new", self.file(QUIZ % {"name": "first", "more": ""})))
        self.assertIn("nobody has seen yet", self.ctl("campaign", "approve", "first", code=1))
        seen = self.json("campaign", "preview", "first")
        self.assertEqual((seen["recipients"], seen["parts"], seen["cost"], seen["two_people"]), (5, 5, 250, False))
        self.assertEqual(seen["operators"], [{"operator": "A", "recipients": 5, "parts": 5, "cost": 250}])
        self.assertEqual({d["district"]: d["recipients"] for d in seen["districts"]}, {"Bayangol": 1, "Bayanzurkh": 2, "Nalaikh": 2})
        self.assertGreater(seen["takes_s"], 0)
        first = [t for t in seen["texts"] if t["what"] == "first"]
        self.assertEqual([(t["language"], t["coding"], t["parts"]) for t in first], [("mn", "UCS-2", 1), ("en", "GSM-7", 1)])
        self.assertIn("U+0421", first[0]["forced_by"])
        self.assertEqual(first[1]["forced_by"], "")
        self.ctl("campaign", "approve", "first")
        self.assertIn("first is draft", self.ctl("campaign", "withdraw", "first"))
        self.assertIn("nobody has seen yet", self.ctl("campaign", "approve", "first", code=1))
        self.ctl("campaign", "preview", "first")
        self.ctl("campaign", "approve", "first")
        self.ctl("campaign", "start", "first")
        sent = {self.link.send()["to"] for _ in range(5)}
        self.assertEqual(sent, {number(n) for n in range(1, 6)})
        self.assertEqual((self.state()["state"], self.counts(), self.state()["spent"]), ("finished", {"sent": 5}, 250))
        self.link.assert_silent("send")
        self.ctl("campaign", "archive", "first")
        self.assertEqual(self.json("campaign", "list")["campaigns"], [])
        self.assertEqual(self.json("campaign", "list", "--all")["campaigns"][0]["state"], "archived")
        self.assertIn("nothing changes it any more", self.ctl("campaign", "start", "first", code=1))
        self.assertIn("A quiz in", self.ctl("campaign", "show", "first"))

    def test_texts_are_filled_for_each(self):
        self.start(people=3)
        self.run_one(template=QUIZ)
        texts = {m["to"]: m["text"] for m in (self.link.send() for _ in range(3))}
        self.assertEqual(texts, {number(1): "A quiz in BZD. STOP to leave", number(2): "A quiz in ND. STOP to leave",
            number(3): "A quiz in BGD. STOP to leave"})

    def test_two_people_above_a_size(self):
        self.start(people=4, campaign_two_above=3)
        self.ctl("campaign", "new", self.file(TEXT % {"name": "first", "more": ""}))
        self.assertIn("Somebody else than who made it must approve it", self.ctl("campaign", "preview", "first"))
        self.assertIn("somebody else than who made it", self.ctl("campaign", "approve", "first", code=4))
        self.ctl("campaign", "approve", "first", who="Saraa")
        self.assertEqual((self.state()["made_by"], self.state()["approved_by"]), ("Tuya", "Saraa"))

    def test_a_schedule(self):
        self.start(people=1)
        self.make()
        for at, why in (("2020-01-01 10:00", "has passed"), ("2999-01-01", "more than a year ahead"), ("soon", "must be a date and time")):
            self.assertIn(why, self.ctl("campaign", "schedule", "first", at, code=1))
        now = self.core.ask("roster.who")
        self.assertTrue(now["ok"])
        soon = self.state()["made_ms"] // 1000 + 86400
        at = subprocess.run(["date", "-d", "@%d" % soon, "+%Y-%m-%d %H:%M"], env=dict(os.environ, TZ="<+08>-8"), stdout=subprocess.PIPE,
            universal_newlines=True, check=True).stdout.strip()
        self.ctl("campaign", "schedule", "first", at)
        self.assertEqual(self.state()["start_ms"] // 60000, soon // 60)
        self.link.assert_silent("send")
        self.core.restart()
        self.assertEqual(self.state()["state"], "scheduled")
        self.ctl("campaign", "start", "first")
        self.assertEqual(self.state()["state"], "running")

    def test_a_test_to_oneself(self):
        self.start(people=1)
        self.ctl("campaign", "new", self.file(QUIZ % {"name": "first", "more": ""}))
        self.ctl("campaign", "test", "first", "Duty 1", "--language", "en", "--district", "Bayangol")
        m = self.link.send()
        self.assertEqual((m["to"], m["text"]), (OFFICER, "A quiz in BGD. STOP to leave"))
        self.ctl("campaign", "test", "first", more=number(1) + "\n")
        self.assertEqual(self.link.send()["to"], number(1))
        self.assertIn("has not agreed", self.ctl("campaign", "test", "first", more=number(7) + "\n", code=4))
        self.assertIn("name of the roster", self.ctl("campaign", "test", "first", "Nobody", code=5))
        self.assertEqual(self.counts(), {})

    def test_who_may(self):
        self.start(people=1)
        self.core.add_person("Bat", "officer")
        self.core.add_person("Oyun", "auditor")
        self.make()
        for who in ("Bat", "Oyun"):
            for command in (("list",), ("preview", "first"), ("start", "first"), ("progress", "first")):
                self.assertIn("not for people of your role", self.ctl("campaign", *command, who=who, code=4))
        conn = self.core.login("Tuya")
        self.addCleanup(conn.close)
        for op in ("case.list", "alert.list", "outbox.list", "quarantine.list", "watch", "audit.list"):
            self.assertEqual(conn.ask({"op": op})["code"], "not authorised", op)

    def test_all_is_on_record(self):
        self.start(people=2)
        self.core.add_person("Oyun", "auditor")
        self.make()
        self.ctl("campaign", "withdraw", "first")
        self.ctl("campaign", "preview", "first")
        self.ctl("campaign", "test", "first", "Duty 1")
        self.ctl("campaign", "approve", "first")
        self.ctl("campaign", "schedule", "first", subprocess.run(["date", "-d", "tomorrow", "+%Y-%m-%d"], stdout=subprocess.PIPE,
            universal_newlines=True, check=True).stdout.strip() + " 23:59")
        for what in ("start", "pause", "resume", "cancel", "archive"):
            self.ctl("campaign", what, "first")
        conn = self.core.login("Oyun")
        self.addCleanup(conn.close)
        entries = [(e["actor"], e["action"], e["object"]) for e in conn.ask({"op": "audit.list"})["audit"]]
        for op in ("campaign.new", "campaign.approve", "campaign.withdraw", "campaign.test", "campaign.schedule", "campaign.start",
                "campaign.pause", "campaign.resume", "campaign.cancel", "campaign.archive"):
            self.assertIn(("Tuya", op, "first"), entries)


    def test_the_example_of_the_documentation(self):
        self.start()
        self.agree(3, group="teachers")
        with open(os.path.join(SRCDIR, "docs", "campaigns.md")) as f:
            example = re.search(r'(?s)\n( +name = "papers-1";.*?\n +\);)\n', f.read()).group(1)
        self.ctl("campaign", "new", self.file(example))
        seen = self.json("campaign", "preview", "papers-1")
        self.assertEqual((seen["recipients"], seen["campaign"]["kind"], {t["parts"] for t in seen["texts"]}), (2, "quiz", {1}))


class Refused(Campaigns):
    def test_files(self):
        self.start(people=1)
        text = TEXT % {"name": "first", "more": "%s"}
        for bad, why in (
                ('groups = [ "none" ];', 'groups: there is no "none"'),
                ('districts = [ "Paris" ];', 'districts: there is no "Paris"'),
                ('expires_h = 0;', "expires_h is 0 but must be between"),
                ('dsitricts = [ "Bayangol" ];', 'did you mean "districts"')):
            self.assertIn(why, self.refused(text % bad))
        self.assertIn("unknown placeholder {naem}", self.refused(text.replace("{stop}", "{stop} {naem}") % ""))
        self.assertIn("does not say how to leave", self.refused(text.replace("{stop}", "x") % ""))
        quiz = QUIZ % {"name": "first", "more": ""}
        self.assertIn("no right answer", self.refused(quiz.replace("right = true;", "")))
        self.assertIn('"STOP" means STOP or START', self.refused(quiz.replace('"yes"', '"STOP"')))
        self.assertIn('"ЗОГС" means STOP or START', self.refused(quiz.replace('key = "A"', 'key = "ЗОГС"')))
        self.assertIn("is empty", self.refused(""))
        self.assertIn("more than", self.refused("#" * 40000))

    def test_a_name_twice(self):
        self.start(people=1)
        self.make()
        text = self.file(TEXT % {"name": "first", "more": ""})
        self.assertIn("choose another name", self.ctl("campaign", "new", text, code=1))
        self.assertIn("only a draft", self.ctl("campaign", "new", text, "--replace", code=1))
        self.ctl("campaign", "withdraw", "first")
        self.ctl("campaign", "new", self.file(QUIZ % {"name": "first", "more": ""}), "--replace")
        self.assertEqual(self.json("campaign", "show", "first")["campaign"]["kind"], "quiz")
        self.assertIn("there is no campaign", self.ctl("campaign", "show", "second", code=5))

    def test_nobody_may_get_it(self):
        self.start(people=2)
        for n in (1, 2):
            self.link.text("STOP", from_=number(n))
        self.ctl("campaign", "new", self.file(TEXT % {"name": "first", "more": ""}))
        seen = self.json("campaign", "preview", "first")
        self.assertEqual((seen["recipients"], seen["left_out"]), (0, [{"reason": "opted out", "people": 2}]))
        self.assertIn("nobody may get first", self.ctl("campaign", "approve", "first", code=5))


class Held(Campaigns):
    def test_by_a_person(self):
        self.start(people=6)
        self.run_one()
        self.link.send()
        self.ctl("campaign", "pause", "first")
        self.assertEqual(self.state()["state"], "paused")
        m = self.link.hear("send")  # it had this one already
        self.link.say("submitting", id=m["id"])
        self.link.hear("forget", lambda f: f["id"] == m["id"])
        self.link.say("released", id=m["id"])
        self.link.assert_silent("send")
        self.core.restart()
        self.links[0] = self.link = Link(self.core)
        self.stack.callback(self.link.close)
        self.link.assert_silent("send")
        self.ctl("campaign", "resume", "first")
        self.assertEqual(len({self.link.send()["to"] for _ in range(5)}), 5)
        self.assertEqual((self.state()["state"], self.counts()), ("finished", {"sent": 6}))

    def test_by_an_emergency(self):
        self.start(people=6, owner_labour='"ATPU"')
        self.core.add_person("Bat", "officer")
        self.run_one()
        self.link.send()
        held = self.link.hear("send")  # given before the emergency
        self.link.text(TIP, from_="+97600009001")
        case = self.core.cases()[0]
        self.assertEqual(case["urgency"], "emergency")
        self.assertEqual(self.state()["state"], "paused: emergency")
        self.link.say("submitting", id=held["id"])
        self.link.hear("forget", lambda f: f["id"] == held["id"])
        self.link.say("released", id=held["id"])
        while self.waiting_but_campaigns():  # alerts and a receipt; no campaign between
            self.assertNotIn("Child protection", self.link.send()["text"])
        conn = self.core.login("Bat")
        self.addCleanup(conn.close)
        self.assertTrue(conn.ask({"op": "case.claim", "code": case["code"]})["ok"])
        self.assertEqual(self.state()["state"], "running")
        self.assertEqual(len(set(self.texted(5))), 5)

    def waiting_but_campaigns(self):
        return [o for o in self.core.ask("outbox.list")["outbox"] if o["lane"] != "campaign"]

    def test_by_its_budget(self):
        self.start(people=5)
        self.run_one(more="budget = 120;")
        for _ in range(2):
            self.link.send()
        self.assertEqual((self.state()["state"], self.state()["spent"]), ("paused: budget", 100))
        self.link.assert_silent("send")
        self.assertIn("higher budget", self.ctl("campaign", "resume", "first", "--budget", "100", code=1))
        self.ctl("campaign", "resume", "first", "--budget", "0")
        for _ in range(3):
            self.link.send()
        self.assertEqual(self.state()["state"], "finished")

    def test_by_an_empty_sim(self):
        self.start(people=4, operators='( { name = "A"; networks = "42899"; balance_code = "*100#"; balance_pattern = "([0-9]+)"; '
            'currency = "MNT"; balance_low = 500; balance_floor = 500; balance_every_s = 1; } )')
        self.link.state("absent")
        self.link.state("ready", imsi=self.link.imsi)

        def says(amount):
            asked = self.link.hear("ussd_dial")
            self.link.say("ussd", id=asked["id"], state="done", text="%d MNT" % amount, dcs=15)
        says(100)
        self.run_one()
        self.wait_state("paused: balance")
        self.link.assert_silent("send")
        says(9000)
        self.assertEqual(len(set(self.texted(4))), 4)

    def test_by_errors(self):
        self.start(people=40)
        self.run_one()
        for _ in range(20):
            m = self.link.hear("send")
            self.link.say("submitting", id=m["id"])
            self.link.hear("go", lambda g, m=m: g["id"] == m["id"])
            self.link.say("failed", id=m["id"], code=28, final=True, why="the recipient does not exist")
        self.assertEqual(self.state()["state"], "paused: errors")
        self.assertEqual(self.counts()["failed"], 20)
        self.assertTrue([w for w in self.core.ask("status")["warnings"] if "campaign first is paused: errors" in w])
        self.assertEqual(self.state()["spent"], self.counts().get("queued", 0) * 50)  # what did not go out costs nothing
        self.ctl("campaign", "resume", "first")
        self.assertEqual(self.state()["state"], "running")

    def test_by_the_hour(self):
        self.start(people=3)
        minute = int(subprocess.run(["date", "+%H"], env=dict(os.environ, TZ="<+08>-8"), stdout=subprocess.PIPE, universal_newlines=True,
            check=True).stdout) * 60
        later = "%02d:00-%02d:00" % ((minute // 60 + 3) % 24, (minute // 60 + 4) % 24)
        self.run_one(more="", template=TEXT.replace('"always"', '"%s"' % later))
        self.assertEqual(self.state()["state"], "paused: quiet hours")
        self.link.assert_silent("send")
        self.ctl("campaign", "cancel", "first")
        self.assertEqual(self.state()["state"], "cancelled")


class Harm(Campaigns):
    def test_stop_ends_what_is_queued(self):
        self.start(people=10)
        self.run_one()
        held = self.link.hear("send")
        others = [n for n in range(1, 11) if number(n) != held["to"]]
        self.link.text("STOP", from_=held["to"])
        for n in others[:4]:
            self.link.text("ЗОГС", from_=number(n))
        self.link.say("submitting", id=held["id"])
        self.link.hear("forget", lambda f: f["id"] == held["id"])
        self.link.say("released", id=held["id"])
        self.assertEqual(self.texted(5), [number(n) for n in others[4:]])
        self.wait_state("finished")
        self.assertEqual(self.counts(), {"sent": 5, "skipped": 5})
        for again in ("second", "third"):
            self.run_one(again)
            self.assertEqual(self.texted(5), [number(n) for n in others[4:]])
            self.assertEqual(self.counts(again), {"sent": 5})

    def test_an_open_case_suspends(self):
        self.start(people=3)
        self.make()
        self.link.text("i think children work at the brick kiln instead of school", from_=number(2))
        self.assertEqual(self.core.cases()[0]["kind"], "tip")
        self.ctl("campaign", "start", "first")
        self.assertEqual(self.texted(2), [number(1), number(3)])
        self.assertEqual(self.counts(), {"sent": 2, "skipped": 1})
        self.assertEqual(self.json("campaign", "list")["campaigns"][0]["recipients"], {"sent": 2, "skipped": 1})

    def test_a_lost_answer_is_listed_and_never_repeated(self):
        self.start(people=3)
        self.run_one()
        m = self.link.hear("send")
        self.link.say("submitting", id=m["id"])
        self.link.hear("go", lambda g: g["id"] == m["id"])
        self.link.say("unknown", id=m["id"], why="no answer")
        self.assertEqual({self.link.send()["to"] for _ in range(2)} | {m["to"]}, {number(n) for n in (1, 2, 3)})
        self.link.assert_silent("send")
        self.core.restart()
        unknown = self.json("campaign", "unknown", "first")["recipients"]
        self.assertEqual(len(unknown), 1)
        self.assertEqual((unknown[0]["modem"], unknown[0]["why"]), ("m1", "no answer"))
        self.assertNotIn(m["to"][-8:], json.dumps(unknown))
        self.assertEqual(self.counts(), {"sent": 2, "unknown": 1})

    def test_no_number_and_no_text_in_logs(self):
        self.start(people=3)
        self.run_one()
        for _ in range(3):
            self.link.send()
        self.assertIsNone(re.search(r"0000000[1-3]|Child protection", self.core.program.error_text()))


if __name__ == "__main__":
    main()
