"""How things are timed, and the rows of the table that comes of it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Child", "Row", "child", "cpu", "interleaved", "markdown", "peak", "progress"]

# On Linux a process inherits the peak of the one that starts it, so a small one is put between.
_BETWEEN = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Row(NamedTuple):
    """One line of the table: what is measured, on what, what is asked of it, and the figure."""

    what: str
    on: str
    asked: str
    measured: str


class Child(NamedTuple):
    """What a process took: seconds of CPU, and by the clock."""

    cpu: float
    wall: float


def interleaved(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of each work's seconds; all take turns, so that a busy spell is shared.

    Each work does its job once and says how long it took.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return {name: statistics.median(values) for name, values in times.items()}


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that a piece of work takes in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def child(command: Sequence[str], source: Path | None = None, cwd: Path | None = None) -> Child:
    """Run a command to its end, its output thrown away.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    # Compiled modules are kept, or each start would compile them all again.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with open(source or os.devnull, "rb") as stdin:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.DEVNULL, env=env, cwd=cwd
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode}")
    return Child(usage.ru_utime + usage.ru_stime, wall)


def peak(command: Sequence[str], source: Path | None = None) -> int:
    """The most bytes of memory that a command has, its output thrown away."""
    with open(source or os.devnull, "rb") as stdin:
        done = subprocess.run(
            [sys.executable, "-c", _BETWEEN, *command], stdin=stdin, capture_output=True, check=True
        )
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def progress(words: str) -> None:
    """Say on stderr what is being measured."""
    print(words, file=sys.stderr, flush=True)


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a table."""
    lines = ["| what | on | asked | measured |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
