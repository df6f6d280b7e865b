"""An emergency beside a campaign, over real workers: eight modems whose radio takes three seconds a text, one of them reserved, and
50,000 campaign texts that wait. Beside it, how late an escalation is."""
import subprocess
import time

from scene import ONE_OFFICER, OFFICER, Bench, rest, row
from harness import program  # its folder is put into the path by scene
from system import SECOND

QUEUED = 50000
RADIO_MS = 3000
EMERGENCY = "a boy of 9 is beaten now in Bayangol"


class Fed(Bench):
    """A system whose outbox holds so many campaign texts before it starts."""

    def __init__(self, modems, count, **kwargs):
        super().__init__(modems, **kwargs)
        self.count = count

    def start(self, system):
        subprocess.run([program("tests/bench/bench_feed"), system.config, str(self.count)], check=True, stderr=subprocess.DEVNULL)
        system.start()


def settings(modems):
    return {"m%d" % i: {"sweep_s": 60, "reserved": i == modems - 1} for i in range(modems)}


def emergencies(system, modem, every_s, count):
    """Arrival at this modem, or at each in turn, to alert handed to a modem."""
    system.sim.do("track", number=OFFICER)
    for i in range(count):
        system.sim.do("sms", modem=i % 8 if modem is None else modem, from_="+97600003%03d" % i, text=EMERGENCY)
        rest(system, every_s)
    rest(system, 4)
    return system.sim.do("stats")["arrival_to_text_us"][0]


# The reserved modem's number is the one that people text to. A text that comes in by a modem which is at a text itself waits for it: a radio
# of three seconds is then in the figure before the core knows of anything. So seven seconds lie between: for the alert, and for the answer to
# the texter, which goes by the number that they know.
RESERVED = 7
SCENES = (
    # name, campaign texts, arriving at, seconds between emergencies, how many, radio delay in ms, goal in ms
    ("idle", 0, None, 0.2, 100, 0, "<= 100"),
    ("%d campaign texts" % QUEUED, QUEUED, RESERVED, 7, 20, RADIO_MS, "<= 2000"),
    ("the same, by every modem, one each 4 s", QUEUED, None, 4, 20, RADIO_MS, "-"),
)


def bench_emergency(_):
    for name, queued, modem, every_s, count, radio_ms, goal in SCENES:
        with Fed(8, queued, modem_settings=settings(8), roster=ONE_OFFICER, sim_args=("--radio-delay", str(radio_ms)),
                campaign_emergency_s=0) as system:  # campaigns do not pause for them
            rest(system, 2 * radio_ms / 1000)
            us = emergencies(system, modem, every_s, count)
            for part in ("p50", "p99"):
                row("emergency to a modem, %s, %s" % (name, part), us[part] / 1000, "ms", goal if part == "p99" else "-")
            if queued:
                row("campaign texts sent meanwhile", system.status()["outbox"]["campaign"].get("sent", 0), "", "-")


def bench_deadline(_):
    """Nobody answers: from one officer's text to the next one's, less the deadline."""
    deadline_s, late = 3, []
    roster = (("officer one", "officer", OFFICER), ("officer two", "officer", SECOND))
    with Bench(2, roster=roster, escalate_emergency_s=deadline_s) as system:
        system.sim.watch("phone")
        for i in range(10):
            system.sim.do("sms", modem=0, from_="+97600004%03d" % i, text=EMERGENCY)
            system.phones.text(OFFICER, "EMERGENCY")
            begun = time.monotonic()
            system.phones.text(SECOND, "Escalated")
            late.append(time.monotonic() - begun - deadline_s)
    row("an escalation is late by, of %d the worst" % len(late), max(late), "s", "<= 2", late)
