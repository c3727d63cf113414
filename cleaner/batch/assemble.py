"""The parts of a large source, kept until all are there, and put together then."""

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from ..errors import InputError
from ..sources.compression import packed
from ..sources.formats import format_of
from .items import Done, Setup
from .placing import WriteError, place
from .plan import Failure, Job

__all__ = ["assemble", "finished_part", "keep_part", "report_lines", "reports_of"]

_DONE = ".done"


def keep_part(part: Path, done: Done) -> None:
    """Remember what was done with a piece, whose bytes are in ``part`` already."""
    part.parent.mkdir(parents=True, exist_ok=True)
    lines = done.reports.count(b"\n")
    header = {
        "sums": done.sums,
        "failures": done.failures,
        "lines": lines,
        "texts": done.texts,
        "size": part.stat().st_size if part.exists() else None,
    }
    place(f"{part}{_DONE}", json.dumps(header).encode() + b"\n" + done.reports, "")


def finished_part(part: Path, at: int, number: int) -> Done | None:
    """What an earlier run did with a piece; None where it did not come to it."""
    try:
        with open(f"{part}{_DONE}", "rb") as file:
            header = json.loads(file.readline())
        if header["size"] is None or header["size"] != part.stat().st_size:
            return None
        failures = [Failure(*failure) for failure in header["failures"]]
        return Done(at, number, header["sums"], failures, b"", texts=header["texts"])
    except (OSError, ValueError, KeyError):  # not there, or damaged by a fall of the system
        return None


def report_lines(parts: Sequence[Path]) -> int:
    """How many report lines the parts hold together."""
    return sum(lines for lines, _ in map(_opened, parts))


def _opened(part: Path) -> tuple[int, int]:
    """The number of report lines of a part and where they begin."""
    with open(f"{part}{_DONE}", "rb") as file:
        header = file.readline()
    return int(json.loads(header)["lines"]), len(header)


def reports_of(parts: Sequence[Path]) -> Iterator[bytes]:
    """The report lines of the parts, a part at a time."""
    for part in parts:
        yield Path(f"{part}{_DONE}").read_bytes()[_opened(part)[1] :]


def assemble(parts: Sequence[Path], job: Job, setup: Setup, output: str) -> str:
    """Put the parts together, one in memory at a time; the file with the whole.

    Raises
    ------
    WriteError
        If it cannot be written.
    InputError
        If the source is no longer there.
    """
    partial = Path(setup.tmp) / "whole"
    try:
        with open(partial, "wb") as out:
            _write(parts, job, setup, out)
    except FileNotFoundError as error:
        raise InputError("vanished while it was read") from error
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WriteError(f"{output}: cannot be written: {error.strerror or error}") from error
    return str(partial)


def _write(parts: Sequence[Path], job: Job, setup: Setup, out: IO[bytes]) -> None:
    pieces = (part.read_bytes() for part in parts)
    form = format_of(job.path, setup.form)
    if setup.to and setup.to != form.name:
        from .convert import converter

        if setup.packing:
            pieces = (packed(piece, setup.packing) for piece in itertools.chain(pieces, [b""]))
        converter(setup.to)(pieces, setup.options, out)
        return
    form.assemble(pieces, job.path, setup.packing_of(job.path), out)
