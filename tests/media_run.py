"""A run of `unwix convert` that reaches a test's own server: `python media_run.py HTTP-PORT HTTPS-PORT CA.PEM ARGUMENT…`.

The product's own code, called through its library: only the network is another one, which no option could say.
"""

from __future__ import annotations

import sys

from media_server import resolver
from unwix.cli import cli
from unwix.sources.guard import Network

if __name__ == "__main__":
    plain, secure, authority, *arguments = sys.argv[1:]
    network = Network(resolver((int(plain), int(secure))), authority, backoff=0.001)
    cli.main(arguments, obj=network)
