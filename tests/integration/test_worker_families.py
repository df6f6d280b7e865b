#!/usr/bin/env python3
"""hotline-modem with the profiles that are shipped, on modems with all the oddities of a family."""
import harness
import profiles
from fake_core import WorkerCase


class Families(WorkerCase):
    def receives(self, text="Sain uu"):
        self.sms(text)
        self.assertEqual(self.core.wait("inbound")["text"], text)
        self.wait_empty()

    def report_comes(self):
        self.core.text(1, "hello", to="+97600005678", report=True)
        self.core.wait("sent")
        return self.core.wait("report")

    def test_families(self):
        """A whole family's oddities with the profile that is shipped for it."""
        for family in ("huawei-e173", "huawei-e3372", "zte-mf190", "sim800", "sim7600", "quectel-ec25", "sierra", "cinterion",
                       "telit", "option"):
            with self.subTest(family=family):
                self.core.welcome["profile"] = dict(profiles.load(family), settle_ms=30)
                self.core.looked = len(self.core.heard)
                self.sim.do("quirks", family=family)
                self.start(ready=False)
                self.core.wait_ready()
                self.receives("Family %s" % family)
                if self.core.welcome["profile"].get("reports") != "none":
                    self.report_comes()
                    self.wait_empty("SR")
                self.worker.stop()


if __name__ == "__main__":
    harness.main()
