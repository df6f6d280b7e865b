"""SMS-DELIVER PDUs made by hand, sound and broken, as octets that a stranger or a faulty network could put on a SIM."""

SMSC = bytes.fromhex("07917906000000F0")  # +97600000000 in semi-octets
SCTS = bytes.fromhex("62112261032123")    # 2026-11-22 16:30:12, +8 h


def address(number, length=None, kind=0x91):
    digits = number.lstrip("+")
    padded = digits + "F" * (len(digits) % 2)
    octets = bytes(int(padded[i + 1] + padded[i], 16) for i in range(0, len(padded), 2))
    return bytes([len(digits) if length is None else length, kind]) + octets


def deliver(number, data, dcs=8, udl=None, udhi=False, sender=None, pid=0):
    """A PDU with service centre; data is the user data as it stands, udl its length field."""
    first = 0x04 | (0x40 if udhi else 0)
    return (SMSC + bytes([first]) + (sender or address(number)) + bytes([pid, dcs]) + SCTS
        + bytes([len(data) if udl is None else udl]) + data).hex().upper()


def ucs2(text):
    return text.encode("utf-16-be")


def part(number, text, ref, total, seq, wide=False):
    header = bytes([8 - 2, 8, 4, ref >> 8, ref & 255, total, seq]) if wide else bytes([5, 0, 3, ref, total, seq])
    return deliver(number, header + ucs2(text), udhi=True)


# name, PDU: each must be quarantined, one row of its own
BROKEN = (
    ("truncated user data", deliver("+97600001001", ucs2("help"), udl=40)),
    ("a header longer than the data", deliver("+97600001002", bytes([200, 0, 3, 1, 2, 1]) + ucs2("help"), udhi=True)),
    ("an element longer than the header", deliver("+97600001003", bytes([5, 0, 90, 1, 2, 1]) + ucs2("help"), udhi=True)),
    ("address length 183", deliver("+97600001004", ucs2("help"), sender=bytes([183, 0x91]) + bytes(10))),
    ("an empty TPDU", SMSC.hex().upper()),
    ("nothing but a service centre length", "07"),
    ("a service centre longer than the PDU", "FF91" + "00" * 4),
    ("octets behind the user data", deliver("+97600001005", ucs2("help") + b"\0\0\0", udl=8)),
    ("part 1 of 255", part("+97600001007", "help", 7, 255, 1)),
    ("part 1 of 255, wide", part("+97600001008", "help", 7, 255, 1, True)),
    ("seven bits, cut", deliver("+97600001006", b"\xC8\x32", dcs=0, udl=160)),
)

# name, PDU, words of the text that must survive
DAMAGED = (
    ("an unpaired high surrogate", deliver("+97600001011", ucs2("girl of 14 ") + b"\xD8\x3D" + ucs2(" locked in")), "locked in"),
    ("an unpaired low surrogate", deliver("+97600001012", b"\xDC\x00" + ucs2("girl of 13 locked in")), "girl of 13"),
    ("a reserved data coding scheme", deliver("+97600001013", bytes.fromhex("E8329BFD06"), dcs=0x8C, udl=5), "hello"),
)
