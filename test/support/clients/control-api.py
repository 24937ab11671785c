"""Drives shakedown by its control API with nothing but Python's standard library: arm, connect, assert, reset.

Usage: control_api.py READY_FILE HOST PORT. Prints one JSON object; exits with 1 where something is not as it should be.
"""

import base64
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


def main(ready_file, host, port):
    with open(ready_file, encoding="utf-8") as file:
        ready = json.load(file)

    def ask(method, path, body=None):
        request = urllib.request.Request(ready["control"] + path, method=method)
        request.add_header("Authorization", "Bearer " + ready["token"])
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            # The environment's proxies are none of ours.
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, data, timeout=10) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.loads(refusal.read())

    def handshake():
        """The status that a plain handshake through the proxy gets."""
        proxy = urllib.parse.urlsplit(ready["proxy"])
        with socket.create_connection((proxy.hostname, proxy.port), timeout=10) as connection:
            answers = connection.makefile("rb")

            def head():
                lines = []
                while True:
                    line = answers.readline()
                    if line in (b"\r\n", b""):
                        return lines
                    lines.append(line.decode("latin1").rstrip("\r\n"))

            connection.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            head()
            key = base64.b64encode(os.urandom(16)).decode()
            connection.sendall(
                f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            status = int(head()[0].split(" ")[1])
            if status == 101:
                # A masked Close with 1000 (RFC 6455 section 5.5.1); the key is all zeros.
                connection.sendall(b"\x88\x82\x00\x00\x00\x00\x03\xe8")
                answers.read(4)
            return status

    def last_exchange(fits):
        for _ in range(100):
            _, listed = ask("GET", "/v1/exchanges?limit=1000")
            rows = [row for row in listed["rows"] if fits(row)]
            if rows:
                return ask("GET", "/v1/exchanges/" + rows[-1]["id"])[1]
            time.sleep(0.05)
        raise SystemExit("the exchange did not come to its end")

    told = {}
    told["denied"] = urllib_status(ready["control"] + "/v1/info")
    told["armed"] = ask("POST", "/v1/armed", {"fault": "drop-upgrade"})[0]
    told["refused"] = handshake()
    exchange = last_exchange(lambda row: row["outcome"] == "refused")
    told["finding"] = exchange["findings"][0]["code"]
    told["culprit"] = exchange["findings"][0]["culprit"]
    told["faults"] = [fault["id"] for fault in exchange["faults"]]
    told["reset"] = ask("DELETE", "/v1/armed")[1]
    told["left"] = ask("GET", "/v1/armed")[1]["armed"]
    told["opened"] = handshake()
    told["healthy"] = last_exchange(lambda row: row["outcome"] == "closed")["findings"]
    print(json.dumps(told))


def urllib_status(url):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
