"""The dialogue: an officer asks, a texter whose number nobody sees answers, and silence is kept."""
import json
import re
import subprocess
import time

from core import Core, Link, OFFICER, PASSWORD, TEXTER
from harness import Case, SRCDIR, ack_in, main, program
from system import OFFICER as SYSTEM_OFFICER, SystemCase

OTHER = "+97600009002"
TIP = "a girl of 14 is made to work at the car wash in Bayanzurkh"
URGENT = "they sell a girl of 12 tonight at the hotel in Bayanzurkh, right now"
SAFE, SAFE_DISCREET = "Is it safe to text you now", "Is now a good time"


class DialogueTest(Case):
    def start(self, **settings):
        self.core = Core(self.folder, autostart=False, owner_labour='"ATPU"', **settings)
        with open(self.folder + "/roster.conf", "w") as f:
            f.write('people = ( { name = "Bat"; role = "officer"; number = "%s"; language = "en"; } );\n' % OFFICER)
        self.core.start()
        self.keep(self.core)
        self.core.add_person("Bat")
        self.link = Link(self.core)
        self.stack.callback(self.link.close)
        self.bat = self.core.login("Bat")
        self.stack.callback(self.bat.close)
        self.sent = {}  # number: texts that it was sent and no test has asked for

    def tip(self, from_=TEXTER, text=TIP):
        """A tip, answered and acknowledged; its code."""
        self.link.text(text, from_)
        alert = self.texted("Reply OK", OFFICER)
        code = re.findall(r"\d{7}", alert)[0]
        self.texted("", from_)
        self.link.text("OK " + ack_in(alert), OFFICER)
        self.texted("assigned", OFFICER)
        return code

    def ask(self, op, **fields):
        answer = self.bat.ask(dict(fields, op=op))
        self.assertTrue(answer["ok"], answer)
        return answer

    def refused(self, op, why, **fields):
        answer = self.bat.ask(dict(fields, op=op))
        self.assertFalse(answer["ok"], answer)
        self.assertIn(why, answer["error"])

    def question(self, code, name, **fields):
        return self.ask("case.ask", code=code, question=name, **fields)["question"]

    def texted(self, words, to=TEXTER):
        """The first text on this phone with these words that was not asked for before. Whatever the core wants to send is sent."""
        while True:
            for i, text in enumerate(self.sent.get(to, [])):
                if words in text:
                    return self.sent[to].pop(i)
            m = self.link.send()
            self.sent.setdefault(m["to"], []).append(m["text"])

    def assert_quiet(self, to=TEXTER):
        """Nothing was sent to this phone that no test has asked for, and nothing waits to be."""
        self.assertEqual([o for o in self.ask("outbox.list")["outbox"] if o["recipient"] == "texter"], [])
        self.assertEqual(self.sent.get(to, []), [])

    def states(self, code):
        return [(q["name"], q["state"], q.get("value", "")) for q in self.ask("case.answers", code=code)["questions"]]

    def safe(self, code, to=TEXTER):
        """Asked, and answered with yes."""
        self.question(code, "safe")
        self.texted("1 yes, 2 no", to)
        self.link.text("1", to)

    def test_ask_safe_yes_question_answer(self):
        self.start()
        code = self.tip()
        self.assertEqual(self.question(code, "q-hurt")["state"], "waiting")
        self.texted(SAFE_DISCREET)  # nobody knows who holds the phone
        self.link.text("1")
        self.texted("Is anyone hurt")  # it is safe: the whole question
        self.link.text("3")
        self.assertIn(code, self.texted("new message", OFFICER))
        self.assertEqual(self.states(code), [("hurt", "answered", "not sure"), ("safe", "answered", "yes")])
        shown = self.ask("case.show", code=code)["messages"]
        self.assertEqual([(m["direction"], m["text"]) for m in shown],
            [("in", TIP), ("out", "Is now a good time? 1 yes, 2 no"), ("in", "1"),
                ("out", "Is anyone hurt? 1 yes, 2 no, 3 not sure"), ("in", "3")])
        self.assertEqual(self.question(code, "age")["state"], "open")  # still fresh: it is not asked again
        self.texted("About how old")
        actions = [(e["actor"], e["action"], e["detail"]) for e in self.ask("audit.list")["audit"] if e["object"] == code]
        for entry in (("Bat", "case.ask", "hurt"), ("Bat", "case.ask", "safe"), ("Bat", "case.answers", "")):
            self.assertIn(entry, actions)
        self.assertEqual(len(self.core.cases()), 1)

    def test_no_is_silence(self):
        self.start()
        code = self.tip()
        self.question(code, "age")
        self.texted(SAFE_DISCREET)
        self.question(code, "call")
        self.link.text("үгүй аюултай")
        self.assertEqual(self.texted(""), "За, ойлголоо.")
        self.assertIn(code, self.texted("not safe", OFFICER))
        self.assertEqual(self.states(code), [("age", "not safe", ""), ("safe", "answered", "no"), ("call", "not safe", "")])
        self.refused("case.ask", "not to be texted", code=code, question="age")
        self.refused("case.contact", "asked for silence", code=code, safety="reply-ok")
        self.link.text("there is one more girl, she is 12, he beats her")
        self.assert_quiet()  # not even a receipt
        self.assertEqual(self.ask("case.contact", code=code, safety="discreet")["contact"]["safety"], "discreet")
        self.question(code, "age")
        self.texted(SAFE_DISCREET)

    def test_an_officer_says_that_it_is_not_safe(self):
        """What is asked, what waits, and what no modem has begun: none of it is sent any more, in whatever case of theirs."""
        self.start()
        code = self.tip()
        self.safe(code)
        self.question(code, "age")
        self.texted("About how old")
        self.question(code, "call")
        self.question(code, "q-hurt")
        self.ask("case.contact", code=code, safety="no-reply")
        self.assertEqual([state for name, state, _ in self.states(code) if name != "safe"], ["not safe"] * 3)
        self.refused("case.ask", "not to be texted", code=code, question="age")
        self.link.text("14")  # to a question that is over: kept, and nothing follows
        self.assert_quiet()

    def test_a_closed_case_asks_nothing_and_holds_up_no_other(self):
        """Questions of a case that is over are not asked any more, and those of the texter's next case do not wait behind them."""
        self.start(reopen_within_s=0)
        code = self.tip()
        self.question(code, "age")
        self.texted(SAFE_DISCREET)
        self.ask("case.close", code=code, reason="resolved")
        self.link.text("1")
        self.assertFalse([text for text in self.sent.get(TEXTER, []) if "how old" in text])
        new = self.tip(text=URGENT)
        self.assertNotEqual(new, code)
        self.question(new, "q-hurt")
        self.texted(SAFE_DISCREET)
        self.link.text("1")
        self.texted("Is anyone hurt")
        self.assertEqual([state for _, state, _ in self.states(code)], ["withdrawn"] * 2)

    def test_what_a_merged_case_asked_goes_on(self):
        self.start()
        code, other = self.tip(), self.tip(OTHER, text="my neighbour locks up a boy of 10 in Darkhan and beats him")
        self.question(code, "age")
        self.texted(SAFE_DISCREET)
        self.ask("case.merge", code=code, into=other)
        self.link.text("1")
        self.texted("About how old")
        self.link.text("14")
        self.texted("new message", OFFICER)

    def test_a_tip_in_an_answer_is_no_less_a_tip(self):
        self.start()
        code = self.tip()
        self.safe(code)
        self.question(code, "how_many")
        self.texted("How many children")
        self.link.text(URGENT)
        self.assertIn(code, self.texted("EMERGENCY", OFFICER))
        self.assertEqual(self.states(code)[-1][:2], ("how_many", "answered in words"))
        self.assertEqual(self.core.cases()[0]["urgency"], "emergency")

    def test_unclear_is_asked_for_a_number_once(self):
        self.start()
        code = self.tip()
        self.safe(code)
        self.question(code, "with_you")
        self.texted("Is the child with you now")
        self.link.text("7")
        self.texted("answer with a number")
        self.link.text("what")
        self.texted("new message", OFFICER)
        self.assert_quiet()
        self.assertEqual(self.states(code)[-1][:2], ("with_you", "answered in words"))

    def test_two_texters_and_two_cases_never_cross(self):
        self.start()
        one, two = self.tip(), self.tip(OTHER)
        self.assertNotEqual(one, two)
        for code, to in ((one, TEXTER), (two, OTHER)):
            self.safe(code, to)
        self.question(one, "age")
        self.question(two, "how_many")
        self.texted("About how old")
        self.texted("How many children", OTHER)
        self.link.text("3", OTHER)
        self.link.text("14 nastai", TEXTER)
        self.assertEqual(self.states(one)[-1], ("age", "answered", "14"))
        self.assertEqual(self.states(two)[-1], ("how_many", "answered", "3"))

    def test_from_another_phone_with_the_code(self):
        self.start()
        code = self.tip()
        self.safe(code)
        asked = self.question(code, "hurt")
        self.texted("Is anyone hurt")
        self.link.text(asked["reply_code"].replace("-", "-9"), OTHER)  # no such question: a text like any other
        self.link.text(asked["reply_code"] + " 1", OTHER)
        self.assertEqual(self.states(code)[-1], ("hurt", "answered", "yes"))
        self.ask("case.contact", code=code, safety="unknown")
        asked = self.question(code, "safe")
        self.texted(SAFE_DISCREET)
        self.link.text(asked["reply_code"] + " 1", OTHER)  # who has another phone cannot say that this one is safe
        self.assertEqual(self.states(code)[-1], ("safe", "open", ""))
        self.link.text(asked["reply_code"] + " 2", OTHER)
        self.assertEqual(self.states(code)[-1], ("safe", "answered", "no"))
        self.assertEqual(self.ask("case.contact", code=code)["contact"]["safety"], "no-reply")

    def test_discreet_mode(self):
        self.start(discreet=False)
        code = self.tip()
        self.ask("case.contact", code=code, safety="discreet")
        self.refused("case.ask", "no discreet form", code=code, question="hurt")
        self.refused("case.ask", "no discreet form", code=code, text="How is the weather?")
        self.question(code, "age")
        self.texted(SAFE_DISCREET)
        self.link.text("yes")
        self.assertEqual(self.texted(""), "How old?")
        self.link.text("14")
        self.ask("case.ask", code=code, text="See you tomorrow?", discreet=True)
        self.texted("See you tomorrow?")

    def test_hours_hold_what_waits(self):
        self.start()
        code = self.tip()
        self.ask("case.contact", code=code, hours=self.hours_without_now())
        self.question(code, "age")
        self.link.assert_silent("send")
        held = [o for o in self.ask("outbox.list")["outbox"] if o["purpose"] == "question"]
        self.assertEqual([(o["state"], "hours" in o["why"]) for o in held], [("queued", True)])
        self.core.restart()
        self.link = Link(self.core)
        self.stack.callback(self.link.close)
        self.bat = self.core.login("Bat")
        self.stack.callback(self.bat.close)
        self.link.assert_silent("send")
        self.ask("case.contact", code=code, hours="always")
        self.texted(SAFE_DISCREET)

    @staticmethod
    def hours_without_now():
        """A window of an hour that begins twelve hours from now, in the zone of the configuration."""
        minute = (int(time.time()) // 60 + 8 * 60 + 12 * 60) % 1440
        end = (minute + 60) % 1440
        return "%02d:%02d-%02d:%02d" % (minute // 60, minute % 60, end // 60, end % 60)

    def test_free_text(self):
        self.start()
        code = self.tip()
        self.safe(code)
        self.refused("case.ask", "telephone number", code=code, text="call me at +976 0000 1234")
        self.refused("case.ask", "make it shorter", code=code, text="long " * 200)
        self.refused("case.ask", "there are: safe", code=code, question="name")
        answer = self.ask("case.ask", code=code, text="Which car was it?")
        self.assertEqual((answer["parts"], answer["question"]["state"]), (1, "open"))
        self.texted("Which car was it?")
        self.link.text("a white prius")
        found = self.ask("case.answers", code=code)["questions"][-1]
        self.assertEqual((found["text"], found["answer"]), ("Which car was it?", "a white prius"))
        self.core.stop()
        for name in ("hotlined.db", "hotlined.db-wal", "hotlined.err"):
            try:
                with open(self.folder + "/" + name, "rb") as f:
                    data = f.read()
            except FileNotFoundError:
                continue
            for secret in (b"Which car", b"white prius", TEXTER[-8:].encode()):
                self.assertNotIn(secret, data, name)

    def fails(self, words, to=TEXTER):
        """The next text with these words cannot be sent, and never will."""
        m = self.link.hear("send", lambda m: m["to"] == to and words in m["text"])
        self.link.say("submitting", id=m["id"])
        self.link.hear("go", lambda g: g["id"] == m["id"])
        self.link.say("failed", id=m["id"], final=True, code=1, why="pretended")

    def test_what_waits_behind_one_that_failed_goes_on(self):
        self.start()
        code = self.tip()
        self.safe(code)
        self.question(code, "age")
        self.question(code, "how_many")
        self.fails("About how old")
        self.texted("How many children")
        self.assertEqual([s[:2] for s in self.states(code)[1:]], [("age", "not sent"), ("how_many", "open")])

    def test_nothing_goes_on_where_it_cannot_be_asked_whether_it_is_safe(self):
        self.start()
        code = self.tip()
        self.question(code, "age")
        self.fails(SAFE_DISCREET)
        self.link.text("and one more thing")  # the core has heard
        self.assertEqual([s[:2] for s in self.states(code)], [("age", "not sent"), ("safe", "not sent")])
        self.assert_quiet()

    def test_withdrawn_while_a_modem_has_it(self):
        self.start()
        code = self.tip()
        self.question(code, "safe")
        m = self.link.hear("send", lambda m: m["to"] == TEXTER)
        self.ask("case.unask", code=code)
        self.link.say("submitting", id=m["id"])
        self.link.hear("forget", lambda f: f["id"] == m["id"])
        self.link.say("released", id=m["id"])
        self.question(code, "safe")
        self.texted(SAFE_DISCREET)
        self.assertEqual([s[:2] for s in self.states(code)], [("safe", "withdrawn"), ("safe", "open")])

    def test_no_pressure(self):
        self.start()
        code = self.tip()
        self.question(code, "safe")
        self.texted(SAFE_DISCREET)
        for _ in range(2):
            self.ask("case.remind", code=code)
            self.texted(SAFE_DISCREET)
        self.refused("case.remind", "pressure", code=code)
        self.refused("case.ask", "pressure", code=code, question="age")
        self.link.text("yes")
        self.question(code, "age")
        self.texted("About how old")
        self.question(code, "when")
        self.assertEqual(self.ask("case.unask", code=code)["withdrawn"], 2)
        self.link.text("14")  # a text like any other now
        self.assertEqual([q[1] for q in self.states(code)], ["answered", "withdrawn", "withdrawn"])

    def test_only_people_of_the_unit_ask(self):
        self.start()
        code = self.tip()
        self.core.add_person("Tsetseg", "coordinator")
        mdtf = self.core.login("Tsetseg")
        self.stack.callback(mdtf.close)
        for op in ("case.ask", "case.remind", "case.unask", "case.answers", "case.contact"):
            self.assertEqual(mdtf.ask({"op": op, "code": code, "question": "age"})["code"], "not found")
            with self.assertRaises(AssertionError):
                self.core.ask(op, code=code, question="age")

    def test_on_the_command_line(self):
        self.start()
        code = self.tip()

        def ctl(*args, stdin=""):
            done = subprocess.run([program("hotlinectl"), "--socket", self.core.control, "--as", "Bat", "--password-stdin"] + list(args),
                input=(PASSWORD + "\n" + stdin).encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
            self.assertEqual(done.returncode, 0, done.stdout.decode())
            return done.stdout.decode()
        self.assertIn("waits", ctl("case", "ask", code, stdin="What colour was it?\n"))
        self.texted(SAFE_DISCREET)
        self.link.text("yes")
        self.texted("What colour was it?")
        self.link.text("grey")
        out = ctl("case", "answers", code)
        self.assertIn("What colour was it?", out)
        self.assertIn("grey", out)
        self.assertIn("answer to question 1", ctl("case", "show", code))
        self.assertIn("reply-ok (said not long ago)", ctl("case", "contact", code))
        self.assertIn("18:00-22:30", ctl("case", "contact", code, "--hours", "18:00-22:30"))
        self.assertIn("on its way", ctl("case", "ask", code, "--question", "age"))
        self.assertIn("no more", ctl("case", "ask", code, "--withdraw"))

    def test_advice_only_where_it_is_safe(self):
        self.start()
        code = self.tip()
        self.safe(code)
        self.link.text(URGENT)
        self.texted("call 102")
        self.assertEqual([o["purpose"] for o in self.ask("outbox.list", all=True)["outbox"]].count("advice"), 1)
        self.link.text(URGENT, OTHER)
        self.texted("", OTHER)
        self.assertEqual([o["purpose"] for o in self.ask("outbox.list", all=True)["outbox"]].count("advice"), 1)

    def test_numbers_to_call_are_of_the_configuration(self):
        self.start(police='"112"', helpline='"1080"')
        self.safe(self.tip())
        self.link.text(URGENT)
        self.texted("call 112")


class PhonesTest(SystemCase):
    """The same with modems, workers and phones, simulated by the network."""

    def test_on_real_modems(self):
        system = self.start_system(modems=2, owner_labour="ATPU")
        girl = "+97600004321"
        code, out = system.ctl("person", "add", "bat", "--role", "officer", "--password-stdin",
            stdin="%s\n%s\n" % (PASSWORD, system.recovery_key()))
        self.assertEqual(code, 0, out)
        system.sim.do("sms", modem=1, from_=girl, text="Охин 14 настай, утсаа хураалгасан, ажил хийлгэж байна")
        case = system.phones.code(SYSTEM_OFFICER, "OK")
        self.assertIn(case, system.phones.text(girl))
        code, out = system.ctl("case", "ask", case, "--question", "how_many", "--as", "bat", "--password-stdin", stdin=PASSWORD + "\n")
        self.assertEqual(code, 0, out)
        self.assertIn("Одоо бичиж болох уу", system.phones.text(girl))
        system.sim.do("sms", modem=0, from_=girl, text="тийм")
        self.assertIn("Хэдэн хүүхэд", system.phones.text(girl))
        system.sim.do("sms", modem=1, from_=girl, text="гурав")
        system.wait_status(lambda s: s["counters"]["stored"] == 3, "the answer")
        code, out = system.ctl("--json", "case", "answers", case, "--as", "bat", "--password-stdin", stdin=PASSWORD + "\n")
        self.assertEqual([(q["name"], q["value"]) for q in json.loads(out)["questions"]], [("how_many", "3"), ("safe", "yes")])
        self.assertNotIn(girl[-8:], out + system.log())


class DiscreetWordingTest(Case):
    """No discreet text has a word of police, trafficking, children or the tip: somebody else may read it."""
    FORBIDDEN = re.compile(r"police|traffick|victim|report|hotline|child|girl|boy|safe|danger|emergency|officer|help|case|tip\b|\b10[0-9]\b|"
        r"\b112\b|цагдаа|худалда|хүүхэд|охин|хүү\b|мэдээ|мэдээл|аюул|хохирогч|ажилтан|тусла|яаралтай|хэрэг|утсаар|"
        r"tsagdaa|khudalda|hudalda|khuukhed|huuhed|okhin|medeel|ayuul|khokhirogch|ajiltan|tusla|yaaraltai|khereg|\{police\}|\{helpline\}", re.I)

    def test_every_discreet_text(self):
        seen = 0
        for language in ("mn", "mn-latn", "en"):
            with open("%s/etc/wording/%s.conf" % (SRCDIR, language)) as f:
                texts = dict(re.findall(r'^([\w-]+) = "(.*)";$', f.read(), re.M))
            for key in [k for k in texts if k.endswith("-discreet") or k in ("q-best_time", "q-repeat")]:
                seen += 1
                self.assertIsNone(self.FORBIDDEN.search(texts[key]), "%s %s" % (language, key))
        self.assertGreater(seen, 40)

    def test_the_list_would_find_one(self):
        for text in ("Is it safe?", "Цагдаа", "call 102", "Таны мэдээллийг"):
            self.assertIsNotNone(self.FORBIDDEN.search(text))


if __name__ == "__main__":
    main()
