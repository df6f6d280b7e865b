#!/usr/bin/env python3
"""A PIN that a SIM refused is never given again until another stands in the configuration, whatever is restarted, and although the
modem does not tell how many attempts are left."""
import os

import harness
from system import SystemCase

WRONG, RIGHT = "43218765", "1234"


class RefusedPin(SystemCase):
    def setUp(self):
        super().setUp()
        self.system = self.start_system(modems=1, start=False, sim_args=("--pin", RIGHT),
            modem_settings={"m0": {"pin": WRONG, "profile": "blind"}})
        with open(os.path.join(self.system.folder, "modems", "blind.conf"), "w") as f:
            f.write('description = "tells no counter"; pin_counter = ""; pin_blind = true;\n')
        self.told_ms = 0

    def wait_state(self, *states):
        """Told since the last time."""
        def is_so(status):
            m = status["modems"]["m0"]
            return m["state"] in states and m["told_ms"] not in (0, self.told_ms)
        m = self.system.wait_status(is_so, "m0 to be " + " or ".join(states))["modems"]["m0"]
        self.told_ms = m["told_ms"]
        return m

    def tries_left(self):
        return self.system.sim.do("modem")["modem"]["pin_tries"]

    def correct(self, old, new):
        with open(self.system.config) as f:
            text = f.read()
        self.assertIn(old, text)
        with open(self.system.config, "w") as f:
            f.write(text.replace(old, new))

    def test_never_again_until_it_is_corrected(self):
        s = self.system
        s.start_core()
        s.start_worker("m0")
        self.wait_state("broken")
        self.assertEqual(self.tries_left(), 2)
        s.restart_worker("m0")
        self.assertIn("correct it in the configuration", self.wait_state("broken")["detail"])
        s.restart_core()
        self.wait_state("broken")
        s.kill_core()
        s.restart_worker("m0")
        s.start_core()
        self.wait_state("broken")
        self.assertEqual(self.tries_left(), 2)
        s.kill_core()
        with open(s.database, "rb") as f:
            self.assertNotIn(WRONG.encode(), f.read())
        self.correct(WRONG, RIGHT)
        s.start_core()
        self.wait_state("ready", "sweeping")
        self.assertEqual(self.tries_left(), 3)
        s.stop_core()
        self.assertEqual(s.rows("SELECT * FROM refused_pin"), [])
        self.assertNotIn(WRONG, s.log())


if __name__ == "__main__":
    harness.main()
