"""A run over many files: pieces to workers, results to their places, nothing done twice.

The output depends neither on the number of workers nor on how often a run was killed on its way: what
outputs and reports hold follows from each source alone, and they are put together in the order of the plan.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import CleanerError
from ..files import written
from ..report.account import dumps, failure
from ..sources.formats import format_of
from .assemble import assemble, finished_part, keep_part, report_lines, reports_of
from .plan import Failure, Job
from .pool import run_all
from .state import State, stamp
from .sums import Sums, added, empty
from .work import Done, Item, Setup

__all__ = ["Options", "Progress", "Summary", "run", "write_reports"]


class Summary(NamedTuple):
    """What a run did.

    Attributes
    ----------
    sums
        Documents, bytes and cuts, see `cleaner.batch.sums`; those of skipped sources included.
    sources, skipped
        How many files there were, and how many of them an earlier run had done.
    failures
        Documents and files that could not be cleaned, in the order of the plan.
    found
        Sources with cruft and how many pieces of it, where nothing is written.
    stopped
        Whether the run stopped at its first failure.
    """

    sums: Sums
    sources: int
    skipped: int
    failures: list[Failure]
    found: list[tuple[str, int]]
    stopped: bool = False


class Progress(NamedTuple):
    """How far a run is; sizes in bytes, ``done`` of the sources as they are on the disk."""

    done: int
    documents: int
    before: int
    after: int
    failures: int


class Options(NamedTuple):
    """How a run works; none of it changes what it writes.

    Attributes
    ----------
    workers
        The number of processes.
    force
        Whether sources are cleaned again that an earlier run has done.
    fail_fast
        Whether to stop at the first failure.
    progress
        Called now and then.
    """

    workers: int = 1
    force: bool = False
    fail_fast: bool = False
    progress: Callable[[Progress], None] = lambda _: None


class _Source:
    """A source that is being worked on."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.before = stamp(job.path)
        self.sums = empty()
        self.failures: list[tuple[int, Failure]] = []
        self.reports = b""  # of a whole file; those of parts stay with them
        self.parts: list[Path] = []
        self.waiting = 0
        self.whole = False
        self.read = False  # to its end
        self.error = ""


def run(
    jobs: Sequence[Job],
    setup: Setup,
    state: State | None,
    outputs: Callable[[Job], str],
    options: Options,
) -> Summary:
    """Clean all files of a plan.

    Parameters
    ----------
    jobs
        The plan.
    setup
        How each is cleaned.
    state
        What is remembered from run to run, and locked; None where nothing is written.
    outputs
        Where the result of a job goes.
    options
        How the run works.

    Raises
    ------
    WriteError
        If an output cannot be written; what is done stays done.
    """
    task = _Run(jobs, setup, state, outputs, options)
    lock = state.lock if state else None
    run_all(setup, task.items(), task.take, workers=options.workers, lock=lock)
    failures = [failure for index in sorted(task.failures) for failure in task.failures[index]]
    found = sorted(task.found)
    return Summary(task.total, len(jobs), task.skipped, failures, found, task.stopped)


def _cruft(sums: Sums) -> int:
    """The pieces of cruft that were cut, white space aside."""
    return sum(
        cuts for category, (cuts, _) in sums["categories"].items() if category != "whitespace"
    )


