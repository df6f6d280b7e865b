#!/usr/bin/env python3
"""The udev rules, run by udev itself on a device that claims to be this or that; and that they agree with the profiles.

`udevadm test` really sets rights and makes links, so it is run where /dev, /run/udev and udev's own rules are empty folders."""
import glob
import os
import re
import shutil
import subprocess
import unittest

import harness

RULES = os.path.join(harness.SRCDIR, "systemd/udev")
AWK = os.path.join(RULES, "usb-rules.awk")
DEVICE = "/sys/class/tty/tty"  # is there on every Linux, and is no modem

SANDBOX = """
set -e
mkdir -p /run/udev
mount -t tmpfs none /run/udev
mount -t tmpfs none /usr/lib/udev/rules.d
mount -t tmpfs none /dev
mknod /dev/null c 1 3
mknod /dev/tty c 5 0
cp /etc/group "$1/group"
echo hotline-modem:x:64999: >>"$1/group"
mount --bind "$1/group" /etc/group
mkdir /run/udev/rules.d
cp "$1"/*.rules /run/udev/rules.d/
udevadm test "$2" 2>&1
stat -c 'RIGHTS=%a %G' /dev/tty
"""

PROFILES = {
    "one": 'description = "one";\nusb = [ "12d1:1506/2", # a comment with "0000:0000" in it\n\t"12d1:140c" ]; // and "0000:0001"\n'
           'usb_storage = [ "12d1:1f01" ];\nat_interface = 11;\nmodels = [ "E1:23" ];\n',
    "two": 'usb=["1e0e:9001"];\n',
    "three": '#usb = [ "0000:0002" ];\nusb = [\n\t"2c7c:0125"\n];\nat_interface = 2; # it is\n',
}


class Generated(harness.Case):
    def rules_of(self, profiles):
        paths = []
        for name, text in profiles.items():
            paths.append(os.path.join(self.folder, name + ".conf"))
            with open(paths[-1], "w") as f:
                f.write(text)
        code, text = harness.run(["awk", "-f", AWK] + paths)
        self.assertEqual(code, 0, text)
        return text

    def test_from_profiles(self):
        text = self.rules_of(PROFILES)
        ports = re.findall(r'ID_VENDOR_ID}=="(\w+)", ENV{ID_MODEL_ID}=="(\w+)", (?:ENV{ID_USB_INTERFACE_NUM}=="(\w+)", )?ENV{HOTLINE_PORT}', text)
        self.assertEqual(ports, [("12d1", "1506", "02"), ("12d1", "140c", "0b"), ("1e0e", "9001", ""), ("2c7c", "0125", "02")])
        devices = re.findall(r'ATTR{idVendor}=="(\w+)", ATTR{idProduct}=="(\w+)"', text)
        self.assertEqual(devices, [("12d1", "1506"), ("12d1", "140c"), ("1e0e", "9001"), ("2c7c", "0125")])

    def test_the_build_has_every_profile(self):
        with open(os.path.join(harness.BUILDDIR, "systemd/udev/97-hotline-usb.rules")) as f:
            built = f.read()
        wanted = set()
        for path in glob.glob(os.path.join(harness.SRCDIR, "modems/*.conf")):
            with open(path) as f:
                text = re.sub(r"(?m)(^|\s)(#|//).*", "", f.read())
            for ids in re.findall(r"(?ms)^usb\s*=\s*\[(.*?)\]", text):
                wanted |= set(re.findall(r'"(\w{4}):(\w{4})', ids))
        self.assertEqual(set(re.findall(r'ATTR{idVendor}=="(\w+)", ATTR{idProduct}=="(\w+)"', built)), wanted)


