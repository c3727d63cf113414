"""Items of lists that are the text's own."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile

from ..anycase import AnyCase
from ..headings import SURE, bulleted
from ..late import LatePattern
from ..page import Page, Placed

__all__ = ["counted", "listed"]

_NUMBERED = LatePattern(r"\s{0,12}\d{1,2}[.)]\s+\S")
_LIST_LINES = 8
# "## [1.4.0] - 2024-05-01" over a list of changes; no day has the number 0.
_VERSION = LatePattern(
    r"(?:#{1,4}\s+)?\W{0,3}(?i:v|version |release )?\d{1,3}\.\d{1,3}\.(\d{1,3})\b"
)
_VERSION_WORDS = 9  # numbers are words
_LEAST_VERSIONS = 3
_TICKED = LatePattern(r"\s{0,12}(?:[-*+]\s+)?\[[ xX]\]\s+\S")
# "Byline: the line with the name": a term and what it means, which no title of another page goes like.
_DEFINED = LatePattern(
    r"\s{0,12}(?:[-*+]\s+)?[*_]{0,2}[^\W\d_][^:：\n]{1,40}:[*_]{0,2}\s+(?-i:[^\W\d_A-Z])"
)
_LEAST_DEFINED = 2
# "Publisher: Quay Press", "Pages: 214": what is told of a book, a house or a post in a table of its own.
_VALUED = LatePattern(r"[*_]{0,2}[^\W\d_][^:.!?\n]{1,24}:[*_]{0,2}\s\S[^\n]{0,60}")
_LEAST_VALUED = 3
# How a text says how many things it lists, by their number; labels of a page stand by threes and fours.
_COUNTS = {
    5: AnyCase(r"\b(?:five|fünf|cinq|cinco|cinque|vijf|fem|pięć|пять|п[’']ять|pět)\b"),
    6: AnyCase(r"\b(?:six|sechs|seis|sei|zes|sex|seks|sześć|шесть|шість|šest)\b"),
    7: AnyCase(
        r"\b(?:seven|sieben|sept|siete|sette|sete|zeven|sju|syv|siedem|семь|сім|sedm)\b",
    ),
    8: AnyCase(r"\b(?:eight|acht|huit|ocho|otto|oito|åtta|åtte|osiem|восемь|вісім|osm)\b"),
    9: AnyCase(
        r"\b(?:nine|neun|neuf|nueve|nove|negen|nio|ni|dziewięć|девять|дев[’']ять|devět)\b",
    ),
    10: AnyCase(r"\b(?:ten|zehn|dix|diez|dieci|dez|tien|tio|ti|dziesięć|десять|deset)\b"),
}
_MOST_COUNTED = max(_COUNTS)
_SENTENCE = LatePattern(r"(?<=[.!?…])\s+(?=\S)")
_ANNOUNCING_WORDS = 6
_LEAST_PLAIN = 3
# What stands in lists of a page's own: menus, and the names and dates at its head.
_OF_PAGES = frozenset({"account", "caption", "legal", "metadata", "navigation", "pagination"})


def listed(page: Page, placed: Placed) -> bool:
    """An item beside items that no rule claims."""
    finding, index = placed.finding, placed.first
    if _others(page, index, _ticked) or _others(page, index, _defined, _LEAST_DEFINED):
        return True
    if _others(page, index, _valued, _LEAST_VALUED):
        return True
    if not bulleted(page, index):
        return False
    if page.once("versions", _versions):
        return True
    if finding.category not in _OF_PAGES and _others(page, index, _plain, _LEAST_PLAIN):
        return True
    if finding.confidence >= SURE:
        return False
    for at in (placed.above, placed.below):
        if at is not None and at not in page.claims and bulleted(page, at):
            return True
    # Buttons have no numbers: one item that no rule knows makes a numbered list the text's.
    return _others(page, index, _numbered)


def _versions(page: Page) -> frozenset[int]:
    """The lines that number the versions of a list of changes; none of any other text."""
    short = (i for i in page.text_lines() if not page.wordy(i, _VERSION_WORDS + 1))
    found = {i: mark[1] for i in short if (mark := _VERSION.match(page.texts[i])) is not None}
    known = len(found) >= _LEAST_VERSIONS and "0" in found.values()
    return frozenset(found if known else ())


def _others(page: Page, index: int, kind: Callable[[Page, int], bool], least: int = 1) -> bool:
    """Whether the line and some beside it that no rule claims are items of the kind."""
    if not kind(page, index):
        return False
    found = sum(
        at not in page.claims or (page.weak(at) and page.claims[at].category not in _OF_PAGES)
        for step in (page.before, page.after)
        for at in takewhile(partial(kind, page), _steps(step, index))
    )
    return found >= least


def counted(page: Page, index: int) -> bool:
    """Whether the text above says how many lines stand here: "nine cards", and nine lines."""
    lines = page.text_lines()
    at = bisect_left(lines, index)
    up = list(takewhile(page.item, reversed(lines[max(at - _MOST_COUNTED, 0) : at])))
    over = at - len(up) - 1
    if len(up) == _MOST_COUNTED or over < 0 or lines[over] in page.claims:
        return False
    if not page.wordy(lines[over], _ANNOUNCING_WORDS):
        return False
    down = takewhile(page.item, lines[at + 1 : at + 1 + _MOST_COUNTED])
    items = [index, *up, *down]
    number = _COUNTS.get(len(items))
    if number is None or not number.finds(_SENTENCE.split(page.texts[lines[over]])[-1]):
        return False
    return len({page.key(i) for i in items}) == len(items)


def _steps(step: Callable[[int], int | None], index: int) -> Iterator[int]:
    """The next few lines in one direction."""
    at = step(index)
    for _ in range(_LIST_LINES):
        if at is None:
            return
        yield at
        at = step(at)


def _numbered(page: Page, index: int) -> bool:
    return _NUMBERED.match(page.lines.texts[index]) is not None


def _plain(page: Page, index: int) -> bool:
    return bulleted(page, index) and "](" not in page.texts[index] and page.wordy(index, 2)


def _ticked(page: Page, index: int) -> bool:
    line = page.lines.texts[index]
    return "[" in line and _TICKED.match(line) is not None


def _valued(page: Page, index: int) -> bool:
    return ":" in page.texts[index] and _VALUED.fullmatch(page.texts[index]) is not None


def _defined(page: Page, index: int) -> bool:
    line = page.lines.texts[index]
    found = _DEFINED.match(line) if ":" in line else None
    return found is not None and found[0][-1].islower()
