#!/usr/bin/env python3
"""What the pages say is there: commands and options, keys of the configuration, units, files and places within pages."""
import glob
import os
import re
import subprocess
import tempfile
import unittest

import harness
from harness import SRCDIR, program

PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/campaigns.md", "docs/duty-officer.md", "docs/operations.md",
    "docs/ussd.md", "docs/ussd-gateway.md")
PROGRAMS = ("hotlined", "hotline-modem", "hotline-notify", "hotline-ussd", "hotline-simmodem")
# Beside what our configuration, schema and sources name: settings of others.
FOREIGN = {"s_client"}

# Tables of keys, and where people find each of them explained, with the value that it has where it is left out.
TABLES = (("src/core/config/config.c", "etc/hotlined.conf"), ("src/core/config/config_modems.c", "etc/hotlined.conf"),
    ("src/core/config/operators.c", "etc/hotlined.conf"), ("src/notify/settings.c", "etc/notify.conf"),
    ("src/ussd/settings.c", "etc/ussd-gateway.conf"), ("src/core/alert/policies_load.c", "etc/alerts.conf"),
    ("src/core/roster/roster.c", "etc/roster.conf"), ("src/core/roster/schedule_read.c", "etc/roster.conf"),
    ("src/core/campaign/campaign_def.c", "docs/campaigns.md"), ("src/wire/profile_row.c", "modems/generic.conf"),
    ("src/core/ussd/menu_read.c", "etc/ussd.conf"))


def read(*path):
    with open(os.path.join(SRCDIR, *path), encoding="utf-8") as f:
        return f.read()


def help_of(*argv):
    return subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=harness.DEADLINE).stdout


def sources(*folders):
    """All text below these folders of the source tree."""
    found = []
    for folder in folders:
        for place, names, files in os.walk(os.path.join(SRCDIR, folder)):
            names[:] = [name for name in names if name != "node_modules"]
            for name in files:
                if not name.endswith((".o", ".a", ".pyc", ".po")):
                    with open(os.path.join(place, name), encoding="utf-8", errors="replace") as f:
                        found.append(f.read())
    return "\n".join(found)


def code_of(page):
    """What stands as code in a page: between back-ticks, and in indented lines."""
    text = read(page)
    spans = re.findall(r"`([^`\n]+)`", text)
    return spans + [line.strip() for line in text.split("\n") if line.startswith("    ")]


