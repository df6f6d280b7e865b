"""64 modems at once: memory, rest, traffic, and one that dies."""
import time

from scene import OFFICER, ONE_OFFICER, Bench, load, medians, memory, rest, row, total, wait_quiet


FLEET = 64
FLEET_SWEEP_S = 60  # the default


def fleet_memory(workers, when):
    shares = [memory(pid, "Pss") for pid in workers]
    row("worker, proportional share, largest of %d, %s" % (FLEET, when), max(shares), "MB", "<= 2.5", shares)


def fleet_idle(system, workers, seconds):
    pids = workers + [system.core.pid]
    before = total(pids)
    rest(system, seconds)
    row("%d idle modems and the core: CPU, of one core" % FLEET, 100 * (total(pids) - before) / seconds, "%", "<= 0.5")


def fleet_traffic(system, workers, rate):
    """10 messages a second and modem. Simulator and gateway share the machine: their parts of it are told."""
    groups = (("workers", workers), ("core", [system.core.pid]), ("simulator", [system.sim.program.pid]))
    before, begun = [total(pids) for _, pids in groups], time.monotonic()
    us = load(system, rate * FLEET * 10, rate * FLEET)["stored_to_deleted_us"]
    took = time.monotonic() - begun
    row("arrival to stored and deleted, %d msg/s a modem, p50" % rate, us["p50"] / 1000, "ms", "-")
    row("arrival to stored and deleted, %d msg/s a modem, p99" % rate, us["p99"] / 1000, "ms", "<= 50")
    for (name, pids), old in zip(groups, before):
        row("meanwhile the CPU of the %s, of one core" % name, 100 * (total(pids) - old) / took, "%", "-")


def fleet_death(system):
    """A modem stops answering, without a word: while it is idle; and with texts on their way to it, which go to another one."""
    dead = "m%d" % (FLEET - 1)

    def hang_until_noticed():
        begun = time.monotonic()
        system.sim.do("fault", modem=FLEET - 1, name="hang")
        system.wait_status(lambda s: not s["modems"][dead]["ready"], "the death to be noticed", timeout=120)
        return time.monotonic() - begun

    def noticed():
        seconds = hang_until_noticed()
        system.sim.do("no_faults", modem=FLEET - 1)
        system.wait_status(lambda s: s["modems"][dead]["ready"], "the modem to recover", timeout=120)
        return seconds

    value, all_values = medians(4, noticed)
    row("a silent death is noticed after", max(all_values), "s", "<= 60", all_values)
    system.sim.do("track", number=OFFICER)
    for modem in range(FLEET):
        system.sim.do("set", modem=modem, radio_ms=500) # so that every modem has alerts waiting
    load(system, FLEET * 3, first=1000000)
    system.sim.do("fault", modem=FLEET - 1, name="hang")
    wait_quiet(system)
    us = system.sim.do("stats")["arrival_to_text_us"][0]
    row("dies with alerts: the last of %d handed to a living one after" % us["count"], us["max"] / 1e6, "s", "<= 90")


def bench_fleet(_):
    settings = {"m%d" % i: {"sweep_s": FLEET_SWEEP_S} for i in range(FLEET)}
    begun = time.monotonic()
    with Bench(FLEET, modem_settings=settings, receipts=False, roster=ONE_OFFICER) as system:
        workers = [worker.pid for worker in system.workers.values()]
        row("from nothing to %d modems ready" % FLEET, time.monotonic() - begun, "s", "-")
        rest(system, 5)
        fleet_memory(workers, "idle")
        fleet_idle(system, workers, FLEET_SWEEP_S)
        fleet_traffic(system, workers, 10)
        fleet_memory(workers, "after traffic")
        wait_quiet(system)
        fleet_death(system)
