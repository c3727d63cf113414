"""Weak labels at the very beginning or the very end of a page's text."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice, takewhile

from ...headings import bulleted
from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "navigation.page-edge"
_RAISED = 0.86
_BODY_LINES = 2  # paragraphs that make the text between the edges an article
_LABEL_WORDS = 6
# Below the last paragraph there may be a few lines that no rule knows, such as a name.
_TAIL_LINES = 8
_ASKING = frozenset({"account", "comments", "newsletter", "social"})
# What stays in the middle of a text and goes at its end: small print and tags, of any length.
_AT_THE_END = LatePattern(
    r"disclosure\.(?:amazon-associate|affiliate-links|may-earn)|metadata\.(?:\w\w-)?tags"
)
_MOST_END_LINES = 5
_HEAD_LINES = 6
# Rules for the labels of buttons, which stand by themselves beside a headline or under a text.
_BUTTONS = LatePattern(r"social\.(?:verb|share-word)")
_WAY = LatePattern(r"\W{0,6}(next|newer|previous|prev|older)\b", re.IGNORECASE)
_SURELY_LABELS = frozenset(
    {
        "account",
        "app",
        "comments",
        "legal",
        "navigation",
        "newsletter",
        "pagination",
        "player",
        "social",
    }
)
# What an article itself may begin or end with: a date, a name, a credit, a note.
_OF_THE_TEXT = frozenset({"caption", "code", "disclosure", "embed", "metadata"})
# Rules for names of sections and networks, of any language: lists of them are found in any text.
_NAMES = LatePattern(r"(?:navigation\.(?:\w\w-)?section|social\.(?:\w\w-)?network|app\.\S+)")


def find(page: Page) -> list[Finding]:
    """Raise weak labels that have nothing but cruft between themselves and an end of the text."""
    lines = page.text_lines()
    if not _at_edges(page, lines):
        return []
    first = list(islice(page.paragraphs(lines), _BODY_LINES))
    if len(first) < _BODY_LINES:
        return []
    last = next(page.paragraphs(reversed(lines)))
    tail = _walk(page, reversed(lines))
    tail += _loose(page, [i for i in lines[-_TAIL_LINES:] if i > last and i not in tail])
    tail += [
        i
        for i in lines[-_MOST_END_LINES:]
        if i > first[-1] and page.weak(i) and _AT_THE_END.fullmatch(page.claims[i].rule)
    ]
    tail += _pager(page, lines[-_MOST_END_LINES:])
    tail += [i for i in lines[-_MOST_END_LINES:] if i > last and _button(page, i)]
    head = _walk(page, lines)
    if not head or (below := page.after(head[-1])) is None or _text(page, below):
        head = []  # the last of them may be the headline
    head += [i for i in lines[1:_HEAD_LINES] if i < first[0] and i not in head and _button(page, i)]
    return [
        page.claims[i]._replace(
            confidence=_RAISED, why=f"a label at the {end} of the page's text", context=True
        )
        for end, labels in (("beginning", head), ("end", dict.fromkeys(tail)))
        for i in labels
        if page.weak(i)
    ]


def _at_edges(page: Page, lines: Sequence[int]) -> bool:
    """Whether a weak label stands at an edge: most do not, and to look for paragraphs takes time."""
    weak = [index for index in page.weak_lines() if _may_be_raised(page.claims[index])]
    head, tail = lines[:_HEAD_LINES], lines[-_TAIL_LINES:]
    if any(index <= head[-1] or index >= tail[0] for index in weak):
        return True
    if not weak:
        return False
    claimed = page.claims.__contains__
    edges = chain(takewhile(claimed, lines), takewhile(claimed, reversed(lines)))
    return not set(weak).isdisjoint(edges)


def _may_be_raised(claim: Finding) -> bool:
    return claim.category not in _OF_THE_TEXT or _AT_THE_END.fullmatch(claim.rule) is not None


def _text(page: Page, index: int) -> bool:
    return page.prose(index) or (page.ends_sentence(index) and page.wordy(index, _LABEL_WORDS + 1))


def _walk(page: Page, lines: Iterable[int]) -> list[int]:
    """The claimed lines from an end of the text up to the first that may be text."""
    taken: list[int] = []
    for index in lines:
        if not page.cruft(index) and not _label(page, index):
            break
        taken.append(index)
    if all(_NAMES.fullmatch(page.claims[i].rule) for i in taken):
        return []
    if len(taken) == 1 and page.words(taken[0]) == 1 and not _speaks(page, taken[0]):
        return []  # a title of one word: "Contact"
    return taken if any(page.cruft(i) or _speaks(page, i) for i in taken) else []


def _speaks(page: Page, index: int) -> bool:
    """Whether the label asks something of the reader, as no heading and no entry of a list does."""
    claim = page.claims[index]
    return claim.category in _ASKING or page.words(index) > 1


def _pager(page: Page, lines: Sequence[int]) -> list[int]:
    """Links to the next and the previous post with their titles, where there are both."""
    posts = [i for i in lines if page.weak(i) and page.claims[i].rule == "pagination.post-title"]
    ways = {found[1].lower() for i in posts if (found := _WAY.match(page.text(i)))}
    return posts if {"next", "newer"} & ways and {"prev", "previous", "older"} & ways else []


def _loose(page: Page, lines: list[int]) -> list[int]:
    """Labels among unknown lines below the last sentence; one over such a line may head it."""
    ends = [n for n, i in enumerate(lines) if page.ends_sentence(i) and i not in page.claims]
    lines = lines[ends[-1] + 1 :] if ends else lines
    labels = [
        i
        for i in lines
        if _label(page, i) and page.claims[i].category in _SURELY_LABELS and not bulleted(page, i)
    ]
    if len(labels) < 2 and not any(page.cruft(i) for i in lines):
        return []
    if all(_NAMES.fullmatch(page.claims[i].rule) for i in labels):
        return []
    sure = any(page.cruft(i) for i in lines) or any(_speaks(page, i) for i in labels)
    return labels if sure else []


def _button(page: Page, index: int) -> bool:
    """Whether the line is a verb for the reader, as no list between headline and text holds: "Share".

    It is none where it is a heading, or has a line beside it that is neither cruft nor a paragraph.
    """
    below = page.after(index)
    return (
        _label(page, index)
        and not page.text(index).startswith("#")
        and (below is None or below in page.claims or page.prose(below))
        and _BUTTONS.fullmatch(page.claims[index].rule) is not None
        and not bulleted(page, index)
    )


def _label(page: Page, index: int) -> bool:
    return (
        page.weak(index)
        and page.claims[index].category not in _OF_THE_TEXT
        and not page.ends_sentence(index)
        and not page.wordy(index, _LABEL_WORDS + 1)
        # Numbers are pages of a pager, and cells of a table.
        and not page.numeric(index)
    )


RULE = ContextRule(
    ID,
    "navigation",
    "Labels such as 'Share' or 'Contact us' with which a page's text begins or ends.",
    find,
    (
        """\
-Share
-Log in
 Harbour bridge to close for a year

 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.

-Contact us
-Subscribe
""",
        """\
 Harbour bridge to close for a year
-Share

 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 Contact us

 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.

 Share

 A ferry is to run twice an hour from the old landing, free of charge for residents.
""",
    ),
    needs=frozenset({"weak"}),
)
