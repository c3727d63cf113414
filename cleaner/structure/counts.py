"""What is counted in lines: words, digits, marks, commas and ends of sentences.

Characters are counted in all lines together, each kind of them reduced to one and the others dropped.
"""

import re
from typing import NamedTuple

from ..late import LatePattern
from .words import FUNCTION, PERSON

__all__ = ["Counts", "counts"]

_SPACELESS = LatePattern(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CHARS_PER_WORD = 2
_LOOKED_AT = 240  # characters; a line is known by them
_SHORT = 24  # a line of so few characters holds one sentence at most
_HEAD_WORDS = 16

_COMMON = FUNCTION | PERSON
_PARTICLES = re.compile(
    "[はがをにのでともへ的了是在和有不这這为為与與พใน]|이 |가 |은 |는 |을 |를 |의 |에 "
)

# Marks that titles and menus have more of than sentences.
_MARKS = b'|/>@:&+"'
_OTHER_MARKS = "›»·•©→▸▶…“”„«「『"
# For `bytes.translate`: all ends of sentences as one, then each kind of character as one, none of others.
# Where the character that is to stand for an end of a sentence inside a line stands already, it is dropped.
_STOP = b"\0"
_AS_STOPS = bytes.maketrans(b"?!" + _STOP, b"..\1")
_KINDS = (b"0", b"|", b",", _STOP)
_AS_KINDS = bytes.maketrans(b"123456789" + _MARKS, b"0" * 9 + b"|" * len(_MARKS))
_OF_NO_KIND = bytes([n for n in range(256) if _AS_KINDS[n] not in b"".join((*_KINDS, b"\n"))])
# In UTF-8 every character of a script that has other digits, commas or stops than ours, or no blanks
# between words, begins with another byte than these, those of Latin, Greek, Cyrillic, quotes and dashes.
_NEAR_SCRIPTS = bytes([n for n in range(256) if n < 0xD2 or n == 0xE2])
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_OTHER_COMMA = re.compile("[，、،]")


class Counts(NamedTuple):
    """What is counted in each line; capitals are a share, 16 for all."""

    chars: list[int]
    words: list[int]
    function: list[int]
    person: list[int]
    capitals: list[int]
    digits: list[int]
    marks: list[int]
    commas: list[int]
    stops: list[int]


def counts(seen: list[str]) -> Counts:
    """The counts of lines, blanks around them stripped."""
    sizes = list(map(len, seen))
    joined = "\n".join(seen)
    raw = joined.encode(errors="surrogatepass")
    digits, marks, commas, stops = _of_kinds(raw)
    found = Counts(sizes, *_words(seen), digits, marks, commas, stops)
    long = []
    for at, size in enumerate(sizes):
        if size <= _SHORT:
            stops[at] = 0
        elif size > _LOOKED_AT:
            long.append(at)
    if long:
        tails = "\n".join([seen[at][_LOOKED_AT:] for at in long])
        unseen = _of_kinds(tails.encode(errors="surrogatepass"))
        for at, digit, mark in zip(long, *unseen[:2], strict=True):
            digits[at] -= digit
            marks[at] -= mark
    if len(raw) > len(joined):
        _add_others(found, seen, joined, raw)
    return found


def _of_kinds(raw: bytes) -> list[list[int]]:
    """Of each line how many digits, marks, commas and stops; other alphabets are left out."""
    lines = (
        raw.translate(_AS_STOPS)
        .replace(b". ", _STOP + b" ")
        .translate(_AS_KINDS, _OF_NO_KIND)
        .split(b"\n")
    )
    # Most lines are alike now: of menus nothing is left.
    known = {line: [line.count(kind) for kind in _KINDS] for line in set(lines)}
    return [list(kind) for kind in zip(*[known[line] for line in lines], strict=True)]


def _words(seen: list[str]) -> tuple[list[int], list[int], list[int], list[int]]:
    """How many words, function words, words of persons, and how many of the first ones in capitals."""
    totals, functions, persons, capitals = [], [], [], []
    for text in seen:
        if len(text) <= _LOOKED_AT:
            words = text.split()
            count = len(words)
            totals.append(count)
        else:
            words = text[:_LOOKED_AT].split()
            count = len(words)
            totals.append(text.count(" ") + 1)
        function = person = capital = 0
        if count > 2 and (common := _COMMON.intersection(words)):
            function, person = len(common), len(PERSON & common)
        if count > _HEAD_WORDS:
            del words[_HEAD_WORDS:]
            count = _HEAD_WORDS
        for word in words:
            if word[0].isupper():
                capital += 1
        functions.append(function)
        persons.append(person)
        capitals.append(_HEAD_WORDS * capital // count if capital else 0)
    return totals, functions, persons, capitals


def _add_others(found: Counts, seen: list[str], joined: str, raw: bytes) -> None:
    """Count what is not ASCII."""
    others = [at for at, text in enumerate(seen) if not text.isascii()]
    for mark in _OTHER_MARKS:
        if mark in joined:
            for at in others:
                found.marks[at] += seen[at].count(mark, 0, _LOOKED_AT)
    if raw.translate(None, _NEAR_SCRIPTS):
        for at in others:
            _add_other_script(found, at, seen[at])


def _add_other_script(found: Counts, at: int, text: str) -> None:
    head = text[:_LOOKED_AT]
    found.digits[at] += len(_OTHER_DIGIT.findall(head))
    found.commas[at] += len(_OTHER_COMMA.findall(text))
    found.stops[at] += text.count("。")
    if characters := len(_SPACELESS.findall(text)):
        found.words[at] += characters // _CHARS_PER_WORD
        found.function[at] += len(_PARTICLES.findall(head)) // 2
