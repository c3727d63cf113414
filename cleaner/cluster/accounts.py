"""What was done with a source, remembered beside the output: a header, and its reports.

Each source has an account of its own, written when its output stands in its place. So no process holds them
all, whoever dies leaves those of the others, and the next run asks for them where it would clean.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import InputError
from .places import joined, put, reading, stamp_at

__all__ = ["known", "remember", "reports"]


def _place(folder: str, target: str) -> str:
    return joined(folder, f"{hashlib.sha256(os.fsencode(target)).hexdigest()[:32]}.jsonl")


def remember(folder: str, header: dict[str, Any], lines: Iterable[bytes], tmp: str) -> None:
    """Write the account of the source whose target the header names; ``tmp`` is a local folder.

    Raises
    ------
    WriteError
        If it cannot be written.
    """
    path = os.path.join(tmp, "account")
    with open(path, "wb") as file:
        file.write(json.dumps(header).encode() + b"\n")
        file.writelines(lines)
    put(path, _place(folder, header["target"]))


def known(
    folder: str, target: str, source: str, output: str, settings: str, *, reported: bool
) -> dict[str, Any] | None:
    """The header of a source that an earlier run has done, if neither it nor its output has changed.

    Raises
    ------
    InputError
        If a file system does not answer.
    """
    place = _place(folder, target)
    if stamp_at(place) is None:
        return None
    try:
        with reading(place) as file:
            header: dict[str, Any] = json.loads(next(_lines(file)))
        wanted = [source, stamp_at(source)], stamp_at(output), settings
        found = header["source"], header["output"], header["settings"]
    except (InputError, StopIteration, ValueError, KeyError):  # damaged, or gone by now
        return None
    return header if wanted == found and header["reported"] >= reported else None


def reports(folder: str, target: str) -> Iterator[bytes]:
    """The report lines of a source, one at a time.

    Raises
    ------
    InputError
        If its account cannot be read.
    """
    with reading(_place(folder, target)) as file:
        lines = _lines(file)
        next(lines)
        yield from lines


def _lines(file: Any) -> Iterator[bytes]:
    """The lines of a stream that has nothing but ``read``."""
    held = b""
    while chunk := file.read(1 << 20):
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if held:
        yield held
