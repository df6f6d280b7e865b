"""Texts coming in: how many, how fast each is stored, and how soon an alert is out."""
import statistics

from scene import OFFICER, Bench, load, medians, row, wait_quiet


def bench_receive(rounds):
    for receipts in (False, True):
        for modems, goal in ((1, 1500), (8, 3000)):
            def measure(modems=modems, receipts=receipts):
                with Bench(modems, receipts=receipts, receipts_per_hour=1000000) as system:
                    return load(system, 4000 * (1 if modems == 1 else 3))["deleted_per_s"]
            value, all_values = medians(rounds, measure)
            row("receive on %d modem%s, receipts %s" % (modems, "s" if modems > 1 else "", "on" if receipts else "off"), value,
                "msg/s", ">= %d" % goal, all_values)


def bench_latency(rounds):
    """Stored on the SIM and announced, to deleted: later than committed, so an upper bound of `arrival to stored`."""
    for rate in (200, 800):
        p50, p99 = [], []
        for _ in range(rounds):
            with Bench(8, receipts=False) as system:
                us = load(system, rate * 10, rate)["stored_to_deleted_us"]
                p50.append(us["p50"] / 1000)
                p99.append(us["p99"] / 1000)
        row("arrival to stored and deleted, 8 modems, %d msg/s, p50" % rate, statistics.median(p50), "ms", "<= 5", p50)
        row("arrival to stored and deleted, 8 modems, %d msg/s, p99" % rate, statistics.median(p99), "ms", "<= 25", p99)


def bench_alerts(rounds):
    for rate in (20, 100):
        p50, p99 = [], []
        for _ in range(rounds):
            with Bench(8, receipts=True, receipts_per_hour=1000000) as system:
                system.sim.do("track", number=OFFICER)
                load(system, rate * 10, rate)
                wait_quiet(system)
                us = system.sim.do("stats")["arrival_to_text_us"][0]
                p50.append(us["p50"] / 1000)
                p99.append(us["p99"] / 1000)
        row("arrival to alert handed to a modem, %d msg/s, p50" % rate, statistics.median(p50), "ms", "-", p50)
        row("arrival to alert handed to a modem, %d msg/s, p99" % rate, statistics.median(p99), "ms", "<= 100", p99)
