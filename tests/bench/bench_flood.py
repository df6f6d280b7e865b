"""A flood from one number, and the others meanwhile."""
import statistics
import time

from scene import OFFICER, ONE_OFFICER, TEXT, Bench, row


def bench_flood(rounds):
    """Ten thousand texts from one number on one modem; meanwhile twenty other people text through another."""
    slowest, all_ms = [], []
    for _ in range(rounds):
        with Bench(2, roster=ONE_OFFICER) as system:
            system.sim.watch("phone")
            for i in range(20):
                for k in range(500):
                    system.sim.conn.send({"op": "sms", "modem": 0, "from": "+97600001111", "text": TEXT.format(n=500 * i + k)})
                began = time.monotonic()
                system.sim.conn.send({"op": "sms", "modem": 1, "from": "+976000020%02d" % i, "text": "a boy of 9 is beaten now in Bayangol"})
                system.phones.text(OFFICER, "BGD")
                all_ms.append(1000 * (time.monotonic() - began))
            end = time.monotonic() + 120
            while system.status()["counters"]["stored"] < 10020 and time.monotonic() < end:
                system.phones.take(time.monotonic() + 0.1)
            slowest.append(max(all_ms[-20:]))
            cases, receipts = len(system.ask("case.list")["cases"]), system.status()["counters"]["receipts"]
            assert (cases, receipts) == (21, 21), (cases, receipts)
    row("10,000 texts of one number: others' alerts, median", statistics.median(all_ms), "ms", "-", all_ms)
    row("10,000 texts of one number: others' alerts, slowest", statistics.median(slowest), "ms", "<= 1000", slowest)
