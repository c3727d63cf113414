"""One comment without a section around it: NAME says, the words, Reply."""

from itertools import islice

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "comments.entry"
_CONFIDENCE = 0.86
_REACH = 5
_BODY_LINES = 3
_REPLY = frozenset({"reply", "reply to this comment", "respond", "reply report", "like reply"})
_IN_REPLIES = "re"  # letters of all of them
_SAYS = LatePattern(
    r"(?:\d{1,4}\.\s)?[^\W\d_][^\n.!?:\",]{0,40}\s(?:says|said|wrote|commented):?"
    r"(?:\s.{0,40}\d{4}.{0,20})?"
)


def find(page: Page) -> list[Finding]:
    """Claim what stands between a line such as "Tom says:" and the control Reply, below the article."""
    replies = sorted(i for i in page.claims if _reply(page, i) and _in_use(page, i))
    if not replies:
        return []
    body = islice(filter(page.prose, page.text_lines()), _BODY_LINES - 1, None)
    if (below := next(body, None)) is None:
        return []
    controls = frozenset(replies)
    found: list[Finding] = []
    for index in replies:
        entry: list[int] = []
        at = page.before(index)
        while at is not None and len(entry) < _REACH and at not in controls:
            entry.append(at)
            if _SAYS.fullmatch(page.text(at).strip("*_ ")):
                break
            at = page.before(at)
        else:
            continue
        if at is None or entry[-1] <= below:
            continue
        why = f"a comment, up to its Reply in line {index + 1}"
        found += page.claim_rest((index, *entry), ID, "comments", _CONFIDENCE, why)
    return found


def _reply(page: Page, index: int) -> bool:
    return page.may_read(index, _IN_REPLIES) and page.key(index) in _REPLY


def _in_use(page: Page, index: int) -> bool:
    return page.cruft(index) or page.weak(index)


RULE = ContextRule(
    ID,
    "comments",
    "A comment: the name that says it, its words, and the control Reply below them.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.

-Tom says:
-I like the old bridge better.
-Reply
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.

 Tom says:

 I like the old bridge better.
""",
    ),
)
