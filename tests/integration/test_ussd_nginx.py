#!/usr/bin/env python3
"""The sample for nginx: nginx takes it, and with hotline-ussd behind it TLS ends there, only the operator comes in, and nothing is written down."""
import http.client
import os
import re
import socket
import ssl
import subprocess

import harness
from harness import DEADLINE, SRCDIR, Program, run
from ussd_http import NUMBER, SECRET, GatewayCase

SAMPLE = os.path.join(SRCDIR, "etc", "nginx-ussd.conf")


class Nginx(GatewayCase):
    settings = {"proxy": "127.0.0.1", "allow": "127.0.0.0/8", "secret_query": "key"}
    listeners = {"at": "africastalking"}

    def setUp(self):
        self.nginx = self.need("nginx")
        super().setUp()
        key, cert = self.folder + "/site.key", self.folder + "/site.pem"
        subprocess.run([self.need("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], check=True, stderr=subprocess.DEVNULL)
        with socket.socket() as s: # nobody else asks for a port between here and nginx's start but by chance
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        with open(SAMPLE) as f:
            site = f.read()
        for old, new in (("listen 443 ssl;", "listen 127.0.0.1:%d ssl;" % self.port), ("\tlisten [::]:443 ssl;\n", ""), ("USSD.EXAMPLE.MN;", "localhost;"),
                         ("/etc/ssl/certs/USSD.EXAMPLE.MN.pem", cert), ("/etc/ssl/private/USSD.EXAMPLE.MN.key", key),
                         ("127.0.0.1:8071", "127.0.0.1:%d" % self.gateway.ports["at"]),
                         ("/var/log/nginx/hotline-ussd.error.log", self.folder + "/site.log"), ("allow 192.0.2.0/24;", "allow 127.0.0.0/8;")):
            self.assertIn(old, site)
            site = site.replace(old, new)
        temp = "".join("%s_temp_path %s/%s;\n" % (kind, self.folder, kind) for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.conf = self.folder + "/nginx.conf"
        with open(self.conf, "w") as f:
            f.write("%sdaemon off; pid %s/nginx.pid; error_log %s/nginx.log info;\nevents {}\nhttp {\naccess_log %s/access.log;\n%s%s}\n" % (
                "user root;\n" if os.geteuid() == 0 else "", self.folder, self.folder, self.folder, temp, site))
        self.context = ssl.create_default_context(cafile=cert)

    def ask(self, text, host="127.0.0.1", **headers):
        conn = http.client.HTTPSConnection(host, self.port, timeout=DEADLINE, context=self.context)
        body = "sessionId=the-session&phoneNumber=%s&text=%s" % (NUMBER.replace("+", "%2B"), text)
        conn.request("POST", "/ussd?key=" + SECRET, body, dict({"Content-Type": "application/x-www-form-urlencoded"}, **headers))
        got = conn.getresponse()
        answer = got.status, got.read().decode()
        conn.close()
        return answer

    def test_it_is_right_and_keeps_silent(self):
        code, said = run([self.nginx, "-t", "-c", self.conf, "-e", self.folder + "/nginx.log"])
        self.assertEqual(code, 0, said)
        self.keep(Program([self.nginx, "-c", self.conf, "-e", self.folder + "/nginx.log"], self.folder, "nginx"))
        self.until_it_listens()
        self.assertEqual(self.ask(""), (200, "CON the-session/1/"))
        self.assertEqual(self.ask("a-very-secret-text"), (200, "CON the-session/2/a-very-secret-text"))
        self.assertEqual(self.ask("", **{"X-Forwarded-For": "192.0.2.1"})[0], 200) # what the caller says is thrown away
        self.assertEqual(self.ask("x" * 5000)[0], 413)
        self.gateway.stop()
        self.assertEqual(self.ask("a-very-secret-text")[0], 502)
        for name in os.listdir(self.folder):
            if name.endswith((".log", ".err")):
                with open(os.path.join(self.folder, name), errors="replace") as f:
                    text = f.read()
                for words in ("secret-text", NUMBER[1:], SECRET, "the-session"):
                    self.assertNotIn(words, text, name)

    def until_it_listens(self):
        """nginx tells of its start in a log of its own; asking for the port again is all there is."""
        wait = harness.time.monotonic() + DEADLINE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except ConnectionRefusedError:
                if harness.time.monotonic() > wait:
                    raise

    def test_the_sample_forbids_logs(self):
        with open(SAMPLE) as f:
            lines = [re.sub(r"#.*", "", line).strip() for line in f]
        self.assertIn("access_log off;", lines)
        self.assertTrue([line for line in lines if re.fullmatch(r"error_log \S+ crit;", line)], "error_log below crit holds URLs")


if __name__ == "__main__":
    harness.main()
