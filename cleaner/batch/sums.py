"""What a run adds up to. All of it is plain JSON, so that a later run can go on adding."""

import heapq
from collections.abc import Iterable
from typing import Any

from ..result import Result

__all__ = ["added", "empty", "of_result"]

_SLOWEST = 10
_COUNTS = ("documents", "bytes_before", "bytes_after", "with_cruft", "limited", "quarantined")

Sums = dict[str, Any]


def empty() -> Sums:
    """No documents."""
    return {**dict.fromkeys(_COUNTS, 0), "categories": {}, "rules": {}, "slowest": []}


def of_result(result: Result, before: int, after: int, seconds: float) -> Sums:
    """One document: its size before and after in bytes, and the time it took."""
    sums = empty()
    sums["documents"] = 1
    sums["bytes_before"], sums["bytes_after"] = before, after
    sums["limited"] = int(bool(result.limit))
    for cut in result.cuts:
        for table, key in ((sums["categories"], cut.category), (sums["rules"], cut.rule)):
            entry = table.setdefault(key, [0, 0])
            entry[0] += 1
            entry[1] += cut.end - cut.start
    sums["with_cruft"] = int(bool(sums["categories"].keys() - {"whitespace"}))
    sums["slowest"] = [[round(seconds, 4), result.document.source, before]]
    return sums


def added(total: Sums, more: Sums) -> None:
    """Take the second sums into the first."""
    for key in _COUNTS:
        total[key] += more[key]
    for key in ("categories", "rules"):
        _count(total[key], more[key].items())
    total["slowest"] = heapq.nlargest(_SLOWEST, [*total["slowest"], *more["slowest"]])


def _count(table: dict[str, list[int]], more: Iterable[tuple[str, list[int]]]) -> None:
    for key, (cuts, characters) in more:
        entry = table.setdefault(key, [0, 0])
        entry[0] += cuts
        entry[1] += characters
