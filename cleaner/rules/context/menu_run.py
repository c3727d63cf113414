"""A run of short menu lines above or below the article."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from itertools import islice, takewhile

from ...headings import bulleted
from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule
from ._words import labels

__all__ = ["RULE"]

ID = "navigation.menu-run"
_CONFIDENCE = 0.88
_MENU_WORDS = 4
_LEAST_LINES = 4
_LEAST_SHARE = 0.4
_LONG_RUN = 15
_HEADLINE_WORDS = 3
_BODY_LINES = 3
_CATEGORIES = frozenset({"navigation", "account", "social", "legal", "pagination"})
_SITE = frozenset({"navigation", "account", "legal"})
# Rules for names of sections and of networks, of any language: lists of them are found in any text.
_NAMES = LatePattern(
    r"(?:navigation\.(?:\w\w-)?section|social\.(?:\w\w-)?network)"
    r"|navigation\.(?:ar|bn|fa|he|hi|ja|ko|zh)-label"
)


def find(page: Page) -> list[Finding]:
    """Claim runs of short lines, of which enough are known menu labels, outside the article."""
    labels = {i for i in page.claimed(*_CATEGORIES) if _label(page, i)}
    if len(labels) < _LEAST_LINES - 1:
        return []
    lines = page.text_lines()
    first = next(page.paragraphs(lines), None)
    if first is None:
        return []  # a text of short lines only is a list, or a poem
    last = next(page.paragraphs(reversed(lines)))
    found: list[Finding] = []
    for run in _runs(page, sorted(i for i in labels if i < first or i > last)):
        known = [i for i in run if i in labels]
        if len(known) < _LEAST_LINES - 1 or all(_name(page, i) for i in known):
            continue
        begin = _begin(page, run, known)
        menu = [i for i in run if begin <= i <= known[-1]]
        if _of_the_site(page, run, known) and _article(page):
            # Above the article it ends with its last label: what follows may be the headline.
            menu = [i for i in run if i <= known[-1] or i > last]
            menu = [i for i in menu if i >= begin or i < first]
            menu = _without_headline(page, menu, first)
        else:
            menu = _without_headline(page, menu, first)
            if len(menu) < _LEAST_LINES or len(labels.intersection(menu)) < _LEAST_SHARE * len(
                menu
            ):
                continue
        why = f"menu: {len(menu)} short lines without sentences"
        found += page.claim_rest(menu, ID, "navigation", _CONFIDENCE, why)
    return found


def _without_headline(page: Page, menu: list[int], first: int) -> list[int]:
    """The menu above an article up to its last unknown line, which may be the headline."""
    rest = [i for i in menu if i not in page.claims]
    if not rest or rest[-1] > first or bulleted(page, rest[-1]):
        return menu
    if any(page.claims[i].category in _SITE for i in menu if i > rest[-1]):
        return menu  # the menu goes on below it
    headline = page.text(rest[-1]).startswith("#") or page.wordy(rest[-1], _HEADLINE_WORDS)
    return [i for i in menu if i < rest[-1]] if headline else menu


def _begin(page: Page, run: list[int], known: list[int]) -> int:
    """Where the menu begins: right under a paragraph there may be a list of the text."""
    above = page.before(run[0])
    if (
        above is None
        or above in page.claims
        or not (page.prose(above) or page.ends_sentence(above))
    ):
        return known[0]
    surely = next(i for i in known if not _name(page, i))
    before = [i for i in run if i < surely]
    names = set(known).intersection(before)
    return surely if len(names) * 2 < len(before) else known[0]


def _of_the_site(page: Page, run: list[int], known: list[int]) -> bool:
    """Whether so many lines in a row, some of them pages that every site has, are its menu."""
    if len(run) < _LONG_RUN:
        return False
    labels = {page.key(i) for i in known if page.claims[i].category in _SITE and not _name(page, i)}
    return len(labels) >= _LEAST_LINES - 1


def _article(page: Page) -> bool:
    """Whether there are paragraphs enough for an article."""
    return sum(1 for _ in islice(page.paragraphs(page.text_lines()), _BODY_LINES)) == _BODY_LINES


def _name(page: Page, index: int) -> bool:
    """Whether the line is but a name, of a section or a network, as any list of words may hold."""
    named = _NAMES.fullmatch(page.claims[index].rule) is not None
    return named and page.key(index) not in labels("home")


def _runs(page: Page, labels: list[int]) -> Iterator[list[int]]:
    """Rows of short lines without a sentence, each around some of the labels."""
    lines = page.text_lines()
    done = -1
    for label in labels:
        if label <= done or not _short(page, label):
            continue
        at = bisect_left(lines, label)
        above = list(takewhile(partial(_short, page), (lines[n] for n in range(at - 1, -1, -1))))
        below = list(
            takewhile(partial(_short, page), (lines[n] for n in range(at + 1, len(lines))))
        )
        run = [*reversed(above), label, *below]
        done = run[-1]
        if len(run) >= _LEAST_LINES:
            yield run


def _short(page: Page, index: int) -> bool:
    return not page.ends_sentence(index) and not page.wordy(index, _MENU_WORDS + 1)


def _label(page: Page, index: int) -> bool:
    # Numbers are pages of a pager, and cells of a table.
    return not page.policy.is_off(page.claims[index]) and not page.numeric(index)


RULE = ContextRule(
    ID,
    "navigation",
    "Short lines in a row, many of them known menu labels, above or below the article.",
    find,
    (
        """\
-Skip to content
-Home
-Valley
-About us
-Contact us

 The council met on Monday evening and agreed to close the bridge for a year.
""",
        """\
-Log in
-Ferries
-Trams
-Buses
-Maps
-Hills
-Harbour
-Old mill
-Salt road
-Long hall
-Weir
-Boats
-Winter
-Markets
-About us
-Contact us
 Bridge to close

 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.

 A ferry is to run twice an hour from the old landing, free of charge for residents.
""",
        """\
 Ferries
 Trams
 Buses
 Maps
 Hills
 Harbour
 Old mill
 Salt road
 Long hall
 Weir
 Boats
 Winter
 Markets
 About us
 About us
 Bridge to close

 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.

 A ferry is to run twice an hour from the old landing, free of charge for residents.
""",
    ),
    needs=_CATEGORIES,
)
