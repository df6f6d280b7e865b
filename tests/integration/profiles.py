"""The modem profiles that are shipped, as the core would pass them to a worker."""
import glob
import json
import os
import re

from harness import SRCDIR

SETTING = re.compile(r"^(\w+)\s*=\s*(.*?);[ \t]*(#.*)?$", re.M | re.S)


def path(name):
    return os.path.join(SRCDIR, "modems", name + ".conf")


def names():
    return sorted(os.path.basename(p)[:-5] for p in glob.glob(path("*")))


def text(name):
    with open(path(name), encoding="utf-8") as f:
        return f.read()


def load(name):
    """Their syntax is that of JSON but for `name = value;` and comments."""
    plain = re.sub(r"^\s*#.*$", "", text(name), flags=re.M)
    return {key: json.loads(value) for key, value, _ in SETTING.findall(plain)}
