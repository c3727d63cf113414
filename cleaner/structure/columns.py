"""A whole text as columns of numbers: of each line its shape, what stands around it, and its place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from ..model import Finding
from .shape import BUCKETS, CLOSED, NAMES, UNBUCKET, shape
from .window import Window

__all__ = ["CRUFT", "MENUS", "columns", "counted", "kind"]

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
CRUFT = 4  # from this one on a claim tells of cruft
MENUS = 9  # and from this one on of the menus and the foot of a page
# Kinds that tell the parts of a page from each other, each with its reach in lines.
_PARTS = (
    ("caption", (1,), 20),
    ("head", (2,), 20),
    ("offer", (5,), 20),
    ("social", (6,), 20),
    ("related", (7,), 20),
    ("comments", (8,), 12),
    ("menu", (9, 10, 11), 20),
)
_STOP_WORDS = 8  # a line of so many words that ends like a sentence is prose
_LONG_WORDS = 25
_MOST_WORDS = 60  # of a line that count; more say no more
_MOST = 127
# Lines before and behind, and the words that count as one: no sum may pass 255.
_WINDOWS = ((-4, -1, 1), (1, 4, 1), (-16, -1, 4), (1, 16, 4), (-50, -1, 12), (1, 50, 12))


def columns(
    lines: Sequence[str], indexes: Sequence[int], claims: Mapping[int, Finding]
) -> dict[str, bytes]:
    """The columns of a text, by their names: for each line that is not blank a number from 0 to 127.

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
    window = Window(len(texts))
    seen = bytes([times[text] for text in texts]) if len(texts) <= _MOST else None
    table["repeated"] = seen or bytes([min(times[text], _MOST) for text in texts])
    table["repeated-near"] = window.around(table["repeated"].translate(_at_least(2)), 6)
    _add_claims(table, [claims.get(i) for i in indexes], window)
    _add_places(table)
    _add_surroundings(table, window)
    return table


def kind(claim: Finding | None) -> int:
    """What a claim tells of its line: 0 for nothing, larger numbers for what is surer off the article."""
    return _KINDS.get(claim.category, CRUFT) if claim else 0


def counted(table: Mapping[str, bytes]) -> list[int]:
    """The words of each line, large numbers rounded."""
    return [UNBUCKET[known] for known in table["words"]]


def _at_least(least: int) -> bytes:
    """For `bytes.translate`: 1 for each number that is at least so large."""
    return bytes(least) + bytes([1]) * (256 - least)


def _mapped(values: Iterable[int]) -> bytes:
    """For `bytes.translate`: these values for the first numbers, the last one for all others."""
    found = bytes(values)
    return found + found[-1:] * (256 - len(found))


_WORDS = {
    unit: _mapped(min(count, _MOST_WORDS) // unit for count in UNBUCKET) for _, _, unit in _WINDOWS
}
_HALVES = bytes(n // 2 for n in range(256))


def _add_claims(table: dict[str, bytes], claims: Sequence[Finding | None], window: Window) -> None:
    kinds = bytes(map(kind, claims))
    cruft = kinds.translate(_IS_CRUFT)
    table["claim"] = kinds
    table["sure"] = bytes([int(100 * claim.confidence) if claim else 0 for claim in claims])
    table["claimed"] = window.around(cruft, 6)
    table["claimed-above"], table["claimed-below"] = _since(cruft), _since(cruft[::-1])[::-1]
    table["claims-above"], table["claims-below"] = _so_far(cruft), _so_far(cruft[::-1])[::-1]
    for name, is_part, reach in _IS_PART:
        marks = kinds.translate(is_part)
        table[f"{name}-above"], table[f"{name}-below"] = _since(marks), _since(marks[::-1])[::-1]
        table[f"{name}-near"] = window.around(marks, reach)
    opened = bytes([claim is not None and claim.opens != "" for claim in claims])
    table["opened-above"] = _since(opened)


_IS_CRUFT = _at_least(CRUFT)
_IS_PART = [(name, bytes([n in kinds for n in range(256)]), reach) for name, kinds, reach in _PARTS]


def _so_far(marks: bytes) -> bytes:
    """How many lines above are marked 1, the line itself not asked; at most 127."""
    found = list(accumulate(marks, initial=0))[:-1]
    return bytes(found if found[-1] <= _MOST else [min(n, _MOST) for n in found])


def _add_places(table: dict[str, bytes]) -> None:
    words = counted(table)
    prose = [
        count if (end >= CLOSED and count >= _STOP_WORDS) or count >= _LONG_WORDS else 0
        for count, end in zip(words, table["ends"], strict=True)
    ]
    count, last = len(words), len(BUCKETS) - 1
    table["prose"] = bytes([BUCKETS[n] if n < last else BUCKETS[last] for n in prose])
    table["place"] = bytes([_MOST * i // count for i in range(count)])
    table["rank"] = (_RANKS + bytes([_MOST]) * max(count - _MOST, 0))[:count]
    table["rank-below"] = table["rank"][::-1]
    total = max(sum(words), 1)
    table["words-before"] = bytes([_MOST * n // total for n in accumulate(words)])
    before = list(accumulate(prose, initial=0))[:-1]
    total = max(sum(prose), 1)
    table["prose-before"] = bytes([_MOST * n // total for n in before])
    table["prose-words-before"] = bytes([BUCKETS[n if n < last else last] for n in before])
    table["prose-above"] = _since(table["prose"].translate(_IS_ANY))


_RANKS = bytes(range(_MOST))
_IS_ANY = _at_least(1)


def _add_surroundings(table: dict[str, bytes], window: Window) -> None:
    for name in ("words", "prose"):
        for low, high, unit in _WINDOWS:
            sums = window.sums(table[name].translate(_WORDS[unit]), low, high)
            table[f"{name}{low:+}{high:+}"] = sums.translate(_HALVES)
    closed = table["ends"].translate(_IS_CLOSED)
    table["closed-near"], table["closed-far"] = window.around(closed, 6), window.around(closed, 20)
    table["titled-near"] = window.around(table["capitals"].translate(_IS_TITLED), 6)
    table["short-far"] = window.around(table["words"].translate(_IS_SHORT), 20)
    table["digits-near"] = window.around(table["digits"].translate(_IS_ANY), 8)
    table["linked-near"] = window.around(table["links"].translate(_IS_LINKED), 8)
    table["person-near"] = window.around(table["person"].translate(_UP_TO_5), 8)
    table["function-near"] = window.around(table["function"].translate(_UP_TO_9), 6)
    table["listed-near"] = window.around(table["listed"].translate(_IS_ANY), 6)


_IS_CLOSED, _IS_TITLED, _IS_LINKED = _at_least(CLOSED), _at_least(9), _at_least(40)
_IS_SHORT = _mapped(n <= BUCKETS[3] for n in range(BUCKETS[3] + 2))
_UP_TO_5, _UP_TO_9 = _mapped(range(6)), _mapped(range(10))


def _since(marks: bytes) -> bytes:
    """How many lines above the nearest line marked 1 is, the line itself not asked; 127 for none."""
    parts = marks.split(b"\1")
    found = [bytes([_MOST]) * (len(parts[0]) + (len(parts) > 1))]
    for part in parts[1:]:
        size = len(part) + 1
        found.append(
            _AWAY[:size] if size < _MOST else _AWAY + bytes([_MOST - 1]) * (size - _MOST + 1)
        )
    return b"".join(found)[: len(marks)]


_AWAY = bytes(range(1, _MOST))
