#!/usr/bin/env python3
"""hotline-notify and servers that refuse, hang, lie or hang up: what is told to the core, and that nothing hinders anything else."""
import hashlib
import hmac
import json
import os
import unittest

import harness
from notify_servers import ADDRESS, DROP, FakeCore, Gate, Hooks, SECRET, SENDER, Smtp, certificate, server_context, start_notify


class NotifyCase(harness.Case):
    def setUp(self):
        super().setUp()
        self.core = self.keep(FakeCore(self.folder))

    def start(self, **settings):
        self.notify = start_notify(self, **settings)
        self.core.accept()
        return self.notify

    def check(self, out, type_, words="", final=False, code=0):
        self.assertEqual((out["type"], out.get("final", False), out.get("code", 0)), (type_, final, code), out)
        self.assertIn(words, out.get("why", ""))
        for secret in ("example.mn", "127.0.0.1", SECRET):
            self.assertNotIn(secret, out.get("why", ""))


class MailFaults(NotifyCase):
    def setUp(self):
        super().setUp()
        self.server = self.keep(Smtp())

    def start(self, server=None, **settings):
        return super().start(**dict({"smtp_url": "smtp://127.0.0.1:%d" % (server or self.server).port, "from": SENDER,
            "http_loopback": True}, **settings))

    def send(self, **fields):
        return self.core.outcome(self.core.note("mail", ADDRESS, **fields))

    def test_answers(self):
        """Each verb's 4xx is tried later, each 5xx is final; a hang-up before the last octet is tried later, after it nobody knows."""
        rows = [(verb, answer) for verb in ("MAIL", "RCPT", "DATA", "END") for answer in ("451 later", "550 never", DROP)]
        rows += [("CONNECT", "421 too many"), ("CONNECT", DROP), ("CONNECT", "554 go away"), ("EHLO", DROP), ("MAIL", "530 who are you")]
        self.start()
        for verb, answer in rows:
            with self.subTest("%s %s" % (verb, answer if isinstance(answer, str) else "drop")):
                self.server.answers = {verb: [answer]}
                out = self.send()
                if answer is DROP:
                    self.check(out, "unknown" if verb == "END" else "failed", "mail server")
                else:
                    code = int(answer[:3])
                    final = code >= 500 and verb != "CONNECT" and code != 530  # those are about us, not about the mail
                    self.check(out, "failed", "mail server", final=final, code=code)

    def test_nothing_is_sent_without_tls(self):
        self.start(http_loopback=False)
        self.check(self.send(), "failed", "offers no STARTTLS: see smtp_url")
        self.assertEqual([e[0] for e in self.server.got.queue if e[0] in ("MAIL", "RCPT", "mail", "AUTH")], [])

    def test_what_is_said_before_tls_does_not_count(self):
        """Answers slipped in before the handshake, as a man in the middle does it."""
        certificate(self.folder, "good")
        server = self.keep(Smtp(starttls=server_context(self.folder, "good")))
        server.answers = {"STARTTLS": [b"220 go\r\n250 injected\r\n250 injected\r\n250 injected\r\n354 go\r\n250 injected\r\n"]}
        self.start(server, http_loopback=False, ca_file="good.pem")
        self.assertEqual(self.send()["type"], "failed")
        self.assertEqual(self.send()["type"], "sent")

    def test_slow_answers_hinder_no_webhook(self):
        """Neither the answer to the mail nor that to QUIT: the server gives them when the webhook has been called."""
        hooks = self.keep(Hooks())
        for verb in ("CONNECT", "END", "QUIT"):
            with self.subTest(verb):
                gate = Gate(Smtp.USUAL[verb])
                self.server.answers = {verb: [gate]}
                if verb == "CONNECT":
                    self.start()
                mail = self.core.note("mail", ADDRESS)
                gate.wait()
                self.check(self.core.outcome(self.core.note("webhook", hooks.url())), "sent")
                hooks.next("call")
                gate.open()
                self.check(self.core.outcome(mail), "sent")

    def test_a_server_that_never_says_goodbye(self):
        gate = Gate(DROP)
        self.server.answers = {"QUIT": [gate]}
        self.start()
        self.check(self.send(), "sent")
        gate.open()

    def test_one_that_hangs_is_given_up(self):
        gate = Gate(DROP)
        self.server.answers = {"END": [gate]}
        self.start(timeout_s=3)
        self.check(self.send(), "unknown", "did not answer after it had the mail")
        gate.open()

    def test_malicious_answers(self):
        """None of them makes it send, end or grow; the next mail goes."""
        huge = b"2" * (1 << 20)
        endless = b"250-more\r\n" * 100000
        notify = self.start()
        for answer in (huge, endless + huge, b"\0" * 70000 + b"\r\n", b"250 \0\0ok\r\n", b"999999999999999999999 x\r\n", b"-50 x\r\n", b"\r\n\r\n\r\n",
                b"250 ok\r\n250 ok\r\n354 x\r\n550 x\r\n"):
            for verb in ("CONNECT", "EHLO", "MAIL", "END"):
                self.server.answers = {verb: [lambda sock, answer=answer: sock.sendall(answer) or DROP]}
                self.send()
        self.server.answers = {}
        self.check(self.send(), "sent")
        with open("/proc/%d/status" % notify.pid) as f:
            peak = int([line for line in f if line.startswith("VmHWM")][0].split()[1])
        print("hotline-notify: highest VmHWM %d kB" % peak)

    def test_no_line_of_a_note_becomes_one_of_smtp_or_a_header(self):
        """The core checks the roster; here it lies."""
        self.start()
        for fields in ({"address": "a@example.mn>\r\nRCPT TO:<b@example.mn"}, {"address": "a b@example.mn"}, {"address": ""},
                {"key": "1\r\nBcc: x@example.mn"}, {"key": ""}, {"key": "a b"}, {"channel": "fax"}):
            note = dict({"channel": "mail", "address": ADDRESS}, **fields)
            self.check(self.core.outcome(self.core.note(note.pop("channel"), note.pop("address"), **note)), "failed", "", final=True)
        self.assertTrue(self.server.got.empty())
        self.check(self.send(subject="a\r\nBcc: x@example.mn\r\n\r\nbody", text=".\r\n.\r\nMAIL FROM:<x>"), "sent")
        mail = self.server.mail()
        self.assertIsNone(mail["Bcc"])
        self.assertEqual(mail.get_content().strip(), ".\r\n.\r\nMAIL FROM:<x>")

    def test_no_mail_server(self):
        self.start(smtp_url="")
        self.assertIn("webhooks only", self.core.state["detail"])
        self.check(self.send(), "failed", "set smtp_url")


