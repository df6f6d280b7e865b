#!/usr/bin/env python3
"""The main job on simulated modems, told as it happens. Started by ./demo, which builds first."""
import argparse
import asyncio
import os
import re
import secrets
import shutil
import signal
import sys
import time

import demo_scenes as scenes
from demo_world import PATIENCE, Failed, World

MODEMS = ('m1', 'm2')
ESCALATE_S = 4
ONE, TWO, COORDINATOR = 'duty officer one', 'duty officer two', 'MDTF coordinator'
ROSTER = {ONE: '+97600000011', TWO: '+97600000012', COORDINATOR: '+97600000021'}
ROSTER_FILE = '''// made by the demo, gone when it ends
people = (
	{ name = "duty officer one"; role = "officer"; number = "+97600000011"; language = "en"; },
	{ name = "duty officer two"; role = "officer"; number = "+97600000012"; language = "mn"; },
	{ name = "MDTF coordinator"; role = "coordinator"; number = "+97600000021"; language = "en"; }
);
'''
PERSON, PERSON_ROLE = 'demo', 'officer'
PLAYER, NEIGHBOUR = '+97600002001', '+97600002002'
CODE = re.compile(r'\b\d{7}\b')
ACK = re.compile(r'OK (\d{4,8})\b')
CYRILLIC = re.compile('[\u0400-\u04ff]')


class Tip:
    def __init__(self, who, number, text, receipt, modem=0, order=None):
        self.who, self.number, self.text, self.modem, self.order = who, number, text, modem, order
        self.receipt = receipt  # how the answer begins: in the script the texter used
        self.code = None


TIPS = (
    Tip('a neighbour', '+97600001001', 'Машин угаалгын газар 14 настай хоёр хүү өглөөнөөс шөнө хүртэл ажилладаг, тэндээ хонодог. '
        'Чингэлтэй 11-р хороо', 'Хүлээн авлаа'),
    Tip('a cook', '+97600001002', 'manai hool hiideg gazar 2 ohin ugluunuus shunu hurtel ayaga ugaadag, 14 15 nastai, gadaa garahgui. '
        'bgd 7r horoo', 'Khuleen avlaa', modem=1),
    Tip('an uncle', '+97600001003', 'My nephew is 8 and rides race horses for a trainer in Nalaikh. He fell twice and they still make '
        'him ride.', 'Received'),
    Tip('a tenant', '+97600001004', 'Манай байрны доод талын автомашин засварын газарт 13 орчим настай хүү байдаг. Өглөө 8-аас шөнө болтол '
        'дугуй зөөж, газар шүүрддэг. Амралтын өдөр ч харагддаг. Эзэн нь хамаатан гэдэг ч хүүг хашгирч загнадаг. БЗД, 18-р хороо, '
        'гараашийн эгнээний хамгийн сүүлийнх.', 'Хүлээн авлаа', modem=1, order=(3, 1, 4, 2)),
)
EMERGENCY = Tip('a sister', '+97600001005', 'my little sister is 13 and tonight a woman takes her away to work in another city, '
    'please hurry', 'Received')
ANSWERED = Tip(scenes.NAMES[scenes.SELLER], scenes.SELLER, scenes.TIP, 'Received', modem=1)
PRESSED = Tip(scenes.NAMES[scenes.PASSER], scenes.PASSER, '', '')


PAINT = re.compile('\033\\[[0-9;]*m')
HANG = re.compile(r' *(?:[+$] )?(?:.*\S {2,}(?=\S))?')


