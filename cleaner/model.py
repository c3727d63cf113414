"""The words of the project as types. Offsets count code points of the scrape, ends exclusive."""

from typing import NamedTuple

__all__ = ["CATEGORIES", "GUARDS", "Cut", "Decision", "Document", "Field", "Finding", "Kept"]

CATEGORIES = (
    "advertisement",
    "newsletter",
    "social",
    "related",
    "consent",
    "navigation",
    "comments",
    "account",
    "legal",
    "player",
    "app",
    "donation",
    "embed",
    "disclosure",
    "pagination",
    "metadata",
    "caption",
    "code",
    "template",
    "structure",
    "whitespace",
)


# Reasons to keep a span although a rule claims it, which a rule may declare itself exempt from.
GUARDS = (
    "code",
    "quotation",
    "reported-speech",
    "introduced",
    "narrative",
    "policy",
    "series",
    "subhead",
    "mid-sentence",
    "answer",
    "list",
    "table",
    "verse",
    "dialogue",
    "heading",
)


class Document(NamedTuple):
    """One scrape, decoded so that encoding it again gives the same bytes.

    Attributes
    ----------
    text
        The scrape without its byte order mark.
    source
        A file name, URL or other label; only ever reported.
    encoding, errors
        Codec and error handler, as Python names them.
    bom, tail
        Bytes before and after the text that are no text: a byte order mark, half a code unit.
    """

    text: str
    source: str = ""
    encoding: str = "utf-8"
    errors: str = "strict"
    bom: bytes = b""
    tail: bytes = b""


class Finding(NamedTuple):
    """A rule's claim that a span is cruft. It never edits.

    Attributes
    ----------
    start, end
        Offsets in the text that was matched.
    rule, category
        The rule's id and its category.
    confidence
        How sure the rule is, 0 to 1; what a profile cuts is decided by it.
    why
        The reason, for a person.
    opens
        The kind of section that this span starts, for context rules; empty for most.
    ignores
        Guards that do not apply to this claim; ``budget`` for the risk budget.
    inline
        Whether the span is a part of a line rather than whole lines.
    context
        Whether a context rule made the claim, or made it sure, by what stands around the span.
    """

    start: int
    end: int
    rule: str
    category: str
    confidence: float
    why: str
    opens: str = ""
    ignores: tuple[str, ...] = ()
    inline: bool = False
    context: bool = False


class Decision(NamedTuple):
    """A finding with its verdict: cut, or kept because of the guard."""

    finding: Finding
    cut: bool
    guard: str = ""


class Cut(NamedTuple):
    """A span that was cut out of the scrape; ``line`` counts from 1."""

    start: int
    end: int
    line: int
    text: str
    rule: str
    category: str
    confidence: float
    why: str


class Kept(NamedTuple):
    """A span that a rule claimed and that was kept; ``guard`` names the reason."""

    start: int
    end: int
    line: int
    text: str
    rule: str
    category: str
    confidence: float
    why: str
    guard: str


class Field(NamedTuple):
    """Something that a scrape says of its article, see `cleaner.salvage`.

    Attributes
    ----------
    start, end
        Offsets in the scrape.
    name
        ``byline``, ``agency``, ``dateline``, ``published``, ``updated``, ``caption``, ``credit``,
        ``copyright``, ``tags``, or ``truncated``: the prompt of the paywall that ends the text.
    text
        The words as the scrape has them; dates are not read.
    rule
        The rule whose claim was read; empty where none was needed.
    cut
        Whether the words went.
    """

    start: int
    end: int
    name: str
    text: str
    rule: str
    cut: bool
