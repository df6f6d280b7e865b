#!/usr/bin/env python3
"""Campaigns over real programs and simulated modems: after STOP nobody gets a further text, and whatever is killed at whatever moment, nobody
gets one twice and every text of which nobody knows is listed."""
import os
import random
import subprocess
import time

from harness import DEADLINE, JsonLines, Timeout, main, program, remaining
from system import PASSWORD, SystemCase

WORDS = "Child protection"
FILE = '''name = "first"; kind = "broadcast"; hours = "always"; errors_percent = 0;
text = { en = "Child protection. {stop} to leave"; };
'''


def number(n):
    return "+9760000%04d" % (5000 + n)


class CampaignSystem(SystemCase):
    def system_with(self, people, modems=2, **kwargs):
        system = self.start_system(modems, campaign_hours="always", campaign_least=1, modem_settings={"m%d" % i: {"profile": "quick"} for i in range(modems)},
            **kwargs)
        self.look = system
        self.people(system, people)
        return system

    def ctl(self, system, *args):
        done = subprocess.run([program("hotlinectl"), "--socket", os.path.join(self.folder, "control.sock"), "--as", "Tuya",
            "--password-stdin"] + list(args), input=PASSWORD + "\n", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            universal_newlines=True, timeout=DEADLINE, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def people(self, system, count):
        system.ask("person.add", name="Tuya", role="outreach", password=PASSWORD, recovery=system.recovery_key())
        for name, text in (("people.csv", "number,language\n" + "".join("%s,en\n" % number(n) for n in range(count))), ("first.conf", FILE)):
            with open(os.path.join(self.folder, name), "w") as f:
                f.write(text)
        self.ctl(system, "contacts", "import", os.path.join(self.folder, "people.csv"), "--source", "fair", "--date", "2026-01-15")
        self.ctl(system, "campaign", "new", os.path.join(self.folder, "first.conf"))
        self.ctl(system, "campaign", "preview", "first")
        self.ctl(system, "campaign", "approve", "first")

    def campaign(self, op, name="first"):
        conn = JsonLines(os.path.join(self.folder, "control.sock"))
        try:
            self.assertTrue(conn.ask({"op": "login", "person": "Tuya", "password": PASSWORD})["ok"])
            answer = conn.ask({"op": op, "name": name})
            self.assertTrue(answer["ok"], answer)
            return answer
        finally:
            conn.close()

    def wait_over(self, timeout=DEADLINE):
        """Until it has finished; each change of its state is an event, and so is what modems do."""
        deadline = time.monotonic() + timeout
        watch = JsonLines(os.path.join(self.folder, "control.sock"))
        try:
            watch.send({"op": "watch"})
            while True:
                told = self.campaign("campaign.progress")["campaign"]
                if told["state"] == "finished" and not told["recipients"].get("queued"):  # a link may come back with one
                    return told
                if not remaining(deadline):
                    raise Timeout("the campaign is %s; outbox %s; log: %s" % (told, self.look.ask("outbox.list")["outbox"], self.look.log()[-6000:]))
                try:
                    watch.receive(min(deadline, time.monotonic() + 1), "the end of the campaign")
                except Timeout:
                    pass
        finally:
            watch.close()

    def got(self, system, n):
        return [t for t in system.sim.inbox(number(n)) if WORDS in t["text"]]

    def test_stop(self):
        people = 24
        system = self.system_with(people, sim_args=("--radio-delay", "100"))
        self.ctl(system, "campaign", "start", "first")
        leavers = list(range(people - 8, people))
        system.phones.until(lambda: system.phones.texts, "the first text")
        for n in leavers:
            system.sim.do("sms", modem=n % 2, from_=number(n), text="STOP")
        before = {}
        for n in leavers:  # the answer says that it counts from now on
            system.phones.until(lambda n=n: any(WORDS not in t for t in system.phones.texts.get(number(n), [])), "the answer to STOP")
            texts = system.phones.texts[number(n)]
            answered = [i for i, t in enumerate(texts) if WORDS not in t][0]
            before[n] = len([t for t in texts[:answered] if WORDS in t])
        told = self.wait_over()
        system.phones.until(lambda: all(system.phones.texts.get(number(n)) for n in range(people - 8)), "everybody else's text")
        for n in range(people - 8):
            self.assertEqual(len(self.got(system, n)), 1, n)
        for n in leavers:
            self.assertEqual(len(self.got(system, n)), before[n], "after STOP")
        self.assertEqual(told["recipients"].get("skipped", 0), 8 - sum(before.values()))

    def test_killed_at_any_moment(self):
        seed = int(os.environ.get("HL_SEED", str(int(time.time()))))
        print("seed", seed)
        dice = random.Random(seed)
        people = 40
        system = self.system_with(people, modems=3, sim_args=("--radio-delay", "100"))
        self.ctl(system, "campaign", "start", "first")
        for _ in range(6):
            wanted = sum(len(t) for t in system.phones.texts.values()) + dice.randint(1, 5)
            try:  # so many texts more, and a moment
                system.phones.until(lambda w=wanted: sum(len(t) for t in system.phones.texts.values()) >= w, "texts",
                    timeout=dice.uniform(0.2, 2))
            except Timeout:
                pass
            if dice.random() < 0.5:
                system.restart_core()
            else:
                system.restart_worker(dice.choice(system.names))
        told = self.wait_over(timeout=200)["recipients"]
        unknown = self.campaign("campaign.unknown")["recipients"]
        heard = {n: len(self.got(system, n)) for n in range(people)}
        self.assertLessEqual(max(heard.values()), 1, (seed, heard))
        self.assertEqual(len(unknown), told.get("unknown", 0), seed)
        self.assertEqual(told.get("sent", 0) + told.get("unknown", 0), people, (seed, told))
        silent = [n for n in heard if heard[n] == 0]
        self.assertLessEqual(len(silent), len(unknown), (seed, "who heard nothing is listed", told))


if __name__ == "__main__":
    main()
