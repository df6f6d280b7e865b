#!/usr/bin/env python3
"""kill -9 of the core and of workers at random moments while texts arrive: nothing lost, nothing twice, no alert unescalated.

Usage: torture.py [--rounds N] [--messages N] [--seed N]    (make torture ARGS='--rounds 200')

Each round: a new database, two modems, N texts from N senders with receipts on, 3 to 8 kills. Then every text must be in the
database exactly once, with its case and its alert; every texter must have at most one receipt; every alert must have reached
the first officer at least once and, as nobody acknowledges, the second one too."""
import argparse
import os
import random
import sys
import tempfile
import shutil
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import DEADLINE  # noqa: E402
from system import COORDINATOR, OFFICER, SECOND, System, codes_in  # noqa: E402

TEXT = "they make a girl of 14 work all night at the car wash {n}"
STAFF = (OFFICER, SECOND, COORDINATOR)


def rung(phones, number):
    """The codes of every case that this phone was alerted of."""
    return {code for text in phones.texts.get(number, []) for code in codes_in(text)}


def kill_at_random(system, phones, rng, kills, messages):
    """Between kills it lets a random number of milliseconds of events pass."""
    for _ in range(kills):
        deadline = time.monotonic() + rng.uniform(0.01, 0.35)
        while phones.take(deadline):
            pass
        if rng.random() < 0.5:
            system.restart_core()
        else:
            system.restart_worker(rng.choice(system.names))


def check_database(system, messages):
    system.stop_core()
    facts = {
        "messages": system.rows("SELECT count(*) FROM message WHERE direction = 0")[0][0],
        "senders": system.rows("SELECT count(DISTINCT contact_id) FROM message WHERE direction = 0")[0][0],
        "cases": system.rows("SELECT count(*) FROM cases")[0][0],
        "cases with one open alert": system.rows("SELECT count(*) FROM (SELECT case_id FROM alert WHERE acknowledged_ms IS NULL"
            " GROUP BY case_id HAVING count(*) = 1)")[0][0],
    }
    for what, count in facts.items():
        assert count == messages, "%s: %d, not %d" % (what, count, messages)
    return {row[0] for row in system.rows("SELECT code FROM cases")}


def one_round(folder, rng, messages):
    system = System(folder, 2, escalate_emergency_s=4, escalate_high_s=4, escalate_normal_s=4, escalate_low_s=4, discreet=True)
    try:
        system.start()
        phones = system.phones
        system.sim.do("load", count=messages, rate=rng.choice((0, 400)), from_base="+9760", text=TEXT)
        kills = rng.randint(3, 8)
        kill_at_random(system, phones, rng, kills, messages)
        phones.until(lambda: phones.load_done, "every text to leave the SIMs", 3 * DEADLINE)
        system.wait_status(lambda s: s["counters"]["stored"] >= messages, "the core to count every text")
        for number in (OFFICER, COORDINATOR, SECOND):
            phones.until(lambda n=number: len(rung(phones, n)) >= messages, "every alert to ring %s" %
                {OFFICER: "the first officer", COORDINATOR: "the coordinator", SECOND: "the second officer"}[number], 6 * DEADLINE)
        codes = check_database(system, messages)
        for number in STAFF:
            assert rung(phones, number) == codes, "a phone was alerted of a case that is not in the database"
        receipts = [len(texts) for number, texts in phones.texts.items() if number not in STAFF]
        assert max(receipts, default=0) <= 1, "%d texters got a receipt twice" % sum(n > 1 for n in receipts)
        return kills, len(receipts)
    finally:
        system.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print("seed %d" % options.seed, flush=True)
    for number in range(options.rounds):
        rng = random.Random(options.seed + number)
        folder = tempfile.mkdtemp(prefix="hl-torture-")
        began = time.monotonic()
        try:
            kills, receipts = one_round(folder, rng, options.messages)
        except BaseException:
            print("round %d failed; again with --seed %d --rounds 1; its folder is kept" % (number, options.seed + number), flush=True)
            raise
        shutil.rmtree(folder, True)
        print("round %d: %d texts, %d kills, %d receipts, %.1f s" % (number, options.messages, kills, receipts,
            time.monotonic() - began), flush=True)


if __name__ == "__main__":
    main()
