"""Files that are either whole or not there."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["is_direct", "leads_to", "written"]

_MOST_LINKS = 40  # that the system follows in one path


@contextmanager
def written(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A binary file to write, put in its place when the block ends without an error.

    The bytes go to a temporary file beside the place, which is then renamed; permissions of a file
    that is replaced stay as they were. What is no plain file (a pipe, a terminal), or is open already
    (``/dev/stdout``, whatever the shell has made of it), is written directly.

    Raises
    ------
    OSError
        If the place cannot be written; nothing of it has changed then.
    """
    if place := _descriptor(path):
        with _taken(place, path) as taken:
            yield taken
        return
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with _to(os.open(target, os.O_WRONLY), path) as special:
            yield special
        return
    import tempfile

    place, own = os.path.split(target)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{own[:40]}.", suffix=".tmp", dir=place)
    except OSError as error:  # which names a file that nobody asked for
        reason, folder = error.strerror or "", os.path.dirname(path)
        if not os.path.exists(place):
            reason += f" (there is no folder {folder}: make it)"
        raise OSError(error.errno, reason, str(path)) from error
    try:
        with _to(handle, path) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def is_direct(path: str | os.PathLike[str]) -> bool:
    """Whether a path leads to what is written as it is, and never replaced.

    That is a device, a pipe or a socket, and whatever a process has open and is named by its number.
    """
    if _descriptor(path):
        return True
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def leads_to(path: str | os.PathLike[str], number: int) -> bool:
    """Whether a path is a name for what this process has open under a number, as ``/dev/stdout`` for 1."""
    folder, name = os.path.split(_descriptor(path))
    return name == str(number) and _is_own(folder)


def _descriptor(path: str | os.PathLike[str]) -> str:
    """Which open file of which process a path leads to, such as ``/proc/7/fd/1``; empty for none.

    The system would follow that to the file behind it, which is then opened anew, from its start.
    """
    place = os.fspath(path)
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(place)
        folder = os.path.realpath(folder)
        place = os.path.join(folder, name)
        above, last = os.path.split(folder)
        if last == "fd" and name.isdecimal() and f"{above}/".startswith(("/proc/", "/dev/")):
            return place
        try:
            place = os.path.join(folder, os.readlink(place))
        except OSError:  # no link
            return ""
    return ""


def _is_own(folder: str) -> bool:
    return folder == "/dev/fd" or folder.startswith(f"/proc/{os.getpid()}/")


def _taken(place: str, path: str | os.PathLike[str]) -> IO[bytes]:
    """What a process has open, to write on where it stands."""
    folder, name = os.path.split(place)
    if not _is_own(folder):
        return _to(os.open(place, os.O_WRONLY | os.O_APPEND), path)
    try:
        # What the command itself has opened has a number too, and is not meant.
        if os.get_inheritable(int(name)):
            return _to(os.dup(int(name)), path)
    except (OSError, OverflowError):
        pass
    raise OSError(errno.EBADF, f"descriptor {name} is not open", str(path))


def _to(handle: int, path: str | os.PathLike[str]) -> IO[bytes]:
    """A file to write, whose errors name it as it was asked for."""
    return io.BufferedWriter(_Named(handle, str(path)))


class _Named(io.FileIO):
    def __init__(self, handle: int, path: str) -> None:
        super().__init__(handle, "wb")
        self._path = path

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._path) from error


def _mode(target: str) -> int:
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
