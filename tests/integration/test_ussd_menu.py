#!/usr/bin/env python3
"""The menu as the core sees it: steps that hotline-ussd brings, what becomes of the answers, and texts with a number."""
import os
import sqlite3
import time
import unittest

from core import COORDINATOR, Core, Link, OFFICER, TEXTER
from harness import DEADLINE, SRCDIR, Case, program, run

OTHER = "+97600009002"
EX_CONFIG = 78


class Ussd(Link):
    """hotline-ussd, as far as the core can tell."""

    def __init__(self, core):
        super().__init__(type("At", (), {"link": core.ussd}), "ussd", "ready")
        self.refs = 0

    def say(self, type_, **fields):
        if type_ == "hello":
            fields["kind"] = "ussd"
        super().say(type_, **fields)

    def step(self, session, step, input_="", number=TEXTER, transport="hubtel", **fields):
        """One request, and what the core says to it."""
        self.refs += 1
        ref = self.refs
        self.say("ussd_step", ref=ref, transport=transport, session=session, number=number, step=step, input=input_,
            begin=fields.pop("begin", step == 1), **fields)
        return self.answer(ref)

    def answer(self, ref):
        deadline = time.monotonic() + DEADLINE
        while True:
            m = self.next(deadline, "the answer to a step")
            if m["type"] in ("ussd_screen", "ussd_refused") and m["ref"] == ref:
                return m
            self.heard.append(m)

    def walk(self, session, inputs, **fields):
        """From the first screen on; the last screen."""
        answer = self.step(session, 1, **fields)
        for i, one in enumerate(inputs):
            assert answer["type"] == "ussd_screen" and not answer.get("end"), answer
            answer = self.step(session, i + 2, one, **fields)
        return answer

    def end(self, session, why="timeout", transport="hubtel"):
        self.refs += 1
        ref = self.refs
        self.say("ussd_end", ref=ref, transport=transport, session=session, why=why)
        self.hear("stored", lambda m: m["ref"] == ref)


class MenuCase(Case):
    def core(self, **settings):
        settings = dict({"ussd": '"%s"' % os.path.join(SRCDIR, "etc", "ussd.conf"), "ussd_socket": '"ussd.sock"'}, **settings)
        core = Core(self.folder, **settings)
        core.ussd = os.path.join(self.folder, "ussd.sock")
        self.stack.callback(core.stop)
        return core

    def ussd(self, core):
        link = Ussd(core)
        self.stack.callback(link.close)
        return link

    def modem(self, core):
        link = Link(core)
        self.stack.callback(link.close)
        return link

    def one_case(self, core):
        cases = core.cases()
        self.assertEqual(len(cases), 1, cases)
        return cases[0]

    def nothing_to_texter(self, modem):
        """Whatever those on duty were told, their phone got nothing: it may not be safe."""
        modem.ref += 1
        modem.say("refused", ref=modem.ref, imsi=modem.imsi, raw="00", reason="silence")
        modem.hear("stored", lambda m: m["ref"] == modem.ref)
        self.assertEqual([m for m in modem.heard if m["type"] == "send" and m["to"] == TEXTER], [])

    def texts(self, core, code):
        core.add_person("Bat")
        bat = core.login("Bat")
        answer = bat.ask({"op": "case.show", "code": code})
        bat.close()
        self.assertTrue(answer["ok"], answer)
        return answer["messages"]


