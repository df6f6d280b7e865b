"""What names the police or the hotline itself: the police unit neither sees it nor is alerted to it."""
import json
import os
import sqlite3

from core import Core, Link, PASSWORD, TEXTER
from harness import Case, JsonLines, ack_in, main

ATPU, MDTF, IND = "+97600001001", "+97600002001", "+97600003001"
PEOPLE = (("Duty 1", "officer", ATPU, "ATPU"), ("Coordinator", "coordinator", MDTF, "MDTF"), ("Watcher", "officer", IND, "IND"))
TIP = "a girl of 14 is made to meet men in Bayanzurkh"
POLICE = "a police officer sells a girl of 14 to men"


class ConflictTest(Case):
    def start(self, people=PEOPLE, **settings):
        self.core = Core(self.folder, autostart=False, **settings)
        with open(os.path.join(self.folder, "roster.conf"), "w") as f:
            f.write("people = ( %s );\n" % ",\n".join(
                '{ name = "%s"; role = "%s"; number = "%s"; unit = "%s"; language = "en"; }' % row for row in people))
        self.core.start()
        self.keep(self.core)
        self.core.add_person("Bat")
        self.core.ask("person.add", name="Saruul", role="officer", unit="IND", password=PASSWORD, recovery=self.core.recovery)
        self.link = Link(self.core)
        self.stack.callback(self.link.close)

    def login(self, name):
        conn = self.core.login(name)
        self.stack.callback(conn.close)
        return conn

    def sent_until(self, to, words):
        """Sends what comes until such a text; every recipient so far."""
        heard = []
        while True:
            m = self.link.send()
            heard.append((m["to"], m["text"]))
            if m["to"] == to and words in m["text"]:
                return heard

    def code_of(self, heard, to):
        return next(word.strip(":") for number, text in heard if number == to for word in text.replace(".", " ").split()
            if word.strip(":").isdigit() and len(word.strip(":")) == 7)

    def test_only_the_independent_unit_hears_and_sees(self):
        self.start()
        police = self.login("Bat")
        independent = self.login("Saruul")
        nobody = JsonLines(self.core.control)
        self.stack.callback(nobody.close)
        for conn in (police, independent, nobody):
            self.assertTrue(conn.ask({"op": "watch"})["ok"])
        self.link.text(POLICE)
        heard = self.sent_until(IND, "OK")
        heard.append((self.link.send()["to"], ""))
        code = self.code_of(heard, IND)
        self.assertEqual({number for number, _ in heard}, {IND, TEXTER})
        for conn in (police, nobody):
            self.assertEqual(conn.ask({"op": "case.list", "all": True})["cases"], [])
            self.assertEqual(conn.ask({"op": "case.show", "code": code})["code"], "not found")
            self.assertEqual(conn.ask({"op": "alert.list", "all": True})["alerts"], [])
            self.assertEqual(conn.ask({"op": "outbox.list", "all": True})["outbox"], [])
        for op in ("case.claim", "case.close"):
            self.assertEqual(police.ask({"op": op, "code": code, "reason": "done"})["code"], "not found")
        self.assertNotIn(code, json.dumps(police.ask({"op": "audit.list"})))
        self.assertIn(POLICE, json.dumps(independent.ask({"op": "case.show", "code": code})))
        self.assertIn(code, json.dumps(independent.ask({"op": "audit.list"})))
        self.assertIn(code, json.dumps(independent.events))
        asked = independent.ask({"op": "release.ask", "code": code, "reason": "to be called back"})
        self.assertTrue(asked["ok"], asked)
        self.assertEqual(police.ask({"op": "release.list"})["releases"], [])
        self.assertEqual(police.ask({"op": "release.approve", "release": asked["release"]["id"]})["code"], "not found")
        independent.wait_event(lambda e: e.get("event") == "release")
        for conn in (police, nobody):  # an answer after it: what was to come has come
            conn.ask({"op": "status"})
            self.assertEqual([e for e in conn.events if e["event"] in ("release", "case", "alert")], [])
        self.assertNotIn(code, json.dumps(police.events) + json.dumps(nobody.events))
        self.link.text("OK " + code, ATPU)
        answer = self.link.send(lambda m: m["to"] == ATPU)
        self.assertIn("Reply OK and the other code", answer["text"])  # as for any code of a case
        ack = ack_in(next(text for number, text in heard if number == IND))
        self.link.text("OK " + ack, ATPU)
        self.assertIn("no code of", self.link.send(lambda m: m["to"] == ATPU)["text"])
        self.assertEqual(independent.ask({"op": "alert.list"})["alerts"][0]["code"], code)
        self.link.text("OK " + ack, IND)
        self.link.send(lambda m: m["to"] == IND and "assigned" in m["text"])
        self.assertEqual(independent.ask({"op": "alert.list"})["alerts"], [])

    def test_a_later_text_does_not_leak_into_the_open_case(self):
        self.start()
        police, independent = self.login("Bat"), self.login("Saruul")
        self.link.text(TIP)
        first = self.code_of(self.sent_until(ATPU, "OK"), ATPU)
        self.link.text(POLICE)
        second = self.code_of(self.sent_until(IND, "OK"), IND)
        self.assertNotEqual(first, second)
        self.link.text("he comes at five")
        shown = police.ask({"op": "case.show", "code": first})
        self.assertEqual([m["text"] for m in shown["messages"]], [TIP])
        self.assertNotIn(second, json.dumps(shown))
        shown = independent.ask({"op": "case.show", "code": second})
        self.assertEqual([m["text"] for m in shown["messages"]], [POLICE, "he comes at five"])
        self.assertEqual(shown["messages"][0]["related"], first)
        self.assertEqual([c["code"] for c in police.ask({"op": "case.list"})["cases"]], [first])
        self.assertEqual([c["code"] for c in independent.ask({"op": "case.list"})["cases"]], [second])

    def test_what_follows_stays_apart_whatever_the_police_do_meanwhile(self):
        """A case that the police make of their own texts is newer than the one apart: what the texter says next is not theirs."""
        self.start()
        police, independent = self.login("Bat"), self.login("Saruul")
        self.link.text(TIP)
        first = self.code_of(self.sent_until(ATPU, "OK"), ATPU)
        self.link.text("and a boy of 10 works there at night")
        self.link.text(POLICE)
        second = self.code_of(self.sent_until(IND, "OK"), IND)
        split = police.ask({"op": "case.split", "code": first, "messages": [police.ask({"op": "case.show", "code": first})["messages"][1]["id"]]})
        self.assertTrue(split["ok"], split)
        self.link.text("his name is on the car")
        self.assertIn("his name is on the car", json.dumps(independent.ask({"op": "case.show", "code": second})))
        for code in (first, split["case"]["code"]):
            self.assertNotIn("his name", json.dumps(police.ask({"op": "case.show", "code": code})))

    def test_the_code_of_a_case_leads_no_conflict_there(self):
        self.start()
        police, independent = self.login("Bat"), self.login("Saruul")
        self.link.text(TIP)
        first = self.code_of(self.sent_until(ATPU, "OK"), ATPU)
        self.link.text("%s %s" % (first, POLICE), "+97600000077")
        second = self.code_of(self.sent_until(IND, "OK"), IND)
        self.assertNotEqual(first, second)
        self.assertEqual([m["text"] for m in police.ask({"op": "case.show", "code": first})["messages"]], [TIP])
        self.assertEqual(len(independent.ask({"op": "case.show", "code": second})["messages"]), 1)

    def test_a_long_text_that_names_the_police_at_its_end(self):
        self.start()
        police, independent = self.login("Bat"), self.login("Saruul")
        self.link.part("Охиныг түгжээд эрчүүдэд зараад байна, ", 1, 2)
        heard = self.sent_until(ATPU, "OK")
        code = self.code_of(heard, ATPU)
        self.link.part("цагдаа өөрөө зардаг", 2, 2)
        self.assertEqual(self.code_of(self.sent_until(IND, "OK"), IND), code)
        self.assertEqual(police.ask({"op": "case.show", "code": code})["code"], "not found")
        self.assertEqual(len(independent.ask({"op": "case.show", "code": code})["messages"]), 1)
        self.link.text("OK " + ack_in(heard[-1][1]), ATPU)  # they were rung before: it is not theirs to take any more
        self.assertIn("no code of", self.link.send(lambda m: m["to"] == ATPU)["text"])
        self.assertEqual([a["code"] for a in independent.ask({"op": "alert.list"})["alerts"]], [code])

    def test_nobody_independent_rings_the_task_force_never_the_police(self):
        self.start(PEOPLE[:2], receipts=False)
        self.assertIn("conflicts of interest", " ".join(self.core.ask("status")["warnings"]))
        self.link.text(POLICE)
        self.assertEqual({number for number, _ in self.sent_until(MDTF, "OK")}, {MDTF})
        self.link.assert_silent("send")

    def test_who_sits_there_and_when_they_work_is_nobody_elses_to_know(self):
        """By when they log in others could tell that somebody reported one of them, and lean on who reads it."""
        self.start(receipts=False)
        self.core.add_person("Nergui", "auditor")
        self.core.add_person("Tuul", "coordinator")
        police, task_force, independent, auditor = (self.login(name) for name in ("Bat", "Tuul", "Saruul", "Nergui"))
        self.link.text(POLICE)
        code = self.code_of(self.sent_until(IND, "OK"), IND)
        self.assertTrue(independent.ask({"op": "case.claim", "code": code})["ok"])
        self.link.text("OK 1234", IND)  # on record in the name of the roster, about no case
        self.link.send(lambda m: m["to"] == IND and "no code of" in m["text"])
        self.assertTrue(independent.ask({"op": "send.test", "name": "Watcher"})["ok"])
        for conn in (police, task_force):
            for op in ("audit.list", "person.list", "roster.show", "roster.who", "roster.spans"):
                told = json.dumps(conn.ask({"op": op}))
                for word in ("Saruul", "Watcher", code):
                    self.assertNotIn(word, told, op)
        self.assertIn("Coordinator", json.dumps(police.ask({"op": "roster.show"})))
        self.assertIn("Tuul", json.dumps(police.ask({"op": "audit.list"})))
        for conn in (independent, auditor):
            told = json.dumps([conn.ask({"op": op}) for op in ("audit.list", "person.list", "roster.show")])
            for word in ("Saruul", "Watcher", code):
                self.assertIn(word, told)

    def test_who_imports_a_roster_cannot_put_somebody_else_there(self):
        """Else a coordinator would be rung for what is reported of them, and could take it and be silent."""
        self.start(receipts=False)
        self.core.add_person("Tuul", "coordinator")
        coordinator = self.login("Tuul")
        row = '{ name = "%s"; role = "%s"; number = "%s"; unit = "%s"; language = "en"; }'
        people = [row % p for p in (PEOPLE[0], PEOPLE[1], ("Watcher", "officer", "+97600003333", "IND"), ("Friend", "officer", "+97600003334", "IND"))]
        answer = coordinator.ask({"op": "roster.import", "text": "people = ( %s );\n" % ",".join(people)})
        self.assertTrue(answer["taken"], answer)
        for count, restart in ((1, False), (2, True)):
            if restart:
                self.core.restart()
                self.link.close()
                self.link = Link(self.core)
                self.stack.callback(self.link.close)
                self.link.pdu = 1000
            self.link.text(POLICE, "+9760000900%d" % count)
            self.assertEqual({number for number, _ in self.sent_until(IND, "OK")}, {IND})
            self.link.assert_silent("send")
        coordinator = self.login("Tuul")
        taken = [row % p for p in (PEOPLE[0], PEOPLE[1], ("Watcher", "officer", "+97600003333", "ATPU"))]
        answer = coordinator.ask({"op": "roster.import", "text": "people = ( %s );\n" % ",".join(taken)})
        self.assertFalse(answer["taken"], answer)
        self.assertIn("a person of IND", answer["errors"][0])
        with open(os.path.join(self.folder, "roster.conf"), "w") as f:  # who may write the file may change it, also under an import
            f.write("people = ( %s );\n" % ",".join(row % p for p in (PEOPLE[0], PEOPLE[1], ("Watcher", "officer", "+97600003444", "IND"))))
        self.assertTrue(coordinator.ask({"op": "roster.reload"})["taken"])
        self.link.text(POLICE, "+97600009009")
        self.sent_until("+97600003444", "OK")
        self.assertEqual(self.core.ask("roster.show")["source"], "import")

    def test_what_is_on_record_of_an_erased_case_is_for_auditors_only(self):
        """Whose it was is not known any more; it may have been about those who ask."""
        self.start(receipts=False)
        self.core.add_person("Nergui", "auditor")
        police, auditor = self.login("Bat"), self.login("Nergui")
        self.link.text(TIP)
        code = self.code_of(self.sent_until(ATPU, "OK"), ATPU)
        self.assertIn(code, json.dumps(police.ask({"op": "audit.list"})))
        self.core.kill()
        with sqlite3.connect(self.core.database) as db:
            db.execute("UPDATE cases SET code = '0000000'")  # what stands in the trail is no case of now
        db.close()
        self.core.start()
        police, auditor = self.login("Bat"), self.login("Nergui")
        self.assertNotIn(code, json.dumps(police.ask({"op": "audit.list"})))
        self.assertIn(code, json.dumps(auditor.ask({"op": "audit.list"})))

    def test_switched_off_it_is_a_tip_like_others(self):
        self.start(receipts=False, conflict_unit='""')
        self.link.text(POLICE)
        self.sent_until(ATPU, "OK")


if __name__ == "__main__":
    main()
