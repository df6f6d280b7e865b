#!/usr/bin/env python3
"""Plugging in and out: workers of ports, modems that come back under another name, and what is done with strangers.

The test is udev and systemd: it makes the links and starts the workers."""
import os
import time
import unittest

import harness
from fake_core import WorkerCase
from system import OFFICER, SystemCase

IMEI = "3550000000%05d"  # of the simulator's modems, counted from 1


def imei(modem):
    return IMEI % (modem + 1)


class Ports:
    """A folder of names for the simulator's lines, as udev would make them."""

    def __init__(self, folder, sim):
        self.folder = os.path.join(folder, "ports")
        os.mkdir(self.folder)
        self.sim = sim

    def path(self, name):
        return os.path.join(self.folder, name)

    def plug(self, modem, name):
        os.symlink(self.sim.path(modem), self.path(name))
        return self.path(name)

    def move(self, modem, old, new):
        """Pulled out and put in again, where it gets another name."""
        self.sim.do("unplug", modem=modem)
        os.rename(self.path(old), self.path(new))
        self.sim.do("plug", modem=modem)


def start_port_worker(case, path, link=None, name="port"):
    return case.keep(harness.Program([harness.program("hotline-modem"), "--port", path, "--link",
        link or os.path.join(case.folder, "link.sock"), "--verbose"], case.folder, name))


class Port(WorkerCase):
    """The worker of a port, before a core that is this test."""
    modems = 2

    def setUp(self):
        super().setUp()
        self.ports = Ports(self.folder, self.sim)
        self.port = self.ports.plug(0, "ttyUSB0")
        self.core.welcome.update(name="m0", tty=self.port)

    def start_port(self):
        self.worker = start_port_worker(self, self.port)
        return self.worker

    def test_says_who_is_there(self):
        self.start_port()
        hello = self.core.wait("hello")
        self.assertEqual((hello["port"], hello["imei"]), (self.port, imei(0)))
        self.assertNotIn("name", hello)
        self.assertTrue(hello["model"])
        self.assertIn(os.path.realpath(self.port), hello["links"].split(" "))
        self.core.wait_ready()
        self.assertEqual(self.core.all("modem")[-1]["port"], self.port)
        self.sms("a text")
        self.assertEqual(self.core.wait("inbound")["text"], "a text")

    def test_ends_quietly_when_unplugged(self):
        worker = self.start_port()
        self.core.wait_ready()
        self.sim.do("unplug")
        self.assertEqual(worker.wait(), 0)
        self.assertNotIn("level=err", worker.error_text())

    def test_waits_for_a_modem_that_starts(self):
        """Silence at first, then refusals."""
        self.sim.do("fault", name="error", prefix="+CGSN", times=2)
        self.sim.do("fault", name="hang", ms=2500)
        self.start_port()
        self.assertEqual(self.core.wait("hello")["imei"], imei(0))
        self.core.wait_ready()

    def test_knows_its_own_port_only(self):
        """Another device under the same name is out of reach: the sandbox has the device, not the folder."""
        worker = self.start_port()
        self.core.wait_ready()
        os.unlink(self.port)
        self.ports.plug(1, "ttyUSB0")
        self.sim.do("unplug", modem=0)
        self.assertEqual(worker.wait(), 75)
        self.assertIn("Permission denied", worker.error_text())

    def test_unwelcome(self):
        """It waits, keeps its hands off the line, and is taken when the core asks again."""
        welcome, self.core.welcome = self.core.welcome, {"type": "unwelcome", "why": "adopt is false"}
        worker = self.start_port()
        self.core.wait("hello")
        self.core.welcome = welcome
        self.core.drop()
        self.core.wait_ready()
        self.assertIn("adopt is false", worker.error_text())

    def test_keeps_its_modem_while_the_core_is_away(self):
        self.start_port()
        self.core.wait_ready()
        self.core.stop()
        self.core.listen()
        self.assertEqual(self.core.wait("hello")["imei"], imei(0))
        self.core.wait_ready()

    def test_arguments(self):
        for args in (("--port",), ("--port", "ttyUSB0"), ("--port", "/dev/ttyUSB0", "m0"), ("--port", "/" + "x" * 200)):
            code, text = harness.run([harness.program("hotline-modem")] + list(args))
            self.assertEqual(code, 64, args)
            self.assertIn("usage:", text)