class Run(harness.Case):
    """By udev: what becomes of a tty with these properties."""

    def setUp(self):
        super().setUp()
        self.need("udevadm", "unshare")
        if os.geteuid() != 0 or not os.path.exists(DEVICE) or subprocess.run(["unshare", "-m", "true"],
                stderr=subprocess.DEVNULL).returncode:
            self.skipTest("needs root and mount namespaces")
        shutil.copy(os.path.join(RULES, "99-hotlined.rules"), self.folder)

    def run_udev(self, local="", **properties):
        """Properties that udev ends with, and what it complained of."""
        paths = []
        for name, text in PROFILES.items():
            paths.append(os.path.join(self.folder, name + ".conf"))
            with open(paths[-1], "w") as f:
                f.write(text)
        with open(os.path.join(self.folder, "97-hotline-usb.rules"), "w") as f:
            f.write(harness.run(["awk", "-f", AWK] + paths)[1])
        with open(os.path.join(self.folder, "60-claims.rules"), "w") as f:
            f.write(", ".join('ENV{%s}="%s"' % item for item in properties.items()) + "\n")
        with open(os.path.join(self.folder, "98-local.rules"), "w") as f:
            f.write(local + "\n")
        code, text = harness.run(["unshare", "-m", "--propagation", "private", "sh", "-c", SANDBOX, "sh", self.folder, DEVICE])
        self.assertEqual(code, 0, text)
        complaints = re.findall(r"(?m)^\S*(?:hotline|local)\S*\.rules:\d+ (?!GROUP|MODE|LINK).*$", text)
        self.assertEqual(complaints, [])
        return dict(line.split("=", 1) for line in text.splitlines() if re.match(r"[A-Z_]+=", line))

    def test_a_modem(self):
        found = self.run_udev(ID_VENDOR_ID="12d1", ID_MODEL_ID="1506", ID_USB_INTERFACE_NUM="02", ID_PATH="pci-1-usb-0:2:1.2")
        self.assertEqual(found["SYSTEMD_WANTS"], "hotline-modem-port@tty.service")
        self.assertEqual((found["ID_MM_PORT_IGNORE"], found["ID_MM_DEVICE_IGNORE"]), ("1", "1"))
        self.assertIn("/dev/hotline/pci-1-usb-0:2:1.2", found["DEVLINKS"].split())
        self.assertIn(":systemd:", found["TAGS"])
        self.assertEqual(found["RIGHTS"], "660 hotline-modem")

    def test_another_port_of_it(self):
        """Gets no worker, but ModemManager keeps away from it, too."""
        found = self.run_udev(ID_VENDOR_ID="12d1", ID_MODEL_ID="1506", ID_USB_INTERFACE_NUM="00", ID_PATH="p")
        self.assertNotIn("SYSTEMD_WANTS", found)
        self.assertNotIn("DEVLINKS", found)
        self.assertEqual(found["ID_MM_PORT_IGNORE"], "1")

    def test_a_family_whose_port_is_not_known(self):
        found = self.run_udev(ID_VENDOR_ID="1e0e", ID_MODEL_ID="9001", ID_USB_INTERFACE_NUM="05")
        self.assertEqual(found["SYSTEMD_WANTS"], "hotline-modem-port@tty.service")

    def test_something_else(self):
        """A serial adapter, an Arduino: not touched."""
        for ids in ({"ID_VENDOR_ID": "0403", "ID_MODEL_ID": "6001"}, {"ID_VENDOR_ID": "12d1", "ID_MODEL_ID": "0125"}, {"ID_BUS": "usb"}):
            found = self.run_udev(**ids)
            self.assertFalse({"SYSTEMD_WANTS", "ID_MM_PORT_IGNORE", "ID_MM_DEVICE_IGNORE", "DEVLINKS"} & set(found), found)
            self.assertNotIn("hotline", found["RIGHTS"])

    def test_exceptions_of_the_sample(self):
        """Its lines, as they would be written."""
        with open(os.path.join(RULES, "98-hotline-modems.rules.sample")) as f:
            lines = [line[1:] for line in f if line.startswith(("#SUBSYSTEM", "#ENV"))]
        unknown, leave, named = "".join(lines[:2]), lines[2], lines[3]
        found = self.run_udev(unknown, ID_VENDOR_ID="1234", ID_MODEL_ID="5678", ID_USB_INTERFACE_NUM="02")
        self.assertEqual(found["SYSTEMD_WANTS"], "hotline-modem-port@tty.service")
        self.assertEqual(found["ID_MM_DEVICE_IGNORE"], "1")
        leave = re.sub(r"SUBSYSTEMS.*?, KERNELS.*?, ", 'SUBSYSTEM=="tty", ', leave)  # this device has no parents
        found = self.run_udev(leave, ID_VENDOR_ID="12d1", ID_MODEL_ID="1506", ID_USB_INTERFACE_NUM="02")
        self.assertFalse({"SYSTEMD_WANTS", "ID_MM_PORT_IGNORE", "ID_MM_DEVICE_IGNORE"} & set(found), found)
        found = self.run_udev(named, ID_PATH="pci-0000:00:14.0-usb-0:2:1.2")
        self.assertEqual(found["SYSTEMD_WANTS"], "hotline-modem@modem1.service")
        self.assertIn("/dev/hotline/modem1", found["DEVLINKS"].split())


if __name__ == "__main__":
    harness.main()
