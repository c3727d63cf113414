"""What the scores say of a whole text: how sure its article is, and how surely the rest is none of it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from .shape import BUCKETS
from .stretch import Stretch

__all__ = ["OUTLINE", "SURELY_OFF", "outline"]

OUTLINE = (
    "article-words",
    "article-lines",
    "article-mean",
    "article-unsure",
    "article-sure",
    "dropped",
    "dropped-share",
    "outside-words",
    "outside-share",
    "outside-mean",
    "outside-best",
    "outside-doubt",
    "outside-prose",
    "outside-prose-doubt",
    "off-before",
    "off-after",
    "longest-off-before",
    "longest-off-after",
    "off-share",
)
SURELY_OFF = 12  # a line of so low a score is none of the article
_DOUBT, _PROSE_DOUBT = 40, 25  # outside, a line of at least this score may be some of it
_UNSURE, _SURE = 140, 230
_PROSE = 15  # words
_MOST, _LAST = 127, len(BUCKETS) - 1


def outline(scores: Sequence[int], words: Sequence[int], article: Stretch) -> tuple[int, ...]:
    """The numbers of a text, in the order of `OUTLINE`, each from 0 to 127."""
    dropped = set(article.dropped)
    inside = [
        (scores[at], words[at]) for at in range(article.start, article.end) if at not in dropped
    ]
    rest = [*range(article.start), *range(article.end, len(scores))]
    outside = [(scores[at], words[at]) for at in rest]
    within, without = _words(inside), _words(outside)
    prose = [(score, count) for score, count in outside if count >= _PROSE]
    off = [score <= SURELY_OFF for score in scores]
    before, after = off[: article.start], off[article.end :]
    return (
        _counted(within),
        _counted(len(inside)),
        _mean(inside, within),
        _share(_words(pair for pair in inside if pair[0] < _UNSURE), within),
        _share(_words(pair for pair in inside if pair[0] >= _SURE), within),
        _counted(len(dropped)),
        _share(sum([words[at] for at in dropped]), within),
        _counted(without),
        _share(without, within + without),
        _mean(outside, without),
        max(outside, default=(0, 0))[0] // 2,
        _share(_words(pair for pair in outside if pair[0] >= _DOUBT), within),
        _share(_words(prose), within),
        _share(_words(pair for pair in prose if pair[0] >= _PROSE_DOUBT), within),
        _counted(sum(before)),
        _counted(sum(after)),
        _counted(_longest(before)),
        _counted(_longest(after)),
        _share(sum(off), len(off)),
    )


def _words(pairs: Iterable[tuple[int, int]]) -> int:
    return sum([count for _, count in pairs])


def _mean(pairs: Iterable[tuple[int, int]], words: int) -> int:
    """Half of the mean score of the words."""
    return sum([score * count for score, count in pairs]) // (2 * max(words, 1))


def _counted(number: int) -> int:
    return BUCKETS[min(number, _LAST)]


def _share(part: int, whole: int) -> int:
    """127 for all of it, or more than it."""
    return min(_MOST * part // max(whole, 1), _MOST)


def _longest(marks: Iterable[bool]) -> int:
    return max((sum(1 for _ in run) for mark, run in groupby(marks) if mark), default=0)
