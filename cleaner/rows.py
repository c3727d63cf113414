"""The lines of a text as bytes in which literals are looked for, and which line each find stands on."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .fold import EDGE, folded, lowered, searched
from .late import LatePattern
from .rules.nets import BEGINNING

__all__ = ["Band", "Rows"]

# What parts the words of a line for a literal, and not for a pattern; and a character that tells of it:
# one is found ten times as fast as two.
_HIDING = (("]", "]("), ("*", "**"), ("\u00ad", "\u00ad"), ("\u200b", "\u200b"))
# First bytes of what may be composed with the letter before it, or is written in another way.
_COMPOSING = (b"\xcc", b"\xcd", b"\xd6", b"\xd9", b"\xe0", b"\xe1", b"\xe3", b"\xef")
_LEADING = LatePattern(r"\A[\W_]+")
# A longer line is a paragraph: its words are not spelled out once more.
_MOST_CHARS = 1600


class Band(NamedTuple):
    """Rows to search, a line end before each; ``lines`` has the line of each."""

    data: bytes
    lines: Sequence[int]

    def column(self, place: int, known: tuple[int, int] = (0, 0)) -> int:
        """The characters from the beginning of its row to a place in the data.

        They are counted from a place whose column is ``known``, if it is of the same row: one line may be the
        whole text, and counting from its beginning each time takes time that grows with the square.
        """
        last, column = known
        between = self.data[min(last, place) : max(last, place)]
        if b"\n" in between:
            start = self.data.rfind(b"\n", 0, place) + 1
            return len(self.data[start:place].decode("utf-8", "surrogatepass"))
        count = len(between.decode("utf-8", "surrogatepass"))
        return column + count if place >= last else column - count


class Rows:
    """A text as rows to search.

    Attributes
    ----------
    all
        All lines as they are, with ASCII in lower case and blanks of one kind.
    words
        What is hidden from a search of them: the words of lines without the marks, links and blanks between
        them.
    starts
        The beginnings of all lines, the marks before them left out.
    hidden
        Lines whose words are hidden, and their words.
    lengths
        The characters that patterns see of each line, with the marks around them.
    wordless
        Lines that do not begin with a letter once the common marks are left out.
    """

    __slots__ = (
        "_lows",
        "_rows",
        "_seen",
        "_texts",
        "all",
        "hidden",
        "lengths",
        "starts",
        "wordless",
        "words",
    )

    def __init__(self, shadowed: str, texts: list[str]) -> None:
        self._texts = texts
        data = searched(shadowed)
        self._rows = data.split(b"\n")
        # Of the few lines that are asked for.
        self._lows: dict[int, str] = {}
        self._seen: dict[int, str] = {}
        self.all = Band(b"\n" + data, range(len(texts)))
        self.hidden = self._hidden(shadowed)
        self.lengths = list(map(len, texts))
        for line, words in self.hidden.items():
            self.lengths[line] = len(words) or self.lengths[line]
        self.wordless: list[int] = []
        self.starts = self._starts()
        self.words = _band(self.hidden)

    def _hidden(self, shadowed: str) -> dict[int, str]:
        """Lines whose words are not as patterns see them, and those words."""
        texts, found = self._texts, set[int]()
        for char, hiding in _HIDING:
            if char in shadowed and hiding in shadowed:
                found.update(line for line, text in enumerate(texts) if hiding in text)
        if b"  " in self.all.data:
            found.update(line for line, row in enumerate(self._rows) if b"  " in row)
        if _may_compose(shadowed, self.all.data) and not _composed(shadowed):
            found.update(line for line, text in enumerate(texts) if not _composed(text))
        lines = [line for line in sorted(found) if len(texts[line]) <= _MOST_CHARS]
        if not lines:
            return {}
        words = folded("\n".join([texts[line] for line in lines])).split("\n")
        return dict(zip(lines, words, strict=True))

    def _starts(self) -> Band:
        starts = [row[:BEGINNING] for row in self._rows]
        texts = self._texts
        for line in [at for at, text in enumerate(texts) if text and not text[0].isalpha()]:
            if line not in self.hidden:
                starts[line] = self._start(line, texts[line])
        for line, words in self.hidden.items():
            starts[line] = self._start(line, words)
        return Band(b"\n" + b"\n".join(starts), self.all.lines)

    def _start(self, line: int, text: str) -> bytes:
        """The beginning of a line that begins with a mark, or whose words are hidden."""
        text = text.lstrip(EDGE)
        if text and not text[0].isalpha():
            self.wordless.append(line)
            text = _LEADING.sub("", text)
        return searched(text[:BEGINNING])

    def _low(self, line: int) -> str:
        low = self._lows.get(line)
        if low is None:
            low = self._lows[line] = self._rows[line].decode("utf-8", "surrogatepass")
        return low

    def hold(self, line: int, clauses: Sequence[Sequence[str]], plain: bool) -> bool:
        """Whether one string of each clause stands in a line.

        Strings are plain that are spelled in one way only, case of ASCII aside: for them nothing has to be
        spelled anew, which takes ten times as long as the look itself.
        """
        if plain:
            seen = self.hidden.get(line) or self._low(line)
        else:
            known = self._seen.get(line)
            if known is None:
                known = self._seen[line] = lowered(self.hidden.get(line) or self._texts[line])
            seen = known
        for clause in clauses:
            for string in clause:
                if string in seen:
                    break
            else:
                return False
        return True


def _band(rows: Mapping[int, str]) -> Band:
    return Band(b"\n" + searched("\n".join(rows.values())) if rows else b"", tuple(rows))


def _may_compose(text: str, data: bytes) -> bool:
    """Whether a letter may be written in more than one way: a look that mostly answers for the whole text."""
    return not text.isascii() and any(byte in data for byte in _COMPOSING)


def _composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)