class HookFaults(NotifyCase):
    def setUp(self):
        super().setUp()
        certificate(self.folder, "good")
        self.server = self.keep(Hooks(server_context(self.folder, "good")))

    def start(self, **settings):
        return super().start(**dict({"ca_file": "good.pem"}, **settings))

    def call(self, url=None, **fields):
        return self.core.outcome(self.core.note("webhook", self.server.url() if url is None else url, **fields))

    def test_signature_and_contents(self):
        self.start()
        self.check(self.call(subject="4821935: ЯАРАЛТАЙ"), "sent")
        headers, body, _, request = self.server.next("call")
        stamp, mac = (part.split("=")[1] for part in headers["X-Hotline-Signature"].split(","))
        self.assertEqual(mac, hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest())
        self.assertEqual(json.loads(body), {"key": "1-7-abc", "purpose": "alert", "priority": "emergency", "code": "4821935",
            "subject": "4821935: ЯАРАЛТАЙ", "text": "the text"})
        self.assertEqual((headers["Idempotency-Key"], headers["Content-Type"]), ("1-7-abc", "application/json"))
        self.assertEqual(request, "POST /hook HTTP/1.1")
        self.assertNotIn("Authorization", headers)

    def test_answers(self):
        rows = [(200, "sent", False), (204, "sent", False), (400, "failed", True), (401, "failed", True), (404, "failed", True),
            (408, "failed", False), (425, "failed", False), (429, "failed", False), (500, "failed", False), (503, "failed", False),
            (301, "failed", True), (307, "failed", True)]
        self.start()
        for status, type_, final in rows:
            with self.subTest(status):
                self.server.answers = [status]
                self.check(self.call(), type_, "", final, 0 if type_ == "sent" else status)

    def test_a_redirect_is_not_followed(self):
        self.start()
        self.server.answers = [b"HTTP/1.1 302 x\r\nLocation: " + self.server.url("/other").encode() + b"\r\nContent-Length: 0\r\n\r\n"]
        self.check(self.call(), "failed", "redirects are not followed: write the last URL into the roster", True, 302)
        self.check(self.call(), "sent")
        self.assertEqual([e[1][3] for e in self.server.got.queue if e[0] == "call"], ["POST /hook HTTP/1.1"] * 2)

    def test_hang_ups_and_rubbish(self):
        self.start()
        for answer in (DROP, b"", b"HTTP/1.1 ", b"HTTP/1.1 200", b"SSH-2.0-x\r\n", b"\0" * 5000, b"HTTP/1.1 100 x\r\n\r\n",
                b"HTTP/1.1 999999 x\r\n\r\n", b"HTTP/9.9 200 x\r\n\r\n"):
            with self.subTest(answer if answer is DROP else answer[:20]):
                self.server.answers = [answer]
                self.check(self.call(), "failed", "webhook's server")

    def test_a_slow_answer_is_heard(self):
        """Octet by octet."""
        def trickle(sock):
            for octet in b"HTTP/1.1 200 x\r\nContent-Length: 2\r\n\r\n{}":
                sock.sendall(bytes([octet]))
            return b""
        self.start()
        self.server.answers = [trickle]
        self.check(self.call(), "sent")

    def test_endless_answers(self):
        """What a server says without end is not read: its status counts."""
        self.start()
        for answer in (b"HTTP/1.1 200 x\r\n\r\n" + b"x" * 2000000, b"HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\n" + b"{" * 9,
                b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"fff\r\n" + b"[" * 4095 + b"\r\n" * 9):
            self.server.answers = [answer]
            self.check(self.call(), "sent")
        self.server.answers = [b"HTTP/1.1 200 x\r\n" + b"A: " + b"x" * 90000 + b"\r\n" * 2, b"HTTP/1.1 200 x\r\n" + b"Ab: x\r\n" * 300000]
        self.assertEqual([self.call()["type"] for _ in range(2)], ["sent"] * 2)

    def test_slow_ones_hinder_no_other(self):
        gates = [Gate(200) for _ in range(3)]
        self.start()
        self.server.answers = list(gates)
        slow = []
        for gate in gates:
            slow.append(self.core.note("webhook", self.server.url()))
            gate.wait()
        self.check(self.call(), "sent")
        for gate, id_ in zip(gates, slow):
            gate.open()
            self.check(self.core.outcome(id_), "sent")

    def test_one_that_hangs_is_given_up(self):
        gate = Gate(DROP)
        self.start(timeout_s=1)
        self.server.answers = [gate]
        self.check(self.call(), "failed", "not reached in time")
        gate.open()

    def test_certificates(self):
        """Of somebody else, of another name, over: nothing is said to any of them."""
        certificate(self.folder, "name", "hooks.example.org")
        self.need("faketime")
        certificate(self.folder, "over", at="2020-01-01")
        certificate(self.folder, "stranger")
        with open(self.folder + "/all.pem", "w") as f:
            for name in ("name", "over"):
                with open("%s/%s.pem" % (self.folder, name)) as one:
                    f.write(one.read())
        self.start(ca_file="all.pem")
        for name in ("name", "over", "stranger"):
            with self.subTest(name):
                server = self.keep(Hooks(server_context(self.folder, name)))
                self.check(self.call(server.url()), "failed", "certificate is not right: see ca_file")
                self.assertNotIn("call", [e[0] for e in server.got.queue])

    def test_only_https(self):
        plain = self.keep(Hooks())
        self.start()
        for url in (plain.url(), "ftp://127.0.0.1/x", "https://user:pw@127.0.0.1/", "file:///etc/passwd", "https://127.0.0.1/\r\nX: y", ""):
            self.check(self.call(url), "failed", "roster.conf", final=True)
        self.assertTrue(plain.got.empty())

    def test_the_environment_changes_nothing(self):
        log = self.folder + "/keys"
        self.start(env={"https_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1", "SSLKEYLOGFILE": log})
        self.check(self.call(), "sent")
        self.assertFalse(os.path.exists(log), "keys of TLS connections were written down")

    def test_none_goes_unsigned(self):
        self.start(webhook_secret_file="", smtp_url="smtp://127.0.0.1:1", **{"from": SENDER})
        self.assertIn("mail only", self.core.state["detail"])
        self.check(self.call(), "failed", "set webhook_secret_file")
        self.assertTrue(self.server.got.empty())


