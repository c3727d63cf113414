"""A heading such as "Related articles" and the titles under it."""

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ...titles import BARE_LINK, are_titles, doubtful, stacked
from ._running import running
from ._types import ContextRule

__all__ = ["RULE"]

ID = "related.tail"
_CONFIDENCE = 0.9
_MOST_ITEMS = 40
_TITLE_WORDS = 24
_LONE_TITLE_WORDS = 6
_LEAST_TITLE_WORDS = 5
_BULLET = LatePattern(r"\s{0,12}(?:[-*+•▪●■»›>]|\d{1,2}[.)])\s")
_CHAPTER = LatePattern(r"\s{0,12}(?:[2-9]|[1-9]\d)[.)]\s")
_NUMBERED = LatePattern(r"\s{0,12}\d{1,2}[.)]\s+[^\[\s]")
_NAME_WORDS = 3  # with the number
_HEADING = LatePattern(r"\s{0,3}#{1,6}\s")
_STOP_ENDS = frozenset('.。!;:"”’')
_STOP = LatePattern(r"[.。!;:]\s*[\"”’]?$")


def find(page: Page) -> list[Finding]:
    """Claim heading and titles of each list of other articles."""
    found: list[Finding] = []
    done = -1
    for index in page.opening("related"):
        if index <= done or not page.opens(index, "related"):
            continue
        items, closed = _items(page, index)
        taken = _taken(page, index, items, closed)
        if not taken:
            continue
        done = taken[-1]
        why = f"after the heading of line {index + 1}: {len(taken)} titles of other pages"
        found += page.claim_rest(taken, ID, "related", _CONFIDENCE, why)
        why = f"heads {len(taken)} titles of other pages"
        found += page.claim_rest((index,), ID, "related", _CONFIDENCE, why)
    return found


def _items(page: Page, index: int) -> tuple[list[int], bool]:
    """Lines below the heading that look like titles, and whether the text ends with them."""
    items: list[int] = []
    at = page.after(index)
    while at is not None and len(items) < _MOST_ITEMS:
        if not page.cruft(at) and not _title(page, at):
            return items, False
        items.append(at)
        at = page.after(at)
    return items, at is None


def _title(page: Page, index: int) -> bool:
    if BARE_LINK.fullmatch(page.lines.texts[index]):
        return True
    if page.prose(index) or page.wordy(index, _TITLE_WORDS + 1) or running(page, index):
        return False
    return page.weak(index) or not _stops(page.texts[index])


def _stops(text: str) -> bool:
    return text[-1:] in _STOP_ENDS and _STOP.search(text) is not None


def _taken(page: Page, index: int, items: list[int], closed: bool) -> list[int]:
    """The items that surely belong to the heading."""
    if not items:
        return []
    if _writers(page, index) and not (_pages(page, items) or _stacked(page, index, items)):
        return []
    if len(items) == 1 and _CHAPTER.match(page.lines.texts[items[0]]):
        return []  # a list of titles begins with its first number, a chapter with its own
    if all(_name(page, i) for i in items):
        return []  # "1. Pears", "2. Plums": things that the writer counts
    listed = _listed(page, items)
    if not page.cruft(index) and not (closed and _stacked(page, index, items)):
        return listed  # a weak heading needs bullets or links below it
    if closed:
        return items
    if listed:
        return listed
    if len(items) == 1:
        # "Read more" and one title inside the article; a shorter line may head what follows.
        lone = not _HEADING.match(page.lines.texts[items[0]])
        return items if lone and page.wordy(items[0], _LONE_TITLE_WORDS) else []
    # The last line above the next paragraph may be that paragraph's heading.
    return items if page.cruft(items[-1]) else items[:-1]


def _name(page: Page, index: int) -> bool:
    line = page.lines.texts[index]
    return (
        index not in page.claims
        and _NUMBERED.match(line) is not None
        and not page.wordy(index, _NAME_WORDS + 1)
    )


def _writers(page: Page, index: int) -> bool:
    """Whether the heading may be the writer's own."""
    return doubtful(page.claims[index].rule, page.text(index).strip("*_# "))


def _stacked(page: Page, index: int, items: list[int]) -> bool:
    """Whether the heading is set on another, and one of the lines is long enough for a title."""
    return stacked(page, index) and any(page.wordy(i, _LEAST_TITLE_WORDS) for i in items)


def _pages(page: Page, items: list[int]) -> bool:
    """Whether the lines that nothing else claims are titles of other pages."""
    rest = [i for i in items if not page.cruft(i)]
    return not rest or are_titles(page, rest)


def _listed(page: Page, items: list[int]) -> list[int]:
    """The leading items that are bullets or bare links, if there are any."""
    taken: list[int] = []
    for index in items:
        line = page.lines.texts[index]
        if not (_BULLET.match(line) or BARE_LINK.fullmatch(line) or page.cruft(index)):
            break
        taken.append(index)
    return taken


RULE = ContextRule(
    ID,
    "related",
    "A heading such as 'Related articles' with the titles of other pages under it.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Related articles
-Ferry to run twice an hour from March
-What the closed bridge means for schools
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Related articles
-- Ferry to run twice an hour from March
-- What the closed bridge means for schools

 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-New this week
-Why the ferry will not run on Sundays
-How the old bridge was built in a single winter
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

 You may also like:
 - Ferry to run twice an hour from March
 - What the closed bridge means for schools

 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-You may also like:

 2. How the lorries are to get round the weir

 Lorries have to take the long way round by the weir and the northern road.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

 New this week
 The Long Winter, at the Harbour
 Salt Road, at the Old Mill
""",
    ),
    needs=frozenset({"opens related"}),
)
