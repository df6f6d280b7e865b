#!/usr/bin/env python3
"""hotline-modem under faults at random while texts go both ways: every text that came is told, none is deleted untold, none that
was sent is sent twice without saying so, and the worker neither ends nor stays away. HL_CHAOS_SEED and HL_CHAOS_ROUNDS change
the run; the seed is printed."""
import os
import random
import time

import harness
from fake_core import DEADLINE, WorkerCase

SEED = int(os.environ.get("HL_CHAOS_SEED", random.SystemRandom().randrange(1 << 30)))
ROUNDS = int(os.environ.get("HL_CHAOS_ROUNDS", "25"))
TO = "+97600005678"
IMSI = "428990000000001"


class Chaos(WorkerCase):
    sim_args = ("--pin", "1234")
    welcome = {"sweep_s": 1, "pin": "1234"}
    profile = {"command_ms": 300, "list_ms": 300, "prompt_ms": 200, "submit_ms": 400, "settle_ms": 20, "reset_ms": 100,
               "register_ms": 200, "probe_ms": 150, "watch_ms": 100}

    def fault(self, dice):
        times = dice.randrange(1, 6)
        prefix = dice.choice(["", "", "+CMGR", "+CMGL", "+CMGD", "+CMGS", "+CPMS"])
        choices = [
            lambda: self.sim.do("fault", name="hang", times=-1, ms=dice.randrange(100, 1500)),
            lambda: self.sim.do("fault", name="garbage", times=times),
            lambda: self.sim.do("fault", name="noise", times=times * 10),
            lambda: self.sim.do("fault", name="error", times=times, prefix=prefix),
            lambda: self.sim.do("fault", name="lost_reply", times=1, prefix=prefix),
            lambda: self.sim.do("fault", name="no_prompt", times=1),
            lambda: self.sim.do("fault", name="cms", times=1, code=dice.choice([1, 38, 192, 332, 500])),
            lambda: self.sim.do("fault", name="urc_inside", times=times, where=dice.choice(["final", "list", "mid"]),
                                text=dice.choice(["+CREG: 1", "RING", "00112233", "+CSQ: 1,99", "OK then"])),
            lambda: self.sim.do("fault", name="lost_urc", times=times),
            lambda: self.sim.do("fault", name="keep", times=times),
            lambda: self.sim.do("fault", name="echo", times=times),
            lambda: self.sim.do("unplug", ms=dice.randrange(50, 300)),
            lambda: self.sim.do("reset", says=dice.choice(["", "RDY", "RDY|Call Ready|SMS Ready"])),
            lambda: self.sim.do("set", registration=dice.choice([0, 1, 2, 5])),
            lambda: self.sim.do("line", octets=bytes(dice.randrange(256) for _ in range(50)).hex()),
            lambda: self.sim.do("set", locked=True),
            lambda: self.sim_out(dice.random() * 0.5),
            lambda: self.sim.do("fault", name="mute_creg", times=-1),
            lambda: self.sim.do("fault", name="slow", times=times, ms=dice.randrange(50, 400)),
            lambda: self.sim.do("fault", name="full", times=times),
            lambda: self.sim.do("fault", name="dies", times=1, code=dice.randrange(1, 4), text=dice.choice(["", "RDY"])),
            self.restart_core,
        ]
        dice.choice(choices)()

    def sim_out(self, seconds):
        """And the same in again."""
        self.sim.do("set", absent=True)
        self.let_go(seconds)
        self.sim.do("set", imsi=IMSI)

    def restart_core(self):
        self.core.stop()
        self.core.listen()

    def answer(self, message):
        """A core that now and then puts off, or says nothing."""
        return self.dice.choice(["stored"] * 6 + ["later", None])

    def exchange(self, deadline, done):
        while not done():
            self.core.pump(deadline, "the end of the round")

    def text_out(self):
        if self.core.conn:
            self.number += 1
            self.core.text(self.number, "out %d" % self.number)

    def let_go(self, seconds):
        """Whatever happens in so long a time, the core answers."""
        end = time.monotonic() + seconds
        try:
            while True:
                self.core.pump(end, "nothing")
        except harness.Timeout:
            pass

    def test_chaos(self):
        print("seed %d" % SEED, flush=True)
        self.dice, self.number, sent_in = random.Random(SEED), 0, []
        worker = self.start()
        self.core.answer = self.answer
        for turn in range(ROUNDS):
            self.fault(self.dice)
            for i in range(self.dice.randrange(1, 6)):
                sent_in.append("in %d.%d" % (turn, i))
                self.sms(sent_in[-1])
            self.text_out()
            self.let_go(self.dice.random() * 0.6)
            self.assertIsNone(worker.process.poll(), worker.error_text()[-2000:])
        self.sim.do("no_faults")
        self.sim.do("set", registration=1, imsi=IMSI)
        self.core.answer = "stored"
        self.exchange(time.monotonic() + DEADLINE, lambda: set(sent_in) <= set(self.core.texts()))
        self.wait_empty()
        self.assertEqual(self.core.all("refused"), [])
        self.check_outcomes()

    def check_outcomes(self):
        """What arrived was told as sent or unknown, and nothing arrived twice."""
        arrived = [t["text"] for t in self.sim.inbox(TO)]
        self.assertEqual(len(arrived), len(set(arrived)))
        told = {m["id"]: m["type"] for m in self.core.all("sent", "unknown")}
        for text in arrived:
            self.assertIn(int(text.split()[1]), told, "%s arrived, and the core does not know" % text)
        for number, kind in told.items():
            if kind == "sent":
                self.assertIn("out %d" % number, arrived)


if __name__ == "__main__":
    harness.main()
