"""The tags under their label: "Topics:", and a few words on lines of their own."""

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "metadata.tag-list"
_CONFIDENCE = 0.86
_LABELS = LatePattern(r"metadata\.(?:\w\w-)?(?:tag-label|tag-word|category-label|tags|label)")
_TAG_WORDS = 4
_TAG_CHARS = 40
_TAGS = (2, 15)
_BODY_LINES = 3
_NO_TAG = LatePattern(r"[.:!?…\"“”«»|]|\d{2}|^[-–—]")


def find(page: Page) -> list[Finding]:
    """Claim the short lines below a label of tags, below the article, with nothing but cruft behind them."""
    labels = [i for i in page.claimed("metadata") if _is_label(page, i, page.claims[i])]
    if not labels:
        return []
    prose = list(page.paragraphs(page.text_lines()))
    found: list[Finding] = []
    for index in labels:
        if len([i for i in prose if i < index]) < _BODY_LINES:
            continue
        tags = _tags(page, index)
        if not tags or any(i > index for i in prose):
            continue
        behind = page.after(tags[-1])
        closed = behind is None or page.cruft(behind)
        if not closed or (not page.cruft(index) and (behind is None or len(tags) < _TAGS[0])):
            continue
        why = f"tags of the article, below the label of line {index + 1}"
        found += page.claim_rest((index, *tags), ID, "metadata", _CONFIDENCE, why)
    return found


def _is_label(page: Page, index: int, claim: Finding) -> bool:
    return (
        _LABELS.fullmatch(claim.rule) is not None
        and not page.policy.is_off(claim)
        and not page.wordy(index, _TAG_WORDS + 1)
    )


def _tags(page: Page, index: int) -> list[int]:
    tags: list[int] = []
    at = page.after(index)
    while at is not None and len(tags) <= _TAGS[1] and _is_tag(page, at):
        tags.append(at)
        at = page.after(at)
    return tags if len(tags) <= _TAGS[1] else []


def _is_tag(page: Page, index: int) -> bool:
    text = page.text(index).strip("#*_,- ")
    return (
        not page.cruft(index)
        and 0 < len(text) <= _TAG_CHARS
        and not page.wordy(index, _TAG_WORDS + 1)
        and _NO_TAG.search(text) is None
    )


RULE = ContextRule(
    ID,
    "metadata",
    "The tags of an article on lines of their own, below their label.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.

-Article topics
-Bridges
-Upper Tarn
-Council
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.

 Categories
 Juniors
 Seniors
 Masters
""",
    ),
    needs=frozenset({"metadata"}),
)
