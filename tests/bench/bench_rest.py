"""What the programs take of the machine: memory after many messages, processor time while nothing happens."""
import statistics

from scene import ONE_OFFICER, Bench, cpu_seconds, load, memory, rest, row, switches


def bench_memory(_):
    with Bench(1, receipts=False, roster=ONE_OFFICER, escalate_normal_s=86400, escalate_high_s=86400) as system:
        stats = load(system, 100000, timeout=900)
        row("100,000 messages stored by 1 modem at", stats["deleted_per_s"], "msg/s", "-")
        row("core, resident, 100,000 messages stored", memory(system.core.pid), "MB", "<= 20")
        row("worker, resident, after 100,000 messages", memory(system.workers["m0"].pid), "MB", "<= 4")
        row("worker, proportional share", memory(system.workers["m0"].pid, "Pss"), "MB", "-")


def bench_idle(_):
    """Two minutes of nothing, with the default sweep of 60 s."""
    seconds = 120
    with Bench(8) as system:
        pids = [system.core.pid] + [w.pid for w in system.workers.values()]
        before = [(cpu_seconds(p), switches(p)) for p in pids]
        rest(system, seconds)
        after = [(cpu_seconds(p), switches(p)) for p in pids]
        row("8 idle modems and the core: CPU, of one core", 100 * sum(a[0] - b[0] for a, b in zip(after, before)) / seconds, "%", "<= 0.05")
        row("wake-ups of the core in %d s" % seconds, after[0][1] - before[0][1], "", "-")
        row("wake-ups of a worker in %d s (two sweeps)" % seconds, statistics.median(a[1] - b[1] for a, b in zip(after[1:], before[1:])),
            "", "-")
