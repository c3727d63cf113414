"""``cleaner clean`` for folders, several files, and formats that are read in pieces."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..api import Cleaner
from ..batch import convert
from ..batch.plan import Failure, Job, plan
from ..batch.run import Options, Progress, Summary, run, write_reports
from ..batch.state import State
from ..batch.sums import empty
from ..batch.work import Setup
from ..errors import CleanerError, InputError
from ..files import written
from ..sources._types import Options as Reading
from ..sources.compression import bare_name
from ..sources.formats import named_format
from .places import STDIN, apart, tell

__all__ = ["clean_many", "wants_batch"]

_MOST_MESSAGES = 10
_STATE = ".cleaner"
# Below this size, in bytes, starting workers takes longer than the work.
_WORTH_WORKERS = 1_000_000
_FOLDER_OPTIONS = (
    "to",
    "quarantine",
    "summary",
    "failures",
    "include",
    "exclude",
    "backup",
    "force",
)


def clean_many(make: Callable[[], Cleaner], sources: Sequence[str], options: dict[str, Any]) -> int:
    """Clean all of the sources; the exit status.

    Raises
    ------
    CleanerError
        If something is in the way of the run as a whole.
    """
    place = _Place(sources, options)
    # The originals of an earlier run in place are no sources.
    backups = (f"*{options['backup']}",) if options["backup"] else ()
    exclude = (*options["exclude"], *backups)
    jobs, failed = plan(sources, options["include"], exclude, place.renamed)
    place.check(jobs)
    cleaner = make()
    reading = Reading(options["text_field"], options["encoding"])
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
    )
    with _held(place, setup, options) as state:
        summary = _run(jobs, setup, state, place, options)
        if state is not None:
            if options["report_path"]:
                write_reports(options["report_path"], jobs, state, summary, failed)
            state.compact([job.target for job in jobs])
    if state is not None and not place.folder:
        shutil.rmtree(place.state_folder, ignore_errors=True)
    summary = summary._replace(failures=[*summary.failures, *failed])
    _write_account(summary, options)
    return _told(summary, options)


class _Place:
    """Where the output goes."""

    def __init__(self, sources: Sequence[str], options: dict[str, Any]) -> None:
        self._sources = sources
        self._options = options
        output = options["output"]
        self._to = options["to"] or ""
        self.in_place = options["backup"] is not None
        if self.in_place and (output or self._to):
            raise click.UsageError("--in-place goes without -o and --to")
        self.folder = ""
        if options["check"]:
            pass
        elif self.in_place:
            folders = [s if os.path.isdir(s) else os.path.dirname(s) or "." for s in sources]
            self.folder = os.path.commonpath([os.path.abspath(f) for f in folders])
        elif _is_folder(output, sources):
            self.folder = output
        self.output = output or ""

    @property
    def state_folder(self) -> Path:
        """Where the run remembers what it has done, on the disk of the output."""
        if self.folder:
            return Path(self.folder) / _STATE
        folder, name = os.path.split(os.path.abspath(self.output))
        return Path(folder) / f".{name}{_STATE}"

    def of(self, job: Job) -> str:
        """Where the result of a job goes."""
        if self.in_place:
            return job.path
        return os.path.join(self.folder, job.target) if self.folder else self.output

    def renamed(self, target: str) -> str:
        """The name of a converted file."""
        if not self._to or (self._to == "text" and _stem(target) == target):
            return target
        if self._to == "text" and bare_name(target).lower().endswith((".txt", ".md")):
            return target
        return _stem(bare_name(target)) + convert.SUFFIXES[self._to]

    def check(self, jobs: Sequence[Job]) -> None:
        """Refuse what would overwrite a source, or make the output a source of the next run."""
        options = self._options
        outputs = {
            "-o": None if self.folder else options["output"],
            "--report": options["report_path"],
            "--summary": options["summary"],
            "--failures": options["failures"],
        }
        apart({}, outputs)
        folders = {name: path for name, path in outputs.items() if path and path != STDIN}
        if self.folder and not self.in_place:
            folders["-o"] = self.folder
        if options["quarantine"]:
            folders["--quarantine"] = options["quarantine"]
        for source in self._sources:
            for name, path in folders.items():
                _not_inside(name, path, source)
        paths = {os.path.realpath(job.path) for job in jobs}
        for job in jobs:
            if (
                not options["check"]
                and not self.in_place
                and os.path.realpath(self.of(job)) in paths
            ):
                raise CleanerError(
                    f"{self.of(job)} is itself to be cleaned: name another -o, or say --in-place"
                )
        for name, path in folders.items():
            if os.path.realpath(path) in paths:
                raise CleanerError(f"{name} {path} is itself to be cleaned: name another file")


def _is_folder(output: str | None, sources: Sequence[str]) -> bool:
    if output is None:
        raise CleanerError(
            "-o DST is needed for a folder, several files, or a packed format "
            "(--in-place cleans files where they are)"
        )
    several = len(sources) > 1 or os.path.isdir(sources[0])
    if several and not os.path.isdir(output):
        if os.path.exists(output):
            raise CleanerError(f"-o {output}: is a file: name a folder")
        if named_format(output):
            raise CleanerError(
                f"-o {output}: seems to name a file, and what is cleaned needs a folder: "
                f"say -o {output}{os.sep} if that is its name"
            )
    return several or os.path.isdir(output) or output.endswith(os.sep)


def _not_inside(name: str, path: str, source: str) -> None:
    if not os.path.isdir(source):
        return
    inner, outer = os.path.realpath(path), os.path.realpath(source)
    if inner == outer:
        raise CleanerError(
            f"{name} {path} is SRC itself: name another folder, or say --in-place to clean there"
        )
    if os.path.commonpath([inner, outer]) == outer:
        raise CleanerError(
            f"{name} {path} lies in SRC {source}, and would be cleaned by the next run: "
            "name a place outside of it"
        )


def _stem(target: str) -> str:
    return os.path.splitext(target)[0]


@contextmanager
def _held(place: _Place, setup: Setup, options: dict[str, Any]) -> Iterator[State | None]:
    if options["check"]:
        yield None
        return
    settings = {
        "rules": setup.cleaner.ruleset.fingerprint,
        "format": setup.form,
        "to": setup.to,
        "field": setup.options.text_field,
        "encoding": setup.options.encoding,
        "quarantine": os.path.abspath(setup.quarantine) if setup.quarantine else "",
        "backup": setup.backup,
    }
    try:
        with State(place.state_folder, settings).held() as state:
            yield state
    except OSError as error:
        raise InputError(f"{error.filename or place.output}: {error.strerror}") from error


def _run(
    jobs: Sequence[Job], setup: Setup, state: State | None, place: _Place, options: dict[str, Any]
) -> Summary:
    if not jobs:
        return Summary(empty(), 0, 0, [], [])
    size = sum(job.size for job in jobs)
    workers = options["jobs"] or _cores()
    workers = workers if size >= _WORTH_WORKERS or options["jobs"] else 1
    with _progress(size, options) as progress:
        how = Options(workers, options["force"], options["fail_fast"], progress)
        return run(jobs, setup, state, place.of, how)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@contextmanager
def _progress(size: int, options: dict[str, Any]) -> Iterator[Callable[[Progress], None]]:
    if options["quiet"]:
        yield lambda _: None
        return
    from .progress import showing

    with showing(size, sys.stderr) as show:
        yield show


def _write_account(summary: Summary, options: dict[str, Any]) -> None:
    if options["failures"]:
        with written(options["failures"]) as file:
            for failure in summary.failures:
                file.write(json.dumps(failure._asdict()).encode() + b"\n")
    if options["summary"]:
        with written(options["summary"]) as file:
            file.write(json.dumps(as_json(summary), indent=1).encode() + b"\n")


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary as JSON values; sizes in bytes, times in seconds."""
    sums = dict(summary.sums)
    for key in ("categories", "rules"):
        table = sorted(sums[key].items(), key=lambda item: (-item[1][1], item[0]))
        sums[key] = {name: {"cuts": cuts, "characters": chars} for name, (cuts, chars) in table}
    sums["slowest"] = [
        {"seconds": seconds, "source": source, "bytes": size}
        for seconds, source, size in sums["slowest"]
    ]
    return {
        "sources": summary.sources,
        "skipped": summary.skipped,
        **sums,
        "failures": len(summary.failures),
        "stopped": summary.stopped,
    }


