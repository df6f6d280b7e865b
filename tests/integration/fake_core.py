"""The core as a worker sees it: a listening link socket that says welcome, stores what it is offered and leases texts."""
import json
import os
import select
import socket
import time

from harness import DEADLINE, Case, Program, Timeout, program, remaining

# Short waits, so that faults show at once; otherwise the generic profile.
PROFILE = {"command_ms": 700, "list_ms": 700, "prompt_ms": 500, "submit_ms": 900, "settle_ms": 30, "reset_ms": 300,
           "register_ms": 500}
OFFERS = ("inbound", "refused", "report", "call")


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

    def wait_any(self, timeout=DEADLINE):
        """The next message, whatever it is."""
        deadline = time.monotonic() + timeout
        while self.looked == len(self.heard):
            self.pump(deadline, "anything of the worker")
        self.looked += 1
        return self.heard[self.looked - 1]

    def wait_of(self, *kinds):
        while True:
            message = self.wait_any()
            if message["type"] in kinds:
                return message

    def is_quiet(self, seconds):
        """Whether the worker says nothing for so long."""
        try:
            self.pump(time.monotonic() + seconds, "silence")
            return False
        except Timeout:
            return True

    def wait_state(self, *states, timeout=DEADLINE):
        return self.wait("modem", lambda m: m["state"] in states, timeout)

    def wait_ready(self, timeout=DEADLINE):
        return self.wait_state("ready", "sweeping", "sending", timeout=timeout)

    def all(self, *kinds):
        return [m for m in self.heard if m["type"] in kinds]

    def wait_ready_now(self):
        """Until the state told last is one in which texts can be sent."""
        states = [m["state"] for m in self.all("modem")]
        if not states or states[-1] not in ("ready", "sweeping", "sending"):
            self.looked = len(self.heard)
            self.wait_ready()

    def texts(self):
        return [m["text"] for m in self.all("inbound")]


def start_worker(folder, core, name="m0", **kwargs):
    return Program([program("hotline-modem"), name, "--link", core.path, "--verbose"], folder, "worker", **kwargs)


class WorkerCase(Case):
    """A simulated modem, a worker and a core that is this test."""
    modems, sim_args, welcome, profile = 1, (), {}, {}

    def setUp(self):
        super().setUp()
        self.sim = self.start_sim(self.modems, *self.sim_args)
        self.core = self.keep(FakeCore(self.folder, self.sim.path(), **self.welcome))
        self.core.profile(**self.profile)

    def start(self, ready=True, **kwargs):
        self.worker = self.keep(start_worker(self.folder, self.core, **kwargs))
        if ready:
            self.core.wait_ready()
        return self.worker

    def sms(self, text, from_="+97600001234", **fields):
        return self.sim.do("sms", from_=from_, text=text, **fields)

    def on_sim(self, mem="SM"):
        return self.sim.do("storage", mem=mem)["used"]

    def wait_empty(self, mem="SM"):
        """Until nothing lies in the memory any more; the worker deletes, so its deletions are what is waited for."""
        self.sim.watch("deleted", "stored")
        deadline = time.monotonic() + DEADLINE
        while self.on_sim(mem):
            self.core_and_sim(deadline, "an empty %s" % mem)

    def core_and_sim(self, deadline, what):
        """Lets the core answer, and returns once the simulator told of something."""
        while True:
            fds = [self.sim.watching, self.core.listener] + ([self.core.conn] if self.core.conn else [])
            ready = select.select(fds, [], [], remaining(deadline))[0]
            if not ready:
                raise Timeout("time ran out waiting for %s" % what)
            if self.core.listener in ready or self.core.conn in ready:
                self.core.pump(deadline, what)
            if self.sim.watching in ready:
                self.sim.watching.receive(deadline)
                return
