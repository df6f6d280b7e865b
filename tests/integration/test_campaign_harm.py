#!/usr/bin/env python3
"""Nobody is harmed by a campaign: who said STOP or has an open case is not texted, nobody twice, and whoever plans campaigns learns of nobody
that they reported something."""
import json
import re

from campaigns import Campaigns, TEXT, WORK, number
from harness import main


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
        self.link.text(WORK, from_=number(2))
        self.assertEqual(self.core.cases()[0]["kind"], "tip")
        self.ctl("campaign", "start", "first")
        self.assertEqual(self.texted(2), [number(1), number(3)])
        self.assertEqual(self.counts(), {"sent": 2, "failed": 1})
        self.assertEqual(self.json("campaign", "list")["campaigns"][0]["recipients"], {"sent": 2, "failed": 1})

    def test_a_case_that_opens_while_a_text_is_queued(self):
        self.start(people=3)
        self.run_one()
        held = self.link.hear("send")
        self.link.text(WORK, from_=held["to"])
        self.link.say("submitting", id=held["id"])
        self.link.hear("forget", lambda f: f["id"] == held["id"])
        self.link.say("released", id=held["id"])
        self.assertEqual(len(set(self.texted(2)) - {held["to"]}), 2)
        self.wait_state("finished")
        self.assertEqual((self.counts(), self.state()["spent"]), ({"sent": 2, "failed": 1}, 100))

    def test_delivery_reports_are_counted(self):
        self.start(people=2)
        self.link.state("absent")
        self.link.state("ready", imsi=self.link.imsi)  # reports are matched by the SIM
        self.make(more="reports = true;")
        self.ctl("campaign", "start", "first")
        for ref, status in ((901, 0), (902, 70)):  # TS 23.040 9.2.3.15: received; SME rejected it for good
            m = self.link.send()
            self.assertTrue(m["report"])
            self.link.say("report", ref=ref, imsi=self.link.imsi, pdu="%04X" % ref, to=m["to"], mr=m["id"] % 256, status=status)
            self.link.hear("stored", lambda s, ref=ref: s["ref"] == ref)
        self.assertEqual(self.counts(), {"delivered": 1, "undelivered": 1})
        total = self.json("campaign", "results", "first")["total"]
        self.assertEqual((total["recipients"], total["delivered"], total["undelivered"]), (2, 1, 1))

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


class Discreet(Campaigns):
    """Somebody with a login who wants to know who reported something."""

    def preview_of_one(self, n):
        self.ctl("contacts", "tag", "only-%d" % n, str(n))
        self.ctl("campaign", "new", self.file(TEXT % {"name": "c%d" % n, "more": 'groups = [ "only-%d" ];' % n}))
        seen = self.json("campaign", "preview", "c%d" % n)
        return {k: seen[k] for k in ("recipients", "parts", "cost", "left_out", "takes_s", "operators")}

    def test_a_preview_tells_of_nobody_that_they_reported(self):
        self.start(people=2)
        self.link.text(WORK, from_=number(2))
        self.assertEqual(len(self.core.cases()), 1)
        self.assertEqual(self.preview_of_one(1), self.preview_of_one(2))

    def test_counts_tell_no_more_than_that_a_text_failed(self):
        self.start(people=2)
        self.link.text(WORK, from_=number(2))
        while self.core.ask("outbox.list")["outbox"]:  # an alert, a receipt
            self.link.send()
        for n in (1, 2):
            self.preview_of_one(n)
            self.ctl("campaign", "approve", "c%d" % n)
            self.ctl("campaign", "start", "c%d" % n)
        m = self.link.hear("send")
        self.link.say("submitting", id=m["id"])
        self.link.hear("go", lambda g: g["id"] == m["id"])
        self.link.say("failed", id=m["id"], code=28, final=True, why="the recipient does not exist")
        self.wait_state("finished", "c1")
        self.wait_state("finished", "c2")

        def told(name):
            progress, results = self.json("campaign", "progress", name), self.json("campaign", "results", name)
            both = json.dumps([progress, results["total"], results["days"], results["districts"], self.json("campaign", "show", name)["campaign"],
                self.ctl("campaign", "export", name)], sort_keys=True)
            return re.sub(r'"[a-z_]+_ms": \d+|"per_hour": \d+|%s|Bayanzurkh|Nalaikh' % name, "", both)
        self.assertEqual(told("c1"), told("c2"))
        self.link.assert_silent("send")

    def test_of_few_there_is_no_campaign(self):
        self.start(people=10, campaign_least=10)
        self.preview_of_one(1)
        self.assertIn("Too few: a campaign has at least 10 recipients", self.ctl("campaign", "preview", "c1"))
        self.assertIn("c1 has 1 recipients, and a campaign at least 10", self.ctl("campaign", "approve", "c1", code=1))
        self.ctl("campaign", "test", "c1", "Duty 1")  # to try it takes nobody else
        self.run_one()
        keyword = 'questions = ( { text = { en = "Text VOTE A or VOTE B"; }; options = ( { key = "A"; }, { key = "B"; } ); } );'
        self.ctl("campaign", "new", self.file('name = "word"; kind = "keyword"; keyword = "vote"; ' + keyword))
        self.assertNotIn("Too few", self.ctl("campaign", "preview", "word"))
        self.ctl("campaign", "approve", "word")  # nobody is texted

    def test_of_few_in_a_district_it_is_not_told_who_got_it(self):
        """Nor can it be had by subtraction: where one district is hidden, another is, too."""
        self.start(campaign_least=10)
        places = ["Bayangol"] * 14 + ["Nalaikh"] * 11 + ["Bayanzurkh"] * 2
        lines = "".join("%s,%s,en\n" % (number(n + 1), place) for n, place in enumerate(places))
        self.ctl("contacts", "import", self.file("number,district,language\n" + lines), "--source", "fair", "--date", "2026-01-15")
        self.link.text(WORK, from_=number(len(places)))
        self.run_one()
        self.texted(len(places) - 1)
        self.wait_state("finished")
        results = self.json("campaign", "results", "first")
        told = {d["district"]: (d["recipients"], d.get("sent"), d.get("failed", 0)) for d in results["districts"]}
        self.assertEqual(told, {"Bayangol": (14, 14, 0), "Nalaikh": (11, None, None), "Bayanzurkh": (2, None, None)})
        self.assertEqual((results["total"]["sent"], results["total"]["failed"]), (26, 1))
        rows = [r.split(",")[:4] for r in self.ctl("campaign", "export", "first").splitlines() if ",sent," in r or ",failed," in r]
        self.assertEqual({r[1] for r in rows}, {"Bayangol"}, rows)
        self.assertRegex(self.ctl("campaign", "results", "first"), r"Bayanzurkh +2 +few")

    def test_a_test_tells_of_nobody_that_they_reported(self):
        self.start(people=2)
        self.link.text(WORK, from_=number(2))
        self.ctl("campaign", "new", self.file(TEXT % {"name": "first", "more": ""}))
        quiet = self.json("campaign", "test", "first", "--language", "en", more=number(2) + "\n")
        open_ = self.json("campaign", "test", "first", "--language", "en", more=number(1) + "\n")
        self.assertEqual((sorted(quiet), quiet["text"]), (sorted(open_), open_["text"]))
        self.assertEqual(self.texted(1), [number(1)])
        self.assertEqual([o for o in self.core.ask("outbox.list")["outbox"] if o["purpose"] == "test"], [])


if __name__ == "__main__":
    main()
