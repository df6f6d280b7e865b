"""The neighbours of hotline-notify, for tests: a core on a socket, a mail server and an HTTPS server that behave as they are told,
Debian's Exim, and certificates. Each hands what it got to a queue; nothing here polls."""
import email
import email.policy
import grp
import json
import os
import pwd
import queue
import socket
import ssl
import subprocess
import threading
import time

from harness import DEADLINE, Program, program, wait_readable

SECRET = "a secret of the tests, of 32 characters or more"
SENDER = "hotline@example.mn"
ADDRESS = "duty1@example.mn"
DROP = object()  # in place of an answer: hang up


def certificate(folder, name, host="127.0.0.1", at=None):
    """A certificate that signs itself, NAME.pem, and its NAME.key, for two days from now, or from at (faketime)."""
    kind = "IP" if host[0].isdigit() else "DNS"
    subprocess.run((["faketime", at] if at else []) + ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=" + host, "-addext", "subjectAltName=%s:%s" % (kind, host), "-keyout",
        "%s/%s.key" % (folder, name), "-out", "%s/%s.pem" % (folder, name)], check=True, stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)


def server_context(folder, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("%s/%s.pem" % (folder, name), "%s/%s.key" % (folder, name))
    return context


def start_notify(case, before=(), env=None, **settings):
    """hotline-notify in the test's folder, run by the command before; settings are lines of notify.conf."""
    for name, text in (("secret", SECRET), ("password", "right")):
        with open(os.path.join(case.folder, name), "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as f:
            f.write(text + "\n")
    lines = dict({"socket": "notify.sock", "webhook_secret_file": "secret", "timeout_s": 300}, **settings)
    with open(os.path.join(case.folder, "notify.conf"), "w") as f:
        for key, value in lines.items():
            f.write("%s = %s;\n" % (key, json.dumps(value)))
    argv = list(before) + [program("hotline-notify"), os.path.join(case.folder, "notify.conf")]
    return case.keep(Program(argv, case.folder, "notify", env))


class FakeCore:
    """What hotline-notify sees of hotlined. A note gets its go at once, unless hold_go is set; outcome() waits for what became of it."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "notify.sock")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(8)
        self.conn, self.data, self.heard, self.next_id = None, b"", [], 0
        self.hold_go = False

    def accept(self):
        wait_readable(self.listener, time.monotonic() + DEADLINE, "hotline-notify to connect")
        self.conn = self.listener.accept()[0]
        self.data, self.heard = b"", []
        hello = self.hear("hello")
        self.say("welcome", version=1, name="notify", sweep_s=1)
        self.state = self.hear("modem")
        return hello

    def drop(self):
        self.conn.close()
        self.conn = None

    def close(self):
        if self.conn:
            self.conn.close()
        self.listener.close()

    def say(self, type_, **fields):
        self.conn.sendall(json.dumps(dict({"type": type_}, **fields), ensure_ascii=False).encode() + b"\n")

    def next(self, deadline, what):
        while b"\n" not in self.data:
            wait_readable(self.conn, deadline, what)
            got = self.conn.recv(1 << 16)
            if not got:
                raise AssertionError("hotline-notify went away while the core waited for %s" % what)
            self.data += got
        line, self.data = self.data.split(b"\n", 1)
        return json.loads(line)

    def hear(self, kinds, wanted=lambda m: True):
        kinds = (kinds,) if isinstance(kinds, str) else kinds
        for i, m in enumerate(self.heard):
            if m["type"] in kinds and wanted(m):
                return self.heard.pop(i)
        deadline = time.monotonic() + DEADLINE
        while True:
            m = self.next(deadline, "%s; there was %s" % (kinds, self.heard))
            if m["type"] in kinds and wanted(m):
                return m
            self.heard.append(m)

    def note(self, channel, address, id=None, **fields):
        if id is None:
            self.next_id += 1
            id = self.next_id
        self.say("note", id=id, channel=channel, address=address, **dict({"key": "%d-7-abc" % id, "purpose": "alert",
            "priority": "emergency", "code": "4821935", "subject": "4821935: subject", "text": "the text"}, **fields))
        first = self.hear(("submitting", "released"), lambda m: m["id"] == id)
        if first["type"] == "released":
            self.heard.append(first)
        elif not self.hold_go:
            self.say("go", id=id)
        return id

    def outcome(self, id):
        return self.hear(("sent", "failed", "unknown", "released"), lambda m: m["id"] == id)


def hang_up(sock):
    """Now, whatever files of it are open still."""
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


class Server:
    """Listens on 127.0.0.1; each connection has a thread of its own that runs serve(sock)."""

    def __init__(self, context=None):
        self.context = context  # None: no TLS
        self.got = queue.Queue()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.conns = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                sock = self.listener.accept()[0]
            except OSError:
                return
            sock.settimeout(DEADLINE)
            self.conns.append(sock)
            threading.Thread(target=self.handle, args=(sock,), daemon=True).start()

    def secure(self, sock, context):
        self.conns.remove(sock)
        self.conns.append(context.wrap_socket(sock, server_side=True))
        return self.conns[-1]

    def handle(self, sock):
        try:
            self.serve(self.secure(sock, self.context) if self.context else sock)
        except (OSError, EOFError, ValueError) as error:  # ssl.SSLError is an OSError: a client that refuses our certificate
            self.got.put(("gone", str(error)))

    def next(self, kind):
        """What the next event of this kind brought; others before it are passed over."""
        deadline = time.monotonic() + DEADLINE
        while True:
            event = self.got.get(timeout=max(0.001, deadline - time.monotonic()))
            if event[0] == kind:
                return event[1]

    def close(self):
        self.listener.close()
        for sock in list(self.conns):
            hang_up(sock)


def read_line(file):
    line = file.readline(65536)
    if not line:
        raise EOFError("closed")
    return line.decode("latin-1").rstrip("\r\n")


class Smtp(Server):
    """A mail server. answers: by verb (CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, END, QUIT) a list of answers, used one by
    one, each text, bytes, DROP, or a function(sock) that returns one of these; where a list is empty the server is content."""
    USUAL = {"CONNECT": "220 test", "EHLO": "250 test", "STARTTLS": "220 go", "AUTH": "235 ok", "MAIL": "250 ok", "RCPT": "250 ok",
        "DATA": "354 go", "END": "250 taken", "QUIT": "221 bye", "RSET": "250 ok"}

    def __init__(self, context=None, starttls=None):
        self.starttls, self.answers, self.all_mails = starttls, {}, []
        super().__init__(context)

    def say(self, sock, verb):
        answer = self.answers[verb].pop(0) if self.answers.get(verb) else self.USUAL.get(verb, "500 what?")
        if callable(answer):
            answer = answer(sock)
        if answer is DROP:
            raise EOFError("told to hang up at " + verb)
        if verb == "EHLO" and self.starttls and not isinstance(sock, ssl.SSLSocket) and answer == "250 test":
            answer = "250-test\r\n250 STARTTLS"
        sock.sendall(answer if isinstance(answer, bytes) else answer.encode() + b"\r\n")
        return b"354" in (answer if isinstance(answer, bytes) else answer.encode())[:3]

    def serve(self, sock):
        try:
            self.say(sock, "CONNECT")
            while self.talk(sock) == "STARTTLS":
                sock = self.secure(sock, self.starttls)
        finally:
            hang_up(sock)

    def talk(self, sock):
        """Until STARTTLS or QUIT, which is returned."""
        file = sock.makefile("rb")
        while True:
            line = read_line(file)
            verb = line.split(":")[0].split(" ")[0].upper()
            self.got.put((verb, line))
            if self.say(sock, verb) and verb == "DATA":
                self.take(file)
                self.say(sock, "END")
            if verb in ("STARTTLS", "QUIT"):
                return verb

    def take(self, file):
        lines, line = [], read_line(file)
        while line != ".":
            lines.append(line[1:] if line.startswith(".") else line)
            line = read_line(file)
        self.all_mails.append(email.message_from_string("\r\n".join(lines), policy=email.policy.default))
        self.got.put(("mail", self.all_mails[-1]))

    def mail(self):
        return self.next("mail")


class Hooks(Server):
    """An HTTPS server. answers: a list, used one by one: a status, bytes as they are, DROP, or a function(sock) that returns one
    of these; 200 where it is empty. next("call") brings (headers, body, the answer)."""

    def __init__(self, context=None):
        self.answers = []
        super().__init__(context)

    def url(self, path="/hook"):
        return "%s://127.0.0.1:%d%s" % ("https" if self.context else "http", self.port, path)

    def serve(self, sock):
        try:
            self.answer(sock)
        finally:
            hang_up(sock)

    def answer(self, sock):
        file = sock.makefile("rb")
        request = read_line(file)
        headers = {}
        for line in iter(lambda: read_line(file), ""):
            name, value = line.split(":", 1)
            headers[name] = value.strip()
        body = file.read(int(headers.get("Content-Length", 0)))
        answer = self.answers.pop(0) if self.answers else 200
        self.got.put(("call", (headers, body, answer, request)))
        if callable(answer):
            answer = answer(sock)
        if answer is DROP:
            return
        if isinstance(answer, int):
            answer = b"HTTP/1.1 %d x\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"read\": true}" % answer
        sock.sendall(answer)


class Gate:
    """An answer that waits until it is opened."""

    def __init__(self, answer):
        self.answer, self.reached, self.opened = answer, threading.Event(), threading.Event()

    def __call__(self, sock):
        self.reached.set()
        self.opened.wait(DEADLINE)
        return self.answer

    def open(self):
        self.opened.set()

    def wait(self):
        assert self.reached.wait(DEADLINE), "nobody came so far"


EXIM = """
spool_directory = {folder}/exim
log_file_path = {folder}/exim/log-%s
pid_file_path = {folder}/exim/pid
exim_user = {user}
exim_group = {group}
never_users =
primary_hostname = mail.example.mn
qualify_domain = example.mn
domainlist ours = example.mn
keep_environment =
host_lookup =
tls_advertise_hosts = *
tls_certificate = {folder}/good.pem
tls_privatekey = {folder}/good.key
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_mail = from
acl_smtp_rcpt = to
acl_smtp_data = content
received_header_text =
begin acl
from:
  deny !encrypted = *
       message = TLS first
  deny !authenticated = *
       message = who are you
  accept
to:
  defer local_parts = grey
        condition = ${{if !exists{{{folder}/exim/seen}}}}
        condition = ${{run{{/usr/bin/touch {folder}/exim/seen}}{{true}}{{true}}}}
        message = greylisted, try later
  deny !local_parts = duty1 : grey
       message = no such mailbox
  accept
content:
  accept
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{hotline}}}}{{eq{{$auth3}}{{right}}}}}}}}
  server_set_id = $auth2
