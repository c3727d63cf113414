"""Reports read as a stream: one in memory at a time, however many a file holds."""

import json
import marshal
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import IO, Any

from ..errors import InputError
from ..sources.compression import opened
from .account import SCHEMA_VERSION

__all__ = ["STDIN", "Report", "headed", "opened_reports", "reports", "whole"]

Report = dict[str, Any]
STDIN = "-"

_CUT = {
    "start": int,
    "end": int,
    "line": int,
    "text": str,
    "rule": str,
    "category": str,
    "confidence": (int, float),
    "why": str,
}
_KEPT = {**_CUT, "guard": str}
_ACCOUNT = {
    "source": str,
    "before": dict,
    "after": dict,
    "language": str,
    "covered": bool,
    "cuts": list,
    "kept": list,
    "budget": dict,
    "limit": str,
}
# JavaScript, which reads the page, counts no further; no scrape is that long.
_MOST_CHARACTERS = 2**53
_FAILURE = {"source": str, "error": str}
_LISTS = ("cuts", "kept", "categories", "by_rule")
_NO_REPORT = "is no report of cleaner: name a file that 'cleaner clean --report' wrote"


def reports(paths: Iterable[str]) -> Iterator[Report]:
    """The reports of files, one after the other: JSON lines or one report each, ``-`` for stdin.

    Files may be packed with gzip or Zstandard. Each report has the fields of ``schema.json`` that
    are read here, of the right types; a failure has ``source`` and ``error`` alone.

    Raises
    ------
    InputError
        If a file cannot be read, or holds something else; the message names the line.
    """
    for path in paths:
        with opened_reports(path) as file:
            yield from _reports(file, path)


def headed(report: Report) -> Report:
    """A report that takes little memory: its cuts and claims are packed, the rest is as it was."""
    head = {name: value for name, value in report.items() if name not in _LISTS}
    lists = {name: report[name] for name in _LISTS if name in report}
    return {**head, "packed": zlib.compress(marshal.dumps(lists), 1)}


def whole(head: Report) -> Report:
    """The report again; one that is whole is given back."""
    if "packed" not in head:
        return head
    report = {**head, **marshal.loads(zlib.decompress(head["packed"]))}
    del report["packed"]
    return report


@contextmanager
def opened_reports(path: str) -> Iterator[IO[bytes]]:
    """The file, unpacked; stdin for ``-``."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = opened(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    with file:
        yield file


def _reports(file: IO[bytes], name: str) -> Iterator[Report]:
    try:
        head = file.readline()
    except OSError as error:  # a folder can be opened and not read
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error
    if head.strip() == b"{":  # one report with its fields on lines of their own
        yield _checked(head + file.read(), name)
        return
    number = 1
    while head:
        if head.strip():
            yield _checked(head, f"{name}:{number}")
        head = file.readline()
        number += 1


def _checked(data: bytes, where: str) -> Report:
    try:
        report = json.loads(data)
    except (ValueError, RecursionError) as error:
        if not data.startswith(b"{"):
            raise InputError(f"{where}: {_NO_REPORT}") from None
        raise InputError(f"{where}: is not JSON: {error}{_cut_short(data)}") from None
    if not isinstance(report, dict) or "schema_version" not in report or "packed" in report:
        raise InputError(f"{where}: {_NO_REPORT}")
    if report["schema_version"] != SCHEMA_VERSION:
        raise InputError(
            f"{where}: has schema version {report['schema_version']!r}, this is {SCHEMA_VERSION}: "
            "use the version of cleaner that wrote it"
        )
    failed = "error" in report
    if wrong := _wrong(report, _FAILURE) if failed else _wrong_account(report):
        raise InputError(f"{where}: {_NO_REPORT} ({wrong})")
    return report


def _cut_short(data: bytes) -> str:
    """What to do about a last line that does not end."""
    if data.endswith(b"\n"):
        return ""
    return "; the file seems to be cut short: take a whole copy of it, or leave its last line out"


def _wrong_account(report: Report) -> str:
    wrong = _wrong(report, _ACCOUNT)
    for side in ("before", "after"):
        wrong = wrong or _wrong(report[side], {"sha256": str, "characters": int})
    wrong = wrong or _wrong(report["budget"], {"exceeded": bool})
    if wrong:
        return wrong
    before, left = report["before"]["characters"], report["after"]["characters"]
    if not 0 <= left <= before <= _MOST_CHARACTERS:
        return "field 'characters'"
    for field, types in (("cuts", _CUT), ("kept", _KEPT)):
        for entry in report[field]:
            if wrong := _wrong(entry, types) or _wrong_place(entry, before):
                return wrong
    cuts = report["cuts"]
    if any(cut["end"] > after["start"] for cut, after in pairwise(cuts)):
        return "field 'cuts': they overlap, or are not in order"
    gone = sum(cut["end"] - cut["start"] for cut in cuts)
    return "" if gone == before - left else "field 'characters': the cuts have another sum"


def _wrong_place(entry: dict[str, Any], characters: int) -> str:
    """The field of a claim that cannot be, though its type is right: offsets count in the scrape."""
    start, end = entry["start"], entry["end"]
    if not 0 <= start <= end <= characters or len(entry["text"]) != end - start:
        return "fields 'start', 'end', 'text'"
    if not 0 <= entry["line"] <= characters + 1:
        return "field 'line'"
    # NaN is not in the range either.
    return "" if 0 <= entry["confidence"] <= 1 else "field 'confidence'"


def _wrong(value: Any, types: dict[str, Any]) -> str:
    """The field that is missing or of another type; empty where all are right."""
    if not isinstance(value, dict):
        return "an object was expected"
    for name, kind in types.items():
        if not isinstance(value.get(name), kind):
            return f"field {name!r}"
    return ""
