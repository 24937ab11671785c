"""Opens one WebSocket with websocket-client or aiohttp, as told by the JSON on standard input, and prints what happened as JSON."""
import asyncio
import json
import ssl
import sys
import tempfile
from urllib.parse import urlsplit


def websocket_client(ask, said):
    import websocket

    options = {"timeout": ask["timeout"], "origin": ask["origin"], "subprotocols": ask["protocols"] or None}
    if ask["proxy"]:
        where = urlsplit(ask["proxy"])
        options.update(http_proxy_host=where.hostname, http_proxy_port=where.port, proxy_type="http", http_no_proxy=["none.invalid"])
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as trust:
        if ask["ca"]:
            trust.write(ask["ca"])
            trust.flush()
            options["sslopt"] = {"ca_certs": trust.name}
        client = websocket.create_connection(ask["url"], **options)
    said["opened"] = True
    client.send(ask["greeting"])
    said["echoed"] = client.recv() == ask["greeting"]
    client.close()
    said["closeCode"] = 1000


async def aiohttp_client(ask, said):
    import aiohttp

    context = ssl.create_default_context(cadata=ask["ca"]) if ask["ca"] else None
    async with aiohttp.ClientSession() as session:
        options = {"proxy": ask["proxy"], "origin": ask["origin"], "protocols": tuple(ask["protocols"])}
        async with session.ws_connect(ask["url"], **options, **({"ssl": context} if context else {})) as client:
            said["opened"] = True
            await client.send_str(ask["greeting"])
            said["echoed"] = (await client.receive_str(timeout=ask["timeout"])) == ask["greeting"]
            await client.close()
            said["closeCode"] = client.close_code


said = {"opened": False, "echoed": False, "error": "", "closeCode": None}
ask = json.load(sys.stdin)
try:
    if ask["library"] == "aiohttp":
        asyncio.run(asyncio.wait_for(aiohttp_client(ask, said), ask["timeout"]))
    else:
        websocket_client(ask, said)
except Exception as error:  # whatever it is: its words are the result
    said["error"] = f"{type(error).__name__}: {error}"
print(json.dumps(said))
