"""The core as a worker sees it: a listening link socket that says welcome, stores what it is offered and leases texts."""
import json
import os
import select
import socket
import time

from harness import DEADLINE, Program, Timeout, program, remaining

# Short waits, so that faults show at once; otherwise the generic profile.
PROFILE = {"command_ms": 700, "list_ms": 700, "prompt_ms": 500, "submit_ms": 900, "settle_ms": 30, "reset_ms": 300,
           "register_ms": 500}
OFFERS = ("inbound", "refused", "report")


class FakeCore:
    """answer: what offers are answered with ("stored", "later", None for nothing); may be a function of the message.
    go: whether `submitting` is answered. heard holds every message in order; wait() looks at each once."""

    def __init__(self, folder, tty, **welcome):
        self.path = os.path.join(folder, "link.sock")
        self.welcome = dict({"type": "welcome", "version": 1, "tty": tty, "sweep_s": 3600, "profile": dict(PROFILE)}, **welcome)
        self.answer, self.go = "stored", True
        self.heard, self.looked, self.hellos = [], 0, []
        self.conn = None
        self.data = b""
        self.listen()

    def listen(self):
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(4)

    def profile(self, **changes):
        self.welcome["profile"].update(changes)

    def stop(self):
        """As if killed: connection and socket are gone."""
        self.drop()
        if self.listener:
            self.listener.close()
            os.unlink(self.path)
        self.listener = None

    def drop(self):
        if self.conn:
            self.conn.close()
        self.conn, self.data = None, b""

    def send(self, kind, **fields):
        self.conn.sendall(json.dumps(dict({"type": kind}, **fields)).encode() + b"\n")

    def text(self, number, text, to="+97600005678", report=False):
        self.send("send", id=number, to=to, text=text, report=report)

    def take(self, message):
        self.heard.append(message)
        kind = message["type"]
        if kind == "hello":
            self.hellos.append(message)
            self.conn.sendall(json.dumps(self.welcome).encode() + b"\n")
        elif kind in OFFERS:
            answer = self.answer(message) if callable(self.answer) else self.answer
            if answer:
                self.send(answer, ref=message["ref"])
        elif kind == "submitting" and self.go:
            self.send("go", id=message["id"])

    def pump(self, deadline, what):
        """Waits for octets once and takes the lines in them."""
        watched = [self.conn] if self.conn else []
        if self.listener:
            watched.append(self.listener)
        ready = select.select(watched, [], [], remaining(deadline))[0]
        if not ready:
            raise Timeout("time ran out waiting for %s; heard last: %s" % (what, self.heard[-5:]))
        if self.listener in ready:
            self.drop()
            self.conn = self.listener.accept()[0]
            return
        try:
            got = self.conn.recv(1 << 16)
        except ConnectionResetError:
            got = b""
        if not got:
            self.drop()
            return
        self.data += got
        while b"\n" in self.data and self.conn:
            line, self.data = self.data.split(b"\n", 1)
            self.take(json.loads(line))

    def wait(self, kind, wanted=lambda message: True, timeout=DEADLINE):
        """The next message of the kind that is wanted; those before it are passed over."""
        deadline = time.monotonic() + timeout
        while True:
            while self.looked < len(self.heard):
                message = self.heard[self.looked]
                self.looked += 1
                if message["type"] == kind and wanted(message):
                    return message
            self.pump(deadline, "%s of the worker" % kind)

    def wait_state(self, *states, timeout=DEADLINE):
        return self.wait("modem", lambda m: m["state"] in states, timeout)

    def wait_ready(self, timeout=DEADLINE):
        return self.wait_state("ready", "sweeping", "sending", timeout=timeout)

    def all(self, *kinds):
        return [m for m in self.heard if m["type"] in kinds]

    def texts(self):
        return [m["text"] for m in self.all("inbound")]


def start_worker(folder, core, name="m0", **kwargs):
    return Program([program("hotline-modem"), name, "--link", core.path, "--verbose"], folder, "worker", **kwargs)
