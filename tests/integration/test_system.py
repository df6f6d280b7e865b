#!/usr/bin/env python3
"""The main job, end to end on the real programs: a texted tip is durable, answered, and on the duty officer's phone."""
import re

from harness import ack_in, main
from system import COORDINATOR, OFFICER, PASSWORD, SECOND, SystemCase, codes_in

GIRL = "+97600001111"
LONG = ("Би буудалд цэвэрлэгч хийдэг. Нэг бүсгүй 15, 16 насны охидыг авчирч, орой нь хаашаа ч юм авч явдаг. Төлбөрийг нь дандаа "
    "өөр өөр эрэгтэй төлдөг. Охид хоорондоо бараг ярьдаггүй, паспортыг нь хураасан гэсэн. Чингэлтэй дүүрэг, 4-р хороо. Орой бүр "
    "хар машин ирдэг.")


class Tips(SystemCase):
    def test_receipts_in_the_script_of_the_texter(self):
        system = self.start_system(discreet=False)
        rows = (
            ("+97600001001", "15 настай охиныг буудалд хүмүүстэй уулзуулж байна", "Хүлээн авлаа"),
            ("+97600001002", "15 nastai ohinig buudald humuustei uulzuulj bna", "bayarlalaa"),
            ("+97600001003", "a girl of 15 is made to meet men at the hotel", "Received, thank you"),
        )
        for number, text, answer in rows:
            system.sim.do("sms", modem=0, from_=number, text=text)
            receipt = system.phones.text(number)
            self.assertIn(answer, receipt)
            alert = system.phones.text(OFFICER)
            self.assertEqual(codes_in(receipt), codes_in(alert)[:1])

    def test_alert_is_contentless_and_acknowledged(self):
        system = self.start_system()
        system.sim.do("sms", modem=1, from_=GIRL, text="bi buudald tugjigdsen, 14 nastai. namaig gargahgui bn. BZD 3 horoo")
        alert = system.phones.text(OFFICER)
        code = codes_in(alert)[0]
        for word in ("buudal", "tugj", "14", GIRL[-8:], GIRL):
            self.assertNotIn(word, re.sub(r"\d{4,8}", "CODE", alert))
        self.assertIn("EMERGENCY", alert)
        self.assertIn("BZD", alert)
        self.assertEqual(system.phones.code(COORDINATOR), code)
        system.sim.do("sms", modem=0, from_=OFFICER, text="ACK " + ack_in(alert))
        self.assertIn(code, system.phones.text(OFFICER, "assigned"))
        queue = system.ctl_json("queue")["cases"]
        self.assertEqual([(c["code"], c["state"], c["owner"]) for c in queue], [(code, "acknowledged", "officer one")])
        status = system.status()
        self.assertEqual(status["counters"]["stored"], 1)
        system.wait_status(lambda s: system.on_sim(1) == 0, "the tip to leave the SIM")

    def test_one_is_enough_where_one_alert_is_open(self):
        system = self.start_system(modems=1, modem_settings={"m0": {"public": False}})
        system.sim.do("sms", modem=0, from_=GIRL, text="children are made to carry coal at night")
        code = system.phones.code(OFFICER, "OK")
        system.sim.do("sms", modem=0, from_=OFFICER, text="1")
        self.assertIn(code, system.phones.text(OFFICER, "assigned"))
        self.assertEqual(system.ctl_json("queue")["cases"][0]["state"], "acknowledged")

    def four_parts_out_of_order(self, width):
        system = self.start_system(modems=1)
        system.sim.do("sms", modem=0, from_=GIRL, text=LONG, width=width, order=[3, 1, 4, 2])
        code = system.phones.code(OFFICER, "OK")
        system.wait_status(lambda s: s["counters"]["stored"] == 1, "the parts to be joined")
        self.assertEqual(system.ask("case.show", code=code)["case"]["messages"], 1)
        system.stop()
        self.assertEqual(system.rows("SELECT parts, parts_missing FROM message WHERE direction = 0"), [(4, 0)])
        self.assertEqual(system.rows("SELECT count(*) FROM part"), [(0,)])

    def test_four_parts_with_an_8_bit_reference_are_one_text(self):
        self.four_parts_out_of_order(8)

    def test_four_parts_with_a_16_bit_reference_are_one_text(self):
        self.four_parts_out_of_order(16)

    def test_nobody_answers_so_the_next_one_rings(self):
        system = self.start_system(escalate_high_s=1, escalate_emergency_s=1, escalate_normal_s=1)
        system.sim.do("sms", modem=0, from_=GIRL, text="a girl of 15 is made to meet men at the hotel")
        code = system.phones.code(OFFICER, "OK")
        self.assertIn(code, system.phones.text(SECOND, "Escalated"))
        self.assertIn(code, system.phones.text(OFFICER, "Reminder", timeout=40))
        system.restart_core()
        again, ack = system.phones.codes(SECOND, "Reminder")
        self.assertEqual(again, code)
        system.sim.do("sms", modem=1, from_=SECOND, text="OK " + ack)
        self.assertIn(code, system.phones.text(SECOND, "assigned"))

    def test_same_pdu_twice_is_one_message_and_same_text_twice_is_two(self):
        system = self.start_system(modems=1)
        system.sim.do("fault", modem=0, name="keep", times=1)  # the delete "works" but the text stays: it is read again
        system.sim.do("sms", modem=0, from_=GIRL, text="a child is sold here")
        system.wait_status(lambda s: s["counters"]["duplicates"] >= 1, "the text to be read again")
        system.sim.do("sms", modem=0, from_=GIRL, text="a child is sold here", scts="62112201000023")
        status = system.wait_status(lambda s: s["counters"]["stored"] == 2, "the second text")
        self.assertEqual(status["counters"]["cases"], 1)

    def test_people_open_texts_and_nobody_else(self):
        system = self.start_system(modems=1)
        key = system.recovery_key()
        code, out = system.ctl("person", "add", "bat", "--role", "officer", "--password-stdin", stdin="%s\n%s\n" % (PASSWORD, key))
        self.assertEqual(code, 0, out)
        system.sim.do("sms", modem=0, from_=GIRL, text="Охин 14 настай, утсаа хураалгасан")
        case = system.phones.code(OFFICER, "OK")
        code, out = system.ctl("case", "show", case)
        self.assertEqual(code, 0, out)
        self.assertNotIn("Охин", out)
        code, out = system.ctl("case", "show", case, "--as", "bat", "--password-stdin", stdin="not the pass phrase\n")
        self.assertNotEqual(code, 0)
        self.assertNotIn("Охин", out)
        code, out = system.ctl("case", "show", case, "--as", "bat", "--password-stdin", stdin=PASSWORD + "\n")
        self.assertEqual(code, 0, out)
        self.assertIn("утсаа", out)
        self.assertNotIn(GIRL[-8:], out)

    def test_nothing_of_a_person_is_readable_in_files_and_logs(self):
        officer = "+97600007531"
        system = self.start_system(roster=(("officer one", "officer", officer),))
        system.sim.do("sms", modem=0, from_=GIRL, text="Охин 14 настай, утсаа хураалгасан")
        ack = system.phones.codes(officer, "OK")[1]
        system.sim.do("sms", modem=0, from_=officer, text="OK " + ack)
        system.phones.text(officer, "assigned")
        secrets = [GIRL[-8:].encode(), officer[-8:].encode(), "Охин 14".encode(), "Охин 14".encode("utf-16-be")]
        found = []

        def look():
            for name in ("hotlined.db", "hotlined.db-wal", "hotlined.err", "m0.err", "m1.err"):
                try:
                    with open("%s/%s" % (self.folder, name), "rb") as f:
                        data = f.read()
                except FileNotFoundError:
                    continue
                found.extend(name for secret in secrets if secret in data)
        look()
        system.stop()
        look()
        self.assertEqual(found, [])

    def test_missing_database_is_never_made_silently(self):
        import os
        system = self.start_system(modems=1)
        system.stop_core()
        for name in ("hotlined.db", "hotlined.db-wal"):
            if os.path.exists(os.path.join(self.folder, name)):
                os.unlink(os.path.join(self.folder, name))
        with self.assertRaisesRegex(AssertionError, "hotlinectl init"):
            system.start_core()
        self.assertFalse(os.path.exists(os.path.join(self.folder, "hotlined.db")))


if __name__ == "__main__":
    main()
