"""An app with one of Python's WebSocket libraries, and no word about a proxy or a CA. Each URL has one message echoed."""
import asyncio
import sys

library, *urls = sys.argv[1:]


def with_websocket_client(url):
    import websocket

    socket = websocket.create_connection(url, timeout=10)
    socket.send(f"{library} to {url}")
    print("echo", socket.recv(), flush=True)
    socket.close()


async def with_aiohttp(url):
    import aiohttp

    # The one switch by which aiohttp reads proxy variables at all.
    async with aiohttp.ClientSession(trust_env=True) as session:
        async with session.ws_connect(url) as socket:
            await socket.send_str(f"{library} to {url}")
            print("echo", (await socket.receive()).data, flush=True)


async def with_websockets(url):
    import websockets

    async with websockets.connect(url) as socket:
        await socket.send(f"{library} to {url}")
        print("echo", await socket.recv(), flush=True)
        # Held until standard input ends, so that whoever looks can see it.
        await asyncio.to_thread(sys.stdin.read)


def with_raw_socket(url):
    """A connection that is held until standard input ends."""
    import socket
    from urllib.parse import urlsplit

    where = urlsplit(url)
    held = socket.create_connection((where.hostname, where.port))
    print("connected", flush=True)
    sys.stdin.read()
    held.close()


for url in urls:
    if library == "websocket-client":
        with_websocket_client(url)
    elif library == "raw":
        with_raw_socket(url)
    else:
        asyncio.run({"aiohttp": with_aiohttp, "websockets": with_websockets}[library](url))
