"""Lines of poems and songs."""

from collections import Counter

from ..page import Page, Placed

__all__ = ["verse"]

_STANZA_LINES = 4
_STANZA_CHARS = (8, 64)
_STANZA_REACH = 12  # lines above and below that are looked at


def verse(page: Page, placed: Placed) -> bool:
    """A line inside a stanza: short lines in a row, none of them a sentence, few of them claimed."""
    first = placed.first
    index = first
    if not _may_be_verse(page, index - 1) or not _may_be_verse(page, index + 1):
        return False  # it is at the edge of a stanza, if there is one
    while index - first < _STANZA_REACH and _may_be_verse(page, first - 1):
        first -= 1
    last = index
    while last - index < _STANZA_REACH and _may_be_verse(page, last + 1):
        last += 1
    stanza = range(first, last + 1)
    claimed = sum(at in page.claims for at in stanza)
    return len(stanza) >= _STANZA_LINES and claimed * 4 <= len(stanza) and _sung(page, stanza)


def _may_be_verse(page: Page, index: int) -> bool:
    low, high = _STANZA_CHARS
    return 0 <= index < len(page.texts) and low <= len(page.texts[index]) <= high


def _sung(page: Page, stanza: range) -> bool:
    """Whether most lines end with a comma, a dash or nothing, and go like lines of a poem or a song."""
    open_ends = sum(not page.ends_sentence(at) for at in stanza)
    if open_ends * 2 < len(stanza):
        return False
    if any(page.text(at).endswith((",", ";", "–", "—")) for at in stanza):
        return True
    commas = sum("," in page.text(at) for at in stanza)
    openings = Counter(page.key(at).partition(" ")[0] for at in stanza)
    again = sum(n for n in openings.values() if n > 1)
    return commas * 2 > len(stanza) or (commas > 0 and again * 4 >= len(stanza) * 3)
