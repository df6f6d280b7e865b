# What the system must survive. torture.py is the long form of test_kill.py (make torture).
FAULT_TESTS = \
	tests/fault/test_broken_pdus.py \
	tests/fault/test_clock.py \
	tests/fault/test_disk_full.py \
	tests/fault/test_kill.py \
	tests/fault/test_line.py
TESTS += $(FAULT_TESTS)
EXTRA_DIST += $(FAULT_TESTS) tests/fault/torture.py
