"""Outputs put in their places, whole or not at all."""

import errno
import os
from contextlib import suppress
from typing import Any

from ..errors import CleanerError, InputError

__all__ = ["WriteError", "backed_up", "place", "renamed"]


class WriteError(CleanerError):
    """An output that cannot be written: the run stops, for the next one would not go better."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


def place(path: str, data: bytes, tmp: str) -> None:
    """Write a file whole: to a temporary one in the folder ``tmp``, which is then renamed.

    Raises
    ------
    WriteError
        If that cannot be done.
    InputError
        If its name is too long, which those of others may not be.
    """
    partial = os.path.join(tmp or os.path.dirname(path), f"{os.getpid()}.tmp")
    try:
        with open(partial, "wb") as file:
            file.write(data)
    except OSError as error:
        with suppress(OSError):
            os.unlink(partial)
        raise _write_error(path, error) from error
    renamed(partial, path)


def renamed(partial: str, path: str) -> None:
    """Put a file that is whole in its place.

    Raises
    ------
    WriteError
        If that cannot be done.
    InputError
        If its name is too long, which those of others may not be.
    """
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        try:
            os.replace(partial, path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copied(partial, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(partial)
        raise _write_error(path, error) from error


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
    try:
        shutil.copymode(source, partial)
        if os.path.lexists(kept):
            # A run that was killed may have come so far.
            if os.path.isfile(kept) and filecmp.cmp(source, kept, shallow=False):
                return
            os.unlink(partial)
            raise InputError(f"{kept} is there already and is another file: name another suffix")
        shutil.copy2(source, copy)
    except OSError as error:
        for path in (partial, copy):
            with suppress(OSError):
                os.unlink(path)
        raise _write_error(kept, error) from error
    renamed(copy, kept)


def _write_error(path: str, error: OSError) -> CleanerError:
    kind = InputError if error.errno == errno.ENAMETOOLONG else WriteError
    return kind(f"{path}: cannot be written: {error.strerror or error}")
