"""A whole text as columns of numbers: of each line its shape, what stands around it, and its place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import sub

from ..model import Finding
from .shape import BUCKETS, CLOSED, NAMES, UNBUCKET, shape

__all__ = ["MENUS", "columns", "counted", "kind"]

# The kinds of claims, alike ones beside each other.
_KINDS = {
    "caption": 1,
    "metadata": 2,
    "embed": 3,
    "disclosure": 3,
    "code": 4,
    "template": 4,
    "player": 4,
    "advertisement": 5,
    "newsletter": 5,
    "donation": 5,
    "app": 5,
    "social": 6,
    "related": 7,
    "comments": 8,
    "pagination": 9,
    "navigation": 10,
    "account": 10,
    "legal": 11,
    "consent": 11,
}
_CRUFT, _RELATED, _COMMENTS = 4, 7, 8  # from the first one on a claim tells of cruft
MENUS = 9  # and from this one on of the menus and the foot of a page
_STOP_WORDS = 8  # a line of so many words that ends like a sentence is prose
_LONG_WORDS = 25
_MOST_WORDS = 60  # of a line that count; more say no more
_WINDOWS = ((-4, -1), (1, 4), (-16, -1), (1, 16), (-50, -1), (1, 50))


def columns(
    lines: Sequence[str], indexes: Sequence[int], claims: Mapping[int, Finding]
) -> dict[str, bytes]:
    """The columns of a text, by their names; a byte for each line that is not blank.

    Parameters
    ----------
    lines
        All lines.
    indexes
        The numbers of those that are not blank; at least one.
    claims
        What the rules say of a line.
    """
    texts = [lines[i] for i in indexes]
    times = Counter(texts)
    shapes = {text: shape(text) for text in times}
    rows = zip(*[shapes[text] for text in texts], strict=True)
    table = {name: bytes(column) for name, column in zip(NAMES, rows, strict=True)}
    repeated = [times[text] - 1 for text in texts]
    table["repeated"] = bytes([min(n, 255) for n in repeated])
    table["repeated-near"] = _around(map(bool, repeated), 6)
    _add_claims(table, [claims.get(i) for i in indexes])
    _add_places(table)
    _add_surroundings(table)
    return table


def kind(claim: Finding | None) -> int:
    """What a claim tells of its line: 0 for nothing, larger numbers for what is surer off the article."""
    return _KINDS.get(claim.category, _CRUFT) if claim else 0


def counted(table: Mapping[str, bytes]) -> list[int]:
    """The words of each line, large numbers rounded."""
    return [UNBUCKET[known] for known in table["words"]]


def _add_claims(table: dict[str, bytes], claims: Sequence[Finding | None]) -> None:
    kinds = list(map(kind, claims))
    cruft = [known >= _CRUFT for known in kinds]
    comments = [known == _COMMENTS for known in kinds]
    table["claim"] = bytes(kinds)
    table["sure"] = bytes([int(100 * claim.confidence) if claim else 0 for claim in claims])
    table["claimed"] = _around(cruft, 6)
    table["claimed-above"], table["claimed-below"] = _since(cruft), _since(cruft[::-1])[::-1]
    table["comments-above"] = _since(comments)
    table["comments-below"] = _since(comments[::-1])[::-1]
    table["comments-near"] = _around(comments, 12)
    table["comments-before"] = bytes([min(n, 255) for n in accumulate(comments)])
    table["related-above"] = _since([known == _RELATED for known in kinds])


def _add_places(table: dict[str, bytes]) -> None:
    words = counted(table)
    prose = [
        count if (end >= CLOSED and count >= _STOP_WORDS) or count >= _LONG_WORDS else 0
        for count, end in zip(words, table["ends"], strict=True)
    ]
    table["prose"] = bytes([BUCKETS[count] for count in prose])
    count = len(words)
    table["place"] = bytes([255 * i // count for i in range(count)])
    table["rank"] = bytes([min(i, 255) for i in range(count)])
    table["rank-below"] = table["rank"][::-1]
    total = max(sum(words), 1)
    table["words-before"] = bytes([255 * n // total for n in accumulate(words)])
    before = list(accumulate(prose, initial=0))[:-1]
    total = max(sum(prose), 1)
    table["prose-before"] = bytes([255 * n // total for n in before])
    last = len(BUCKETS) - 1
    table["prose-words-before"] = bytes([BUCKETS[min(n, last)] for n in before])
    table["prose-above"] = _since(list(map(bool, prose)))


def _add_surroundings(table: dict[str, bytes]) -> None:
    words = [min(count, _MOST_WORDS) for count in counted(table)]
    prose = [min(UNBUCKET[known], _MOST_WORDS) for known in table["prose"]]
    for name, numbers in (("words", words), ("prose", prose)):
        sums = list(accumulate(numbers, initial=0))
        for low, high in _WINDOWS:
            sizes = map(sub, _at(sums, high + 1), _at(sums, low))
            table[f"{name}{low:+}{high:+}"] = bytes([BUCKETS[size] for size in sizes])
    closed = [end >= CLOSED for end in table["ends"]]
    table["closed-near"], table["closed-far"] = _around(closed, 6), _around(closed, 20)
    table["titled-near"] = _around([share >= 9 for share in table["capitals"]], 6)
    table["short-far"] = _around([count <= 3 for count in words], 20)
    table["digits-near"] = _around(map(bool, table["digits"]), 8)
    table["linked-near"] = _around([share >= 40 for share in table["links"]], 8)
    table["person-near"] = _around([min(count, 5) for count in table["person"]], 8)
    table["function-near"] = _around([min(count, 16) for count in table["function"]], 6)
    table["listed-near"] = _around(map(bool, table["listed"]), 6)


def _at(sums: list[int], shift: int) -> list[int]:
    """The sums so many places on, for each place but the last."""
    count = len(sums) - 1
    if shift <= 0:
        return ([0] * -shift + sums)[:count]
    return sums[shift:] + sums[-1:] * min(shift - 1, count) if shift <= count else sums[-1:] * count


def _around(numbers: Iterable[int], reach: int) -> bytes:
    """Sums over the lines up to so many lines away, the line itself included."""
    sums = list(accumulate(numbers, initial=0))
    return bytes(map(sub, _at(sums, reach + 1), _at(sums, -reach)))


def _since(marks: Sequence[bool]) -> bytes:
    """How many lines above the nearest mark is, the line itself not asked; 255 for none."""
    found = bytearray()
    away = 255
    for mark in marks:
        found.append(away)
        away = 1 if mark else away + (away < 254)
    return bytes(found)
