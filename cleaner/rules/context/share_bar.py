"""A share bar: names of networks, verbs and bare counters in a row."""

from collections.abc import Iterator

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "social.share-bar"
_CONFIDENCE = 0.9
# "0 2,238", "1.2K", "1.2K 34"; a number with a comma behind it is one of an enumeration.
_NUMBER = r"\d{1,3}(?:[.,]\d{1,3}){0,2}"
_COUNTER = LatePattern(rf"{_NUMBER} ?[KkMm]?(?:\s+{_NUMBER} ?[KkMm]?){{0,3}}")
_PAIR = LatePattern(rf"{_NUMBER} ?[KkMm](?:\s+{_NUMBER} ?[KkMm]?)?|{_NUMBER}\s+{_NUMBER} ?[KkMm]?")
# "2 1" and "31 24" are scores: the counts of a pair without a word run to thousands.
_THOUSANDS = LatePattern(r"\d[.,]\d{3}\b|\d ?[KkMm]\b|\d{4}")
# A counter without a word stands between the headline and the first paragraph, nowhere else.
_HEAD_LINES = 8
_NETWORKS_ALONE = 4


def find(page: Page) -> list[Finding]:
    """Claim rows of social labels and counters, and a bare pair of counters above the article."""
    found: list[Finding] = []
    for run in _runs(page):
        social = [i for i in run if _social(page, i)]
        opened = [i for i in social if page.claims[i].opens == "share"]
        sure = any(page.cruft(i) for i in opened)
        if (opened and len(run) >= (2 if sure else 3)) or _mixed(run, social):
            why = f"share bar: {len(run)} labels and counters in a row"
            found += [page.claim(i, ID, "social", _CONFIDENCE, why) for i in run]
    found += _lone_counter(page)
    return found


def _social(page: Page, index: int) -> bool:
    claim = page.claims.get(index)
    return claim is not None and claim.category == "social" and not page.policy.is_off(claim)


def _mixed(run: list[int], social: list[int]) -> bool:
    """Whether networks stand with counters of their own, which no list of names has."""
    return len(social) >= 2 and len(run) > len(social) and len(run) >= _NETWORKS_ALONE


def _runs(page: Page) -> Iterator[list[int]]:
    run: list[int] = []
    for index in page.claimed("social"):
        if not _social(page, index):
            continue
        if run and index <= run[-1]:
            continue
        if run and page.before(index) != run[-1]:
            yield run
            run = []
        if not run:
            run = _counters_above(page, index)
        run.append(index)
        after = page.after(index)
        while after is not None and not _social(page, after) and _counter(page, after):
            run.append(after)
            after = page.after(after)
    if run:
        yield run


def _counters_above(page: Page, index: int) -> list[int]:
    above: list[int] = []
    before = page.before(index)
    while before is not None and len(above) < 3 and _counter(page, before):
        above.insert(0, before)
        before = page.before(before)
    return above


def _counter(page: Page, index: int) -> bool:
    return len(page.texts[index]) < 24 and _COUNTER.fullmatch(page.texts[index]) is not None


def _bare_pair(text: str) -> bool:
    return _PAIR.fullmatch(text) is not None and _THOUSANDS.search(text) is not None


def _lone_counter(page: Page) -> list[Finding]:
    for index in page.text_lines()[:_HEAD_LINES]:
        claim = page.claims.get(index)
        if claim is None or claim.category != "social" or not _bare_pair(page.text(index)):
            continue
        before, after = page.before(index), page.after(index)
        if before is None or after is None or page.claims.get(after) or not page.prose(after):
            continue
        if not _counter(page, before):
            why = "share counts without a word, between headline and first paragraph"
            return [page.claim(index, ID, "social", _CONFIDENCE, why, ("heading",))]
    return []


RULE = ContextRule(
    ID,
    "social",
    "Names of networks, share verbs and bare counters in a row, or a pair of counters under a headline.",
    find,
    (
        """\
 Harbour bridge to close for a year

-0 2,238

 The council met on Monday evening and agreed to close the bridge for a year.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Share
-Facebook
-12
-Twitter
-1.2K
""",
        """\
 Upper Tarn take the cup after extra time

 2 1

 The goalkeeper himself scored with his head when all had begun to go home.
""",
        """\
 The results of the three rounds, in points for the home side and the visitors:

 21 14
 0 7
 3 2,238

 The council met on Monday evening and agreed to close the bridge for a year.
""",
    ),
    needs=frozenset({"social"}),
)
