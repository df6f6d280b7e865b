#!/usr/bin/env python3
"""Mail and webhooks as the core sees them: who is told what by which channel, and that neither hinders the other or a text."""
import os
import re
import shutil
import unittest

from core import COORDINATOR, Core, Link, OFFICER
from harness import Case, SRCDIR, ack_in, program, run

TIP = "they lock girls in a sauna in Darkhan and sell them, a child is with them"
MAIL, HOOK = "duty1@example.mn", "https://hooks.example.mn/a?b=c"
ROSTER = """people = (
  { name = "Duty 1"; role = "officer"; number = "%s"; language = "mn"; mail = "%s"; webhook = "%s"; },
  { name = "Coordinator"; role = "coordinator"; number = "%s"; language = "en"; mail = "mdtf@example.mn"; }
);
""" % (OFFICER, MAIL, HOOK, COORDINATOR)


class Notify(Link):
    """hotline-notify, as far as the core can tell."""

    def __init__(self, core, **hello):
        super().__init__(type("At", (), {"link": core.notify}), "notify", "ready", **hello)

    def say(self, type_, **fields):
        if type_ == "hello":
            fields["kind"] = "notify"
        super().say(type_, **fields)

    def note(self, channel, wanted=lambda m: True):
        return self.hear("note", lambda m: m["channel"] == channel and wanted(m))

    def begin(self, note):
        self.say("submitting", id=note["id"])
        self.hear("go", lambda g: g["id"] == note["id"])


