"""Labels that are a text's own: heads of its short sections, and those alone on a page without cruft."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from .late import LatePattern
from .model import Finding
from .page import Page

__all__ = ["lone", "sectioned"]

_HEADING_WORDS = 6
_SECTION_WORDS = 4
_STOPS = frozenset(".!:;,…。！：|>»→")
_LISTED = frozenset("-*+•▪●◦‣|>[!")
_MARKED = LatePattern(r"#{2,3}\s")  # "## Advertisement": no template marks a slot so
# A polite sentence of Japanese without its stop: what an outline says of each of its parts.
_DESCRIBES = ("ます", "です", "ません")
_MOST_SECTIONS = 12
# A heading that no rule is sure of counts twice, one that a rule knows once.
_LEAST = 4
_LEAST_INTERRUPTING = 5  # advertisements stand between paragraphs as a matter of course
_MOST_LONE = 3
_LONE = frozenset({"consent", "related"})


def sectioned(page: Page, finding: Finding, index: int, sure: bool = False) -> bool:
    """Whether the line heads one of several sections of one paragraph each.

    In such a text headings and paragraphs stand by turns; a label that a template sets into an article
    stands between two paragraphs of one section, or above a heading.
    """
    if not _head(page, index):
        return False
    lines = page.text_lines()
    at = bisect_left(lines, index)
    if at + 1 >= len(lines) or not _paragraph(page, lines[at + 1]):
        return False
    own = page.key(index)
    outline = _describes(page, lines[at + 1])
    score = outlines = 0
    for other in (*_sections_above(page, lines, at), *_sections_below(page, lines, at)):
        if page.key(other) == own:
            return False
        outlines += outline and _describes(page, page.after(other) or 0)
        score += 1 if page.sure(other) else 2
    if outlines:
        return True
    interrupts = sure or finding.category == "advertisement"
    return score >= (_LEAST_INTERRUPTING if interrupts else _LEAST)


def _sections_below(page: Page, lines: Sequence[int], at: int) -> Iterator[int]:
    for n in range(at + 2, min(len(lines) - 1, at + 2 * _MOST_SECTIONS), 2):
        if not (_head(page, lines[n]) and _paragraph(page, lines[n + 1])):
            return
        yield lines[n]


def _sections_above(page: Page, lines: Sequence[int], at: int) -> Iterator[int]:
    """The headings above but for the first line, which is the title."""
    for n in range(at - 2, max(0, at - 2 * _MOST_SECTIONS), -2):
        if not (_head(page, lines[n]) and _paragraph(page, lines[n + 1])):
            return
        yield lines[n]


def _head(page: Page, index: int) -> bool:
    return page.short(index, _HEADING_WORDS, _STOPS, _LISTED)


def _paragraph(page: Page, index: int) -> bool:
    return index not in page.claims and (
        (page.ends_sentence(index) and page.wordy(index, _SECTION_WORDS))
        or page.prose(index)
        or _describes(page, index)
    )


def _describes(page: Page, index: int) -> bool:
    return page.texts[index].endswith(_DESCRIBES)


def lone(page: Page, index: int) -> bool:
    """Whether the line is a label over a paragraph, on a page that shows no cruft but such labels.

    What templates set below and beside an article comes in blocks; where there is none, the words are
    the writer's: a heading over remarks on other texts, the button that a story or a manual tells of.
    """
    return index in page.once("lone", _lone)


def _lone(page: Page) -> frozenset[int]:
    found: dict[str, int] = {}
    for index in page.claims:
        if not page.sure(index):
            continue
        own = page.key(index)
        if own in found or len(found) >= _MOST_LONE or not _over_text(page, index):
            return frozenset()
        found[own] = index
    return frozenset(found.values())


def _over_text(page: Page, index: int) -> bool:
    claim = page.claims[index]
    above, below = page.before(index), page.after(index)
    return (
        (claim.category in _LONE or _MARKED.match(page.text(index)) is not None)
        and _head(page, index)
        and not page.text(index).isupper()
        and below is not None
        and below not in page.claims
        and page.prose(below)
        and (above is None or (above not in page.claims and page.ends_sentence(above)))
    )
