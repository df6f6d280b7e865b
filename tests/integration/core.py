"""The real hotlined in a folder of its own, and links and people that talk to it on its real sockets."""
import json
import os
import select
import signal
import socket
import time

from harness import DEADLINE, SRCDIR, JsonLines, Program, Timeout, program, remaining, run, wait_readable

OFFICER, COORDINATOR, TEXTER = "+97600001001", "+97600002001", "+97600009001"
PASSWORD = "ten-long-words"
ROSTER = """people = (
  { name = "Duty 1"; role = "officer"; number = "%s"; language = "en"; },
  { name = "Coordinator"; role = "coordinator"; number = "%s"; language = "en"; }
);
""" % (OFFICER, COORDINATOR)

SETTINGS = {"receipts": "true", "discreet": "true", "country": '"976"', "police": '"102"', "helpline": '"108"',
    "short_number": '""', "owner_default": '"ATPU"', "owner_sex": '"ATPU"', "owner_labour": '"MDTF"', "owner_online": '"ATPU"',
    "escalate_emergency_s": "120", "escalate_high_s": "300", "escalate_normal_s": "900", "escalate_low_s": "3600",
    "argon2_least": "true"}


class Core:
    """hotlined on a new database with the modems m1, m2, ...; settings are lines of its configuration."""

    def __init__(self, folder, modems=1, autostart=True, **settings):
        self.folder = folder
        self.link, self.control = os.path.join(folder, "link.sock"), os.path.join(folder, "control.sock")
        self.config, self.database = os.path.join(folder, "hotlined.conf"), os.path.join(folder, "hotlined.db")
        self.modems = modems
        self.write_config(**settings)
        with open(os.path.join(folder, "roster.conf"), "w") as f:
            f.write(ROSTER)
        code, text = run([program("hotlined"), "--config", self.config, "--init"])
        assert code == 0, text
        self.recovery = max(text.split(), key=len)
        self.program, self.options = None, []  # options: more than --config
        if autostart:
            self.start()

    def write_config(self, **settings):
        lines = dict(SETTINGS, database='"%s"' % self.database, keys='"keys"', keyring='"keyring"', roster='"roster.conf"',
            link_socket='"%s"' % self.link, control_socket='"%s"' % self.control)
        for name in ("wording", "triage"):
            lines[name] = '"%s"' % os.path.join(SRCDIR, "etc", name)
        lines["modems_dir"] = '"%s"' % os.path.join(SRCDIR, "modems")
        lines.update({k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in settings.items()})
        modems = ", ".join('{ name = "m%d"; tty = "/dev/null%d"; sweep_s = 60; }' % (i + 1, i + 1) for i in range(self.modems))
        with open(self.config, "w") as f:
            f.write("".join("%s = %s;\n" % line for line in lines.items()) + "modems = ( %s );\n" % modems)

    def start(self, env=None, argv=()):
        """Starts it, through the command argv where one is named, and waits until it says READY=1, as systemd would."""
        path = os.path.join(self.folder, "notify.sock")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(path)
            try:
                self.program = Program(list(argv) + [program("hotlined"), "--config", self.config] + self.options, self.folder, "hotlined",
                    dict({"NOTIFY_SOCKET": path}, **(env or {})))
                pidfd = os.pidfd_open(self.program.pid)
                try:
                    self.wait_ready(ready, pidfd)
                finally:
                    os.close(pidfd)
            finally:
                os.unlink(path)

    def wait_ready(self, ready, pidfd):
        deadline = time.monotonic() + DEADLINE
        while True:
            came = select.select([ready, pidfd], [], [], remaining(deadline))[0]
            if ready in came and b"READY=1" in ready.recv(4096):
                return
            if not came or pidfd in came:
                raise AssertionError("hotlined did not start: %s" % self.program.error_text())

    def kill(self):
        """As in a power cut of the program: nothing is said to anybody."""
        self.program.kill(signal.SIGKILL)
        self.program.wait()
        self.program.process.stdout.close()

    def restart(self, env=None):
        self.kill()
        self.start(env)

    def stop(self):
        return self.program.stop() if self.program else 0

    def ask(self, op, **fields):
        """One request on a connection of its own."""
        conn = JsonLines(self.control)
        try:
            answer = conn.ask(dict(fields, op=op))
        finally:
            conn.close()
        assert answer["ok"], answer
        return answer

    def counters(self):
        return self.ask("status")["counters"]

    def cases(self):
        answer = self.ask("case.list", all=True)
        cases = answer["cases"]
        while answer.get("more"):
            answer = self.ask("case.list", all=True, after=cases[-1]["id"])
            cases += answer["cases"]
        return cases

    def add_person(self, name="Bat", role="officer", password=PASSWORD):
        return self.ask("person.add", name=name, role=role, password=password, recovery=self.recovery)

    def login(self, name="Bat", password=PASSWORD):
        """A connection of this person."""
        conn = JsonLines(self.control)
        answer = conn.ask({"op": "login", "person": name, "password": password})
        assert answer["ok"], answer
        return conn


