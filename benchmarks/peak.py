"""Peak: runs unwix's command line in this process; the last line on stderr says the peak memory, its own and its largest worker's."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from unwix.cli.main import cli


def own_peak() -> int:
    """Peak resident memory of this process in kB; on Linux not `ru_maxrss`, which counts the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return _in_kb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def workers_peak() -> int:
    """That of the largest process that this one has started and seen end."""
    return _in_kb(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _in_kb(amount: int) -> int:
    return amount // 1024 if sys.platform == "darwin" else amount


def main() -> None:
    try:
        cli.main(sys.argv[1:], standalone_mode=False)
    except SystemExit as end:
        if end.code:
            raise
    finally:
        print(json.dumps({"process": own_peak(), "worker": workers_peak()}), file=sys.stderr)


if __name__ == "__main__":
    main()
