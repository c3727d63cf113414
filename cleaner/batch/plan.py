"""From what a user names to a list of files to clean, each with its place in the output."""

import fnmatch
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..errors import InputError

__all__ = ["Failure", "Job", "plan"]


class Job(NamedTuple):
    """One source file and where its result goes.

    Attributes
    ----------
    name
        What reports call it: its path as the user would write it.
    path
        Where it is.
    target
        Its place below the output folder.
    size
        Its bytes, for the progress.
    """

    name: str
    path: str
    target: str
    size: int


class Failure(NamedTuple):
    """A document that could not be cleaned, and why."""

    source: str
    reason: str


def plan(
    sources: Sequence[str],
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    renamed: Callable[[str], str] = str,
) -> tuple[list[Job], list[Failure]]:
    """The files that the sources name, in the order of their places in the output.

    A folder gives all files below it, its tree kept. Names that begin with a dot are left out, and so is
    what ``exclude`` matches, or ``include`` does not: glob patterns over the path below the source, and
    over the name alone. A file that is named itself is always taken.

    Symbolic links to files are followed within the source; those that lead out of it, and links to
    nothing, are failures. Linked folders are not entered: what is inside the source is found in its own
    place.

    ``renamed`` gives a file another name in the output.

    Raises
    ------
    InputError
        If a source is not there, or two files have one place in the output.
    """
    jobs: dict[str, Job] = {}
    failures: list[Failure] = []
    for source in sources:
        folder = os.path.isdir(source)
        for job in _jobs(source, failures):
            if folder and not _wanted(job.target, include, exclude):
                continue
            job = job._replace(target=renamed(job.target))
            other = jobs.setdefault(job.target, job)
            if other.path != job.path:
                raise InputError(
                    f"{other.path} and {job.path} would both be written to {job.target}: "
                    "clean them in two runs, or name the folder above both"
                )
    return sorted(jobs.values(), key=lambda job: job.target.split(os.sep)), sorted(failures)


def _jobs(source: str, failures: list[Failure]) -> Iterator[Job]:
    if os.path.isdir(source):
        yield from _below(source, failures)
        return
    try:
        size = os.stat(source).st_size
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error
    yield Job(source, source, os.path.basename(source), size)


def _below(source: str, failures: list[Failure]) -> Iterator[Job]:
    root = os.path.realpath(source)

    def failed(error: OSError) -> None:
        failures.append(Failure(str(error.filename), f"cannot be read: {error.strerror}"))

    for folder, folders, names in os.walk(source, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.startswith("."):
                continue
            path = os.path.join(folder, name)
            try:
                size = os.stat(path).st_size
            except OSError as error:
                failures.append(Failure(path, f"cannot be read: {error.strerror}"))
                continue
            if os.path.islink(path) and not _inside(os.path.realpath(path), root):
                failures.append(Failure(path, f"is a link that leads out of {source}"))
            elif os.path.isfile(path):
                yield Job(path, path, os.path.relpath(path, source), size)


def _inside(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _wanted(target: str, include: Iterable[str], exclude: Iterable[str]) -> bool:
    include = tuple(include)
    if include and not any(_fits(target, pattern) for pattern in include):
        return False
    return not any(_fits(target, pattern) for pattern in exclude)


def _fits(target: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(target, pattern) or fnmatch.fnmatchcase(
        os.path.basename(target), pattern
    )
