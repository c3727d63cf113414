"""The lines around a recognised newsletter prompt that belong to the same form."""

import re

from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "newsletter.block"
_CONFIDENCE = 0.9
_REACH = 3  # text lines to each side
_MOST_CHARS = 320
_SHORT_WORDS = 8
# Words of sign-up forms; a longer line also has to speak to the reader.
_FORM = re.compile(
    r"\b(?:subscri(?:be|ption|ber)s?|sign(?:ed|ing)?[ -]?up|newsletters?|inbox|e-?mail(?:s|\ address)?|"
    r"unsubscribe|opt[ -]out|privacy policy|terms (?:of|and)|delivered|spam|captcha|"
    r"latest (?:news|stories|updates|headlines)|special offers|submit|check your|promotion\w*|alerts?)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|our|us|we)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»]")


def find(page: Page) -> list[Finding]:
    """Claim the lines beside a certain newsletter line that speak of the same thing."""
    found: dict[int, Finding] = {}
    for index, claim in sorted(page.claims.items()):
        if claim.category != "newsletter" or not page.cruft(index):
            continue
        for step in (page.before, page.after):
            at: int | None = index
            for _ in range(_REACH):
                at = step(at) if at is not None else None
                if at is None or (not page.cruft(at) and not _belongs(page, at, index)):
                    break
                if not page.cruft(at):
                    why = f"part of the newsletter block of line {index + 1}"
                    found[at] = page.claim(at, ID, "newsletter", _CONFIDENCE, why)
    return list(found.values())


def _belongs(page: Page, at: int, index: int) -> bool:
    text = page.text(at)
    if abs(at - index) > 2 * _REACH or len(text) > _MOST_CHARS or _QUOTED.search(text):
        return False
    if not _FORM.search(text):
        return False
    return page.words(at) <= _SHORT_WORDS or _YOU.search(text) is not None


RULE = ContextRule(
    ID,
    "newsletter",
    "Lines of a sign-up form beside a line that is certainly one.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Subscribe to our newsletter
-Get a weekly digest of what matters in the valley, straight to your email.
-Submit

 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Subscribe to our newsletter

 The mayor said the newsletter of the town hall would carry the dates of the work.
""",
    ),
)
