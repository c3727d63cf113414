"""Running text that an extractor has broken at its links: "The council / of Upper Tarn / met on Monday."."""

from itertools import pairwise

from ...late import LatePattern
from ...page import Page

__all__ = ["running"]

_STOPPED = LatePattern(r"[.!?:;…。।][\"”’»)\]]*$")
# What no line begins with, unless it goes on with the sentence of the one above.
_GOES_ON = LatePattern(r"(?:[,;:.!?…)”»](?:\s|$))|[“”\"»)][,.]?\s?[,.)]")
_SENTENCES = LatePattern(r"\w[.!?] \w")
_LINK_WORDS = 16
_BEGUN_WORDS = 2
_FEW_WORDS = 3
_LEAST_WORDS = 8  # of what ends the sentence, for the whole to be text


def running(page: Page) -> frozenset[int]:
    """The lines that are pieces of sentences broken at their links."""
    return page.once("running", _running)


def _running(page: Page) -> frozenset[int]:
    found: set[int] = set()
    lines = page.text_lines()
    for above, at in pairwise(lines):
        if not _continues(page, above, at):
            continue
        found.update((above, at))
        # What is broken off is a link as a rule, and stands behind the beginning of its sentence.
        over = page.before(above)
        if (
            over is not None
            and page.words(above) <= _LINK_WORDS
            and not page.cruft(above)
            and not _STOPPED.search(page.text(over))
            and page.words(over) >= _BEGUN_WORDS
        ):
            found.add(over)
    return frozenset(found)


def _continues(page: Page, above: int, at: int) -> bool:
    text = page.text(at)
    if at - above > 2 or _STOPPED.search(page.text(above)):
        return False
    if _GOES_ON.match(text):
        return page.words(at) >= _FEW_WORDS
    if page.words(at) < _LEAST_WORDS or not text[:1].islower():
        return False
    return page.ends_sentence(at) or _SENTENCES.search(text) is not None
