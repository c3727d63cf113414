"""Rows of counts: what one document, or many of one site, say of one line."""

import re
import unicodedata
from hashlib import blake2b
from typing import NamedTuple

from ..fold import key as phrase_of

__all__ = ["EDGE", "SUMS", "Row", "Text", "key_of", "number_of", "words_of"]

EDGE = 0  # in place of the key of a line: the beginning of a text, or its end
_NO_WORD = re.compile(r"[\W_]+")


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
