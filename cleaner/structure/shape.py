"""What one line looks like by itself: counts, marks and function words as small numbers."""

from bisect import bisect_left

from ..late import LatePattern
from .words import FUNCTION, PERSON

__all__ = ["BUCKETS", "CLOSED", "NAMES", "UNBUCKET", "shape"]

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

_SPACELESS = LatePattern(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CHARS_PER_WORD = 2
_LINK = LatePattern(r"!?\[([^\[\]\n]{0,400})\]\(((?:[^()\[\n]|\([^()\[\n]{0,200}\)){0,2000}+)\)")
# Digits, and marks that titles and menus have more of than sentences.
_DIGITS = LatePattern(r"\d")
_ASCII_DIGITS = b"0123456789"
_ASCII_MARKS = b'|/>@:&+"'
_MARKS = LatePattern(r"[|›»·•/>@©:→▸▶…&+\"“”„«「『]")
_LISTED = LatePattern(r"(?:[*+•·▪‣●○◦o–-]|\d{1,3}[.)]|#{1,6}|>|\|) ")
_LISTING = frozenset("*+•·▪‣●○◦o–-#>|0123456789")
_LOOKED_AT = 240  # characters; a line is known by them
_HEAD_WORDS = 16

_COMMON = FUNCTION | PERSON
_PARTICLES = LatePattern(
    "[はがをにのでともへ的了是在和有不这這为為与與พใน]|이 |가 |은 |는 |을 |를 |의 |에 "
)

_ENDS = {
    **dict.fromkeys(".。।؟։።", 9),
    **dict.fromkeys("!?！？", 8),
    **dict.fromkeys("\"”’»'」』“", 7),
    **dict.fromkeys("…", 6),
    **dict.fromkeys(")]）】", 5),
    **dict.fromkeys(",;，、；،", 4),
    **dict.fromkeys(":：", 3),
    **dict.fromkeys("-–—|/>›", 1),
}


def shape(text: str) -> tuple[int, ...]:
    """The numbers of one line, in the order of `NAMES`, each from 0 to 127."""
    seen = text.strip()
    indent = text.find(seen[0]) if len(text) > len(seen) > 0 else 0
    links = targets = listed = 0
    if "](" in seen:
        seen, links, targets = _unlinked(seen)
    first = seen[:1]
    if first in _LISTING and (mark := _LISTED.match(seen)) is not None:
        listed = _KINDS.get(first, 2 if first.isdigit() else 1)
        seen = seen[mark.end() :].lstrip()
        first = seen[:1]
    size = len(seen)
    head = seen if size <= _LOOKED_AT else seen[:_LOOKED_AT]
    words = head.split()
    count = len(words) if size <= _LOOKED_AT else seen.count(" ") + 1
    function = person = 0
    if len(words) > 2 and (common := _COMMON.intersection(words)):
        function, person = len(common), len(PERSON & common)
    commas = seen.count(",")
    stops = seen.count(". ") + seen.count("? ") + seen.count("! ") if size > _SHORT else 0
    if seen.isascii():
        raw = head.encode()
        digits = len(raw) - len(raw.translate(None, _ASCII_DIGITS))
        marks = len(raw) - len(raw.translate(None, _ASCII_MARKS))
    else:
        digits, marks = len(_DIGITS.findall(head)), len(_MARKS.findall(head))
        commas += seen.count("，") + seen.count("、") + seen.count("،")
        stops += seen.count("。")
        if characters := len(_SPACELESS.findall(seen)):
            count += characters // _CHARS_PER_WORD
            function += len(_PARTICLES.findall(head)) // 2
    del words[_HEAD_WORDS:]
    capitals = sum([word[0].isupper() for word in words])
    last = seen[-1:]
    if last in _EMPHASIS:
        last = seen.rstrip("*_ ")[-1:]
    return (
        BUCKETS[count] if count < _TOP else _MOST,
        BUCKETS[size] if size < _TOP else _MOST,
        _ENDS.get(last, 2 if last.isdigit() else 0),
        _begins(first),
        commas if commas < _MOST else _MOST,
        stops if stops < _MOST else _MOST,
        digits if digits < _MOST else _MOST,
        _HEAD_WORDS * capitals // len(words) if words else 0,
        function if function < _MOST else _MOST,
        person,
        marks if marks < _MOST else _MOST,
        links,
        targets,
        indent if indent < _MOST else _MOST,
        listed,
    )


_SHORT = 24  # a line of so few characters holds one sentence at most
_EMPHASIS = frozenset("*_")
_KINDS = {"#": 4, ">": 3, "|": 5}


def _unlinked(bare: str) -> tuple[str, int, int]:
    """The words of the line; how much of them is links; how many characters targets take."""
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


def _begins(first: str) -> int:
    if first.isupper():
        return 4
    if first.islower():
        return 5
    if first.isalpha():
        return 3
    if first.isdigit():
        return 2
    return 1 if first in _OPENING else 0


_OPENING = frozenset("\"“„«「『‘'")
