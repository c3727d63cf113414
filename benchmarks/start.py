"""How long a start takes, against one of Python that does nothing."""

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from .measure import Row, child, interleaved, progress
from .texts import long_text

__all__ = ["start"]

_PIPE = 5000  # bytes


def start(python: str, documents: Sequence[bytes], rounds: int) -> list[Row]:
    """The rows of a start, by the interpreter of an environment in which the built wheel is installed.

    CPU time, not time by the clock: a start runs on one core.
    """
    progress(f"starts of {python}")
    python = str(
        Path(python).absolute()
    )  # not resolved: a link to another one is what an environment is
    program = str(Path(python).with_name("cleaner"))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "raw.txt"
        source.write_bytes(long_text(documents, _PIPE))
        commands: dict[str, list[str]] = {
            "pass": [python, "-c", "pass"],
            "version": [program, "--version"],
            "pipe": [program, "clean", "--quiet"],
        }
        for command in commands.values():
            child(command, source)
        seconds = interleaved(
            {
                name: partial(_cpu, command, source, Path(folder))
                for name, command in commands.items()
            },
            rounds,
        )
    base = seconds["pass"]
    on = f"median of {rounds} starts"
    return [
        Row("a pipe of 5 KB, times `python -c pass`", on, "8", f"{seconds['pipe'] / base:.1f}"),
        Row("`--version`, times `python -c pass`", on, "5", f"{seconds['version'] / base:.1f}"),
    ]


def _cpu(command: list[str], source: Path, cwd: Path) -> float:
    return child(command, source, cwd).cpu
