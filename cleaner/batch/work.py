"""What a worker does with a piece of a source: clean it, write it, and say what it did."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..decode import encode
from ..errors import CleanerError, InputError
from ..report.account import dumps, failure
from ..result import Result
from ..sources._types import BadRecord, BlankRecord, Format, Record
from ..sources.compression import packed
from ..sources.formats import format_of
from .items import Done, Item, Setup
from .placing import WriteError, backed_up, place, text_name, unchanged
from .plan import Failure
from .sums import added, empty, of_result

__all__ = ["DIED", "reason_of", "work"]

DIED = "the worker died on it, perhaps for want of memory"
_QUARANTINE_REPORT = ".report.json"
Put = Callable[[str, bytes, str], None]


def work(
    setup: Setup,
    items: tuple[Item, ...],
    begun: Callable[[int], None] = lambda _: None,
    put: Put = place,
) -> list[Done]:
    """Clean some items. What is wrong with one of them does not stop the others.

    Parameters
    ----------
    setup
        What is the same for all.
    items
        What to clean.
    begun
        Called with the number of a record in its item, from 1, before it is cleaned.
    put
        Writes the result of an item: called with its path, its bytes and ``setup.tmp``.

    Raises
    ------
    WriteError
        If an output cannot be written.
    """
    return [_Worker(setup, item, begun, put).done() for item in items]


def reason_of(error: Exception) -> str:
    """What went wrong with one document or source, as one line."""
    if isinstance(error, CleanerError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return f"an error of cleaner itself, please report it: {type(error).__name__}: {error}"


class _Worker:
    """The cleaning of one item."""

    def __init__(self, setup: Setup, item: Item, begun: Callable[[int], None], put: Put) -> None:
        self._setup = setup
        self._item = item
        self._begun = begun
        self._put = put
        self._form = "text"
        self._records = 0
        self._last = item.piece.first - 1
        self._sums = empty()
        self._failures: list[Failure] = []
        self._reports: list[str] = []
        self._texts: list[int] = []
        self._changed = False

    def done(self) -> Done:
        item = self._item
        partial = ""
        try:
            data = self._cleaned()
            if self._form == "text" and not self._sums["documents"]:
                return self._without(self._failures[0].reason)
            if not (item.whole and self._sums["quarantined"]):
                partial = self._write(data)
        except WriteError:
            raise
        except Exception as error:  # whatever it is, it is no reason to stop the others
            return self._without(reason_of(error))
        reports = "".join(f"{line}\n" for line in self._reports).encode()
        sums, failures, texts = self._sums, self._failures, self._texts
        return Done(item.at, item.number, sums, failures, reports, "", partial, texts)

    def _without(self, reason: str) -> Done:
        return Done(self._item.at, self._item.number, empty(), [], b"", reason)

    def _cleaned(self) -> bytes:
        setup, item = self._setup, self._item
        form = format_of(item.job.path, setup.form)
        self._form = form.name
        if setup.to and setup.to != form.name:
            lines = [jsonl_row(row) for row in self._rows(form)]
            return b"" if setup.to == "text" else b"".join(lines)
        return form.cleaned(item.piece, item.job.name, setup.options, self._clean)

    def _rows(self, form: Format) -> Iterator[dict[str, Any]]:
        """The documents with all that is known of them; one that is none is among the failures."""
        setup, item = self._setup, self._item
        for record in form.records(item.piece, item.job.name, setup.options):
            result = self._clean(record)
            if not isinstance(record, Record) or result is None:
                continue
            if setup.to == "text" and not setup.check:
                self._texts.append(self._last)
                place(os.path.join(item.final, text_name(self._last)), result.data, setup.tmp)
            yield row(setup.to, setup.options.text_field, record, result)

    def _clean(self, record: Record | tuple[str, BadRecord]) -> Result | None:
        if not isinstance(record, Record):
            label, error = record
            self._failed(label, str(error), blank=isinstance(error, BlankRecord))
            return None
        setup = self._setup
        self._count(record)
        start = time.perf_counter()
        try:
            result = self._result(record)
            after = len(result.data)
        except Exception as error:
            self._failed(record.source, reason_of(error))
            return None
        seconds = time.perf_counter() - start
        before = len(record.scrape) if isinstance(record.scrape, bytes) else _bytes(record.scrape)
        sums = of_result(result, before, after, seconds)
        self._changed = self._changed or bool(result.cuts)
        if result.limit:
            self._failures.append(Failure(record.source, f"passed through whole: {result.limit}"))
        added(self._sums, sums)
        apart = bool(result.budget.exceeded and setup.quarantine)
        if apart:
            self._sums["quarantined"] += 1
            self._quarantine(result)
            # The output holds it as it came, and the report goes with the output.
            result = Result.whole(
                result.document, result.ruleset, "past its risk budget: in quarantine"
            )
        if setup.reported:
            self._reports.append(dumps(_account(result, record)))
        return None if apart else result

    def _result(self, record: Record) -> Result:
        setup = self._setup
        if self._records in self._item.without:
            raise InputError(DIED)
        self._begun(self._records)
        encoding = setup.options.encoding if isinstance(record.scrape, bytes) else None
        where = setup.where
        # A file of records is no site, whatever folder it is in.
        folder = self._item.job.site if self._form == "text" else ""
        site = where.of(record.fields, folder) if where is not None else ""
        result = setup.cleaner.clean(
            record.scrape, source=record.source, encoding=encoding, site=site
        )
        if setup.to == "parquet" and not result.text.isascii():
            _check_characters(result.text)
        return result

    def _count(self, record: Record) -> None:
        """Number a record: as its label does, or else by the one before; no two have one number."""
        self._records += 1
        number = record.source.removeprefix(f"{self._item.job.name}:")
        self._last = int(number) if number.isdecimal() else self._last + 1

    def _failed(self, label: str, reason: str, *, blank: bool = False) -> None:
        if not blank:
            self._failures.append(Failure(label, reason))
        if self._setup.reported:
            self._reports.append(dumps(failure(label, reason)))

    def _write(self, data: bytes) -> str:
        """Write the result; where it is to take the place of its source, the file that holds it."""
        setup, item = self._setup, self._item
        if setup.check or (setup.backup and item.whole and not self._changed):
            return ""
        if not item.whole:
            self._put(item.output, data, setup.tmp)
            return ""
        packing = setup.packing_of(item.job.path)
        data = packed(data, packing) if packing else data
        if not setup.backup:
            self._put(item.output, data, setup.tmp)
            return ""
        partial = os.path.join(setup.tmp, f"{os.getpid()}.{item.at}")
        place(partial, data, setup.tmp, forced=True)
        unchanged(item.job.path, item.before)
        backed_up(item.job.path, item.job.path + setup.backup, partial)
        return partial

    def _quarantine(self, result: Result) -> None:
        """The document as it came, and its report beside it."""
        setup, item = self._setup, self._item
        if setup.check:
            return
        target = os.path.join(setup.quarantine, item.job.target)
        if item.whole:
            data = Path(item.job.path).read_bytes()
        else:
            target = os.path.join(target, text_name(self._last))
            data = encode(result.document.text, result.document)
        place(target, data, setup.tmp)
        account = dumps(result.report(), indent=1)
        place(target + _QUARANTINE_REPORT, f"{account}\n".encode(), setup.tmp)
        if item.whole and not setup.backup and os.path.isfile(item.output):
            os.unlink(item.output)  # of an earlier run, which had no reason to keep it apart


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"has no place in Parquet: character {error.start + 1} is half of one, or no text"
        ) from None


def _account(result: Result, record: Record) -> dict[str, Any]:
    from ..sources.json_line import Record as Line
    from ..sources.json_line import escaped

    if isinstance(record.raw, Line):
        return escaped(result.report(), record.raw, result.cuts)
    return result.report()


def row(to: str, field: str, record: Record, result: Result) -> dict[str, Any]:
    """One document in another format: its label, all that is known of it, and its text."""
    if to == "parquet":  # what is known of it may have any name, and is one column
        return {"source": record.source, "text": result.text, "fields": record.fields}
    return {"source": record.source, **record.fields, field: result.text}


def jsonl_row(row: dict[str, Any]) -> bytes:
    """One document as a JSON line."""
    return dumps(row).encode() + b"\n"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