class Pages(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        listed = help_of(program("hotlinectl"), "--help")
        self.everybody = set(re.findall(r"(?m)^  --([a-z-]+)", listed))
        self.commands = re.findall(r"(?m)^  ([a-z][a-z-]*(?: [a-z]+)*)(?= )", listed.split("Options of every command")[0])
        self.assertGreater(len(self.commands), 80)
        self.groups = {command.split()[0] for command in self.commands}
        self.options = {}

    def options_of(self, command):
        if command not in self.options:
            shown = help_of(program("hotlinectl"), *command.split(), "--help")
            self.options[command] = set(re.findall(r"(?m)^  --([a-z-]+)", shown)) | self.everybody
        return self.options[command]

    def wrong_command(self, words):
        """What is wrong with the words behind "hotlinectl", or None."""
        while words and words[0].startswith("--"):
            if words[0][2:].split("=")[0] not in self.everybody:
                return "no such option: " + words[0]
            words = words[2 if words[0] in ("--as", "--config", "--socket", "--token") else 1:]
        if not words or not re.fullmatch("[a-z-]+", words[0]):
            return None  # hotlinectl by itself, or COMMAND
        command = max((c for c in self.commands if words[:len(c.split())] == c.split()), key=len, default=None)
        if not command:
            return None if words[0] in self.groups and len(words) == 1 else "no such command: " + " ".join(words[:3])
        bad = [w for w in words if re.fullmatch("--[a-z-]+", w) and w[2:] not in self.options_of(command)]
        return "%s has no %s" % (command, bad) if bad else None

    def test_commands(self):
        bad = []
        for page in PAGES:
            for code in code_of(page):
                if re.match(r"(?:%s) [a-z-]+(?: |$)" % "|".join(self.groups), code):
                    code = "hotlinectl " + code  # pages name a command without it where it was named before
                for call in re.split(r"(?=hotlinectl )", code)[1:]:
                    words = re.split(r" && |[;|<>)`]|   |$", call)[0].rstrip(".,: ").split()[1:]
                    wrong = self.wrong_command([re.sub(r'[",.:]+$', "", word) for word in words])
                    if wrong:
                        bad.append("%s: %s: %s" % (page, call.strip(), wrong))
        self.assertEqual(bad, [])

    def test_commands_that_programs_name(self):
        """A mend must be a command that there is: in messages of the programs, and in comments of the configuration."""
        bad = []
        for place in ("src", "etc", "systemd"):
            text = re.sub(r'"\s*\n\s*"', "", sources(place))
            for call in re.findall(r"hotlinectl ((?:--as NAME )?[a-z][a-z-]*(?: [a-z]+)*)", text):
                words = call.split()
                if words[:1] == ["--as"]:
                    words = words[2:]
                if len(words) > 1 and words[0] in self.groups and not any(words[:len(c)] == c for c in (c.split() for c in self.commands)):
                    bad.append("%s: hotlinectl %s" % (place, call))
        self.assertEqual(bad, [])

    def test_options_of_programs(self):
        shown = {name: help_of(program(name), "--help") for name in PROGRAMS}
        bad = []
        for page in PAGES:
            for code in code_of(page):
                for name, rest in re.findall(r"\b(%s) ((?:--?[a-z].*?)?)(?:$|&&|;)" % "|".join(PROGRAMS), code):
                    bad += ["%s: %s %s" % (page, name, option) for option in re.findall(r"--[a-z-]+", rest) if option not in shown[name]]
        self.assertEqual(bad, [])

    def test_keys(self):
        """Whatever looks like a key, a counter or a table is one: its whole word stands in configuration or code."""
        known = set(re.findall(r"[A-Za-z0-9_]+", sources("etc", "modems", "src", "tests", "tools")))
        bad = []
        for page in PAGES:
            for code in re.findall(r"`([^`\n]+)`", read(page)):
                bad += ["%s: %s" % (page, word) for word in re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", code)
                    if re.sub("^hotlined_(modem_)?", "", word) not in known | FOREIGN]  # metrics have our name in front
        self.assertEqual(bad, [])

    def test_every_key_is_explained(self):
        bad, count = [], 0
        for source, page in TABLES:
            code, text = read(source), read(page)
            names = set(re.findall(r'\{ "([a-z]\w*)", ', code))
            self.assertTrue(names, source)
            count += len(names)
            bad += ["%s: %s of %s" % (page, name, source) for name in sorted(names) if not re.search(r"\b%s\b" % name, text)]
            for name, kind, default in re.findall(r'\{ "(\w+)", CONF_(\w+), [^{}]*?, "([^"]+)" \}', code):
                shown = re.search(r"(?m)^// %s = ([^;]+);" % name, text)
                if shown and shown[1][0] != "[" and {"true": "1", "false": "0"}.get(shown[1], shown[1].strip('"')) != default:
                    bad.append("%s: %s is %s where it is left out, and not %s" % (page, name, default, shown[1]))
        self.assertEqual(bad, [])
        self.assertGreater(count, 150)

    def test_files(self):
        roots = ("src", "etc", "docs", "tools", "tests", "systemd", "modems", "m4")
        bad = []
        for page in PAGES:
            for path in re.findall(r"(?<![\w/.-])((?:%s)/[\w./-]*[\w/])" % "|".join(roots), read(page)):
                path = path.rstrip("/.")
                path = re.sub("(_N|NAME).*", "", path)  # the reader's own
                if not glob.glob(os.path.join(SRCDIR, path) + "*"):
                    bad.append("%s: %s" % (page, path))
        self.assertEqual(bad, [])

    def test_links(self):
        bad = []
        for page in PAGES:
            for target in re.findall(r"\]\(([^)\s]+)\)", read(page)):
                if re.match("[a-z]+:", target):
                    continue
                name, _, anchor = target.partition("#")
                path = os.path.normpath(os.path.join(os.path.dirname(page), name)) if name else page
                if not os.path.exists(os.path.join(SRCDIR, path)):
                    bad.append("%s: %s" % (page, target))
                elif anchor:
                    heads = [re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in re.findall(r"(?m)^#+ (.*)$", read(path))]
                    if anchor not in heads:
                        bad.append("%s: %s (there is %s)" % (page, target, heads))
        self.assertEqual(bad, [])

    def test_the_campaign_that_is_shown_is_one(self):
        """hotlinectl looks at the file before it looks for the core."""
        shown = re.search(r'(?ms)^       name = "papers-1";.*?\n\n', read("docs", "campaigns.md"))[0]
        for text, code in ((shown, 3), (shown.replace('kind = "quiz"', 'kind = "quizz"'), 1)):
            with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as f:
                f.write(text)
                f.flush()
                done = subprocess.run([program("hotlinectl"), "--socket", "/nowhere", "campaign", "new", f.name], stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=harness.DEADLINE)
            self.assertEqual(done.returncode, code, done.stdout)

    def test_the_officers_first_page_quotes_what_is_sent(self):
        """Whoever compares the page with their telephone at night finds the same words, in both languages."""
        templates = [text.replace('\\"', '"') for language in ("mn", "en")
            for text in re.findall(r'(?m)^[a-z][\w-]* = "(.*)";', read("etc", "wording", language + ".conf"))]
        sent = [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text))) for text in templates]
        page = read("docs", "duty-officer.md").split("\n---\n")[0]
        lines = re.findall(r"(?m)^(?:\||\d\. ).*", page)
        texts = re.findall(r"(?m)^> (.*?)(?:<br>)?$", page)
        quotes = re.findall(r"(?<!\*)\*([^*|]+)\*(?!\*)", "\n".join(lines))
        self.assertGreaterEqual((len(texts), len(quotes)), (2, 10))
        bad = [text for text in texts if not any(template.fullmatch(text) for template in sent)]
        bad += [text for text in quotes if not any(template.fullmatch(text) for template in sent) and not any(text in t for t in templates)]
        self.assertEqual(bad, [])

    def test_units(self):
        there = {name[:-3] for name in os.listdir(os.path.join(SRCDIR, "systemd")) if name.endswith(".in")}
        there |= set(os.listdir(os.path.join(SRCDIR, "systemd", "siren")))
        bad = []
        for page in PAGES:
            for unit in re.findall(r"\b(hotline[\w-]*(?:@[\w]*)?\.(?:service|socket|timer|path))\b", read(page)):
                if re.sub("@.*\\.", "@.", unit) not in there and unit not in there:
                    bad.append("%s: %s" % (page, unit))
        self.assertEqual(bad, [])

    def test_every_page_is_checked_and_shipped(self):
        pages = sorted("docs/" + name for name in os.listdir(os.path.join(SRCDIR, "docs")) if name.endswith(".md"))
        self.assertEqual(pages, sorted(page for page in PAGES if page.startswith("docs/")))
        shipped = read("docs", "local.mk")
        self.assertEqual([page for page in pages if page not in shipped], [])


if __name__ == "__main__":
    harness.main()
