#!/usr/bin/env python3
"""hotline-ussd over HTTP: the three profiles, what is refused, and what people hear while the core is away."""
import json
import threading

import harness
from harness import DEADLINE
from ussd_http import AGAIN, AWAY, NUMBER, FakeCore, GatewayCase


class Profiles(GatewayCase):
    def test_africas_talking(self):
        self.assertEqual(self.gateway.at(""), (200, "text/plain; charset=utf-8", "CON s1/1/"))
        self.assertEqual(self.gateway.at("2")[2], "CON s1/2/2")
        self.assertEqual(self.gateway.at("2*1")[2], "CON s1/3/1")
        self.assertEqual(self.gateway.at("2*1*0")[2], "END s1/4/0")
        self.assertEqual(self.core.steps("transport", "number", "operator", "code", "begin")[0], ("at", NUMBER, "42801", "*123#", True))
        self.assertEqual(self.core.steps("begin")[1:], [(None,)] * 3)

    def test_africas_talking_stars_inside_answers(self):
        self.gateway.at("")
        self.gateway.at("a*b")
        self.assertEqual(self.gateway.at("a*b**#*")[2], "CON s1/3/*#*")
        self.assertEqual(self.gateway.at("a*b**#**1")[2], "CON s1/4/1")
        self.assertEqual(self.core.steps("step", "input"), [(1, None), (2, "a*b"), (3, "*#*"), (4, "1")])

    def test_africas_talking_repeats_and_disorder(self):
        self.gateway.at("")
        self.assertEqual([self.gateway.at("1")[2] for _ in range(3)], ["CON s1/2/1"] * 3)
        self.assertEqual(self.core.steps("step")[1:], [(2,)] * 3)
        self.assertEqual(self.gateway.at("2*2")[2], "END " + AGAIN)
        self.assertEqual(self.gateway.at("1*5")[2], "CON s1/3/5")

    def test_after_a_restart_of_the_gateway_steps_are_counted(self):
        self.gateway.at("")
        self.gateway.at("1")
        self.assertEqual(self.gateway.stop(), 0)
        self.gateway = self.keep(type(self.gateway)(self.folder, self.conf, "second"))
        self.core.wait("hello", count=2)
        self.core.wait("modem", count=2)
        self.assertEqual(self.gateway.at("1*2")[2], "CON s1/3/2")
        self.assertEqual(self.gateway.at("1*2*3*4")[2], "CON s1/4/3*4")

    def test_hubtel(self):
        status, kind, got = self.gateway.hub("Initiation", "*123#", sequence=1, state="x")
        self.assertEqual((status, kind), (200, "application/json; charset=utf-8"))
        self.assertEqual(got, {"SessionId": "s1", "Type": "Response", "Message": "s1/1/", "ClientState": "x"})
        self.assertEqual(self.gateway.hub("response", "1", sequence="2")[2]["Message"], "s1/2/1")
        self.assertEqual(self.gateway.hub("Response", "0", sequence=3)[2]["Type"], "Release")
        self.assertEqual(self.gateway.hub("Response", "7")[2]["Message"], "s1/4/7")
        self.assertEqual(self.core.steps("number", "begin", "operator")[0], (NUMBER, True, "net"))
        for kind, why in (("Release", "user"), ("Timeout", "timeout")):
            self.assertEqual(self.gateway.hub(kind)[2]["Type"], "Release")
            self.assertEqual(self.core.wait("ussd_end", lambda m: m["why"] == why)["session"], "s1")

    def test_infobip(self):
        self.assertEqual(self.gateway.bip("start")[2],
            {"ussdMenu": "s1/1/", "shouldClose": False, "responseExitCode": 200, "responseMessage": ""})
        self.assertEqual(self.gateway.bip("response", "4", method="PUT")[2]["ussdMenu"], "s1/2/4")
        self.assertTrue(self.gateway.bip("status", method="GET")[2]["sessionActive"])
        self.assertFalse(self.gateway.bip("status", session="s2", method="GET")[2]["sessionActive"])
        self.assertTrue(self.gateway.bip("response", "0")[2]["shouldClose"])
        self.assertFalse(self.gateway.bip("status", method="GET")[2]["sessionActive"])
        self.gateway.bip("start", session="a%2Fb")
        self.assertEqual(self.core.steps("session")[-1], ("a/b",))
        self.assertEqual(self.gateway.bip("end", session="a%2Fb")[2], {"responseExitCode": 200, "responseMessage": ""})
        self.assertEqual(self.core.wait("ussd_end")["session"], "a/b")

    def test_what_the_core_refuses(self):
        self.answer = lambda step: {"type": "ussd_refused", "why": "other_number"}
        self.assertEqual(self.gateway.at("")[2], "END " + AGAIN)
        self.assertIn("refused_by_core detail=\"other_number\"", self.log())
        self.answer = lambda step: {"type": "ussd_refused", "why": "order"} if step.get("input") == "9" else {"text": "ok"}
        self.assertEqual([self.gateway.at(text, session="s2")[2] for text in ("", "9", "1", "1*2")], ["CON ok", "END " + AGAIN, "CON ok", "CON ok"])
        self.answer = lambda step: {"type": "ussd_refused", "why": "busy"}
        self.assertEqual(self.gateway.at("")[2], "END " + AWAY) # its disk is full: texting is better than dialling again


