#!/usr/bin/env python3
"""The credit of a SIM: asked by itself, shown, warned of once a fall, and known again after a restart."""
import harness
from core import Core, Link
from system import ROSTER, SystemCase

OPERATOR = "+97600000008"
BLOCK = ('operators = ( { name = "Sim"; networks = "42899"; balance_code = "*100#"; balance_pattern = "balance: ([0-9 ]+)"; '
         'currency = "MNT"; balance_low = %(low)d; balance_floor = %(floor)d; balance_every_s = %(every)d; balance_after = %(after)d; } );')


class Balance(SystemCase):
    def start(self, low=1000, floor=500, every=86400, after=0):
        self.system = s = harness_system(self, BLOCK % dict(low=low, floor=floor, every=every, after=after))
        return s

    def says(self, amount):
        self.system.sim.do("ussd_answer", code="*100#", text="Balance: %s MNT" % amount)

    def wait_amount(self, amount):
        return self.system.wait_status(lambda s: s["modems"]["m0"].get("balance", {}).get("amount") == amount,
            "a balance of %d" % amount)

    def test_asked_at_start_and_shown(self):
        s = self.start()
        status = self.wait_amount(5000)
        self.assertEqual(status["modems"]["m0"]["balance"]["currency"], "MNT")
        self.assertFalse(status["modems"]["m0"]["balance"]["low"])
        self.assertRegex(s.ctl("modems")[1], r"CREDIT[^\n]*\n[^\n]*5000 MNT")
        self.assertEqual([w for w in status["warnings"] if "top it up" in w], [])
        self.says("1")
        s.restart_core()
        status = self.wait_amount(5000)  # known from the disk, and not due
        self.assertEqual(status["counters"]["ussd"], 1)

    def test_one_warning_a_fall(self):
        s = self.start(every=1)
        self.wait_amount(5000)
        self.says("9 00")
        status = self.wait_amount(900)
        self.assertTrue(any("900 MNT left" in w for w in status["warnings"]), status["warnings"])
        self.assertIn("credit is low", s.phones.text(OPERATOR))
        self.says("800")
        self.wait_amount(800)
        self.says("6000")
        self.wait_amount(6000)
        self.says("400")
        status = self.wait_amount(400)
        self.assertTrue(status["modems"]["m0"]["balance"]["below_floor"])
        self.assertTrue(any("no campaign" in w for w in status["warnings"]), status["warnings"])
        self.assertIn("credit is low", s.phones.text(OPERATOR))
        self.assertEqual(len(s.sim.inbox(OPERATOR)), 2)

    def test_asked_after_so_many_texts(self):
        s = self.start(after=2)
        self.wait_amount(5000)
        self.says("4000")
        for i in (1, 2):
            s.sim.do("sms", from_="+9760000123%d" % i, text="Hello, I need help with a child")
            s.phones.text("+9760000123%d" % i)
        self.wait_amount(4000)

    def test_a_text_that_does_not_fit(self):
        s = self.start(every=1)
        self.wait_amount(5000)
        s.sim.do("ussd_answer", code="*100#", text="Secret words")
        s.sim.watch("call", "phone", "load")
        s.sim.event("call", lambda e: e["what"] == "ussd")
        s.sim.event("call", lambda e: e["what"] == "ussd")
        self.says("3000")
        self.wait_amount(3000)
        self.assertIn("not_told", s.log())
        self.assertNotIn("Secret", s.log())


class Late(harness.Case):
    def test_a_sim_that_is_named_after_ready(self):
        """Some modems tell their IMSI only once they are registered."""
        core = Core(self.folder, operators=(BLOCK % dict(low=1000, floor=500, every=86400, after=0)).split(" = ", 1)[1].rstrip(";"))
        self.keep(core)
        link = Link(core, state="ready")
        self.stack.callback(link.close)
        link.state("ready", imsi=link.imsi)
        self.assertEqual(link.hear("ussd_dial")["text"], "*100#")


def harness_system(case, block):
    """A system with an operator in the roster, and this block in its configuration."""
    import system

    class Configured(system.System):
        def write_config(self, roster, modem_settings, settings):
            super().write_config(roster, modem_settings, settings)
            with open(self.config, "a") as f:
                f.write(block + "\n")

    s = Configured(case.folder, modems=1, roster=ROSTER + (("operator", "operator", OPERATOR),))
    case.keep(s)
    return s.start()


if __name__ == "__main__":
    harness.main()
