"""What the scores say of a whole text: how sure its article is, and how surely the rest is none of it."""

from collections.abc import Sequence

from .shape import BUCKETS
from .stretch import Stretch

__all__ = ["OUTLINE", "longest", "outline", "surely_off"]

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
_SURELY_OFF = 12  # a line of so low a score is none of the article
_DOUBT, _PROSE_DOUBT = 40, 25  # outside, a line of at least this score may be some of it
_UNSURE, _SURE = 140, 230
_PROSE = 15  # words
_MOST, _LAST = 127, len(BUCKETS) - 1


def outline(scores: Sequence[int], words: Sequence[int], article: Stretch) -> tuple[int, ...]:
    """The numbers of a text, in the order of `OUTLINE`, each from 0 to 127."""
    start, end, dropped = article
    out = frozenset(dropped)
    inside = [
        pair
        for at, pair in enumerate(zip(scores[start:end], words[start:end], strict=True), start)
        if at not in out
    ]
    outside = [
        *zip(scores[:start], words[:start], strict=True),
        *zip(scores[end:], words[end:], strict=True),
    ]
    within, without = _words(inside), _words(outside)
    prose = [pair for pair in outside if pair[1] >= _PROSE]
    off = surely_off(scores)
    return (
        _counted(within),
        _counted(len(inside)),
        _mean(inside, within),
        _share(sum([count for score, count in inside if score < _UNSURE]), within),
        _share(sum([count for score, count in inside if score >= _SURE]), within),
        _counted(len(dropped)),
        _share(sum([words[at] for at in dropped]), within),
        _counted(without),
        _share(without, within + without),
        _mean(outside, without),
        max(outside, default=(0, 0))[0] // 2,
        _share(sum([count for score, count in outside if score >= _DOUBT]), within),
        _share(_words(prose), within),
        _share(sum([count for score, count in prose if score >= _PROSE_DOUBT]), within),
        _counted(off.count(1, 0, start)),
        _counted(off.count(1, end)),
        _counted(longest(off[:start], 1)),
        _counted(longest(off[end:], 1)),
        _share(off.count(1), len(off)),
    )


def _words(pairs: Sequence[tuple[int, int]]) -> int:
    return sum([count for _, count in pairs])


def _mean(pairs: Sequence[tuple[int, int]], words: int) -> int:
    """Half of the mean score of the words."""
    return sum([score * count for score, count in pairs]) // (2 * max(words, 1))


def _counted(number: int) -> int:
    return BUCKETS[min(number, _LAST)]


def _share(part: int, whole: int) -> int:
    """127 for all of it, or more than it."""
    return min(_MOST * part // max(whole, 1), _MOST)


def surely_off(scores: Sequence[int]) -> bytes:
    """For each line 1 if its score is so low that it is none of the article, otherwise 0."""
    return bytes(scores).translate(_IS_OFF)


_IS_OFF = bytes([score <= _SURELY_OFF for score in range(256)])


def longest(marks: bytes, wanted: int) -> int:
    """The longest run of the wanted one of the marks 0 and 1."""
    return max(map(len, marks.split(bytes([1 - wanted]))))
