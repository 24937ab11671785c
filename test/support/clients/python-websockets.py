"""Opens one WebSocket, or each of a list, as told by the JSON on standard input, and prints what happened as JSON."""
import asyncio
import json
import socket
import ssl
import sys
from urllib.parse import urlsplit

import websockets


def tunnel(proxy, host, port, timeout):
    """A socket to host:port through an HTTP proxy's CONNECT."""
    where = urlsplit(proxy)
    sock = socket.create_connection((where.hostname, where.port), timeout)
    sock.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        byte = sock.recv(1)  # one at a time: what follows the head belongs to TLS or the server
        if not byte:
            raise ConnectionError("the proxy closed the connection before it had answered")
        head += byte
    status = head.split(b"\r\n")[0].decode("latin1")
    if status.split(" ")[1:2] != ["200"]:
        raise ConnectionError(f"the proxy answered {status}")
    sock.setblocking(False)
    return sock


async def attempt(ask):
    said = {"opened": False, "echoed": False, "error": "", "closeCode": None}
    url = urlsplit(ask["url"])
    options = {"origin": ask["origin"], "open_timeout": ask["timeout"], "close_timeout": 1}
    if ask["protocols"]:
        options["subprotocols"] = ask["protocols"]
    if url.scheme == "wss":
        options["ssl"] = ssl.create_default_context(cadata=ask["ca"])
    try:
        if ask["proxy"]:
            port = url.port or (443 if url.scheme == "wss" else 80)
            options["sock"] = tunnel(ask["proxy"], url.hostname, port, ask["timeout"])
            if url.scheme == "wss":
                options["server_hostname"] = url.hostname
        async with websockets.connect(ask["url"], **options) as client:
            said["opened"] = True
            await client.send(ask["greeting"])
            said["echoed"] = await asyncio.wait_for(client.recv(), ask["timeout"]) == ask["greeting"]
        said["closeCode"] = client.close_code
    except websockets.ConnectionClosed as closed:
        said["error"] = str(closed)
        said["closeCode"] = closed.rcvd.code if closed.rcvd else 1006
    except Exception as error:  # whatever it is: its words are the result
        said["error"] = f"{type(error).__name__}: {error}"
    return said


async def attempts(asks):
    return [await attempt(ask) for ask in asks]


asked = json.load(sys.stdin)
print(json.dumps(asyncio.run(attempts(asked) if isinstance(asked, list) else attempt(asked))))
