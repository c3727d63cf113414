"""The paragraphs of a cookie wall or a subscription offer, between lines that are certainly of one."""

import re
from itertools import pairwise

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "consent.wall-block"
_CONFIDENCE = 0.88
_REACH = 6  # text lines between two certain ones
_LEAST_CERTAIN = 2
_MOST_CHARS = 700
# What the paragraphs speak of, by the category of the lines around them.
_FIELDS = {
    "consent": LatePattern(
        r"\b(?:cookies?|consent\w*|partners?|vendors?|purposes?|legitimate interests?|preferences"
        r"|personali[sz]\w+|personal data|processing|geolocation|device|privacy|tracking|advertis\w+"
        r"|opt[ -]?(?:in|out)|einwilligung"
        r"|datenschutz|partnern?|zwecke|consentement|partenaires|socios|consentimiento)\b",
        re.IGNORECASE,
    ),
    "account": LatePattern(
        r"[$€£]\s?\d|\d\s?[€£$]|\b(?:per|a) (?:month|week|year)\b|\b(?:cancel|subscri\w+|access|e-?paper"
        r"|ad-free|digital|devices?|trial|members?(?:hip)?|offers?|unlimited|billed|renews?|sign in|log in"
        r"|account|abo|abonn\w+|monatlich|kündbar|zugang|offre|résili\w+|suscri\w+|acceso)\b",
        re.IGNORECASE,
    ),
}
_TO_THE_READER = LatePattern(
    r"\b(?:you|your|yours|we|our|us|sie|ihr|ihre[nr]?|wir|unsere?[nr]?|vous|votre|nous|nos|su|sus|nuestr\w+)\b",
    re.IGNORECASE,
)
_QUOTED = LatePattern(r"[\"“”«»„]")


def find(page: Page) -> list[Finding]:
    """Claim the lines between two certain lines of one category that speak of the same thing."""
    found: list[Finding] = []
    for category, field in _FIELDS.items():
        certain = [i for i in page.claimed(category) if page.cruft(i)]
        if len(certain) < _LEAST_CERTAIN or not _whole(page, certain):
            continue
        for first, last in pairwise(certain):
            between = _between(page, first, last)
            if 0 < len(between) <= _REACH and all(_belongs(page, i, field) for i in between):
                why = f"between lines {first + 1} and {last + 1}, which are of the same box"
                found += page.claim_rest(between, ID, category, _CONFIDENCE, why)
    return found


def _whole(page: Page, certain: list[int]) -> bool:
    """Whether two of the lines stand side by side: a text about a box has a paragraph for each."""
    return any((below := page.after(i)) is not None and page.cruft(below) for i in certain)


def _between(page: Page, first: int, last: int) -> list[int]:
    lines: list[int] = []
    at = page.after(first)
    while at is not None and at < last and len(lines) <= _REACH:
        lines.append(at)
        at = page.after(at)
    return lines


def _belongs(page: Page, index: int, field: LatePattern) -> bool:
    if page.cruft(index):
        return True
    text = page.text(index)
    if len(text) > _MOST_CHARS or _QUOTED.search(text) or not field.search(text):
        return False
    return not page.prose(index) or _TO_THE_READER.search(text) is not None


RULE = ContextRule(
    ID,
    "consent",
    "The paragraphs of a cookie wall or an offer of subscription between lines that are certainly of one.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-We and our 842 partners store and access information on a device, such as cookies.
-With your permission we and our partners may use precise geolocation data.
-Accept all
-Manage options
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Get unlimited access
-Three months for $1
-Then $9.99 a month, cancel at any time
-Unlimited digital access to all our journalism
-Already a subscriber? Log in
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

 Accept all

 The button is green on nine of ten pages, and your cookies are gone before you see it.

 Manage options

 Nobody has ever found out what your options are, for the page behind it is white.
""",
    ),
    needs=frozenset(_FIELDS),
)