class Link:
    """A modem worker, as far as the core can tell. sends: what it was given and has not begun; everything heard is kept in order."""

    def __init__(self, core, name="m1", state="ready", **hello):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(core.link)
        self.data, self.heard, self.ref, self.pdu = b"", [], 0, 0
        self.imsi = "42899000000000" + name[-1]
        self.say("hello", version=1, kind="modem", name=name, **hello)
        self.welcome = self.hear("welcome")
        if state:
            self.state(state)

    def close(self):
        self.sock.close()

    def say(self, type_, **fields):
        self.sock.sendall(json.dumps(dict({"type": type_}, **fields), ensure_ascii=False).encode() + b"\n")

    def state(self, state, **fields):
        self.say("modem", state=state, signal=20, **fields)

    def next(self, deadline, what):
        while b"\n" not in self.data:
            wait_readable(self.sock, deadline, what)
            got = self.sock.recv(1 << 16)
            if not got:
                raise EOFError("the core closed the link while waiting for %s" % what)
            self.data += got
        line, self.data = self.data.split(b"\n", 1)
        return json.loads(line)

    def hear(self, kind, wanted=lambda m: True, timeout=DEADLINE):
        """The first message of this type, past or to come, that is wanted; it is used up, others stay."""
        deadline = time.monotonic() + timeout
        for i, m in enumerate(self.heard):
            if m["type"] == kind and wanted(m):
                return self.heard.pop(i)
        while True:
            m = self.next(deadline, "%s; there was %s" % (kind, self.heard[-3:]))
            if m["type"] == kind and wanted(m):
                return m
            self.heard.append(m)

    def hear_end(self):
        """Waits until the core closes this link."""
        try:
            while True:
                self.heard.append(self.next(time.monotonic() + DEADLINE, "the end"))
        except (EOFError, ConnectionResetError):
            pass

    def new_pdu(self):
        self.pdu += 1
        return "%08X" % self.pdu

    def offer(self, text, from_=TEXTER, pdu=None, **fields):
        """Offers a text; its ref."""
        self.ref += 1
        self.say("inbound", ref=self.ref, imsi=self.imsi, pdu=pdu or self.new_pdu(), text=text, coding=16, **{"from": from_}, **fields)
        return self.ref

    def text(self, text, from_=TEXTER, **fields):
        """Offers a text and waits until it is stored."""
        ref = self.offer(text, from_, **fields)
        self.hear("stored", lambda m: m["ref"] == ref)

    def part(self, text, seq, total, ref=7, width=8, **fields):
        self.text(text, concat_width=width, concat_ref=ref, concat_total=total, concat_seq=seq, **fields)

    def send(self, wanted=lambda m: True, timeout=DEADLINE):
        """Takes the next text the core gives, and sends it."""
        m = self.hear("send", wanted, timeout)
        self.say("submitting", id=m["id"])
        self.hear("go", lambda g: g["id"] == m["id"])
        self.say("sent", id=m["id"], mrs=[m["id"] % 256])
        return m

    def assert_silent(self, kind):
        """After everything said so far was heard by the core, no message of this type has come."""
        self.ref += 1
        self.say("refused", ref=self.ref, imsi=self.imsi, raw="00", reason="silence")
        self.hear("stored", lambda m: m["ref"] == self.ref)
        there = [m for m in self.heard if m["type"] == kind]
        if there:
            raise AssertionError("unexpected: %s" % there)


__all__ = ["COORDINATOR", "Core", "Link", "OFFICER", "PASSWORD", "TEXTER", "Timeout"]
