#!/usr/bin/env python3
"""hotline-notify and a real mail server (Debian's Exim): TLS, passwords, certificates, greylisting, and what arrives."""
import os
import unittest

import harness
from notify_servers import ADDRESS, Exim, FakeCore, SENDER, certificate, start_notify

SUBJECT = "4821935: ЯАРАЛТАЙ, Дархан"


class Mail(harness.Case):
    def setUp(self):
        super().setUp()
        certificate(self.folder, "good")
        self.core = self.keep(FakeCore(self.folder))
        self.exim = self.keep(Exim(self))

    def start(self, exim=None, scheme="smtp", **settings):
        exim = exim or self.exim
        settings = dict({"smtp_url": "%s://127.0.0.1:%d" % (scheme, exim.port), "from": SENDER, "smtp_user": "hotline",
            "smtp_password_file": "password", "ca_file": "good.pem"}, **settings)
        notify = start_notify(self, **settings)
        self.core.accept()
        return notify

    def send(self, address=ADDRESS, **fields):
        id_ = self.core.note("mail", address, subject=SUBJECT, text="Мэдээ 4821935\n.\nмөр", **fields)
        return self.core.outcome(id_)

    def test_starttls_and_what_arrives(self):
        self.start()
        self.assertEqual(self.send()["type"], "sent")
        mail, = self.exim.mails()
        self.assertEqual(mail["To"], ADDRESS)
        self.assertEqual(mail["From"], SENDER)
        self.assertEqual(mail["Subject"], SUBJECT)
        self.assertEqual(mail["Message-ID"], "<hotline-1-7-abc@example.mn>")
        self.assertEqual(mail["Importance"], "high")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail["Date"].datetime.utcoffset().total_seconds(), 0)
        self.assertEqual(mail.get_content().strip(), "Мэдээ 4821935\n.\nмөр")
        self.assertEqual(len(mail.defects), 0)

    def test_repeated_it_has_the_same_id(self):
        self.start()
        self.assertEqual(self.send(id=5)["type"], "sent")
        self.assertEqual(self.send(id=5)["type"], "sent")
        self.assertEqual([m["Message-ID"] for m in self.exim.mails()], ["<hotline-5-7-abc@example.mn>"] * 2)

    def test_implicit_tls(self):
        exim = self.keep(Exim(self, implicit=True))
        self.start(exim, "smtps")
        self.assertEqual(self.send()["type"], "sent")
        self.assertEqual(len(exim.mails()), 1)

    def test_wrong_password(self):
        with open(self.folder + "/wrong", "w", opener=lambda p, f: os.open(p, f, 0o600)) as f:
            f.write("wrong\n")
        self.start(smtp_password_file="wrong")
        out = self.send()
        self.assertEqual((out["type"], out.get("final", False)), ("failed", False))
        self.assertIn("refuses user and password: see notify.conf", out["why"])
        self.assertEqual(self.exim.mails(), [])

    def check_certificate(self, name, **fields):
        notify = self.start(**fields)
        out = self.send()
        self.assertEqual((out["type"], out.get("final", False)), ("failed", False), name)
        self.assertIn("certificate is not right: see ca_file", out["why"])
        self.assertEqual(self.exim.mails(), [])
        notify.stop()

    def test_a_certificate_of_nobody_known(self):
        certificate(self.folder, "other")
        self.check_certificate("other", ca_file="other.pem")

    def test_a_certificate_of_another_name(self):
        certificate(self.folder, "good", "mail.example.org")
        self.check_certificate("name")

    def test_greylisting(self):
        self.start()
        out = self.send("grey@example.mn", id=9)
        self.assertEqual((out["type"], out.get("final", False), out["code"]), ("failed", False, 451))
        self.assertEqual(self.exim.mails(), [])
        self.assertEqual(self.send("grey@example.mn", id=9)["type"], "sent")
        self.assertEqual(len(self.exim.mails()), 1)

    def test_no_such_mailbox(self):
        self.start()
        out = self.send("nobody@example.mn")
        self.assertEqual((out["type"], out["final"], out["code"]), ("failed", True, 550))


if __name__ == "__main__":
    harness.main()
