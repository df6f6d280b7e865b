#!/usr/bin/env python3
"""What is no text is kept raw for a person, counted and off the SIM: binary messages, WAP push, MMS notifications. A text that is only
shown at once on the phone (class 0) is a text like any other."""
from harness import main
from pdus import deliver, ucs2
from system import OFFICER, PASSWORD, SystemCase

WAP = bytes.fromhex("0605040B8423F0")         # to port 2948 (WAP push), from 9200
NARROW = bytes.fromhex("0404E2F0")             # the same with 8-bit ports
PUSH = bytes.fromhex("010603AE81EA") + b"\x02\x05\x6a\x00\x45\xc6\x0c\x03win.example/x\x00\x01\x03Free\x00\x01\x01"
MMS = (bytes([0x01, 0x06, 0x22]) + b"application/vnd.wap.mms-message\x00" + bytes([0xAF, 0x84, 0x8C, 0x82, 0x98]) + b"T1\x00"
    + bytes([0x8D, 0x90, 0x83]) + b"http://mms.example/1\x00")
RINGTONE = bytes.fromhex("060504158100000245") + bytes(range(0, 40))


def concat(data, total, seq):
    """One part of a push that came in several: the header names the parts and the ports."""
    return bytes.fromhex("0B05040B8423F00003") + bytes([9, total, seq]) + data


# name, PDU
NO_TEXTS = (
    ("a WAP push", deliver("+97600003001", WAP + PUSH, dcs=0x04, udhi=True)),
    ("a WAP push, class 1", deliver("+97600003002", WAP + PUSH, dcs=0xF5, udhi=True)),
    ("a WAP push to 8-bit ports", deliver("+97600003003", NARROW + PUSH, dcs=0x04, udhi=True)),
    ("an MMS notification", deliver("+97600003004", WAP + MMS, dcs=0x04, udhi=True)),
    ("the first of two parts of an MMS notification", deliver("+97600003005", concat(MMS[:40], 2, 1), dcs=0x04, udhi=True)),
    ("the second", deliver("+97600003005", concat(MMS[40:], 2, 2), dcs=0x04, udhi=True)),
    ("a ringtone", deliver("+97600003006", RINGTONE, dcs=0xF5, udhi=True)),
    ("binary without ports", deliver("+97600003007", bytes(range(40)), dcs=0x04)),
    ("binary, class 0", deliver("+97600003008", bytes(range(40)), dcs=0xF4)),
    ("words to a port", deliver("+97600003009", WAP + b"BEGIN:VCARD\r\nEND:VCARD", dcs=0x04, udhi=True)),
)

TIP = "a girl of 14 is locked in at the hotel"


class Quarantine(SystemCase):
    def setUp(self):
        super().setUp()
        self.system = self.start_system(modems=1)
        code, out = self.system.ctl("person", "add", "bat", "--role", "officer", "--password-stdin",
            stdin="%s\n%s\n" % (PASSWORD, self.system.recovery_key()))
        self.assertEqual(code, 0, out)

    def warnings(self):
        return [w for w in self.system.status()["warnings"] if "could not be read" in w]

    def test_what_is_no_text(self):
        for name, pdu in NO_TEXTS:
            with self.subTest(pdu=name):
                before = self.system.status()["counters"]
                self.system.sim.do("pdu", modem=0, line=pdu)
                after = self.system.wait_status(lambda s: s["counters"]["quarantined"] > before["quarantined"], name)["counters"]
                self.assertEqual((after["stored"], after["cases"], after["parts"]), (before["stored"], before["cases"], before["parts"]))
        self.system.wait_status(lambda s: self.system.on_sim(0) == 0, "the SIM to be empty")
        self.assertEqual(len(self.warnings()), 1)
        self.assertIn("%d messages" % len(NO_TEXTS), self.warnings()[0])
        listed = self.system.ctl_json("quarantine")["quarantine"]
        self.assertEqual(len(listed), len(NO_TEXTS))
        self.assertTrue(all(row["reason"] and "raw" not in row for row in listed))
        code, out = self.system.ctl("--json", "--as", "bat", "--password-stdin", "quarantine", stdin=PASSWORD + "\n")
        self.assertEqual(code, 0, out)
        for _, pdu in NO_TEXTS:
            self.assertIn(pdu, out)  # who may read texts sees it raw
        self.assertEqual(self.warnings(), [])  # and somebody has looked

    def test_a_class_0_text_is_a_text(self):
        texts = (deliver("+97600003011", ucs2(TIP), dcs=0x18), deliver("+97600003012", ucs2(TIP + ", again"), dcs=0x19))
        for number, pdu in enumerate(texts, 1):
            self.system.sim.do("pdu", modem=0, line=pdu)
            self.system.wait_status(lambda s, n=number: s["counters"]["stored"] == n, "a text of a class")
            self.system.phones.code(OFFICER, "OK")
        self.assertEqual(self.system.status()["counters"]["quarantined"], 0)


if __name__ == "__main__":
    main()
