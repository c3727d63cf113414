"""A run of short menu lines above or below the article."""

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
    if len(page.claims) < _LEAST_LINES - 1:
        return []
    if sum(_label(page, i) for i in page.claims) < _LEAST_LINES - 1:
        return []
    lines = page.text_lines()
    prose = list(page.paragraphs(lines))
    if not prose:
        return []  # a text of short lines only is a list, or a poem
    first, last = prose[0], prose[-1]
    found: list[Finding] = []
    for run in _runs(page, [i for i in lines if i < first or i > last]):
        known = [i for i in run if _label(page, i)]
        if len(known) < _LEAST_LINES - 1 or all(_name(page, i) for i in known):
            continue
        begin = _begin(page, run, known)
        menu = [i for i in run if begin <= i <= known[-1]]
        if len(prose) >= _BODY_LINES and _of_the_site(page, run, known):
            # Above the article it ends with its last label: what follows may be the headline.
            menu = [i for i in run if i <= known[-1] or i > last]
            menu = [i for i in menu if i >= begin or i < first]
            menu = _without_headline(page, menu, first)
        else:
            menu = _without_headline(page, menu, first)
            known = [i for i in known if i in menu]
            if len(menu) < _LEAST_LINES or len(known) < _LEAST_SHARE * len(menu):
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
    headline = page.words(rest[-1]) >= _HEADLINE_WORDS or page.text(rest[-1]).startswith("#")
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
    names = [i for i in before if i in known]
    return surely if len(names) * 2 < len(before) else known[0]


def _of_the_site(page: Page, run: list[int], known: list[int]) -> bool:
    """Whether so many lines in a row, some of them pages that every site has, are its menu."""
    if len(run) < _LONG_RUN:
        return False
    labels = {page.key(i) for i in known if page.claims[i].category in _SITE and not _name(page, i)}
    return len(labels) >= _LEAST_LINES - 1


def _name(page: Page, index: int) -> bool:
    """Whether the line is but a name, of a section or a network, as any list of words may hold."""
    named = _NAMES.fullmatch(page.claims[index].rule) is not None
    return named and page.key(index) not in labels("home")


def _runs(page: Page, lines: list[int]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for index in lines:
        if page.words(index) > _MENU_WORDS or page.ends_sentence(index):
            runs.append([])
        elif runs[-1] and page.before(index) != runs[-1][-1]:
            runs.append([index])
        else:
            runs[-1].append(index)
    return [run for run in runs if len(run) >= _LEAST_LINES]


def _label(page: Page, index: int) -> bool:
    claim = page.claims.get(index)
    if claim is None or claim.category not in _CATEGORIES or page.policy.is_off(claim):
        return False
    # Numbers are pages of a pager, and cells of a table.
    return page.key(index).strip("0 ") != ""


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
)
