#!/usr/bin/env python3
"""The simulated modem is real enough for the tools people use: gammu, gammu-smsd, smstools and Kannel receive and send."""
import os
import select
import socket
import time
import urllib.parse

import harness
from harness import Case, Program, program, run

FROM = "+97600001234"
TO = "+97600005678"
PATIENCE = 90  # seconds; these programs sleep between their steps


def wait_file(folder, wanted=lambda text: True, timeout=PATIENCE):
    """The text of the first file in the folder that is wanted. The tools only write files, so the folder is looked at
    again and again, with a short wait in select()."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    data = f.read()
                if data and wanted(data):
                    return data
        select.select([], [], [], 0.05)
    raise harness.Timeout("time ran out waiting for a file in %s" % folder)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Tools(Case):
    def setUp(self):
        super().setUp()
        self.sim = self.start_sim()
        self.sim.watch()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def folders(self, *names):
        paths = [os.path.join(self.folder, name) for name in names]
        for path in paths:
            os.mkdir(path)
        return paths


class Gammu(Tools):
    def setUp(self):
        super().setUp()
        gammu = self.need("gammu")
        self.gammu = [gammu, "-c", self.write("gammurc", "[gammu]\ndevice = %s\nconnection = at115200\n" % self.sim.path())]

    def call(self, *words):
        code, text = run(self.gammu + list(words), timeout=PATIENCE, env=dict(os.environ, LC_ALL="C.UTF-8"))
        self.assertEqual(code, 0, text)
        return text

    def test_identify(self):
        text = self.call("--identify")
        self.assertRegex(text, r"IMEI +: 355000000000001\n")
        self.assertRegex(text, r"SIM IMSI +: 428990000000001\n")

    def test_getallsms(self):
        self.sim.do("text", from_=FROM, text="first €")
        self.sim.do("text", from_=FROM, text="хоёр дахь")
        self.sim.do("text", from_=FROM, text="long " * 40, order=[2, 1])
        self.sim.do("text", from_="HOTLINE", text="named")
        text = self.call("getallsms")
        for words in ("first €", "хоёр дахь", '"HOTLINE"', "part 2 of 2", "5 SMS parts in 5 SMS sequences"):
            self.assertIn(words, text)

    def test_sendsms_and_delete(self):
        self.sim.do("text", from_=FROM, text="to be deleted")
        self.assertIn("OK, message reference=0", self.call("sendsms", "TEXT", TO, "-text", "Hello from gammu"))
        self.assertEqual(self.sim.phone_text(TO), "Hello from gammu")
        self.call("sendsms", "TEXT", TO, "-unicode", "-autolen", "200", "-text", "хүүхэд " * 20)
        self.assertEqual(self.sim.phone_text(TO).strip(), ("хүүхэд " * 20).strip())
        self.call("deleteallsms", "1")
        self.assertEqual(self.sim.do("storage")["used"], 0)

    def test_ussd_and_network(self):
        text = self.call("networkinfo")
        self.assertIn("428 99", text)
        self.assertIn("Balance: 5000 MNT", self.call("getussd", "*100#"))


class GammuSmsd(Tools):
    def test_receive_and_send(self):
        smsd = self.need("gammu-smsd")
        inbox, outbox, sent, error = self.folders("inbox", "outbox", "sent", "error")
        config = self.write("smsdrc", "\n".join([
            "[gammu]", "device = " + self.sim.path(), "connection = at115200",
            "[smsd]", "service = files", "logfile = " + os.path.join(self.folder, "smsd.log"), "commtimeout = 1",
            "sendtimeout = 10", "receivefrequency = 1", "checksecurity = 0", "checkbattery = 0", "checksignal = 0",
            "inboxpath = %s/" % inbox, "outboxpath = %s/" % outbox,
            "sentsmspath = %s/" % sent, "errorsmspath = %s/" % error]) + "\n")
        self.sim.do("text", from_=FROM, text="received by gammu-smsd")
        self.keep(Program([smsd, "-c", config], self.folder, "gammu-smsd"))
        self.assertEqual(wait_file(inbox).decode().strip(), "received by gammu-smsd")
        self.sim.event("deleted", timeout=PATIENCE)
        with open(os.path.join(outbox, "OUT%s.txt" % TO), "w") as f:
            f.write("sent by gammu-smsd")
        self.assertEqual(self.sim.phone_text(TO, timeout=PATIENCE), "sent by gammu-smsd")


class Smstools(Tools):
    def test_receive_and_send(self):
        smsd = self.need("smsd")
        incoming, outgoing, checked, sent, failed = self.folders("incoming", "outgoing", "checked", "sent", "failed")
        config = self.write("smsd.conf", "\n".join([
            "devices = GSM1", "logfile = " + os.path.join(self.folder, "smsd.log"), "loglevel = 7", "delaytime = 1",
            "infofile = " + os.path.join(self.folder, "smsd.info"), "pidfile = " + os.path.join(self.folder, "smsd.pid"),
            "incoming = " + incoming, "outgoing = " + outgoing, "checked = " + checked,
            "sent = " + sent, "failed = " + failed,
            "[GSM1]", "device = " + self.sim.path(), "incoming = yes", "baudrate = 115200", "report = no"]) + "\n")
        self.sim.do("text", from_=FROM, text="received by smstools")
        self.keep(Program([smsd, "-t", "-c" + config], self.folder, "smsd"))
        text = wait_file(incoming, lambda text: text.endswith(b"received by smstools"))  # it tries out its folders with files of its own
        self.assertIn(b"From: 97600001234", text)
        self.assertTrue(text.endswith(b"\n\nreceived by smstools"))
        self.sim.event("deleted", timeout=PATIENCE)
        with open(os.path.join(self.folder, "new"), "w") as f:
            f.write("To: %s\n\nsent by smstools" % TO.lstrip("+"))
        os.rename(f.name, os.path.join(outgoing, "new"))
        self.assertEqual(self.sim.phone_text(TO, timeout=PATIENCE), "sent by smstools")


class Kannel(Tools):
    """bearerbox drives the modem, smsbox stands between it and HTTP; all on loopback."""

    def config(self, ports):
        return self.write("kannel.conf", "\n".join([
            "group = core", "admin-port = %d" % ports[0], "admin-interface = 127.0.0.1", "admin-password = test",
            "smsbox-port = %d" % ports[1], "smsbox-interface = 127.0.0.1", 'box-deny-ip = "*.*.*.*"',
            'box-allow-ip = "127.0.0.1"', 'admin-deny-ip = "*.*.*.*"', 'admin-allow-ip = "127.0.0.1"', "",
            "group = smsc", "smsc = at", "modemtype = auto", "device = " + self.sim.path(), "speed = 115200",
            "my-number = +97600009000", "",
            "group = modems", "id = generic", 'name = "Simulated"', "",
            "group = smsbox", "bearerbox-host = 127.0.0.1", "sendsms-port = %d" % ports[2],
            "sendsms-interface = 127.0.0.1", "",
            "group = sendsms-user", "username = test", "password = test", 'user-allow-ip = "127.0.0.1"', "",
            "group = sms-service", "keyword = default", 'get-url = "http://127.0.0.1:%d/in?from=%%p&text=%%a"' % ports[3],
            "max-messages = 0", "catch-all = true"]) + "\n")

    def http_get(self, port, path):
        """GET with a deadline; tried again until the server is there."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as s:
                    s.sendall(("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path).encode())
                    data = b""
                    while True:
                        got = s.recv(4096)
                        if not got:
                            return data
                        data += got
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
                select.select([], [], [], 0.05)

    def request_of(self, server):
        """The path of the next GET that comes to our server, answered with an empty page."""
        harness.wait_readable(server, time.monotonic() + PATIENCE, "a request of smsbox")
        peer = server.accept()[0]
        with peer:
            peer.settimeout(PATIENCE)
            data = b""
            while b"\r\n\r\n" not in data:
                data += peer.recv(4096)
            peer.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n")
        return data.split()[1].decode()

    def test_receive_and_send(self):
        bearerbox, smsbox = self.need("bearerbox", "smsbox")
        server = self.keep(socket.create_server(("127.0.0.1", 0)))
        ports = [free_port() for _ in range(3)] + [server.getsockname()[1]]
        config = self.config(ports)
        self.keep(Program([bearerbox, "-v", "4", config], self.folder, "bearerbox"))
        self.http_get(ports[0], "/status.txt")
        self.keep(Program([smsbox, "-v", "4", config], self.folder, "smsbox"))
        answer = self.http_get(ports[2], "/cgi-bin/sendsms?" + urllib.parse.urlencode(
            {"username": "test", "password": "test", "from": "+97600009000", "to": TO, "text": "sent by Kannel"}))
        self.assertIn(b"202", answer.split(b"\r\n")[0], answer)
        self.assertEqual(self.sim.phone_text(TO, timeout=PATIENCE), "sent by Kannel")
        self.sim.do("text", from_=FROM, text="received by Kannel")
        query = urllib.parse.parse_qs(urllib.parse.urlparse(self.request_of(server)).query)
        self.assertEqual(query, {"from": [FROM], "text": ["received by Kannel"]})


if __name__ == "__main__":
    harness.main()
