#!/usr/bin/env python3
"""hotlinectl against a core of the test's own: what it asks, what it shows, its exit codes, and where secrets go."""
import fcntl
import json
import os
import pty
import re
import signal
import socket
import struct
import subprocess
import termios
import threading
import time

import harness
from harness import Case, DEADLINE, SRCDIR, program

CTL = program("hotlinectl")
RULES = os.path.join(SRCDIR, "etc", "triage")
NOW = int(time.time() * 1000)
CASE = {"code": "1234567", "state": "alerted", "kind": "tip", "exploitation": "sex", "urgency": "emergency",
    "child": True,
    "district": "Bayanzurkh", "khoroo": 7, "owner": "", "unit": "ATPU", "messages": 2, "opened_ms": NOW - 120000,
    "updated_ms": NOW - 5000, "acknowledged_ms": 0, "closed_ms": 0}
MESSAGE = {"id": 1, "direction": "in", "time_ms": NOW - 120000, "kind": "tip", "exploitation": "sex",
    "urgency": "emergency",
    "child": True, "district": "Bayanzurkh", "score": 7, "damaged": False, "parts": 1, "parts_missing": 0}


def failure(code, text):
    return {"ok": False, "code": code, "error": text}


class FakeCore:
    """Answers each request with what answers[op] says (an object, a list of lines, or a function of the request) and
    keeps what it was asked, connection by connection."""

    def __init__(self, path, answers):
        self.path, self.answers = path, answers
        self.asked = []        # a list of requests for each connection
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.listener.listen(8)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                conn, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(conn,), daemon=True).start()

    def talk(self, conn):
        requests = []
        self.asked.append(requests)
        with conn, conn.makefile("rwb") as f:
            for line in f:
                request = json.loads(line)
                requests.append(request)
                answer = self.answers.get(request["op"], failure("bad request", "there is no such operation"))
                if callable(answer):
                    answer = answer(request)
                for one in answer if isinstance(answer, list) else [answer]:
                    f.write((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)).encode() + b"\n")
                f.flush()
                if request["op"] == "watch":
                    return

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(DEADLINE)


