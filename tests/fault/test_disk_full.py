#!/usr/bin/env python3
"""A full disk: nothing is deleted from the SIM that is not committed, nothing is lost, and service resumes when there is room."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'integration'))
from harness import main  # noqa: E402
from system import OFFICER, SystemCase, codes_in, mount_tmpfs  # noqa: E402


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
		for i in range(10):
			system.sim.do('sms', modem=0, from_='+9760000501%d' % i, text='a girl of 1%d is sold' % i)
		system.wait_status(lambda s: s['counters']['aborts'] >= 2, 'the core to notice the full disk')
		self.assertEqual(system.sim.do('modem', modem=0)['used'], 10, 'every text is still on the SIM')
		self.assertEqual(system.status()['counters']['stored'], 1)
		os.unlink(ballast)
		system.wait_status(lambda s: s['counters']['stored'] == 11, 'every text to be stored')
		codes = set()
		while len(codes) < 10:
			codes.update(codes_in(system.phones.text(OFFICER)))
		system.wait_status(lambda s: system.sim.do('modem', modem=0)['used'] == 0, 'the SIM to be empty')
		system.stop_core()
		self.assertEqual(system.rows('SELECT count(*), count(DISTINCT contact_id) FROM message WHERE direction = 0'), [(11, 11)])


if __name__ == '__main__':
	main()