class _Run:
    """The state of one run in the main process."""

    def __init__(
        self,
        jobs: Sequence[Job],
        setup: Setup,
        state: State | None,
        outputs: Callable[[Job], str],
        options: Options,
    ) -> None:
        self._jobs = jobs
        self._setup = setup
        self._state = state
        self._outputs = outputs
        self._options = options
        self._open: dict[int, _Source] = {}
        self._bytes = 0
        self.total = empty()
        self.failures: dict[int, list[Failure]] = {}
        self.found: list[tuple[str, int]] = []
        self.skipped = 0
        self.stopped = False

    def items(self) -> Iterator[Item]:
        """The pieces of all sources that have to be cleaned, in order."""
        for index, job in enumerate(self._jobs):
            if self._known(index, job):
                continue
            source = self._open[index] = _Source(job)
            try:
                for item in self._pieces(index, source):
                    yield item
                    if self.stopped:
                        return
            except (CleanerError, OSError) as error:
                source.error = str(error)
            source.read = True
            self._close(index)
            if self.stopped:
                return

    def _known(self, index: int, job: Job) -> bool:
        if self._state is None:
            return False
        if self._options.force:
            self._state.entries.pop(job.target, None)
            return False
        reported = self._setup.reported
        entry = self._state.known(job.target, job.path, self._outputs(job), reported=reported)
        if entry is None:
            return False
        self.skipped += 1
        self._bytes += job.size
        added(self.total, entry.header["sums"])
        if failures := [Failure(*failure) for failure in entry.header["failures"]]:
            self.failures[index] = failures
        self._tell()
        return True

    def _pieces(self, index: int, source: _Source) -> Iterator[Item]:
        job, state = source.job, self._state
        form = format_of(job.path, self._setup.form)
        source.whole = form.name == "text" and self._setup.to in ("", "text")
        final = self._outputs(job)
        for number, piece in enumerate(form.pieces(job.path, self._setup.options)):
            source.waiting += 1
            output = final
            if not source.whole and state is not None:
                part = state.part(job.target, number, job.path)
                source.parts.append(part)
                output = str(part)
                done = None if self._options.force else finished_part(part, index, number)
                if done is not None:
                    self._took(source, done)
                    continue
            yield Item(index, job, number, piece, output, final, source.whole)

    def take(self, done: Done) -> None:
        """What a worker did with a piece."""
        source = self._open[done.at]
        if done.error:
            source.error = source.error or done.error
        elif source.whole:
            source.reports = done.reports
        elif source.parts:
            keep_part(source.parts[done.number], done)
        self._took(source, done)
        self._close(done.at)
        self._tell()

    def _took(self, source: _Source, done: Done) -> None:
        source.waiting -= 1
        added(source.sums, done.sums)
        source.failures += [(done.number, failure) for failure in done.failures]

    def _close(self, index: int) -> None:
        """Put a source away when all of it is done."""
        source = self._open[index]
        if source.waiting or not source.read:
            return
        del self._open[index]
        self._bytes += source.job.size
        failures = [failure for _, failure in sorted(source.failures, key=lambda pair: pair[0])]
        if not source.error and self._state is not None:
            try:
                self._finish(self._state, source, failures)
            except CleanerError as error:
                if source.whole or not self._setup.backup:
                    raise
                source.error = str(error)  # one backup that is in the way is no reason to stop
        if source.error:
            failures = [Failure(source.job.name, source.error)]
        else:
            added(self.total, source.sums)
        if failures:
            self.failures[index] = failures
            self.stopped = self._options.fail_fast
        if self._setup.check and (pieces := _cruft(source.sums)):
            self.found.append((source.job.name, pieces))

    def _finish(self, state: State, source: _Source, failures: Sequence[Failure]) -> None:
        job, setup = source.job, self._setup
        output = self._outputs(job)
        lines, reports = source.reports.count(b"\n"), iter([source.reports])
        if not source.whole:
            if setup.to != "text" and (source.sums["with_cruft"] or not setup.backup):
                assemble(source.parts, job, setup, output)
            lines, reports = report_lines(source.parts), reports_of(source.parts)
        there = stamp(output)
        header = {
            "target": job.target,
            # A file that was cleaned in its place is its own source from now on.
            "source": [job.path, there if setup.backup else source.before],
            "output": there,
            "sums": source.sums,
            "failures": failures,
            "reported": setup.reported,
        }
        state.add(header, lines, reports)
        if source.parts:
            state.forget(source.parts[0].parent)

    def _tell(self) -> None:
        sums = [self.total, *(source.sums for source in self._open.values())]
        begun = (min(s.sums["bytes_before"], s.job.size) for s in self._open.values())
        documents, before, after = (
            sum(part[key] for part in sums) for key in ("documents", "bytes_before", "bytes_after")
        )
        failures = sum(map(len, self.failures.values()))
        failures += sum(len(source.failures) for source in self._open.values())
        done = self._bytes + sum(begun)
        self._options.progress(Progress(done, documents, before, after, failures))


def write_reports(
    path: str, jobs: Sequence[Job], state: State, summary: Summary, unplanned: Sequence[Failure]
) -> None:
    """All reports in the order of the plan; what failed as a whole has one that says so.

    ``unplanned`` are files that no job was made of; they come last.
    """
    whole = {failed.source: failed for failed in summary.failures}
    with written(path) as file:
        for job in jobs:
            if job.target in state.entries:
                for line in state.reports(job.target):
                    file.write(line)
            elif job.name in whole:
                file.write(_failed(whole[job.name]))
        for failed in unplanned:
            file.write(_failed(failed))


def _failed(failed: Failure) -> bytes:
    return f"{dumps(failure(failed.source, failed.reason))}\n".encode()
