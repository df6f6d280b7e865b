"""What integration tests share: the real programs, started in a folder of their own, and waiting on events with a deadline.

Nothing here sleeps: it waits on file descriptors. A wait that runs out raises Timeout and says what it waited for."""
import contextlib
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
import tty
import unittest

BUILDDIR = os.environ.get("HL_BUILDDIR", os.getcwd())
SRCDIR = os.environ.get("HL_SRCDIR", os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..")))
os.environ.pop("COLUMNS", None)  # what our programs print is looked at, so nobody's terminal shall break its lines
DEADLINE = float(os.environ.get("HL_TEST_DEADLINE", "60"))  # seconds a wait may last


class Timeout(AssertionError):
    pass


def program(name):
    """The path of a program that this build made."""
    return os.path.join(BUILDDIR, name)


def remaining(deadline):
    return max(0.0, deadline - time.monotonic())


def wait_readable(fd, deadline, what):
    if not select.select([fd], [], [], remaining(deadline))[0]:
        raise Timeout("time ran out waiting for %s" % what)


class Program:
    """A program that runs until stop(); standard error goes to a file in its folder."""

    def __init__(self, argv, folder, name, env=None, stdin=subprocess.DEVNULL):
        self.name = name
        self.errors = os.path.join(folder, name + ".err")
        with open(self.errors, "ab") as err:
            self.process = subprocess.Popen(argv, stdin=stdin, stdout=subprocess.PIPE, stderr=err,
                env=dict(os.environ, **(env or {})), cwd=folder)
        self.pid = self.process.pid
        self.text = b""

    def line(self, timeout=DEADLINE):
        """The next line of its standard output."""
        deadline = time.monotonic() + timeout
        fd = self.process.stdout.fileno()
        while b"\n" not in self.text:
            wait_readable(fd, deadline, "a line of %s" % self.name)
            data = os.read(fd, 65536)
            if not data:
                raise AssertionError("%s ended: %s" % (self.name, self.error_text()))
            self.text += data
        line, self.text = self.text.split(b"\n", 1)
        return line.decode()

    def error_text(self):
        with open(self.errors, errors="replace") as f:
            return f.read()

    def kill(self, number=signal.SIGKILL):
        self.process.send_signal(number)

    def wait(self, timeout=DEADLINE):
        """Its exit code; waits for it on a pidfd."""
        if self.process.poll() is None:
            fd = os.pidfd_open(self.pid)
            try:
                wait_readable(fd, time.monotonic() + timeout, "the end of %s" % self.name)
            finally:
                os.close(fd)
        return self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.wait()
            except Timeout:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        return self.process.returncode


def ack_in(text):
    """The code by which this alert is answered: behind OK, not the case's."""
    return re.search(r"OK (\d{4,8})\b", text).group(1)


class JsonLines:
    """A connection of newline-delimited JSON: requests with answers, and the events that come between."""

    def __init__(self, path):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(path)
        self.data = b""
        self.events = []
        self.next_id = 0

    def close(self):
        self.sock.close()

    def fileno(self):
        return self.sock.fileno()

    def send(self, message):
        self.sock.sendall(json.dumps(message).encode() + b"\n")

    def receive(self, deadline, what="a message"):
        while b"\n" not in self.data:
            wait_readable(self.sock, deadline, what)
            got = self.sock.recv(1 << 16)
            if not got:
                raise AssertionError("the connection was closed while waiting for %s" % what)
            self.data += got
        line, self.data = self.data.split(b"\n", 1)
        return json.loads(line)

    def ask(self, request, timeout=DEADLINE):
        self.next_id += 1
        self.send(dict(request, id=self.next_id))
        deadline = time.monotonic() + timeout
        while True:
            message = self.receive(deadline, "the answer to %s" % request.get("op"))
            if message.get("id") == self.next_id:
                return message
            self.events.append(message)

    def wait_event(self, wanted, timeout=DEADLINE, what=None):
        """The first event, past or to come, that wanted(event) accepts; it and those before it are used up."""
        deadline = time.monotonic() + timeout
        while True:
            while self.events:
                event = self.events.pop(0)
                if wanted(event):
                    return event
            self.events.append(self.receive(deadline, what or "an event"))


class Sim:
    """Simulated modems. Keyword arguments of do() are the fields of a request, without a trailing underscore:
    sim.do("sms", modem=0, from_="+976...", text="...")."""

    def __init__(self, folder, modems=1, args=()):
        self.folder = folder
        self.control = os.path.join(folder, "sim.sock")
        self.program = Program([program("hotline-simmodem"), "--control", self.control, "--dir", os.path.join(folder, "dev"),
            "--modems", str(modems)] + list(args), folder, "simmodem")
        self.ready = json.loads(self.program.line())
        self.conn = JsonLines(self.control)
        self.watching = None

    def path(self, modem=0):
        return self.ready["modems"][modem]

    def try_(self, op, **fields):
        return self.conn.ask(dict({name.rstrip("_"): value for name, value in fields.items()}, op=op))

    def do(self, op, **fields):
        answer = self.try_(op, **fields)
        if not answer["ok"]:
            raise AssertionError("%s: %s" % (op, answer["error"]))
        return answer

    def watch(self, *kinds):
        """Events come from now on; all kinds where none is named. They are read by event()."""
        self.watching = self.watching or JsonLines(self.control)
        answer = self.watching.ask(dict({"op": "watch"}, **({"events": list(kinds)} if kinds else {})))
        assert answer["ok"], answer

    def event(self, kind, wanted=lambda event: True, timeout=DEADLINE):
        return self.watching.wait_event(lambda e: e.get("event") == kind and wanted(e), timeout, "the event %s" % kind)

    def phone_text(self, number, contains="", timeout=DEADLINE):
        """Waits until the phone receives a text with these words; watch('phone') or watch() must have been called."""
        return self.event("phone", lambda e: e["number"] == number and contains in e["text"], timeout)["text"]

    def inbox(self, number=None):
        return self.do("phone", **({"number": number} if number else {}))["texts"]

    def stop(self):
        self.conn.close()
        if self.watching:
            self.watching.close()
        code = self.program.stop()
        if code:
            raise AssertionError("the simulator ended with %s: %s" % (code, self.program.error_text()))
        return code


class Tty:
    """The test as the program at a modem's line."""

    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.fd, termios.TCSANOW)
        self.data = b""

    def close(self):
        os.close(self.fd)

    def write(self, data):
        os.write(self.fd, data if isinstance(data, bytes) else data.encode())

    def until(self, end, timeout=DEADLINE):
        """All octets up to and including end."""
        end = end if isinstance(end, bytes) else end.encode()
        deadline = time.monotonic() + timeout
        while end not in self.data:
            wait_readable(self.fd, deadline, "%r after %r" % (end, self.data[-200:]))
            got = os.read(self.fd, 65536)
            if not got:
                raise AssertionError("the line was hung up before %r" % end)
            self.data += got
        at = self.data.index(end) + len(end)
        taken, self.data = self.data[:at], self.data[at:]
        return taken

    def final(self, timeout=DEADLINE):
        """All lines up to the next final result, blank ones left out."""
        lines = []
        while True:
            line = self.until(b"\n", timeout).strip(b"\r\n").decode("latin-1")
            if line:
                lines.append(line)
            if line in ("OK", "ERROR", "NO CARRIER") or line.startswith(("+CME ERROR", "+CMS ERROR")):
                return lines

    def at(self, command, timeout=DEADLINE):
        """Sends a command (echo is off or is the first line) and returns the lines up to its final result."""
        self.write(command + "\r")
        return self.final(timeout)

    def send_pdu(self, pdu, timeout=DEADLINE):
        """+CMGS of a PDU whose service centre address is the default's one octet."""
        self.write("AT+CMGS=%d\r" % (len(pdu) // 2 - 1))
        self.until(b"> ", timeout)
        self.write(pdu + "\x1a")
        return self.final(timeout)


class Case(unittest.TestCase):
    """A test with a folder of its own; what it makes with self.keep(...) is stopped at its end."""

    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.folder = tempfile.mkdtemp(prefix="hl-")
        self.stack.callback(shutil.rmtree, self.folder, True)

    def keep(self, thing):
        self.stack.callback(thing.stop if hasattr(thing, "stop") else thing.close)
        return thing

    def start_sim(self, modems=1, *args):
        return self.keep(Sim(self.folder, modems, args))

    def need(self, *names):
        """The paths of foreign programs; the test is skipped where one is missing."""
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        found = [shutil.which(name, path=path) for name in names]
        for name, at in zip(names, found):
            if not at:
                self.skipTest("%s is not installed" % name)
        return found if len(found) > 1 else found[0]


def run(argv, timeout=DEADLINE, **kwargs):
    """Runs a command to its end: (exit code, standard output and error together)."""
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
                          **kwargs)
    return done.returncode, done.stdout.decode(errors="replace")


def main():
    """Runs the tests of the calling script; exit code 77 (skipped, to automake) where every one was skipped."""
    result = unittest.main(verbosity=2, exit=False).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if result.testsRun and len(result.skipped) == result.testsRun else 0)
