"""An agent on ngrok's SDK for Python: site.py HOST:PORT AUTHORITY.pem URL UPSTREAM [http2], with NGROK_AUTHTOKEN.

With http2 it asks the platform to speak HTTP/2 to the upstream. It prints what happens, one JSON object a line, and ends with its standard input.
"""

import asyncio
import json
import os
import re
import sys
import threading
from urllib.parse import urlsplit

import ngrok


def say(**event):
    print(json.dumps(event), flush=True)


def code(error):
    found = re.search(r"ERR_NGROK_\d+", str(error))
    return found.group(0) if found else ""


def stop():
    say(event="told to stop")
    # The answer to the platform goes out first.
    threading.Timer(0.1, os._exit, [0]).start()


async def main(address, authority, url, upstream, protocol="http1"):
    with open(authority, "rb") as file:
        builder = ngrok.SessionBuilder().authtoken(os.environ["NGROK_AUTHTOKEN"]).metadata("PyPI")
        builder = builder.server_addr(address).ca_cert(bytearray(file.read()))
    builder.handle_stop_command(stop)
    # There is nothing to update. Without a handler, the platform is told that it cannot restart this agent.
    builder.handle_update_command(lambda version, major: say(event="told to update"))
    try:
        session = await builder.connect()
        endpoint = session.http_endpoint().domain(urlsplit(url).netloc)
        if protocol == "http2":
            endpoint = endpoint.app_protocol(protocol)
        listener = await endpoint.listen()
    except ValueError as error:
        say(event="refused", code=code(error), message=str(error))
        return 1
    listener.forward(upstream)
    say(event="bound", url=listener.url())
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    return 0


sys.exit(asyncio.run(main(*sys.argv[1:])))
