"""What one line looks like by itself: counts, marks and function words as small numbers."""

import re

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
    """Exact when small, in steps of a few per cent when large."""
    power = (number + 1).bit_length() - 1
    return round(16 * (power + (number + 1) / (1 << power) - 1))


# A count as one byte, and the least count that has this byte.
BUCKETS = bytes(map(_bucket, range(_TOP)))
UNBUCKET = tuple(
    next((n for n, known in enumerate(BUCKETS) if known >= value), _TOP - 1) for value in range(256)
)
# The end of a line is the end of a sentence from this number on.
CLOSED = 6

_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CHARS_PER_WORD = 2
_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\(((?:[^()\[\n]|\([^()\[\n]{0,200}\)){0,2000}+)\)")
_MARKS = re.compile(r"[\d|›»·•/>@©:→▸▶…&+\"“”„«「『]")
_LISTED = re.compile(r"(?:[*+•·▪‣●○◦o–-]|\d{1,3}[.)]|#{1,6}|>|\|) ")
_LISTING = frozenset("*+•·▪‣●○◦o–-#>|0123456789")
_LOOKED_AT = 200  # characters for marks, twice as many for function words
_LONG = 400
_HEAD_WORDS = 16

_COMMON = FUNCTION | PERSON
_PARTICLES = re.compile(
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
    """The numbers of one line, in the order of `NAMES`."""
    bare = text.strip()
    seen, links, targets = _unlinked(bare) if "](" in bare else (bare, 0, 0)
    listed = 0
    if seen[:1] in _LISTING and (mark := _LISTED.match(seen)) is not None:
        listed = _KINDS.get(seen[0], 2 if seen[0].isdigit() else 1)
        seen = seen[mark.end() :].lstrip()
    size = len(seen)
    if size <= _LONG:
        words = seen.split()
        count = len(words)
    else:
        words = seen[:_LONG].split()
        count = seen.count(" ") + 1
    function = person = 0
    if len(words) > 1:
        common = _COMMON.intersection(seen[:_LONG].lower().split())
        if common:
            function, person = len(common), len(PERSON & common)
    commas, stops = seen.count(","), seen.count(". ") + seen.count("? ") + seen.count("! ")
    if not seen.isascii():
        commas += seen.count("，") + seen.count("、") + seen.count("،")
        stops += seen.count("。")
        if characters := len(_SPACELESS.findall(seen)):
            count += characters // _CHARS_PER_WORD
            function += len(_PARTICLES.findall(seen[:_LONG])) // 2
    marks = _MARKS.findall(seen[:_LOOKED_AT])
    digits = sum(map(str.isdigit, marks)) if marks else 0
    head = words[:_HEAD_WORDS]
    capitals = sum([word[0].isupper() for word in head])
    last = seen[-1:]
    if last in "*_":
        last = seen.rstrip("*_ ")[-1:]
    return (
        BUCKETS[count] if count < _TOP else _MOST,
        BUCKETS[size] if size < _TOP else _MOST,
        _ENDS.get(last, 2 if last.isdigit() else 0),
        _begins(seen),
        commas if commas < 256 else 255,
        stops if stops < 256 else 255,
        digits,
        _HEAD_WORDS * capitals // len(head) if head else 0,
        function if function < 256 else 255,
        person,
        len(marks) - digits,
        links,
        targets,
        min(len(text) - len(text.lstrip()), 255),
        listed,
    )


_MOST = 192  # the byte of every larger count
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
    return bare, min(64 * linked // max(len(bare), 1), 255), BUCKETS[min(targets, _TOP - 1)]


def _begins(seen: str) -> int:
    first = seen[:1]
    if first.isupper():
        return 4
    if first.islower():
        return 5
    if first.isalpha():
        return 3
    if first.isdigit():
        return 2
    return 1 if first in "\"“„«「『‘'" else 0
