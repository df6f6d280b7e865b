#!/usr/bin/env python3
"""The real hotlined and a link of the test's own: a tip becomes case, alert and receipt; nothing is lost or doubled."""
import json
import os
import re
import stat

import harness
from core import COORDINATOR, Core, Link, OFFICER, TEXTER

OPERATOR = "+97600008801"
TIP = "14 настай охиныг буудалд хорьж, мөнгөөр биеийг нь үнэлүүлж байна"
EMERGENCY = "Туслаач! Одоо намайг хорьсон, зодож байна, 15 настай"


class Inbound(harness.Case):
    def start(self, modems=1, **settings):
        self.core = self.keep(Core(self.folder, modems, **settings))
        return self.core

    def link(self, *args, **kwargs):
        return self.keep(Link(self.core, *args, **kwargs))

    def test_a_tip_is_stored_alerted_answered_and_acknowledged(self):
        core = self.start()
        link = self.link()
        link.text(TIP)
        alerts = [link.send() for _ in range(2)]
        self.assertEqual({m["to"] for m in alerts}, {OFFICER, COORDINATOR})
        receipt = link.send()
        self.assertEqual(receipt["to"], TEXTER)
        self.assertFalse(receipt.get("report", False))
        case, = core.cases()
        self.assertEqual((case["kind"], case["messages"], case["owner"]), ("tip", 1, ""))
        for m in alerts:
            self.assertIn(case["code"], m["text"])
            self.assertNotIn("14", re.sub(r"\d{4,8}", "CODE", m["text"]))
        self.assertIn(case["code"], receipt["text"])
        link.text("OK " + case["code"], OFFICER)  # the texter knows it, too
        self.assertIn("other code", link.send()["text"])
        self.assertEqual(core.cases()[0]["owner"], "")
        link.text("OK " + next(harness.ack_in(m["text"]) for m in alerts if m["to"] == OFFICER), OFFICER)
        self.assertEqual(link.send()["to"], OFFICER)
        case, = core.cases()
        self.assertEqual((case["state"], case["owner"]), ("acknowledged", "Duty 1"))
        counters = core.counters()
        for name, count in {"received": 3, "stored": 1, "cases": 1, "receipts": 1, "commands": 2, "commands_refused": 1, "acknowledged": 1}.items():
            self.assertEqual(counters[name], count, name)

    def test_texts_only_for_those_who_may(self):
        core = self.start()
        link = self.link()
        link.text(TIP)
        code = core.cases()[0]["code"]
        shown, = core.ask("case.show", code=code)["messages"]
        self.assertNotIn("text", shown)
        self.assertIn("locked", shown)
        core.add_person("Bat", "officer")
        core.add_person("Oyun", "auditor")
        conn = core.login("Bat")
        core.add_person("Saran", "coordinator")
        other = core.login("Saran")
        self.assertEqual(other.ask({"op": "case.list"})["cases"], [])
        for op in ("case.show", "case.claim", "case.close"):
            answer = other.ask({"op": op, "code": code})
            self.assertEqual((answer["ok"], answer["code"]), (False, "not found"), op)
        other.close()
        self.assertEqual(core.cases()[0]["owner"], "")
        answer = conn.ask({"op": "case.show", "code": code})
        self.assertEqual(answer["messages"][0]["text"], TIP)
        self.assertTrue(answer["messages"][0]["cues"])
        claimed = conn.ask({"op": "case.claim", "code": code})
        self.assertEqual((claimed["case"]["state"], claimed["case"]["owner"]), ("acknowledged", "Bat"))
        self.assertFalse(conn.ask({"op": "case.close", "code": code})["ok"])
        self.assertTrue(conn.ask({"op": "case.close", "code": code, "reason": "resolved"})["ok"])
        self.assertFalse(conn.ask({"op": "case.close", "code": code, "reason": "not-ours"})["ok"])
        conn.close()
        conn = core.login("Oyun")
        self.assertNotIn("text", conn.ask({"op": "case.show", "code": code})["messages"][0])
        actions = [row["action"] for row in conn.ask({"op": "audit.list"})["audit"]]
        conn.close()
        for action in ("case.open", "case.view", "case.claim", "case.close"):
            self.assertEqual(actions.count(action), 1, action)

    def test_long_text_out_of_order_over_a_kill(self):
        core = self.start()
        link = self.link()
        parts = ["Нэгдүгээр хэсэг. ", "Хоёрдугаар хэсэг. ", "Гуравдугаар. ", "Төгсгөл."]
        for seq in (3, 1):
            link.part(parts[seq - 1], seq, 4)
        core.restart()
        link = self.link()
        link.pdu = 100
        for seq in (4, 2):
            link.part(parts[seq - 1], seq, 4)
        core.add_person()
        conn = core.login()
        shown, = conn.ask({"op": "case.show", "code": core.cases()[0]["code"]})["messages"]
        conn.close()
        self.assertEqual(shown["text"], "".join(parts))
        self.assertEqual(core.counters()["stored"], 1)

    def test_partial_text_is_shown_and_amended(self):
        core = self.start(partial_after_s=1)
        link = self.link()
        watch = self.keep(harness.JsonLines(core.control))
        self.assertTrue(watch.ask({"op": "watch"})["ok"])
        link.part("эхлэл ", 1, 3)
        link.part("төгсгөл", 3, 3)
        watch.wait_event(lambda e: e.get("event") == "case")
        self.assertEqual(core.counters()["partial"], 1)
        core.add_person()
        conn = self.keep(core.login())
        code = core.cases()[0]["code"]
        shown, = conn.ask({"op": "case.show", "code": code})["messages"]
        self.assertEqual((shown["text"], shown["parts_missing"]), ("эхлэл  […] төгсгөл", 1))
        link.part("дунд ", 2, 3)
        shown, = conn.ask({"op": "case.show", "code": code})["messages"]
        self.assertEqual((shown["text"], shown["parts_missing"]), ("эхлэл дунд төгсгөл", 0))

    def test_the_same_pdu_again(self):
        core = self.start()
        link = self.link()
        for _ in range(2):
            link.text(TIP, pdu="0791")
            link.text(EMERGENCY, pdu="0792", from_="+97600009002")
            core.restart()
            link = self.link()
        self.assertEqual(len(core.cases()), 2)
        self.assertEqual(core.counters()["duplicates"], 2)
        self.assertEqual(core.counters()["stored"], 2)

    def test_kill_at_any_moment(self):
        """What was answered `stored` is there; what was not is offered again; each is there once."""
        core = self.start()
        wanted = {"%08X" % i: "+9760000%04d" % i for i in range(1, 121)}
        waiting = dict(wanted)
        for round_ in range(6):
            link = self.link()
            refs = {}
            for pdu, number in waiting.items():
                refs[link.offer(TIP, number, pdu)] = pdu
            stop_after = (7, 1, 23, 2, 40, 1000)[round_]
            while refs and stop_after > 0:
                m = link.hear("stored")
                waiting.pop(refs.pop(m["ref"]))
                stop_after -= 1
            core.restart()
        self.assertEqual(waiting, {})
        self.assertEqual(len(core.cases()), len(wanted))
        self.assertEqual({case["messages"] for case in core.cases()}, {1})
        self.assertEqual(core.counters()["cases"], len(wanted))

    def test_quarantine(self):
        core = self.start()
        link = self.link()
        link.say("refused", ref=1, imsi=link.imsi, raw="07F1zz", reason="the address is longer than the message")
        link.hear("stored")
        row, = core.ask("quarantine.list")["quarantine"]
        self.assertNotIn("raw", row)
        core.add_person()
        conn = self.keep(core.login())
        row, = conn.ask({"op": "quarantine.list"})["quarantine"]
        self.assertEqual((row["raw"], row["seen_ms"]), ("07F1zz", 0))
        self.assertGreater(core.ask("quarantine.list")["quarantine"][0]["seen_ms"], 0)
        link.text(TIP)

    def test_the_operator_is_told_of_quarantine_once_an_hour(self):
        core = self.start(autostart=False)
        with open(self.folder + "/roster.conf", "w") as f:
            f.write('people = ( { name = "Operator"; role = "operator"; number = "%s"; language = "en"; } );\n' % OPERATOR)
        core.start()
        link = self.link()
        for ref in (1, 2, 3):
            link.say("refused", ref=ref, imsi=link.imsi, raw="07F1z%d" % ref, reason="pretended")
            link.hear("stored", lambda m, ref=ref: m["ref"] == ref)
        self.assertIn("could not be read: 1.", link.send(lambda m: m["to"] == OPERATOR)["text"])
        warnings = [o for o in core.ask("outbox.list", all=True)["outbox"] if o["purpose"] == "warning"]
        self.assertEqual(len(warnings), 1)
        listed = harness.run([harness.program("hotlinectl"), "--socket", core.control, "quarantine", "list", "--json"])
        self.assertEqual(listed[0], 0, listed[1])
        self.assertEqual(len(json.loads(listed[1])["quarantine"]), 3)

    def test_modems(self):
        core = self.start(2)
        link = self.link("m2")
        link.text(TIP)
        one, two = core.ask("modems")["modems"]
        self.assertEqual((one["connected"], one["state"]), (False, "absent"))
        self.assertEqual((two["connected"], two["ready"], two["state"]), (True, True, "ready"))
        link.say("modem", state="ready", signal=20, setups=2, measures=[1, 2, 0, 3, 0, 0])
        link.text(TIP, pdu="FE")
        two = core.ask("modems")["modems"][1]
        self.assertEqual((two["setups"], two["measures"]),
            (2, {"escape": 1, "ask": 2, "defaults": 0, "reset": 3, "reopen": 0, "power": 0}))
        link.say("nonsense")
        link.hear_end()
        self.assertEqual(core.counters()["bad_lines"], 1)
        self.assertFalse(core.ask("modems")["modems"][1]["connected"])
        self.link("m2").text(TIP, pdu="FF")

    def test_nothing_secret_in_log_or_files(self):
        core = self.start()
        link = self.link()
        link.text(TIP)
        link.text(EMERGENCY, "+97600009002")
        link.part("буудалд ", 1, 2)
        link.send()
        link.say("nonsense")
        link.hear_end()
        core.stop()
        files = [os.path.join(core.folder, name) for name in ("hotlined.db", "hotlined.db-wal", "hotlined.err")]
        for path in filter(os.path.exists, files):
            with open(path, "rb") as f:
                data = f.read()
            for secret in (b"00009001", b"00009002", b"00001001", "буудалд".encode(), "хорьсон".encode()):
                self.assertNotIn(secret, data, path)
        self.assertEqual(stat.S_IMODE(os.stat(core.database).st_mode), 0o600)

    def test_clean_end(self):
        core = self.start()
        self.link().text(TIP)
        self.assertEqual(core.stop(), 0)
        self.assertFalse(os.path.exists(core.link))
        self.assertFalse(os.path.exists(core.control))
        self.assertFalse(os.path.exists(core.database + "-wal") and os.path.getsize(core.database + "-wal"))
        core.start()
        self.assertEqual(core.counters()["stored"], 1)


if __name__ == "__main__":
    harness.main()
