"""Running text that an extractor has broken at its links: "The council / of Upper Tarn / met on Monday."."""

from ...late import LatePattern
from ...page import Page

__all__ = ["running"]

_STOPS = (".", "!", "?", ":", ";", "…", "。", "।")
_CLOSING = '"”’»)]'
_MARKS = frozenset(',;:.!?…)”»“"')
# What no line begins with, unless it goes on with the sentence of the one above.
_GOES_ON = LatePattern(r"(?:[,;:.!?…)”»](?:\s|$))|[“”\"»)][,.]?\s?[,.)]")
_SENTENCES = LatePattern(r"\w[.!?] \w")
_LINK_WORDS = 16
_BEGUN_WORDS = 2
_FEW_WORDS = 3
_LEAST_WORDS = 8  # of what ends the sentence, for the whole to be text


def running(page: Page, index: int) -> bool:
    """Whether the line is a piece of a sentence broken at its links."""
    above, below = page.before(index), page.after(index)
    if above is not None and _continues(page, above, index):
        return True
    if below is None:
        return False
    return _continues(page, index, below) or _begins(page, index, below)


def _begins(page: Page, index: int, link: int) -> bool:
    """Whether the line below is a link that the one below it goes on from.

    What is broken off is a link as a rule, and stands behind the beginning of its sentence.
    """
    rest = page.after(link)
    return (
        rest is not None
        and not page.cruft(link)
        and _continues(page, link, rest)
        and not page.wordy(link, _LINK_WORDS + 1)
        and not _stopped(page.texts[index])
        and page.wordy(index, _BEGUN_WORDS)
    )


def _continues(page: Page, above: int, at: int) -> bool:
    text = page.texts[at]
    first = text[:1]
    if at - above > 2 or not (first in _MARKS or first.islower()) or _stopped(page.texts[above]):
        return False
    if first in _MARKS:
        return _GOES_ON.match(text) is not None and page.wordy(at, _FEW_WORDS)
    if not page.wordy(at, _LEAST_WORDS):
        return False
    return page.ends_sentence(at) or _SENTENCES.search(text) is not None


def _stopped(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_STOPS)
