"""Texts going out: what a modem takes, and what we add to its radio."""
from scene import ONE_OFFICER, Bench, load, medians, row, wait_quiet


def bench_send(rounds):
    def fast():
        with Bench(1, receipts=False, roster=ONE_OFFICER) as system:
            load(system, 3000)
            system.sim.do("stats", reset=True)
            wait_quiet(system)
            return system.sim.do("stats")["submitted_per_s"]
    value, all_values = medians(rounds, fast)
    row("send on 1 modem, no radio delay", value, "msg/s", ">= 200", all_values)

    def slow():
        with Bench(1, receipts=False, roster=ONE_OFFICER, sim_args=("--radio-delay", "3000")) as system:
            load(system, 6)
            system.sim.do("stats", reset=True)
            wait_quiet(system)
            stats = system.sim.do("stats")
            return 1000 * stats["submitted"] / stats["submitted_per_s"] / (stats["submitted"] - 1) - 3000 # n texts, n - 1 gaps
    value, all_values = medians(1, slow)
    row("send with a radio delay of 3 s: over it, each", value, "ms", "<= 20")
