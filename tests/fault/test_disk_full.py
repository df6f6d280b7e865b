#!/usr/bin/env python3
"""A full disk: nothing is deleted from the SIM that is not committed, nothing is lost, and service resumes when there is room."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from harness import main  # noqa: E402
from system import OFFICER, SystemCase, codes_in, mount_tmpfs  # noqa: E402

TEXTS_MAX = 400


class DiskFull(SystemCase):
    def test_full_and_freed(self):
        disk = os.path.join(self.folder, "disk")
        mount_tmpfs(self, disk, "4m")
        system = self.start_system(modems=1, database=os.path.join(disk, "hotlined.db"),
            modem_settings={"m0": {"sweep_s": 1}})
        system.sim.do("sms", modem=0, from_="+97600006000", text="a girl of 12 is sold")
        system.phones.text(OFFICER)
        ballast = os.path.join(disk, "ballast")
        with open(ballast, "wb", buffering=0) as f:
            try:
                while True:
                    f.write(b"\0" * 4096)
            except OSError:
                pass
        # The log has room for the first few; then every turn is aborted, and what left the SIM until then is on disk.
        texts = 0
        while texts < TEXTS_MAX and (texts < 20 or system.status()["counters"]["aborts"] < 2):
            system.sim.do("sms", modem=0, from_="+97600005%03d" % texts, text="a girl of 12 is sold %d" % texts)
            texts += 1
        system.wait_status(lambda s: s["counters"]["aborts"] >= 2, "the core to notice the full disk")
        modem = system.sim.do("modem", modem=0)["modem"]
        self.assertGreater(modem["sm_used"], 0)
        self.assertGreaterEqual(system.status()["counters"]["stored"] - 1, texts - modem["sm_used"] - modem["waiting"])
        os.unlink(ballast)
        system.wait_status(lambda s: s["counters"]["stored"] == texts + 1, "every text to be stored")
        codes = set()
        while len(codes) < texts:
            codes.update(codes_in(system.phones.text(OFFICER)))
        system.wait_status(lambda s: system.on_sim(0) == 0, "the SIM to be empty")
        system.stop_core()
        rows = system.rows("SELECT count(*), count(DISTINCT contact_id) FROM message WHERE direction = 0")
        self.assertEqual(rows, [(texts + 1, texts + 1)])


if __name__ == "__main__":
    main()
