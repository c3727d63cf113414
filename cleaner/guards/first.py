"""Reasons to keep a span although a rule claims it. Each guard is one small predicate."""

from collections.abc import Callable
from functools import lru_cache

from ..code_lines import is_source
from ..headings import SURE, heading, series, subhead
from ..late import LatePattern
from ..model import GUARDS, Finding
from ..page import Page, Placed
from ..policy import CERTAIN
from .introduced import introduced
from .listing import listed_code, looks_like_code
from .lists import listed
from .speech import reported_speech, said
from .tables import table
from .telling import NARRATED, POLICIES, narrative, policy
from .verse import verse

__all__ = ["first_guard", "splits_markup"]

_Guard = Callable[[Page, Placed], bool]
# The guards of claims on a part of a line, and of those that no text is likely to hold.
_OF_PARTS = ("code", "policy")
_OF_CERTAIN = ("code", "quotation", "introduced")
# Guards that keep nothing of which the rule is sure.
_OF_UNSURE = frozenset({"series", "verse", "dialogue", "heading"})
# Guards that keep claims of these categories only.
_CATEGORIES = {"narrative": NARRATED, "policy": POLICIES, "series": frozenset({"metadata"})}

# A name of data with its value, and what opens a block of code: no label of a page.
_OPEN_CODE = LatePattern(r"""^["'][\w .-]{1,40}["']\s*:\s*\S|[\w)"'] ?[:=]? ?[\[{][\]}]?,?$""")
_OPEN_CHARS = 3
# "#### `tag`": the heading or the item is a piece of code itself.
_IN_BACKTICKS = LatePattern(r"[#*>\s-]{0,12}`[^`\n]+`")
# A name and a comma, indented: one of the names that code lists.
_CODE_ITEM = LatePattern(r"\s{2,}[:\s]{0,4}['\"]?[\w.$-]+['\"]?,")
_DATA_QUOTES = ("'", '"')
# Quotation marks, and what may stand at the end of what each of them opens.
_CLOSING = '"”“»›」』’'
_QUOTES = {
    **dict.fromkeys('"“„«‹「『‘', _CLOSING),
    "”": "”",
    "»": "«",
    "›": "‹",
    "’": "’",
    "‚": "‘’",
    "'": "'",
    "《": "》",
    "〝": "〞〟",
}
_ANSWER = LatePattern(r"[^.]\.[\"”’»*_)]*$|[。।][」』*_]*$")
_ANSWER_ENDS = frozenset('.。"”’»*_)」』')
_ANSWER_WORDS = 4
_DASHES = ("–", "—")
_DASH = LatePattern(r"\s{0,4}[–—]\s{0,2}\S")
_SPOKEN = LatePattern(r"—\s{0,2}[^\W\d_¡¿].*[.!?…]|—\s{0,2}[¡¿].*")
_SENTENCE_ENDS = tuple('.!?:;…。！？"”’»)]')
_WRAPPED_CHARS = 40  # a line of wrapped text is at least so long
_FRAME_WORDS = 4
_BUTTONS = frozenset({"account", "comments", "consent", "social"})


def first_guard(page: Page, finding: Finding) -> str:
    """The name of the first guard that keeps the finding's span, or an empty text."""
    placed = page.placed(finding)
    confidence = finding.confidence
    surety = 2 if confidence >= CERTAIN else 1 if confidence >= SURE else 0
    for name, keeps in _asked(finding.category, finding.ignores, finding.inline, surety):
        if keeps(page, placed):
            return name
    return ""


@lru_cache(512)
def _asked(
    category: str, ignores: tuple[str, ...], inline: bool, surety: int
) -> tuple[tuple[str, "_Guard"], ...]:
    """The guards that may keep such a claim: what can be told from its rule is asked once of each rule."""
    names = _OF_PARTS if inline else _OF_CERTAIN if surety == 2 else GUARDS
    return tuple(
        (name, _CHECKS[name])
        for name in names
        if name not in ignores
        and not (surety and name in _OF_UNSURE)
        and category in _CATEGORIES.get(name, (category,))
    )


def splits_markup(text: str, start: int, end: int) -> bool:
    """Whether the span takes one half of a Markdown link or image and leaves the other."""
    if text[start - 1 : start] == "[" and text[end : end + 2] == "](":
        return True  # the whole text of a link: its target would be left alone
    span = text[start:end]
    if "[" not in span and "]" not in span and "(" not in span and ")" not in span:
        return False
    return span.count("[") != span.count("]") or span.count("(") != span.count(")")


