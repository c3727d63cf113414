"""What single lines look like by themselves: counts, marks and function words as small numbers."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from ..late import LatePattern
from .counts import counts

__all__ = ["BUCKETS", "CLOSED", "NAMES", "UNBUCKET", "capped", "shapes"]

# Everything that is learned from is a number of one byte, so that whole columns of them can be
# looked up, shifted and added at once (see `cleaner.structure.forest`).
NAMES = (
    "words",
    "chars",
    "ends",
    "begins",
    "commas",
    "stops",
    "digits",
    "capitals",
    "function",
    "person",
    "marks",
    "links",
    "targets",
    "indent",
    "listed",
)

_TOP = 4096


def _bucket(number: int) -> int:
    """Exact up to 15, in steps of at most a tenth above."""
    power = (number + 1).bit_length() - 1
    return round(8 * (power + (number + 1) / (1 << power) - 1))


# A count as one of 97 numbers, and the least count that has this number.
BUCKETS = bytes(map(_bucket, range(_TOP)))
UNBUCKET = tuple(min(bisect_left(BUCKETS, value), _TOP - 1) for value in range(128))
# The end of a line is the end of a sentence from this number on.
CLOSED = 6
_MOST = 127  # of any number

_BLOCK = 256  # lines at a time: their counts are held as lists for as many
_LINK = LatePattern(r"!?\[([^\[\]\n]{0,400})\]\(((?:[^()\[\n]|\([^()\[\n]{0,200}\)){0,2000}+)\)")
_LISTED = LatePattern(r"(?:[*+•·▪‣●○◦o–-]|\d{1,3}[.)]|#{1,6}|>|\|) ")
_LISTING = frozenset("*+•·▪‣●○◦o–-#>|0123456789")
_LISTS = {"#": 4, ">": 3, "|": 5}

_ENDS = {
    **dict.fromkeys(".。؟։።", 9),
    **dict.fromkeys("!?！？", 8),
    **dict.fromkeys("\"”’»'」』“", 7),
    **dict.fromkeys("…", 6),
    **dict.fromkeys(")]）】", 5),
    **dict.fromkeys(",;，、；،", 4),
    **dict.fromkeys(":：", 3),
    **dict.fromkeys("-–—|/>›", 1),
}
_EMPHASIS = frozenset("*_")
_FIXED_BLANK = "\xa0"
_OPENING = frozenset("\"“„«「『‘'")


def shapes(texts: Sequence[str]) -> dict[str, bytes]:
    """Columns with a number from 0 to 127 for each line, by their `NAMES`; no line is blank."""
    blocks = [_shapes(texts[at : at + _BLOCK]) for at in range(0, len(texts), _BLOCK)]
    if len(blocks) == 1:
        return blocks[0]
    return {name: b"".join([block[name] for block in blocks]) for name in NAMES}


def _shapes(texts: Sequence[str]) -> dict[str, bytes]:
    if _FIXED_BLANK in "".join(texts):
        texts = [text.replace(_FIXED_BLANK, " ") for text in texts]
    begun = [text.lstrip() for text in texts]
    indent = [len(text) - len(bare) for text, bare in zip(texts, begun, strict=True)]
    seen = [text.rstrip() for text in begun]
    links, targets = _unlink(seen)
    firsts = [text[:1] for text in seen]
    listed = _unlist(seen, firsts)
    numbers = counts(seen)
    return {
        "words": _bucketed(numbers.words),
        "chars": _bucketed(numbers.chars),
        "ends": _told_by(_lasts(seen), _end),
        "begins": _told_by(firsts, _begin),
        "commas": capped(numbers.commas),
        "stops": capped(numbers.stops),
        "digits": capped(numbers.digits),
        "capitals": bytes(numbers.capitals),
        "function": capped(numbers.function),
        "person": bytes(numbers.person),
        "marks": capped(numbers.marks),
        "links": links,
        "targets": targets,
        "indent": capped(indent),
        "listed": listed,
    }


def capped(numbers: list[int]) -> bytes:
    """The numbers, those above 127 as 127."""
    return bytes(numbers if max(numbers) <= _MOST else [min(n, _MOST) for n in numbers])


def _bucketed(numbers: list[int]) -> bytes:
    if max(numbers) < 256:
        return bytes(numbers).translate(BUCKETS[:256])
    return bytes([BUCKETS[n] if n < _TOP else _MOST for n in numbers])


def _told_by(characters: list[str], number: Callable[[str], int]) -> bytes:
    """The number of each, every character asked once."""
    known = {character: number(character) for character in set(characters)}
    return bytes(map(known.__getitem__, characters))


def _end(last: str) -> int:
    return _ENDS.get(last, 2 if last.isdigit() else 0)


def _begin(first: str) -> int:
    if first.isupper():
        return 4
    if first.islower():
        return 5
    if first.isalpha():
        return 3
    if first.isdigit():
        return 2
    return 1 if first in _OPENING else 0


def _lasts(seen: list[str]) -> list[str]:
    lasts = [text[-1:] for text in seen]
    if not _EMPHASIS.isdisjoint(lasts):
        for at, last in enumerate(lasts):
            if last in _EMPHASIS:
                lasts[at] = seen[at].rstrip("*_ ")[-1:]
    return lasts


def _unlink(seen: list[str]) -> tuple[bytes, bytes]:
    """How much of each line is links, and how many characters targets take; only words of links stay."""
    links, targets = bytearray(len(seen)), bytearray(len(seen))
    if "](" in "\n".join(seen):
        for at, text in enumerate(seen):
            if "](" in text:
                seen[at], links[at], targets[at] = _unlinked(text)
    return bytes(links), bytes(targets)


def _unlinked(bare: str) -> tuple[str, int, int]:
    linked = targets = 0
    for _ in range(2):  # an image may be the text of a link
        parts = _LINK.split(bare)
        linked += sum(map(len, parts[1::3]))
        targets += sum(map(len, parts[2::3]))
        del parts[2::3]
        bare = "".join(parts).strip()
        if "](" not in bare:
            break
    return bare, min(64 * linked // max(len(bare), 1), _MOST), BUCKETS[min(targets, _TOP - 1)]


def _unlist(seen: list[str], firsts: list[str]) -> bytes:
    """What mark of a list or heading each line begins with; the marks are taken off."""
    listed = bytearray(len(seen))
    for at, first in enumerate(firsts):
        if first in _LISTING and (mark := _LISTED.match(seen[at])) is not None:
            listed[at] = _LISTS.get(first, 2 if first.isdigit() else 1)
            seen[at] = seen[at][mark.end() :].lstrip()
            firsts[at] = seen[at][:1]
    return bytes(listed)
