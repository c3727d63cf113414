"""From what a user names to a list of files to clean, each with its place in the output."""

import fnmatch
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..errors import InputError

__all__ = ["Failure", "Job", "list_source", "plan"]


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
    error
        Why it cannot be cleaned; empty where nothing is known against it.
    site
        The folder that stands for its site: of a file below a folder that is named, the first one below
        that, or that itself; of a file that is named, the folder it is in.
    """

    name: str
    path: str
    target: str
    size: int
    error: str = ""
    site: str = ""


class Failure(NamedTuple):
    """A document that could not be cleaned, and why."""

    source: str
    reason: str


def plan(
    sources: Sequence[str],
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    placed: Callable[[Job], Job] = lambda job: job,
    backups: Collection[str] = (),
    listed: Callable[[str], tuple[bool, Iterator[Job]]] | None = None,
) -> list[Job]:
    """The files that the sources name, in the order of their places in the output.

    A folder gives all files below it, its tree kept. Names that begin with a dot are left out, and so is
    what ``exclude`` matches, or ``include`` does not: glob patterns over the path below the source, and
    over the name alone. A file that is named itself is always taken.

    Symbolic links to files are followed within the source; those that lead out of it, and links to
    nothing, have an error. Linked folders are not entered: what is inside the source is found in its own
    place. Pipes, sockets and devices in a folder are no documents.

    ``placed`` gives a file another place. Names in a folder that end with one of ``backups`` are left out
    where the file is there whose backup they are, unless a pattern of ``include`` ends so too. ``listed``
    says of a source whether it is a folder, and gives its files, where those are not of this machine.

    Raises
    ------
    InputError
        If a source is not there, or two files have one place in the output.
    """
    jobs: dict[str, Job] = {}
    for source in sources:
        folder, found = (listed or list_source)(source)
        for job in found:
            if folder and not _wanted(job, include, exclude, backups):
                continue
            job = job if job.error else placed(job)
            other = jobs.setdefault(job.target, job)
            if other.path != job.path and not _same(other.path, job.path):
                raise _conflict(other, job)
    for job in jobs.values():
        _check_folders(job, jobs)
    return sorted(jobs.values(), key=lambda job: job.target.split(os.sep))


def _conflict(job: Job, other: Job) -> InputError:
    return InputError(
        f"{job.path} and {other.path} would both be written to {job.target}: "
        "clean them in two runs, or name the folder above both"
    )


def _same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _check_folders(job: Job, jobs: dict[str, Job]) -> None:
    """Refuse a file below what is a file itself in the output."""
    folder = os.path.dirname(job.target)
    while folder and folder != os.sep:
        other = jobs.get(folder)
        if other is not None and not other.error and not job.error:
            raise _conflict(other, job)
        folder = os.path.dirname(folder)


def list_source(source: str) -> tuple[bool, Iterator[Job]]:
    """Whether a source is a folder, and its files."""
    return os.path.isdir(source), _jobs(source)


def _jobs(source: str) -> Iterator[Job]:
    if os.path.isdir(source):
        yield from _below(source)
        return
    try:
        size = os.stat(source).st_size
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error
    if not os.path.isfile(source):
        raise InputError(f"{source}: is no plain file: name it alone, or copy it to one")
    site = os.path.basename(os.path.dirname(os.path.abspath(source)))
    yield Job(source, source, os.path.basename(source), size, site=site)


def _below(source: str) -> Iterator[Job]:
    root = os.path.realpath(source)
    errors: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in (*names, *links):
            if not name.startswith("."):
                yield from _found(os.path.join(folder, name), source, root)
    for error in errors:
        path = str(error.filename)
        reason = f"cannot be read: {error.strerror}"
        yield Job(path, path, os.path.relpath(path, source), 0, reason)


def _found(path: str, source: str, root: str) -> Iterator[Job]:
    """What a folder holds under this path, if that is a document or should be one."""
    target = os.path.relpath(path, source)
    first, below, _ = target.partition(os.sep)
    job = Job(path, path, target, 0, site=first if below else os.path.basename(root))
    try:
        size = os.stat(path).st_size
    except OSError as error:
        yield job._replace(error=f"cannot be read: {error.strerror}")
        return
    if os.path.islink(path) and not _inside(os.path.realpath(path), root):
        yield job._replace(error=f"is a link that leads out of {source}")
    elif os.path.isfile(path):
        yield job._replace(size=size)


def _inside(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _wanted(
    job: Job, include: Sequence[str], exclude: Sequence[str], backups: Collection[str]
) -> bool:
    if include and not _fits(job.target, include):
        return False
    for backup in backups:
        original = job.path.removesuffix(backup)
        asked = any(pattern.endswith(backup) for pattern in include)
        if not asked and original != job.path and os.path.isfile(original):
            return False
    return not _fits(job.target, exclude)


def _fits(target: str, patterns: Iterable[str]) -> bool:
    name = os.path.basename(target)
    return any(
        fnmatch.fnmatchcase(target, pattern) or fnmatch.fnmatchcase(name, pattern)
        for pattern in patterns
    )
