"""Reasons to keep a span although a rule claims it. Each guard is one small predicate."""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from .headings import SURE, heading, series, subhead
from .late import LatePattern
from .listing import listed_code
from .lists import counted, listed
from .model import GUARDS, Finding
from .page import Page
from .pointing import announces, instructs, refers
from .policy import CERTAIN
from .telling import discussed, narrative, policy

__all__ = ["first_guard", "splits_markup"]

_Guard = Callable[[Page, Finding], bool]

# A name of data with its value, and what opens a block of code: no label of a page.
_OPEN_CODE = LatePattern(r"""^["'][\w .-]{1,40}["']\s*:\s*\S|[\w)"'] ?[:=]? ?[\[{][\]}]?,?$""")
_OPENING = '"“„«‹「『‘'
_CLOSING = '"”“»›」』’'
_SAID = LatePattern(
    r"[\"”’»,]\s*(?:(?:he|she|they|i|we|it|[\w.]+)\s+){1,3}"
    r"(?:said|says|say|told|tells|asked|asks|added|adds|wrote|replied|explained|recalled|insisted|"
    r"shouted|whispered|answered|warned|urged|advised|joked|admitted)\b"
    r"|\b(?:said|says|told|asked|added|wrote|replied)\s+(?:the|a|an|his|her|their|[A-Z]\w+)\b",
)
# What ends a line that the next one completes: a colon, or a verb that wants its object.
_INTRODUCES = LatePattern(
    r"(?:[:：]|\b(?:says?|said|reads?|under|called|labelled|labeled|marked|titled|named|as|like|words|"
    r"click|press|choose|select|tap|tick|untick|type|enter))[*_]*\s*$",
    re.IGNORECASE,
)
_INTRODUCTION_WORDS = 4
_INTRODUCTION_CHARS = 40  # of the end of a line: its last word, and marks behind it
_INTRODUCED_LINES = 4
# Categories whose lines no button or poster bears.
_NOT_SHOWN = frozenset({"advertisement", "caption", "code", "disclosure", "embed", "metadata"})
_SHOWN_WORDS = 8
_ANSWER = LatePattern(r"[^.]\.[\"”’»*_)]*$|[。।][」』*_]*$")
_ANSWER_WORDS = 4
_NUMERIC = LatePattern(r"[\d\s.,:%+()/–-]*\d[\d\s.,:%+()/–-]*")
# "Source: Statistical Office" under a table says where its figures are from.
_SOURCE = LatePattern(
    r"(?:source|data|quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|sursa|forrás|kaynak|источник"
    r"|джерело|πηγή)s?n?\s?[:：]",
    re.IGNORECASE,
)
_COUNTED = LatePattern(r"\d[\d.,]* ([a-z]{2,})")
_FIGURE = LatePattern(r"^[^.!?]{1,60}[\s:]\d[\d.,]*\s?[%€$£]?$")
_DASH = LatePattern(r"\s{0,4}[–—]\s{0,2}\S")
_SENTENCE_ENDS = tuple('.!?:;…。！？"”’»)]')
_WRAPPED_CHARS = 40  # a line of wrapped text is at least so long
_FRAME_WORDS = 4
_BUTTONS = frozenset({"account", "comments", "consent", "social"})
_STANZA_LINES = 4
_STANZA_CHARS = (8, 64)
_STANZA_REACH = 12  # lines above and below that are looked at


def first_guard(page: Page, finding: Finding) -> str:
    """The name of the first guard that keeps the finding's span, or an empty text."""
    certain = finding.confidence >= CERTAIN and not finding.inline
    for name, keeps in _asked(finding.ignores, certain):
        if keeps(page, finding):
            return name
    return ""


@lru_cache
def _asked(ignores: tuple[str, ...], certain: bool) -> tuple[tuple[str, "_Guard"], ...]:
    """The guards of a claim that ignores some of them."""
    names = ("code", "quotation", "introduced") if certain else GUARDS
    return tuple((name, _CHECKS[name]) for name in names if name not in ignores)


