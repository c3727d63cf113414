"""The scrapes that reports were made of, found again by their sums among raw or clean files."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..batch.plan import plan
from ..errors import InputError
from ..sources._types import Options, Record
from ..sources.formats import format_of
from .account import restore
from .stream import Report

__all__ = ["scrapes", "texts", "texts_of"]


def scrapes(sources: Sequence[str], options: Options, form: str = "auto") -> Iterator[Record]:
    """All documents of files and folders, of any format; what cannot be read in a folder is left out.

    Raises
    ------
    InputError
        If a source is not there.
    """
    for job in plan(sources):
        if job.error:
            continue
        found = format_of(job.path, form)
        for piece in found.pieces(job.path, options):
            for record in found.records(piece, job.name, options):
                if isinstance(record, Record):
                    yield record


def texts(
    records: Iterable[Record], wanted: Iterable[Report], *, clean: bool = False
) -> Iterator[tuple[str, str]]:
    """The scrapes that reports were made of, as the sum (SHA-256) of their bytes and as text.

    Each comes once, in the order of the records; what is not among them does not come.

    Parameters
    ----------
    records
        The documents to look among.
    wanted
        The reports.
    clean
        Whether the documents are clean texts, of which the scrapes are made again.

    Raises
    ------
    InputError
        If a report was changed, so that its offsets do not fit.
    """
    side = "after" if clean else "before"
    by_sum: dict[str, dict[str, Report]] = {}
    for report in wanted:
        by_sum.setdefault(report[side]["sha256"], {})[report["before"]["sha256"]] = report
    for record in records:
        data = _bytes(record.scrape)
        for key, report in by_sum.pop(hashlib.sha256(data).hexdigest(), {}).items():
            yield key, _text(restore(data, report) if clean else data, report)


def texts_of(
    wanted: Iterable[Report], raw: Sequence[str], clean: Sequence[str], options: Options
) -> Iterator[tuple[str, str]]:
    """The scrapes of reports as `texts` gives them, from files and folders of raw and of clean texts."""
    wanted = list(wanted)
    yield from texts(scrapes(raw, options), wanted)
    yield from texts(scrapes(clean, options), wanted, clean=True)


def _bytes(scrape: str | bytes) -> bytes:
    return scrape.encode("utf-8", "surrogatepass") if isinstance(scrape, str) else scrape


def _text(data: bytes, report: Mapping[str, str]) -> str:
    """The text that the offsets of a report count in."""
    try:
        bom, tail = bytes.fromhex(report["bom"]), bytes.fromhex(report["tail"])
        return data[len(bom) : len(data) - len(tail)].decode(report["encoding"], report["errors"])
    except (KeyError, LookupError, ValueError) as error:
        raise InputError(f"the report of {report['source']} was changed: {error}") from error
