"""Dates and names between the headline and the first paragraph."""

import re
from collections import Counter
from itertools import islice

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "metadata.head-block"
_RAISED = 0.84
_HEAD_LINES = 10
_BODY_LINES = 2
# Weak rules, of any language, whose lines a page has in its head.
_HEAD = LatePattern(
    r"metadata\.(?:\w\w-)?(?:date|dated\S*|published|stamp\S*|datetime|time-stamp|label-date|ago|head-line"
    r"|posted-by-line|byline\S*|author\S*|date-label-weak)"
)
_DATES = LatePattern(r"metadata\.(?:\w\w-)?(?:date|ago)")
# The web is not older: an earlier date is one that the text is about.
_OF_THE_WEB = LatePattern(r"(?<!\d)(?:199[5-9]|20[0-4]\d)(?!\d)|\bago\b|(?<!\d)\d\d[./]\d\d(?!\d)")
_LETTER = LatePattern(r"(?:dear|to)\b|[^.!?]{2,40},$", re.IGNORECASE)
_MOST_DATES = 2  # a diary has more


def find(page: Page) -> list[Finding]:
    """Raise weak dates and bylines under the headline of a text."""
    weak = page.weak_lines()
    lines = page.text_lines()
    if not weak or weak[0] > lines[:_HEAD_LINES][-1]:
        return []
    weak = [i for i in weak if _HEAD.fullmatch(page.claims[i].rule)]
    if not weak or weak[0] > lines[:_HEAD_LINES][-1]:
        return []
    if lines[0] in weak:
        return []  # a text that begins with a date may be a letter, or a diary
    prose = list(islice(page.paragraphs(lines), _BODY_LINES))
    if len(prose) < _BODY_LINES:
        return []
    head = [i for i in lines[1:_HEAD_LINES] if i < prose[0]]
    counts = Counter(page.claims[i].rule for i in weak)
    return [
        page.claims[i]._replace(
            confidence=_RAISED, why="between headline and first paragraph", context=True
        )
        for i in head
        if i in weak and _of_the_page(page, i, counts[page.claims[i].rule])
    ]


def _of_the_page(page: Page, index: int, count: int) -> bool:
    if not _DATES.fullmatch(page.claims[index].rule):
        return True
    below = page.after(index)
    return (
        count <= _MOST_DATES
        and _OF_THE_WEB.search(page.text(index)) is not None
        and (below is None or not _LETTER.match(page.text(below)))
    )


RULE = ContextRule(
    ID,
    "metadata",
    "Dates and names between the headline of a page and its first paragraph.",
    find,
    (
        """\
 Harbour bridge to close for a year

-May 3, 2024

 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 Letters from the old bridge

 May 3, 2024

 Dear Anna,

 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
""",
    ),
    needs=frozenset({"metadata"}),
)
