"""Files that are either whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

__all__ = ["written"]


@contextmanager
def written(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A binary file to write, put in its place when the block ends without an error.

    The bytes go to a temporary file beside the place, which is then renamed; permissions of a file
    that is replaced stay as they were. What is no plain file (a pipe, a terminal) is written directly.

    Raises
    ------
    OSError
        If the place cannot be written; nothing of it has changed then.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as special:
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
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _mode(target: str) -> int:
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
