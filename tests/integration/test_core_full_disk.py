#!/usr/bin/env python3
"""A full disk: nothing is answered `stored` that is not on it, nothing is half-done, and all goes on once there is room again."""
import os
import shutil

import harness
from core import Core, Link
from harness import run

TIP = "14 настай охиныг буудалд хорьж, мөнгөөр биеийг нь үнэлүүлж байна"

# Mounts a small file system that ends with this shell, moves the database there, runs the command; a line on the FIFO removes the
# file that takes the room.
INSIDE = """set -e
mount -t tmpfs -o size=6m tmpfs "$1"
mv "$2" "$1/hotlined.db"
dd if=/dev/zero of="$1/ballast" bs=4k count=1350 2>/dev/null
(timeout 120 head -n 1 "$3" >/dev/null; rm "$1/ballast") &
shift 3
exec "$@"
"""


class FullDisk(harness.Case):
    def namespace(self):
        """A command that runs another in a mount namespace of its own."""
        for argv in (["unshare", "-m"], ["unshare", "-rm"]):
            if shutil.which("unshare") and run(argv + ["sh", "-c", "mount -t tmpfs tmpfs /tmp"])[0] == 0:
                return argv
        self.skipTest("this machine lets us have no mount namespace")

    def start(self):
        namespace = self.namespace()
        disk, fifo = os.path.join(self.folder, "disk"), os.path.join(self.folder, "fifo")
        os.mkdir(disk)
        os.mkfifo(fifo)
        core = self.keep(Core(self.folder, autostart=False, escalate_emergency_s=10000, escalate_high_s=10000))
        made = core.database
        core.database = os.path.join(disk, "hotlined.db")
        core.write_config()
        core.start(argv=namespace + ["sh", "-c", INSIDE, "sh", disk, made, fifo])
        return core, fifo

    def test_full_and_free_again(self):
        core, fifo = self.start()
        link = self.keep(Link(core, state=None))
        waiting, stored, count = {}, 0, 0
        while not waiting and count < 3000:
            refs = {}
            for _ in range(20):
                count += 1
                refs[link.offer(TIP, "+9760000%04d" % count, "%08X" % count)] = count
            while refs:
                answer = link.next(harness.time.monotonic() + harness.DEADLINE, "answers")
                number = refs.pop(answer["ref"])
                if answer["type"] == "later":
                    waiting[number] = True
                else:
                    self.assertEqual(answer["type"], "stored")
                    stored += 1
        self.assertTrue(waiting, "the disk never filled up")
        self.assertEqual(core.counters()["stored"], stored)
        self.assertEqual(core.counters()["cases"], stored)
        self.assertGreater(core.counters()["aborts"], 0)
        with open(fifo, "w") as f:
            f.write("\n")
        deadline = harness.time.monotonic() + harness.DEADLINE
        for number in list(waiting):
            while waiting.get(number): # as the sweeps of a worker do, until there is room
                self.assertLess(harness.time.monotonic(), deadline, core.program.error_text())
                ref = link.offer(TIP, "+9760000%04d" % number, "%08X" % number)
                answer = link.next(harness.time.monotonic() + harness.DEADLINE, "an answer")
                if answer["type"] == "stored":
                    waiting.pop(number)
        self.assertEqual(core.counters()["stored"], count)
        self.assertEqual(core.counters()["cases"], count)
        self.assertEqual(core.counters()["duplicates"], 0)
        errors = core.program.error_text()
        self.assertIn("turn aborted", errors)
        self.assertIn("turn resumed", errors)


if __name__ == "__main__":
    harness.main()
