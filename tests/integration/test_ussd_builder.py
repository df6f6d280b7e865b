#!/usr/bin/env python3
"""hotline-ussd against ussd-builder of npm, a library in which operators' customers write their menus: the same walks, once given to it directly
as the operator posts them, and once by way of hotline-ussd to a core whose screens it makes. Both must come to the same answers, octet by octet."""
import json
import os
import random
import subprocess

import harness
from harness import DEADLINE, SRCDIR, Timeout
from ussd_http import GatewayCase

PACKAGES = os.path.join(SRCDIR, "tests", "npm")
SEED = int(os.environ.get("HL_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
INPUTS = ("1", "2", "0", "7", "42", "хүүхэд", "a b&c=d%+", "#", "", "Ю" * 12, "x" * 25, "😀")


class Application:
    def __init__(self, node):
        self.process = subprocess.Popen([node, os.path.join(PACKAGES, "application.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, menu, provider, args):
        self.process.stdin.write(json.dumps({"menu": menu, "provider": provider, "args": args}).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise Timeout("the application ended")
        return json.loads(line)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(DEADLINE)
        self.process.stdout.close()


class Builder(GatewayCase):
    settings = {"number_per_min": 10000, "sessions_per_min": 10000}

    def setUp(self):
        node = self.need("node")
        if not os.path.isdir(os.path.join(PACKAGES, "node_modules", "ussd-builder")):
            self.skipTest("ussd-builder is not installed: tools/setup test does it")
        self.behind, self.direct = Application(node), Application(node)
        super().setUp()
        self.keep(self.behind)
        self.keep(self.direct)
        print("HL_SEED=%d" % SEED)
        self.random = random.Random(SEED)

    def answer(self, step):
        """The core: ussd-builder, which sees one input at a time, as our core does."""
        args = {"Type": "Initiation" if step.get("begin") else "Response", "SessionId": step["session"], "Mobile": step["number"][1:],
                "ServiceCode": "123", "Message": "*123#" if step.get("begin") else step.get("input", ""), "Operator": ""}
        got = self.behind.ask("core " + step["transport"], "hubtel", args)
        return {"text": got["Message"], "end": got["Type"] == "Release"}

    def walk(self, session, say, application):
        """say(inputs) and application(inputs) give (text, end); walks until the end or ten steps."""
        inputs = []
        for _ in range(10):
            got, want = say(session, inputs), application(session, inputs)
            self.assertEqual(got, want, "seed %d, session %s, inputs %s" % (SEED, session, inputs))
            if want[1]:
                return
            inputs.append(self.random.choice(INPUTS))
            if len(inputs) == 1 and inputs[0] == "":
                inputs[0] = "7" # Africa's Talking cannot tell an empty first answer from a repetition

    def test_africas_talking(self):
        def args(session, inputs):
            return {"sessionId": session, "phoneNumber": "+97600001111", "networkCode": "42801", "serviceCode": "*123#", "text": "*".join(inputs)}

        def say(session, inputs):
            status, kind, text = self.gateway.at("*".join(inputs), session=session)
            self.assertEqual((status, kind), (200, "text/plain; charset=utf-8"))
            return text, text.startswith("END")

        def application(session, inputs):
            text = self.direct.ask("at", "africasTalking", args(session, inputs))
            return text, text.startswith("END")
        for i in range(40):
            self.walk("at-%d" % i, say, application)

    def test_hubtel(self):
        def args(session, inputs):
            return {"Type": "Response" if inputs else "Initiation", "SessionId": session, "Mobile": "97600001111", "ServiceCode": "123",
                    "Message": inputs[-1] if inputs else "*123#", "Operator": "net", "Sequence": len(inputs) + 1, "ClientState": ""}

        def say(session, inputs):
            status, _, body = self.gateway.call("hub", body=json.dumps(args(session, inputs)).encode(), Content_Type="application/json")
            self.assertEqual(status, 200)
            got = json.loads(body)
            return (got["Message"], got["Type"]), got["Type"] == "Release"

        def application(session, inputs):
            got = self.direct.ask("hub", "hubtel", args(session, inputs))
            return (got["Message"], got["Type"]), got["Type"] == "Release"
        for i in range(40):
            self.walk("hub-%d" % i, say, application)


if __name__ == "__main__":
    harness.main()
