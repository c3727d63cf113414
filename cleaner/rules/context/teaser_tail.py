"""Teasers of other pages below an article: a title, and its first words broken off, again and again."""

from collections.abc import Sequence

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "related.teasers"
_CONFIDENCE = 0.88
_IGNORES = ("heading", "subhead", "series")
_LEAST = 2
_MOST_LINES = 80
_TEASER_WORDS = 10
_SHORT_WORDS = 21  # a title, a date, a name, a section
_TITLE_WORDS = 3
_BETWEEN = 5  # lines between two teasers
_BELOW = 6  # lines below the last one
_PARAGRAPHS = 4  # an article stands above them
_PER_TEASER = 2  # at least so many paragraphs for each of them
_POINTS = ("...", "…")
# In the middle of a sentence: one that trails off at its end has its words, and hardly a title below it.
_BROKEN_OFF = LatePattern(r"[^\s.!?:…]\s?(?:\.{3,4}|…|\[(?:…|\.{3})\])[\s»→>*_]{0,4}$")


def find(page: Page) -> list[Finding]:
    """Claim the titles and the teasers with which the text ends, and what stands among them."""
    if not any(map(page.has, _POINTS)):
        return []
    lines = page.text_lines()
    first = _first_short(page, lines)
    teasers = [at for at in range(first, len(lines)) if _teaser(page, lines[at])]
    if not teasers or len(lines) - 1 - teasers[-1] > _BELOW:
        return []
    teasers = _row(page, lines, teasers)
    if len(teasers) < _LEAST or not _below_article(page, lines[: teasers[0]], len(teasers)):
        return []
    start = teasers[0] - (teasers[0] > first)
    why = f"{len(teasers)} teasers of other pages, to the end"
    return page.claim_rest(lines[start:], ID, "related", _CONFIDENCE, why, _IGNORES)


def _teaser(page: Page, index: int) -> bool:
    text = page.texts[index]
    return (
        any(map(text[-12:].__contains__, _POINTS))
        and page.wordy(index, _TEASER_WORDS)
        and _BROKEN_OFF.search(text) is not None
    )


def _first_short(page: Page, lines: Sequence[int]) -> int:
    """From where on the text holds teasers, short lines and cruft, and nothing else."""
    at = len(lines)
    while at > max(0, len(lines) - _MOST_LINES):
        index = lines[at - 1]
        if not (page.cruft(index) or _short(page, index) or _teaser(page, index)):
            break
        at -= 1
    return at


def _short(page: Page, index: int) -> bool:
    return page.short(index, _SHORT_WORDS, ":;", "") and not page.ends_sentence(index)


def _row(page: Page, lines: Sequence[int], teasers: Sequence[int]) -> list[int]:
    """The last of the teasers that have a title, and little more, between them."""
    row = list(teasers[-1:])
    for at in reversed(teasers[:-1]):
        between = lines[at + 1 : row[0]]
        if len(between) > _BETWEEN or not any(page.wordy(i, _TITLE_WORDS) for i in between):
            break
        row.insert(0, at)
    return row


def _below_article(page: Page, above: Sequence[int], teasers: int) -> bool:
    """Whether whole paragraphs stand above, far more than teasers: a page of teasers is a list itself."""
    paragraphs = broken = 0
    for index in above:
        if _teaser(page, index):
            broken += 1
        elif not page.cruft(index) and page.prose(index):
            paragraphs += 1
    return paragraphs >= max(_PARAGRAPHS, _PER_TEASER * teasers, 3 * broken)


RULE = ContextRule(
    ID,
    "related",
    "Teasers of other pages that end a page: titles, each with its first words broken off.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

-What the closed bridge means for schools
-Seven hundred children cross the river each morning, and the head of the school says that ...
-3 March
-Ferrymen wanted, own boots required
-The ferry needs nine men by the spring. Who can row, who can swim, and who owns a pair of…
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

 And then he spoke of the winter in which the river froze, and of the boats, and of the girl ...
 So it went on until the lamps were lit, and nobody in the hall dared to look at the clock …
""",
    ),
)
