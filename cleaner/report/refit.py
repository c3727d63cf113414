"""Scrapes back into a file of many records, from their reports, one record in memory at a time."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any, NamedTuple

from ..errors import RestoreError
from ..sources._types import BadRecord, Format, Options, Record
from .account import restore
from .stream import Report

__all__ = ["refitted"]


class _Mark(NamedTuple):
    """What tells which report is that of which record; hashes are SHA-256.

    Attributes
    ----------
    tail
        The number of the record, or its address.
    after
        The hash of the clean text; None where it is no text, or could not be cleaned.
    before
        That of the scrape, of a report.
    """

    tail: str
    after: bytes | None
    before: bytes = b""

    def fits(self, record: "_Mark") -> bool:
        """Whether this, of a report, is of that record."""
        return self.tail == record.tail and self.after in (None, record.after)


class _Back(NamedTuple):
    """A record as it was before it was cleaned."""

    data: bytes


def refitted(
    form: Format,
    path: str,
    reports: Callable[[], Iterable[Report]],
    options: Options,
    packing: str,
    out: IO[bytes],
) -> None:
    """Write a clean file with the scrape of each record in the place of its clean text.

    Parameters
    ----------
    form, path, options
        The clean file, its format, and how it is read.
    reports
        Gives all reports anew at each call; they may be those of a run over many files.
    packing
        How what is written is packed, see `cleaner.sources.compression.kind_of`.
    out
        Where it is written.

    Raises
    ------
    RestoreError
        If there is not one report for each record, or a report does not fit.
    InputError
        If the file or the reports cannot be read.
    """
    records = [
        _mark_of_record(record)
        for piece in form.pieces(path, options)
        for record in form.records(piece, path, options)
    ]
    start = _start(records, [_mark_of_report(report) for report in reports()], path)
    accounts = islice(reports(), start, None)
    parts = (
        form.cleaned(piece, path, options, _giving_back(accounts))
        for piece in form.pieces(path, options)
    )
    form.assemble(parts, path, packing, out)


def _giving_back(accounts: Iterator[Report]) -> Callable[[Record | tuple[str, BadRecord]], Any]:
    def given_back(record: Record | tuple[str, BadRecord]) -> _Back | None:
        account = next(accounts)
        if not isinstance(record, Record) or "error" in account:
            return None  # it passed through as it came
        label = record.source
        return _Back(restore(record.scrape, account, f"the text of {label}", "its report"))

    return given_back


def _start(records: Sequence[_Mark], reports: Sequence[_Mark], path: str) -> int:
    """Where the reports of the records begin among those of other files."""
    starts = [
        start
        for start in range(len(reports) - len(records) + 1)
        if all(map(_Mark.fits, islice(reports, start, None), records))
    ]
    if not starts:
        raise RestoreError(_misfit(records, reports, path))
    ways = {tuple(mark.before for mark in reports[at : at + len(records)]) for at in starts}
    if len(ways) > 1:
        raise RestoreError(
            f"the reports of {len(ways)} files fit {path}: clean its source once more by itself, "
            "with a --report of its own"
        )
    return starts[0]


def _misfit(records: Sequence[_Mark], reports: Sequence[_Mark], path: str) -> str:
    if len(records) != len(reports):
        return (
            f"{path} holds {len(records):,} records, and of {len(reports):,} reports no row fits "
            "them all: restore needs both as they were written"
        )
    pairs = enumerate(zip(records, reports, strict=True), 1)
    number = next(at for at, (record, report) in pairs if not report.fits(record))
    return (
        f"record {number:,} of {path} is not the one that report {number:,} was made with: "
        "restore needs both as they were written"
    )


def _mark_of_record(record: Record | tuple[str, BadRecord]) -> _Mark:
    if not isinstance(record, Record):
        return _Mark(_tail(record[0]), None)
    scrape = record.scrape
    data = scrape.encode("utf-8", "surrogatepass") if isinstance(scrape, str) else scrape
    return _Mark(_tail(record.source), hashlib.sha256(data).digest())


def _mark_of_report(report: Report) -> _Mark:
    if "error" in report:
        return _Mark(_tail(report["source"]), None)
    try:
        hashes = [bytes.fromhex(report[side]["sha256"]) for side in ("after", "before")]
    except ValueError:
        raise RestoreError(f"the report of {report['source']} was changed") from None
    return _Mark(_tail(report["source"]), *hashes)


def _tail(label: str) -> str:
    """The number at the end of a label; all of it where there is none."""
    number = label.rpartition(":")[2]
    return number if number.isdecimal() else label