class UssdMenu(MenuCase):
    def test_a_whole_report(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        last = ussd.walk("s1", ["3", "1", "1", "3", "2", "12", "1", "1"])
        case = self.one_case(core)
        self.assertTrue(last["end"])
        self.assertEqual(last["text"], "Noted. Code %s. You can text the details." % case["code"])
        self.assertEqual([case[k] for k in ("kind", "exploitation", "urgency", "child", "district", "khoroo", "partial")],
            ["tip", "sex", "high", True, "Bayanzurkh", 12, 0])
        self.assertEqual([modem.send()["to"], modem.send()["to"]], [OFFICER, COORDINATOR])
        receipt = modem.send()  # they said that it is safe
        self.assertEqual((receipt["to"], case["code"] in receipt["text"]), (TEXTER, True))
        message = [m for m in self.texts(core, case["code"]) if m["direction"] == "in"]
        self.assertEqual([(m["modem"], m["parts_missing"]) for m in message], [("ussd:hubtel", 0)])
        self.assertIn("Аль дүүрэг? Баянзүрх\nХорооны дугаарыг бичнэ үү. 12", message[0]["text"])
        counters = core.counters()
        self.assertEqual([counters[k] for k in ("ussd_sessions", "ussd_steps", "ussd_reports", "ussd_dropped")], [1, 8, 1, 0])

    def test_an_emergency_rings_at_its_answer(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        ussd.walk("s1", ["1", "1", "1"])
        modem.assert_silent("send")  # not an emergency yet: those on duty hear of the whole
        self.assertEqual(self.one_case(core)["partial"], 1)
        ussd.step("s1", 5, "1")
        alert = modem.send()
        self.assertEqual(alert["to"], OFFICER)
        self.assertEqual(self.one_case(core)["urgency"], "emergency")
        self.nothing_to_texter(modem)

    def test_help(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        answer = ussd.walk("s1", ["1", "2"])
        self.assertEqual(self.one_case(core)["urgency"], "high")
        self.assertEqual(modem.send()["to"], OFFICER)
        answer = ussd.step("s1", 4, "2")
        self.assertIn("102", answer["text"])
        self.assertEqual(self.one_case(core)["urgency"], "emergency")
        ussd.step("s1", 5, "1")
        ussd.step("s1", 6, "1")
        last = ussd.step("s1", 7, "2")
        self.assertTrue(last["end"] and "108" in last["text"], last)
        modem.send(lambda m: m["to"] == OFFICER)
        self.nothing_to_texter(modem)

    def test_a_session_that_breaks_off_is_a_report(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        ussd.walk("s1", ["1", "1", "2", "2"])
        modem.assert_silent("send")
        ussd.end("s1")
        self.assertEqual(modem.send()["to"], OFFICER)
        case = self.one_case(core)
        self.assertEqual((case["exploitation"], case["partial"]), ("labour", 1))
        again = ussd.step("s2", 1)
        self.assertTrue(again["text"].startswith("Өмнөхөө үргэлжлүүлэх үү?"), again)
        on = ussd.step("s2", 2, "1")
        self.assertTrue(on["text"].startswith("Аль дүүрэг?"), on)
        for i, one in enumerate(["1", "99", "2"]):
            last = ussd.step("s2", 3 + i, one)
        self.assertTrue(last["end"] and case["code"] in last["text"], last)
        case = self.one_case(core)
        self.assertEqual((case["district"], case["partial"], case["messages"]), ("Bayangol", 0, 1))
        late = ussd.step("s1", 6, "1")
        self.assertEqual(late["why"], "unknown_session")  # another one goes on with it

    def test_a_timeout_of_our_own(self):
        menu = os.path.join(self.folder, "ussd.conf")
        with open(os.path.join(SRCDIR, "etc", "ussd.conf")) as f:
            text = f.read().replace("screen_s = 25; session_s = 150", "screen_s = 5; session_s = 10")
        with open(menu, "w") as f:
            f.write(text)
        core = self.core(ussd='"%s"' % menu)
        ussd, modem = self.ussd(core), self.modem(core)
        ussd.walk("s1", ["1", "1", "1"])
        self.assertEqual(modem.send()["to"], OFFICER)  # by nothing but the time
        self.assertEqual(core.counters()["ussd_dropped"], 1)
        self.assertTrue(ussd.step("s1", 5, "1")["text"].startswith("Боломжтой бол 102"))  # late is not too late

    def test_a_session_has_an_end_and_a_network_its_letters(self):
        menu = os.path.join(self.folder, "ussd.conf")
        with open(os.path.join(SRCDIR, "etc", "ussd.conf")) as f:
            text = f.read().replace('transports = (', 'transports = ( { name = "latin"; charset = "translit"; screen_s = 80000; session_s = 100; },')
        with open(menu, "w") as f:
            f.write(text)
        core = self.core(ussd='"%s"' % menu)
        ussd = self.ussd(core)
        screens = [ussd.step("s1", i + 1, one, transport="latin")["text"] for i, one in enumerate(["", "1", "1", "1"])]
        self.assertTrue(screens[0].startswith("Khel / Language\n1 Mongol\n"), screens)
        self.assertTrue(screens[3].startswith("Khuukhded odoo ayuul baina uu?"), screens)
        self.assertTrue("".join(screens).isascii(), screens)
        core.stop()
        db = sqlite3.connect(core.database)
        over, due = db.execute("SELECT over_boot_ms, due_boot_ms FROM ussd_session").fetchone()
        db.close()
        self.assertEqual(over, due)  # in all, however long a screen may take

    def test_repeated_out_of_order_and_others(self):
        core = self.core()
        ussd = self.ussd(core)
        first = ussd.step("s1", 1)
        for again in (ussd.step("s1", 1), ussd.step("s1", 0, begin=True)):
            self.assertEqual((again["text"], again["type"]), (first["text"], "ussd_screen"))
        main = ussd.step("s1", 2, "1")
        self.assertEqual(ussd.step("s1", 2, "1")["text"], main["text"])
        rows = [(("s1", 4, "1"), {}, "order"), (("s1", 1, ""), {}, "order"), (("s1", 3, "1"), {"number": OTHER}, "other_number"),
            (("new", 2, "1"), {}, "unknown_session"), (("new", 0, "1"), {}, "unknown_session"),
            (("s1", 3, "1"), {"transport": "infobip"}, "unknown_session"), (("s3", 1, ""), {"number": "unknown"}, "other_number"),
            (("s3", 1, ""), {"transport": "sms"}, "other_number")]
        for args, fields, why in rows:
            answer = ussd.step(*args, **fields)
            self.assertEqual((answer["type"], answer.get("why")), ("ussd_refused", why), (args, fields))
        self.assertTrue(ussd.step("s1", 3, "1")["text"].startswith("Юу болов?"))
        done = ussd.step("s1", 4, "0")
        self.assertTrue(done["end"])
        self.assertEqual(ussd.step("s1", 4, "0"), dict(done, ref=ussd.refs))
        self.assertEqual(ussd.step("s1", 5, "1")["why"], "unknown_session")
        self.assertEqual(core.cases(), [])

    def test_input_that_is_no_option(self):
        core = self.core()
        ussd = self.ussd(core)
        answer = ussd.walk("s1", ["3", "77"])
        self.assertTrue(answer["text"].startswith("No such choice.\n1 Report"), answer)
        ussd.step("s1", 4, "1*1")
        last = ussd.step("s1", 5, "%" * 500)
        self.assertTrue(last["end"] and "text" in last["text"], last)
        self.assertEqual(core.cases(), [])

    def test_words_in_the_menu_are_a_text(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        ussd.walk("s1", ["3", "they lock girls in a sauna in Darkhan and sell them, a child is with them"])
        self.assertEqual(modem.send()["to"], OFFICER)
        self.assertEqual(self.one_case(core)["kind"], "tip")
        self.nothing_to_texter(modem)

    def test_a_flood_of_one_number_hinders_nobody(self):
        core = self.core()
        ussd = self.ussd(core)
        answers = [ussd.step("f%d" % i, 1)["type"] for i in range(30)]
        self.assertEqual((answers.count("ussd_screen"), answers[-1]), (20, "ussd_refused"))
        self.assertEqual(ussd.step("x", 1, number=OTHER)["type"], "ussd_screen")
        self.assertEqual(core.program.error_text().count("why=limit"), 1)

    def test_the_core_ends_in_a_session(self):
        core = self.core()
        ussd = self.ussd(core)
        screen = ussd.walk("s1", ["1", "1", "1"])
        core.restart()
        ussd, modem = self.ussd(core), self.modem(core)
        self.assertEqual(ussd.step("s1", 4, "1")["text"], screen["text"])  # asked once more
        ussd.step("s1", 5, "1")
        self.assertEqual(modem.send()["to"], OFFICER)
        self.assertEqual(self.one_case(core)["messages"], 1)

    def test_a_menu_read_again_leaves_sessions_theirs(self):
        menu = os.path.join(self.folder, "ussd.conf")
        with open(os.path.join(SRCDIR, "etc", "ussd.conf")) as f:
            text = f.read()
        with open(menu, "w") as f:
            f.write(text)
        core = self.core(ussd='"%s"' % menu)
        ussd = self.ussd(core)
        ussd.walk("s1", ["3"])
        with open(menu, "w") as f:
            f.write(text.replace("Report a suspicion", "Tell of something").replace("What is it about?", "What happened?"))
        answer = core.ask("ussd.reload")
        self.assertTrue(answer["taken"], answer)
        self.assertIn("Tell of something", ussd.walk("s2", ["3"], number=OTHER)["text"])
        self.assertTrue(ussd.step("s1", 3, "1")["text"].startswith("What is it about?"))
        core.restart()
        ussd = self.ussd(core)
        self.assertTrue(ussd.step("s1", 4, "1")["text"].startswith("Is a child"))
        self.assertEqual(len(core.ask("ussd.sessions")["sessions"]), 2)
        with open(menu, "w") as f:
            f.write(text.replace('to = "danger"', 'to = "nowhere"', 1))
        answer = core.ask("ussd.reload")
        self.assertFalse(answer["taken"])
        self.assertRegex(answer["errors"][0], r"ussd\.conf:\d+: .*nowhere")

    def test_districts_are_those_of_the_triage_rules(self):
        """At the start and in a running core; what is wrong is named with its line."""
        menu = os.path.join(self.folder, "ussd.conf")
        with open(os.path.join(SRCDIR, "etc", "ussd.conf")) as f:
            good = f.read()
        bad = good.replace('value = "Nalaikh"', 'value = "Nalaich"')
        line = bad[:bad.index('"Nalaich"')].count("\n") + 1
        said = r'ussd\.conf:%d: district "Nalaich" is none of the triage rules\' districts' % line

        def write(text):
            with open(menu, "w") as f:
                f.write(text)

        write(good)
        core = self.core(ussd='"%s"' % menu, autostart=False)
        write(bad)
        for argv in (["--check", core.config], ["--config", core.config]):
            code, text = run([program("hotlined")] + argv)
            self.assertEqual(code, EX_CONFIG, text)
            self.assertRegex(text, said)
        write(good)
        core.start()
        write(bad)
        answer = core.ask("ussd.reload")
        self.assertFalse(answer["taken"])
        self.assertEqual(len(answer["errors"]), 1, answer)
        self.assertRegex(answer["errors"][0], said)
        self.assertIn("Nalaikh", self.ussd(core).walk("s1", ["3", "1", "1", "3", "7"])["text"])  # the one before serves on

    def test_counted_by_channel(self):
        core = self.core()
        ussd, modem = self.ussd(core), self.modem(core)
        ussd.walk("a", ["3", "1", "1", "3", "2", "12", "1", "1"])
        ussd.walk("b", ["1", "1", "1"], number=OTHER)
        ussd.end("b")
        ussd.walk("c", ["0"], number="+97600009003", transport="africastalking")
        modem.text("MENU", "+97600009004")
        for text in ("3", "0"):
            modem.text(text, "+97600009004")
        modem.text("they lock girls in a sauna in Darkhan and sell them", "+97600009005")
        modem.text("more of it: the man drives a white car", "+97600009005")  # no report of its own
        modem.say("call", ref=-9, imsi=modem.imsi, key="0A", **{"from": "+97600009006"})
        modem.hear("stored", lambda m: m["ref"] == -9)
        core.add_person("Bat")
        bat = core.login("Bat")
        tallies = bat.ask({"op": "tally.list"})["tallies"]
        bat.close()
        self.assertEqual({t["key"]: t["value"] for t in tallies if t["topic"] == "channel"},
            {"ussd:hubtel reports": 2, "ussd:hubtel done": 1, "ussd:hubtel dropped": 1, "ussd:africastalking done": 1, "ussd:sms done": 1,
            "sms reports": 1, "call calls": 1})

    def test_by_text(self):
        core = self.core()
        modem = self.modem(core)

        def menu(text):
            modem.text(text)
            while True:  # those on duty come first
                sent = modem.send()
                if sent["to"] == TEXTER:
                    return sent["text"]

        for word in ("MENU", "ЦЭС", "tses"):
            self.assertIn("Language\n1 ", menu(word))
        self.assertTrue(menu("3").startswith("1 Report a suspicion"))
        self.assertTrue(menu("1.").startswith("What is it about?"))
        self.assertTrue(menu("1").startswith("Is a child in danger now?"))
        modem.text("they lock girls in a sauna in Darkhan and sell them")  # in the middle of it
        self.assertEqual([modem.send()["to"], modem.send()["to"]], [OFFICER, COORDINATOR])
        self.assertRegex(modem.send()["text"], r"^Received\. \d{7}$")
        self.assertEqual(self.one_case(core)["messages"], 2)
        self.assertIn("If you can, call 102.", menu("1"))
        self.assertEqual(self.one_case(core)["urgency"], "emergency")
        modem.text("3", OTHER)  # there is no menu open: a text
        self.assertEqual(len(core.cases()), 2)

    def test_what_is_more_than_the_word_is_no_menu(self):
        """The menu keeps nothing of what it takes: letters that are not read here, a sign of distress, and what was damaged are texts."""
        core = self.core()
        modem = self.modem(core)
        for n, (text, damaged) in enumerate((("MENU \u6551\u547d\u6211\u88ab\u5173", False), ("menu \U0001f198", False), ("menu", True))):
            modem.text(text, "+9760000901%d" % n, damaged=damaged)
            self.assertEqual(len(core.cases()), n + 1, text)

    def test_by_text_can_be_switched_off(self):
        core = self.core(ussd_sms=False)
        modem = self.modem(core)
        modem.text("MENU")
        self.assertEqual(len(core.cases()), 1)

    def test_a_modems_network(self):
        core = self.core(ussd_modem=True)
        modem = self.modem(core)
        modem.say("ussd", id=0, state="open", text="Press 1", dcs=15)
        self.assertTrue(modem.hear("ussd_answer")["text"].startswith("Хэл / Language"))
        modem.say("ussd", id=0, state="open", text="1", dcs=15)
        self.assertTrue(modem.hear("ussd_answer")["text"].startswith("1 Сэжиг мэдээлэх"))
        modem.say("ussd", id=0, state="open", text="0", dcs=15)
        self.assertEqual(modem.hear("ussd_answer")["text"], "Баярлалаа.")

    def test_stop_and_start(self):
        core = self.core()
        ussd = self.ussd(core)
        self.assertTrue(ussd.walk("s1", ["3", "4", "1"])["end"])
        self.assertTrue(ussd.walk("s2", ["3", "4", "2"])["end"])
        self.assertEqual(core.cases(), [])

    def test_no_number_and_no_answer_is_in_the_log(self):
        core = self.core()
        ussd = self.ussd(core)
        ussd.walk("secret-session", ["1", "1", "1", "1"])
        core.stop()
        with open(core.database, "rb") as f:
            data = f.read()
        for word in (TEXTER, "secret-session", "Хүүхдэд одоо"):
            self.assertNotIn(word, core.program.error_text())
            if word != "Хүүхдэд одоо":  # the menu itself is kept
                self.assertNotIn(word.encode(), data)


if __name__ == "__main__":
    unittest.main()
