"""The whole system in one folder: a throw-away database, the core, simulated modems, their workers, a roster.

The test is the supervisor: it starts, kills and restarts the programs as systemd would."""
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time

from harness import Case, DEADLINE, JsonLines, Program, SRCDIR, Sim, Timeout, ack_in, program, remaining, wait_readable

OFFICER = "+97600000001"
SECOND = "+97600000002"
COORDINATOR = "+97600000009"
PASSWORD = "a long pass phrase"

CONFIG = '''
database = "hotlined.db"; keys = "keys"; keyring = "keyring";
link_socket = "link.sock"; control_socket = "control.sock";
roster = "roster.conf"; wording = "%(etc)s/wording"; triage = "%(etc)s/triage"; modems_dir = "modems";
country = "976"; police = "102"; helpline = "108"; argon2_least = true;
%(settings)s
modems = ( %(modems)s );
'''

ROSTER = (("officer one", "officer", OFFICER), ("officer two", "officer", SECOND), ("task force", "coordinator", COORDINATOR))


def setting(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else json.dumps(value)


class Phones:
    """What every simulated phone receives, number by number, in order; nothing is lost by waiting for something else."""

    def __init__(self, sim):
        self.sim = sim
        sim.watch("phone", "load")
        self.texts = {}
        self.load_done = False

    def take(self, deadline):
        """Takes one event in; False if none came in time."""
        try:
            event = self.sim.watching.events.pop(0) if self.sim.watching.events else self.sim.watching.receive(deadline, "a phone")
        except Timeout:
            return False
        if event.get("event") == "load":
            self.load_done = True
        elif event.get("event") == "phone":
            self.texts.setdefault(event["number"], []).append(event["text"])
        return True

    def until(self, wanted, what, timeout=DEADLINE):
        deadline = time.monotonic() + timeout
        while not wanted():
            if not self.take(deadline) and not remaining(deadline):
                raise Timeout("time ran out waiting for " + what)

    def text(self, number, contains="", timeout=DEADLINE):
        """The first text on this phone with these words that was not asked for before; it and those before it are used up."""
        def found():
            return [i for i, text in enumerate(self.texts.get(number, [])) if contains in text]
        self.until(found, 'a text with "%s"' % contains, timeout)
        at = found()[0]
        text = self.texts[number][at]
        del self.texts[number][:at + 1]
        return text

    def code(self, number, contains="", timeout=DEADLINE):
        """The case code in such a text."""
        return codes_in(self.text(number, contains, timeout))[0]

    def codes(self, number, contains="", timeout=DEADLINE):
        """The case code in such an alert, and the code by which this phone answers it."""
        text = self.text(number, contains, timeout)
        return codes_in(text)[0], ack_in(text)


class System:
    """Programs start with start(); what the database holds is read by rows() once the core is stopped."""

    def __init__(self, folder, modems=2, sim_args=(), roster=ROSTER, modem_settings=None, database=None, core_env=None,
            configured=None, **settings):
        self.folder = folder
        self.core_env = core_env
        self.database = database or os.path.join(folder, "hotlined.db")
        self.config = os.path.join(folder, "hotlined.conf")
        self.names = ["m%d" % i for i in range(modems if configured is None else configured)]
        self.sim = Sim(folder, modems, sim_args)
        self.phones = Phones(self.sim)
        self.core = None
        self.workers = {}
        settings = dict({"escalate_emergency_s": 3600, "escalate_high_s": 3600, "escalate_normal_s": 3600, "escalate_low_s": 3600,
            "retry_first_s": 1, "retry_most_s": 4}, **settings)
        self.write_config(roster, modem_settings or {}, settings)
        done = subprocess.run([program("hotlined"), "--init", "--config", self.config], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=DEADLINE)
        if done.returncode:
            self.sim.stop()
            raise AssertionError("hotlined --init: " + done.stdout.decode())
        self.init_text = done.stdout.decode()

    def write_config(self, roster, modem_settings, settings):
        rows = []
        for i, name in enumerate(self.names):
            fields = dict({"name": name, "tty": self.sim.path(i), "sweep_s": 5}, **modem_settings.get(name, {}))
            rows.append("{ " + " ".join("%s = %s;" % (key, setting(value)) for key, value in fields.items()) + " }")
        self.write_profiles()
        text = CONFIG % {"etc": os.path.join(SRCDIR, "etc"), "modems": ",\n".join(rows),
            "settings": "\n".join("%s = %s;" % (key, setting(value)) for key, value in settings.items())}
        with open(self.config, "w") as f:
            f.write(text.replace('"hotlined.db"', setting(self.database)))
        with open(os.path.join(self.folder, "roster.conf"), "w") as f:
            f.write("people = ( %s );\n" % ",\n".join('{ name = "%s"; role = "%s"; number = "%s"; language = "en"; }' % row
                for row in roster))

    def write_profiles(self):
        """The profiles, and "quick": generic, but a lost answer is noticed soon."""
        folder = os.path.join(self.folder, "modems")
        shutil.copytree(os.path.join(SRCDIR, "modems"), folder)
        with open(os.path.join(folder, "generic.conf")) as f:
            generic = f.read()
        quick, changed = re.subn(r"(?m)^(command|list|prompt|submit)_ms = \d+;", r"\1_ms = 2000;", generic)
        assert changed == 4
        with open(os.path.join(folder, "quick.conf"), "w") as f:
            f.write(quick)

    # ---- programs ----------------------------------------------------------------------------------------------------

    def start_core(self):
        self.core = Program([program("hotlined"), "--config", self.config], self.folder, "hotlined", self.core_env)
        self.wait_core()

    def wait_core(self, timeout=DEADLINE):
        """Until the control socket answers. A restart has no event of its own to wait on, so this asks again every few ms."""
        deadline = time.monotonic() + timeout
        path = os.path.join(self.folder, "control.sock")
        end = os.pidfd_open(self.core.pid)
        try:
            while True:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
                    if probe.connect_ex(path) == 0:
                        return
                try:
                    wait_readable(end, min(deadline, time.monotonic() + 0.005), "the core")
                    raise AssertionError("hotlined ended: " + self.core.error_text())
                except Timeout:
                    if not remaining(deadline):
                        raise
        finally:
            os.close(end)

    def start_worker(self, name):
        self.workers[name] = Program([program("hotline-modem"), name, "--link", os.path.join(self.folder, "link.sock")],
            self.folder, name)

    def start(self):
        self.start_core()
        for name in self.names:
            self.start_worker(name)
        for name in self.names:
            self.wait_status(lambda s, n=name: s["modems"][n]["state"] in ("ready", "sweeping", "sending"), "modem %s to be ready" % name)
        return self

    def kill_core(self):
        self.core.kill()
        self.core.wait()
        self.core.stop()

    def restart_core(self):
        self.kill_core()
        self.start_core()

    def restart_worker(self, name):
        self.workers[name].kill()
        self.workers[name].wait()
        self.workers[name].stop()
        self.start_worker(name)

    def stop_core(self):
        if self.core:
            self.core.stop()

    def stop(self):
        for worker in self.workers.values():
            worker.stop()
        self.stop_core()
        self.sim.stop()

    def on_sim(self, modem=0):
        """How many texts are on the SIM."""
        return self.sim.do("modem", modem=modem)["modem"]["sm_used"]

    def log(self):
        """What the programs wrote to standard error."""
        return "".join(p.error_text() for p in [self.core] + list(self.workers.values()) if p)

    # ---- looking ------------------------------------------------------------------------------------------------------

    def ctl(self, *args, stdin=None, timeout=DEADLINE):
        """Runs hotlinectl: (exit code, output)."""
        done = subprocess.run([program("hotlinectl"), "--socket", os.path.join(self.folder, "control.sock")] + list(args),
            input=(stdin or "").encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
        return done.returncode, done.stdout.decode()

    def ctl_json(self, *args):
        code, out = self.ctl("--json", *args)
        if code:
            raise AssertionError("hotlinectl %s: %d %s" % (" ".join(args), code, out))
        return json.loads(out)

    def ask(self, op, **fields):
        """One request on the control socket, without hotlinectl between."""
        conn = JsonLines(os.path.join(self.folder, "control.sock"))
        try:
            conn.send(dict(fields, op=op))
            answer = conn.receive(time.monotonic() + DEADLINE, "the answer to " + op)
        finally:
            conn.close()
        if not answer["ok"]:
            raise AssertionError("%s: %s" % (op, answer))
        return answer

    def status(self):
        return self.ask("status")

    def wait_status(self, wanted, what, timeout=DEADLINE):
        """Until status satisfies; every event of the core's `watch`, and at most 50 ms, makes it look again."""
        deadline = time.monotonic() + timeout
        watch = JsonLines(os.path.join(self.folder, "control.sock"))
        try:
            watch.send({"op": "watch"})
            while True:
                status = self.status()
                if wanted(status):
                    return status
                if not remaining(deadline):
                    raise Timeout("time ran out waiting for %s; the logs:\n%s" % (what, self.log()[-4000:]))
                try:
                    watch.receive(min(deadline, time.monotonic() + 0.05), what)
                except Timeout:
                    pass
        finally:
            watch.close()

    def rows(self, sql, *args):
        """Rows of the database; the core must be stopped, since it alone may have it open."""
        db = sqlite3.connect(self.database)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def recovery_key(self):
        """The recovery key that --init printed: the longest word-like run of groups."""
        found = re.findall(r"\b(?:[0-9A-Z]{4,}[- ]){5,}[0-9A-Z]+\b", self.init_text)
        assert found, self.init_text
        return max(found, key=len)


def codes_in(text):
    return re.findall(r"\b\d{7}\b", text)


class SystemCase(Case):
    def start_system(self, *args, start=True, **kwargs):
        system = System(self.folder, *args, **kwargs)
        self.keep(system)
        return system.start() if start else system


def mount_tmpfs(test, folder, size):
    """A small file system of its own for the test; skips it where that is not allowed."""
    os.makedirs(folder)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%s" % size, "tmpfs", folder],
            stderr=subprocess.DEVNULL).returncode:
        test.skipTest("mounting a small file system needs root")
    test.stack.callback(subprocess.run, ["umount", "-l", folder])
    shutil.chown(folder, os.geteuid())
