#!/usr/bin/env python3
"""hotline-ussd under people who mean no good: floods, slow peers, requests that can be read in two ways, addresses that are not the operator's."""
import socket
import threading

import harness
from harness import DEADLINE
from ussd_http import AGAIN, NUMBER, SECRET, GatewayCase

FORM = "sessionId=%s&phoneNumber=%%2B97600001111&text="


class Raw:
    """A connection that says what it likes."""

    def __init__(self, gateway, listener="at"):
        self.sock = socket.create_connection(("127.0.0.1", gateway.ports[listener]), timeout=DEADLINE)

    def send(self, text):
        self.sock.sendall(text.encode("latin-1"))

    def answer(self):
        """The status of the next answer, 0 where the connection is closed instead; its body is left out."""
        data = b""
        while b"\r\n\r\n" not in data:
            try:
                got = self.sock.recv(1)
            except ConnectionResetError:
                got = b""
            if not got:
                return 0
            data += got
        length = [int(line.split(b":")[1]) for line in data.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        left = length[0] if length else 0
        while left:
            left -= len(self.sock.recv(left))
        return int(data.split()[1])

    def close(self):
        self.sock.close()


def post(body, *headers, length=None):
    lines = ["POST /ussd HTTP/1.1", "Host: x", "X-Hotline-Secret: " + SECRET] + list(headers)
    lines += ["Content-Length: %d" % len(body)] if length is None else ["Content-Length: " + length] if length else []
    return "\r\n".join(lines) + "\r\n\r\n" + body


class Floods(GatewayCase):
    settings = {"sessions_per_min": 2, "number_per_min": 4}

    def test_one_number_is_held_back_and_others_are_not(self):
        got = [self.gateway.at("", session="f%d" % i)[2] for i in range(40)]
        self.assertEqual([g for g in got if g.startswith("CON")], ["CON f%d/1/" % i for i in range(2)])
        self.assertEqual(got[2:], ["END " + AGAIN] * 38)
        for i in range(40):
            self.assertEqual(self.gateway.at("", session="o%d" % i, number="+976000020%02d" % i)[2], "CON o%d/1/" % i)
        self.assertEqual(len(self.core.steps("session")), 42)
        self.assertIn("why=number_too_often", self.log())

    def test_steps_of_one_number_are_counted_too(self):
        self.gateway.at("")
        got = [self.gateway.at("*".join("1" * n))[2] for n in range(1, 12)]
        self.assertEqual([g[:3] for g in got], ["CON"] * 3 + ["END"] * 8)


class Sources(GatewayCase):
    settings = {"source_per_s": 3}

    def test_a_source_that_floods(self):
        got = [self.gateway.at("", session="s%d" % i, number="+976000030%02d" % i)[0] for i in range(100)]
        self.assertEqual(got[:6], [200] * 6)
        self.assertIn(429, got)


class Sessions(GatewayCase):
    top = "sessions_max = 4;"

    def test_too_many_sessions(self):
        got = [self.gateway.at("", session="s%d" % i, number="+976000030%02d" % i)[2] for i in range(6)]
        self.assertEqual(got[4:], ["END " + AGAIN] * 2)
        self.gateway.at("0", session="s1", number="+97600003001") # is over
        self.assertEqual(self.gateway.at("", session="s9", number="+97600003009")[2], "CON s9/1/")
        self.assertEqual(self.gateway.at("1", session="s2", number="+97600003002")[2], "CON s2/2/1")


class Addresses(GatewayCase):
    settings = {"allow": "198.51.100.0/24", "proxy": "127.0.0.1"}

    def test_only_the_operators_addresses_as_the_proxy_tells_them(self):
        for header, status in (("198.51.100.7", 200), ("192.0.2.1, 198.51.100.7", 200), ("198.51.100.7, 192.0.2.1", 403), ("", 403), ("x", 403)):
            self.assertEqual(self.gateway.at("", X_Forwarded_For=header)[0], status, header)
        self.assertEqual(self.gateway.at("")[0], 403)
        self.assertEqual(self.gateway.at("", X_Forwarded_For="198.51.100.7", secret="wrong")[0], 403)


class SecretInQuery(GatewayCase):
    settings = {"secret_query": "key"}

    def test_secret_in_the_query(self):
        body = (FORM % "s1").encode()
        for query, status in (("?key=" + SECRET, 200), ("?a=b&key=" + SECRET, 200), ("?key=wrong", 403), ("?key=", 403), ("", 403),
                              ("?key=%s&key=%s" % (SECRET, SECRET), 403)):
            self.assertEqual(self.gateway.call("at", path="/ussd" + query, body=body, secret=None)[0], status, query)


class Slow(GatewayCase):
    settings = {"request_ms": 1500, "connections_max": 8}

    def test_slow_peers_are_cut_off_and_make_room(self):
        slow = [Raw(self.gateway) for _ in range(8)]
        over = threading.Event()

        def drip(raw):
            try:
                for c in post(FORM % "slow"):
                    raw.send(c)
                    if over.wait(0.05):
                        return
            except OSError:
                pass
        drips = [threading.Thread(target=drip, args=(raw,)) for raw in slow]
        for d in drips:
            d.start()
        self.assertEqual(self.gateway.at("", session="quick")[2], "CON quick/1/") # waits until one is cut off
        self.assertEqual([raw.answer() for raw in slow], [0] * 8)
        over.set()
        for d in drips:
            d.join(DEADLINE)
        for raw in slow:
            raw.close()
        self.assertEqual(self.core.steps("session"), [("quick",)])

    def test_a_body_that_does_not_come(self):
        raw = Raw(self.gateway)
        raw.send(post("sessionId=", length="100"))
        self.assertEqual(raw.answer(), 0)
        raw.close()
        self.assertEqual(self.gateway.at("")[0], 200)


class Idle(GatewayCase):
    settings = {"request_ms": 20000, "idle_ms": 2500}

    def test_a_connection_that_rests_is_closed(self):
        rests, goes_on = Raw(self.gateway), Raw(self.gateway)
        for raw in (rests, goes_on):
            raw.send(post(FORM % "s1"))
            self.assertEqual(raw.answer(), 200)
        text = post(FORM % "s2")
        goes_on.send(text[:-10]) # began: it has the time of a request
        self.assertEqual(rests.answer(), 0)
        goes_on.send(text[-10:])
        self.assertEqual(goes_on.answer(), 200)
        rests.close()
        goes_on.close()


class TwoWays(GatewayCase):
    settings = {"request_ms": 2000}

    def test_requests_that_can_be_read_in_two_ways(self):
        body = FORM % "s1"
        for text in (post(body, "Transfer-Encoding: chunked"), post(body, "Transfer-Encoding: chunked", length=""),
                     post(body, "Transfer-Encoding: gzip, chunked", length=""), post(body, "Content-Length: 5"),
                     post(body, length="+5"), post(body, length="5, 5"), post(body, length="0x10"), post(body, length="99999999999999999999"),
                     post(body, "Content-Encoding: gzip"), post(body, length="9999"), post(body, length="")):
            raw = Raw(self.gateway)
            raw.send(text)
            self.assertIn(raw.answer(), (0, 400, 411, 413), text)
            raw.close()
        self.assertEqual(self.core.steps("session"), [])

    def test_one_connection_carries_many(self):
        raw = Raw(self.gateway)
        raw.send(post(FORM % "a") + post(FORM % "b") + post(FORM % "c"))
        self.assertEqual([raw.answer() for _ in range(3)], [200] * 3)
        raw.close()
        self.assertEqual(self.core.steps("session", "number"), [(name, NUMBER) for name in "abc"])

    def test_rubbish(self):
        for text in ("\0\1\2\3\r\n\r\n", "GET\r\n\r\n", "POST /ussd HTTP/9.9\r\n\r\n", "x" * 20000, "\r\n" * 5000, "POST " + "/" * 9000):
            raw = Raw(self.gateway)
            try:
                raw.send(text)
                raw.sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            self.assertNotEqual(raw.answer(), 200, text[:20])
            raw.close()
        self.assertEqual(self.gateway.at("")[0], 200)


if __name__ == "__main__":
    harness.main()
