#!/usr/bin/env python3
"""The rooms of the core stand one on the other, as docs/architecture.md lists them: no file includes a header of a room above its own."""
import os
import re
import unittest

from harness import SRCDIR

CORE = os.path.join(SRCDIR, "src", "core")
MAKERS = {"main.c", "start.c", "start.h"}  # make every room, so they stand above all

# Structs and decisions without state, used below their room too. They may use triage and each other, nothing else of the core.
PURE = {
    "case/case_deadlines": "the configuration has them",
    "dialogue/contact_safety": "the gate, campaigns and alerts ask it; the configuration reads hours by it",
    "inbound/process_text": "a text as it came, which contacts and campaigns look at",
    "people/read_policy": "the configuration has its limits",
    "retention/policy": "the configuration has its periods",
    "roster/local_time": "the configuration reads times by it",
    "service/balance_read": "the configuration checks patterns by it",
    "service/mmi": "the configuration checks codes by it",
}


def order():
    """The rooms from bottom to top."""
    with open(os.path.join(SRCDIR, "docs", "architecture.md"), encoding="utf-8") as f:
        section = f.read().split("## Rooms of the core")[1].split("\n## ")[0]
    table = section.split("|---|---|")[1].split("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.M)[::-1]


def included():
    """(file, header) as paths below src/core, for each header of the core that a file of the core includes."""
    for place, _, names in os.walk(CORE):
        for name in names:
            if name.endswith((".c", ".h")):
                path = os.path.join(place, name)
                with open(path, encoding="utf-8") as f:
                    for header in re.findall(r'^#include "core/([^"]+)"', f.read(), re.M):
                        yield os.path.relpath(path, CORE), header


def above(path, header, rooms):
    """Whether the header stands above the file. rooms: from bottom to top."""
    def height(file):
        room = os.path.dirname(file)
        if file in MAKERS:
            return len(rooms)
        if os.path.splitext(file)[0] in PURE:
            return rooms.index("triage") + 0.5
        return rooms.index(room) if room else -1
    pure = os.path.splitext(path)[0] in PURE
    if os.path.dirname(path) == os.path.dirname(header) and not pure:
        return False
    return height(header) > height(path)


class Rooms(unittest.TestCase):
    def test_every_room_is_in_the_table(self):
        folders = [name for name in os.listdir(CORE) if os.path.isdir(os.path.join(CORE, name))]
        self.assertEqual(sorted(order()), sorted(folders))

    def test_no_file_includes_what_stands_above_it(self):
        rooms = order()
        wrong = ["src/core/%s includes core/%s" % pair for pair in included() if above(*pair, rooms)]
        self.assertEqual(wrong, [], "give the upper room a hook (core/hooks.h), or move what both need to the lower one")

    def test_what_is_listed_as_pure_is_needed_there(self):
        rooms = order()
        used = {os.path.splitext(header)[0] for path, header in included()
            if path not in MAKERS and os.path.dirname(path) in rooms and os.path.splitext(header)[0] in PURE
            and rooms.index(os.path.dirname(path)) < rooms.index(os.path.dirname(header))}
        self.assertEqual(sorted(used), sorted(PURE))

    def test_it_is_seen_when_a_file_looks_up(self):
        rooms = ["triage", "config", "case", "alert"]
        self.assertTrue(above("case/case.c", "alert/alert.h", rooms))
        self.assertTrue(above("turn.c", "triage/triage.h", rooms))
        self.assertTrue(above("case/case_deadlines.h", "case/case.h", rooms))
        self.assertFalse(above("alert/alert.c", "case/case.h", rooms))
        self.assertFalse(above("config/config.h", "case/case_deadlines.h", rooms))
        self.assertFalse(above("start.c", "alert/alert.h", rooms))


if __name__ == "__main__":
    unittest.main()