class Bad(GatewayCase):
    def test_forms(self):
        good = {"sessionId": "s1", "phoneNumber": NUMBER.replace("+", "%2B"), "text": "1"}
        for change, status in (({"text": "%FF%FE"}, 400), ({"text": "a%00b"}, 400), ({"text": "%4"}, 400), ({"text": "%zz"}, 400),
                               ({"sessionId": ""}, 400), ({"sessionId": "a" * 129}, 413), ({"sessionId": "a b"}, 400),
                               ({"phoneNumber": "me"}, 400), ({"phoneNumber": "0" * 30}, 400), ({"text": None}, 400),
                               ({"text": "x" * 1025}, 413), ({"text": "1&text=2"}, 400)):
            fields = {k: v for k, v in dict(good, **change).items() if v is not None}
            body = "&".join("%s=%s" % item for item in fields.items()).encode()
            got = self.gateway.call("at", body=body, Content_Type="application/x-www-form-urlencoded")
            self.assertEqual(got[0], status, change)
        self.assertEqual(self.core.steps("session"), [])

    def test_json(self):
        good = {"Type": "Response", "Mobile": NUMBER, "SessionId": "s1", "Message": "1", "Sequence": 2}
        for change in ({"Type": 1}, {"Type": "Dance"}, {"Mobile": 97600001111}, {"Mobile": ["+976"]}, {"SessionId": {}}, {"Message": 1},
                       {"Message": ["1"]}, {"Sequence": "two"}, {"Sequence": -1}, {"Sequence": 1.5}, {"Sequence": 2 ** 70},
                       {"SessionId": ""}, {"ClientState": []}, {"Operator": 1}):
            got = self.gateway.call("hub", body=json.dumps(dict(good, **change)).encode(), Content_Type="application/json")
            self.assertEqual(got[0], 400, change)
        for body in (b"", b"[]", b"{", b'"text"', b"{} {}", b"\xff\xfe{\x00", b'{"Type":"Response","Type":"Response"}',
                     b'{"Type":"\xff"}', b'{"Type":"\\u0000"}', b'\xef\xbb\xbf{}', b"[" * 2000):
            self.assertEqual(self.gateway.call("hub", body=body, Content_Type="application/json")[0], 400, body)
        for body in (b'{"msisdn":97600001111,"text":"1"}', b'{"msisdn":"+97600001111","text":1}', b'{"msisdn":"+97600001111","text":"1","shortCode":[]}'):
            self.assertEqual(self.gateway.call("bip", path="/ussd/session/s1/response", body=body)[0], 400, body)
        self.assertEqual(self.core.steps("session"), [])

    def test_other_encodings_and_types(self):
        for kind in ("application/json; charset=utf-16", "text/plain", "application/json;charset=\"iso-8859-1\""):
            self.assertEqual(self.gateway.call("hub", body=b"{}", Content_Type=kind)[0], 415, kind)
        self.assertEqual(self.gateway.call("at", body=b"a=b", Content_Type="multipart/form-data; boundary=x")[0], 415)

    def test_paths_methods_and_secrets(self):
        self.assertEqual(self.gateway.call("at", path="/other", body=b"a=b")[0], 404)
        self.assertEqual(self.gateway.call("at", path="/ussd/x", body=b"a=b")[0], 404)
        self.assertEqual(self.gateway.call("at", "GET")[0], 405)
        self.assertEqual(self.gateway.call("at", "DELETE")[0], 405)
        self.assertEqual(self.gateway.call("bip", path="/ussd/session/s1/dance", body=b"{}")[0], 404)
        self.assertEqual(self.gateway.call("bip", path="/ussd/session//start", body=b"{}")[0], 400)
        self.assertEqual(self.gateway.call("at", path="/" + "x" * 1100, body=b"a=b")[0], 414)
        for secret in ("", "0123456789abcdef", "0123456789abcdef-a-secreT", "0123456789abcdef-a-secret "*2):
            self.assertEqual(self.gateway.at("", secret=secret)[0], 403, secret)
        self.assertEqual(self.core.steps("session"), [])

    def test_overlong(self):
        self.assertEqual(self.gateway.hub("Response", "x" * 5000)[0], 413)
        self.assertEqual(self.gateway.at("", X_Long="x" * 5000)[0], 431)
        self.gateway.at("")
        self.gateway.at("ж" * 170) # 340 octets
        self.gateway.at("ж" * 170 + "*" + "я" * 300)
        self.assertEqual(self.core.steps("input")[1:], [("ж" * 170,), ("я" * 273,)]) # cut to 546 octets
        self.assertEqual(self.gateway.hub("Response", "1", session="x" * 129)[0], 400)

    def test_nobody_reads_it_in_the_log(self):
        self.gateway.at("a very secret text", session="the-session")
        self.gateway.call("at", body=b"sessionId=x&phoneNumber=%2B97600001111&text=%FFa+very+secret+text")
        self.gateway.hub("Dance", "a very secret text", session="the-session")
        self.assertIn("why=malformed", self.log())
        for words in ("secret text", NUMBER[1:], "the-session", "a-secret"):
            self.assertNotIn(words, self.log())


