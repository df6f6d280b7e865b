#!/usr/bin/env python3
"""hotline-notify with the real core, an HTTPS server and a mail server: what an alert says, repeats with the same key, certificates,
and kills at every point: an alert arrives at least once, and whoever gets it twice can tell."""
import hashlib
import hmac
import json
import unittest

from core import Core, Link, OFFICER
from harness import Case, main
from notify_servers import ADDRESS, DROP, Gate, Hooks, SECRET, SENDER, Smtp, certificate, server_context, start_notify

TIP = "Туслаач! Одоо намайг хорьсон, зодож байна, 15 настай"  # an emergency


class NotifyHttps(Case):
    def setUp(self):
        super().setUp()
        certificate(self.folder, "good")
        self.hooks = self.keep(Hooks(server_context(self.folder, "good")))
        self.mails = self.keep(Smtp(starttls=server_context(self.folder, "good")))
        self.core = Core(self.folder, autostart=False, notify_socket='"mail.sock"', retry_first_s=1, retry_most_s=1)
        self.people(webhook=self.hooks.url())
        self.core.start()
        self.stack.callback(self.core.stop)

    def people(self, **addresses):
        with open(self.folder + "/roster.conf", "w") as f:
            f.write('people = ( { name = "Duty 1"; role = "officer"; number = "%s"; language = "mn"; %s } );\n' % (OFFICER,
                " ".join('%s = "%s";' % row for row in addresses.items())))

    def start(self, ca="good", **settings):
        return start_notify(self, **dict({"socket": "mail.sock", "ca_file": ca + ".pem", "from": SENDER,
            "smtp_url": "smtp://127.0.0.1:%d" % self.mails.port}, **settings))

    def tip(self):
        modem = self.keep(Link(self.core))
        modem.text(TIP)
        modem.send(lambda m: m["to"] == OFFICER)
        return modem

    def test_signed_and_repeated_with_the_same_key(self):
        self.hooks.answers[:] = [503, 429, DROP, 200]
        self.start()
        self.tip()
        tries = [self.hooks.next("call") for _ in range(4)]
        self.assertEqual(len({t[0]["Idempotency-Key"] for t in tries}), 1)
        for headers, body, _, _ in tries:
            stamp, mac = (part.split("=")[1] for part in headers["X-Hotline-Signature"].split(","))
            self.assertEqual(mac, hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest())
            said = json.loads(body)
            self.assertEqual((said["purpose"], said["key"], said["priority"]), ("alert", headers["Idempotency-Key"], "emergency"))
            self.assertIn(said["code"], said["text"])
            self.assertNotIn("хорьсон", body.decode())

    def test_another_certificate_is_refused_and_the_note_waits(self):
        certificate(self.folder, "other")
        notify = self.start("other")
        self.tip()
        self.hooks.next("gone")  # it refused ours
        self.assertNotIn("call", [e[0] for e in self.hooks.got.queue])
        notify.stop()
        self.start()
        self.hooks.next("call")

    def test_a_mail_is_repeated_with_the_same_id(self):
        """451 first (greylisting), then a hang-up after the last octet, so that nobody knows, then it is taken."""
        self.people(mail=ADDRESS)
        self.core.restart()
        self.mails.answers = {"RCPT": ["451 later"], "END": [DROP]}
        self.start()
        self.tip()
        first, second = self.mails.mail(), self.mails.mail()
        self.assertEqual(first["Message-ID"], second["Message-ID"])
        self.assertEqual(first.get_content(), second.get_content())
        self.assertNotIn("хорьсон", str(first["Subject"]) + first.get_content())

    def test_notify_is_killed_at_each_point(self):
        self.people(mail=ADDRESS)
        self.core.restart()
        modem, known = self.keep(Link(self.core)), set()
        for i, verb in enumerate(("CONNECT", "STARTTLS", "MAIL", "RCPT", "DATA", "END")):
            with self.subTest(verb):
                gate = Gate(DROP)
                self.mails.answers = {verb: [gate]}
                notify = self.start()
                modem.text(TIP, from_="+9760000910%d" % i)
                code, = {c["code"] for c in self.core.cases()} - known
                known.add(code)
                gate.wait()
                notify.kill()
                notify.wait()
                gate.open()
                notify = self.start()
                came = self.mails_of(code, 2 if verb == "END" else 1)
                self.assertEqual(len({m["Message-ID"] for m in came}), 1)
                notify.stop()

    def mails_of(self, code, count):
        """The next mails about this case; others, repeated because nobody knew of them, are passed over."""
        came = []
        while len(came) < count:
            mail = self.mails.mail()
            if code in mail["Subject"]:
                came.append(mail)
        return came

    def test_dead_servers_delay_no_text(self):
        """One hangs, the other is not there at all; each alert is on an officer's telephone, and none of it is lost."""
        self.people(mail=ADDRESS, webhook="https://127.0.0.1:1/")
        self.core.restart()
        gates = [Gate("220 test") for _ in range(4)]
        self.mails.answers = {"CONNECT": list(gates)}
        self.start()
        modem, told = self.keep(Link(self.core)), set()
        for i in range(8):
            modem.text(TIP, from_="+9760000911%d" % i)
        while len(told) < 8:  # receipts go between them
            text = modem.send()
            told |= {text["text"]} if text["to"] == OFFICER else set()
        waiting = [r["channel"] for r in self.core.ask("outbox.list")["outbox"]]
        self.assertEqual((waiting.count("mail"), waiting.count("webhook")), (8, 8))
        for gate in gates:
            gate.open()
        for _ in range(8):
            self.mails.mail()

    def test_the_core_is_killed_at_each_point_of_a_mail(self):
        """hotline-notify goes on with it meanwhile, and tells afterwards: it is not sent twice."""
        self.people(mail=ADDRESS)
        self.core.restart()
        self.start()
        for i, verb in enumerate(("CONNECT", "RCPT", "END", "QUIT")):
            with self.subTest(verb):
                gate = Gate(Smtp.USUAL[verb])
                self.mails.answers = {verb: [gate]}
                modem = self.keep(Link(self.core))
                modem.text(TIP, from_="+9760000920%d" % i, pdu="EE%02X" % i)
                gate.wait()
                self.core.restart()
                gate.open()
                self.mails.next("QUIT")
        modem = self.keep(Link(self.core))
        modem.text(TIP, from_="+97600009209", pdu="EEFF")
        self.mails.next("QUIT")
        subjects = [m["Subject"] for m in self.mails.all_mails]
        self.assertEqual(len(subjects), 5, subjects)
        self.assertEqual(len(set(subjects)), 5, subjects)

    def test_both_are_killed(self):
        """It may come twice then, and can be told."""
        self.people(mail=ADDRESS)
        self.core.restart()
        gate = Gate(DROP)
        self.mails.answers = {"END": [gate]}
        notify = self.start()
        self.tip()
        gate.wait()
        self.core.kill()
        notify.kill()
        notify.wait()
        gate.open()
        self.core.start()
        self.start()
        first, second = self.mails.mail(), self.mails.mail()
        self.assertEqual(first["Message-ID"], second["Message-ID"])

    def test_the_core_is_killed_while_a_call_runs(self):
        gate = Gate(200)
        self.hooks.answers = [gate]
        self.start()
        self.tip()
        gate.wait()
        self.core.restart()
        gate.open()
        first = self.hooks.next("call")
        modem = self.keep(Link(self.core))
        modem.text(TIP, from_="+97600009002", pdu="FFFF")
        second = self.hooks.next("call")
        self.assertNotEqual(first[0]["Idempotency-Key"], second[0]["Idempotency-Key"])  # the first was not said twice


if __name__ == "__main__":
    main()
