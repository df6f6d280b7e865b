#!/usr/bin/env python3
"""Campaigns from draft to archive through hotlinectl and the sockets: who may do what, and what is refused."""
import os
import re
import subprocess

from campaigns import Campaigns, QUIZ, TEXT, number
from core import OFFICER, PASSWORD
from harness import SRCDIR, main


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
        self.core.add_person("Oyun", "coordinator")
        self.ctl("campaign", "new", self.file(TEXT % {"name": "first", "more": ""}))
        self.assertIn("Somebody else than who made it must approve it", self.ctl("campaign", "preview", "first"))
        self.assertIn("somebody else than who made it", self.ctl("campaign", "approve", "first", code=4))
        self.assertTrue(self.core.ask("person.add", name="Puppet", role="coordinator", password=PASSWORD, **{"as": "Oyun", "as_password": PASSWORD})["ok"])
        self.ctl("campaign", "new", self.file(TEXT % {"name": "own", "more": ""}), who="Oyun")
        self.ctl("campaign", "preview", "own", who="Oyun")
        self.assertIn("nobody whom they added", self.ctl("campaign", "approve", "own", who="Puppet", code=4))
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
        self.assertIn("Is a directory", self.ctl("campaign", "new", self.folder, code=1))
        self.assertIn("more than", self.refused("#" * 40000))

    def test_a_bad_file_is_told_without_a_core(self):
        self.start()
        self.core.stop()
        text = TEXT % {"name": "Bad name", "more": 'dsitricts = [ "Bayangol" ];'}
        said = self.ctl("campaign", "new", self.file(text), code=1)
        self.assertEqual([len(re.findall(why, said)) for why in ('"Bad name" may have', 'did you mean "districts"', "refused with 2 errors")], [1, 1, 1], said)
        self.assertEqual(self.json("campaign", "new", self.file(text), code=1)["count"], 2)
        self.assertIn("is hotlined running?", self.ctl("campaign", "new", self.file(TEXT % {"name": "good", "more": ""}), code=3))
        self.core.start()
        self.ctl("campaign", "new", "-", more=TEXT % {"name": "good", "more": ""})  # the password stands before it
        self.assertIn("may have a-z", self.ctl("campaign", "new", "-", more=text, code=1))
        self.assertEqual([c["name"] for c in self.json("campaign", "list")["campaigns"]], ["good"])

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


if __name__ == "__main__":
    main()
