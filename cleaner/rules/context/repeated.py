"""The second and third copy of a headline or of a paragraph, as templates print them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from operator import eq

from ...headings import bulleted
from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "template.repeated"
_CONFIDENCE = 0.85
# What these guards see in the copy stays in the text: the first one has it, too.
_IGNORES = ("heading", "narrative", "reported-speech", "subhead")
_BODY_LINES = 3
_HEAD_LINES = 8
_HEADLINES = 2  # one of the first so many lines is the headline
_MARKS = "*_# "
_BEGINNING = 16
_TITLE_WORDS = (4, 24)
_TITLE_CHARS = 8  # so long is a title of so many words, in any script
_PARAGRAPH_WORDS = 20
_MOST_COPIES = 3  # what comes more often is a refrain, or a table
# Somebody's words may be repeated on purpose.
_SPOKEN = LatePattern(r"^\W{0,3}[\"“„«»‹「『‘–—]|[\"”»]\W{0,2}$|[♪♫]")


def find(page: Page) -> list[Finding]:
    """Claim later copies of the headline, and of a paragraph that the page shows twice."""
    if not page.claims:
        return []
    lines = page.text_lines()
    # Most texts have no such line twice, and to look for paragraphs takes time.
    twice = _twice(page, lines[:_HEADLINES]) if _may_repeat(page) else set()
    if not twice:
        return []
    prose = list(islice(filter(page.prose, lines), _BODY_LINES))
    if len(prose) < _BODY_LINES:
        return []
    last = next(filter(page.prose, reversed(lines)))
    head = [i for i in lines[:_HEAD_LINES] if i < prose[0]]
    places: dict[str, list[int]] = {}
    for index in (i for i in lines if len(page.texts[i]) >= _TITLE_CHARS):
        text = page.texts[index].strip(_MARKS)
        if text in twice and (index in head or index > last or page.prose(index)):
            places.setdefault(text, []).append(index)
    found: list[Finding] = []
    for first, *copies in places.values():
        if not copies or len(copies) >= _MOST_COPIES or _SPOKEN.search(page.text(first)):
            continue
        if page.prose(first):
            copies = [i for i in copies if _copied(page, first, i)]
            why = f"the same paragraph as line {first + 1}"
        else:
            copies = [i for i in copies if _titled(page, first, i, head)]
            why = f"the headline again, as line {first + 1}"
        found += page.claim_rest(copies, ID, "template", _CONFIDENCE, why, _IGNORES)
    return found


def _may_repeat(page: Page) -> bool:
    """Whether a headline stands again, or a line does with nothing but claimed lines between its copies."""
    texts = page.texts
    if any(map(page.has, _MARKS.strip())):
        texts = [text.strip(_MARKS) for text in texts]
    own = [texts[index] for index in page.text_lines()]
    if any(map(eq, own, own[1:])) or any(own.count(text) > 1 for text in own[:_HEADLINES]):
        return True
    around = {
        at for i in page.claims for at in (page.before(i), i, page.after(i)) if at is not None
    }
    beside = [texts[index] for index in around if len(texts[index]) >= _PARAGRAPH_WORDS]
    return len(set(beside)) < len(beside)


def _twice(page: Page, headlines: Sequence[int]) -> set[str]:
    """Lines that stand twice: of a paragraph's length, or the first lines of the text."""
    found: set[str] = set()
    heads = [page.texts[index].strip(_MARKS) for index in headlines]
    for index, text in zip(headlines, heads, strict=True):
        if len(text) < _PARAGRAPH_WORDS and len(page.texts[index]) >= _TITLE_CHARS:
            found.update([text] if page.has(text, 2) else ())
    # To compare how lines begin takes a third of the time of comparing them.
    begun = [t.lstrip(_MARKS)[:_BEGINNING] for t in page.texts if len(t) >= _PARAGRAPH_WORDS]
    if len(set(begun)) < len(begun):
        counts = Counter(begun)
        long = [text.strip(_MARKS) for text in page.texts if len(text) >= _PARAGRAPH_WORDS]
        again = Counter([text for text in long if counts[text[:_BEGINNING]] > 1])
        found.update(t for t, n in again.items() if n > 1 and (t in heads or _long(t)))
    return found


def _long(text: str) -> bool:
    """Whether the text may have the words of a paragraph, each with a blank unless the script has none."""
    return len(text) >= 2 * _PARAGRAPH_WORDS - 1 or not text.isascii()


def _copied(page: Page, first: int, copy: int) -> bool:
    """A paragraph stands twice where nothing but claimed lines is between its copies."""
    if page.words(first) < _PARAGRAPH_WORDS or bulleted(page, first) or bulleted(page, copy):
        return False
    lines = page.text_lines()
    begin, end = bisect_right(lines, first), bisect_left(lines, copy)
    return end - begin < _HEAD_LINES and all(i in page.claims for i in lines[begin:end])


def _titled(page: Page, first: int, copy: int, head: list[int]) -> bool:
    """The copy of a headline stands in the head of the page, or below its last paragraph."""
    low, high = _TITLE_WORDS
    return (
        bool(head)
        and first in head[:_HEADLINES]
        and low <= page.words(first) <= high
        and not page.ends_sentence(first)
        and not bulleted(page, copy)
    )


RULE = ContextRule(
    ID,
    "template",
    "The second copy of a headline or of a paragraph, as the templates of some pages print them.",
    find,
    (
        """\
 Harbour bridge to close for a year
-Share this article
-Harbour bridge to close for a year

 The council of Upper Tarn met on Monday evening in the long hall and agreed to close the bridge for a year.
-The council of Upper Tarn met on Monday evening in the long hall and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
""",
        """\
 Song of the harbour bridge
-Share this article

 And the river went down to the sea in the dark, and the ferryman sang as he pulled at the chain.
 The council of Upper Tarn met on Monday evening in the long hall and agreed to close the bridge for a year.
 And the river went down to the sea in the dark, and the ferryman sang as he pulled at the chain.
 Work is to begin in the first week of March, the mayor said after the vote.
""",
    ),
)
