"""hotline-ussd for tests: its configuration, requests as operators' gateways make them, and a core that is the test."""
import http.client
import json
import os
import re
import select
import socket
import threading
import time
import urllib.parse

from harness import DEADLINE, Case, Program, Timeout, program, remaining

SECRET = "0123456789abcdef-a-secret"
AWAY, AGAIN = "Away. Text us.", "Please dial again."
NUMBER = "+97600001111"
LISTENERS = {"at": "africastalking", "hub": "hubtel", "bip": "infobip"}


def write_conf(folder, sock="ussd.sock", listeners=None, top="", **settings):
    """settings: of every listener. Returns the path."""
    with open(os.path.join(folder, "operator.secret"), "w") as f:
        f.write(SECRET + "\n")
    os.chmod(os.path.join(folder, "operator.secret"), 0o600)
    rows = []
    for name, profile in (listeners or LISTENERS).items():
        keys = dict({"name": name, "profile": profile, "listen": "127.0.0.1:0", "secret_file": "operator.secret", "reply_ms": 20000,
                     "request_ms": 20000}, **settings)
        rows.append("{ %s }" % " ".join("%s = %s;" % (k, json.dumps(v)) for k, v in keys.items()))
    path = os.path.join(folder, "ussd-gateway.conf")
    with open(path, "w") as f:
        f.write('socket = "%s"; away = "%s"; again = "%s"; away_translit = "%s"; again_translit = "%s";\n%s\nlisteners = (\n%s\n);\n' % (
            sock, AWAY, AGAIN, AWAY + " (latin)", AGAIN + " (latin)", top, ",\n".join(rows)))
    return path


class FakeCore:
    """Answers each step on a thread of its own by answer(step) -> message, or None for silence; heard holds all that came."""

    def __init__(self, path, answer):
        self.path, self.answer = path, answer
        self.heard, self.hellos = [], []
        self.changed = threading.Condition()
        self.conn = None
        self.start()

    def start(self):
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(4)
        self.over, self.wake = socket.socketpair()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def stop(self):
        """As if killed."""
        if not self.listener:
            return
        self.wake.send(b"x")
        self.thread.join()
        for s in (self.listener, self.over, self.wake, self.conn):
            if s:
                s.close()
        self.conn = self.listener = None
        os.unlink(self.path)

    def serve(self):
        data = b""
        while True:
            ready = select.select([self.over, self.listener] + ([self.conn] if self.conn else []), [], [])[0]
            if self.over in ready:
                return
            if self.listener in ready:
                self.conn, data = self.listener.accept()[0], b""
                continue
            got = self.conn.recv(1 << 16)
            if not got:
                self.conn.close()
                self.conn = None
                continue
            data += got
            while b"\n" in data:
                line, data = data.split(b"\n", 1)
                self.take(json.loads(line))

    def take(self, message):
        answer = None
        with self.changed:
            self.heard.append(message)
            self.changed.notify_all()
        if message["type"] == "hello":
            answer = {"type": "welcome", "version": 1, "sweep_s": 60}
        elif message["type"] == "ussd_step":
            answer = self.answer(message)
            if answer:
                answer = dict({"type": "ussd_screen"}, ref=message["ref"], **answer)
        elif message["type"] == "ussd_end":
            answer = {"type": "stored", "ref": message["ref"]}
        if answer:
            self.conn.sendall(json.dumps(answer).encode() + b"\n")

    def wait(self, kind, wanted=lambda m: True, count=1):
        """Until so many messages of the kind have come; returns the last."""
        def found():
            return [m for m in self.heard if m["type"] == kind and wanted(m)]
        with self.changed:
            if not self.changed.wait_for(lambda: len(found()) >= count, DEADLINE):
                raise Timeout("time ran out waiting for %s; heard: %s" % (kind, self.heard[-3:]))
            return found()[count - 1]

    def steps(self, *keys):
        return [tuple(m.get(k) for k in keys) for m in self.heard if m["type"] == "ussd_step"]


