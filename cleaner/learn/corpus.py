"""From sources to counts: pieces to workers, their rows to files, files to the store."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import NamedTuple

from ..batch.plan import Job
from ..batch.pool import bound_to, context_of
from ..batch.work import reason_of
from ..decode import decode
from ..errors import InputError
from ..sites import Where
from ..sources._types import BlankRecord, Options, Piece, Record
from ..sources.formats import format_of
from .counting import Row, Text, count
from .document import MOST_NAME
from .store import Store, write_rows

__all__ = [
    "Counted",
    "Reading",
    "Task",
    "count_into",
    "digest_of",
    "identity_of",
    "rows_of_task",
]

_TASK_FILES = 64  # small files are counted some at a time
_TASK_BYTES = 1_000_000
_MOST_PARTS = 32  # files of rows that wait for the store
_CHUNK = 1_000_000

Task = list[tuple[Job, Piece]]


class Reading(NamedTuple):
    """How documents are read."""

    options: Options
    where: Where
    form: str = "auto"


class Counted(NamedTuple):
    """What was counted.

    Attributes
    ----------
    documents
        How many documents, of how many sources.
    again
        Sources that were counted before.
    nowhere
        Documents that are of no site.
    failures
        Sources or documents that could not be read, and why.
    """

    documents: int
    sources: int
    again: int
    nowhere: int
    failures: list[tuple[str, str]]


class _Done(NamedTuple):
    part: str
    documents: int
    nowhere: int
    failures: list[tuple[str, str]]


def count_into(
    store: Store, jobs: Sequence[Job], reading: Reading, tmp: str, workers: int = 1
) -> Counted:
    """Count all documents of the sources; one that was counted before is passed over.

    Parameters
    ----------
    store
        Where the counts go.
    jobs
        The sources.
    reading
        How they are read.
    tmp
        A folder for files of rows.
    workers
        The number of processes.
    """
    again: list[str] = []
    failures: list[tuple[str, str]] = []
    tasks = _tasks(_pieces(store, jobs, reading, again, failures))
    parts: list[str] = []
    documents = nowhere = 0
    for done in _all(tasks, reading, tmp, workers):
        documents += done.documents
        nowhere += done.nowhere
        failures += done.failures
        parts.append(done.part)
        if len(parts) >= _MOST_PARTS:
            _take(store, parts)
    _take(store, parts)
    counted = len(jobs) - len(again)
    return Counted(documents, counted, len(again), nowhere, sorted(failures))


def _take(store: Store, parts: list[str]) -> None:
    if parts:
        store.take(parts)
        for part in parts:
            os.unlink(part)
        parts.clear()


def _pieces(
    store: Store,
    jobs: Sequence[Job],
    reading: Reading,
    again: list[str],
    failures: list[tuple[str, str]],
) -> Iterator[tuple[Job, Piece]]:
    for job in jobs:
        try:
            if job.error:
                raise InputError(job.error)
            form = format_of(job.path, reading.form)
            if not store.new(identity_of(digest_of(job.path), job, form.name)):
                again.append(job.name)
                continue
            for piece in form.pieces(job.path, reading.options):
                yield job, piece
        except (InputError, OSError) as error:
            failures.append((job.name, reason_of(error)))


def identity_of(digest: str, job: Job, form: str) -> str:
    """What tells a source from others; one that is counted already is passed over."""
    # The same text may be a page of two sites.
    return f"{digest} {job.site if form == 'text' else ''}".strip()


def digest_of(path: str) -> str:
    """What tells the bytes of a file from others.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _tasks(pieces: Iterator[tuple[Job, Piece]]) -> Iterator[Task]:
    """Pieces in groups that are worth a way to a worker and back."""
    group: list[tuple[Job, Piece]] = []
    size = 0
    for job, piece in pieces:
        group.append((job, piece))
        size += piece.size or job.size
        if len(group) >= _TASK_FILES or size >= _TASK_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _all(tasks: Iterator[Task], reading: Reading, tmp: str, workers: int) -> Iterator[_Done]:
    if workers == 1:
        for task in tasks:
            yield _counted(task, reading, tmp)
        return
    own = (os.getpid(),)
    with ProcessPoolExecutor(workers, context_of(), bound_to, own) as executor:
        waiting: set[Future[_Done]] = set()
        try:
            for task in tasks:
                waiting.add(executor.submit(_counted, task, reading, tmp))
                if len(waiting) > 2 * workers:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            yield from (future.result() for future in waiting)
        except BaseException:
            executor.shutdown(wait=True, cancel_futures=True)
            raise


def _counted(task: Task, reading: Reading, tmp: str) -> _Done:
    rows, documents, nowhere, failures = rows_of_task(task, reading)
    handle, part = tempfile.mkstemp(suffix=".csv", dir=tmp)
    os.close(handle)
    write_rows(rows, part)
    return _Done(part, documents, nowhere, failures)


def rows_of_task(
    task: Iterable[tuple[Job, Piece]], reading: Reading
) -> tuple[list[Row], int, int, list[tuple[str, str]]]:
    """The rows of some pieces; the documents, those that are of no site, and what could not be read."""
    failures: list[tuple[str, str]] = []
    nowhere = 0
    texts: list[Text] = []
    for job, piece in task:
        try:
            for text in _texts(job, piece, reading, failures):
                if text.site:
                    texts.append(text)
                else:
                    nowhere += 1
        except Exception as error:  # of one source, and no reason to stop the others
            failures.append((job.name, reason_of(error)))
    return count(texts), len(texts), nowhere, failures


def _texts(
    job: Job, piece: Piece, reading: Reading, failures: list[tuple[str, str]]
) -> Iterator[Text]:
    form = format_of(job.path, reading.form)
    for record in form.records(piece, job.name, reading.options):
        if not isinstance(record, Record):
            if not isinstance(record[1], BlankRecord):
                failures.append((record[0], str(record[1])))
            continue
        scrape = record.scrape
        if isinstance(scrape, bytes):
            scrape = decode(scrape, record.source, reading.options.encoding).text
        # A file of records is no site, whatever folder it is in.
        folder = job.site if form.name == "text" else ""
        site = reading.where.of(record.fields, folder)
        if len(site) > MOST_NAME:
            site = ""
        address = record.fields.get(reading.where.url_field)
        yield Text(site, address if isinstance(address, str) and address else record.source, scrape)
