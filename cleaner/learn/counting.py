"""How often a site says the same thing: rows of counts of one document, of many, and their sum.

All functions are pure and work on any part of a corpus by itself. Rows of several parts, put together in any
order and summed by `merged`, are those of the whole; `counts` then says of each line all that the proposals
go by.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from operator import add
from typing import NamedTuple

from ..fold import key as phrase_of
from ..lines import Lines, shadow
from ..page import Page
from ..policy import Policy

__all__ = [
    "BITS",
    "EDGE",
    "SUMS",
    "Count",
    "Row",
    "Text",
    "count",
    "counts",
    "key_of",
    "merged",
    "moves",
    "number_of",
    "parts_of",
    "rows_of",
    "words_of",
]

EDGE = 0  # in place of the key of a line: the beginning of a text, or its end
_MOST_CHARS = (
    400  # of a line that is counted, and of a head or tail; cruft of one line is seldom longer
)
_MOST_TEXTS = 1_000_000  # characters of a document that are looked at: more is a book, or no text
_MOST_FORMS = 8  # of one line that `counts` gives
BITS = 62  # of the sketch of bodies, which has to fit into a signed number of 64 bits
_FIXED = 0.7  # of its documents in which a line has the same place
_BODY_LINES = 4  # the longest lines of a text stand for its body
_DIGIT = re.compile(r"\d")
_NO_WORD = re.compile(r"[\W_]+")
# A sentence ends, and another begins; or marks that set the name of a site apart from a title.
_SENTENCE = re.compile(r"(?<=[.!?…。！？۔؟])[\"”’»)\]]?\s+|(?<=[。！？])")
_SET_APART = re.compile(r"\s(?:[|»·–—-]|::)\s")


class Text(NamedTuple):
    """One document to count.

    Attributes
    ----------
    site
        What it belongs to: the host of its address, its folder, or the value of a field.
    source
        What reports call it; two documents of one site and source are counted twice.
    text
        Its text as it came.
    """

    site: str
    source: str
    text: str


class Row(NamedTuple):
    """What documents of one site say of one form of one line; all numbers but the last three are sums.

    Attributes
    ----------
    site
        The site.
    kind
        ``document``: the document itself, ``form`` its source. ``line``: a whole line. ``head``, ``tail``:
        its first or last sentence where there are more, or what follows the mark that sets a site's name
        apart in the first line (``"Title | Site"``). ``next``: one line and the line behind it, blank
        ones aside; ``form`` is the key of the line behind.
    key
        What lines have in common that differ in digits, case or punctuation only, see `key_of`.
    form
        The exact words, blanks around them stripped.
    docs
        Documents with the line in any form. A document that has several has it on one of them.
    exact
        Documents with the line in this form.
    often
        Documents in which it stands more than once.
    opens, closes
        Documents in which no paragraph stands before it, or behind it.
    below, above
        Documents in which it stands directly below a paragraph, or directly above one.
    after_1, after_2, after_3, ahead_1, ahead_2, ahead_3
        Documents in which exactly so many paragraphs stand before it, or behind it.
    first, last
        The smallest and the largest number of a document with it, see `number_of`.
    bodies
        A sketch of how many different bodies its documents have: a bit for each, merged by *or*.
    """

    site: str
    kind: str
    key: int
    form: str
    docs: int = 1
    exact: int = 1
    often: int = 0
    opens: int = 0
    closes: int = 0
    below: int = 0
    above: int = 0
    after_1: int = 0
    after_2: int = 0
    after_3: int = 0
    ahead_1: int = 0
    ahead_2: int = 0
    ahead_3: int = 0
    first: int = 0
    last: int = 0
    bodies: int = 0


SUMS = Row._fields[4:-3]  # the others are a place, the least, the largest, and bits
_NOWHERE = (0,) * (len(SUMS) - 2)


class Count(NamedTuple):
    """All forms of one line together; the fields are those of `Row`.

    ``forms`` has the commonest forms with the documents of each, at most eight; ``variety`` is the number of
    all forms.
    """

    site: str
    kind: str
    key: int
    forms: tuple[tuple[str, int], ...]
    variety: int
    docs: int
    often: int
    opens: int
    closes: int
    below: int
    above: int
    after_1: int
    after_2: int
    after_3: int
    ahead_1: int
    ahead_2: int
    ahead_3: int
    first: int
    last: int
    bodies: int

    @property
    def form(self) -> str:
        """The commonest form."""
        return self.forms[0][0]


def words_of(form: str) -> str:
    """A line without case, punctuation and marks, every number as ``0``; empty if it has no words."""
    folded = phrase_of(form)
    if folded.isascii():
        return _NO_WORD.sub(" ", folded).strip()
    # A vowel sign is no word character to "\w", and dropping it would make two words one.
    signs = "".join(char if char.isalnum() or _sign(char) else " " for char in folded)
    return " ".join(signs.split())


def _sign(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc")


def key_of(form: str) -> int:
    """The same number for all forms of a line that differ in digits, case or punctuation only."""
    return number_of(words_of(form))


def number_of(text: str) -> int:
    """A number of 63 bits for a text, never `EDGE`; the same on every machine."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1 or 1


