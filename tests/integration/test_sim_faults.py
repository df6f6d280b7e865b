#!/usr/bin/env python3
"""Each fault that the simulated modem can be given, seen from its line; and that it ends."""
import errno
import os
import select
import time

import harness
from harness import Case, Tty
from test_sim_modem import FROM, submit


class Faults(Case):
    def setUp(self):
        super().setUp()
        self.sim = self.start_sim()
        self.tty = self.keep(Tty(self.sim.path()))
        self.tty.at("ATE0")
        self.tty.at("AT+CNMI=2,1,0,0,0")

    def fault(self, name, **fields):
        self.sim.do("fault", name=name, **fields)

    def silent(self):
        """Whether nothing was said: the simulator has carried out all that was written before, and the line is empty."""
        self.sim.do("modem")
        return not self.tty.data and not select.select([self.tty.fd], [], [], 0)[0]

    def commands_seen(self, line):
        self.sim.event("command", lambda e: e.get("line") == line)

    def test_hang(self):
        deadline = time.monotonic() + harness.DEADLINE
        self.sim.watch("stored")
        self.fault("hang", times=-1)
        self.tty.write("AT\r")
        self.sim.do("sms", from_=FROM, text="stored all the same")
        self.sim.event("stored")
        while self.sim.do("modem")["modem"]["unheard"] < 3:  # the line is not as quick as the control socket
            self.assertLess(time.monotonic(), deadline)
        self.assertTrue(self.silent())
        self.fault("hang", times=0)
        self.assertEqual(self.tty.at("AT+CPMS?")[0], '+CPMS: "SM",1,50,"SM",1,50,"SM",1,50')

    def test_error(self):
        self.fault("error", times=2, prefix="+CMGD")
        self.assertEqual(self.tty.at("AT+CSQ")[-1], "OK")
        self.assertEqual(self.tty.at("AT+CMGD=1"), ["ERROR"])
        self.tty.at("AT+CMEE=1")
        self.fault("error", times=1, code=515)
        self.assertEqual(self.tty.at("AT"), ["+CME ERROR: 515"])
        self.assertEqual(self.tty.at("AT"), ["OK"])

    def test_garbage_and_noise(self):
        self.fault("garbage")
        self.tty.write("AT+CSQ\r")
        got = self.tty.until("\r\n")
        self.assertNotIn(b"CSQ", got)
        self.fault("noise")
        self.tty.write("AT+CSQ\r")
        got = self.tty.until("OK\r\n")
        self.assertIn(b"+CSQ: 20,0\r\n", got)
        self.assertFalse(got.startswith(b"\r\n"))

    def test_lost_reply_of_a_text_that_was_sent(self):
        self.sim.watch()
        self.fault("lost_reply", prefix="+CMGS")
        pdu = submit()
        self.tty.write("AT+CMGS=%d\r" % (len(pdu) // 2 - 1))
        self.tty.until("> ")
        self.tty.write(pdu + "\x1a")
        self.assertEqual(self.sim.phone_text("+97600005678"), "Hello!")
        self.assertEqual(self.tty.data, b"")
        self.assertEqual(self.tty.at("AT"), ["OK"])

    def test_missing_prompt(self):
        self.sim.watch("command")
        self.fault("no_prompt")
        self.tty.write("AT+CMGS=18\r")
        self.commands_seen("AT+CMGS=18")
        self.assertTrue(self.silent())
        self.tty.write(b"\x1b")
        self.assertEqual(self.tty.final(), ["OK"])

    def test_urc_inside(self):
        for i in range(3):
            self.sim.do("sms", from_=FROM, text="text %d" % i)
            self.tty.until('+CMTI: "SM",%d\r\n' % (i + 1))
        self.fault("urc_inside", where="list", text="+CREG: 1")
        lines = self.tty.at("AT+CMGL=4")
        self.assertEqual(lines.index("+CREG: 1"), 2)
        self.fault("urc_inside", where="mid", text="RING", prefix="+CMGR")
        self.assertEqual(self.tty.at("AT+CMGR=1")[1], "RING")
        self.fault("urc_inside", text="^RSSI:20")
        self.assertEqual(self.tty.at("AT+CSQ"), ["+CSQ: 20,0", "^RSSI:20", "OK"])

    def test_mangled_echo(self):
        self.tty.at("ATE1")
        self.fault("echo", times=-1)
        self.tty.write("AT+CSQ\r")
        self.assertNotIn(b"AT+CSQ", self.tty.until("OK\r\n"))

    def test_refused_texts(self):
        self.fault("cms", code=21, to="+97600005678")
        self.assertEqual(self.tty.send_pdu(submit("+97600001111")), ["+CMGS: 0", "OK"])
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMS ERROR: 21"])
        self.assertEqual(self.tty.send_pdu(submit()), ["+CMGS: 1", "OK"])

    def test_storage_full(self):
        self.fault("full", times=-1)
        self.sim.do("sms", from_=FROM, text="waits")
        self.assertTrue(self.silent())
        self.assertEqual(self.tty.at("AT+CPMS?")[0], '+CPMS: "SM",50,50,"SM",50,50,"SM",50,50')
        pdu = submit()
        self.tty.write("AT+CMGW=%d\r" % (len(pdu) // 2 - 1))
        self.tty.until("> ")
        self.tty.write(pdu + "\x1a")
        self.assertEqual(self.tty.final(), ["+CMS ERROR: 322"])
        self.fault("full", times=0)
        self.tty.until('+CMTI: "SM",1\r\n')

    def test_lost_notice(self):
        self.fault("lost_urc")
        for _ in range(2):
            self.sim.do("sms", from_=FROM, text="x")
        self.assertEqual(self.tty.until('\r\n+CMTI: "SM",2\r\n'), b'\r\n+CMTI: "SM",2\r\n')

    def test_delete_that_does_nothing(self):
        self.sim.do("sms", from_=FROM, text="x")
        self.tty.until('+CMTI: "SM",1\r\n')
        self.fault("keep")
        self.assertEqual(self.tty.at("AT+CMGD=1"), ["OK"])
        self.assertEqual(self.sim.do("storage")["used"], 1)
        self.assertEqual(self.tty.at("AT+CMGD=1"), ["OK"])
        self.assertEqual(self.sim.do("storage")["used"], 0)

    def test_slow(self):
        self.sim.watch("command")
        self.fault("slow", times=1, ms=20)
        self.tty.write("AT+CSQ\r")
        self.commands_seen("AT+CSQ")
        self.assertEqual(self.tty.final(), ["+CSQ: 20,0", "OK"])

    def hung_up(self):
        poll = select.poll()
        poll.register(self.tty.fd, select.POLLIN)
        self.assertTrue(poll.poll(harness.DEADLINE * 1000))
        try:
            return os.read(self.tty.fd, 100) == b""
        except OSError as e:
            return e.errno == errno.EIO

    def test_line_drops_and_returns(self):
        self.sim.watch("line")
        self.sim.do("unplug")
        self.assertTrue(self.hung_up())
        self.assertFalse(os.path.lexists(self.sim.path()))
        self.sim.do("sms", from_=FROM, text="waits for the modem")
        self.sim.do("plug")
        self.sim.event("line", lambda e: e["what"] == "back")
        again = self.keep(Tty(self.sim.path()))
        self.assertEqual(again.at("AT")[:1], ["AT"])  # echo is on again: it lost power
        again.at("ATE0")
        self.assertEqual(again.at("AT+CMGL=4")[0][:9], "+CMGL: 1,")
        self.sim.do("unplug", ms=10)
        self.sim.event("line", lambda e: e["what"] == "gone")
        self.sim.event("line", lambda e: e["what"] == "back")
        self.assertTrue(os.path.exists(self.sim.path()))

    def test_silent_reset(self):
        self.sim.do("set", pin="1234")
        self.sim.do("reset", says="RDY|SMS Ready")
        self.tty.until("\r\nRDY\r\n\r\nSMS Ready\r\n")
        self.assertEqual(self.tty.at("AT+CNMI?")[1:], ["+CNMI: 0,0,0,0,0", "OK"])
        self.assertEqual(self.tty.at("AT+CPIN?")[1], "+CPIN: SIM PIN")

    def test_a_slot_that_kills_it(self):
        """Alone or in a list: nothing of it is shown, and it starts anew."""
        self.sim.do("sms", from_=FROM, text="one")
        self.fault("dies", times=2, code=1, text="RDY")
        for command in ("AT+CMGR=1", "AT+CMGL=4"):
            self.tty.write(command + "\r")
            self.assertNotIn(b"+CMG", self.tty.until("RDY\r\n").split(b"\n", 1)[-1])
        self.assertEqual(self.sim.do("modem")["modem"]["faults"], {})
        self.tty.at("ATE0")
        self.assertEqual(self.tty.at("AT+CMGR=1")[-1], "OK")

    def test_registration_that_changes_untold(self):
        self.tty.at("AT+CREG=1")
        self.fault("mute_creg", times=-1)
        self.sim.do("set", registration=2)
        self.assertEqual(self.tty.at("AT+CREG?"), ["+CREG: 1,2", "OK"])

    def test_no_service_centre(self):
        self.sim.do("set", no_smsc=True)
        self.assertEqual(self.tty.at("AT+CSCA?")[0], '+CSCA: "",129')
        self.assertEqual(self.tty.send_pdu(submit())[-1], "+CMS ERROR: 330")
        self.sim.do("set", smsc="+97600009999")
        self.assertEqual(self.tty.send_pdu(submit())[-1], "OK")

    def test_restart_by_command(self):
        self.sim.do("set", boot_urc="Call Ready")
        self.assertEqual(self.tty.at("AT+CFUN=1,1"), ["OK"])
        self.tty.until("Call Ready\r\n")
        self.fault("reset_drops", ms=10)
        self.sim.watch("line")
        self.assertEqual(self.tty.at("AT+CFUN=1,1")[-1], "OK")
        self.assertTrue(self.hung_up())
        self.sim.event("line", lambda e: e["what"] == "back")

    def test_no_faults(self):
        self.fault("hang", times=-1)
        self.fault("error", times=-1)
        self.sim.do("no_faults")
        self.assertEqual(self.tty.at("AT"), ["OK"])
        self.assertFalse(self.sim.try_("fault", name="nonsense")["ok"])


if __name__ == "__main__":
    harness.main()
