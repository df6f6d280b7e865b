#!/usr/bin/env python3
"""The simulated modem as its program meets it: the conversation, the SIM, texts both ways, calls, PIN."""
import os
import unittest

import harness
from harness import Case, Tty

READ = "07917906009099F9"
FROM = "+97600001234"


def submit(to="+97600005678", ud="06C8329BFD0E01", dcs="00", first="31"):
    """An SMS-SUBMIT; the user data begins with its length."""
    digits = to.lstrip("+")
    filled = digits + "F" * (len(digits) % 2)
    swapped = "".join(b + a for a, b in zip(filled[::2], filled[1::2]))
    return "00%s00%02X%s%s00%sA7%s" % (first, len(digits), "91" if to[0] == "+" else "81", swapped, dcs, ud)


class Modem(Case):
    def setUp(self):
        super().setUp()
        self.sim = self.start_sim(2)
        self.tty = self.keep(Tty(self.sim.path()))

    def ready(self, cnmi="2,1,0,0,0"):
        self.assertEqual(self.tty.at("ATE0")[-1], "OK")
        self.assertEqual(self.tty.at("AT+CMGF=0;+CNMI=" + cnmi), ["OK"])

    def read_and_delete(self, index):
        lines = self.tty.at("AT+CMGR=%d" % index)
        self.assertEqual(self.tty.at("AT+CMGD=%d" % index), ["OK"])
        return lines


class Conversation(Modem):
    def test_echo_verbose_quiet(self):
        self.tty.write("AT\r")
        self.assertEqual(self.tty.until("OK\r\n"), b"AT\r\r\nOK\r\n")
        self.tty.write("ATE0\r")
        self.assertEqual(self.tty.until("OK\r\n"), b"ATE0\r\r\nOK\r\n")
        self.tty.write("ATV0\r")
        self.assertEqual(self.tty.until("0\r"), b"0\r")
        self.tty.write("AT+CSQ\r")
        self.assertEqual(self.tty.until("\n0\r"), b"+CSQ: 20,0\r\n0\r")
        self.tty.write("ATQ1\rATQ0V1\r")
        self.assertEqual(self.tty.until("OK\r\n"), b"\r\nOK\r\n")

    def test_commands_in_one_line_stop_at_the_first_error(self):
        self.ready()
        self.assertEqual(self.tty.at("AT+CSQ;+CREG?;+NONSENSE;+CGSN"), ["+CSQ: 20,0", "+CREG: 0,1", "ERROR"])

    def test_repeat_last_line(self):
        self.ready()
        self.tty.at("AT+CSQ")
        self.tty.write("A/")
        self.assertEqual(self.tty.final(), ["+CSQ: 20,0", "OK"])

    def test_error_forms(self):
        self.ready()
        self.assertEqual(self.tty.at("AT+CMGR=3"), ["+CMS ERROR: 321"])
        self.assertEqual(self.tty.at("AT+CREG=9"), ["ERROR"])
        self.assertEqual(self.tty.at("AT+CMEE=1;+CREG=9"), ["+CME ERROR: 50"])
        self.assertEqual(self.tty.at("AT+CMEE=2;+CMGR=3"), ["+CMS ERROR: invalid memory index"])
        self.assertEqual(self.tty.at("ATZ;+CMEE?"), ["+CMEE: 0", "OK"])

    def test_test_forms_and_registers(self):
        self.ready()
        self.assertEqual(self.tty.at("AT+CNMI=?")[0], "+CNMI: (0-2),(0-3),(0-3),(0-2),(0,1)")
        self.assertEqual(self.tty.at("ATS3?"), ["013", "OK"])
        self.assertEqual(self.tty.at("ATS5=127S5?"), ["127", "OK"])
        self.tty.write(b"AT+CSX\x7fQ\r")
        self.assertEqual(self.tty.final(), ["+CSQ: 20,0", "OK"])

    def test_what_does_not_begin_with_at_is_ignored(self):
        self.ready()
        self.tty.write("nonsense\rAT+CSQ\r")
        self.assertEqual(self.tty.final(), ["+CSQ: 20,0", "OK"])

    def test_a_line_too_long_is_an_error(self):
        self.ready()
        self.assertEqual(self.tty.at("AT" + "X" * 3000), ["ERROR"])