def splits_markup(text: str, start: int, end: int) -> bool:
    """Whether the span takes one half of a Markdown link or image and leaves the other."""
    if text[start - 1 : start] == "[" and text[end : end + 2] == "](":
        return True  # the whole text of a link: its target would be left alone
    span = text[start:end]
    if "[" not in span and "]" not in span and "(" not in span and ")" not in span:
        return False
    return span.count("[") != span.count("]") or span.count("(") != span.count(")")


def _code(page: Page, finding: Finding) -> bool:
    index = page.lines.at(finding.start)
    if index in page.fenced():
        return True
    if finding.category not in ("code", "template", "embed"):
        return not finding.inline and _OPEN_CODE.search(page.texts[index]) is not None
    return index in page.once("listed-code", listed_code)


def _quotation(page: Page, finding: Finding) -> bool:
    if finding.inline:
        return False
    text = page.text(page.lines.at(finding.start)).strip("*_")
    if not text or text[0] not in _OPENING:
        return text.startswith(">") and finding.confidence < CERTAIN
    # The quotation ends with the line, or the speaker is named after it.
    return text.rstrip(".,!? ")[-1:] in _CLOSING or _SAID.search(text) is not None


def _reported_speech(page: Page, finding: Finding) -> bool:
    if finding.inline:
        return False
    index = page.lines.at(finding.start)
    return page.words(index) >= 4 and _SAID.search(page.text(index)) is not None


def _mid_sentence(page: Page, finding: Finding) -> bool:
    if finding.inline:
        return False
    first, last = page.span(finding)
    above = page.lines.texts[first - 1].rstrip() if first else ""
    below = page.lines.texts[last + 1].strip() if last + 1 < len(page) else ""
    own = page.text(first)
    runs_in = (
        len(above) >= _WRAPPED_CHARS and own[:1].islower() and not above.endswith(_SENTENCE_ENDS)
    )
    runs_on = below[:1].islower() and not page.text(last).endswith(_SENTENCE_ENDS)
    if runs_on and last + 1 in page.claims:
        runs_on = False
    if runs_in and first - 1 in page.claims:
        runs_in = False
    return (
        runs_in or (runs_on and len(below) >= _WRAPPED_CHARS) or _framed(page, finding, first, last)
    )


def _framed(page: Page, finding: Finding, first: int, last: int) -> bool:
    """Whether a few words are the subject of the sentence below, or stand in the middle of one."""
    above, below = page.before(first), page.after(last)
    if below is None or above in page.claims or below in page.claims:
        return False
    if first != last or page.ends_sentence(first) or not page.text(below)[:1].islower():
        return False
    if not page.ends_sentence(below):
        return False
    if above is None:
        return True  # the title
    # Paragraphs are broken by advertisements and teasers: these stand in the middle of any sentence.
    whole = page.ends_sentence(above) or finding.category in _BUTTONS
    return whole and page.words(above) >= _FRAME_WORDS


def _table(page: Page, finding: Finding) -> bool:
    if finding.inline:
        return False
    index = page.lines.at(finding.start)
    text = page.text(index)
    if text.count("|") >= 2 and finding.confidence < SURE:
        return any(
            page.text(at).count("|") >= 2 and at not in page.claims
            for at in (index - 1, index + 1)
            if 0 <= at < len(page)
        )
    if finding.category == "caption" and _SOURCE.match(text):
        above = page.before(index)
        return above is not None and _row(page.text(above))
    counted = _COUNTED.fullmatch(text)
    if counted is not None:
        return any(
            (other := _COUNTED.fullmatch(page.text(at))) is not None
            and other[1] == counted[1]
            and other[0] != counted[0]
            for at in (page.before(index), page.after(index))
            if at is not None
        )
    if not _NUMERIC.fullmatch(text):
        return False
    return any(
        _NUMERIC.fullmatch(page.text(at)) is not None and not page.sure(at)
        for at in (page.before(index), page.after(index))
        if at is not None
    )


def _row(text: str) -> bool:
    """Whether the line is a row of a table: cells with bars, or a name with its figure."""
    return text.count("|") >= 1 or "\t" in text or _FIGURE.search(text) is not None


