"""``cleaner clean --engine ray``: the same run on a Ray cluster."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..api import Cleaner
from ..batch import convert
from ..batch.account import Summary, write_reports
from ..batch.items import Setup
from ..batch.plan import Job, list_source, plan
from ..batch.state import State
from ..cluster import accounts
from ..cluster.connecting import connected, cores, ray_module, told_plainly
from ..cluster.learn import learn_all
from ..cluster.places import is_address, joined, listing, shown
from ..cluster.run import clean_all, how_of
from ..cluster.source import Planned
from ..errors import CleanerError, InputError
from ..learn.corpus import Reading as Counting
from ..learn.propose import Bounds
from ..learn.run import Learned
from ..sources._types import Options as Reading
from ..sources.compression import bare_name
from ..sources.formats import named_format
from .batch import check_options, progress, resumed, settings_of
from .options import BACKUP, cleaner_of, where_of
from .outcome import accounted
from .places import STDIN, tell, tell_nothing
from .target import Place

__all__ = ["clean_on_cluster", "learned_on_cluster"]

_STATE = ".cleaner"
_ACCOUNTS = "accounts"
# What a run on a cluster does not do, by option; the engine of one machine does.
_LOCAL_ONLY = {
    "in_place": "--in-place",
    "check": "--check",
    "quarantine": "--quarantine",
    "fail_fast": "--fail-fast",
    "prune": "--prune",
    "learn": "--learn",
}


def clean_on_cluster(
    make: Callable[[], Cleaner], sources: Sequence[str], options: dict[str, Any]
) -> int:
    """Clean all of the sources on a cluster; the exit status.

    Raises
    ------
    CleanerError
        If something is in the way of the run as a whole.
    """
    ray_module()
    _refuse(sources, options)
    place = _place(sources, options)
    options = {**options, "to": place.to}
    check_options(options)
    backups = {options["suffix"], BACKUP}
    include, exclude = options["include"], options["exclude"]
    jobs = plan(sources, include, exclude, place.placed, backups, _listed)
    place.check(jobs)
    tell_nothing(jobs, sources, options)
    cleaner = make()
    where = where_of(options) if cleaner.has_sites else None
    fields = where.fields() if where else ()
    setup = Setup(
        cleaner,
        Reading(options["text_field"], options["encoding"], fields=fields),
        options["form"],
        place.to,
        options["report_path"] is not None,
        packing=place.packing,
        where=where,
    )
    planned = [Planned(_whole(job), _absolute(place.of(job))) for job in jobs]
    with resumed(place.folder or options["output"], options), _held(place) as (folder, scratch):
        how = how_of(setup, settings_of(setup), folder, scratch, force=options["force"])
        with connected(options["address"], options["jobs"]) as ray:
            workers = options["jobs"] or cores(ray)
            size = sum(job.size for job in jobs)
            with progress(size, options) as show, told_plainly(ray):
                summary, done = clean_all(ray, planned, how, cleaner, workers, show)
        if options["report_path"]:
            kept = partial(accounts.reports, how.accounts)
            write_reports(
                options["report_path"], (each.job for each in planned), done, kept, summary
            )
    if isinstance(place, Place) and not place.folder:
        shutil.rmtree(place.state_folder, ignore_errors=True)
    _hint(planned, summary, options)
    return accounted(summary, options)


def learned_on_cluster(
    sources: Sequence[str], reading: Counting, bounds: Bounds, options: dict[str, Any]
) -> Learned:
    """Count the sources on a cluster and propose rules.

    Raises
    ------
    CleanerError
        If something is in the way of the run as a whole.
    """
    ray_module()
    jobs = plan(sources, options["include"], options["exclude"], listed=_listed)
    tell_nothing(jobs, sources, options)
    names = ("profile", "packs", "enable", "disable")
    cleaner = cleaner_of(*(options[name] for name in names))
    with connected(options["address"], options["jobs"]) as ray:
        workers = options["jobs"] or cores(ray)
        return learn_all(ray, [_whole(job) for job in jobs], reading, bounds, cleaner, workers)


class _Addresses:
    """Where the output goes if a source or the output has an address: always below a folder."""

    packing = None

    def __init__(self, sources: Sequence[str], options: dict[str, Any]) -> None:
        output = options["output"]
        if output in (None, STDIN):
            raise CleanerError(
                "-o DST is needed: a folder, or an address such as s3://bucket/clean"
            )
        if not is_address(output) and os.path.isfile(output):
            raise CleanerError(f"-o {output}: is a file: name a folder")
        if named_format(shown(output)):
            raise CleanerError(
                f"-o {output}: seems to name a file; with addresses -o is a folder, in which each source "
                "has an output of its name"
            )
        self.folder = output
        self.to = options["to"] or ""
        self._sources = sources
        self._form = options["form"]

    def of(self, job: Job) -> str:
        """Where the result of a job goes."""
        return joined(self.folder, job.target)

    def placed(self, job: Job) -> Job:
        """The job with the place of its result."""
        form = named_format(job.target) if self._form == "auto" else self._form
        if not self.to or form == self.to:
            return job
        stem = os.path.splitext(bare_name(job.target))[0]
        return job._replace(target=stem + convert.SUFFIXES[self.to])

    def check(self, _jobs: Sequence[Job]) -> None:
        """Refuse an output that would be a source of the next run, or overwrite one."""
        output = _folder(self.folder)
        for source in self._sources:
            folder = _folder(source)
            if (
                output.startswith(folder)
                or folder == f"{output}{shown(source).rpartition('/')[2]}/"
            ):
                raise CleanerError(
                    f"-o {shown(self.folder)} lies in SRC {shown(source)}, or holds it: name another place"
                )


def _folder(place: str) -> str:
    name = shown(place) if is_address(place) else f"file://{os.path.realpath(place)}"
    return name.rstrip("/") + "/"


def _place(sources: Sequence[str], options: dict[str, Any]) -> Place | _Addresses:
    named = [*sources, options["output"] or ""]
    return (_Addresses if any(map(is_address, named)) else Place)(sources, options)


def _refuse(sources: Sequence[str], options: dict[str, Any]) -> None:
    for name, option in _LOCAL_ONLY.items():
        if options[name]:
            raise click.UsageError(f"{option} goes with --engine local")
    if options["to"] == "text":
        raise click.UsageError("--to text goes with --engine local: say --to jsonl, or parquet")
    if STDIN in sources:
        raise click.UsageError("--engine ray needs files, folders or addresses: stdin is none")
    if options["report_path"] and is_address(options["report_path"]):
        raise click.UsageError("--report is a file of this machine")


def _listed(source: str) -> tuple[bool, Iterator[Job]]:
    if not is_address(source):
        return list_source(source)
    folder, found = listing(source)
    own = shown(source).rstrip("/").split("/")[-1 if folder else -2]
    return folder, (
        Job(shown(place), place, path.replace("/", os.sep), size, site=_first(path) or own)
        for path, size in found
        for place in [joined(source, path) if folder else source]
    )


def _first(path: str) -> str:
    """The first folder of a path; empty if it has none."""
    first, below, _ = path.partition("/")
    return first if below else ""


def _whole(job: Job) -> Job:
    return job._replace(path=_absolute(job.path))


def _absolute(place: str) -> str:
    return place if is_address(place) else os.path.abspath(place)


@contextmanager
def _held(place: Place | _Addresses) -> Iterator[tuple[str, str]]:
    """The folder of the accounts, and that of files that are not whole yet; other runs are kept out."""
    if is_address(place.folder):
        yield joined(place.folder, f"{_STATE}/{_ACCOUNTS}"), ""
        return
    folder = place.state_folder if isinstance(place, Place) else os.path.join(place.folder, _STATE)
    folder = os.path.abspath(folder)
    try:
        with State(Path(folder), {}).held():
            tmp = os.path.join(folder, "tmp")
            yield os.path.join(folder, _ACCOUNTS), tmp
            shutil.rmtree(tmp, ignore_errors=True)  # what processes left there that were killed
    except OSError as error:
        raise InputError(f"{error.filename or folder}: {error.strerror}") from error


def _hint(planned: Sequence[Planned], summary: Summary, options: dict[str, Any]) -> None:
    if not options["address"] or not summary.failures:
        return
    if any(not is_address(each.job.path) and not each.job.error for each in planned):
        tell("with --address each node has to see SRC under the path that is named here")
