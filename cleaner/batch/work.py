"""What a worker does with a piece of a source: clean it, write it, and say what it did."""

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..api import Cleaner
from ..decode import encode
from ..errors import CleanerError, InputError
from ..report.account import dumps, failure
from ..result import Result
from ..sources._types import BadRecord, BlankRecord, Format, Options, Piece, Record
from ..sources.compression import kind_of, packed
from ..sources.formats import format_of
from .plan import Failure, Job
from .sums import Sums, added, empty, of_result

__all__ = ["Done", "Item", "Setup", "WriteError", "place", "settled", "work"]

_QUARANTINE_REPORT = ".report.json"


class WriteError(CleanerError):
    """An output that cannot be written: the run stops, for the next one would not go better."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


class Setup(NamedTuple):
    """What is the same for all pieces of a run.

    Attributes
    ----------
    cleaner
        The rules, ready.
    options
        How sources are read.
    form
        The format of the sources, ``auto`` for that of each.
    to
        The format of the output, empty for that of each source.
    reported
        Whether reports are wanted.
    quarantine
        The folder for documents past their risk budget; empty for none.
    check
        Whether nothing is written.
    backup
        The suffix for the originals of files that are cleaned in their place; empty where they are not.
    tmp
        A folder, on the disk of the output, for files that are not whole yet.
    """

    cleaner: Cleaner
    options: Options
    form: str = "auto"
    to: str = ""
    reported: bool = False
    quarantine: str = ""
    check: bool = False
    backup: str = ""
    tmp: str = ""


class Item(NamedTuple):
    """One piece of work.

    Attributes
    ----------
    at, job
        The number of the source in the plan, and the source.
    number, piece
        The piece of it, numbered from 0.
    output
        The file to write: the whole result of a text file, a part of any other.
    final
        Where the result of the source will stand.
    whole
        Whether the piece is a whole text file.
    """

    at: int
    job: Job
    number: int
    piece: Piece
    output: str
    final: str
    whole: bool


class Done(NamedTuple):
    """What came of an item. ``error`` says why there is no output; ``quarantined`` that it stands apart."""

    at: int
    number: int
    sums: Sums
    failures: list[Failure]
    reports: bytes
    error: str = ""
    quarantined: bool = False


def work(setup: Setup, items: tuple[Item, ...]) -> list[Done]:
    """Clean some items. What is wrong with one of them does not stop the others.

    Raises
    ------
    WriteError
        If an output cannot be written.
    """
    return [_Worker(setup, item).done() for item in items]


class _Worker:
    """The cleaning of one item."""

    def __init__(self, setup: Setup, item: Item) -> None:
        self._setup = setup
        self._item = item
        self._sums = empty()
        self._failures: list[Failure] = []
        self._reports: list[str] = []
        self._changed = False

    def done(self) -> Done:
        item = self._item
        try:
            data = self._cleaned()
        except WriteError:
            raise
        except (CleanerError, OSError, MemoryError) as error:
            return self._without(str(error) or type(error).__name__)
        if item.whole and not self._sums["documents"]:
            return self._without(self._failures[0].reason)
        if item.whole and self._sums["quarantined"]:
            quarantined = True
        else:
            quarantined = False
            try:
                self._write(data)
            except InputError as error:
                return self._without(str(error))
        reports = "".join(f"{line}\n" for line in self._reports).encode()
        return Done(item.at, item.number, self._sums, self._failures, reports, "", quarantined)

    def _without(self, reason: str) -> Done:
        return Done(self._item.at, self._item.number, empty(), [], b"", reason)

    def _cleaned(self) -> bytes:
        setup, item = self._setup, self._item
        form = format_of(item.job.path, setup.form)
        if setup.to and setup.to != form.name:
            rows = self._rows(form)
            return b"" if setup.to == "text" else b"".join(map(jsonl_row, rows))
        return form.cleaned(item.piece, item.job.name, setup.options, self._clean)

    def _rows(self, form: Format) -> Iterator[dict[str, Any]]:
        """The documents with all that is known of them; one that is none is among the failures."""
        setup, item = self._setup, self._item
        for record in form.records(item.piece, item.job.name, setup.options):
            result = self._clean(record)
            if not isinstance(record, Record) or result is None:
                continue
            if setup.to == "text" and not setup.check:
                name = f"{self._number(record):08}.txt"
                place(os.path.join(item.final, name), result.data, setup.tmp)
            yield {"source": record.source, **record.fields, setup.options.text_field: result.text}

    def _clean(self, record: Record | tuple[str, BadRecord]) -> Result | None:
        if not isinstance(record, Record):
            label, error = record
            if not isinstance(error, BlankRecord):
                self._failures.append(Failure(label, str(error)))
            if self._setup.reported:
                self._reports.append(dumps(failure(label, str(error))))
            return None
        setup = self._setup
        start = time.perf_counter()
        encoding = setup.options.encoding if isinstance(record.scrape, bytes) else None
        result = setup.cleaner.clean(record.scrape, source=record.source, encoding=encoding)
        after = len(result.data)
        seconds = time.perf_counter() - start
        before = len(record.scrape) if isinstance(record.scrape, bytes) else _bytes(record.scrape)
        sums = of_result(result, before, after, seconds)
        self._changed = self._changed or bool(result.cuts)
        if result.limit:
            self._failures.append(Failure(record.source, f"passed through whole: {result.limit}"))
        added(self._sums, sums)
        if setup.reported:
            self._reports.append(dumps(_account(result, record)))
        if result.budget.exceeded and setup.quarantine:
            self._sums["quarantined"] += 1
            self._quarantine(record, result)
            return None
        return result

    def _number(self, record: Record) -> int:
        """The number of a record in its source: that of its label, or else counted."""
        last = record.source.rpartition(":")[2]
        return int(last) if last.isdecimal() else self._item.piece.first + self._sums["documents"]

    def _write(self, data: bytes) -> None:
        setup, item = self._setup, self._item
        if setup.check or (setup.backup and item.whole and not self._changed):
            return
        if not item.whole:
            place(item.output, data, setup.tmp)
            return
        packing = kind_of(item.job.path)
        partial = os.path.join(setup.tmp, f"{os.getpid()}.whole")
        place(partial, packed(data, packing) if packing else data, setup.tmp)
        settled(partial, item.job.path, item.output, setup.backup)

    def _quarantine(self, record: Record, result: Result) -> None:
        """The document as it came, and its report beside it."""
        setup, item = self._setup, self._item
        if setup.check:
            return
        target = os.path.join(setup.quarantine, item.job.target)
        if item.whole:
            data = Path(item.job.path).read_bytes()
        else:
            target = os.path.join(target, f"{self._number(record):08}.txt")
            data = encode(result.document.text, result.document)
        place(target, data, setup.tmp)
        account = dumps(result.report(), indent=1)
        place(target + _QUARANTINE_REPORT, f"{account}\n".encode(), setup.tmp)


def _account(result: Result, record: Record) -> dict[str, Any]:
    from ..sources import jsonl

    if isinstance(record.raw, jsonl.Record):
        return jsonl.escaped(result.report(), record.raw, result.cuts)
    return result.report()


def jsonl_row(row: dict[str, Any]) -> bytes:
    """One document as a JSON line."""
    return dumps(row).encode() + b"\n"


def place(path: str, data: bytes, tmp: str) -> None:
    """Write a file whole: to a temporary one in the folder ``tmp``, which is then renamed.

    Raises
    ------
    WriteError
        If that cannot be done.
    """
    partial = os.path.join(tmp or os.path.dirname(path), f"{os.getpid()}.tmp")
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(partial, "wb") as file:
            file.write(data)
        _renamed(partial, path)
    except OSError as error:
        if os.path.exists(partial):
            os.unlink(partial)
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def settled(partial: str, source: str, output: str, backup: str) -> None:
    """Put a whole file in its place, with a backup of the source where that is the place.

    Raises
    ------
    WriteError
        If that cannot be done.
    InputError
        If something else has the name of the backup.
    """
    try:
        os.makedirs(os.path.dirname(output) or ".", exist_ok=True)
        if backup:
            _back_up(source, source + backup, partial)
        _renamed(partial, output)
    except OSError as error:
        raise WriteError(f"{output}: cannot be written: {error.strerror or error}") from error


def _back_up(source: str, kept: str, partial: str) -> None:
    import filecmp
    import shutil

    if os.path.exists(kept):
        # A run that was killed may have come so far.
        if not filecmp.cmp(source, kept, shallow=False):
            os.unlink(partial)
            raise InputError(f"{kept} is there already and is another file: name another suffix")
        return
    copy = f"{partial}.copy"
    shutil.copy2(source, copy)
    os.replace(copy, kept)
    shutil.copymode(source, partial)


def _renamed(partial: str, path: str) -> None:
    try:
        os.replace(partial, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        import shutil

        # Another file system: a copy beside the place, which is then renamed.
        near = os.path.join(os.path.dirname(path), f".{os.getpid()}.tmp")
        shutil.copy2(partial, near)
        os.replace(near, path)
        os.unlink(partial)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
