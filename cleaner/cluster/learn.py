"""Learning on many machines: counting as a group-by, of which each step is a task.

Each source, or each share of a large one, is read and counted by itself; its rows are dealt out by site and
key; who gets one deal of all sources sums it and keeps what so many documents have as a rule needs. Tasks
depend on nothing but their input, so one that is lost with its node is done again and counts once.
"""

import itertools
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..api import Cleaner
from ..batch.plan import Job
from ..batch.work import reason_of
from ..learn.corpus import Counted, Reading, digest_of, identity_of, rows_of_task
from ..learn.counting import Count, Row, merged
from ..learn.propose import Bounds
from ..learn.run import Learned, check_sites, proposed
from ..sources._types import Piece
from ..sources.formats import format_of
from .connecting import told_plainly
from .dealing import Summed, deal_of, summed, table_of
from .places import fetch, is_address

__all__ = ["learn_all"]

_SHARE_BYTES = 32_000_000  # of a source for one task
_MOST_SHARES = 32  # of one source: each task has to read what is before its pieces
_TASK_FILES = 64  # small sources are counted some at a time
_DEAL_BYTES = 32_000_000  # of text whose rows one task sums: it holds them in memory
_DEALS = 2  # for each worker at least

Failures = list[tuple[str, str]]


class Share(NamedTuple):
    """Every ``of``-th piece of a source from ``number`` on, from 0."""

    job: Job
    number: int = 0
    of: int = 1


class _Told(NamedTuple):
    documents: int
    nowhere: int
    failures: Failures


