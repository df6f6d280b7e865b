#!/usr/bin/env python3
"""The menu through the whole system: real programs from an operator's callback or a handset's text to the officer's phone."""
import os

from harness import SRCDIR
from system import OFFICER, SystemCase
from ussd_http import Gateway, write_conf

CALLER = "+97600004321"
QUIET = "nobody gets through to the menu by USSD: start hotline-ussd"


class UssdSystem(SystemCase):
    def system_with_menu(self, **settings):
        return self.start_system(modems=1, ussd=os.path.join(SRCDIR, "etc", "ussd.conf"), **settings)

    def test_an_operators_callback_and_a_core_that_is_killed(self):
        system = self.system_with_menu(ussd_socket="ussd.sock")
        self.assertIn(QUIET, system.status()["warnings"])
        gateway = self.keep(Gateway(self.folder, write_conf(self.folder, listeners={"at": "africastalking"})))

        def dial(text):
            return gateway.at(text, number=CALLER)[2]

        system.wait_status(lambda s: QUIET not in s["warnings"], "hotline-ussd")
        self.assertEqual(dial(""), "CON Хэл / Language\n1 Монгол\n2 Mongol\n3 English\n0 Гарах")
        self.assertTrue(dial("3").startswith("CON 1 Report a suspicion\n"))
        self.assertTrue(dial("3*1").startswith("CON What is it about?\n"))
        danger = dial("3*1*1")
        self.assertTrue(danger.startswith("CON Is a child in danger now?\n"))
        system.restart_core()
        system.wait_status(lambda s: QUIET not in s["warnings"] and s["modems"]["m0"]["ready"], "the links")
        self.assertEqual(dial("3*1*1"), danger)  # repeated, because its answer was lost
        self.assertEqual(dial("3*1*1*1"), "CON If you can, call 102.\n1 Go on here\n0 Exit")
        code = system.phones.code(OFFICER, "EMERGENCY")
        self.assertEqual(dial("3*1*1*1*0"), "END Thank you.")
        cases = system.ctl_json("queue")["cases"]
        self.assertEqual([(c["code"], c["urgency"], c["child"], c["messages"]) for c in cases], [(code, "emergency", True, 1)])
        self.assertNotIn(CALLER, system.phones.texts)
        system.stop_core()
        self.assertNotIn(CALLER, system.log())
        with open(system.database, "rb") as f:
            self.assertNotIn(CALLER.encode(), f.read())

    def test_by_texts(self):
        system = self.system_with_menu()

        def answer(text, contains):
            system.sim.do("text", modem=0, from_=CALLER, text=text)
            return system.phones.text(CALLER, contains)

        answer("ЦЭС", "2 Mongol")
        answer("2.", "1 Sejig medeelekh")
        answer("2", "Ta odoo ayuulgui yuu?")  # the same text in the same second would be the same PDU
        answer("2)", "102")
        system.phones.text(OFFICER, "EMERGENCY")
        self.assertEqual(system.status()["counters"]["stored"], 0)  # none of them was a message
        code, out = system.ctl("ussd", "sessions")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"sms +\S+ +4 +2")

    def test_a_modems_own_network(self):
        system = self.system_with_menu(ussd_modem=True)
        system.sim.watch("call")
        system.sim.do("ussd", modem=0, text="Welcome. 1 menu", status=1)
        system.sim.event("call", lambda e: e["what"] == "ussd dialled")  # answered, not cancelled
        sessions = system.ask("ussd.sessions")["sessions"]
        self.assertEqual([(s["transport"], s["step"], s["answers"]) for s in sessions], [("modem", 1, 0)])

    def test_the_menu_at_the_desk(self):
        system = self.system_with_menu()
        file = os.path.join(SRCDIR, "etc", "ussd.conf")
        code, out = system.ctl("ussd", "check", file)
        self.assertEqual(code, 0, out)
        self.assertIn("The menu is in order", out)
        code, out = system.ctl("ussd", "play", file, stdin="3\n1\n2\n1\n0\n")
        self.assertEqual(code, 0, out)
        for words in ("What is it about?", "[a report begins or goes on]", "[an emergency: rings now]", "of 182 characters]", "Thank you."):
            self.assertIn(words, out)
        bad = os.path.join(self.folder, "bad.conf")
        with open(file) as f, open(bad, "w") as g:
            g.write(f.read().replace("Аль дүүрэг?", "Аль дүүрэгт, аль хороонд, аль гудамжинд болсон бэ гэдгийг сонгоно уу, баярлалаа?"))
        code, out = system.ctl("ussd", "check", bad)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"bad\.conf:\d+: node district does not fit default in mn")
        code, out = system.ctl("ussd", "reload")
        self.assertEqual(code, 0, out)
        self.assertEqual(system.ctl("ussd", "play", "--transport", "nothing", file)[0], 5)


if __name__ == "__main__":
    import unittest
    unittest.main()