def fit(line, width):
    """A line that is too wide goes on below where its text began, like what hotlinectl prints."""
    plain = PAINT.sub('', line)
    if not width or len(plain) <= width:
        return [line]
    hang = len(HANG.match(plain[:width // 2])[0])
    lines, at = [''], 0
    for word in re.findall(r' *[^ ]+', line):
        shown = len(PAINT.sub('', word))
        if at > hang and at + shown > width:
            lines.append(' ' * hang)
            word = word.lstrip(' ')
            at, shown = hang, len(PAINT.sub('', word))
        lines[-1] += word
        at += shown
    return lines


class Screen:
    """What people read. Colours and whole words only on a terminal; a prompt that stands there is moved down, not written over."""
    COLOURS = {'head': '1', 'text': '36', 'receipt': '32', 'alert': '33;1', 'answer': '34;1', 'good': '32', 'bad': '31;1', 'dim': '2'}

    def __init__(self):
        self.colour = sys.stdout.isatty() and 'NO_COLOR' not in os.environ
        self.width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        self.prompt = ''

    def paint(self, kind, text):
        return '\033[%sm%s\033[0m' % (self.COLOURS[kind], text) if self.colour and text else text

    def say(self, text='', kind=None):
        lines = ''.join((self.paint(kind, line) if kind else line) + '\n' for line in self.fitted(text))
        clear = '\r\033[K' if self.prompt and self.colour else '\n' if self.prompt else ''
        sys.stdout.write(clear + lines + self.prompt)
        sys.stdout.flush()

    def fitted(self, text):
        return [short for line in text.split('\n') for short in fit(line, self.width)]

    def shows(self, who, verb, text, kind):
        """Only the text has a colour, in each line of it."""
        lines = self.fitted('  %-18s %-6s  %s' % (who, verb, text.replace('\n', ' | ')))
        self.say('\n'.join(line[:29] + self.paint(kind, line[29:]) for line in lines))


class Phones:
    """Every simulated phone: what each received, and who waits for what."""

    def __init__(self, screen, names):
        self.screen, self.names = screen, names
        self.texts = []
        self.deleted = 0
        self.changed = asyncio.Event()

    def on_event(self, event):
        if event['event'] == 'phone':
            self.texts.append((event['number'], event['text']))
            self.show(event['number'], event['text'])
        elif event['event'] == 'deleted' and not event.get('report'):
            self.deleted += 1
        self.changed.set()

    def show(self, number, text):
        kind = 'receipt' if number not in ROSTER.values() else 'answer' if 'assigned' in text or 'бүртгэгдлээ' in text else 'alert'
        self.screen.shows(self.names.get(number, number), 'reads', text, kind)

    async def until(self, wanted, what):
        """Waits until wanted() is true of what the phones and SIM cards have seen."""
        deadline = time.monotonic() + PATIENCE
        while not (found := wanted()):
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), deadline - time.monotonic())
            except asyncio.TimeoutError:
                raise Failed('this did not happen within %d s: %s' % (PATIENCE, what)) from None
        return found

    def to(self, number, containing=''):
        return [text for to, text in self.texts if to == number and containing in text]


class Demo:
    def __init__(self, world, screen):
        self.world, self.screen = world, screen
        names = {number: name for name, number in ROSTER.items()}
        names.update({tip.number: tip.who for tip in TIPS + (EMERGENCY,)}, **scenes.NAMES)
        names[PLAYER], names[NEIGHBOUR] = 'you', 'another phone'
        self.phones = Phones(screen, names)
        self.password = '-'.join(secrets.token_hex(2) for _ in range(3))
        self.good = self.bad = 0       # checks
        self.offered = self.parts = 0  # texts and parts of texts that went to the SIM cards; the parts among them
        self.sim = self.core = None
        self.events = []
        self.news = asyncio.Event()

    def check(self, good, what):
        self.good, self.bad = self.good + bool(good), self.bad + (not good)
        self.screen.say('    %s %s' % (self.screen.paint('good', '+') if good else self.screen.paint('bad', 'FAILED:'), what))

    # ---- setting up

    async def start(self):
        w, say = self.world, self.screen.say
        w.configure(ROSTER_FILE, ESCALATE_S)
        say('Starting, in %s:' % w.folder, 'head')
        await w.start_sim()
        say('  hotline-simmodem     %d simulated modems, with telephones behind them' % len(MODEMS))
        recovery = await self.init()
        await w.start('hotlined', [w.program('hotlined'), '--config', w.path('hotlined.conf')])
        say('  hotlined             the core: database, keys, triage, cases, alerts')
        w.script('ctl', 'env', 'HOTLINED=' + w.program('hotlined'), w.program('hotlinectl'), '--config', w.path('hotlined.conf'))
        w.script('text', w.program('hotline-simmodem'), 'text', '--control', w.path('sim.sock'), '--from', NEIGHBOUR)
        self.sim = await w.connect('sim.sock', self.phones.on_event)
        await self.sim.ask('watch', events=['phone', 'deleted'])
        self.core = await w.connect('control.sock', self.on_core_event)
        await self.core.ask('watch')
        for name in MODEMS:
            await w.start('hotline-modem-' + name, [w.program('hotline-modem'), '--link', w.path('link.sock'), name])
            say('  hotline-modem %-6s its worker, in a sandbox: one tty, one socket' % name)
        await self.core_until(self.all_ready, 'both modems are ready')
        for name, role in ((PERSON, PERSON_ROLE), (scenes.TEAM, 'outreach')):
            await self.core.ask('person.add', name=name, role=role, password=self.password, recovery=recovery)
        say('  a person who may read reports of the police unit: name %s, password %s (both end with the demo)' % (PERSON, self.password))

    async def init(self):
        code, out, err = await self.ctl('init', '--config', self.world.path('hotlined.conf'), socket=False)
        if code != 0:
            raise Failed('hotlinectl init: %s%s' % (out, err))
        key = re.search(r'\b[0-9A-Z]{4,8}(?:-[0-9A-Z]{1,8}){5,}\b', out)
        if not key:
            raise Failed('hotlinectl init printed no recovery key:\n' + out)
        self.screen.say('  hotlinectl init      the database, the keys; the recovery key was printed once')
        return key[0]

    def ctl(self, *args, stdin='', socket=True, fit=False):
        where = ['--socket', self.world.path('control.sock')] if socket else []
        return self.world.run([self.world.program('hotlinectl'), *where, *args], stdin, self.screen.width if fit else 0)

    def on_core_event(self, event):
        self.events.append(event)
        self.news.set()

    async def core_until(self, wanted, what):
        """Waits until the core says so; asks anew after each of its events."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self.news.clear()
            if found := await wanted():
                return found
            try:
                await asyncio.wait_for(self.news.wait(), deadline - time.monotonic())
            except asyncio.TimeoutError:
                raise Failed('this did not happen within %d s: %s' % (PATIENCE, what)) from None

    async def all_ready(self):
        return all(modem['ready'] for modem in (await self.core.ask('modems'))['modems'])

    # ---- the story

    async def text(self, number, text, modem=0, order=None):
        self.screen.shows(self.phones.names.get(number, number), 'texts', text, 'text')
        sent = await self.sim.ask('sms', **{'from': number, 'text': text, 'modem': modem, **({'order': list(order)} if order else {})})
        self.offered += sent['parts']
        self.parts += sent['parts'] if sent['parts'] > 1 else 0

    async def receipt(self, tip):
        """Waits for the answer on the texter's phone and takes the case code from it."""
        phone = self.phones
        texts = await phone.until(lambda: [text for text in phone.to(tip.number) if CODE.search(text)], 'a receipt for ' + tip.who)
        self.check(texts[0].startswith(tip.receipt), '%s has a receipt with a code, in the script of the text' % tip.who)
        tip.code = CODE.search(texts[0])[0]

    async def alerted(self, tip, who):
        number = ROSTER[who]
        texts = await self.phones.until(lambda: self.phones.to(number, tip.code), '%s is alerted of %s' % (who, tip.code))
        words = [word for word in re.findall(r'\w{4,}', tip.text) if word in texts[0]]
        self.check(not words and tip.number[-8:] not in texts[0], '%s is alerted; the alert has no word and no number of the texter' % who)

    async def acknowledge(self, tip, who, answer):
        number = ROSTER[who]
        text = 'OK ' + ACK.search(self.phones.to(number, tip.code)[-1])[1]
        await self.text(number, text)
        await self.phones.until(lambda: self.phones.to(number, answer % tip.code), 'the answer to ' + text)
        case = (await self.core.ask('case.show', code=tip.code))['case']
        self.check(case['state'] == 'acknowledged' and case['owner'] == who, 'case %s is acknowledged by %s' % (tip.code, who))

    async def one_tip(self, tip, heading):
        self.screen.say('\n' + heading, 'head')
        await self.text(tip.number, tip.text, tip.modem, tip.order)
        await self.receipt(tip)
        await self.alerted(tip, ONE)
        await self.alerted(tip, COORDINATOR)
        await self.acknowledge(tip, ONE, '%s is now assigned')

    async def escalation(self):
        self.screen.say('\nAn emergency, and the first duty officer does not answer: after %d seconds the next one is alerted.' % ESCALATE_S, 'head')
        tip = EMERGENCY
        await self.text(tip.number, tip.text)
        await self.receipt(tip)
        await self.alerted(tip, ONE)
        await self.alerted(tip, TWO)
        await self.acknowledge(tip, TWO, '%s таны нэр дээр бүртгэгдлээ')

    async def story(self):
        cyrillic, latin, english, parts = TIPS
        await self.one_tip(cyrillic, 'A tip in Cyrillic.')
        await self.one_tip(latin, 'A tip in Mongolian with Latin letters, by the other modem.')
        await self.one_tip(english, 'A tip in English.')
        await self.one_tip(parts, 'A long tip in four parts, which arrive in the order 3 1 4 2; the alert does not wait for the last.')
        await self.escalation()
        await self.queue()
        await self.sealed(parts)
        await scenes.campaign(self, ANSWERED)
        await scenes.menu(self, PRESSED, ONE)
        await self.counters()

    async def queue(self):
        self.screen.say('\nThe queue, as hotlinectl shows it:', 'head')
        code, out, err = await self.ctl('queue', fit=True)
        self.screen.say(out.rstrip() or err.rstrip())
        listed = [case['code'] for case in (await self.core.ask('case.list'))['cases']]
        wanted = sorted(tip.code for tip in TIPS + (EMERGENCY,))
        self.check(code == 0 and all(tip in out for tip in wanted) and sorted(listed) == wanted, 'the queue has the %d cases' % len(wanted))
        self.check(listed[0] == EMERGENCY.code, 'the emergency stands first')

    async def sealed(self, tip):
        self.screen.say('\nReports are sealed: a case without, and with, a password.', 'head')
        case = await self.core.ask('case.show', code=tip.code)
        self.check(tip.text not in str(case), 'without a password, case %s shows no text' % tip.code)
        await self.core.ask('login', person=PERSON, password=self.password)
        case = await self.core.ask('case.show', code=tip.code)
        await self.core.ask('logout')
        texts = [message.get('text') for message in case['messages'] if message['direction'] == 'in']
        _, out, err = await self.ctl('--as', PERSON, '--password-stdin', 'case', 'show', tip.code,
            stdin=self.password + '\n', fit=True)
        self.screen.say((out + err).rstrip())
        self.check(texts == [tip.text], 'with it, the four parts are one text, in their order')

    async def counters(self):
        self.screen.say('\nWhat is left:', 'head')
        tips = len(TIPS) + len((EMERGENCY, ANSWERED, PRESSED))
        await self.phones.until(lambda: self.phones.deleted >= self.offered, 'all texts are deleted from the SIM cards')
        stats = (await self.sim.ask('stats'))['modems']
        self.check(all(modem['used'] == 0 for modem in stats), 'the SIM cards are empty: each text was deleted after it was on disk')
        status = await self.core.ask('status')
        c = status['counters']
        self.screen.say('  ' + ', '.join('%s %s' % (name, c[name]) for name in c if c[name]), 'dim')
        reports = [case for case in (await self.core.ask('case.list'))['cases'] if case['kind'] == 'tip']
        self.check(c['received'] == self.offered and c['parts'] == self.parts and c['cases'] == tips == len(reports) and
            c['filed'] == scenes.FILED, 'the counters agree: %d texts and parts received, %d reports; %d answers and STOPs filed, nobody\'s work' %
            (self.offered, tips, scenes.FILED))
        self.check(c['quarantined'] == 0 and c['aborts'] == 0, 'nothing was lost, refused or quarantined')
        self.check(c['alerts'] == tips and c['acknowledged'] == tips and c['escalations'] >= 1, 'every alert reached a human')

    # ---- playing

    def how_to_play(self):
        self.screen.say('\nIt stays up to play with. Type a text to send it from your simulated phone; what phones receive is shown as it comes.\n'
            '  /one TEXT    an officer of the roster texts, such as: /one OK 1234. Also /two and /coordinator\n'
            '  /queue       what hotlinectl shows. Also /status, /modems, /alerts, /outbox and /quarantine\n'
            '  /case CODE   a case with its texts, as an officer with a password reads it\n'
            '  /help        these lines. /quit or Ctrl-C ends everything and removes it')
        self.screen.say('From another terminal, with the password %s:\n'
            '  cd %s\n'
            '  ./ctl --help           all that hotlinectl can do, such as: ./ctl watch\n'
            '  ./ctl --as %s ...    as an officer, such as: ./ctl --as %s case show CODE\n'
            '  ./ctl --as %s campaign results papers\n'
            '  ./text TEXT            from one more simulated phone' % (self.password, self.world.folder, PERSON, PERSON, scenes.TEAM))

    async def command(self, line):
        word, _, rest = line.partition(' ')
        people = {'/one': ONE, '/two': TWO, '/coordinator': COORDINATOR}
        if word in people and rest:
            await self.text(ROSTER[people[word]], rest)
        elif word in people:
            self.screen.say('  What does the %s text? Such as: %s OK 1234' % (people[word], word))
        elif word in ('/queue', '/status', '/modems', '/alerts', '/outbox', '/quarantine'):
            await self.show(word[1:])
        elif word == '/case':
            await self.show('--as', PERSON, '--password-stdin', 'case', 'show', rest or 'CODE', stdin=self.password + '\n')
        elif word == '/quit':
            return False
        elif word == '/help':
            self.how_to_play()
        elif line.startswith('/'):
            self.screen.say('  There is no %s: /help says what there is.' % word)
        elif line:
            await self.text(PLAYER, line)
        return True

    async def show(self, *args, stdin=''):
        _, out, err = await self.ctl(*args, stdin=stdin, fit=True)
        self.screen.say((out + err).rstrip())

    async def play(self):
        self.how_to_play()
        if not sys.stdin.isatty():
            await asyncio.Event().wait()
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        self.screen.prompt = '> '
        going = True
        while going:
            sys.stdout.write(self.screen.prompt)
            sys.stdout.flush()
            line = await reader.readline()
            self.screen.prompt, prompt = '', self.screen.prompt
            try:
                going = bool(line) and await self.command(line.decode(errors='replace').strip())
            except Failed as why:
                self.screen.say('  That did not go: %s' % why, 'bad')
            self.screen.prompt = prompt
        self.screen.prompt = ''


async def run(options, screen):
    world = World(options.source, options.build, MODEMS)
    demo = Demo(world, screen)
    began = time.monotonic()
    try:
        await demo.start()
        await demo.story()
        screen.say('\n%d of %d checks passed in %.0f s.' % (demo.good, demo.good + demo.bad, time.monotonic() - began),
            'bad' if demo.bad else 'good')
        if not options.once:
            await demo.play()
        return 1 if demo.bad else 0
    except (Failed, OSError, KeyError) as why:
        screen.say('\nThe demo failed: %s' % (why if not isinstance(why, KeyError) else 'an answer lacks %s' % why), 'bad')
        for program in world.programs:
            if program.name != 'hotline-simmodem':
                screen.say('%s said:\n%s' % (program.name, program.tail()), 'dim')
        return 1
    finally:
        screen.prompt = ''
        await world.stop()
        world.remove()
        screen.say('Everything is stopped and removed.', 'dim')


def main():
    parser = argparse.ArgumentParser(prog='demo', description=__doc__)
    parser.add_argument('--once', action='store_true', help='unattended: check each outcome, then exit 0 or 1')
    parser.add_argument('--source', required=True, help='the source tree')
    parser.add_argument('--build', required=True, help='where it was built')
    options = parser.parse_args()
    sys.stdout.reconfigure(errors='replace')
    screen = Screen()

    async def guarded():
        task = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        try:
            return await run(options, screen)
        except asyncio.CancelledError:
            return 0 if not options.once else 1

    sys.exit(asyncio.run(guarded()))


if __name__ == '__main__':
    main()
