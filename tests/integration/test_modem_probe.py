#!/usr/bin/env python3
"""hotlinectl modem probe on simulated modems in good health, on all that is there, and on one that a worker has."""
import json
import os
import pty
import subprocess

import harness
from harness import Case, Tty, program
from probing import CHECKS, ProbeCase, ctl
from system import SystemCase


class Health(ProbeCase):
    def test_all_green(self):
        code, text = self.probe()
        self.assertEqual(code, 0, text)
        for name in CHECKS:
            self.assertRegex(text, r"(?m)^  green  %s " % name)
        self.assertNotIn(" red ", text)
        self.assertNotIn("\x1b", text)
        self.assertIn("profile: generic", text)
        self.assertIn('imei = "355000000000001"; profile = "generic";', text)
        self.assertEqual([c["check"] for c in self.port()["checks"]], CHECKS)

    def test_nothing_is_changed(self):
        self.sim.do("storage", fill=3)
        self.sim.do("set", pin="1234", locked=True)
        line = Tty(self.sim.path())
        line.at("AT+CNMI=1,1,0,0,0")
        line.close()
        self.sim.watch("command", "deleted", "submit")
        self.port()
        self.sim.do("set", no_pin=True)
        self.assertEqual(self.reds(self.port()), [])
        commands = [e.get("line", "") for e in self.events()]
        for word in ("+CMGD", "+CMGR", "+CMGL", "+CMGS", "+CPIN=", "+CFUN", "+CPMS=", "+CUSD="):
            self.assertEqual([c for c in commands if word in c], [], word)
        state = self.sim.do("modem")["modem"]
        self.assertEqual((state["sm_used"], state["pin_tries"], state["cnmi"]), (3, 3, [1, 1, 0, 0, 0]))

    def events(self):
        """All that were told so far: what is asked for last comes last."""
        line = Tty(self.sim.path())
        line.write("AT+GCAP\r")
        seen = []
        self.sim.watching.wait_event(lambda e: (seen.append(e), "AT+GCAP" in e.get("line", ""))[1])
        line.close()
        return seen

    def test_colour_on_a_terminal_only(self):
        ours, theirs = pty.openpty()
        config = os.path.join(self.folder, "probe.conf")
        self.probe()
        env = {"TERM": "xterm", "HOTLINE_MODEM": program("hotline-modem"), "PATH": os.environ["PATH"]}
        done = subprocess.Popen([program("hotlinectl"), "--config", config, "modem", "probe", self.sim.path()], stdin=theirs,
                                stdout=theirs, stderr=theirs, env=env)
        os.close(theirs)
        text = b""
        while b"for hotlined.conf" not in text:
            text += os.read(ours, 4096)
        done.wait(harness.DEADLINE)
        os.close(ours)
        self.assertIn(b"\x1b[32mgreen\x1b[0m", text)

    def test_families_are_recognised(self):
        for family in ("huawei-e173", "huawei-e3372", "zte-mf190", "sim800", "sim7600", "quectel-ec25", "sierra", "cinterion",
                       "telit", "option"):
            with self.subTest(family=family):
                self.sim.do("quirks", family=family)
                port = self.port()
                self.assertEqual((port["profile"], self.reds(port)), (family, []), port)

    def test_a_simulator_of_one_family(self):
        self.sim.stop()
        self.sim = self.start_sim(1, "--family", "cinterion")
        self.assertEqual(self.port()["profile"], "cinterion")
        code, text = harness.run([program("hotline-simmodem"), "--control", "x", "--dir", "x", "--family", "elephant"])
        self.assertEqual(code, 64)
        self.assertIn("--family elephant is not known", text)

    def test_attempts_at_the_pin_as_each_family_tells_them(self):
        self.sim.do("set", pin="1234", locked=True, pin_tries=2)
        for family in ("generic", "huawei-e173", "sim800", "sierra", "cinterion", "telit", "option"):
            with self.subTest(family=family):
                self.sim.do("quirks", family=family)
                self.assertIn("2 attempts are left; none was tried", self.check(self.port(), "PIN")["text"])


