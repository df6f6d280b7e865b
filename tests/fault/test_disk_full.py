#!/usr/bin/env python3
"""A full disk: nothing is deleted from the SIM that is not committed, nothing is lost, and service resumes when there is room."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'integration'))
from harness import main  # noqa: E402
from system import OFFICER, SystemCase, codes_in, mount_tmpfs  # noqa: E402
TEXTS = 30


class DiskFull(SystemCase):
	def test_full_and_freed(self):
		disk = os.path.join(self.folder, 'disk')
		mount_tmpfs(self, disk, '4m')
		system = self.start_system(modems=1, database=os.path.join(disk, 'hotlined.db'),
			modem_settings={'m0': {'sweep_s': 1}})
		system.sim.do('sms', modem=0, from_='+97600005000', text='a girl of 12 is sold')
		system.phones.text(OFFICER)
		ballast = os.path.join(disk, 'ballast')
		with open(ballast, 'wb', buffering=0) as f:
			try:
				while True:
					f.write(b'\0' * 4096)
			except OSError:
				pass
		for i in range(TEXTS):
			system.sim.do('sms', modem=0, from_='+976000051%02d' % i, text='a girl of 12 is sold %d' % i)
		system.wait_status(lambda s: s['counters']['aborts'] >= 2, 'the core to notice the full disk')
		# The log may have had room for the first few; whatever left the SIM is on disk.
		on_sim = system.on_sim(0)
		self.assertGreater(on_sim, TEXTS // 2)
		self.assertGreaterEqual(system.status()['counters']['stored'] - 1, TEXTS - on_sim)
		os.unlink(ballast)
		system.wait_status(lambda s: s['counters']['stored'] == TEXTS + 1, 'every text to be stored')
		codes = set()
		while len(codes) < TEXTS:
			codes.update(codes_in(system.phones.text(OFFICER)))
		system.wait_status(lambda s: system.on_sim(0) == 0, 'the SIM to be empty')
		system.stop_core()
		self.assertEqual(system.rows('SELECT count(*), count(DISTINCT contact_id) FROM message WHERE direction = 0'), [(TEXTS + 1, TEXTS + 1)])


if __name__ == '__main__':
	main()
