"""Parts of the core measured by programs of their own, without modems."""
import subprocess

from harness import program


def bench_triage(_):
    print("  " + subprocess.run([program("tests/bench/bench_triage")], check=True, stdout=subprocess.PIPE).stdout.decode().strip().replace("\n", "\n  "), flush=True)


def bench_escalation(_):
    done = subprocess.run([program("tests/bench/bench_escalation")], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for line in done.stdout.decode().splitlines():
        if " goal " in line:
            print("  " + line, flush=True)
