#!/usr/bin/env python3
"""hotline-notify with the real core and a real HTTPS server: signature, repeats with the same key, a certificate that is not right."""
import hashlib
import hmac
import http.server
import json
import queue
import ssl
import subprocess
import threading
import time
import unittest

from core import Core, Link, OFFICER
from harness import Case, DEADLINE, Program, program

SECRET = b"a secret of the test"
TIP = "they lock girls in a sauna in Darkhan and sell them, a child is with them"


class Hooks(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.server.got.put((self.headers, body, status))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b'{"read": true}')

    def log_message(self, *args):
        pass


class NotifyHttps(Case):
    def setUp(self):
        super().setUp()
        self.cert("good", "127.0.0.1")
        self.cert("other", "127.0.0.1")
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hooks)
        self.server.got, self.server.answers = queue.Queue(), []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder + "/good.pem", self.folder + "/good.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.stack.callback(self.server.server_close)
        self.stack.callback(self.server.shutdown)
        self.core = Core(self.folder, autostart=False, notify_socket='"mail.sock"', retry_first_s=1, retry_most_s=1)
        with open(self.folder + "/roster.conf", "w") as f:
            f.write('people = ( { name = "Duty 1"; role = "officer"; number = "%s"; language = "mn"; webhook = '
                '"https://127.0.0.1:%d/hook"; } );\n' % (OFFICER, self.server.server_port))
        self.core.start()
        self.stack.callback(self.core.stop)
        with open(self.folder + "/secret", "wb") as f:
            f.write(SECRET + b"\n")

    def cert(self, name, host):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=" + host, "-addext", "subjectAltName=IP:" + host, "-keyout", "%s/%s.key" % (self.folder, name),
            "-out", "%s/%s.pem" % (self.folder, name)], check=True, stderr=subprocess.DEVNULL)

    def start(self, ca="good"):
        with open(self.folder + "/notify.conf", "w") as f:
            f.write('socket = "mail.sock"; ca_file = "%s.pem"; webhook_secret_file = "secret"; timeout_s = 20;\n' % ca)
        notify = Program([program("hotline-notify"), self.folder + "/notify.conf"], self.folder, "notify")
        self.stack.callback(notify.stop)
        return notify

    def rows(self, state):
        return [r for r in self.core.ask("outbox.list", all=True)["outbox"] if r["channel"] == "webhook" and r["state"] == state]

    def wait_log(self, notify, words):
        deadline = time.monotonic() + DEADLINE
        watch = threading.Event()
        while words not in notify.error_text():
            self.assertLess(time.monotonic(), deadline, notify.error_text())
            watch.wait(0.02)

    def tip(self):
        modem = Link(self.core)
        self.stack.callback(modem.close)
        modem.text(TIP)
        modem.send(lambda m: m["to"] == OFFICER)

    def test_signed_and_repeated_with_the_same_key(self):
        self.server.answers[:] = [503, 429, 200]
        self.start()
        self.tip()
        tries = [self.server.got.get(timeout=DEADLINE) for _ in range(3)]
        self.assertEqual([t[2] for t in tries], [503, 429, 200])
        self.assertEqual(len({t[0]["Idempotency-Key"] for t in tries}), 1)
        for headers, body, _ in tries:
            stamp, mac = (part.split("=")[1] for part in headers["X-Hotline-Signature"].split(","))
            self.assertEqual(mac, hmac.new(SECRET, stamp.encode() + b"." + body, hashlib.sha256).hexdigest())
            said = json.loads(body)
            self.assertEqual((said["purpose"], said["key"]), ("alert", headers["Idempotency-Key"]))
            self.assertIn(said["code"], said["text"])
            self.assertNotIn("sauna", body.decode())

    def test_another_certificate_is_refused_and_the_note_waits(self):
        notify = self.start("other")
        self.tip()
        self.wait_log(notify, "certificate is not right")
        self.assertTrue(self.server.got.empty())
        notify.kill()
        notify.wait()
        self.start()
        self.assertEqual(self.server.got.get(timeout=DEADLINE)[2], 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
