"""What tests of campaigns share: a core with people of outreach, people who agreed, and campaigns that are made, run and asked about."""
import json
import os
import subprocess

from core import Core, Link, PASSWORD
from harness import Case, JsonLines, program

TIP = "a girl of 14 is beaten and locked in at the car wash in Bayanzurkh now, help"
OPERATORS = '( { name = "A"; networks = "42899"; prefixes = "0000"; part_cost = 50; currency = "MNT"; } )'
QUIZ = '''name = "%(name)s"; kind = "quiz"; hours = "always"; %(more)s
text = { mn = "Сорил ({дүүрэг}). Болих: {болих}"; en = "A quiz in {district}. {stop} to leave"; };
questions = ( { text = { mn = "Болох уу?"; en = "May they?"; };
	options = ( { key = "A"; words = [ "yes", "тийм" ]; }, { key = "B"; right = true; } ); } );
'''
TEXT = '''name = "%(name)s"; kind = "broadcast"; hours = "always"; %(more)s
text = { mn = "Хүүхэд хамгаалал. Болих: {болих}"; en = "Child protection. {stop} to leave"; };
'''


WORK = "something is wrong in that house"  # a report, and no emergency


def number(n):
    return "+9760000%04d" % n


class Campaigns(Case):
    def start(self, people=0, modems=1, **settings):
        self.core = Core(self.folder, modems=modems, **dict({"campaign_hours": '"always"', "campaign_least": 1, "operators": OPERATORS}, **settings))
        self.keep(self.core)
        for name in ("Tuya", "Saraa"):
            self.core.add_person(name, "outreach")
        self.links = [Link(self.core, "m%d" % (i + 1)) for i in range(modems)]
        self.link = self.links[0]
        for link in self.links:
            self.stack.callback(link.close)
        if people:
            self.agree(people)

    def ctl(self, *args, who="Tuya", code=0, more=""):
        done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--as", who, "--password-stdin"] + list(args),
            input=PASSWORD + "\n" + more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, check=False)
        self.assertEqual(done.returncode, code, done.stdout)
        return done.stdout

    def json(self, *args, **fields):
        return json.loads(self.ctl(*args, "--json", **fields))

    def file(self, text, name="file"):
        path = os.path.join(self.folder, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def agree(self, people, first=1, group="g"):
        lines = "".join("%s,%s,%s,en\n" % (number(n), ("Bayangol", "Bayanzurkh", "Nalaikh")[n % 3], group) for n in range(first, first + people))
        self.ctl("contacts", "import", self.file("number,district,groups,language\n" + lines), "--source", "fair", "--date", "2026-01-15")

    def make(self, name="first", template=TEXT, more=""):
        self.ctl("campaign", "new", self.file(template % {"name": name, "more": more}))
        self.ctl("campaign", "preview", name)
        self.ctl("campaign", "approve", name)
        return name

    def run_one(self, name="first", **fields):
        self.make(name, **fields)
        self.ctl("campaign", "start", name)
        return name

    def texted(self, count, words="Child protection"):
        """Sends all that comes until so many were texts of the campaign; to whom they went."""
        to = []
        while len(to) < count:
            m = self.link.send()
            if words in m["text"]:
                to.append(m["to"])
        return sorted(to)

    def state(self, name="first"):
        return self.json("campaign", "progress", name)["campaign"]

    def wait_state(self, state, name="first"):
        """Until it is so; each change is an event."""
        watch = JsonLines(self.core.control)
        try:
            self.assertTrue(watch.ask({"op": "watch"})["ok"])
            while self.state(name)["state"] != state:
                watch.wait_event(lambda e: e.get("event") == "campaign" and e["name"] == name)
        finally:
            watch.close()

    def counts(self, name="first"):
        return self.state(name)["recipients"]

    def refused(self, text, *args):
        """All that is said of a file that is no campaign."""
        said = self.ctl("campaign", "new", self.file(text), *args, code=1)
        self.assertEqual(self.json("campaign", "list")["campaigns"], [])
        return said
