"""Lines that the text around them speaks of: announced above, looked back at below."""

from collections.abc import Callable

from ..anycase import AnyCase
from ..headings import SURE
from ..model import Finding
from ..page import Page, Placed
from ..policy import CERTAIN
from .lists import counted
from .pointing import announces, instructs, refers
from .telling import discussed

__all__ = ["introduced"]

# What ends a line that the next one completes: a colon, or a verb that wants its object.
_INTRODUCES = AnyCase(
    r"(?:[:：]|\b(?:says?|said|reads?|under|called|labelled|labeled|marked|titled|named|as|like|words|"
    r"click|press|choose|select|tap|tick|untick|type|enter|bertuliskan|tertulis|berbunyi|viết|imeandikwa)"
    r"|[写寫][着著道]|[写寫]的是|เขียนว่า|เขียนไว้ว่า|(?:كتب|مكتوب) علي(?:ه|ها)|נכתב)[*_]*\s*$",
)
_COLONS = (":", "：")
_INTRODUCTION_WORDS = 4
_COLON_WORDS = 3  # "La bannière disait :"
_INTRODUCTION_CHARS = 40  # of the end of a line: its last word, and marks behind it
_INTRODUCED_LINES = 4
# Categories whose lines no button or poster bears.
_NOT_SHOWN = frozenset({"advertisement", "caption", "code", "disclosure", "embed", "metadata"})
_SHOWN_WORDS = 8


def introduced(page: Page, placed: Placed) -> bool:
    """A line that the text above announces, "The button says:", or the text below looks back at."""
    finding, first, last, above, below = placed
    if finding.category == "consent" and discussed(page, placed):
        return True
    if finding.confidence < CERTAIN and below is not None and refers(page, below):
        return True
    alone = first == last and finding.category not in _NOT_SHOWN
    if alone and counted(page, first):
        return True
    above = _unclaimed(page, page.before, above)
    if above is None:
        return False
    if alone and _shown(page, finding, first, above, below):
        return True
    least = _COLON_WORDS if page.texts[above].endswith(_COLONS) else _INTRODUCTION_WORDS
    return page.wordy(above, least) and _introduces(page.texts[above])


def _introduces(text: str) -> bool:
    """Whether the line ends as one that the next one completes; most end with a full stop."""
    end = text[-_INTRODUCTION_CHARS:]
    last = end.rstrip("*_")[-1:]
    return (last in _COLONS or last.isalpha()) and _INTRODUCES.finds(end)


def _unclaimed(page: Page, step: Callable[[int], int | None], index: int | None) -> int | None:
    """The line or, of a few more in its direction, the first that no rule claims."""
    for _ in range(_INTRODUCED_LINES):
        if index is None or index not in page.claims:
            return index
        index = step(index)
    return index if index is not None and index not in page.claims else None


def _shown(page: Page, finding: Finding, first: int, above: int, below: int | None) -> bool:
    """Whether the text around a few words speaks of what they stand on."""
    if page.wordy(first, _SHOWN_WORDS + 1):
        return False
    below = _unclaimed(page, page.after, below)
    if below is None:
        return False
    if instructs(page, above, below):
        return True
    # Templates set no buttons of a banner under a sentence that names them.
    doubtful = finding.confidence < SURE or finding.category == "consent"
    return doubtful and announces(page, _block(page, -1, above), _block(page, 1, below))


def _block(page: Page, step: int, index: int) -> int:
    """The first line beyond the short lines of a block, which are slogans as well."""
    walk = page.before if step < 0 else page.after
    for _ in range(_INTRODUCED_LINES):
        beyond = walk(index)
        if beyond is None or page.blank(index - step) or page.wordy(index, _SHOWN_WORDS + 1):
            break
        index = beyond
    return index