class Named(WorkerCase):
    """The worker of a configured modem finds it again."""
    modems = 2

    def setUp(self):
        super().setUp()
        self.ports = Ports(self.folder, self.sim)
        self.core.welcome["tty"] = self.ports.plug(0, "ttyUSB0")

    def port_in_use(self):
        return os.path.basename([m for m in self.core.all("modem") if m.get("port")][-1]["port"])

    def test_another_name(self):
        """Whether its IMEI is configured, or learnt from the modem that was there."""
        for configured, old, new in ((None, "ttyUSB0", "ttyUSB3"), (imei(0), "ttyUSB3", "ttyUSB5")):
            with self.subTest(configured=configured):
                if configured:
                    self.core.drop()
                    self.core.welcome["imei"] = configured
                    self.core.wait("hello")
                else:
                    self.start()
                self.core.wait_ready_now()
                self.ports.move(0, old, new)
                self.core.wait_state("absent")
                self.core.wait_ready()
                self.assertEqual(self.port_in_use(), new)
                self.sms("at " + new)
                self.core.wait("inbound", lambda m: m["text"] == "at " + new)
        self.assertEqual(len({m["imei"] for m in self.core.all("modem") if m.get("imei")}), 1)

    def test_another_modem_at_its_place(self):
        """Told its IMEI it takes no other one; a place without an IMEI takes what is plugged in."""
        self.start()
        self.sim.do("unplug", modem=0)
        self.core.wait_state("absent")
        os.unlink(self.ports.path("ttyUSB0"))
        self.ports.plug(1, "ttyUSB0")
        self.core.wait_ready()
        self.assertEqual(self.core.all("modem")[-1]["imei"], imei(1))
        self.core.drop()
        self.core.welcome["imei"] = imei(0)
        self.core.wait("modem", lambda m: m["state"] == "absent" and imei(0) in m.get("detail", ""))
        self.sim.do("plug", modem=0)
        self.ports.plug(0, "ttyUSB1")
        self.core.wait_ready()
        self.assertEqual(self.core.all("modem")[-1]["imei"], imei(0))
        self.assertEqual(self.port_in_use(), "ttyUSB1")

    def test_imei_without_tty(self):
        """Nothing but what lies in /dev can be searched then; none of it is ours."""
        del self.core.welcome["tty"]
        self.core.welcome["imei"] = imei(0)
        self.start(ready=False)
        self.core.wait("modem", lambda m: "no modem with the IMEI " + imei(0) in m.get("detail", ""))

    def test_a_port_in_use(self):
        self.start()
        other = harness.Program([harness.program("hotline-modem"), "--port", self.ports.path("ttyUSB0"), "--link",
            os.path.join(self.folder, "nobody.sock")], self.folder, "other")
        self.keep(other)
        with open(other.errors, "rb") as f:
            fd = f.fileno()
            wanted, deadline = b"in use by another program", time.monotonic() + harness.DEADLINE
            while wanted not in os.pread(fd, 1 << 16, 0):
                self.assertIsNone(other.process.poll())
                self.assertLess(time.monotonic(), deadline, other.error_text())
                self.core.is_quiet(0.05)
        self.sms("undisturbed")
        self.core.wait("inbound")