def learn_all(
    ray: Any, jobs: Sequence[Job], reading: Reading, bounds: Bounds, cleaner: Cleaner, workers: int
) -> Learned:
    """Count sources on a cluster and propose rules; see `cleaner.learn.run.learned`.

    Raises
    ------
    CleanerError
        If a step is lost again and again, or no document is of any site.
    """
    with told_plainly(ray):
        new, again, failures = _new(ray, jobs, reading)
        size = sum(job.size for job in new)
        deals = max(_DEALS * workers, size // _DEAL_BYTES)
        count = ray.remote(num_cpus=1, num_returns=deals + 1)(_count)
        given = ray.put(reading)
        rows = [count.remote(task, given, deals) for task in _tasks(new)]
        add = ray.remote(num_cpus=1, num_returns=2)(summed)
        sums = [
            add.remote(bounds.least, *dealt) for dealt in zip(*(r[1:] for r in rows), strict=True)
        ]
        told: list[_Told] = ray.get([row[0] for row in rows])
        failures = sorted({*failures, *(failed for each in told for failed in each.failures)})
        documents = sum(each.documents for each in told)
        nowhere = sum(each.nowhere for each in told)
        counted = Counted(documents, len(jobs) - again, again, nowhere, failures)
        check_sites(counted)
        store = _Sums(ray, ray.get([first for first, _ in sums]), [names for _, names in sums])
        return proposed(store, counted, bounds, cleaner)


class _Sums:
    """The sums of all deals, see `cleaner.learn.run.Counts`."""

    def __init__(self, ray: Any, sums: Sequence[Summed], names: Sequence[Any]) -> None:
        self._ray = ray
        self._sums = sums
        self._names = names  # which stay where they are: there is one for each document

    def totals(self) -> tuple[int, int]:
        sites = self.documents(1)
        return sum(sites.values()), len(sites)

    def documents(self, least: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in self._sums:
            for site, number in each.documents.items():
                found[site] = found.get(site, 0) + number
        return {site: number for site, number in sorted(found.items()) if number >= least}

    def sites(self, least: int) -> Iterator[tuple[str, list[Count]]]:
        found = [line for each in self._sums for line in each.counts if line.docs >= least]
        found.sort(key=lambda line: line[:3])
        for site, lines in itertools.groupby(found, key=lambda line: line.site):
            yield site, list(lines)

    def sources(self, numbers: Iterable[int]) -> dict[int, str]:
        wanted = set(numbers)
        pick = self._ray.remote(num_cpus=0)(_picked)
        found: dict[int, str] = {}
        for names in self._ray.get([pick.remote(names, wanted) for names in self._names]):
            for number, name in names.items():
                found[number] = min(name, found.get(number, name))
        return found


def _picked(names: dict[int, str], wanted: set[int]) -> dict[int, str]:
    return {number: names[number] for number in wanted & names.keys()}


def _new(ray: Any, jobs: Sequence[Job], reading: Reading) -> tuple[list[Job], int, Failures]:
    """Sources whose content no other one before them has; how many have it; which cannot be read."""
    failures = [(job.name, job.error) for job in jobs if job.error]
    left = [job for job in jobs if not job.error]
    identify = ray.remote(num_cpus=1)(_identities)
    groups = [left[at : at + _TASK_FILES] for at in range(0, len(left), _TASK_FILES)]
    found = itertools.chain(*ray.get([identify.remote(group, reading) for group in groups]))
    seen: set[str] = set()
    new = []
    again = 0
    for job, (identity, reason) in zip(left, found, strict=True):
        if reason:
            failures.append((job.name, reason))
        elif identity in seen:
            again += 1
        else:
            seen.add(identity)
            new.append(job)
    return new, again, failures


def _identities(jobs: Sequence[Job], reading: Reading) -> list[tuple[str, str]]:
    """The identity of each source, or why it cannot be read."""

    def identity(job: Job, path: str) -> str:
        return identity_of(digest_of(path), job, format_of(path, reading.form).name)

    return [_local(job, identity) for job in jobs]


def _local(job: Job, work: Callable[[Job, str], str]) -> tuple[str, str]:
    """What work on a source gives, where this process can read it; or why it cannot be done."""
    with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
        path = job.path
        try:
            if is_address(path):
                path = os.path.join(folder, os.path.basename(path.partition("?")[0]))
                fetch(job.path, path)
            return work(job, path), ""
        except Exception as error:  # of one source, and no reason to stop the others
            return "", _said(reason_of(error), path, job)


def _said(reason: str, path: str, job: Job) -> str:
    return reason.replace(path, job.name)


def _tasks(jobs: Iterable[Job]) -> Iterator[list[Share]]:
    """The shares of all sources, in groups that are worth a task."""
    group: list[Share] = []
    size = 0
    for job in jobs:
        of = min(max(job.size // _SHARE_BYTES, 1), _MOST_SHARES)
        if of > 1:
            yield from ([Share(job, number, of)] for number in range(of))
            continue
        group.append(Share(job))
        size += job.size
        if len(group) >= _TASK_FILES or size >= _SHARE_BYTES // 8:
            yield group
            group, size = [], 0
    if group:
        yield group


def _count(task: Sequence[Share], reading: Reading, deals: int) -> list[Any]:
    """What was counted, and the rows, dealt out."""
    rows: list[Row] = []
    documents = nowhere = 0
    failures: Failures = []

    for share in task:

        def work(job: Job, path: str, share: Share = share) -> str:
            nonlocal documents, nowhere
            read: Failures = []
            pieces = _pieces(job._replace(path=path), share, reading, read)
            found, texts, lost, wrong = rows_of_task(pieces, reading)
            rows.extend(found)
            documents += texts
            nowhere += lost
            failures.extend((name, _said(reason, path, job)) for name, reason in wrong + read)
            return ""

        _, reason = _local(share.job, work)
        if reason:
            failures.append((share.job.name, reason))
    dealt: list[list[Row]] = [[] for _ in range(deals)]
    for row in merged(rows):
        dealt[deal_of(row, deals)].append(row)
    return [_Told(documents, nowhere, failures), *(table_of(each) for each in dealt)]


def _pieces(
    job: Job, share: Share, reading: Reading, failures: Failures
) -> Iterator[tuple[Job, Piece]]:
    try:
        pieces = format_of(job.path, reading.form).pieces(job.path, reading.options)
        for piece in itertools.islice(pieces, share.number, None, share.of):
            yield job, piece
    except Exception as error:  # what was read before it counts
        failures.append((job.name, reason_of(error)))
