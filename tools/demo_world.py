"""The demo's world: a throw-away folder with configuration and keys, simulated modems, their workers and the core. Everything here
waits on events (a readiness datagram, a line, the end of a process), never on time passing."""
import asyncio
import contextlib
import ctypes
import json
import os
import shlex
import shutil
import signal
import socket
import tempfile

LINE_MAX = 1 << 20
PATIENCE = 30.0  # seconds until something that should happen counts as failed
PR_SET_PDEATHSIG = 1


class Failed(Exception):
    """Something that the demo needs did not happen; the text says what."""


def die_with_parent():
    """In a child, before it runs: no orphan is left even if the demo itself is killed."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Program:
    """A program of ours that runs until stop(). It tells that it is ready as it would tell systemd."""

    def __init__(self, name, argv, folder, env=None):
        self.name, self.argv, self.env = name, argv, env or {}
        self.log = os.path.join(folder, name + '.log')
        self.notify = os.path.join(folder, name + '.notify')
        self.process = None

    async def start(self, wait_ready=True):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock, open(self.log, 'ab') as log:
            sock.bind(self.notify)
            sock.setblocking(False)
            self.process = await asyncio.create_subprocess_exec(*self.argv, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                env=dict(os.environ, NOTIFY_SOCKET=self.notify, **self.env), start_new_session=True, preexec_fn=die_with_parent)
            try:
                if wait_ready:
                    await asyncio.wait_for(self.ready(sock), PATIENCE)
            except asyncio.TimeoutError:
                raise Failed('%s did not become ready:\n%s' % (self.name, self.tail())) from None
            finally:
                os.unlink(self.notify)

    async def ready(self, sock):
        loop = asyncio.get_running_loop()
        ended = asyncio.ensure_future(self.process.wait())
        try:
            while True:
                told = asyncio.ensure_future(loop.sock_recv(sock, 4096))
                await asyncio.wait({told, ended}, return_when=asyncio.FIRST_COMPLETED)
                if not told.done():
                    told.cancel()
                    raise Failed('%s ended at once:\n%s' % (self.name, self.tail()))
                if b'READY=1' in told.result().split(b'\n'):
                    return
        finally:
            ended.cancel()

    def tail(self):
        with open(self.log, encoding='utf-8', errors='replace') as f:
            return ''.join(f.readlines()[-20:])

    async def stop(self):
        if not self.process or self.process.returncode is not None:
            return
        self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), 10)
        except asyncio.TimeoutError:
            self.process.kill()
            await self.process.wait()


class Lines:
    """A socket of newline-delimited JSON: requests with answers, and events handed to a function as they come."""

    def __init__(self, reader, writer, on_event):
        self.reader, self.writer, self.on_event = reader, writer, on_event
        self.answers = asyncio.Queue()
        self.task = asyncio.ensure_future(self.read())

    @classmethod
    async def connect(cls, path, on_event=lambda event: None):
        return cls(*await asyncio.open_unix_connection(path, limit=LINE_MAX), on_event)

    async def read(self):
        while line := await self.reader.readline():
            message = json.loads(line)
            if 'event' in message:
                self.on_event(message)
            else:
                self.answers.put_nowait(message)

    async def ask(self, op, **fields):
        self.writer.write(json.dumps(dict(fields, op=op)).encode() + b'\n')
        answer = await asyncio.wait_for(self.answers.get(), PATIENCE)
        if not answer.get('ok'):
            raise Failed('%s: %s' % (op, answer.get('error')))
        return answer

    def close(self):
        self.task.cancel()
        self.writer.close()


CONFIG = '''// made by the demo, gone when it ends
database = "hotlined.db";
keys = "keys";
keyring = "keyring";
link_socket = "link.sock";
control_socket = "control.sock";
roster = "roster.conf";
wording = "%(source)s/etc/wording";
triage = "%(source)s/etc/triage";
modems_dir = "%(source)s/modems";
agencies = "%(source)s/etc/agencies.conf";
country = "976";
receipts = true;
discreet = true;
owner_default = "ATPU";
owner_sex = "ATPU";
owner_labour = "ATPU";
owner_online = "ATPU";
alerts = "alerts.conf";
escalate_high_s = 300;
escalate_normal_s = 300;
escalate_low_s = 300;
argon2_least = true;
ussd = "%(source)s/etc/ussd.conf";
campaign_hours = "always";       // the demo may run at night
campaign_least = 1;              // and has three people who agreed
modems = (
%(modems)s
);
'''


# The first officer has a moment to answer, so that the story goes on; who plays afterwards has a minute.
ALERTS = '''policies = ( { name = "emergency"; priorities = "emergency"; steps = (
	{ ring = "duty, coordinators"; wait_s = %d; },
	{ ring = "next"; wait_s = 60; },
	{ ring = "officers, coordinators"; wait_s = 60; } ); } );
text_every_s = 0;
'''


class World:
    def __init__(self, source, build, names):
        self.source, self.build, self.names = source, build, names
        self.folder = tempfile.mkdtemp(prefix='hotline-demo-')
        self.programs, self.connections = [], []

    def path(self, name):
        return os.path.join(self.folder, name)

    def program(self, name):
        """Where this build put a program."""
        for folder in ('', 'src/core', 'src/modem', 'src/ctl', 'src/simmodem'):
            path = os.path.join(self.build, folder, name)
            if os.path.isfile(path):
                return path
        raise Failed('%s was not built' % name)

    def write(self, name, text, mode=0o600):
        with open(os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), 'w', encoding='utf-8') as f:
            f.write(text)

    def configure(self, roster, escalate):
        modems = ',\n'.join('\t{ name = "%s"; tty = "%s"; }' % (name, self.path('dev/modem%d' % i)) for i, name in enumerate(self.names))
        self.write('hotlined.conf', CONFIG % {'source': self.source, 'modems': modems})
        self.write('alerts.conf', ALERTS % escalate)
        self.write('roster.conf', roster)
        for name in ('keys', 'keyring'):
            os.mkdir(self.path(name), 0o700)

    def script(self, name, *argv):
        """A short name for a long command, for who plays in another terminal."""
        self.write(name, '#!/bin/sh\nexec %s "$@"\n' % ' '.join(shlex.quote(arg) for arg in argv), 0o700)
        return self.path(name)

    async def start(self, name, argv, wait_ready=True):
        program = Program(name, argv, self.folder)
        self.programs.append(program)
        await program.start(wait_ready)
        return program

    async def start_sim(self):
        control = self.path('sim.sock')
        argv = [self.program('hotline-simmodem'), '--control', control, '--dir', self.path('dev'), '--modems', str(len(self.names))]
        process = await asyncio.create_subprocess_exec(*argv, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            start_new_session=True, preexec_fn=die_with_parent)
        program = Program('hotline-simmodem', argv, self.folder)
        program.process = process
        self.programs.append(program)
        if not await asyncio.wait_for(process.stdout.readline(), PATIENCE):
            raise Failed('the simulated modems did not start')

    async def connect(self, name, on_event=lambda event: None):
        lines = await Lines.connect(self.path(name), on_event)
        self.connections.append(lines)
        return lines

    async def run(self, argv, stdin='', columns=0):
        """A command to its end: (exit code, standard output, standard error). With columns its lines are to fit a terminal."""
        env = dict(os.environ, HOTLINED=self.program('hotlined'), COLUMNS=str(columns))
        process = await asyncio.create_subprocess_exec(*argv, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, env=env)
        out, err = await asyncio.wait_for(process.communicate(stdin.encode()), PATIENCE)
        return process.returncode, out.decode(), err.decode()

    async def stop(self):
        for lines in self.connections:
            lines.close()
        for program in reversed(self.programs):
            with contextlib.suppress(ProcessLookupError):
                await program.stop()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
