"""The lines of a text as bytes in which literals are looked for, and which line each find stands on."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .fold import EDGE, folded, lowered, searched

__all__ = ["SHORT", "Band", "Rows"]

SHORT = 264  # characters of a short line: most rules look at 240, with marks and blanks around them

# What parts the words of a line for a literal, and not for a pattern; and what tells of it in a text.
_HIDING = re.compile(r"\]\(|\*\*|[\u00ad\u200b]|[ \t\u00a0\u2002\u2003\u2009\u202f\u3000]{2}")
# One character is found ten times as fast as two.
_HINTS = (("]", "]("), ("*", "**"), ("\u00ad", "\u00ad"), ("\u200b", "\u200b"))
# First bytes of what may be composed with the letter before it, or is written in another way.
_COMPOSING = (b"\xcc", b"\xcd", b"\xd6", b"\xd9", b"\xe0", b"\xe1", b"\xe3", b"\xef")
_LEADING = re.compile(r"\A[\W_]+")
_BEGINNING = 48  # characters of a line behind the marks before it
# A longer line is a paragraph: its words are not spelled out once more.
_MOST_CHARS = 1600


class Band(NamedTuple):
    """Rows to search, a line end before each; ``lines`` has the line of each row."""

    data: bytes
    lines: Sequence[int]

    def column(self, place: int) -> int:
        """The characters from the beginning of its row to a place in the data."""
        start = self.data.rfind(b"\n", 0, place) + 1
        return len(self.data[start:place].decode("utf-8", "surrogatepass"))


class Rows:
    """A text as rows to search.

    Most rules look at short lines only, and most of an article stands in long ones: the two are apart, each
    to be searched for the literals of its own rules.

    Attributes
    ----------
    short, long
        The short and the long lines as they are, with ASCII in lower case.
    words
        What is hidden from a search of them: the words of lines without the marks, links and blanks between
        them, and the first words of lines that begin with marks.
    hidden
        Lines whose words are hidden, and their words.
    lengths
        Of each line the characters that patterns see of it, with the marks around them.
    wordless
        Lines that do not begin with a letter once the common marks are left out.
    """

    __slots__ = ("_seen", "_texts", "hidden", "lengths", "long", "short", "wordless", "words")

    def __init__(self, shadowed: str, texts: list[str]) -> None:
        self._texts = texts
        self._seen: dict[int, str] = {}
        self.lengths = list(map(len, texts))
        long = [line for line, length in enumerate(self.lengths) if length > SHORT]
        short = texts
        if long:
            short = texts.copy()
            for line in long:
                short[line] = ""
        self.short = Band(_rows(short), range(len(texts)))
        self.long = Band(_rows([texts[line] for line in long]) if long else b"", long)
        self.hidden = self._hidden(shadowed)
        for line, words in self.hidden.items():
            self.lengths[line] = len(words)
        self.wordless: list[int] = []
        self.words = self._words()

    def _hidden(self, shadowed: str) -> dict[int, str]:
        """Lines whose words are not as patterns see them, and those words."""
        found: list[int] = []
        texts, bands = self._texts, (self.short.data, self.long.data)
        marked = any(char in shadowed and hint in shadowed for char, hint in _HINTS)
        if marked or any(b"  " in data for data in bands):
            found = [line for line, text in enumerate(texts) if _HIDING.search(text)]
        if any(byte in data for data in bands for byte in _COMPOSING) and not _composed(shadowed):
            found = sorted({*found, *(at for at, text in enumerate(texts) if not _composed(text))})
        found = [line for line in found if len(texts[line]) <= _MOST_CHARS]
        if not found:
            return {}
        words = folded("\n".join([texts[line] for line in found])).split("\n")
        return dict(zip(found, words, strict=True))

    def _words(self) -> Band:
        """The rows of what is hidden."""
        rows: dict[int, str] = {}
        for line in [at for at, text in enumerate(self._texts) if text and not text[0].isalpha()]:
            words = self.hidden.get(line, self._texts[line]).lstrip(EDGE)
            if words and not words[0].isalpha():
                self.wordless.append(line)
                words = _LEADING.sub("", words)
            if words:
                rows[line] = words[:_BEGINNING]
        for line, words in self.hidden.items():
            # Once with the marks before it, which a pattern sees, and once as a line begins.
            bare = words.lstrip(EDGE)
            rows[line] = f"{bare} {words}" if bare != words else words
        return Band(_rows(rows.values()) if rows else b"", tuple(rows))

    def hold(self, line: int, clauses: tuple[tuple[str, ...], ...]) -> bool:
        """Whether one string of each clause stands in a line."""
        seen = self._seen.get(line)
        if seen is None:
            seen = self._seen[line] = lowered(self.hidden.get(line) or self._texts[line])
        for clause in clauses:
            for string in clause:
                if string in seen:
                    break
            else:
                return False
        return True


def _rows(texts: Iterable[str]) -> bytes:
    return b"\n" + searched("\n".join(texts))


def _composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)
