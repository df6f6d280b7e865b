"""A list of people who agreed to campaigns is imported by hotlinectl, while texts go on coming in."""
import os
import shutil
import subprocess
import tempfile
import threading
import time

from scene import medians, memory, row  # first: it tells where the others are
from core import Core, Link, PASSWORD
from harness import program

PEOPLE = 100000


def write_list(path, count):
    districts = ("Bayangol", "БЗД", "Сонгинохайрхан", "Chingeltei", "")
    with open(path, "w", encoding="utf-8") as f:
        f.write("number;district;groups\n")
        for i in range(count):
            f.write("+976 0000 %06d;%s;school\n" % (i, districts[i % len(districts)]))


def take(core, path):
    """Seconds that hotlinectl takes, password and all."""
    began = time.monotonic()
    subprocess.run([program("hotlinectl"), "--socket", core.control, "--as", "Tuya", "--password-stdin", "contacts", "import", path,
        "--source", "school", "--date", time.strftime("%Y-%m-%d"), "--json"], input=PASSWORD.encode() + b"\n", stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def waits_while(link, busy):
    """How long each text waits until it is stored, in ms, in order of length."""
    waits = []
    while busy() or not waits:
        began = time.monotonic()
        link.text("a girl of 14 is made to work at the car wash %d" % len(waits), "+9760000%06d" % len(waits))
        waits.append(1000 * (time.monotonic() - began))
    return sorted(waits)


def once():
    folder = tempfile.mkdtemp(prefix="hl-bench-")
    core = Core(folder, receipts=False)
    try:
        core.add_person("Tuya", "outreach")
        path = os.path.join(folder, "list.csv")
        write_list(path, PEOPLE)
        first = take(core, path)
        link, took = Link(core), []
        again = threading.Thread(target=lambda: took.append(take(core, path)))
        again.start()
        waits = waits_while(link, again.is_alive)
        again.join()
        link.close()
        return first, took[0], waits[len(waits) * 99 // 100], waits[-1], memory(core.program.pid)
    finally:
        core.stop()
        shutil.rmtree(folder, True)


def bench_contacts(rounds):
    found = [once() for _ in range(rounds)]
    for i, (what, unit, goal) in enumerate((("100,000 contacts imported", "s", "<= 10"), ("the same again, all known, while texts come in", "s", "<= 10"),
            ("meanwhile a text is stored after, 99 of 100", "ms", "-"), ("meanwhile a text is stored after, the longest", "ms", "-"),
            ("core, resident, 200,000 lines later", "MB", "-"))):
        values = iter([f[i] for f in found])
        middle, all_ = medians(rounds, lambda v=values: next(v))
        row(what, middle, unit, goal, all_)