def run_ctl(*args, stdin="", env=None):
    """(exit code, standard output, standard error)"""
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "HOTLINED")}
    done = subprocess.run([CTL] + list(args), input=stdin.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=DEADLINE,
        env=dict(clean, **(env or {})), start_new_session=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Person:
    """hotlinectl on a terminal with somebody at the keys."""

    def __init__(self, *args, env=None, columns=0):
        self.shown = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            os.environ.update(dict({"TERM": "xterm"}, **(env or {})))
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run in the background of a shell
            os.execv(CTL, [CTL] + list(args))

    def until(self, text):
        deadline = time.monotonic() + DEADLINE
        while text not in self.shown:
            harness.wait_readable(self.fd, deadline, "%r after %r" % (text, self.shown))
            self.shown += os.read(self.fd, 4096).decode()

    def type(self, text):
        os.write(self.fd, text.encode() + b"\n")

    def end(self):
        """Reads to the end: the exit code."""
        deadline = time.monotonic() + DEADLINE
        while True:
            harness.wait_readable(self.fd, deadline, "the end of hotlinectl after %r" % self.shown)
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                data = b""
            if not data:
                break
            self.shown += data.decode()
        self.echoes = bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class CtlCase(Case):
    def core(self, **answers):
        path = os.path.join(self.folder, "control.sock")
        self.fake = self.keep(FakeCore(path, {k.replace("_", "."): v for k, v in answers.items()}))
        self.socket = "--socket=" + path
        return self.fake

    def ctl(self, *args, **kwargs):
        return run_ctl(self.socket, *args, **kwargs)


STATUS = {"ok": True, "version": "9.9", "uptime_s": 7300, "database_bytes": 5 << 20,
    "warnings": ["the roster has no duty officer"], "roster": {"officers": 0, "coordinators": 1, "operators": 0},
    "counters": {"received": 12, "stored": 11}, "alerts": {"created": 1, "acknowledged": 3},
    "outbox": {"alert": {"queued": 1, "failed": 2}, "dialogue": {"delivered": 4}},
    "modems": {"m1": {"state": "ready", "sim_used": 3, "sim_total": 50, "received": 12, "sent": 4, "told_ms": NOW}}}


class Lists(CtlCase):
    def test_status(self):
        self.core(status=STATUS)
        code, out, err = self.ctl("status")
        self.assertEqual((code, err), (0, ""))
        lines = out.splitlines()
        self.assertEqual(lines[0], "hotlined 9.9, up 2 h, database 5.0 MiB, officers: 0, coordinators: 1")
        self.assertEqual(lines[1], "! the roster has no duty officer")
        self.assertRegex(out, r"(?m)^m1 +ready +3/50 +12 +4 +0 +0 ")
        self.assertRegex(out, r"(?m)^alert +1 +0 +0 +0 +0 +0 +2 +0 +0$")
        self.assertIn("Counters: received 12, stored 11\n", out)
        self.assertNotIn("\033", out)

    def test_status_for_programs(self):
        self.core(status=STATUS)
        code, out, err = self.ctl("status", "--json")
        self.assertEqual((code, err, out.count("\n")), (0, "", 1))
        self.assertEqual(json.loads(out), {k: v for k, v in STATUS.items() if k != "ok"})

    def test_queue_is_aligned_by_what_is_seen(self):
        self.core(case_list={"ok": True, "cases": [dict(CASE, owner="Болд"), dict(CASE, code="7654328", owner="",
            urgency="low")]})
        code, out, _ = self.ctl("queue")
        self.assertEqual(code, 0)
        rows = out.splitlines()
        at = rows[0].index("TEXTS")
        self.assertEqual([row[at:at + 5] for row in rows], ["TEXTS", "    2", "    2"])
        self.assertIn("Bayanzurkh 7", rows[1])
        self.assertIn("Болд", rows[1])
        self.assertEqual(self.fake.asked, [[{"op": "case.list"}]])

    def test_all(self):
        for command, op, key, nothing in (("queue", "case.list", "cases", "The queue is empty."),
                ("alerts", "alert.list", "alerts", "No alert is open."), ("outbox", "outbox.list", "outbox",
                "Nothing waits to be sent.")):
            with self.subTest(command):
                if not hasattr(self, "fake"):
                    self.core()
                self.fake.answers[op] = {"ok": True, key: []}
                self.assertEqual(self.ctl(command, "--all"), (0, nothing + "\n", ""))
                self.assertEqual(self.fake.asked[-1], [{"op": op, "all": True}])

    def test_long_list_is_asked_for_in_pieces(self):
        def piece(request):
            first = request.get("after", 0)
            return {"ok": True, "more": first < 4, "alerts": [{"id": first + n, "code": "%07d" % (first + n)} for n in (1, 2)]}
        self.core(alert_list=piece)
        code, out, _ = self.ctl("alerts")
        self.assertEqual(code, 0)
        self.assertEqual([line[:7] for line in out.splitlines()[1:]], ["%07d" % n for n in range(1, 7)])
        self.assertEqual([r.get("after") for r in self.fake.asked[-1]], [None, 2, 4])
        self.assertNotIn("There are more", out)

    def test_other_lists(self):
        rows = (
            ("modems", "modems", {"modems": [{"name": "m1", "state": "stuck", "signal": 20,
            "detail": "no answer\033[2J", "setups": 3, "measures": {"escape": 2, "ask": 0, "reset": 1}}]},
                r"m1 +stuck +all +good +0/0 .* no answer\ufffd\[2J\s+m1 was set up 3 times .*: escape 2, reset 1\s"),
            ("alerts", "alert.list", {"alerts": [{"code": "1234567", "urgency": "high", "state": "handed", "step": 1,
            "due_s": 240,
                "created_ms": NOW - 60000}]}, r"1234567 +high +handed +2 .* in 4 min +-\n"),
            ("outbox", "outbox.list", {"outbox": [{"id": 5, "lane": "alert", "purpose": "alert", "state": "failed",
            "code": "1234567",
                "recipient": "Bold", "attempts": 3, "why": "no network"}]},
                r"5 +alert +alert +failed +1234567 +Bold .* no network"),
            ("person list", "person.list", {"people": [{"name": "bold", "role": "officer", "unit": "ATPU",
            "created_ms": NOW}]},
                r"bold +officer +ATPU +20\d\d-"),
            ("quarantine", "quarantine.list", {"quarantine": [{"id": 1, "modem": "m1", "time_ms": NOW,
            "reason": "too short"}]},
                r"1 +m1 .* too short"),
        )
        self.core()
        for command, op, answer, shown in rows:
            with self.subTest(command):
                self.fake.answers[op] = dict(answer, ok=True)
                code, out, err = self.ctl(*command.split())
                self.assertEqual((code, err), (0, ""))
                self.assertRegex(out, shown)


class Narrow(CtlCase):
    """A terminal of 80 columns shows whole words, and every column that says something."""

    def shown(self, *args):
        person = Person(*args, columns=80, env={"NO_COLOR": ""})
        person.end()
        lines = re.sub("\033\\[[0-9;]*m", "", person.shown).split("\r\n")
        self.assertEqual([line for line in lines if len(line) > 80], [])
        return "\n".join(lines)

    def test_lists(self):
        case = dict(CASE, district="Songinokhairkhan", khoroo=21, state="acknowledged", owner="duty officer one", unit="ATPU",
            waits_for="first action", due_ms=NOW + 10800000)
        modem = {"name": "usb-123456", "state": "registering", "operator_name": "Simulated", "signal": 20, "sim_used": 3,
            "sim_total": 50, "received": 12345, "sent": 12345, "told_ms": NOW, "detail": "not registered yet: antenna, SIM, operator?"}
        counters = {name: 1 for name in ("received stored parts duplicates quarantined partial damaged reports cases").split()}
        self.core(case_list={"ok": True, "cases": [case]}, modems={"ok": True, "modems": [modem]},
            status=dict(STATUS, counters=counters, warnings=["nobody answers and this goes on for a while, " * 3]))
        queue = self.shown(self.socket, "queue")
        for words in ("Songinokhairkhan 21", "duty officer one waits for first action in", "texts 2", "child"):
            self.assertIn(words, " ".join(queue.split()))
        self.assertNotIn("PARTIAL", queue)
        self.assertIn("operator?", self.shown(self.socket, "modems"))
        self.assertIn("reports 1, cases 1", " ".join(self.shown(self.socket, "status").split()))

    def test_help(self):
        short = self.shown()
        self.assertIn("hotlinectl --help", short)
        self.assertLess(len(short.split("\n")), 24)
        self.assertIn("Exit codes", self.shown("--help"))
        self.shown("case", "--help")
        self.shown("case", "close", "--help")


class ExitCodes(CtlCase):
    def test_codes(self):
        rows = (("not found", 5), ("not authorised", 4), ("wrong state", 1), ("busy", 1), ("bad request", 1))
        self.core()
        for code, wanted in rows:
            self.fake.answers["status"] = failure(code, "because of %s" % code)
            self.assertEqual(self.ctl("status"), (wanted, "", "hotlinectl: because of %s\n" % code))

    def test_no_core(self):
        code, out, err = run_ctl("--socket", os.path.join(self.folder, "none"), "status")
        self.assertEqual((code, out), (3, ""))
        self.assertIn("is hotlined running?", err)

    def test_a_core_that_talks_nonsense_or_goes(self):
        self.core(status=["this is not JSON"])
        code, _, err = self.ctl("status")
        self.assertEqual((code, err), (3, "hotlinectl: the core did not answer: what it says is no JSON object\n"))
        self.fake.answers["status"] = ["[1]"]
        self.assertEqual(self.ctl("status")[0], 3)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        path = os.path.join(self.folder, "deaf.sock")
        listener.bind(path)
        listener.listen(1)
        threading.Thread(target=lambda: listener.accept()[0].close(), daemon=True).start()
        code, _, err = run_ctl("--socket", path, "status")
        listener.close()
        self.assertEqual(code, 3)
        self.assertIn("the core did not answer", err)

    def test_refused_at_the_door(self):
        """The core says why before it closes; the request may never have been read."""
        path = os.path.join(self.folder, "door.sock")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(path)
        listener.listen(1)

        def refuse():
            conn, _ = listener.accept()
            conn.sendall(json.dumps(failure("not authorised",
                "this user may not use the control socket")).encode() + b"\n")
            conn.close()
        threading.Thread(target=refuse, daemon=True).start()
        code, _, err = run_ctl("--socket", path, "status")
        listener.close()
        self.assertEqual((code, err), (4, "hotlinectl: this user may not use the control socket\n"))

    def test_usage(self):
        for args in ((), ("dance",), ("case", "show"), ("status", "--al"), ("person", "add", "x")):
            self.assertEqual(run_ctl(*args)[0], 2, args)
        code, _, err = run_ctl("campaign", "nwe", "x")
        self.assertEqual(code, 2)
        self.assertIn("campaign nwe: no such command", err)
        self.assertIn("campaign new FILE", err)
        for args, meant in ((("stauts",), "did you mean status?"), (("dance",), "see hotlinectl --help"), (("camapign", "list"), "did you mean campaign?"),
                (("case", "clam", "1"), "did you mean case claim?"), (("case", "dance"), "there are those above"),
                (("queue", "--al"), "did you mean --all?"), (("queue", "--jsno=1"), "see hotlinectl queue --help"), (("--sockt=x",), "did you mean --socket?")):
            code, out, err = run_ctl(*args)
            self.assertEqual((code, out), (2, ""), args)
            self.assertTrue(err.endswith(meant + "\n"), err)
        code, out, err = run_ctl("--help")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("Exit codes:", out)
        for line in out.splitlines():
            if line.startswith("  ") and not line.startswith(("  --", "   ")):
                words = [w for w in line.split("  ")[1].split() if w.islower() or "-" in w and w[0].islower()]
                self.assertEqual(run_ctl(*words, "--help")[0], 0, words)

    def test_socket_of_the_configuration(self):
        self.core(status=STATUS)
        config = os.path.join(self.folder, "hotlined.conf")
        with open(config, "w") as f:
            f.write('control_socket = "control.sock"; // beside this file\n')
        self.assertEqual(run_ctl("--config", config, "status", "--json")[0], 0)


class Secrets(CtlCase):
    def test_login_comes_first_on_the_same_connection(self):
        self.core(login={"ok": True, "name": "bold", "role": "officer"}, case_claim={"ok": True, "case": dict(CASE,
            owner="bold")})
        code, out, err = self.ctl("case", "claim", "1234567", "--as", "bold", "--password-stdin",
            stdin="correct horse\nmore\n")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("Case 1234567", out)
        asked, = self.fake.asked
        self.assertRegex(asked[1].pop("token"), "^[0-9A-Za-z_-]{16,64}$")
        self.assertEqual(asked, [{"op": "login", "person": "bold", "password": "correct horse"},
            {"op": "case.claim", "code": "1234567"}])

    def test_a_wrong_password_ends_it(self):
        self.core(login=failure("not authorised", "wrong name or password"))
        code, out, err = self.ctl("case", "close", "1234567", "resolved", "--as", "bold", "--password-stdin", stdin="wrong\n")
        self.assertEqual((code, out, err), (4, "", "hotlinectl: wrong name or password\n"))
        self.assertEqual(len(self.fake.asked[0]), 1)

    def test_who_is_asking(self):
        self.core()
        code, _, err = self.ctl("case", "claim", "1234567", "--password-stdin", stdin="secret\n")
        self.assertEqual((code, err), (2, "hotlinectl: who is asking? Name the person: --as NAME\n"))
        code, _, err = self.ctl("case", "claim", "1234567", "--as", "bold", "--password-stdin")
        self.assertEqual(code, 2)
        self.assertEqual([requests for requests in self.fake.asked if requests], [])

    def test_person_add(self):
        self.core(person_add={"ok": True, "name": "oyun", "role": "officer", "unit": "ATPU"})
        code, out, err = self.ctl("person", "add", "oyun", "--role", "officer", "--password-stdin",
            stdin="new password\nABCD-EFGH\n")
        self.assertEqual((code, out, err), (0, "Added oyun, officer of ATPU.\n", ""))
        code, _, _ = self.ctl("person", "add", "oyun", "--role", "officer", "--as", "bold", "--password-stdin",
            stdin="new\nbold's\n")
        self.assertEqual(code, 0)
        self.assertEqual([requests for requests in self.fake.asked if requests], [
            [{"op": "person.add", "name": "oyun", "role": "officer", "password": "new password",
                "recovery": "ABCD-EFGH"}],
            [{"op": "person.add", "name": "oyun", "role": "officer", "password": "new", "as": "bold",
            "as_password": "bold's"}]])

    def test_nothing_is_echoed(self):
        self.core(login={"ok": True}, case_show={"ok": True, "case": CASE, "messages": [dict(MESSAGE, text="one two",
            cues=[])]})
        person = Person(self.socket, "case", "show", "1234567")
        person.until("Your name (nothing: without texts): ")
        person.type("bold")
        person.until("Password of bold: ")
        person.type("correct horse")
        self.assertEqual(person.end(), 0)
        self.assertNotIn("correct horse", person.shown)
        self.assertTrue(person.echoes)
        self.assertIn("one two", person.shown)
        self.assertEqual(self.fake.asked[0][0], {"op": "login", "person": "bold", "password": "correct horse"})

    def test_nobody_is_fine_for_looking(self):
        self.core(case_show={"ok": True, "case": CASE, "messages": [dict(MESSAGE, locked="log in to read it")]})
        person = Person(self.socket, "case", "show", "1234567")
        person.until("without texts): ")
        person.type("")
        self.assertEqual(person.end(), 0)
        self.assertIn("(locked: log in to read it)", person.shown)

    def test_the_echo_comes_back_after_ctrl_c(self):
        self.core()
        person = Person(self.socket, "case", "claim", "1234567", "--as", "bold")
        person.until("Password of bold: ")
        os.write(person.fd, b"\x03")
        self.assertEqual(person.end(), -signal.SIGINT)
        self.assertTrue(person.echoes)

    def test_passwords_that_differ(self):
        self.core()
        person = Person(self.socket, "person", "add", "oyun", "--role", "officer")
        person.until("New password of oyun: ")
        person.type("one password")
        person.until("The same once more: ")
        person.type("another password")
        self.assertEqual(person.end(), 2)
        self.assertIn("the two are not the same", person.shown)
        self.assertNotIn("one password", person.shown)


class CaseShow(CtlCase):
    TEXT = "Баянзүрх дүүрэгт охин\033[31m\nтүгжээд"

    def cue(self, word, category, weight):
        at = len(self.TEXT[:self.TEXT.index(word)].encode())
        return {"stem": word[:4] + "*", "category": category, "weight": weight, "start": at,
            "end": at + len(word.encode())}

    def test_texts_with_their_cues(self):
        cues = [self.cue("түгжээд", "control", 3), self.cue("охин", "child", 1)]
        out_message = {"id": 2, "direction": "out", "time_ms": NOW - 60000, "text": "Хүлээн авлаа. 1234567"}
        self.core(login={"ok": True}, case_show={"ok": True, "case": CASE,
            "messages": [dict(MESSAGE, text=self.TEXT, cues=cues, parts=4, parts_missing=1, damaged=True),
            out_message]})
        code, out, _ = self.ctl("case", "show", "1234567", "--as", "bold", "--password-stdin", stdin="secret\n")
        self.assertEqual(code, 0)
        self.assertIn("   Баянзүрх дүүрэгт [охин]\ufffd[31m\n   [түгжээд]\n", out)
        self.assertIn("cues: түгж* (control 3), охин* (child 1)\n", out)
        self.assertRegex(out,
            r"<- in  20.*tip, emergency, sex, Bayanzurkh  \(1 of 4 parts are missing\)  \(damaged on the way\)\n")
        self.assertRegex(out, r"-> out 20[-: 0-9]+\n   Хүлээн авлаа. 1234567\n")
        self.assertIn("Case 1234567  emergency, alerted\n"
            "About: tip, sex, a child is mentioned; place: Bayanzurkh, khoroo 7; unit ATPU\n", out)

    def test_a_long_case_comes_in_pieces(self):
        pages = {None: {"ok": True, "case": CASE, "messages": [dict(MESSAGE, id=1), dict(MESSAGE, id=2)], "more": True},
            2: {"ok": True, "case": CASE, "messages": [dict(MESSAGE, id=3)]}}
        self.core(case_show=lambda request: pages[request.get("after")])
        code, out, _ = self.ctl("case", "show", "1234567", "--json")
        shown = json.loads(out)
        self.assertEqual(code, 0)
        self.assertEqual([m["id"] for m in shown["messages"]], [1, 2, 3])
        self.assertNotIn("more", shown)

    def test_colours_only_where_they_are_wanted(self):
        self.core(case_list={"ok": True, "cases": [CASE]})
        for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
            person = Person(self.socket, "queue", env=env)
            self.assertEqual(person.end(), 0)
            self.assertEqual("\033[1;31memergency" in person.shown, coloured, env)


class Watch(CtlCase):
    def test_a_line_an_event(self):
        self.core(watch=[{"ok": True}, {"event": "modem", "time_ms": NOW, "name": "m1", "state": "stuck",
            "ready": False, "detail": ""},
            {"event": "alert", "time_ms": NOW, "change": "created", "code": "1234567", "priority": "high",
            "type": "sex", "district": "",
                "person": "Болд", "state": "created"}, {"event": "strange", "time_ms": NOW, "a": 1, "b": "c\n"}])
        code, out, err = self.ctl("watch")
        clock = r"\d\d:\d\d:\d\d  "
        self.assertRegex(out, r"\A%swatching  \n%smodem       m1  stuck\n"
            r"%salert       created  1234567  high  sex  Болд\n%sstrange     1  c\ufffd\n\Z"
            % (clock, clock, clock, clock))
        self.assertEqual((code, err), (3, "hotlinectl: the core did not answer: it closed the connection\n"))

    def test_for_programs(self):
        event = {"event": "modem", "time_ms": NOW, "name": "m1"}
        self.core(watch=[{"ok": True}, event])
        code, out, _ = self.ctl("watch", "--json")
        first, second = [json.loads(line) for line in out.splitlines()]
        self.assertEqual((code, first["event"], second), (3, "watching", event))


class AuditTrail(CtlCase):
    def test_verify(self):
        self.core(audit_verify={"ok": True, "good": True, "rows": 12, "head": "ab" * 32})
        self.assertEqual(self.ctl("audit", "verify"), (0,
            "The audit trail is whole: 12 entries, head %s\n" % ("ab" * 32), ""))
        self.fake.answers["audit.verify"] = {"ok": True, "good": False, "rows": 12, "bad_id": 7}
        code, out, err = self.ctl("audit", "verify")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("CHANGED: entry 7", err)
        self.assertEqual(self.ctl("audit", "verify", "--json")[0], 1)

    def test_list(self):
        self.core(login={"ok": True}, audit_list={"ok": True, "audit": [{"id": 2, "time_ms": NOW, "actor": "bold",
            "action": "case.view",
            "object": "1234567", "detail": ""}]})
        code, out, _ = self.ctl("audit", "--as", "bold", "--password-stdin", stdin="x\n")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"2 +20.* bold +case.view +1234567")