def rows_of(document: Text) -> list[Row]:
    """The rows of one document: none of them twice, ordered, and none at all of a text without words."""
    page = Page(Lines(shadow(_written(document.text[:_MOST_TEXTS]))), (), Policy())
    seen = [index for index in range(len(page)) if not page.blank(index)]
    if not seen:
        return []
    number = number_of(document.source)
    about = _About(document.site, number, 1 << _body(page, seen) % BITS)
    keys = [_key(page.text(index)) for index in seen]
    rows = [about.row("document", number, document.source), *_lines(about, page, seen, keys)]
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


def count(documents: Iterable[Text]) -> list[Row]:
    """The rows of many documents, summed."""
    return merged(row for document in documents for row in rows_of(document))


def merged(rows: Iterable[Row]) -> list[Row]:
    """Rows of the same site, kind, key and form as one, ordered by these."""
    found: dict[tuple[str, str, int, str], Row] = {}
    for row in rows:
        place = row[:4]
        other = found.get(place)
        found[place] = row if other is None else _sum(other, row)
    return sorted(found.values())


def _sum(row: Row, other: Row) -> Row:
    sums = map(add, row[4:-3], other[4:-3])
    first, last = min(row.first, other.first), max(row.last, other.last)
    return Row._make((*row[:4], *sums, first, last, row.bodies | other.bodies))


def moves(count: Count) -> bool:
    """Whether it stands now here, now there, at no fixed distance from the beginning or the end."""
    before = count.opens, count.after_1, count.after_2, count.after_3
    behind = count.closes, count.ahead_1, count.ahead_2, count.ahead_3
    return max(*before, *behind) < _FIXED * count.docs


def counts(rows: Iterable[Row], least: int = 1) -> list[Count]:
    """What rows that `merged` gave say of each line in all its forms, ordered by site, kind and key.

    Parameters
    ----------
    rows
        Merged rows, all of those that have the same site, kind and key among them.
    least
        Lines of fewer documents are left out.
    """
    groups: dict[tuple[str, str, int], list[Row]] = {}
    for row in rows:
        groups.setdefault(row[:3], []).append(row)
    found = (_counted(*place, group) for place, group in sorted(groups.items()))
    return [line for line in found if line.docs >= least]


def _counted(site: str, kind: str, key: int, rows: list[Row]) -> Count:
    total = rows[0]
    for row in rows[1:]:
        total = _sum(total, row)
    ranked = sorted(rows, key=lambda row: (-row.exact, row.form))
    forms = tuple((row.form, row.exact) for row in ranked[:_MOST_FORMS])
    return Count(site, kind, key, forms, len(rows), total.docs, *total[6:])


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
