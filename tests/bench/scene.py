"""What the benchmarks share: a system of its own for each, load on it, what its programs use, and a row beside its goal."""
import os
import shutil
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import Timeout  # noqa: E402
from system import OFFICER, System  # noqa: E402

TEXT = "a girl of 14 is made to work at the car wash {n}"
ONE_OFFICER = (("officer one", "officer", OFFICER),)


def row(name, value, unit, goal, rounds=None):
    spread = "" if not rounds or len(rounds) < 2 else "  (%g to %g)" % (round(min(rounds), 2), round(max(rounds), 2))
    print("  %-58s %10.3f %-5s goal %s%s" % (name, value, unit, goal, spread), flush=True)


class Bench:
    """A system in a folder of its own, gone at the end of the with block."""

    def __init__(self, modems=1, **kwargs):
        self.arguments = (modems, kwargs)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="hl-bench-")
        modems, kwargs = self.arguments
        self.system = System(self.folder, modems, **dict({"modem_settings": {"m%d" % i: {"sweep_s": 60} for i in range(modems)}}, **kwargs))
        self.start(self.system)
        self.system.sim.watch("load")
        return self.system

    def start(self, system):
        system.start()

    def __exit__(self, *_):
        self.system.stop()
        shutil.rmtree(self.folder, True)


def load(system, count, rate=0, timeout=300, first=0):
    system.sim.do("load", count=count, rate=rate, from_base="+9760", text=TEXT, first=first)
    system.sim.event("load", timeout=timeout)
    return system.sim.do("stats")


def medians(rounds, measure):
    values = [measure() for _ in range(rounds)]
    return statistics.median(values), values


def queued(status):
    return sum(lane.get(state, 0) for lane in status["outbox"].values() for state in ("queued", "leased", "submitting"))


def wait_quiet(system):
    system.wait_status(lambda s: queued(s) == 0, "the outbox to be empty", timeout=300)


def memory(pid, field="VmRSS"):
    path, key = ("smaps_rollup", field) if field == "Pss" else ("status", field)
    with open("/proc/%d/%s" % (pid, path)) as f:
        return next(int(line.split()[1]) for line in f if line.startswith(key + ":")) / 1024


def cpu_seconds(pid):
    with open("/proc/%d/schedstat" % pid) as f:
        return int(f.read().split()[0]) / 1e9


def switches(pid):
    with open("/proc/%d/status" % pid) as f:
        return sum(int(line.split()[1]) for line in f if "ctxt_switches" in line)


def total(pids):
    return sum(cpu_seconds(pid) for pid in pids)


def rest(system, seconds):
    """So long of nothing to do."""
    try:
        system.sim.watching.receive(time.monotonic() + seconds, "nothing")
    except Timeout:
        pass
