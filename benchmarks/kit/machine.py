"""The machine that a benchmark ran on."""

import os
import platform
from pathlib import Path

_BYTES_IN_GB = 1 << 30


def describe_machine() -> str:
    """Return what a reader must know of this machine to make something of a figure."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _BYTES_IN_GB
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    """Return the name of the processor, or at least of its kind."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
