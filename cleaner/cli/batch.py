"""``cleaner clean`` for folders, several files, and formats that are read in pieces."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ..api import Cleaner
from ..batch import convert
from ..batch.account import Options, Progress, Summary, write_reports
from ..batch.items import Setup
from ..batch.plan import Job, plan
from ..batch.prune import pruned
from ..batch.run import run
from ..batch.state import State
from ..batch.sums import empty
from ..decode import decode
from ..errors import CleanerError, InputError, MissingExtraError
from ..files import is_direct
from ..sources._types import Options as Reading
from ..sources.compression import packed
from ..sources.formats import check_extras
from .hints import named_otherwise
from .options import BACKUP, cores, where_of
from .outcome import accounted
from .places import STDIN, no_folder, tell, tell_nothing
from .settings import blaming
from .target import ACCOUNTS, Place

__all__ = ["check_options", "clean_many", "progress", "resumed", "settings_of"]

# Below this size, in bytes, starting workers takes longer than the work.
_WORTH_WORKERS = 1_000_000


def clean_many(make: Callable[[], Cleaner], sources: Sequence[str], options: dict[str, Any]) -> int:
    """Clean all of the sources; the exit status.

    Raises
    ------
    CleanerError
        If something is in the way of the run as a whole.
    """
    place = Place(sources, options)
    options = {**options, "to": place.to}
    if options["prune"] and (place.in_place or not place.folder):
        raise click.UsageError("--prune goes with -o FOLDER: elsewhere nothing is left over")
    include, exclude = options["include"], options["exclude"]
    jobs = plan(sources, include, exclude, place.placed, {options["suffix"], BACKUP})
    place.check(jobs)
    tell_nothing(jobs, sources, options)
    check_options(options)
    if options["form"] == "auto" and not options["quiet"]:
        for told in named_otherwise([job.path for job in jobs if not job.error]):
            tell(told)
    _check_extras(jobs, options["form"], place.packing)
    cleaner = make()
    where = where_of(options) if cleaner.has_sites else None
    fields = where.fields() if where else ()
    reading = Reading(options["text_field"], options["encoding"], fields=fields)
    setup = Setup(
        cleaner,
        reading,
        options["form"],
        options["to"] or "",
        options["report_path"] is not None,
        options["quarantine"] or "",
        options["check"],
        options["backup"] or "",
        str(place.state_folder / "tmp"),
        place.packing,
        where,
    )
    with resumed(place.folder or place.output, options), _held(place, setup, options) as state:
        summary = _run(jobs, setup, state, place, options)
        if state is not None:
            if options["report_path"]:
                write_reports(options["report_path"], jobs, state.current, state.reports, summary)
            if not summary.stopped:
                summary = _put_away(jobs, state, place, options, summary)
    if state is not None and not place.folder and not summary.stopped:
        shutil.rmtree(place.state_folder, ignore_errors=True)
    return accounted(summary, options)


@contextmanager
def resumed(output: str, options: dict[str, Any]) -> Iterator[None]:
    """Where a run is interrupted that remembers what it has done, say that the next one goes on there."""
    try:
        yield
    except KeyboardInterrupt as error:
        kept = options["report_path"] if options["check"] else output
        if not kept or is_direct(kept):
            raise
        again = " without --force" if options["force"] else ""
        raise KeyboardInterrupt(
            f"interrupted: run it again{again}, and it goes on where it was"
        ) from error


def _put_away(
    jobs: Sequence[Job], state: State, place: Place, options: dict[str, Any], summary: Summary
) -> Summary:
    """What is remembered in one journal; outputs without a source are counted, or deleted."""
    targets = [job.target for job in jobs]
    stale: list[str] = []
    if place.folder and not place.in_place:
        stale = state.stale(targets, place.path)
        if options["prune"]:
            pruned(stale, place.path, place.folder)
            summary, stale = summary._replace(pruned=len(stale)), []
    state.compact([*targets, *stale])
    return summary._replace(stale=len(stale))


def check_options(options: dict[str, Any]) -> None:
    """Find out now what else would be found out for each file, or at the end."""
    if options["to"]:
        convert.converter(options["to"])
    if options["encoding"]:
        with blaming("encoding"):
            decode(b"", "--encoding", options["encoding"])
    for name, key in ACCOUNTS.items():
        path = options[key]
        no_folder(name, path)
        if path == STDIN:
            raise click.UsageError(f"{name} needs a file")
        folder = os.path.dirname(path or "") or "."
        if path and not os.path.isdir(folder):
            raise CleanerError(f"{name} {path}: there is no folder {folder}: make it")


def _check_extras(jobs: Sequence[Job], form: str, packing: str | None) -> None:
    """Refuse a run of which nothing would come, for nothing can be read, or written, as it is installed."""
    packed(b"", packing or "")
    missing = None
    for job in jobs:
        try:
            check_extras(job.path, form)
        except MissingExtraError as error:
            missing = error
        else:
            return
    if missing:
        raise missing


@contextmanager
def _held(place: Place, setup: Setup, options: dict[str, Any]) -> Iterator[State | None]:
    if options["check"] and not options["report_path"]:
        yield None
        return
    try:
        with State(place.state_folder, settings_of(setup)).held() as state:
            yield state
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{error.filename or place.output}: {error.strerror}") from error


def settings_of(setup: Setup) -> dict[str, Any]:
    """All that decides what the output is, see `State`."""
    return {
        "check": setup.check,
        "rules": setup.cleaner.ruleset.fingerprint,
        "format": setup.form,
        "to": setup.to,
        "packing": setup.packing,
        "field": setup.options.text_field,
        "encoding": setup.options.encoding,
        "quarantine": os.path.abspath(setup.quarantine) if setup.quarantine else "",
        "backup": setup.backup,
        **({"where": list(where)} if (where := setup.where) else {}),
    }


def _run(
    jobs: Sequence[Job], setup: Setup, state: State | None, place: Place, options: dict[str, Any]
) -> Summary:
    if not jobs:
        return Summary(empty(), 0, 0, [], [])
    size = sum(job.size for job in jobs)
    workers = options["jobs"] or cores()
    workers = workers if size >= _WORTH_WORKERS or options["jobs"] else 1
    with progress(size, options) as show:
        how = Options(workers, options["force"], options["fail_fast"], show)
        return run(jobs, setup, state, place.of, how)


@contextmanager
def progress(size: int, options: dict[str, Any]) -> Iterator[Callable[[Progress], None]]:
    """Show how far a run over so many bytes is, unless nothing is to be shown."""
    if options["quiet"]:
        yield lambda _: None
        return
    from .progress import showing

    with showing(size, sys.stderr) as show:
        yield show