class Life(NotifyCase):
    def setUp(self):
        super().setUp()
        self.hooks = self.keep(Hooks())

    def start(self, **settings):
        return super().start(http_loopback=True, **settings)

    def test_before_its_go_nothing_leaves(self):
        self.start()
        self.core.hold_go = True
        first, second = (self.core.note("webhook", self.hooks.url()) for _ in range(2))
        self.core.say("forget", id=first)
        self.assertEqual(self.core.outcome(first)["type"], "released")
        self.assertTrue(self.hooks.got.empty())
        self.core.say("go", id=second)
        self.assertEqual(self.core.outcome(second)["type"], "sent")

    def test_a_core_that_comes_back_hears_it(self):
        gate = Gate(200)
        self.start()
        self.hooks.answers = [gate]
        id_ = self.core.note("webhook", self.hooks.url())
        gate.wait()
        self.core.hold_go = True
        self.core.note("webhook", self.hooks.url())
        self.core.drop()
        self.assertEqual(self.core.accept()["holding"], [id_])
        gate.open()
        self.assertEqual(self.core.outcome(id_)["type"], "sent")
        self.core.drop()
        self.core.accept()
        self.assertEqual(self.core.outcome(id_)["type"], "sent")
        self.assertEqual([e[0] for e in self.hooks.got.queue], ["call"])

    def test_more_than_it_can_hold_goes_back(self):
        gates = [Gate(200) for _ in range(8)]
        self.start()
        self.hooks.answers = list(gates)
        ids = [self.core.note("webhook", self.hooks.url()) for _ in range(9)]
        self.assertEqual(self.core.outcome(ids[8])["type"], "released")
        for gate in gates:
            gate.open()
        self.assertEqual({self.core.outcome(id_)["type"] for id_ in ids[:8]}, {"sent"})

    def test_asked_to_end_it_ends_what_it_is_at(self):
        gate = Gate(200)
        notify = self.start()
        self.hooks.answers = [gate]
        id_ = self.core.note("webhook", self.hooks.url())
        gate.wait()
        notify.process.terminate()
        self.assertEqual(self.core.hear("modem")["state"], "stopping")
        late = self.core.note("webhook", self.hooks.url())
        self.assertEqual(self.core.outcome(late)["type"], "released")
        gate.open()
        self.assertEqual(self.core.outcome(id_)["type"], "sent")
        self.assertEqual(notify.wait(), 0)
        self.assertEqual([e[0] for e in self.hooks.got.queue], ["call"])

    def test_asked_twice_it_ends_at_once(self):
        gate = Gate(DROP)
        notify = self.start()
        self.hooks.answers = [gate]
        self.core.note("webhook", self.hooks.url())
        gate.wait()
        notify.process.terminate()
        self.core.hear("modem")
        notify.process.terminate()
        self.assertEqual(notify.wait(), 0)
        gate.open()


if __name__ == "__main__":
    harness.main()