class NotifyCore(Case):
    def core(self, roster=ROSTER, **settings):
        core = Core(self.folder, autostart=False, retry_first_s=1, retry_most_s=1,
            **dict({"notify_socket": '"mail.sock"', "partial_after_s": 600}, **settings))
        core.notify = self.folder + "/mail.sock"
        with open(self.folder + "/roster.conf", "w") as f:
            f.write(roster)
        core.start()
        self.stack.callback(core.stop)
        return core

    def rows(self, core):
        return core.ask("outbox.list", all=True)["outbox"]

    def state(self, core, id_):
        return [r["state"] for r in self.rows(core) if r["id"] == id_][0]

    def test_an_alert_goes_by_all_channels_and_tells_what_a_text_tells(self):
        core = self.core()
        notify, modem = Notify(core), Link(core)
        modem.text(TIP)
        text = modem.send(lambda m: m["to"] == OFFICER)
        code = core.cases()[0]["code"]
        mail = notify.note("mail", lambda m: m["address"] == MAIL)
        hook = notify.note("webhook")
        self.assertEqual(hook["address"], HOOK)
        self.assertEqual(notify.note("mail", lambda m: m["address"] == "mdtf@example.mn")["code"], code)
        self.assertTrue(mail["text"].startswith(mail["subject"] + "\n\n"), mail)
        self.assertEqual(hook["text"], hook["subject"])
        for note in (mail, hook):
            self.assertEqual(note["priority"], core.cases()[0]["urgency"])
            self.assertNotIn(ack_in(text["text"]), str(note))
            self.assertEqual((note["code"], note["purpose"]), (code, "alert"))
            self.assertTrue(note["subject"].startswith(code + ": "), note)
            for word in ("sauna", "child", "+976"):
                self.assertNotIn(word, str(note))
        self.assertNotEqual(mail["key"], hook["key"])

    def test_the_code_to_answer_with_where_it_may(self):
        core = self.core(mail_tell='"answer"')
        notify, modem = Notify(core), Link(core)
        modem.text(TIP)
        text = modem.send(lambda m: m["to"] == OFFICER)
        mail, hook = notify.note("mail", lambda m: m["address"] == MAIL), notify.note("webhook")
        self.assertTrue(mail["text"].startswith(text["text"] + "\n\n"), mail)
        self.assertNotIn(ack_in(text["text"]), str(hook))

    def test_code_alone(self):
        core = self.core(mail_tell='"code"', also_webhook=False)
        notify, modem = Notify(core), Link(core)
        modem.text(TIP)
        modem.send(lambda m: m["to"] == OFFICER)
        code = core.cases()[0]["code"]
        mail = notify.note("mail")
        self.assertEqual((mail["subject"], mail["text"], mail.get("priority", "")), (code, code, ""))
        modem.assert_silent("nothing")
        self.assertNotIn("webhook", [r["channel"] for r in self.rows(core)])

    def test_a_repeat_has_the_same_key_and_a_hung_webhook_hinders_nothing(self):
        core = self.core()
        notify, modem = Notify(core), Link(core)
        for i in range(5):  # more webhooks than may be open
            modem.text(TIP, from_="+9760000300%d" % i)
        hooks = [notify.note("webhook") for _ in range(4)]
        for hook in hooks:
            notify.begin(hook)
        told = [modem.send()["to"] for _ in range(10)]  # all alerts: what answers texters comes behind them
        self.assertEqual((told.count(OFFICER), told.count(COORDINATOR)), (5, 5))
        for _ in range(10):
            mail = notify.note("mail")
            notify.begin(mail)
            notify.say("sent", id=mail["id"])
        self.assertFalse([m for m in notify.heard if m["type"] == "note"], "more webhooks than the window")
        notify.say("failed", id=hooks[0]["id"], code=503, why="the server answered 503")
        other = notify.note("webhook")
        notify.say("unknown", id=hooks[1]["id"], why="cut off")
        again = notify.note("webhook", lambda m: m["id"] in (hooks[0]["id"], hooks[1]["id"]))
        first = [h for h in hooks if h["id"] == again["id"]][0]
        self.assertEqual(again["key"], first["key"])
        self.assertNotIn(other["key"], [h["key"] for h in hooks])

    def test_read_and_final(self):
        core = self.core()
        notify, modem = Notify(core), Link(core)
        modem.text(TIP)
        modem.send(lambda m: m["to"] == OFFICER)
        hook, mail = notify.note("webhook"), notify.note("mail", lambda m: m["address"] == MAIL)
        notify.begin(hook)
        notify.say("sent", id=hook["id"], read=True)
        notify.begin(mail)
        notify.say("failed", id=mail["id"], final=True, code=550, why="no such mailbox")
        other = notify.note("mail")
        notify.begin(other)  # what was said before is committed with this
        self.assertEqual(self.state(core, hook["id"]), "read")
        self.assertEqual(self.state(core, mail["id"]), "failed")

    def test_status_tells_how_it_goes(self):
        core = self.core()
        modem = Link(core)
        status = core.ask("status")
        self.assertEqual((status["notify"]["connected"], status["notify"]["mail"]["sent_ms"]), (False, 0))
        self.assertIn("mail and webhooks wait: start hotline-notify", status["warnings"])
        notify = Notify(core)
        modem.text(TIP)
        mail, hook = notify.note("mail", lambda m: m["address"] == MAIL), notify.note("webhook")
        notify.begin(hook)
        notify.say("sent", id=hook["id"])
        notify.begin(mail)
        notify.say("failed", id=mail["id"], why="the server's certificate is not right")
        again = notify.note("mail", lambda m: m["id"] == mail["id"])  # so that was committed
        status = core.ask("status")
        self.assertIn("the last mail failed: the server's certificate is not right", status["warnings"])
        self.assertTrue(status["notify"]["ready"] and status["notify"]["webhook"]["sent_ms"] and status["notify"]["mail"]["fails"])
        code, text = run([program("hotlinectl"), "--socket", core.control, "status"])
        self.assertRegex(text, r"(?m)^mail +ready +- +\S.*certificate is not right")
        self.assertRegex(text, r"(?m)^webhook +ready +\S.* +-")
        notify.begin(again)
        notify.say("sent", id=mail["id"])
        other = notify.note("mail")
        notify.begin(other)
        self.assertFalse(core.ask("status")["notify"]["mail"]["fails"])

    def test_what_waits_is_bounded_and_ends_with_the_alert(self):
        """Nobody carries mail. Each step rings by text; of mails one waits for each person, until somebody answers."""
        core = self.core(escalate_high_s=1, escalate_emergency_s=1)
        modem = Link(core)
        modem.text(TIP)
        told = []
        while len(told) < 4:
            text = modem.send()
            told += [text] if text["to"] == OFFICER else []
        waiting = [(r["recipient"], r["channel"]) for r in core.ask("outbox.list")["outbox"] if r["channel"] != "sms"]
        self.assertEqual(sorted(waiting), [("Coordinator", "mail"), ("Duty 1", "mail"), ("Duty 1", "webhook")])
        modem.text("OK " + ack_in(told[-1]["text"]), from_=OFFICER)
        states = {r["state"] for r in self.rows(core) if r["channel"] != "sms"}
        self.assertEqual(states, {"cancelled"})

    def test_kill_loses_nothing(self):
        core = self.core()
        notify, modem = Notify(core), Link(core)
        modem.text(TIP)
        modem.send(lambda m: m["to"] == OFFICER)
        hook = notify.note("webhook")
        notify.begin(hook)
        notify.close()                 # killed: nobody knows what became of it
        notify = Notify(core)          # a new one, which holds nothing
        self.assertEqual(notify.note("webhook")["key"], hook["key"])
        core.restart()                 # the same of the core
        notify.close()
        notify = Notify(core)
        self.assertEqual(notify.note("webhook")["key"], hook["key"])

    def test_without_the_socket_there_is_no_mail(self):
        core = self.core(notify_socket='""')
        modem = Link(core)
        modem.text(TIP)
        modem.send(lambda m: m["to"] == OFFICER)
        self.assertEqual({r["channel"] for r in self.rows(core)}, {"sms"})
        self.assertIn("set notify_socket in hotlined.conf", str(core.ask("status")["warnings"]))

    def test_a_test_by_mail(self):
        core = self.core()
        core.ask("send.test", name="Duty 1", channel="mail")
        self.assertIn("mail and webhooks wait: start hotline-notify", core.ask("status")["warnings"])
        self.assertEqual(Notify(core).note("mail")["purpose"], "test")

    def test_wording_of_several_lines_is_one_subject(self):
        wording = self.folder + "/wording"
        shutil.copytree(os.path.join(SRCDIR, "etc", "wording"), wording)
        with open(wording + "/mn.conf", encoding="utf-8") as f:
            text = re.sub(r'(?m)^(test-alert = )".*";', r'\1"Мөр\\n\\nBcc: x";', f.read())
        with open(wording + "/mn.conf", "w", encoding="utf-8") as f:
            f.write(text)
        core = self.core(wording='"%s"' % wording)
        core.ask("send.test", name="Duty 1", channel="mail")
        note = Notify(core).note("mail")
        self.assertEqual((note["subject"], note["text"]), ("Мөр  Bcc: x", "Мөр\n\nBcc: x"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
