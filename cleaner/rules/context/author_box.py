"""The box about the author that ends a page."""

import re
from itertools import islice

from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "metadata.author-box"
_CONFIDENCE = 0.85
_MOST_LINES = 6
_MOST_PARAGRAPHS = 2
_BODY_LINES = 4
# What such boxes say of people.
_BIOGRAPHY = re.compile(
    r"\b(?:(?:is|are|was|has been|works as|worked as|serves as) (?:a|an|the|our|one of|currently|based|"
    r"senior|chief|head|editor|co-?founder|founder|professor|freelance|author|currently)\b|writes|covers|"
    r"author of|lives in|lives with|based in|years of experience|reports on|reporter for|editor of|"
    r"contributor to|has written|joined|specializ|specialis|graduated|passionate about)",
    re.IGNORECASE,
)


def find(page: Page) -> list[Finding]:
    """Claim a heading such as "About the author" and the few lines below it, at the end of the text."""
    headings = sorted(i for i, claim in page.claims.items() if claim.opens == "author")
    if not headings:
        return []
    lines = page.text_lines()
    body = list(islice((i for i in lines if page.prose(i)), _BODY_LINES))
    rows = (i for i in reversed(lines) if not page.cruft(i))
    end = sorted(islice(rows, _MOST_LINES + 1))
    for index in headings:
        if len(body) < _BODY_LINES or index <= body[-1] or page.policy.is_off(page.claims[index]):
            continue
        box = [i for i in end if i > index]
        paragraphs = sum(page.prose(i) for i in box)
        told = any(_BIOGRAPHY.search(page.text(i)) for i in box)
        if told and len(box) <= _MOST_LINES and paragraphs <= _MOST_PARAGRAPHS:
            why = f"box about the author, from line {index + 1} to the end"
            return [page.claim(i, ID, "metadata", _CONFIDENCE, why) for i in (index, *box)]
    return []


RULE = ContextRule(
    ID,
    "metadata",
    "The heading and the few lines about the author that end a page.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

-About the author
-Ivo Tarn keeps the boats at Upper Tarn and writes about rivers for this paper.
""",
    ),
)
