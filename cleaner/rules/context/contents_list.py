"""The entries of a table of contents: lines that stand again below as headings."""

from itertools import takewhile

from ...fold import key
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "navigation.contents-list"
_CONFIDENCE = 0.9
_MOST_ENTRIES = 60
_ENTRY_WORDS = 20
_IGNORES = ("list", "heading")


def find(page: Page) -> list[Finding]:
    """Claim heading and entries of each table of contents whose entries come again."""
    headings = [i for i in page.opening("contents") if page.opens(i, "contents", _IGNORES)]
    if not headings:
        return []
    below = {index: _below(page, index) for index in headings}
    titles = {i: _title(page, i) for i in {i for entries in below.values() for i in entries}}
    last = _last(page, frozenset(titles.values()))
    found: list[Finding] = []
    claimed: set[int] = set()
    for index in headings:
        entries = list(takewhile(lambda i: last.get(titles[i], i) != i, below[index]))
        if len(entries) < 2:
            continue
        why = f"table of contents: {len(entries)} lines that stand again below"
        found += [
            page.claim(i, ID, "navigation", _CONFIDENCE, why, _IGNORES)
            for i in (index, *entries)
            if i not in claimed
        ]
        claimed.update((index, *entries))
    return found


def _below(page: Page, index: int) -> list[int]:
    """The lines below a heading that may be entries."""
    entries: list[int] = []
    at = page.after(index)
    while at is not None and len(entries) < _MOST_ENTRIES and not page.wordy(at, _ENTRY_WORDS + 1):
        entries.append(at)
        at = page.after(at)
    return entries


def _last(page: Page, titles: frozenset[str]) -> dict[str, int]:
    """Where each of the titles stands last; those of other lines are as large as the text, and not kept."""
    last: dict[str, int] = {}
    for index in page.text_lines():
        if (title := _title(page, index)) in titles:
            last[title] = index
    last.pop("", None)  # a line without words is no entry
    return last


def _title(page: Page, index: int) -> str:
    """The words of a heading, without the number that lists and headings may put before them."""
    return key(page.lines.texts[index]).lstrip("0 .)")


RULE = ContextRule(
    ID,
    "navigation",
    "A table of contents, whose entries stand again below as headings.",
    find,
    (
        """\
-Table of Contents
-1. Why it closes
-2. What it costs

 Why it closes

 The council met on Monday evening and agreed to close the bridge for a year.

 What it costs

 Work is to begin in the first week of March, the mayor said after the vote.
""",
    ),
    needs=frozenset({"opens contents"}),
)
