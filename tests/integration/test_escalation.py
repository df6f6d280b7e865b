#!/usr/bin/env python3
"""Nobody answers: steps of a policy, the fallback, the siren's file, the texter who is told the truth; and the end of it all."""
import os
import shutil
import tempfile

from harness import main
from system import OFFICER, SECOND, SystemCase, codes_in

GIRL = "+97600001111"
TIP = "help me, i am 14, they lock me in at the hotel and i cannot leave"
POLICY = """
text_every_s = 0; tell_texter = %(tell)s; siren_file = "%(siren)s"; fallback = "task force";
act_emergency_min = 15;
policies = ( { name = "all"; steps = ( { ring = "duty"; wait_s = 1; }, { ring = "next"; wait_s = 1; other_modem = true; } ); } );
"""


class Escalation(SystemCase):
    def begin(self, tell="true", **settings):
        folder = tempfile.mkdtemp(prefix="hl-escalation-")
        self.addCleanup(shutil.rmtree, folder, True)
        self.siren = os.path.join(folder, "siren")
        path = os.path.join(folder, "alerts.conf")
        with open(path, "w") as f:
            f.write(POLICY % {"tell": tell, "siren": self.siren})
        return self.start_system(alerts=path, **settings)

    def test_nobody_answers_until_somebody_does(self):
        system = self.begin(discreet=False)
        system.sim.do("sms", modem=0, from_=GIRL, text=TIP)
        code = codes_in(system.phones.text(OFFICER))[0]
        self.assertEqual(system.phones.code(SECOND), code)
        system.wait_status(lambda s: s["nobody_answers"] == 1, "the alert to go round")
        self.assertIn("NOBODY ANSWERS", system.status()["warnings"][0])
        self.assertTrue(os.path.exists(self.siren))
        self.assertIn("Nobody can answer", system.phones.text(GIRL, "Nobody can answer"))
        system.restart_core()
        system.wait_status(lambda s: s["nobody_answers"] == 1, "the core to know it again")
        reminded, own = system.phones.codes(SECOND, "Reminder")
        self.assertEqual(reminded, code)
        system.sim.do("sms", modem=0, from_=SECOND, text="ACK " + own)
        self.assertIn(code, system.phones.text(SECOND, "assigned"))
        system.wait_status(lambda s: s["nobody_answers"] == 0, "the alert to be taken")
        self.assertFalse(os.path.exists(self.siren))
        self.assertEqual(system.status()["alerts"]["acknowledged"], 1)
        system.stop_core()
        self.assertEqual(system.rows("SELECT count(*) FROM outbox WHERE contact_id IS NOT NULL AND purpose = 5")[0][0], 1)

    def test_the_texter_hears_nothing_where_somebody_else_may_read_it(self):
        system = self.begin(discreet=True)
        system.sim.do("sms", modem=0, from_=GIRL, text=TIP)
        system.wait_status(lambda s: s["nobody_answers"] == 1, "the alert to go round")
        system.wait_status(lambda s: sum(lane.get("refused", 0) for lane in s["outbox"].values()) >= 1, "the advice to be refused")
        system.stop_core()
        self.assertEqual(system.rows("SELECT count(*) FROM outbox WHERE purpose = 5 AND state IN (3, 4)")[0][0], 0)


if __name__ == "__main__":
    main()
