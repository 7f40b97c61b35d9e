"""Run `unwix convert` with a test's own server: `python media_run.py HTTP-PORT HTTPS-PORT CA.PEM ARGUMENT…`.

It calls the product's code through its library; only the network is replaced, for which there is no option.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script

from support.media_server import resolver
from unwix.cli import main as room
from unwix.sources.http.public_hosts import Network

if __name__ == "__main__":
    plain, secure, authority, *arguments = sys.argv[1:]
    network = Network(resolver((int(plain), int(secure))), authority, backoff=0.001)
    room.cli.main = partial(room.cli.main, obj=network)  # type: ignore[method-assign]
    sys.argv[1:] = arguments
    room.main()
