"""The headwords of a glossary or a dictionary, told by their order or by the form of all entries."""

from collections.abc import Iterator
from unicodedata import normalize

from .page import Page

__all__ = ["alphabetical", "headword"]

_WORDS = 4
_STOPS = frozenset(".!:;,…。！：|")
_LISTED = frozenset("-*•#|>")
_LEAST = 5  # that are in order: one row in 120 is so by chance
_LEAST_ENTRIES = 4
_MEANING_WORDS = 12
_APART = 5  # lines of meanings and examples between two of them, at most
_LEAST_LISTED = 6  # words side by side, as in a list for spelling
_MOST_CLAIMED = 1 / 3  # of these, for menus are in order as well now and then


def headword(page: Page, index: int) -> bool:
    """Whether the line is one of several headwords over their meanings.

    They are in alphabetical order, or each entry is a block of two lines: the word and a short sentence.
    """
    if not _heads(page, index):
        return False
    return index in page.once("headwords", _headwords) or index in page.once("entries", _entries)


def _headwords(page: Page) -> frozenset[int]:
    places = {index: place for place, index in enumerate(page.text_lines())}
    found: set[int] = set()
    row: list[int] = []
    for index in page.text_lines():
        if not _heads(page, index):
            continue
        if row and not (
            places[index] - places[row[-1]] <= _APART and _follows(page, row[-1], index)
        ):
            row = []
        row.append(index)
        if len(row) >= _LEAST:
            found.update(row)
    return frozenset(found)


def _entries(page: Page) -> frozenset[int]:
    found: set[int] = set()
    row: list[int] = []
    for index in page.text_lines():
        if not _is_entry(page, index):
            continue
        if not row or page.before(index) != row[-1] + 1:
            row = []
        row.append(index)
        if len(row) >= _LEAST_ENTRIES:
            found.update(row)
    return frozenset(found)


def _is_entry(page: Page, index: int) -> bool:
    return (
        page.blank(index - 1)
        and page.blank(index + 2)
        and page.after(index) == index + 1
        and index + 1 not in page.claims
        and not page.wordy(index + 1, _MEANING_WORDS + 1)
        and page.wordy(index + 1, 2)
        and _heads(page, index)
    )


def _heads(page: Page, index: int) -> bool:
    if not page.short(index, _WORDS, _STOPS, _LISTED):
        return False
    below = page.after(index)
    return below is not None and page.ends_sentence(below) and not page.sure(below)


def alphabetical(page: Page, index: int) -> bool:
    """Whether the line stands in a list of words in alphabetical order, most of which no rule claims."""
    if not page.short(index, _WORDS, _STOPS, _LISTED):
        return False
    return index in page.once("alphabetical", lambda page: frozenset(_in_order(page)))


def _in_order(page: Page) -> Iterator[int]:
    row: list[int] = []
    for index in (*page.text_lines(), -1):
        if row and (index < 0 or not _beside(page, row[-1], index)):
            claimed = sum(at in page.claims for at in row)
            if len(row) >= _LEAST_LISTED and claimed <= _MOST_CLAIMED * len(row):
                yield from row
            row = []
        row.append(index)


def _beside(page: Page, above: int, below: int) -> bool:
    return page.short(below, _WORDS, _STOPS, _LISTED) and _follows(page, above, below)


def _follows(page: Page, above: int, below: int) -> bool:
    return _sorted_by(page.texts[above]) < _sorted_by(page.texts[below])


def _sorted_by(text: str) -> str:
    """The letters by which dictionaries sort: without accents, blanks and marks."""
    return "".join(filter(str.isalnum, normalize("NFD", text.casefold())))
