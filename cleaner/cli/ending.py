"""How a run ends: its exit status, and one clean message for every expected error."""

import errno
import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from ..errors import CleanerError
from .places import tell

__all__ = ["end", "no_reader", "status_of"]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def end(work: Callable[[], int]) -> NoReturn:
    """Do the work of a run and exit with its status."""
    # So that temporary files go when the process is asked to.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    status = status_of(work)
    # All goes with the process: to look once more for what can be freed took a fifth of a short run.
    gc.freeze()
    sys.exit(status)


def status_of(work: Callable[[], int]) -> int:
    """The exit status of the work, or that of the error it ends with."""
    try:
        status = work()
        sys.stdout.flush()
        return status
    except CleanerError as error:
        tell(str(error))
        return 2
    except BrokenPipeError:
        return no_reader()
    except KeyboardInterrupt:
        import click

        click.echo(err=True)  # the terminal shows ^C
        tell("interrupted")
        return 130
    except MemoryError:
        tell("not enough memory: a text, or a line of JSON lines, is held whole: split it")
        return 2
    except OSError as error:
        where = error.filename
        if error.errno in _NO_ROOM:
            where = where or "stdout"  # whatever else is written has a name
        try:
            sys.stdout.flush()
        except OSError:
            no_reader()
        tell(f"{f'{where}: ' if where else ''}{error.strerror or error}")
        return 2


def no_reader() -> int:
    """The exit status when the reader has gone; what Python flushes at exit has no place to go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
