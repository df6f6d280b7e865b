"""What the tests of `hotlinectl modem probe` share."""
import json
import os
import subprocess

import harness
from harness import SRCDIR, Case, program

CHECKS = ["answers AT", "model", "SIM", "PIN", "registered", "signal", "SMSC", "memory", "store and notify", "delivery reports",
          "USSD"]


def ctl(folder, *args, **kwargs):
    """(exit code, output) of hotlinectl with a configuration that names the shipped profiles and a core that is not there."""
    config = os.path.join(folder, "probe.conf")
    with open(config, "w") as f:
        f.write('modems_dir = "%s/modems"; control_socket = "%s/none.sock";\n' % (SRCDIR, folder))
    done = subprocess.run([program("hotlinectl"), "--config", config] + list(args), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=harness.DEADLINE,
                          env=dict(os.environ, HOTLINE_MODEM=program("hotline-modem")), **kwargs)
    return done.returncode, done.stdout.decode()


class ProbeCase(Case):
    def setUp(self):
        super().setUp()
        self.sim = self.start_sim(1)

    def probe(self, tty=None, **kwargs):
        return ctl(self.folder, "modem", "probe", tty or self.sim.path(), **kwargs)

    def port(self, tty=None):
        """The one port of the answer for programs."""
        code, text = ctl(self.folder, "--json", "modem", "probe", tty or self.sim.path())
        port, = json.loads(text)["ports"]
        self.assertEqual(code, 0 if port["green"] else 1, text)
        return port

    def reds(self, port):
        return [c["check"] for c in port["checks"] if c["verdict"] == "red"]

    def check(self, port, name):
        return next(c for c in port["checks"] if c["check"] == name)
