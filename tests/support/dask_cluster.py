"""A Dask cluster on this computer, in a process of its own: its threads must not run in the process of the tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from support.terminal import environment

_CODE = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def dask_cluster() -> Iterator[str]:
    """Start a scheduler with two worker processes. Yield its URL, `dask://HOST:PORT`."""
    with subprocess.Popen(
        [sys.executable, "-c", _CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, "the cluster did not start"
        try:
            yield address.replace("tcp://", "dask://")
        finally:
            process.stdin.close()  # the process ends with its standard input
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def no_size(_path: str) -> int | None:
    """Return the size of a file that a worker does not see. The worker imports this function."""
    return None
