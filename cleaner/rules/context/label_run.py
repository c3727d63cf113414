"""Weak labels that stand in a row with certain cruft are cruft."""

from collections import Counter
from collections.abc import Iterator

from ...model import Finding
from ...page import Page
from ._types import ContextRule
from ._words import labels as labels_of

__all__ = ["RULE"]

ID = "navigation.label-run"
# These interrupt an article, so what stands beside them may well be its text.
_INTERRUPTS = frozenset({"advertisement", "embed", "caption", "disclosure", "code"})
_RAISED = 0.88
_CERTAIN = 0.9
_FEW = 3
_LABEL_WORDS = 16
_MOST_TIMES = 4  # what stands there again and again is the cell of a table


def find(page: Page) -> list[Finding]:
    """Raise the weak claims of every run of claimed lines that holds certain cruft."""
    raised: list[Finding] = []
    labels = page.weak_lines()
    if not labels or len(page.claims) == len(labels):
        return []
    counts: Counter[str] = Counter()
    for run in _runs(page):
        certain = [page.claims[i] for i in run if page.cruft(i) and _anchors(page.claims[i])]
        weak = [i for i in run if page.weak(i)]
        if not certain or not weak:
            continue
        counts = counts or Counter(map(page.key, labels))
        weak = [i for i in weak if _is_label(page, i, counts) and _raises(certain, page.claims[i])]
        if not weak:
            continue
        if _may_be_heading(page, run, weak):
            weak = weak[:-1]
        why = f"a label in a row with {certain[0].rule}"
        raised += [page.claims[i]._replace(confidence=_RAISED, why=why, context=True) for i in weak]
    return raised


def _anchors(claim: Finding) -> bool:
    """Whether the claim tells of what stands beside it; offers also stand in comparisons of offers."""
    if claim.category == "account":
        return claim.confidence >= _CERTAIN
    return claim.category not in _INTERRUPTS


def _raises(certain: list[Finding], label: Finding) -> bool:
    """Whether the claims are sure enough for a label that may well stand in an article."""
    return label.category not in _INTERRUPTS or any(c.confidence >= _CERTAIN for c in certain)


def _is_label(page: Page, index: int, counts: Counter[str]) -> bool:
    return (
        not page.wordy(index, _LABEL_WORDS + 1)
        and not page.prose(index)
        and counts[page.key(index)] <= _MOST_TIMES
        and page.key(index) not in labels_of("cells")
    )


def _runs(page: Page) -> Iterator[list[int]]:
    """Rows of claimed lines, blank lines between them allowed."""
    run: list[int] = []
    last = None
    for index in page.claimed_lines():
        if run and page.before(index) != last:
            yield run
            run = []
        run.append(index)
        last = index
    if run:
        yield run


def _may_be_heading(page: Page, run: list[int], weak: list[int]) -> bool:
    """Whether the last label of a short run heads the paragraph below it."""
    after = page.after(run[-1])
    if run[-1] - 1 in run and page.blank(run[-1] + 1):
        return False  # set on other labels, and not on the paragraph
    return weak[-1] == run[-1] and len(weak) < _FEW and after is not None and page.prose(after)


RULE = ContextRule(
    ID,
    "navigation",
    "Labels such as 'Video' or 'Email' that stand in a row with certain cruft.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Share this article
-Email
-Print

 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-5 min read
-Save
-Share

 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Advertisement

 Email

 The clerk wrote to every household, and most of them answered within a week.
""",
    ),
    needs=frozenset({"weak"}),
)
