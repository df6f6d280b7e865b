#!/usr/bin/env python3
"""Channels in the order of a policy's step: the next one at once where one fails or is lost, then the next person; what was read."""
import time

import test_notify_core
from core import COORDINATOR, Link, OFFICER
from harness import DEADLINE, Case, JsonLines, main

ALERTS = """policies = ( { name = "all"; steps = (
  { ring = "duty"; channels = "%s"; wait_s = 3600; }, { ring = "coordinators"; channels = "mail, sms"; wait_s = 3600; } ); } );
text_every_s = 0;
"""


class Channels(Case):
    core = test_notify_core.NotifyCore.core

    def begin(self, channels, notify=True):
        with open(self.folder + "/alerts.conf", "w") as f:
            f.write(ALERTS % channels)
        self.hotlined = self.core(alerts='"%s/alerts.conf"' % self.folder)
        self.notify = self.keep(test_notify_core.Notify(self.hotlined)) if notify else None
        self.modem = self.keep(Link(self.hotlined))
        self.modem.text(test_notify_core.TIP)

    def go(self, link, message):
        link.say("submitting", id=message["id"])
        link.hear("go", lambda g: g["id"] == message["id"])

    def fail(self, link, message, final=True):
        self.go(link, message)
        link.say("failed", id=message["id"], final=final, code=1, why="refused")

    def alert(self):
        return self.hotlined.ask("alert.list")["alerts"][0]

    def test_each_failure_goes_on_at_once(self):
        """Mail for now, text, webhook, for good; then the coordinator by mail, and by text where that is lost."""
        self.begin("mail, sms, webhook")
        self.fail(self.notify, self.notify.note("mail"), final=False)
        self.fail(self.modem, self.modem.hear("send", lambda m: m["to"] == OFFICER))
        self.fail(self.notify, self.notify.note("webhook"))
        mail = self.notify.note("mail", lambda m: m["address"].startswith("mdtf"))
        self.assertEqual(self.alert()["step"], 1)
        self.go(self.notify, mail)
        self.notify.say("unknown", id=mail["id"], why="cut off")
        self.modem.send(lambda m: m["to"] == COORDINATOR)

    def test_only_the_first_that_works(self):
        """In an order a mail is instead of a text, not beside it; what was read is told of the alert."""
        self.begin("webhook, sms")
        hook = self.notify.note("webhook")
        self.assertEqual(self.alert()["state"], "created")
        self.go(self.notify, hook)
        watch = self.keep(JsonLines(self.hotlined.control))
        watch.send({"op": "watch"})
        deadline = time.monotonic() + DEADLINE
        watch.receive(deadline, "the watch")
        self.notify.say("sent", id=hook["id"], read=True)
        while watch.receive(deadline, "that it was read").get("change") != "read":
            pass
        self.assertEqual(self.alert()["state"], "read")
        self.assertEqual({r["channel"] for r in self.hotlined.ask("outbox.list", all=True)["outbox"] if r["purpose"] == "alert"}, {"webhook"})

    def test_a_crash_goes_on_with_the_next_channel(self):
        self.begin("webhook, sms")
        self.go(self.notify, self.notify.note("webhook"))
        self.hotlined.kill()
        self.hotlined.start()
        self.modem = self.keep(Link(self.hotlined))
        self.modem.send(lambda m: m["to"] == OFFICER)  # whether the call went out is unknown

    def test_what_nobody_would_carry_is_passed_over(self):
        """hotline-notify does not run: nothing would tell that the call failed."""
        self.begin("webhook, mail, sms", notify=False)
        self.modem.send(lambda m: m["to"] == OFFICER)

    def test_without_an_address_the_next(self):
        self.begin("sms")
        self.fail(self.modem, self.modem.hear("send", lambda m: m["to"] == OFFICER))
        self.notify.note("mail", lambda m: m["address"].startswith("mdtf"))


if __name__ == "__main__":
    main()
