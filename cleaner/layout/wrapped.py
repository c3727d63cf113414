"""Text that was broken at a width, as mail, terminals and some tools that dump pages write it.

There a paragraph is several lines, and so is a prompt, or a link. Rules and shapes speak of paragraphs: so
the line ends inside one are blanks to all that follows, each in its place; offsets stay those of the text.
"""

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from ..code_lines import is_code
from ..late import LatePattern

__all__ = ["unwrapped"]

_LEAST = 3  # lines that go on in the next: fewer may be chance
_WIDE, _MOST_WIDE = 110, 0.04  # characters of a line that is not wrapped, and the most of them
_CHARS = (40, 100)  # of a line that goes on in the next
# Nine of ten lines that go on are no longer than the width; a line may be shorter by so much where the next
# begins in lower case, and by so much where nothing but its length says that it goes on.
_WIDTH, _SLACK, _LEAST_SLACK = 9, 8, 1
# Of the lines that do not end a sentence. Broken at a width it is nearly all whose next word is not a name;
# broken at links or at random it is one in six.
_OF_OPEN = 0.35
_ENDS = frozenset('.!?:;…。！？"”’»)]')
_FENCES = ("```", "~~~")
_OWNED = r"copyright\b|\(c\)|©"
# What begins anew whatever stands above, and what may be longer than the width or is no running text.
_BEGINS = LatePattern(
    rf"\s*(?:[-*+•·▪◦‣–—]\s|\d{{1,3}}[.)]\s|[#>|]|```|~~~|\[\d+\]:|([-=_*])\1\1|{_OWNED})",
    re.IGNORECASE,
)
# Characters of "the" and "of": a word so short, in small letters, seldom ends a paragraph.
_OPEN_END = 3
_OWNER = LatePattern(rf"\s*(?:{_OWNED})", re.IGNORECASE)


class _Pair(NamedTuple):
    """A line that the next may go on: its number, its characters, and how the two look."""

    line: int
    size: int
    open: bool
    word: str

    def fits(self, width: int) -> bool:
        """Whether the first word of the next line would have stood behind this one as well."""
        return self.size + 1 + len(self.word) <= width

    @property
    def goes_on(self) -> bool:
        """Whether the words say that the next line goes on."""
        return self.open and self.word[0].islower()


def unwrapped(shadowed: str, texts: Sequence[str]) -> str:
    """The text with blanks for the line ends inside its paragraphs; the text itself if it is not wrapped.

    Parameters
    ----------
    shadowed
        The text with ``\\n`` line ends, see `cleaner.lines.shadow`.
    texts
        Its lines.
    """
    if len(texts) <= _LEAST or _is_wide(texts):
        return shadowed
    pairs = _pairs(texts)
    width = _width(pairs)
    if not width or is_code([text.strip() for text in texts if text.strip()]):
        return shadowed
    ends = ["\n"] * len(texts)
    for pair in pairs:
        if not pair.fits(width - (_SLACK if pair.goes_on else _LEAST_SLACK)):
            ends[pair.line] = " "
    for pair in pairs:
        # Two lines alone, the second with a capital: they may be a prompt and a sentence of the text as well.
        at = pair.line  # the last line is in no pair, so it ends what stands before the first
        alone = "\n" == ends[at - 1] == ends[at + 1]
        last = texts[at].rsplit(None, 1)[-1]
        left_open = len(last) <= _OPEN_END and last.islower()
        if alone and not pair.word[0].islower() and not left_open:
            ends[at] = "\n"
    return "".join([part for row in zip(texts, ends, strict=True) for part in row])[:-1]


def _is_wide(texts: Sequence[str]) -> bool:
    """Whether the paragraphs have a line each; what cannot be broken, or seldom is, does not count."""
    wide = [text for text in texts if len(text) >= _WIDE]
    most = _MOST_WIDE * sum(map(bool, texts))
    if len(wide) <= most:
        return False
    prose = (text for text in wide if " " in text.strip() and not _BEGINS.match(text))
    return next(islice(prose, int(most), None), None) is not None


def _pairs(texts: Sequence[str]) -> list[_Pair]:
    """The lines that the next may go on."""
    found: list[_Pair] = []
    fenced = False
    for line, (above, below) in enumerate(pairwise(texts)):
        if above.startswith(_FENCES):
            fenced = not fenced
        if (
            fenced
            or len(above) < _CHARS[0]
            or above.lstrip().startswith(("|", ">"))
            or _BEGINS.match(below)
        ):
            continue
        text, words = above.rstrip(), below.split(None, 1)
        if text and words:
            pair = _Pair(line, len(text), text[-1] not in _ENDS, words[0])
            if pair.goes_on or not (_OWNER.match(above) or (_labels(below) and not pair.open)):
                found.append(pair)
    return found


def _labels(below: str) -> bool:
    """Whether a line is a few words that end no sentence: behind a sentence, a label or a heading."""
    return len(below) < _CHARS[0] and below.rstrip()[-1] not in _ENDS


def _width(pairs: Sequence[_Pair]) -> int:
    """The width at which the text is broken; 0 where it is not."""
    low, high = _CHARS
    running = [pair for pair in pairs if pair.open and low <= pair.size <= high]
    if len(running) < _LEAST:
        return 0
    width = sorted(pair.size for pair in running)[_WIDTH * (len(running) - 1) // 10]
    on = sum(pair.goes_on and not pair.fits(width - _SLACK) for pair in running)
    return width if on >= max(_LEAST, _OF_OPEN * len(running)) else 0
