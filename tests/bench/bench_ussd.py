"""People in the menu by way of an operator: HTTP, hotline-ussd, the core's commit, and back."""
import json
import os
import statistics
import subprocess

from harness import program
from scene import ONE_OFFICER, Bench, row, total
from ussd_http import SECRET, Gateway, write_conf

SESSIONS, RATE, SECONDS, FLOOD = 2000, 1000, 20, 2000
INPUTS = ("1", "1", "1", "2", "1", "3") # language, report, kind, danger: no, district, khoroo
ETC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "etc")


def load(port, cpu, sessions, rate, flood):
    done = subprocess.run(["taskset", "-c", str(cpu), program("tests/bench/load_ussd"), str(port), SECRET, str(sessions), str(rate), str(SECONDS), str(flood),
        *INPUTS], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def pin(pid, cpu):
    """The whole of hotlined and hotline-ussd on one core; the load has another, where there is one."""
    os.sched_setaffinity(pid, {cpu})


def measure(name, flood, rounds):
    figures, cpu = [], []
    for _ in range(rounds):
        with Bench(1, receipts=False, roster=ONE_OFFICER, ussd_socket="ussd.sock", ussd=os.path.abspath(os.path.join(ETC, "ussd.conf"))) as system:
            conf = write_conf(system.folder, listeners={"at": "africastalking"}, number_per_min=600, sessions_per_min=100)
            gateway = Gateway(system.folder, conf)
            pids = (system.core.pid, gateway.program.pid)
            try:
                for pid in pids:
                    pin(pid, 0)
                before = total(pids)
                figures.append(load(gateway.ports["at"], os.cpu_count() - 1, SESSIONS, RATE, flood))
                cpu.append(100 * (total(pids) - before) / SECONDS)
            finally:
                gateway.stop()
    for key, words, unit, goal in (("steps_per_s", "steps answered", "/s", ">= 1000"), ("p50_ms", "p50", "ms", "-"), ("p99_ms", "p99", "ms", "<= 50"),
                                   ("max_ms", "slowest", "ms", "-")):
        values = [f[key] for f in figures]
        row("%s: %s" % (name, words), statistics.median(values), unit, goal, values)
    row("%s: CPU of core and hotline-ussd" % name, statistics.median(cpu), "%", "<= 100", cpu)
    for f in figures:
        print("    " + json.dumps(f), flush=True)
    return figures


def bench_ussd(rounds):
    measure("%d sessions, %d steps/s" % (SESSIONS, RATE), 0, rounds)
    measure("and one phone asks %d times a second" % FLOOD, FLOOD, rounds)