class Storage(Modem):
    def test_text_arrives_is_read_and_deleted(self):
        self.sim.watch()
        self.ready()
        pdu = self.sim.do("sms", modem=0, from_=FROM, text="Hello @ [x] €")["pdus"][0]
        self.assertEqual(self.tty.until("\r\n", 5), b"\r\n")
        self.assertEqual(self.tty.until("\r\n"), b'+CMTI: "SM",1\r\n')
        self.assertEqual(self.tty.at("AT+CMGL=0"), ["+CMGL: 1,0,,%d" % (len(pdu) // 2 - 8), pdu, "OK"])
        self.assertEqual(self.read_and_delete(1), ["+CMGR: 1,,%d" % (len(pdu) // 2 - 8), pdu, "OK"])
        stored, deleted = self.sim.event("stored"), self.sim.event("deleted")
        self.assertLess(stored["ns"], deleted["ns"])
        self.assertEqual(self.tty.at("AT+CMGL=4"), ["OK"])

    def test_no_notice_where_none_was_asked_for(self):
        self.ready("2,0,0,0,0")
        self.sim.do("sms", from_=FROM, text="quiet")
        self.assertEqual(self.tty.at("AT+CPMS?")[0], '+CPMS: "SM",1,50,"SM",1,50,"SM",1,50')

    def test_direct_routing_and_acknowledgement(self):
        self.ready("2,2,0,0,0")
        pdu = self.sim.do("sms", from_=FROM, text="direct")["pdus"][0]
        self.assertEqual(self.tty.until(pdu + "\r\n").split()[0], b"+CMT:")
        self.assertEqual(self.tty.at("AT+CNMA"), ["+CMS ERROR: 340"])
        self.tty.at("AT+CSMS=1")
        self.sim.do("sms", from_=FROM, text="acknowledged")
        self.tty.until("+CMT: ,")
        self.tty.until("\r\n")
        self.tty.until("\r\n")
        self.assertEqual(self.tty.at("AT+CNMA"), ["OK"])

    def test_mode_0_keeps_notices(self):
        self.ready("0,1,0,0,0")
        self.sim.do("sms", from_=FROM, text="one")
        self.assertEqual(self.tty.at("AT"), ["OK"])
        self.tty.write("AT+CNMI=2,1,0,0,0\r")
        self.assertEqual(self.tty.final(), ["OK"])
        self.tty.until('+CMTI: "SM",1\r\n')

    def test_a_notice_waits_for_the_end_of_a_command(self):
        self.ready()
        self.tty.write("AT+CMGS=20\r")
        self.tty.until("> ")
        self.sim.do("sms", from_=FROM, text="meanwhile")
        self.tty.write(b"\x1b")
        self.assertEqual(self.tty.until('"SM",1\r\n'), b'\r\nOK\r\n\r\n+CMTI: "SM",1\r\n')

    def test_full_sim_fills_up_as_slots_are_freed(self):
        self.ready()
        self.sim.do("storage", capacity=2)
        for i in range(5):
            self.sim.do("sms", from_=FROM, text="text %d" % i)
        self.assertEqual(self.sim.do("storage")["waiting"], 3)
        seen = []
        for _ in range(5):
            lines = self.read_and_delete(1) if len(seen) % 2 == 0 else self.read_and_delete(2)
            seen.append(next(line for line in lines if line.startswith(READ)))
        self.assertEqual(len(set(seen)), 5)
        self.assertEqual(self.sim.do("storage")["waiting"] + self.sim.do("storage")["used"], 0)

    def test_delete_flags(self):
        self.ready("2,0,0,0,0")
        for i in range(4):
            self.sim.do("sms", from_=FROM, text="text %d" % i)
        self.tty.at("AT+CMGR=2")
        self.assertEqual(self.tty.at("AT+CMGD=?")[0], "+CMGD: (1,2,3,4),(0-4)")
        self.assertEqual(self.tty.at("AT+CMGD=1,1"), ["OK"])
        self.assertEqual(self.tty.at("AT+CMGD=?")[0], "+CMGD: (1,3,4),(0-4)")
        self.assertEqual(self.tty.at("AT+CMGD=1,4"), ["OK"])
        self.assertEqual(self.sim.do("storage")["used"], 0)

    def test_write_send_from_storage(self):
        self.ready()
        pdu = submit()
        self.tty.write("AT+CMGW=%d\r" % (len(pdu) // 2 - 1))
        self.tty.until("> ")
        self.tty.write(pdu + "\x1a")
        self.assertEqual(self.tty.final(), ["+CMGW: 1", "OK"])
        self.assertEqual(self.tty.at("AT+CMGL=2")[0], "+CMGL: 1,2,,%d" % (len(pdu) // 2 - 1))
        self.assertEqual(self.tty.at("AT+CMSS=1"), ["+CMSS: 0", "OK"])
        self.assertEqual([t["number"] for t in self.sim.inbox()], ["+97600005678"])

    def test_text_mode(self):
        self.ready()
        self.sim.do("sms", from_=FROM, text="plain words", scts="62112212003423")
        self.tty.until('+CMTI: "SM",1\r\n')
        self.tty.at('AT+CMGF=1;+CSCS="IRA"')
        self.assertEqual(self.tty.at("AT+CMGR=1"),
                         ['+CMGR: "REC UNREAD","+97600001234",,"26/11/22,21:00:43+32"', "plain words", "OK"])
        self.assertEqual(self.tty.at('AT+CMGL="ALL"')[0], '+CMGL: 1,"REC READ","+97600001234",,"26/11/22,21:00:43+32"')
        self.tty.write('AT+CMGS="+97600005678"\r')
        self.tty.until("> ")
        self.tty.write("Hello phone\x1a")
        self.assertEqual(self.tty.final(), ["+CMGS: 0", "OK"])
        self.assertEqual(self.sim.inbox("+97600005678")[0]["text"], "Hello phone")


class Shapes(Modem):
    """Texts as phones make them."""

    def pdus(self, **fields):
        return self.sim.do("sms", **fields)

    def test_long_texts_are_cut_on_whole_characters(self):
        one = self.pdus(from_=FROM, text="a" * 152 + "€" + "b" * 100)
        self.assertEqual(one["parts"], 2)
        ud = one["pdus"][0].index("050003")
        self.assertEqual(one["pdus"][0][ud - 2:ud + 12][:2], "9F")  # 7 of header and 152: the escape pair did not fit
        two = self.pdus(from_=FROM, text="\U0001F600" * 40)
        self.assertEqual(two["parts"], 2)
        self.assertEqual(two["pdus"][0][-8:], "D83DDE00")

    def test_order_duplicates_and_missing_parts(self):
        long = "word " * 120
        sent = self.pdus(from_=FROM, text=long, order=[3, 1, 4, 2], width=16, ref=777)
        self.assertEqual(sent["parts"], 4)
        sequence = [pdu[pdu.index("0608040309") + 10:][:4] for pdu in sent["pdus"]]
        self.assertEqual(sequence, ["0403", "0401", "0404", "0402"])
        self.assertEqual(len(self.pdus(from_=FROM, text=long, order=[1, 1, 3])["pdus"]), 3)
        self.assertFalse(self.sim.try_("sms", from_=FROM, text=long, order=[5])["ok"])

    def test_alphanumeric_class_and_raw_units(self):
        self.assertIn("0ED0", self.pdus(from_="HOTLINE1", text="x")["pdus"][0])
        self.assertIn("0010", self.pdus(from_=FROM, text="x", class_=0)["pdus"][0][24:])
        self.assertTrue(self.pdus(from_=FROM, text="", units=[0xD83D])["pdus"][0].endswith("02D83D"))
        self.assertFalse(self.sim.try_("sms", from_=FROM, text="ү", coding="gsm7")["ok"])

    def test_raw_pdu_and_lines(self):
        self.ready()
        self.sim.do("pdu", line="zz not a PDU")
        self.assertEqual(self.read_and_delete(1)[-2:], ["zz not a PDU", "OK"])
        self.sim.do("line", text="^BOOT:1,2")
        self.tty.until("\r\n^BOOT:1,2\r\n")
        self.sim.do("line", octets="00FF0D")
        self.tty.until(b"\x00\xff\r")


class Sending(Modem):
    def test_text_reaches_the_phone(self):
        self.sim.watch()
        self.ready()
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMGS: 0", "OK"])
        self.assertEqual(self.tty.send_pdu(submit(dcs="08", ud="060445042F0031")), ["+CMGS: 1", "OK"])
        self.assertEqual(self.sim.phone_text("+97600005678"), "Hello!")
        self.assertEqual(self.sim.phone_text("+97600005678"), "хЯ1")

    def test_long_text_is_put_together(self):
        self.ready()
        self.tty.send_pdu(submit(first="71", dcs="08", ud="0A05000309020204310432"))
        self.assertEqual(self.sim.inbox(), [])
        self.tty.send_pdu(submit(first="71", dcs="08", ud="080500030902010430"))
        self.assertEqual([(t["text"], t["parts"]) for t in self.sim.inbox()], [("абв", 2)])

    def test_pdus_that_are_wrong(self):
        self.ready()
        for pdu in ("0031", submit()[:-2], submit() + "00", submit(dcs="20"), submit(first="71", ud="0205FF")):
            with self.subTest(pdu):
                self.assertEqual(self.tty.send_pdu(pdu), ["+CMS ERROR: 304"])
        self.tty.write("AT+CMGS=17\r")
        self.tty.until("> ")
        self.tty.write(submit() + "\x1a")
        self.assertEqual(self.tty.final(), ["+CMS ERROR: 304"])
        self.tty.write("AT+CMGS=17\r")
        self.tty.until("> ")
        self.tty.write(b"00\x1b")
        self.assertEqual(self.tty.final(), ["OK"])
        self.assertEqual(self.sim.inbox(), [])

    def test_reports(self):
        self.ready("2,1,0,1,0")
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMGS: 0", "OK"])
        self.tty.until("+CDS: 25\r\n")
        self.assertRegex(self.tty.until("\r\n").decode(), "^" + READ + "06000B917906005076F8[0-9]{28}00\r\n$")
        self.sim.do("reports", mode="duplicate", status=70)
        self.tty.send_pdu(submit())
        for _ in range(2):
            self.tty.until("+CDS: 25\r\n")
            self.assertTrue(self.tty.until("\r\n").strip().endswith(b"46"))
        self.sim.do("reports", mode="never")
        self.tty.send_pdu(submit())
        self.assertEqual(self.tty.at("AT"), ["OK"])

    def test_a_full_sim_does_not_hold_up_reports(self):
        self.ready("2,1,0,1,0")
        self.sim.do("storage", capacity=1)
        for text in ("one", "waits"):
            self.sim.do("sms", from_=FROM, text=text)
        self.tty.until('+CMTI: "SM",1\r\n')
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMGS: 0", "OK"])
        self.tty.until("+CDS: 25\r\n")

    def test_inboxes_are_bounded(self):
        self.ready()
        for i in range(103):
            self.assertEqual(self.tty.send_pdu(submit())[0], "+CMGS: %d" % i)
        self.assertEqual(len(self.sim.do("phone", limit=1000)["texts"]), 100)
        self.assertEqual(len(self.sim.do("phone", limit=3, clear=True)["texts"]), 3)
        self.assertEqual(self.sim.inbox(), [])

    def test_reports_are_stored(self):
        self.ready("2,1,0,2,0")
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMGS: 0", "OK"])
        self.tty.until('+CDSI: "SR",1\r\n')
        self.tty.at('AT+CPMS="SR"')
        self.assertEqual(self.tty.at("AT+CMGR=1")[0], "+CMGR: 0,,25")
        self.assertEqual(self.tty.at("AT+CMGD=1"), ["OK"])

    def test_no_service(self):
        self.ready()
        self.tty.at("AT+CREG=1")
        self.sim.do("set", registration=2)
        self.tty.until("\r\n+CREG: 2\r\n")
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMS ERROR: 331"])
        self.sim.do("sms", from_=FROM, text="later")
        self.sim.do("set", registration=1)
        self.tty.until("+CREG: 1\r\n")
        self.tty.until('+CMTI: "SM",1\r\n')

    def test_radio_delay_lies_before_the_reply(self):
        self.sim.watch("submit")
        self.ready()
        self.sim.do("set", radio_ms=30)
        self.tty.write("AT+CMGS=%d\r" % (len(submit()) // 2 - 1))
        self.tty.until("> ")
        self.tty.write(submit() + "\x1aAT\r")
        self.assertEqual(self.tty.final(), ["+CMGS: 0", "OK"])
        self.sim.event("submit")
        self.assertEqual(self.tty.final(), ["OK"])  # what came while it ran was kept


class Card(Modem):
    def test_pin(self):
        self.ready()
        self.sim.do("set", pin="1234", locked=True)
        self.tty.at("AT+CMEE=1")
        self.assertEqual(self.tty.at("AT+CPIN?")[0], "+CPIN: SIM PIN")
        self.assertEqual(self.tty.at("AT+CMGL=4"), ["+CMS ERROR: 311"])
        self.assertEqual(self.tty.at("AT+CIMI"), ["+CME ERROR: 11"])
        self.assertEqual(self.tty.at('AT+CPIN="0000"'), ["+CME ERROR: 16"])
        self.assertEqual(self.tty.at("AT+CPINR")[0], "+CPINR: SIM PIN,2,3")
        self.assertEqual(self.tty.at('AT+CPIN="1234"'), ["OK"])
        self.assertEqual(self.tty.at("AT+CPIN?")[0], "+CPIN: READY")

    def test_puk(self):
        self.ready()
        self.sim.do("set", pin="1234", locked=True, pin_tries=1)
        self.tty.at("AT+CMEE=1")
        self.assertEqual(self.tty.at('AT+CPIN="0000"'), ["+CME ERROR: 12"])
        self.assertEqual(self.tty.at("AT+CPIN?")[0], "+CPIN: SIM PUK")
        self.assertEqual(self.tty.at('AT+CPIN="12345678","4321"'), ["OK"])
        self.assertEqual(self.tty.at("AT+CIMI"), ["428990000000001", "OK"])

    def test_another_sim(self):
        self.ready("2,0,0,0,0")
        self.sim.do("sms", from_=FROM, text="on the old SIM")
        self.sim.do("set", imsi="428990000009999")
        self.assertEqual(self.tty.at("AT+CIMI")[0], "428990000009999")
        self.assertEqual(self.sim.do("storage")["used"], 0)
        self.sim.do("set", absent=True)
        self.assertEqual(self.tty.at("AT+CMGL=4"), ["+CMS ERROR: 310"])


class Calls(Modem):
    def test_incoming_call(self):
        self.ready()
        self.tty.at("AT+CLIP=1")
        self.sim.do("call", from_=FROM)
        self.tty.until('\r\nRING\r\n\r\n+CLIP: "+97600001234",145')
        self.assertEqual(self.tty.at("ATH")[-1], "OK")
        self.assertEqual(self.tty.at("AT+CPAS"), ["+CPAS: 0", "OK"])

    def test_ussd(self):
        self.ready()
        self.assertEqual(self.tty.at('AT+CUSD=1,"*123#",15'), ["OK"])
        self.tty.until('+CUSD: 1,"1. Balance')
        self.tty.until("15\r\n")
        self.tty.at('AT+CUSD=1,"1",15')
        self.tty.until('+CUSD: 0,"Balance: 5000 MNT",15\r\n')
        self.tty.at('AT+CUSD=1,"*101#",15')
        self.tty.until('+CUSD: 0,"04AE04')
        self.tty.until(",72\r\n")
        self.assertEqual(self.tty.at("ATD*999#;"), ["OK"])
        self.tty.until("+CUSD: 4\r\n")
        self.sim.do("ussd", text="Top up", status=1)
        self.tty.until('+CUSD: 1,"Top up",15\r\n')


class Measuring(Modem):
    def test_load_and_stats(self):
        self.sim.watch("load")
        self.ready()
        self.sim.do("track", number="+97600005678")
        self.sim.do("load", count=200, modems=[0], text="message {n}")
        seen = set()
        while len(seen) < 200:
            self.tty.until('+CMTI: "SM",')
            index = int(self.tty.until("\r\n"))
            lines = self.tty.at("AT+CMGR=%d" % index)
            seen.update(line for line in lines if line.startswith(READ))
            held = [line for line in lines if line.startswith("+CMTI")]
            self.tty.write("AT+CMGD=%d\r" % index)
            self.tty.data = "".join("\r\n%s\r\n" % line for line in held).encode() + self.tty.data
            got = self.tty.until("OK\r\n")
            self.tty.data = got.replace(b"\r\nOK\r\n", b"") + self.tty.data
        self.sim.event("load")
        self.tty.data = b""
        self.tty.send_pdu(submit())
        stats = self.sim.do("stats")
        self.assertEqual((stats["stored"], stats["deleted"], stats["load"]["deleted"]), (200, 200, 200))
        self.assertEqual(stats["stored_to_deleted_us"]["count"], 200)
        self.assertEqual([(t["count"], t["unanswered"]) for t in stats["arrival_to_text_us"]], [(1, 199)])


    def test_load_at_a_rate(self):
        self.ready()
        self.sim.watch("stored")
        self.sim.do("storage", capacity=100)
        self.sim.do("load", count=60, rate=2000, from_base="+97600001", distinct=False, text="same sender {n}")
        self.assertFalse(self.sim.try_("load", count=1)["ok"])
        for _ in range(60):
            self.sim.event("stored")
        slots = [slot["line"] for modem in (0, 1) for slot in self.sim.do("storage", modem=modem)["messages"]]
        self.assertEqual(len(set(slots)), 60)
        self.assertEqual(self.sim.do("storage", modem=1)["used"], 30)
        self.assertEqual(self.sim.do("load_stop")["load"]["sent"], 60)


class Client(Modem):
    def client(self, *words):
        return harness.run([harness.program("hotline-simmodem"), words[0], "--control", self.sim.control] + list(words[1:]))

    def test_commands_for_people(self):
        self.ready()
        self.assertEqual(self.client("text", "--from", FROM, "сайн уу"), (0, ""))
        self.assertEqual(self.sim.do("storage")["used"], 1)
        self.tty.send_pdu(submit())
        self.assertEqual(self.client("phone", "+97600005678"), (0, "+97600005678  Hello!\n"))
        code, answer = self.client("do", '{"op":"no such thing"}')
        self.assertEqual((code, "unknown op" in answer), (1, True))
        self.assertEqual(self.client("text", "--from", FROM, "--modem", "7", "x")[0], 1)
        for word in ("text", "phone", "watch", "do"):
            self.assertEqual(harness.run([harness.program("hotline-simmodem"), word, "--help"])[0], 0)

    def test_links_and_socket_go_away_at_the_end(self):
        self.assertTrue(os.path.islink(self.sim.path(1)))
        self.assertEqual(self.sim.stop(), 0)
        self.assertFalse(os.path.lexists(self.sim.path(1)))
        self.assertFalse(os.path.exists(self.sim.control))


if __name__ == "__main__":
    harness.main()
