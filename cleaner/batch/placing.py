"""Outputs put in their places, whole or not at all.

A rename is enough against a process that is killed. Against a loss of power a file has to be forced to
the disk first, which takes some milliseconds for each; that is done where a source would be lost, which is
where files are cleaned in their place. Any other output that a loss of power has damaged is found by its
size and time, and made again from its source.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ..errors import CleanerError, InputError
from ..files import is_direct, written

__all__ = [
    "WriteError",
    "backed_up",
    "forced_out",
    "is_text_name",
    "place",
    "renamed",
    "stamp",
    "text_name",
    "unchanged",
]


class WriteError(CleanerError):
    """An output that cannot be written: the run stops, for the next one would not go better."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


def place(path: str, data: bytes, tmp: str, *, forced: bool = False) -> None:
    """Write a file whole: to a temporary one in the folder ``tmp``, which is then renamed.

    Parameters
    ----------
    path, data
        The file and its bytes.
    tmp
        The folder, on the same disk; empty for that of the file.
    forced
        Whether its bytes are to be on the disk before it is renamed.

    Raises
    ------
    WriteError
        If that cannot be done.
    InputError
        If its name is too long, which those of others may not be.
    """
    partial = os.path.join(tmp or os.path.dirname(path), f"{os.getpid()}.tmp")
    with _or_gone(path, partial), open(partial, "wb") as file:
        file.write(data)
        if forced:
            file.flush()
            os.fsync(file.fileno())
    renamed(partial, path)


def text_name(number: int) -> str:
    """What the file of a record is called, numbered from 1, in a folder of texts."""
    return f"{number:08}.txt"


def is_text_name(name: str) -> bool:
    """Whether a file may be such a text."""
    return len(name) >= 12 and name.endswith(".txt") and name[:-4].isdecimal()


def stamp(path: str) -> list[int] | None:
    """What tells whether a file has changed: its size in bytes and its time in nanoseconds."""
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return [seen.st_size, seen.st_mtime_ns]


def unchanged(path: str, before: Sequence[int] | None) -> None:
    """See to it that a file is what it was when it had this stamp, if it is still there.

    Raises
    ------
    InputError
        If it is another one.
    """
    now = stamp(path)
    if now is not None and now != before:
        raise InputError("changed while it was read: leave it alone and run again")


def renamed(partial: str, path: str) -> None:
    """Put a file that is whole in its place; into a pipe, a device or what is open already, its bytes.

    Raises
    ------
    WriteError
        If that cannot be done.
    InputError
        If its name is too long, which those of others may not be.
    """
    with _or_gone(path, partial):
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if is_direct(path):
            _poured(partial, path)
            return
        try:
            os.replace(partial, path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copied(partial, path)


def _poured(partial: str, path: str) -> None:
    """Into what is written as it is."""
    import shutil

    with open(partial, "rb") as file, written(path) as out:
        shutil.copyfileobj(file, out)
    os.unlink(partial)


def _copied(partial: str, path: str) -> None:
    """To another file system: a copy beside the place, which is then renamed."""
    import shutil

    near = os.path.join(os.path.dirname(path), f".{os.getpid()}.tmp")
    try:
        shutil.copy2(partial, near)
        os.replace(near, path)
    except OSError:
        with suppress(OSError):
            os.unlink(near)
        raise
    os.unlink(partial)


def backed_up(source: str, kept: str, partial: str) -> None:
    """Keep a source under the name of its backup, before the partial file takes its place.

    Raises
    ------
    WriteError
        If that cannot be done.
    InputError
        If something else has that name, or it is too long.
    """
    import filecmp
    import shutil

    copy = f"{partial}.copy"
    with _or_gone(kept, partial, copy):
        shutil.copymode(source, partial)
        if os.path.lexists(kept):
            # A run that was killed may have come so far.
            if os.path.isfile(kept) and filecmp.cmp(source, kept, shallow=False):
                return
            os.unlink(partial)
            raise InputError(f"{kept} is there already and is another file: name another suffix")
        shutil.copy2(source, copy)
        forced_out(copy)
    renamed(copy, kept)
    with suppress(OSError):  # not every system opens folders
        forced_out(os.path.dirname(kept) or ".")


def forced_out(path: str) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    Raises
    ------
    OSError
        If the system cannot do that.
    """
    handle = os.open(path, os.O_RDONLY if os.path.isdir(path) else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _or_gone(path: str, *partial: str) -> Iterator[None]:
    """Where what is written for a path cannot be, its files that are not whole go, and the error names it."""
    try:
        yield
    except OSError as error:
        for left in partial:
            with suppress(OSError):
                os.unlink(left)
        if isinstance(error, BrokenPipeError):  # nobody reads on, which is no fault
            raise
        kind = InputError if error.errno == errno.ENAMETOOLONG else WriteError
        raise kind(f"{path}: cannot be written: {error.strerror or error}") from error