class Adopted(SystemCase):
    """With the real core."""

    def start_with(self, modems=2, **settings):
        self.system = self.start_system(modems, start=False, **settings)
        self.ports = Ports(self.folder, self.system.sim)
        self.system.start_core()

    def start_port(self, name):
        return start_port_worker(self, self.ports.path(name), name=name)

    def wait_modem(self, name, wanted, what):
        def is_so(status):
            return name in status["modems"] and wanted(status["modems"][name])
        return self.system.wait_status(is_so, "%s to be %s" % (name, what))["modems"][name]

    def wait_ready(self, name):
        return self.wait_modem(name, lambda m: m["ready"], "ready")

    def found(self):
        return self.system.ask("modems")["found"]

    def wait_found(self, wanted, what):
        self.system.wait_status(lambda _: any(wanted(f) for f in self.found()), what)
        return [f for f in self.found() if wanted(f)][0]

    def test_works_when_plugged_in(self):
        """Under a name made of its IMEI, wherever it is plugged in, with texts that are not taken twice."""
        self.start_with(configured=0)
        self.ports.plug(0, "ttyUSB0")
        first = self.start_port("ttyUSB0")
        modem = self.wait_ready("usb-000001")
        self.assertTrue(modem["adopted"])
        self.assertEqual(os.path.basename(modem["port"]), "ttyUSB0")
        code, text = self.system.ctl("modems")
        self.assertEqual(code, 0)
        self.assertIn('{ name = "usb-000001"; imei = "%s"; }' % imei(0), text)
        self.ports.move(0, "ttyUSB0", "ttyUSB4")
        self.assertEqual(first.wait(), 0)
        self.start_port("ttyUSB4")
        self.wait_modem("usb-000001", lambda m: m["ready"] and m["port"].endswith("ttyUSB4"), "ready at its other port")
        self.system.sim.do("sms", modem=0, from_="+97600001234", text="a child works at the market in khoroo 3")
        self.system.wait_status(lambda s: s["counters"]["stored"] == 1, "the text")
        self.assertEqual(len(self.system.status()["modems"]), 1)

    def test_two_swap_their_ports(self):
        """Each keeps its name, its PIN and what is reserved for it."""
        self.start_with(modem_settings={"m%d" % i: {"imei": imei(i), "tty": ""} for i in range(2)})
        for i in range(2):
            self.ports.plug(i, "ttyUSB%d" % i)
        workers = [self.start_port("ttyUSB%d" % i) for i in range(2)]
        for i in range(2):
            self.wait_ready("m%d" % i)
        for i in range(2):
            self.system.sim.do("unplug", modem=i)
            self.assertEqual(workers[i].wait(), 0)
            os.unlink(self.ports.path("ttyUSB%d" % i))
        for i in range(2):
            self.system.sim.do("plug", modem=i)
            self.ports.plug(i, "ttyUSB%d" % (1 - i))
            self.start_port("ttyUSB%d" % (1 - i))
        for i in range(2):
            modem = self.wait_modem("m%d" % i, lambda m, n=1 - i: m["ready"] and m["port"].endswith("ttyUSB%d" % n), "ready")
            self.assertFalse(modem["adopted"])
            self.assertEqual(modem["imei"], imei(i))

    def test_not_adopted(self):
        self.start_with(configured=0, adopt=False)
        self.ports.plug(0, "ttyUSB0")
        self.start_port("ttyUSB0")
        found = self.wait_found(lambda f: f["imei"] == imei(0), "the modem to be found")
        self.assertIn("adopt is false", found["why"])
        self.assertEqual(self.system.ask("modems")["modems"], [])
        text = self.system.ctl("modems")[1]
        self.assertIn("ttyUSB0", text)
        self.assertIn('imei = "%s"' % imei(0), text)

    def test_two_ports_with_one_imei(self):
        """A second AT port of one stick, or sticks that were all given one IMEI: the first keeps working; when it goes, the
        other one takes over."""
        self.start_with(configured=0)
        self.system.sim.do("set", modem=1, imei=imei(0))
        for i in range(2):
            self.ports.plug(i, "ttyUSB%d" % i)
        first = self.start_port("ttyUSB0")
        self.wait_ready("usb-000001")
        self.start_port("ttyUSB1")
        found = self.wait_found(lambda f: f["port"].endswith("ttyUSB1"), "the second one to be found")
        self.assertIn("another worker already, at " + self.ports.path("ttyUSB0"), found["why"])
        self.assertTrue(self.system.status()["modems"]["usb-000001"]["ready"])
        self.system.sim.do("unplug", modem=0)
        self.assertEqual(first.wait(), 0)
        self.wait_modem("usb-000001", lambda m: m["ready"] and m["port"].endswith("ttyUSB1"), "ready at the second port")

    def test_a_stranger_gets_no_numbers_of_texters(self):
        """Where modems are named, one that is not may be anybody's: it receives, and sends alerts where nobody else can."""
        self.start_with(configured=1)
        self.ports.plug(1, "ttyUSB1")
        self.start_port("ttyUSB1")
        self.assertTrue(self.wait_ready("usb-000002")["stranger"])
        self.assertIn("Is it yours?", self.system.ctl("modems")[1])
        self.system.sim.do("sms", modem=1, from_="+97600001234", text="a girl of 14 is locked in at the hotel in Bayanzurkh")
        self.system.phones.text(OFFICER)
        self.system.start_worker("m0")
        self.system.phones.text("+97600001234")
        self.system.stop_core()
        self.assertEqual(self.system.rows("SELECT DISTINCT modem FROM outbox WHERE lane = 1"), [("m0",)])

    def test_configured_by_its_place(self):
        """By tty, as it was before ports: no IMEI in the configuration, and the worker of the port finds its name."""
        self.start_with(1)
        self.ports.plug(0, "ttyUSB0")
        start_port_worker(self, self.system.sim.path(0), name="direct")
        self.assertFalse(self.wait_ready("m0")["adopted"])

    def test_a_worker_of_a_name_that_is_taken(self):
        """Two workers of one configured modem: the second harms nobody."""
        self.start_with(1)
        self.system.start_worker("m0")
        self.wait_ready("m0")
        second = harness.Program([harness.program("hotline-modem"), "m0", "--link", os.path.join(self.folder, "link.sock")],
            self.folder, "second")
        self.keep(second)
        self.assertIn("another worker", self.wait_found(lambda f: f["name"] == "m0", "the second one")["why"])
        self.assertTrue(self.system.status()["modems"]["m0"]["ready"])
        self.system.workers["m0"].kill()
        self.wait_ready("m0")


if __name__ == "__main__":
    harness.main()
