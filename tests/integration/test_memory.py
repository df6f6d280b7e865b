"""What a program still has in its memory after a text was handled: whoever gets at a memory image later finds no text and no number."""
import os
import unittest

from harness import main
from system import OFFICER, SystemCase

TEXTER = "+97600007351"
TEXT = "zqcanary girl of 14 is made to meet men in Bayanzurkh"
LONG = "zqcanary a long story " * 12


def heap_of(pid):
    """The octets of the heap of a process."""
    with open("/proc/%d/maps" % pid) as maps, open("/proc/%d/mem" % pid, "rb", 0) as memory:
        spans = [line.split()[0].split("-") for line in maps if line.rstrip().endswith("[heap]")]
        data = b""
        for start, end in ((int(a, 16), int(b, 16)) for a, b in spans):
            memory.seek(start)
            data += memory.read(end - start)
        return data


@unittest.skipIf(os.geteuid() != 0, "only root may look into programs that hide their memory")
class MemoryTest(SystemCase):
    def test_nothing_stays_of_a_text_that_was_handled(self):
        system = self.start_system(modems=1)
        for text in (TEXT, LONG):
            system.sim.do("sms", modem=0, from_=TEXTER, text=text)
        system.phones.text(OFFICER, "Case")
        system.phones.text(TEXTER)
        found = []

        def is_clean(status):
            del found[:]
            for name, pid in (("hotlined", system.core.pid), ("hotline-modem", system.workers["m0"].pid)):
                heap = heap_of(pid)
                found.extend((name, heap[max(0, heap.find(word) - 40):][:120]) for word in (b"zqcanary", TEXTER[4:].encode()) if word in heap)
            return status["counters"]["stored"] == 2 and status["outbox"]["dialogue"]["sent"] == 1 and not found

        try:
            system.wait_status(is_clean, "memory without the text")
        except AssertionError:
            self.assertEqual(found, [])
            raise


if __name__ == "__main__":
    main()
