"""Campaigns: how long planning takes and whether anybody waits meanwhile; what sending costs on eight modems whose radio takes three seconds
a text; whether memory grows with the number of recipients; whether a tip in the middle waits."""
import os
import subprocess
import threading
import time

from scene import ONE_OFFICER, OFFICER, Bench, rest, row
from harness import JsonLines, program  # its folder is put into the path by scene
from system import PASSWORD

MANY, FEW = 50000, 5000
SEND_S = 20
TIPS = 60
TIP = "a boy of 9 is beaten now in Bayangol"
FILE = '''name = "%s"; kind = "broadcast"; hours = "always"; groups = [ "g%d" ];
text = { mn = "Хүүхэд хамгаалал. Болих: {болих}"; en = "Child protection in {district}. {stop} to leave"; };
'''


def ctl(system, *args):
    done = subprocess.run([program("hotlinectl"), "--socket", os.path.join(system.folder, "control.sock"), "--as", "Tuya",
        "--password-stdin"] + list(args), input=PASSWORD + "\n", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        check=False)
    assert done.returncode == 0, done.stdout


def write(system, name, text):
    path = os.path.join(system.folder, name)
    with open(path, "w") as f:
        f.write(text)
    return path


def people(system, count, first):
    """Imports so many, as a group of their number; numbers that are simulated phones of nobody."""
    lines = "".join("+9760%07d,%s,g%d,%s\n" % (n, ("Bayangol", "Bayanzurkh", "Nalaikh")[n % 3], count, ("mn", "en")[n % 2])
        for n in range(first, first + count))
    ctl(system, "contacts", "import", write(system, "people.csv", "number,district,groups,language\n" + lines), "--source", "fair", "--date",
        "2026-01-15")


def logged_in(system):
    conn = JsonLines(os.path.join(system.folder, "control.sock"))
    assert conn.ask({"op": "login", "person": "Tuya", "password": PASSWORD})["ok"]
    return conn


def make(system, name, count):
    ctl(system, "campaign", "new", write(system, name + ".conf", FILE % (name, count)))
    conn = logged_in(system)
    begun = time.monotonic()
    seen = conn.ask({"op": "campaign.preview", "name": name}, timeout=120)
    took = time.monotonic() - begun
    assert seen["ok"] and seen["recipients"] == count, seen
    assert conn.ask({"op": "campaign.approve", "name": name})["ok"]
    conn.close()
    return took


def worst_answer(system, until):
    """The longest that `status` took while something else happened, in ms."""
    conn = JsonLines(os.path.join(system.folder, "control.sock"))
    worst = 0
    while not until.is_set():
        begun = time.monotonic()
        conn.ask({"op": "modems"})
        worst = max(worst, time.monotonic() - begun)
    conn.close()
    return worst * 1000


def plan(system):
    done, worst = threading.Event(), []
    watcher = threading.Thread(target=lambda: worst.append(worst_answer(system, done)))
    watcher.start()
    took = make(system, "many", MANY)
    done.set()
    watcher.join()
    row("planned, %d recipients" % MANY, took, "s", "<= 2")
    row("meanwhile a request waits at most", worst[0], "ms", "<= 20 and its own time")


def resident_kib(pid):
    with open("/proc/%d/status" % pid) as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmRSS"))


def cpu_s(pid):
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def send(system, name):
    """Percent of a core and texts sent, while it is being sent; then it is paused."""
    before_texts = system.status()["outbox"]["campaign"].get("sent", 0)
    idle_begun = cpu_s(system.core.pid)
    rest(system, SEND_S)
    idle = cpu_s(system.core.pid) - idle_begun
    ctl(system, "campaign", "start", name)
    rest(system, 4)
    begun, began = cpu_s(system.core.pid), time.monotonic()
    rest(system, SEND_S)
    used = (cpu_s(system.core.pid) - begun - idle) / (time.monotonic() - began) * 100
    return used, system.status()["outbox"]["campaign"].get("sent", 0) - before_texts


def tips(system, first):
    """From arrival at the reserved modem to the alert handed to one, p99 in ms."""
    system.sim.do("track", number=OFFICER)
    for i in range(TIPS):
        system.sim.do("sms", modem=7, from_="+97600%06d" % (900000 + first + i), text=TIP)
        rest(system, 0.1)
    rest(system, 2)
    return system.sim.do("stats")["arrival_to_text_us"][0]["p99"] / 1000


def settings():
    return {"m%d" % i: {"sweep_s": 60, "reserved": i == 7} for i in range(8)}


def bench_campaign(_):
    with Bench(8, modem_settings={"m%d" % i: {"sweep_s": 60} for i in range(8)}, sim_args=("--radio-delay", "3000"), campaign_hours="always", campaign_two_above=1000000) as system:
        system.ask("person.add", name="Tuya", role="outreach", password=PASSWORD, recovery=system.recovery_key())
        people(system, FEW, 20000)
        people(system, MANY, 100000)
        make(system, "few", FEW)
        send(system, "few")
        few_kib = resident_kib(system.core.pid)
        ctl(system, "campaign", "cancel", "few")
        plan(system)
        used, texts = send(system, "many")
        row("queue and pacing, 8 modems of 3 s a text: of a core", used, "%", "<= 2")
        row("texts sent in %d s" % (SEND_S + 4), texts, "", "-")
        row("memory more than with %d recipients" % FEW, resident_kib(system.core.pid) - few_kib, "KiB", "none by the number")
    with Bench(8, modem_settings=settings(), roster=ONE_OFFICER, campaign_hours="always", campaign_two_above=1000000, campaign_emergency_s=0) as system:
        system.ask("person.add", name="Tuya", role="outreach", password=PASSWORD, recovery=system.recovery_key())
        people(system, MANY, 100000)
        make(system, "many", MANY)
        for modem in range(7):  # the reserved one is the tips' and the alerts': how long its radio takes is no matter of campaigns
            system.sim.do("set", modem=modem, radio_ms=3000)
        without = tips(system, 0)
        ctl(system, "campaign", "start", "many")
        middle = tips(system, 1000)
        row("tip to alert, p99, without a campaign", without, "ms", "-")
        row("the same in the middle of one", middle, "ms", "<= %.1f" % (without * 1.1 + 5))