"""


class Exim(Server):
    """Debian's Exim with a configuration of its own, as this user, started for each connection as inetd does it. Wants TLS (implicit:
    from the first octet) and a password (hotline, right); takes mail for duty1 and, the second time, for grey at example.mn, into
    its queue on disk: what it has answered 250 to is there."""

    def __init__(self, case, implicit=False):
        folder = self.folder = case.folder
        os.makedirs(folder + "/exim/input", exist_ok=True)
        self.log = open(folder + "/exim.err", "ab")
        self.argv = [case.need("exim4"), "-C", folder + "/exim.conf", "-bs", "-odq"] + (["-tls-on-connect"] if implicit else [])
        with open(folder + "/exim.conf", "w") as f:
            f.write(EXIM.format(folder=folder, user=pwd.getpwuid(os.geteuid()).pw_name,
                group=grp.getgrgid(os.getegid()).gr_name))
        super().__init__()

    def mails(self):
        """All that it has taken, in no order. A queued mail is two files: -H, whose headers have their length before them, and -D."""
        found = []
        for name in os.listdir(self.folder + "/exim/input"):
            if not name.endswith("-H"):
                continue
            with open("%s/exim/input/%s" % (self.folder, name), encoding="latin-1", newline="") as f:
                rest = f.read().split("\n\n", 1)[1]
            with open("%s/exim/input/%sD" % (self.folder, name[:-1]), encoding="latin-1", newline="") as f:
                body = f.read().split("\n", 1)[1]
            headers = ""
            while rest[:3].isdigit():
                length, rest = int(rest[:3]), rest[5:]
                headers, rest = headers + rest[:length], rest[length:]
            found.append(email.message_from_string(headers + "\n" + body, policy=email.policy.default))
        return found

    def handle(self, sock):
        sock.settimeout(None)
        subprocess.run(self.argv, stdin=sock, stdout=sock, stderr=self.log, check=False)
        sock.close()

    def close(self):
        super().close()
        self.log.close()


__all__ = ["ADDRESS", "DROP", "Exim", "FakeCore", "Gate", "Hooks", "SECRET", "SENDER", "Server", "Smtp", "certificate",
    "server_context", "start_notify"]