class Init(Case):
    def test_it_runs_hotlined(self):
        fake = os.path.join(self.folder, "fake")
        with open(fake, "w") as f:
            f.write('#!/bin/sh\necho "$@"\nexit 66\n')
        os.chmod(fake, 0o755)
        self.assertEqual(run_ctl("init", "--config", "/x/y.conf", env={"HOTLINED": fake}), (66,
            "--init --config /x/y.conf\n", ""))
        code, _, err = run_ctl("init", env={"HOTLINED": fake + "-not"})
        self.assertEqual(code, 5)
        self.assertIn("HOTLINED", err)


class Rules(Case):
    def rules(self, *args, **kwargs):
        return run_ctl("rules", *args, "--rules", RULES, **kwargs)

    def test_check(self):
        code, out, err = self.rules("check")
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, r"^The rules are in order: \d{3,} stems, 9 districts, \d{4,} learned weights\.\n$")

    def test_check_tells_where(self):
        with open(os.path.join(self.folder, "bad.conf"), "w") as f:
            f.write("[what is this]\n[child]\nno row\n")
        code, out, err = run_ctl("rules", "check", "--rules", self.folder)
        self.assertEqual((code, out), (1, ""))
        self.assertIn("bad.conf:1", err)
        self.assertIn("bad.conf:3", err)
        self.assertIn("2 errors", err)

    def test_explain_reads_standard_input(self):
        code, out, err = self.rules("explain", stdin="Баянзүрх дүүрэгт 15 настай охиныг түгжээд байна\n")
        self.assertEqual((code, err), (0, ""))
        self.assertTrue(out.startswith("tip, "), out)
        self.assertIn("a child is mentioned", out)
        self.assertIn("Place: Bayanzurkh\n", out)
        self.assertIn("[Баянзүрх]", out)
        same = self.rules("explain", "Баянзүрх дүүрэгт 15 настай охиныг түгжээд байна")
        self.assertEqual(same[1], out)

    def test_explain_for_programs(self):
        text = "girl of 15 locked in, Bayanzurkh"
        code, out, _ = self.rules("explain", "--json", stdin=text)
        verdict = json.loads(out)
        self.assertEqual((code, verdict["kind"], verdict["child"], verdict["district"], verdict["script"]), (0, "tip",
            True, "Bayanzurkh",
            "english"))
        for cue in verdict["cues"]:
            self.assertTrue(0 <= cue["start"] < cue["end"] <= len(text))

    def test_classify(self):
        code, out, _ = self.rules("classify", stdin="STOP\n\n15 настай охиныг Баянзүрхэд түгжээд байна\n")
        rows = [line.split("\t") for line in out.splitlines()]
        self.assertEqual((code, [len(row) for row in rows]), (0, [7, 7, 7]))
        self.assertEqual(rows[0][:6], ["opt_out", "none", "none", "no", "none", "0"])
        self.assertEqual((rows[2][0], rows[2][2:5]), ("tip", ["emergency", "yes", "Bayanzurkh"]))
        self.assertIn("түгж*", rows[2][6].split(", "))
        self.assertEqual(rows[1][6], "-")
        code, out, _ = self.rules("classify", "--json", stdin="STOP\nSTOP\n")
        self.assertEqual([json.loads(line)["kind"] for line in out.splitlines()], ["opt_out"] * 2)

    def test_classify_answers_every_line(self):
        """Empty lines, no UTF-8, NULs, tabs, a very long line, Windows line ends, no final newline: a line out for a line in."""
        lines = [b"", b"\xff\xfe\x80 \xd0", b"a\0b\0", b"one\ttwo", "хүүхэд ".encode() * 20000, b"STOP\r", b" ", "😀".encode(),
            b"x" * 300000, b"ok"]
        out = subprocess.run([CTL, "rules", "classify", "--rules", RULES], input=b"\n".join(lines), timeout=60, check=True,
            stdout=subprocess.PIPE).stdout.decode()
        rows = [line.split("\t") for line in out.split("\n")[:-1]]
        self.assertEqual([len(row) for row in rows], [7] * len(lines))
        self.assertEqual((rows[5][0], rows[9][0]), ("opt_out", "ack"))
        for text, count in ((b"", 0), (b"\n", 1), (b"a", 1), (b"a\n", 1)):
            out = subprocess.run([CTL, "rules", "classify", "--rules", RULES], input=text, timeout=60, check=True,
                stdout=subprocess.PIPE).stdout
            self.assertEqual(out.count(b"\n"), count, text)

    def test_score(self):
        path = os.path.join(self.folder, "labels.tsv")
        with open(path, "w") as f:
            f.write("id\tscript\ttext\tkind\texploitation\turgency\tchild_mentioned\tdistrict\tnote\n"
                "a\ten\tSTOP\topt_out\tnone\tnone\tno\tnone\t-\n"
                "b\ten\tSTOP\ttip\tsex\temergency\tyes\tBayangol\n")
        code, out, err = self.rules("score", path)
        self.assertEqual((code, err), (0, ""))
        self.assertIn("b\tkind\topt_out instead of tip\n", out)
        self.assertRegex(out, r"(?m)^tips found +0 of +1 ")
        self.assertRegex(out, r"(?m)^tips taken for an opt-out +1 of +1 +100\.0 %")
        self.assertRegex(out, r"(?m)^all of it +1 of +2 +50\.0 %")
        for script in ("all", "en"):
            for label in ("kind", "exploitation", "urgency", "child", "district"):
                self.assertIn("\n%s, %s (rows: said, columns: triage)\n" % (label, script), out)
        self.assertRegex(out, r"kind, en .*\n +opt_out +tip\nopt_out +1 +0\ntip +1 +0\n")
        score = json.loads(self.rules("score", path, "--json")[1])
        self.assertEqual(score["confusion"]["kind"]["en"], [["opt_out", "opt_out", 1], ["tip", "opt_out", 1]])
        self.assertEqual((score["rows"], score["tips"], score["tips_as_opt_out"], score["kind"]), (2, 1, 1, 1))
        with open(path, "a") as f:
            f.write("c\tshort\n")
        code, _, err = self.rules("score", path)
        self.assertEqual(code, 1)
        self.assertIn("labels.tsv:4: 8 columns are needed", err)


if __name__ == "__main__":
    harness.main()
