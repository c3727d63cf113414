"""Standard streams that are closed: what is read or written there fails with an error of one line."""

import errno
import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = ["fill_closed"]

T = TypeVar("T")
_ADVICE = {"stdin": "name a file to read", "stdout": "send it to a file or a pipe"}


def fill_closed() -> None:
    """Put streams in the place of those that are None.

    Their numbers are taken by the null device, or the next file that is opened would have one of them, and
    what is printed would go into it. It is opened the wrong way round for stdin and stdout, so that a read
    or a write fails; what is said on stderr is lost, as it is asked for.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        handle = os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_WRONLY)
        if handle != number:
            os.dup2(handle, number, inheritable=False)
            os.close(handle)
        raw = _Closed(number, "r" if name == "stdin" else "w", closefd=False)
        raw.name = name
        buffer = io.BufferedReader(raw) if name == "stdin" else io.BufferedWriter(raw)
        setattr(sys, name, io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace"))


class _Closed(io.FileIO):
    """A stream whose errors say which one it is, and what to do."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        return self._done(super().readinto, buffer) or 0

    def readall(self) -> bytes:
        return self._done(super().readall) or b""

    def write(self, data: "ReadableBuffer", /) -> int:
        return self._done(super().write, data) or 0

    def _done(self, work: Callable[..., T], *args: object) -> T:
        try:
            return work(*args)
        except OSError:
            name = str(self.name)
            raise OSError(errno.EBADF, f"is closed: {_ADVICE[name]}", name) from None
