"""Rows of tables, and figures among figures."""

import re

from ..headings import SURE
from ..late import LatePattern
from ..page import Page, Placed

__all__ = ["table"]

_NUMERIC = LatePattern(r"[\d\s.,:%+()/–-]*\d[\d\s.,:%+()/–-]*")
_FIGURE_STARTS = frozenset(".,:%+()/–-")
# "Source: Statistical Office" under a table says where its figures are from.
_SOURCE = LatePattern(
    r"(?:source|data|quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|sursa|forrás|kaynak|источник"
    r"|джерело|πηγή)s?n?\s?[:：]",
    re.IGNORECASE,
)
_COUNTED = LatePattern(r"\d[\d.,]* ([a-z]{2,})")
_FIGURE = LatePattern(r"^[^.!?]{1,60}[\s:]\d[\d.,]*\s?[%€$£]?$")


def table(page: Page, placed: Placed) -> bool:
    """A row, or a number beside numbers; the source named under a table."""
    finding, first = placed.finding, placed.first
    text = page.texts[first]
    if text.count("|") >= 2 and finding.confidence < SURE:
        return any(
            page.texts[at].count("|") >= 2 and at not in page.claims
            for at in (first - 1, first + 1)
            if 0 <= at < len(page)
        )
    if finding.category == "caption" and _SOURCE.match(text):
        return placed.above is not None and _row(page.texts[placed.above])
    if text[:1] not in _FIGURE_STARTS and not text[:1].isdecimal():
        return False
    counted = _COUNTED.fullmatch(text)
    if counted is not None:
        return any(
            (other := _COUNTED.fullmatch(page.texts[at])) is not None
            and other[1] == counted[1]
            and other[0] != counted[0]
            for at in (placed.above, placed.below)
            if at is not None
        )
    if not _NUMERIC.fullmatch(text):
        return False
    return any(
        _NUMERIC.fullmatch(page.texts[at]) is not None and not page.sure(at)
        for at in (placed.above, placed.below)
        if at is not None
    )


def _row(text: str) -> bool:
    """Whether the line is a row of a table: cells with bars, or a name with its figure."""
    return text.count("|") >= 1 or "\t" in text or _FIGURE.search(text) is not None
