"""The text that is left after some rounds of cutting, and where in the scrape each of its spans stands."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from .apply import Removal
from .model import Decision

__all__ = ["Trace"]


class Trace:
    """Which stretches of the scrape are still there after some rounds of cutting."""

    def __init__(self, text: str) -> None:
        self.scrape = text
        self.text = text
        self._kept = [(0, len(text))]
        self._starts = [0]  # of the kept stretches, in offsets of `text`

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of the scrape that a span of the present text stands for, in order."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        while at < len(self._kept) and self._starts[at] < end:
            first, last = self._kept[at]
            begin = first + max(start - self._starts[at], 0)
            finish = min(last, first + end - self._starts[at])
            if begin < finish:
                found.append((begin, finish))
            at += 1
        return found

    def placed(self, removals: Iterable[Removal]) -> list[Removal]:
        """Removals of the present text as removals of the scrape; over an older cut one is two."""
        if self.text is self.scrape:
            return list(removals)
        return [
            Removal(*place, finding)
            for start, end, finding in removals
            for place in self.places(start, end)
        ]

    def found(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Decisions on the present text as ones on the scrape, each at the first of its places."""
        if self.text is self.scrape:
            return [d for d in decisions if d.finding.start < d.finding.end]
        return [
            d._replace(finding=d.finding._replace(start=start, end=end))
            for d in decisions
            for start, end in self.places(d.finding.start, d.finding.end)[:1]
        ]

    def cut(self, removals: Sequence[Removal]) -> None:
        """Take the removals, whose offsets are those of the present text, out of it."""
        kept: list[tuple[int, int]] = []
        at = 0
        for start, end, _ in [*removals, Removal(len(self.text), len(self.text), removals[0][2])]:
            if start > at:
                kept += [(at, start)] if self.text is self.scrape else self.places(at, start)
            if end > at:
                at = end
        self._kept = kept
        lengths = [last - first for first, last in kept]
        self._starts = list(accumulate(lengths[:-1], initial=0)) if kept else []
        self.text = ""  # of a large text the new one is built when the old one is gone
        self.text = "".join([self.scrape[first:last] for first, last in kept])