class Gateway:
    """The program; ports by listener."""

    def __init__(self, folder, conf, name="ussd", before=(), env=None):
        self.program = Program([*before, program("hotline-ussd"), conf], folder, name, env)
        self.ports = {}
        deadline = time.monotonic() + DEADLINE
        wait = threading.Event()
        with open(conf) as f:
            names = re.findall(r'\{ name = "([^"]+)"', f.read())
        while set(self.ports) != set(names):
            self.ports = {m[0]: int(m[1]) for m in re.findall(r"listening listener=(\S+) .*port=(\d+)\n", self.program.error_text())}
            if self.program.process.poll() is not None or not remaining(deadline):
                raise AssertionError("hotline-ussd does not listen: " + self.program.error_text())
            wait.wait(0.01)

    def stop(self):
        code = self.program.stop()
        if code not in (0, -9): # a sanitizer's word, or a crash; one that was killed is none
            raise AssertionError("hotline-ussd ended with %s: %s" % (code, self.program.error_text()))
        return code

    def call(self, listener, method="POST", path="/ussd", body=b"", secret=SECRET, timeout=DEADLINE, **headers):
        """(status, type, text) of one request on a connection of its own."""
        conn = http.client.HTTPConnection("127.0.0.1", self.ports[listener], timeout=timeout)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            if secret:
                sent["X-Hotline-Secret"] = secret
            conn.request(method, path, body if body or method != "GET" else None, sent)
            got = conn.getresponse()
            return got.status, got.headers.get("Content-Type"), got.read().decode()
        finally:
            conn.close()

    def at(self, text="", session="s1", number=NUMBER, **kwargs):
        body = urllib.parse.urlencode({"sessionId": session, "phoneNumber": number, "networkCode": "42801", "serviceCode": "*123#",
                                       "text": text}).encode()
        return self.call("at", body=body, Content_Type="application/x-www-form-urlencoded", **kwargs)

    def hub(self, type_, message="", session="s1", sequence=None, mobile=NUMBER[1:], state="", **kwargs):
        body = {"Type": type_, "Mobile": mobile, "SessionId": session, "Message": message, "ServiceCode": "*123#", "Operator": "net",
                "ClientState": state}
        if sequence is not None:
            body["Sequence"] = sequence
        got = self.call("hub", body=json.dumps(body).encode(), Content_Type="application/json", **kwargs)
        return got[:2] + (json.loads(got[2]) if got[0] == 200 else got[2],)

    def bip(self, what, text="", session="s1", method="POST", **kwargs):
        body = {"msisdn": NUMBER[1:], "text": text, "shortCode": "*123#", "imsi": None, "language": None, "ussdGwId": "gw1"}
        body = b"" if method == "GET" else json.dumps({"exitCode": 200, "reason": ""} if what == "end" else body).encode()
        got = self.call("bip", method, "/ussd/session/%s/%s" % (session, what), body, Content_Type="application/json", **kwargs)
        return got[:2] + (json.loads(got[2]) if got[0] == 200 else got[2],)


class GatewayCase(Case):
    """A gateway of three listeners, and a core that answers each step by self.answer(step)."""
    settings, listeners, top = {}, None, ""

    def answer(self, step):
        return {"text": "%s/%s/%s" % (step["session"], step.get("step", 0), step.get("input", "")[:100]), "end": step.get("input") == "0"}

    def setUp(self):
        super().setUp()
        self.conf = write_conf(self.folder, listeners=self.listeners, top=self.top, **self.settings)
        self.core = self.keep(FakeCore(os.path.join(self.folder, "ussd.sock"), lambda step: self.answer(step)))
        self.gateway = self.keep(Gateway(self.folder, self.conf))
        self.core.wait("hello")
        self.core.wait("modem") # it was welcomed

    def log(self):
        return self.gateway.program.error_text()
