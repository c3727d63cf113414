"""The counters of a picture gallery: "1 / 12", "2 / 12", each with its caption."""

import re
from itertools import pairwise

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "player.gallery-counters"
_CONFIDENCE = 0.9
_LEAST_TOTAL = 3
_COUNTER = LatePattern(
    r"[\W_]{0,3}(?:(?:image|photo|picture|slide|foto|bild|imagen?|immagine)\s)?(\d{1,3})\s?(?:/|of|von|de|di|sur)"
    r"\s?(\d{1,3})[\W_]{0,3}",
    re.IGNORECASE,
)
_CLAIMS = ("player", "pagination", "caption")


def find(page: Page) -> list[Finding]:
    """Claim counters of one total whose numbers go up by one, the first of them claimed already."""
    rows = page.claimed(*_CLAIMS)
    if len(rows) < 2:
        return []
    counters: list[tuple[int, int, int]] = []
    for index in rows:
        match = _COUNTER.fullmatch(page.text(index))
        if match is not None and not page.policy.is_off(page.claims[index]):
            counters.append((index, int(match[1]), int(match[2])))
    steps = {
        at
        for (first, number, total), (second, following, other) in pairwise(counters)
        if total == other >= _LEAST_TOTAL
        and following == number + 1 <= total
        and page.after(first) != second  # a picture has its caption
        for at in (first, second)
    }
    why = f"counter of a gallery, one of {len(steps)} that go up"
    return page.claim_rest(sorted(steps), ID, "player", _CONFIDENCE, why, ("heading", "table"))


RULE = ContextRule(
    ID,
    "player",
    "The counters of a picture gallery: numbers that go up, with the same total.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-1 / 12
 The old bridge in March.

-2 / 12
 Boats at the landing.
""",
        """\
 The goals of the three seasons, at home and away:

 3 / 12

 9 / 12

 The council met on Monday evening and agreed to close the bridge for a year.
""",
    ),
    needs=frozenset(_CLAIMS),
)
