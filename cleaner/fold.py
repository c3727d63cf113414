"""What rules see of a line: its words, without marks, case and typography.

``folded`` works on a whole text at once and keeps its line ends, because work per line is what costs on
page dumps; ``key`` and ``view`` are for single lines that something already pointed at.
"""

import unicodedata

from .late import LatePattern

__all__ = [
    "EDGE",
    "MARKS",
    "folded",
    "is_plain",
    "key",
    "lowered",
    "numbered",
    "plain",
    "respelled",
    "searched",
    "spelled",
    "view",
]

# Marks that may stand around a phrase without changing what it is. Currency signs, per cent and @ are
# not among them ("$5" is no bare number), nor is the question mark: "Comments?" is somebody's question.
EDGE = (
    " \t\r\n\v\f\x00!\"#&'()*+,-./:;<=>[\\]^_`{|}~"
    "\u00a0\u00ab\u00b7\u00bb\u00bf\u00a1\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2039\u203a"
    "\u2060\u2190\u2191\u2192\u2193\u2212\u2219\u25a0\u25aa\u25b2\u25b6\u25b8\u25ba\u25bc\u25cf\u25e6"
    "\u2715\u2716\u27a1\u27a4\u3000\u3001\u3002\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\ufe0f"
    "\ufeff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1e\uff5c\u00d7\u2028\u2029"
)
# Marks that Markdown and decoration put around a line; sentence punctuation and quotes stay.
MARKS = (
    " \t\r\v\f\x00#*_>|~=-\u2010\u2011\u2012\u2013\u2014\u2015"
    "\u2022\u00b7\u25a0\u25aa\u25cf\u25e6\u00a0\ufeff\u200b"
)

_PLAIN = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u201e", '"'),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2011", "-"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2002", " "),
    ("\u2003", " "),
    ("\u2009", " "),
    ("\u3000", " "),
)
_SPELLINGS = {
    mark: (mark, *(old for old, new in _PLAIN if new == mark)) for mark in ("'", '"', "-")
}
_MARKED = LatePattern(r"(['\"-])")
_TABS = str.maketrans("\t\v\f", "   ")
_ASCII_BLANKS = "\t\v\f"
_BLANK_CHARS = "\t\v\f\u00a0\u202f\u2002\u2003\u2009\u3000"
# [text](target "title"), ![alt](target); the target may hold one pair of brackets.
# It holds no "[", so that a run of broken links is read once and not once for each of them.
_LINK = LatePattern(r"!?\[([^\[\]\n]{0,400})\]\((?:[^()\[\n]|\([^()\[\n]{0,200}\)){0,2000}+\)")
_NUMBER = LatePattern(r"\d[\d.,\u066b\u066c]*")  # in the digits of any script


def spelled(text: str) -> str:
    """The text with ASCII quotes, dashes and blanks for typographic ones, each in its place."""
    if text.isascii():
        return text
    for old, new in _PLAIN:
        text = text.replace(old, new)
    return text


def lowered(text: str) -> str:
    """The text spelled plainly and in lower case, as literals are: offsets may change.

    A capital sigma at the end of a word is another letter in lower case than inside one; here it is not.
    """
    text = spelled(text).lower()
    if not text.isascii():
        text = text.replace("\u03c2", "\u03c3")
    return text.translate(_TABS) if any(map(text.__contains__, "\t\v\f")) else text


def is_plain(text: str) -> bool:
    """Whether the text is spelled in one way only, its case aside."""
    return text.isascii() and not _MARKED.search(text)


def searched(text: str) -> bytes:
    """The bytes of a text with blanks of one kind and ASCII in lower case, each character in its place."""
    for blank in _ASCII_BLANKS if text.isascii() else _BLANK_CHARS:
        if blank in text:
            text = text.replace(blank, " ")
    return text.encode("utf-8", "surrogatepass").lower()


def respelled(text: str) -> list[str]:
    """All texts that are spelled plainly as this one is, blanks aside."""
    found = [""]
    for part in _MARKED.split(text):
        found = [begun + same for begun in found for same in _SPELLINGS.get(part, (part,))]
    return found


def plain(text: str) -> str:
    """The text with ASCII quotes, dashes and blanks for typographic ones, composed (NFC)."""
    if text.isascii():
        return text
    text = spelled(text).replace("\u00ad", "").replace("\u200b", "")
    return unicodedata.normalize("NFC", text)


def _unlinked(text: str) -> str:
    # Twice: an image may be the text of a link.
    if "](" in text:
        text = _LINK.sub(r"\1", text)
        if "](" in text:
            text = _LINK.sub(r"\1", text)
    return text


def folded(text: str) -> str:
    """The text in lower case, links as their words, with plain typography and single blanks.

    Line ends stay where they are, other offsets do not.
    """
    text = plain(_unlinked(text)).lower()
    if "**" in text:
        text = text.replace("**", "")
    return _single_blanks(text)


def numbered(text: str) -> str:
    """The text with ``0`` for every number."""
    return _NUMBER.sub("0", text)


def key(line: str) -> str:
    """The words of one line, for the table of whole-line phrases."""
    return numbered(folded(line)).strip(EDGE)


def view(line: str) -> str:
    """One line as the patterns of line rules see it: its words with their punctuation and case."""
    text = plain(_unlinked(line)).strip(MARKS)
    if "**" in text:
        text = text.replace("**", "")
    return _single_blanks(text)


def _single_blanks(text: str) -> str:
    text = text.replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text
