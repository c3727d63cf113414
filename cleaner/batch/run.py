"""A run over many files: pieces to workers, results to their places, nothing done twice.

The output depends neither on the number of workers nor on how often a run was killed on its way: what
outputs and reports hold follows from each source alone, and they are put together in the order of the plan.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..errors import CleanerError, InputError
from ..sources.formats import format_of
from .account import Options, Progress, Summary
from .assemble import finished_part, keep_part
from .finish import Source, finish
from .items import Done, Item, Setup
from .placing import WriteError
from .plan import Failure, Job
from .pool import run_all
from .state import State
from .sums import Sums, added, empty
from .work import reason_of

__all__ = ["run"]


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
    pool = options.pool or partial(run_all, workers=options.workers)
    pool(setup, task.items(), task.take)
    task.check_end()
    failures = [failure for index in sorted(task.failures) for failure in task.failures[index]]
    found = [task.found[index] for index in sorted(task.found)]
    return Summary(task.total, len(jobs), task.skipped, failures, found, task.stopped)


def _failures(source: Source) -> list[Failure]:
    """What could not be cleaned: all of the source, for one reason, or some of it, in its order."""
    if source.errors:
        name = source.job.name
        return [Failure(name, source.errors[min(source.errors)].removeprefix(f"{name}: "))]
    return [failure for _, failure in sorted(source.failures, key=lambda pair: pair[0])]


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
        self._open: dict[int, Source] = {}
        self._bytes = 0
        self.total = empty()
        self.failures: dict[int, list[Failure]] = {}
        self.found: dict[int, tuple[str, int]] = {}
        self.skipped = 0
        self.stopped = False

    def items(self) -> Iterator[Item]:
        """The pieces of all sources that have to be cleaned, in order."""
        for index, job in enumerate(self._jobs):
            if not self._known(index, job):
                yield from self._items(index, Source(job))
            if self.stopped:
                return

    def _items(self, index: int, source: Source) -> Iterator[Item]:
        self._open[index] = source
        try:
            if source.job.error:
                raise InputError(source.job.error)
            for item in self._pieces(index, source):
                yield item
                if self.stopped:
                    return
        except WriteError:
            raise
        except Exception as error:
            source.errors[len(source.parts)] = reason_of(error)
        source.read = True
        self._close(index)

    def check_end(self) -> None:
        """See to it that no source was forgotten on the way."""
        if self._open and not self.stopped:
            names = ", ".join(source.job.name for source in self._open.values())
            raise CleanerError(
                f"not done, by an error of cleaner itself, please report it: {names}"
            )

    def _known(self, index: int, job: Job) -> bool:
        if self._state is None:
            return False
        if self._options.force or job.error:
            self._state.entries.pop(job.target, None)
            return False
        reported = self._setup.reported
        header = self._state.known(job.target, job.path, self._outputs(job), reported=reported)
        if header is None:
            return False
        self.skipped += 1
        self._bytes += job.size
        added(self.total, header["sums"])
        if failures := [Failure(*failure) for failure in header["failures"]]:
            self._fail(index, failures)
        self._found(index, job, header["sums"])
        self._tell()
        return True

    def _fail(self, index: int, failures: list[Failure]) -> None:
        self.failures[index] = failures
        self.stopped = self.stopped or self._options.fail_fast

    def _pieces(self, index: int, source: Source) -> Iterator[Item]:
        job, state = source.job, self._state
        form = format_of(job.path, self._setup.form)
        source.whole = form.name == "text" and self._setup.to in ("", "text")
        final = self._outputs(job)
        how = self._setup.options.piece_bytes, self._setup.reported
        for number, piece in enumerate(form.pieces(job.path, self._setup.options)):
            source.waiting += 1
            source.sizes.append(piece.size)
            output = final
            if not source.whole and state is not None:
                folder = state.parts(job.target, job.path, source.before, *how)
                part = folder / f"{number:08}"
                source.parts.append(part)
                output = str(part)
                done = None if self._options.force else finished_part(part, index, number)
                if done is not None:
                    self._took(source, done)
                    continue
            yield Item(index, job, number, piece, output, final, source.whole, source.before)

    def take(self, done: Done) -> None:
        """What a worker did with a piece."""
        source = self._open[done.at]
        if done.error:
            source.errors[done.number] = done.error
        elif source.whole:
            source.reports, source.partial = done.reports, done.partial
        elif source.parts:
            keep_part(source.parts[done.number], done)
        self._took(source, done)
        self._tell()
        if self._options.fail_fast and not source.whole and (done.error or done.failures):
            # Its pieces that are done stay, and no output is made of them.
            if not self.stopped:
                self._fail(done.at, _failures(source)[:1])
            return
        self._close(done.at)

    def _took(self, source: Source, done: Done) -> None:
        source.waiting -= 1
        source.done += source.sizes[done.number]
        added(source.sums, done.sums)
        source.texts.update(done.texts)
        source.failures += [(done.number, failure) for failure in done.failures]

    def _close(self, index: int) -> None:
        """Put a source away when all of it is done."""
        source = self._open[index]
        if source.waiting or not source.read:
            return
        del self._open[index]
        self._bytes += source.job.size
        if not source.errors and self._state is not None:
            outputs, failures = self._outputs(source.job), _failures(source)
            try:
                finish(self._state, self._setup, source, outputs, failures)
            except (WriteError, OSError):
                raise
            except Exception as error:  # of one source, and no reason to stop
                source.errors[0] = reason_of(error)
        if failures := _failures(source):
            self._fail(index, failures)
        if not source.errors:
            added(self.total, source.sums)
            self._found(index, source.job, source.sums)

    def _found(self, index: int, job: Job, sums: Sums) -> None:
        if self._setup.check and (pieces := _cruft(sums)):
            self.found[index] = (job.name, pieces)

    def _tell(self) -> None:
        sums = [self.total, *(source.sums for source in self._open.values())]
        begun = (min(s.done, s.job.size) for s in self._open.values())
        documents, before, after = (
            sum(part[key] for part in sums) for key in ("documents", "bytes_before", "bytes_after")
        )
        failures = sum(map(len, self.failures.values()))
        failures += sum(len(source.failures) for source in self._open.values())
        done = self._bytes + sum(begun)
        self._options.progress(Progress(done, documents, before, after, failures))
