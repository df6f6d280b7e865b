#!/usr/bin/env python3
"""kill -9 of the core and of workers at random moments while texts arrive: nothing lost, nothing twice, no alert unescalated.

Usage: torture.py [--rounds N] [--messages N] [--seed N]    (make torture ARGS='--rounds 200')

Each round: a new database, two modems, N texts from N senders with receipts on, 3 to 8 kills. Then every text must be in the
database exactly once, with its case and its alert; every alert must have reached the first officer at least once and, as nobody
acknowledges, the second one too. Then the first officer acknowledges each, with kills again, so that the receipts, which had to
wait behind the alerts, go out: every texter must have exactly one, but for those whose outcome is unknown, who have one or none."""
import argparse
import os
import random
import sys
import tempfile
import shutil
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import DEADLINE, Timeout, ack_in  # noqa: E402
from system import COORDINATOR, OFFICER, SECOND, System, codes_in  # noqa: E402

TEXT = "they make a girl of 14 work all night at the car wash {n}"
STAFF = (OFFICER, SECOND, COORDINATOR)
FIRST = 1000          # the first texter's number, after those of the staff
KILLS_LATER = 3       # while receipts go out
SENT, UNKNOWN = 3, 7  # core/outbound/outbox.h


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


def acknowledge_all(system, phones):
    for text in {codes_in(text)[0]: text for text in phones.texts[OFFICER]}.values():
        system.sim.do("sms", modem=0, from_=OFFICER, text="OK " + ack_in(text))


def is_quiet(status):
    """Every alert is acknowledged, and nothing waits to be sent or is on its way."""
    return not any(count for state, count in status["alerts"].items() if state != "acknowledged") and not any(
        lane.get(state) for lane in status["outbox"].values() for state in ("queued", "leased", "submitting"))


def wait_quiet(system, phones, timeout):
    """Phones are read meanwhile: the simulator drops a watcher that does not."""
    deadline = time.monotonic() + timeout
    while not is_quiet(system.status()):
        if time.monotonic() > deadline:
            raise Timeout("time ran out waiting for every alert to be acknowledged and everything to be sent: %s" % system.status())
        look = time.monotonic() + 0.05
        while phones.take(look):
            pass


def check_database(system, messages):
    system.stop_core()
    facts = {
        "messages": system.rows("SELECT count(*) FROM message WHERE direction = 0")[0][0],
        "senders": system.rows("SELECT count(DISTINCT contact_id) FROM message WHERE direction = 0")[0][0],
        "cases": system.rows("SELECT count(*) FROM cases")[0][0],
        "cases with one alert, and it acknowledged": system.rows("SELECT count(*) FROM (SELECT case_id FROM alert"
            " GROUP BY case_id HAVING count(*) = 1 AND min(acknowledged_ms) IS NOT NULL)")[0][0],
        "receipts": system.rows("SELECT count(*) FROM outbox WHERE purpose = 2")[0][0],
    }
    for what, count in facts.items():
        assert count == messages, "%s: %d, not %d" % (what, count, messages)
    return {row[0] for row in system.rows("SELECT code FROM cases")}


def check_receipts(system, phones):
    """How many came, and of how many nobody can say."""
    states = dict(system.rows("SELECT state, count(*) FROM outbox WHERE purpose = 2 GROUP BY state"))
    sent, unknown = states.get(SENT, 0), states.get(UNKNOWN, 0)
    assert set(states) <= {SENT, UNKNOWN}, "receipts in the states %s" % sorted(states)

    def receipts():
        return [len(texts) for number, texts in phones.texts.items() if number not in STAFF]
    phones.until(lambda: len(receipts()) >= sent, "every receipt that was sent")
    while phones.take(time.monotonic()):
        pass
    assert max(receipts(), default=0) <= 1, "%d texters got a receipt twice" % sum(n > 1 for n in receipts())
    assert len(receipts()) <= sent + unknown, "%d receipts came; %d sent, %d unknown" % (len(receipts()), sent, unknown)
    return len(receipts()), unknown


def one_round(folder, rng, messages):
    system = System(folder, 2, escalate_emergency_s=4, escalate_high_s=4, escalate_normal_s=4, escalate_low_s=4, discreet=True)
    try:
        system.start()
        phones = system.phones
        system.sim.do("load", count=messages, rate=rng.choice((0, 400)), from_base="+9760", text=TEXT, first=FIRST)
        kills = rng.randint(3, 8)
        kill_at_random(system, phones, rng, kills, messages)
        phones.until(lambda: phones.load_done, "every text to leave the SIMs", 3 * DEADLINE)
        system.wait_status(lambda s: s["counters"]["stored"] >= messages, "the core to count every text")
        for number in (OFFICER, COORDINATOR, SECOND):
            phones.until(lambda n=number: len(rung(phones, n)) >= messages, "every alert to ring %s" %
                {OFFICER: "the first officer", COORDINATOR: "the coordinator", SECOND: "the second officer"}[number], 6 * DEADLINE)
        acknowledge_all(system, phones)
        kill_at_random(system, phones, rng, KILLS_LATER, messages)
        wait_quiet(system, phones, 6 * DEADLINE)
        codes = check_database(system, messages)
        for number in STAFF:
            assert rung(phones, number) == codes, "a phone was alerted of a case that is not in the database"
        return (kills,) + check_receipts(system, phones)
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
            kills, receipts, unknown = one_round(folder, rng, options.messages)
        except BaseException:
            print("round %d failed; again with --seed %d --rounds 1; its folder is kept" % (number, options.seed + number), flush=True)
            raise
        shutil.rmtree(folder, True)
        print("round %d: %d texts, %d kills, %d receipts, %d unknown, %.1f s" % (number, options.messages, kills, receipts, unknown,
            time.monotonic() - began), flush=True)


if __name__ == "__main__":
    main()
