#!/usr/bin/env python3
"""Runs a program for which some system calls fail, as on a machine that does not have them.

usage: deny_calls.py NUMBER[,NUMBER...] PROGRAM [ARGUMENT...]"""
import ctypes
import errno
import os
import struct
import sys

PR_SET_SECCOMP, SECCOMP_MODE_FILTER, PR_SET_NO_NEW_PRIVS = 22, 2, 38
LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06  # classic BPF
ALLOW, ERRNO = 0x7FFF0000, 0x00050000


def deny(calls):
    rows = [(LOAD, 0, 0, 0)]  # the number of the call
    rows += [(JUMP_EQUAL, len(calls) - i, 0, number) for i, number in enumerate(calls)]
    rows += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERRNO | errno.EPERM)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rows), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0):
        sys.exit("deny_calls.py: no filter: %s" % os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] == "--help":
        sys.exit(__doc__)
    deny([int(number) for number in sys.argv[1].split(",")])
    os.execv(sys.argv[2], sys.argv[2:])