def _code(page: Page, placed: Placed) -> bool:
    finding, first = placed.finding, placed.first
    if first in page.fenced():
        return True
    if finding.category not in ("code", "template", "embed"):
        if page.once("source", _source):
            return True
        return not finding.inline and (_opens_code(page.texts[first]) or _lists_code(page, first))
    return looks_like_code(page.texts[first]) and first in page.once("listed-code", listed_code)


def _source(page: Page) -> frozenset[int]:
    """The first line of a file of code, data or markup; none of any other text."""
    texts = list(filter(None, page.texts))
    return frozenset({0} if is_source(texts) else ())


def _opens_code(text: str) -> bool:
    """Whether the line is of data, a piece of code, or opens a block of code: hardly a line is like that."""
    if text[-1:] == "`":
        return _IN_BACKTICKS.fullmatch(text) is not None
    end = text[-_OPEN_CHARS:]
    if "{" not in end and "[" not in end and text[:1] not in _DATA_QUOTES:
        return False
    return _OPEN_CODE.search(text) is not None


def _lists_code(page: Page, index: int) -> bool:
    text = page.texts[index]
    return text.endswith(",") and _CODE_ITEM.fullmatch(page.lines.texts[index].rstrip()) is not None


def _quotation(page: Page, placed: Placed) -> bool:
    finding, first = placed.finding, placed.first
    text = page.texts[first].strip("*_")
    closing = _QUOTES.get(text[:1])
    if closing is None:
        return text.startswith(">") and finding.confidence < CERTAIN
    # The quotation ends with the line, or the speaker is named after it.
    ends = text[1:].rstrip(".,!? ")[-1:]
    return (ends != "" and ends in closing) or (closing is _CLOSING and said(text))


def _mid_sentence(page: Page, placed: Placed) -> bool:
    first, last = placed.first, placed.last
    above = page.lines.texts[first - 1].rstrip() if first else ""
    below = page.texts[last + 1] if last + 1 < len(page) else ""
    own = page.texts[first]
    runs_in = (
        len(above) >= _WRAPPED_CHARS and own[:1].islower() and not above.endswith(_SENTENCE_ENDS)
    )
    runs_on = below[:1].islower() and not page.texts[last].endswith(_SENTENCE_ENDS)
    if runs_on and last + 1 in page.claims:
        runs_on = False
    if runs_in and first - 1 in page.claims:
        runs_in = False
    return runs_in or (runs_on and len(below) >= _WRAPPED_CHARS) or _framed(page, placed)


def _framed(page: Page, placed: Placed) -> bool:
    """Whether a few words are the subject of the sentence below, or stand in the middle of one."""
    finding, first, last, above, below = placed
    if below is None or first != last or not page.texts[below][:1].islower():
        return False
    if above in page.claims or below in page.claims or page.ends_sentence(first):
        return False
    if not page.ends_sentence(below):
        return False
    if above is None:
        return True  # the title
    # Paragraphs are broken by advertisements and teasers: these stand in the middle of any sentence.
    whole = page.ends_sentence(above) or finding.category in _BUTTONS
    return whole and page.wordy(above, _FRAME_WORDS)


def _dialogue(page: Page, placed: Placed) -> bool:
    text = page.texts[placed.first]
    if text[:1] not in _DASHES or not _DASH.match(text) or text.endswith(("–", "—", "-")):
        return False
    if _SPOKEN.fullmatch(text):
        return True
    return any(
        _DASH.match(page.texts[at]) is not None and at not in page.claims
        for at in (placed.above, placed.below)
        if at is not None
    )


def _answer(page: Page, placed: Placed) -> bool:
    """A few words and a full stop, as people answer; labels have no full stop."""
    first = placed.first
    text = page.texts[first]
    if text[-1:] not in _ANSWER_ENDS or first != placed.last:
        return False
    if page.wordy(first, _ANSWER_WORDS + 1) or _ANSWER.search(text) is None:
        return False
    # "No." is an answer even with cruft beside it.
    return page.words(first) == 1 or not any(
        at is not None and page.sure(at) for at in (placed.above, placed.below)
    )


_CHECKS: dict[str, _Guard] = {
    "code": _code,
    "quotation": _quotation,
    "reported-speech": reported_speech,
    "introduced": introduced,
    "narrative": narrative,
    "policy": policy,
    "series": series,
    "subhead": subhead,
    "mid-sentence": _mid_sentence,
    "answer": _answer,
    "list": listed,
    "table": table,
    "verse": verse,
    "dialogue": _dialogue,
    "heading": heading,
}
