"""Scores of lines to the lines that are the article: one stretch, and what interrupts it left out."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Stretch", "best_stretch"]

# All found by trying on pages whose article is known (docs/structure.md); scores go from 0 to 255.
_FIRST_BREAK_EVEN = 120
_LEAST_BREAK_EVEN = 80
_SHARE = 0.5  # of what the article scores, where a line breaks even
_UNSURE = 0.35  # so much of the words of the article may score less than what it is said to score
# Of break-even, under which a line in the middle is left out, and from which on lines right behind the end
# are kept: lists, tables and entries of an article score less than its paragraphs.
_DROPPED, _BEHIND = 0.6, 0.7
_MOST_WORDS = 60
_WORST = -240  # what a line costs at most


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
    the middle. How doubtful a line is depends on how sure the article is: what breaks even is found from
    the scores of a first stretch. The last line is followed by those that are only doubtful, up to the first
    that is not. None where no line scores enough for a stretch.
    """
    weights = [2 * count + 1 if count < _MOST_WORDS else 2 * _MOST_WORDS for count in words]
    start, end = _largest(scores, weights, _FIRST_BREAK_EVEN)
    if start == end:
        return None
    break_even = max(int(_SHARE * _typical(scores[start:end], words[start:end])), _LEAST_BREAK_EVEN)
    start, end = _largest(scores, weights, break_even)
    while end < len(scores) and scores[end] >= _BEHIND * break_even:
        end += 1
    least = _DROPPED * break_even
    return Stretch(start, end, tuple([at for at in range(start, end) if scores[at] < least]))


def _largest(scores: Sequence[int], weights: Sequence[int], break_even: int) -> tuple[int, int]:
    """The first line of the stretch and the line behind its last one; alike where there is none."""
    best = total = first = 0
    start = end = 0
    for at, (score, weight) in enumerate(zip(scores, weights, strict=True)):
        gain = (score - break_even) * weight
        if total <= 0:
            total, first = 0, at
        total += gain if gain > _WORST else _WORST
        if total > best:
            best, start, end = total, first, at + 1
    return start, end


def _typical(scores: Sequence[int], words: Sequence[int]) -> int:
    """The score that all but some of the words reach."""
    reached: dict[int, int] = {}
    for score, count in zip(scores, words, strict=True):
        reached[score] = reached.get(score, 0) + count
    left = _UNSURE * sum(words)
    for score in sorted(reached):
        left -= reached[score]
        if left <= 0:
            return score
    return 0
