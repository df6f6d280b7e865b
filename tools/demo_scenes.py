"""The demo's scenes beside the main job: an outreach team's small campaign, and the menu by numbered texts."""
import json

from demo_world import Failed

TEAM = 'outreach'
TEACHER, DRIVER, SELLER, PASSER = '+97600003001', '+97600003002', '+97600003003', '+97600001006'
NAMES = {TEACHER: 'a teacher', DRIVER: 'a driver', SELLER: 'a shopkeeper', PASSER: 'a passer-by'}
FILED = 2  # texts that are kept and nobody's work: an answer to the quiz, a STOP
PEOPLE = '''number,district,language,groups
%s,Bayangol,mn,fair
%s,Bayanzurkh,mn,fair
%s,Chingeltei,en,fair
''' % (TEACHER, DRIVER, SELLER)
QUIZ = '''name = "papers"; kind = "quiz"; groups = [ "fair" ]; hours = "always";
questions = (
	{ text = { mn = "Ажил олгогч хүүхдийн гэрчилгээг хурааж болох уу? А тийм, Б үгүй. Болих: {болих}";
	           en = "May an employer keep a child's birth certificate? A yes, B no. {stop} to leave"; };
	  options = ( { key = "А"; words = [ "тийм", "yes" ]; label = "may"; },
	              { key = "Б"; words = [ "үгүй", "no", "B" ]; label = "may not"; right = true; } ); }
);
'''
SECOND = '''name = "thanks"; kind = "broadcast"; groups = [ "fair" ]; hours = "always";
text = { mn = "Оролцсонд баярлалаа. Болих: {болих}"; en = "Thank you for taking part. {stop} to leave"; };
'''
TIP = 'a boy of 12 carries bricks at the kiln behind our market all day and sleeps there, he is not allowed to go home'


class Team:
    """Somebody of the outreach team at hotlinectl; what they type is shown."""

    def __init__(self, demo):
        self.demo = demo

    async def does(self, *args, show=None):
        """One command; its output as far as show(line) wants it, else its last line."""
        short = ' '.join(arg.replace(self.demo.world.folder + '/', '') for arg in args)
        self.demo.screen.say('  $ hotlinectl --as %s %s' % (TEAM, short), 'dim')
        lines = (await self.asks(*args)).rstrip().split('\n')
        self.demo.screen.say('\n'.join('    ' + line.strip() for line in (filter(show, lines) if show else lines[-1:])))

    async def asks(self, *args):
        code, out, err = await self.demo.ctl('--as', TEAM, '--password-stdin', *args, stdin=self.demo.password + '\n')
        if code != 0:
            raise Failed('hotlinectl %s: %s%s' % (' '.join(args[:2]), out, err))
        return out

    async def sends(self, name, file):
        """From the file to phones; returns when the core has told that the last text went out."""
        self.demo.world.write(name + '.conf', file)
        await self.does('campaign', 'new', self.demo.world.path(name + '.conf'))
        await self.asks('campaign', 'preview', name)
        await self.asks('campaign', 'approve', name)
        await self.does('campaign', 'start', name)

        async def finished():
            state = json.loads(await self.asks('campaign', 'progress', name, '--json'))['campaign']
            return state if state['state'] == 'finished' else None
        return (await self.demo.core_until(finished, 'the campaign %s is finished' % name))['recipients']


async def reads(demo, number, words):
    """Waits for a text with these words."""
    await demo.phones.until(lambda: demo.phones.to(number, words), '%s reads "%s"' % (NAMES[number], words))


async def new_case(demo, known):
    async def found():
        return next((case for case in (await demo.core.ask('case.list'))['cases'] if case['code'] not in known), None)
    return await demo.core_until(found, 'a new case')


async def campaign(demo, tip):
    """Three people agreed: one answers, one leaves, one has something to report. tip is that report's."""
    demo.screen.say('\nAn outreach team sends a quiz to three people who agreed to get such texts.', 'head')
    team = Team(demo)
    demo.world.write('people.csv', PEOPLE)
    await team.does('contacts', 'import', demo.world.path('people.csv'), '--source', 'fair', '--date', '2026-01-15')
    went = await team.sends('papers', QUIZ)
    demo.check(went == {'sent': 3}, 'three texts went out, one each')
    for number, words in ((TEACHER, 'Болих: ЗОГС'), (DRIVER, 'Болих: ЗОГС'), (SELLER, 'STOP to leave')):
        await reads(demo, number, words)
    await demo.text(TEACHER, 'Б')
    await reads(demo, TEACHER, 'Зөв')
    results = json.loads(await team.asks('campaign', 'results', 'papers', '--json'))
    demo.check([option['answers'] for option in results['questions'][0]['options']] == [0, 1], 'the right answer is counted')
    await demo.text(DRIVER, 'ЗОГС', modem=1)
    await reads(demo, DRIVER, 'Хаслаа')
    await demo.one_tip(tip, 'The third one answers with something that happens: it is a report like any other.')
    demo.screen.say('\nThe team sends a second text to the same group.', 'head')
    heard = {number: len(demo.phones.to(number)) for number in (DRIVER, SELLER)}
    went = await team.sends('thanks', SECOND)
    await reads(demo, TEACHER, 'Оролцсонд баярлалаа. Болих')
    demo.check(went.get('sent') == 1 and all(len(demo.phones.to(number)) == count for number, count in heard.items()),
        'it goes to the teacher alone: not to who said STOP, and not to whose report is open')
    demo.check(went == {'sent': 1, 'failed': 1}, 'the team sees a text that failed, and not that somebody has reported something')


async def menu(demo, tip, officer):
    """A report by numbers; the alert does not wait for the end of it. tip is filled in: its code."""
    demo.screen.say('\nSomebody presses numbers instead of writing: the menu, by texts. By USSD it is the same.', 'head')
    known = [case['code'] for case in (await demo.core.ask('case.list'))['cases']]
    for text, screen in (('ЦЭС', 'English'), ('3', 'Report a suspicion'), ('1', 'What is it about?'), ('2', 'Is a child in danger now?')):
        await demo.text(tip.number, text)
        await reads(demo, tip.number, screen)
    await demo.text(tip.number, '1.')  # the same letters again within a second would be the same text to any reader of the SIM card
    tip.code = (await new_case(demo, known))['code']
    await demo.alerted(tip, officer)
    case = (await demo.core.ask('case.show', code=tip.code))['case']
    demo.check(case['urgency'] == 'emergency' and case['partial'] == 1, 'it rings at that answer, while they are still in the menu')
    await reads(demo, tip.number, 'call 102')
    await demo.acknowledge(tip, officer, '%s is now assigned')
    for text, screen in (('1)', 'Which district?'), ('2.', 'Enter the khoroo number'), ('18', 'Tell more by text later?'), ('2)', tip.code)):
        await demo.text(tip.number, text)
        await reads(demo, tip.number, screen)
    case = (await demo.core.ask('case.show', code=tip.code))['case']
    demo.check((case['district'], case['khoroo'], case['partial']) == ('Bayanzurkh', 18, 0), 'the rest of it is in the same case')
