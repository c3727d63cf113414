"""The scrapes that reports were made of, found again by their sums among raw or clean files."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..batch.plan import Job, plan
from ..errors import CleanerError, InputError, MissingExtraError
from ..sources._types import BlankRecord, Options, Record
from ..sources.formats import format_of
from .account import restore
from .stream import Report, whole

__all__ = ["Unread", "scrapes", "texts", "texts_of"]


# Takes a source or document that could not be read, and why.
Unread = Callable[[str, str], None]


def scrapes(
    sources: Sequence[str], options: Options, unread: Unread, form: str = "auto"
) -> Iterator[Record]:
    """All documents of files and folders, of any format; what cannot be read is told and left out.

    Raises
    ------
    InputError
        If a source is not there.
    MissingExtraError
        If a library is not installed that reads it.
    """
    for source in sources:  # one by one: names that two folders share are no conflict here
        for job in plan([source]):
            if job.error:
                unread(job.name, job.error)
                continue
            try:
                yield from _records(job, options, unread, form)
            except MissingExtraError:
                raise
            except (CleanerError, OSError) as error:
                unread(job.name, _reason(error))


def _records(job: Job, options: Options, unread: Unread, form: str) -> Iterator[Record]:
    found = format_of(job.path, form)
    for piece in found.pieces(job.path, options):
        for record in found.records(piece, job.name, options):
            if isinstance(record, Record):
                yield record
            elif not isinstance(record[1], BlankRecord):
                unread(record[0], str(record[1]))


def _reason(error: CleanerError | OSError) -> str:
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return str(error)


def texts(
    records: Iterable[Record], wanted: Iterable[Report], unread: Unread, *, clean: bool = False
) -> Iterator[tuple[str, str]]:
    """The scrapes that reports were made of, as the sum (SHA-256) of their bytes and as text.

    Each comes once, in the order of the records; what is not among them does not come.

    Parameters
    ----------
    records
        The documents to look among.
    wanted
        The reports.
    unread
        Takes the source of a report that was changed, so that its offsets do not fit, and what is wrong.
    clean
        Whether the documents are clean texts, of which the scrapes are made again.
    """
    side = "after" if clean else "before"
    by_sum: dict[str, dict[str, Report]] = {}
    for report in wanted:
        by_sum.setdefault(report[side]["sha256"], {})[report["before"]["sha256"]] = report
    for record in records:
        data = _bytes(record.scrape)
        for key, report in by_sum.pop(hashlib.sha256(data).hexdigest(), {}).items():
            try:
                text = _text(restore(data, whole(report)) if clean else data, report)
            except CleanerError as error:
                unread(report["source"], str(error))
            else:
                yield key, text


def texts_of(
    wanted: Iterable[Report],
    raw: Sequence[str],
    clean: Sequence[str],
    options: Options,
    unread: Unread,
) -> Iterator[tuple[str, str]]:
    """The scrapes of reports as `texts` gives them, from files and folders of raw and of clean texts."""
    wanted = list(wanted)
    yield from texts(scrapes(raw, options, unread), wanted, unread)
    yield from texts(scrapes(clean, options, unread), wanted, unread, clean=True)


def _bytes(scrape: str | bytes) -> bytes:
    return scrape.encode("utf-8", "surrogatepass") if isinstance(scrape, str) else scrape


def _text(data: bytes, report: Mapping[str, str]) -> str:
    """The text that the offsets of a report count in."""
    try:
        bom, tail = bytes.fromhex(report["bom"]), bytes.fromhex(report["tail"])
        return data[len(bom) : len(data) - len(tail)].decode(report["encoding"], report["errors"])
    except (KeyError, LookupError, TypeError, ValueError) as error:
        raise InputError(f"the report of {report['source']} was changed: {error}") from error