class Away(GatewayCase):
    settings = {"reply_ms": 400}

    def test_silent_core(self):
        self.answer = lambda step: None
        self.assertEqual(self.gateway.at("")[2], "END " + AWAY)
        self.assertEqual(self.core.wait("ussd_end")["why"], "error")
        self.assertTrue(self.gateway.hub("Initiation")[2]["Message"], AWAY)
        self.assertIn("no_core", self.log())

    def test_no_core_at_all(self):
        self.core.stop()
        got = [self.gateway.at("", session="s%d" % i)[2] for i in range(3)]
        self.assertEqual(got, ["END " + AWAY] * 3)
        self.assertEqual(self.gateway.bip("start")[2], {"ussdMenu": AWAY, "shouldClose": True, "responseExitCode": 200, "responseMessage": ""})

    def test_ends_politely_while_somebody_waits(self):
        self.answer = lambda step: None
        got = []
        asking = threading.Thread(target=lambda: got.append(self.gateway.at("")[2]))
        asking.start()
        self.core.wait("ussd_step")
        self.assertEqual(self.gateway.stop(), 0)
        asking.join(DEADLINE)
        self.assertEqual(got, ["END " + AWAY])


class Returns(GatewayCase):
    settings = {"reply_ms": 30000}

    def test_a_step_waits_for_a_core_that_restarts(self):
        self.gateway.at("")
        answer, self.answer = self.answer, lambda step: None
        got = []
        asking = threading.Thread(target=lambda: got.append(self.gateway.at("1")[2]))
        asking.start()
        self.core.wait("ussd_step", count=2)
        self.core.stop()
        self.answer = answer
        self.core.start()
        asking.join(DEADLINE)
        self.assertEqual(got, ["CON s1/2/1"])
        self.assertEqual(self.core.steps("step", "input"), [(1, None), (2, "1"), (2, "1")])

    def test_a_step_without_a_number_does_not(self):
        self.answer = lambda step: None
        got = []
        asking = threading.Thread(target=lambda: got.append(self.gateway.bip("response", "1")[2]["ussdMenu"]))
        asking.start()
        self.core.wait("ussd_step") # of a session that began with another gateway
        self.core.stop()
        asking.join(DEADLINE)
        self.assertEqual(got, [AWAY])

    def test_a_repeated_step_of_an_operator_that_numbers_none_is_the_same_step(self):
        self.gateway.bip("start")
        answer, self.answer = self.answer, lambda step: None
        got = []
        asking = [threading.Thread(target=lambda: got.append(self.gateway.bip("response", "1")[2]["ussdMenu"])) for _ in range(2)]
        for n, thread in enumerate(asking):
            thread.start()
            self.core.wait("ussd_step", count=n + 2)
        self.assertTrue(self.gateway.bip("response", "2")[2]["shouldClose"]) # overtakes them
        self.core.stop()
        self.answer = answer
        self.core.start()
        for thread in asking:
            thread.join(DEADLINE)
        self.assertEqual(got, ["s1/2/1"] * 2)
        self.assertEqual(self.gateway.bip("response", "1")[2]["ussdMenu"], "s1/3/1")

    def test_a_step_that_overtakes_another_is_refused(self):
        self.gateway.at("")
        self.answer = lambda step: None
        asking = threading.Thread(target=lambda: self.gateway.at("1"))
        asking.start()
        self.core.wait("ussd_step", count=2)
        self.assertEqual(self.gateway.at("1*2")[2], "END " + AGAIN)
        self.gateway.stop()
        asking.join(DEADLINE)


if __name__ == "__main__":
    harness.main()
