"""What is told of a run: how far it is, and what came of it."""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from ..files import written
from ..report.account import dumps, failure
from .items import Done, Item, Setup
from .placing import WriteError
from .plan import Failure, Job
from .sums import Sums

__all__ = ["Options", "Pool", "Progress", "Summary", "write_reports"]

# Works on items, in any order, and hands what was done with each to the last argument.
Pool = Callable[[Setup, Iterator[Item], Callable[[Done], None]], None]


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
    stale, pruned
        How many outputs of sources that are gone are still there, and were deleted.
    """

    sums: Sums
    sources: int
    skipped: int
    failures: list[Failure]
    found: list[tuple[str, int]]
    stopped: bool = False
    stale: int = 0
    pruned: int = 0


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
    pool
        What works on the pieces, in place of processes of this machine.
    """

    workers: int = 1
    force: bool = False
    fail_fast: bool = False
    progress: Callable[[Progress], None] = lambda _: None
    pool: Pool | None = None


def write_reports(
    path: str,
    jobs: Iterable[Job],
    done: Container[str],
    reports: Callable[[str], Iterable[bytes]],
    summary: Summary,
) -> None:
    """All reports in the order of the plan; a source that failed as a whole has one that says so.

    Parameters
    ----------
    path
        The file.
    jobs
        The plan.
    done
        Targets of sources that have reports.
    reports
        The reports of such a target, as lines.
    summary
        Of the run.

    Raises
    ------
    WriteError
        If they cannot be written.
    """
    whole = {failed.source: failed.reason for failed in summary.failures}
    try:
        with written(path) as file:
            for job in jobs:
                if job.target in done:
                    file.writelines(reports(job.target))
                elif job.name in whole:
                    file.write(f"{dumps(failure(job.name, whole[job.name]))}\n".encode())
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error