def _told(summary: Summary, options: dict[str, Any]) -> int:
    if not options["quiet"]:
        _tell_failures(summary.failures)
        for name, pieces in summary.found:
            tell(f"{name}: {pieces} pieces of cruft")
        if options["verbose"] or sys.stderr.isatty():
            from ..report.terminal import batch_summary

            batch_summary(as_json(summary), sys.stderr)
    return 1 if summary.failures or summary.found else 0


def _tell_failures(failures: Sequence[Failure]) -> None:
    for failure in failures[:_MOST_MESSAGES]:
        reason = failure.reason.removeprefix(f"{failure.source}: ")
        tell(f"{failure.source}: {reason}")
    if len(failures) > _MOST_MESSAGES:
        tell(f"{len(failures)} failures in all; --failures FILE writes them down")


def wants_batch(sources: Sequence[str], options: dict[str, Any]) -> bool:
    """Whether this is more than one text or stream of JSON lines."""
    if len(sources) > 1 or any(options[name] for name in _FOLDER_OPTIONS):
        return True
    source, output = sources[0], options["output"]
    if source == STDIN:
        return options["form"] in ("parquet", "warc")
    if os.path.isdir(source) or (output and (os.path.isdir(output) or output.endswith(os.sep))):
        return True
    return options["form"] in ("parquet", "warc") or _packed(source, options)


def _packed(source: str, options: dict[str, Any]) -> bool:
    """Whether the file is compressed, or of a format that is read in pieces."""
    from ..sources.compression import kind_of
    from ..sources.formats import format_of

    try:
        if kind_of(source):
            return True
        form = format_of(source, options["form"]).name
    except (InputError, OSError):
        return False  # the simple way says what is wrong with it
    return form in ("parquet", "warc") or bool(form == "jsonl" and options["jobs"])
