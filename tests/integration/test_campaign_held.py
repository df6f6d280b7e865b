#!/usr/bin/env python3
"""What holds a campaign up: a person, an emergency, its budget, an empty SIM, errors, the hour; and how it goes on."""
import os
import subprocess

from campaigns import Campaigns, TEXT, TIP
from core import Link
from harness import main


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
        self.assertTrue(held["yields"])
        self.link.text(TIP, from_="+97600009001")
        case = self.core.cases()[0]
        self.assertEqual(case["urgency"], "emergency")
        self.assertEqual(self.state()["state"], "paused: emergency")
        self.link.say("submitting", id=held["id"])
        self.link.hear("forget", lambda f: f["id"] == held["id"])
        self.link.say("released", id=held["id"])
        while self.waiting_but_campaigns():  # alerts and a receipt; no campaign between
            urgent = self.link.send()
            self.assertNotIn("Child protection", urgent["text"])
            self.assertNotIn("yields", urgent)
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


if __name__ == "__main__":
    main()
