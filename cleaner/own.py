"""Headings that are a text's own, told by their form, their numbers or their order."""

from .anycase import AnyCase
from .headwords import alphabetical, headword
from .late import LatePattern
from .model import Finding
from .page import Page
from .parts import (
    at_margin,
    chapter,
    named_below,
    names_poem,
    over_steps,
    part,
    title,
    under_number,
)
from .sections import lone, sectioned

__all__ = ["own"]

_NO_PARTS = frozenset({"pagination", "caption", "metadata", "code"})
# Small print and labels of the end of a page; at the head of the text there are bylines and dates as well.
_TITLES = LatePattern(r"legal\..*|metadata\.(?:\w\w-)?tag-word")
_THIS_PAGE = AnyCase(r"\bthis (?:article|story|post|page|site|video|blog)\b")


def own(page: Page, finding: Finding, first: int, sure: bool) -> bool:
    """Whether the line is one of the headings of the text, by their form or their numbers, or its title.

    ``sure`` is whether the rule holds in lists and tables too.
    """
    if headword(page, first) or alphabetical(page, first):
        return True
    if finding.category != "related" and over_steps(page, first):
        return True
    titled = finding.rule.startswith(("legal.", "metadata.")) and _TITLES.fullmatch(finding.rule)
    if titled and title(page, first):
        return True
    if finding.category == "metadata" and first > 0 and chapter(page, first - 1):
        return True  # "8. Next meeting" and its day
    if finding.category in _NO_PARTS:
        return False
    if (
        under_number(page, first)
        or chapter(page, first)
        or names_poem(page, first)
        or at_margin(page, first)
    ):
        return True
    if finding.category == "advertisement" and named_below(page, first):
        return True  # newsletters and comments are spoken of in their own boxes
    mine = lone(page, first) or (not finding.context and sectioned(page, finding, first, sure))
    if mine and not _THIS_PAGE.finds(page.texts[first]):
        return True
    return not finding.context and part(page, first, sure)
