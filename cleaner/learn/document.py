"""The rows of one document."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..layout import lined
from ..page import Page
from ..policy import Policy
from .rows import EDGE, SUMS, Row, Text, number_of, words_of

__all__ = ["BITS", "MOST_NAME", "parts_of", "rows_of"]

BITS = 62  # of the sketch of bodies, which has to fit into a signed number of 64 bits
_MOST_CHARS = (
    400  # of a line that is counted, and of a head or tail; cruft of one line is seldom longer
)
MOST_NAME = 1000  # characters of a site or of what a document is called; an address has seldom more
_MOST_TEXTS = 1_000_000  # characters of a document that are looked at: more is a book, or no text
_BODY_LINES = 4  # the longest lines of a text stand for its body
_NOWHERE = (0,) * (len(SUMS) - 2)
_DIGIT = re.compile(r"\d")
# A sentence ends, and another begins; or marks that set the name of a site apart from a title.
_SENTENCE = re.compile(r"(?<=[.!?…。！？۔؟])[\"”’»)\]]?\s+|(?<=[。！？])")
_SET_APART = re.compile(r"\s(?:[|»·–—-]|::)\s")


def rows_of(document: Text) -> list[Row]:
    """The rows of one document: none of them twice, ordered, and none at all of a text without words."""
    # As the rules that may come of it see the text.
    _, lines = lined(_written(document.text[:_MOST_TEXTS]))
    page = Page(lines, (), Policy())
    seen = [index for index in range(len(page)) if not page.blank(index)]
    if not seen:
        return []
    number = number_of(document.source)
    about = _About(document.site, number, 1 << _body(page, seen) % BITS)
    keys = [_key(page.text(index)) for index in seen]
    name = document.source[:MOST_NAME]
    rows = [about.row("document", number, name), *_lines(about, page, seen, keys)]
    rows += _parts(about, page, seen)
    rows += _next(about, keys)
    return sorted(rows)


class _About(NamedTuple):
    """What all rows of one document have in common."""

    site: str
    number: int
    bodies: int

    def row(
        self, kind: str, key: int, form: str, docs: int = 1, around: Sequence[int] = _NOWHERE
    ) -> Row:
        """A row; ``around`` are its fields from ``often`` on."""
        ends = self.number, self.number, self.bodies
        return Row._make((self.site, kind, key, form, docs, 1, *around, *ends))


def _written(text: str) -> str:
    """The text without what a table of texts cannot hold: halves of characters, and NUL."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", " ")


def _body(page: Page, seen: list[int]) -> int:
    """A number that texts with the same body share, whatever else stands around it."""
    longest = sorted({page.text(index) for index in seen}, key=lambda text: (-len(text), text))
    return number_of(_DIGIT.sub("", "\n".join(sorted(longest[:_BODY_LINES]))))


def _lines(about: _About, page: Page, seen: list[int], keys: list[int]) -> Iterator[Row]:
    """A row for each form of each whole line."""
    prose = [page.prose(index) for index in seen]
    paragraphs = [at for at, is_prose in enumerate(prose) if is_prose]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (-1, len(seen))
    prose.append(False)
    numbers: dict[int, list[int]] = {}
    for at, key in enumerate(keys):
        if key >= 0:
            numbers.setdefault(key, []).append(at)
    for key, ats in numbers.items():
        at = ats[0]
        around = (len(ats) > 1, at <= first, at >= last, prose[at - 1] and at > 0, prose[at + 1])
        forms = dict.fromkeys(page.text(seen[at]) for at in ats)
        for more, form in enumerate(forms):
            if more:
                yield about.row("line", key, form, 0)
            else:
                sums = [int(is_so) for is_so in (*around, *_places(paragraphs, at))]
                yield about.row("line", key, form, 1, sums)


def _places(paragraphs: list[int], at: int) -> Iterator[int]:
    """Whether exactly one, two, three paragraphs stand before a line, and the same behind it."""
    before = bisect_left(paragraphs, at)
    behind = len(paragraphs) - bisect_right(paragraphs, at)
    for place in (before, behind):
        yield from (int(place == number) for number in (1, 2, 3))


def _parts(about: _About, page: Page, seen: list[int]) -> Iterator[Row]:
    """The first and last sentences of longer lines, each once."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    paragraphs = [at for at, index in enumerate(seen) if page.prose(index)]
    for at, index in enumerate(seen):
        text = page.text(index)
        parts = [*parts_of(text), *([("tail", name)] if at == 0 and (name := _name(text)) else ())]
        for kind, form in parts:
            if words := words_of(form):
                found.setdefault((kind, number_of(words)), (form, at))
    for (kind, key), (form, at) in found.items():
        ends = paragraphs[:1] == [at], paragraphs[-1:] == [at]
        around = (0, *map(int, ends), 0, 0, *_places(paragraphs, at))
        yield about.row(kind, key, form, 1, around)


def _name(text: str) -> str:
    """What a mark sets apart at the end of a title, with its mark; empty if there is none."""
    if len(text) > _MOST_CHARS:
        return ""
    starts = [mark.start() for mark in _SET_APART.finditer(text)]
    return text[starts[-1] :].strip() if starts else ""


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """The first and the last sentence of a line that has more than one, as ``head`` and ``tail``."""
    begin = _SENTENCE.search(text, 0, _MOST_CHARS)
    if begin is not None and text[begin.end() :] and (head := text[: begin.start()].strip()):
        yield "head", head
    ends = [end.end() for end in _SENTENCE.finditer(text, max(0, len(text) - _MOST_CHARS))]
    tails = [text[end:].strip() for end in ends if end < len(text)]
    if tails:
        yield "tail", tails[-1]


def _next(about: _About, keys: list[int]) -> Iterator[Row]:
    """A row for each line that is counted and the line behind it; both ends of the text are lines too."""
    for key, behind in sorted(set(pairwise([EDGE, *keys, EDGE]))):
        if key >= 0 and behind >= 0:
            yield about.row("next", key, str(behind))


def _key(form: str) -> int:
    """The key of a line, and -1 for one that is not counted."""
    words = words_of(form) if len(form) <= _MOST_CHARS else ""
    return number_of(words) if words else -1
