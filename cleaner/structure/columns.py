"""A whole text as columns of numbers: of each line its shape, what stands around it, and its place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from ..model import Finding
from .shape import BUCKETS, CLOSED, UNBUCKET, capped, shapes
from .window import Window

__all__ = ["CRUFT", "IS_CRUFT", "MENUS", "at_least", "columns", "counted", "kind"]

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
# How many lines before and behind, and the words that count as one: no sum may pass 255.
_WINDOWS = ((4, 1), (16, 4), (50, 12))


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
    texts = list(map(lines.__getitem__, indexes))
    table = shapes(texts)
    if margin := min(table["indent"]):
        # The whole text is indented: that says nothing of its lines.
        table["indent"] = table["indent"].translate(bytes(margin) + bytes(range(256 - margin)))
    window = Window(len(texts))
    times = Counter(texts)
    table["repeated"] = capped(list(map(times.__getitem__, texts)))
    table["repeated-near"] = window.around(table["repeated"].translate(at_least(2)), 6)
    claimed = [(row, claims[i]) for row, i in enumerate(indexes) if i in claims]
    _add_claims(table, claimed, window)
    _add_places(table)
    _add_surroundings(table, window)
    return table


def kind(claim: Finding | None) -> int:
    """What a claim tells of its line: 0 for nothing, larger numbers for what is surer off the article."""
    return _KINDS.get(claim.category, CRUFT) if claim else 0


def counted(table: Mapping[str, bytes]) -> list[int]:
    """The words of each line, large numbers rounded."""
    return [UNBUCKET[known] for known in table["words"]]


def at_least(least: int) -> bytes:
    """For `bytes.translate`: 1 for each number that is at least so large."""
    return bytes(least) + bytes([1]) * (256 - least)


def _mapped(values: Iterable[int]) -> bytes:
    """For `bytes.translate`: these values for the first numbers, the last one for all others."""
    found = bytes(values)
    return found + found[-1:] * (256 - len(found))


_WORDS = {
    unit: _mapped(min(count, _MOST_WORDS) // unit for count in UNBUCKET) for _, unit in _WINDOWS
}
_HALVES = bytes(n // 2 for n in range(256))


def _add_claims(
    table: dict[str, bytes], claimed: Sequence[tuple[int, Finding]], window: Window
) -> None:
    count = len(table["words"])
    known, sure, opened = bytearray(count), bytearray(count), bytearray(count)
    for row, claim in claimed:
        known[row] = _KINDS.get(claim.category, CRUFT)
        sure[row] = int(100 * claim.confidence)
        opened[row] = claim.opens != ""
    kinds = bytes(known)
    cruft = kinds.translate(IS_CRUFT)
    table["claim"] = kinds
    table["sure"] = bytes(sure)
    table["claimed"] = window.around(cruft, 6)
    table["claimed-above"], table["claimed-below"] = _nearest(cruft)
    table["claims-above"], table["claims-below"] = _so_far(cruft)
    for name, is_part, reach in _IS_PART:
        marks = kinds.translate(is_part)
        table[f"{name}-above"], table[f"{name}-below"] = _nearest(marks)
        table[f"{name}-near"] = window.around(marks, reach)
    table["opened-above"] = _nearest(bytes(opened))[0]


IS_CRUFT = at_least(CRUFT)
_IS_PART = [(name, bytes([n in kinds for n in range(256)]), reach) for name, kinds, reach in _PARTS]


def _so_far(marks: bytes) -> tuple[bytes, bytes]:
    """How many lines above and below each line are marked 1, the line itself not asked; at most 127."""
    sums = list(accumulate(marks, initial=0))
    total = sums[-1]
    if total > _MOST:
        return capped(sums[:-1]), capped([total - number for number in sums[1:]])
    left = bytes(range(total, -1, -1)).ljust(256)
    return bytes(sums[:-1]), bytes(sums[1:]).translate(left)


def _add_places(table: dict[str, bytes]) -> None:
    words = counted(table)
    count = len(words)
    known = _prose(table)
    prose = [UNBUCKET[number] for number in known]
    table["prose"] = known.translate(_TO_BUCKETS)
    table["place"] = bytes([_MOST * i // count for i in range(count)])
    table["rank"] = (_RANKS + bytes([_MOST]) * max(count - _MOST, 0))[:count]
    table["rank-below"] = table["rank"][::-1]
    total = max(sum(words), 1)
    table["words-before"] = bytes([_MOST * n // total for n in accumulate(words)])
    before = list(accumulate(prose, initial=0))[:-1]
    total = max(sum(prose), 1)
    table["prose-before"] = bytes([_MOST * n // total for n in before])
    table["prose-words-before"] = bytes([BUCKETS[n if n < _LAST else _LAST] for n in before])
    table["prose-above"] = _nearest(table["prose"].translate(_IS_ANY))[0]


def _prose(table: Mapping[str, bytes]) -> bytes:
    """The words of each line that is prose, as in the column of words; 0 for all others."""
    stopped = table["ends"].translate(_STOPPED)
    whole = int.from_bytes
    words = whole(table["words"].translate(_IF_STOPPED), "little") & whole(stopped, "little")
    words |= whole(table["words"].translate(_IF_LONG), "little")
    return words.to_bytes(len(stopped), "little")


_LAST = len(BUCKETS) - 1
_STOPPED = bytes([255 * (end >= CLOSED) for end in range(256)])
_IF_STOPPED = bytes([n * (n >= BUCKETS[_STOP_WORDS]) for n in range(256)])
_IF_LONG = bytes([n * (n >= BUCKETS[_LONG_WORDS]) for n in range(256)])
_TO_BUCKETS = bytes([min(n, BUCKETS[_LAST]) for n in range(256)])
_RANKS = bytes(range(_MOST))
_IS_ANY = at_least(1)


def _add_surroundings(table: dict[str, bytes], window: Window) -> None:
    for name in ("words", "prose"):
        for reach, unit in _WINDOWS:
            before, behind = window.beside(table[name].translate(_WORDS[unit]), reach)
            table[f"{name}-{reach}-1"] = before.translate(_HALVES)
            table[f"{name}+1+{reach}"] = behind.translate(_HALVES)
    closed = table["ends"].translate(_IS_CLOSED)
    table["closed-near"], table["closed-far"] = window.around(closed, 6), window.around(closed, 20)
    table["titled-near"] = window.around(table["capitals"].translate(_IS_TITLED), 6)
    table["short-far"] = window.around(table["words"].translate(_IS_SHORT), 20)
    table["digits-near"] = window.around(table["digits"].translate(_IS_ANY), 8)
    table["linked-near"] = window.around(table["links"].translate(_IS_LINKED), 8)
    table["person-near"] = window.around(table["person"].translate(_UP_TO_5), 8)
    table["function-near"] = window.around(table["function"].translate(_UP_TO_9), 6)
    table["listed-near"] = window.around(table["listed"].translate(_IS_ANY), 6)


_IS_CLOSED, _IS_TITLED, _IS_LINKED = at_least(CLOSED), at_least(9), at_least(40)
_IS_SHORT = _mapped(n <= BUCKETS[3] for n in range(BUCKETS[3] + 2))
_UP_TO_5, _UP_TO_9 = _mapped(range(6)), _mapped(range(10))


def _nearest(marks: bytes) -> tuple[bytes, bytes]:
    """How many lines above and below each line the nearest one marked 1 is; 127 for none.

    Whether the line itself is marked is not asked.
    """
    if 1 not in marks:
        none = bytes([_MOST]) * len(marks)
        return none, none
    gaps = list(map(len, marks.split(b"\1")))
    far = bytes([_MOST - 1]) * (max(gaps) + 1 - len(_AWAY))  # mostly none
    rising, falling = _AWAY + far, far + _AWAY[::-1]
    first, *between, last = gaps
    above = [rising[: gap + 1] for gap in (*between, last)]
    below = [falling[-1 - gap :] for gap in between]
    return (
        bytes([_MOST]) * (first + 1) + b"".join(above)[:-1],
        falling[len(falling) - first :] + b"".join(below) + bytes([_MOST]) * (last + 1),
    )


_AWAY = bytes(range(1, _MOST))