class Tree:
    """A folder that looks like /sys and /dev of a machine with modems."""

    def __init__(self, root):
        self.root = root
        os.makedirs(os.path.join(root, "sys/class/tty"))
        os.makedirs(os.path.join(root, "sys/bus/usb/devices"))
        os.makedirs(os.path.join(root, "dev"))

    def device(self, name, usb):
        folder = os.path.join(self.root, "sys/devices", name)
        os.makedirs(folder)
        for file, value in zip(("idVendor", "idProduct"), usb.split(":")):
            with open(os.path.join(folder, file), "w") as f:
                f.write(value + "\n")
        os.symlink(folder, os.path.join(self.root, "sys/bus/usb/devices", name))

    def port(self, device, interface, tty, real=None):
        folder = os.path.join(self.root, "sys/devices", device, "%s:1.%d" % (device, interface))
        os.makedirs(os.path.join(folder, tty))
        with open(os.path.join(folder, "bInterfaceNumber"), "w") as f:
            f.write("%02x\n" % interface)
        os.makedirs(os.path.join(self.root, "sys/class/tty", tty))
        os.symlink(os.path.join(folder, tty), os.path.join(self.root, "sys/class/tty", tty, "device"))
        if real:
            os.symlink(real, os.path.join(self.root, "dev", tty))


class Everything(Case):
    def test_without_a_tty(self):
        sim = self.start_sim(2)
        tree = Tree(os.path.join(self.folder, "root"))
        tree.device("1-1", "2c7c:0125")
        for interface in range(4):
            tree.port("1-1", interface, "ttyUSB%d" % interface, sim.path(0) if interface == 2 else None)
        tree.device("1-2", "19d2:0154")
        tree.device("1-3", "0403:6001")
        tree.port("1-3", 0, "ttyUSB9")
        tree.device("1-4", "12d1:1506")
        tree.port("1-4", 0, "ttyUSB10", sim.path(1))
        sim.do("quirks", modem=1, model="E3131")
        root = tree.root
        code, text = ctl(self.folder, "modem", "probe", "--root", root)
        self.assertEqual(code, 1, text) # the disk
        self.assertRegex(text, r"(?m)^%s/dev/ttyUSB2 \(USB 2c7c:0125\)\n  green  answers AT" % root)
        self.assertRegex(text, r"(?m)^USB 19d2:0154 \(zte-mf190\) is still a disk.*\n  mend: apt install usb-modeswitch")
        self.assertRegex(text, r"ttyUSB0 \(USB 2c7c:0125, interface 0\): not the AT port of its family")
        self.assertRegex(text, r"ttyUSB9 \(USB 0403:6001, interface 0\): no profile lists it")
        self.assertIn("profile: quectel-ec25", text)
        self.assertIn("profile: huawei-e3131", text)
        ports = json.loads(ctl(self.folder, "--json", "modem", "probe", "--root", root)[1])["ports"]
        asked = {p["tty"].split("/")[-1]: p["green"] for p in ports if "checks" in p}
        self.assertEqual(asked, {"ttyUSB2": True, "ttyUSB10": True})

    def test_nothing_there(self):
        tree = Tree(os.path.join(self.folder, "root"))
        code, text = ctl(self.folder, "modem", "probe", "--root", tree.root)
        self.assertEqual(code, 5)
        self.assertIn("no modem on USB: plug one in", text)


class InUse(SystemCase):
    def test_a_worker_has_it(self):
        system = self.start_system(1)
        system.wait_status(lambda s: s["modems"]["m0"]["operator"] == "Simulated", "the operator's name")
        for tty in (system.sim.path(), os.path.realpath(system.sim.path())):
            code, text = system.ctl("--config", system.config, "modem", "probe", tty)
            self.assertEqual(code, 0, text)
            self.assertIn("is in use by the worker of m0 and is not asked", text)
            self.assertRegex(text, r"green  (ready|sweeping|sending), Simulated; signal 20 of 31; \d+ of 50 slots")
        code, text = system.ctl("--config", system.config, "--json", "modem", "probe", system.sim.path())
        port, = json.loads(text)["ports"]
        self.assertEqual((code, port["used_by"], port["green"]), (0, "m0", True))
        system.sim.do("set", registration=2)
        system.wait_status(lambda s: s["modems"]["m0"]["state"] == "registering", "the network to be missed")
        code, text = system.ctl("--config", system.config, "modem", "probe", system.sim.path())
        self.assertEqual(code, 1)
        self.assertIn("red  registering", text)


if __name__ == "__main__":
    harness.main()
