"""Scores of lines to the lines that are the article: one stretch, and what interrupts it left out."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Stretch", "best_stretch"]

# All found by trying on pages whose article is known (docs/structure.md); scores go from 0 to 255.
_BREAK_EVEN = 100
_LEAST = 70
_MOST_WORDS = 60
_WORST = -120


class Stretch(NamedTuple):
    """The article within a text, as places in its row of lines that are not blank.

    Attributes
    ----------
    start, end
        Its first line, and the line behind its last one.
    dropped
        Lines between them that are none of it.
    """

    start: int
    end: int
    dropped: tuple[int, ...]

    def rows(self) -> set[int]:
        """The places of the lines that are the article."""
        return set(range(self.start, self.end)).difference(self.dropped)


def best_stretch(scores: Sequence[int], words: Sequence[int]) -> Stretch | None:
    """The stretch whose lines have the largest sum of score above break-even, times words.

    A line of low score weighs no more than a short paragraph of the article, for it can be dropped from
    the middle. None where no line scores above break-even.
    """
    best = total = first = 0
    start = end = 0
    for at, (score, count) in enumerate(zip(scores, words, strict=True)):
        if total <= 0:
            total, first = 0, at
        weight = 2 * count + 1 if count < _MOST_WORDS else 2 * _MOST_WORDS
        total += max((score - _BREAK_EVEN) * weight, 2 * _WORST)
        if total > best:
            best, start, end = total, first, at + 1
    if not best:
        return None
    dropped = tuple(at for at in range(start, end) if scores[at] < _LEAST)
    return Stretch(start, end, dropped)
