"""Where commands read and write: files, stdin and stdout."""

import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from ..errors import CleanerError, InputError
from ..files import written
from ..report.shown import shown

__all__ = [
    "SETTINGS_FILES",
    "STDIN",
    "STDOUT",
    "apart",
    "no_folder",
    "reading",
    "tell",
    "tell_nothing",
    "writing",
]

STDIN = "-"
STDOUT = "/dev/stdout"  # to be compared with files: the shell may have made it one of them
# In the folder where a command runs; the first wins.
SETTINGS_FILES = ("cleaner.toml", "pyproject.toml")


def tell(message: str) -> None:
    """One line on stderr, in the name of the program."""
    import click  # when there is something to say: most pipes are silent

    click.echo(f"cleaner: {shown(message)}", err=True)


def tell_nothing(jobs: Sequence[object], sources: Sequence[str], options: dict[str, Any]) -> None:
    """Say so where there is nothing to do: that is no error, and seldom what is meant."""
    if jobs or options["quiet"]:
        return
    chosen = [f"--{name} {glob}" for name in ("include", "exclude") for glob in options[name]]
    left = f"left by {', '.join(chosen)}" if chosen else "there"
    tell(f"{', '.join(sources)}: nothing to read: no file is {left}")


@contextmanager
def reading(source: str, *, quiet: bool = False) -> Iterator[IO[bytes]]:
    """The source as a binary file, stdin for ``-``."""
    if source == STDIN:
        if sys.stdin.isatty() and not quiet:
            tell("waiting for text on the terminal: end it with Ctrl-D")
        yield sys.stdin.buffer
        return
    try:
        file = open(source, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error
    with file:
        yield file


@contextmanager
def writing(output: str | None) -> Iterator[IO[bytes]]:
    """The file to write, or stdout."""
    if output is None or output == STDIN:
        if isinstance(sys.stdout.buffer, io.RawIOBase):
            # python -u: a write may take a part of the bytes only, and says so to nobody.
            with open(sys.stdout.fileno(), "wb", closefd=False) as out:
                yield out
            return
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with written(output) as file:
        yield file


def no_folder(name: str, path: str | None) -> None:
    """Refuse a folder where a file is to be written.

    Raises
    ------
    CleanerError
        If the path is a folder, or can be nothing else.
    """
    if path and (os.path.isdir(path) or path.endswith(os.sep)):
        raise CleanerError(
            f"{name} {path}: is a directory: name the file to write, such as "
            f"{os.path.join(path, 'body.txt' if name == '-o' else 'report.json')}"
        )


def apart(inputs: dict[str, str], outputs: dict[str, str | None]) -> None:
    """Refuse to overwrite an input, or one output with the other.

    Parameters
    ----------
    inputs, outputs
        Paths by the name they have on the command line; ``-`` is stdin, and as an output it is passed over.

    Raises
    ------
    CleanerError
        If an output is the same file as an input or as another output, by whatever name or link.
    """
    taken = dict(inputs)
    for name, path in outputs.items():
        if not path or path == STDIN:
            continue
        for other, same in taken.items():
            if _one_file(path, same):
                file = same if path == STDOUT else path
                raise CleanerError(
                    f"{'stdin' if same == STDIN else other} and {name} are the same file"
                    f"{'' if file == STDIN else f' {file}'}: name another one"
                )
        taken[name] = path


def _one_file(path: str, other: str) -> bool:
    """Whether both are one file; what is no plain file, such as /dev/null, takes any number."""
    try:
        first, second = _stat(path), _stat(other)
    except OSError:  # one of them is still to be written
        return other != STDIN and os.path.realpath(path) == os.path.realpath(other)
    return stat.S_ISREG(first.st_mode) and os.path.samestat(first, second)


def _stat(path: str) -> os.stat_result:
    return os.fstat(0) if path == STDIN else os.stat(path)