def _verse(page: Page, finding: Finding) -> bool:
    """A line inside a stanza: short lines in a row, none of them a sentence, few of them claimed."""
    if finding.inline or finding.confidence >= SURE:
        return False
    index = page.lines.at(finding.start)
    if not _verse_line(page, index - 1) or not _verse_line(page, index + 1):
        return False  # it is at the edge of a stanza, if there is one
    first, last = index, index
    while index - first < _STANZA_REACH and _verse_line(page, first - 1):
        first -= 1
    while last - index < _STANZA_REACH and _verse_line(page, last + 1):
        last += 1
    stanza = range(first, last + 1)
    claimed = sum(at in page.claims for at in stanza)
    return len(stanza) >= _STANZA_LINES and claimed * 4 <= len(stanza) and _sung(page, stanza)


def _verse_line(page: Page, index: int) -> bool:
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


def _dialogue(page: Page, finding: Finding) -> bool:
    if finding.inline or finding.confidence >= SURE:
        return False
    index = page.lines.at(finding.start)
    text = page.text(index)
    if not _DASH.match(text) or text.endswith(("–", "—", "-")):
        return False
    return any(
        _DASH.match(page.text(at)) is not None and at not in page.claims
        for at in (page.before(index), page.after(index))
        if at is not None
    )


def _introduced(page: Page, finding: Finding) -> bool:
    """A line that the text above announces, "The button says:", or the text below looks back at."""
    if finding.inline:
        return False
    if finding.category == "consent" and discussed(page, finding):
        return True
    first, last = page.span(finding)
    above, below = page.before(first), page.after(last)
    if finding.confidence < CERTAIN and below is not None and refers(page, below):
        return True
    if first == last and finding.category not in _NOT_SHOWN and counted(page, first):
        return True
    above, below = _unclaimed(page, page.before, above), _unclaimed(page, page.after, below)
    if above is None:
        return False
    if below is not None and first == last and _shown(page, finding, above, below):
        return True
    return (
        page.words(above) >= _INTRODUCTION_WORDS
        and _INTRODUCES.search(page.text(above)[-_INTRODUCTION_CHARS:]) is not None
    )


def _unclaimed(page: Page, step: Callable[[int], int | None], index: int | None) -> int | None:
    """The line or, of a few more in its direction, the first that no rule claims."""
    for _ in range(_INTRODUCED_LINES):
        if index is None or index not in page.claims:
            return index
        index = step(index)
    return index if index is not None and index not in page.claims else None


def _shown(page: Page, finding: Finding, above: int, below: int) -> bool:
    """Whether the text around a few words speaks of what they stand on."""
    if finding.category in _NOT_SHOWN or page.words(page.lines.at(finding.start)) > _SHOWN_WORDS:
        return False
    if instructs(page, above, below):
        return True
    return finding.confidence < SURE and announces(
        page, _block(page, -1, above), _block(page, 1, below)
    )


def _block(page: Page, step: int, index: int) -> int:
    """The first line beyond the short lines of a block, which are slogans as well."""
    walk = page.before if step < 0 else page.after
    for _ in range(_INTRODUCED_LINES):
        beyond = walk(index)
        if beyond is None or page.words(index) > _SHOWN_WORDS or page.blank(index - step):
            break
        index = beyond
    return index


def _answer(page: Page, finding: Finding) -> bool:
    """A few words and a full stop, as people answer; labels have no full stop."""
    if finding.inline:
        return False
    first, last = page.span(finding)
    beside = (page.before(first), page.after(last))
    return (
        first == last
        and page.words(first) <= _ANSWER_WORDS
        # "No." is an answer even with cruft beside it.
        and (page.words(first) == 1 or not any(at is not None and page.sure(at) for at in beside))
        and _ANSWER.search(page.text(first)) is not None
    )


_CHECKS: dict[str, _Guard] = {
    "code": _code,
    "quotation": _quotation,
    "reported-speech": _reported_speech,
    "introduced": _introduced,
    "narrative": narrative,
    "policy": policy,
    "series": series,
    "subhead": subhead,
    "mid-sentence": _mid_sentence,
    "answer": _answer,
    "list": listed,
    "table": _table,
    "verse": _verse,
    "dialogue": _dialogue,
    "heading": heading,
}
