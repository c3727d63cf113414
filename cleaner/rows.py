"""The bytes in which literals are looked for, and which line each of them stands on.

First the whole text, spelled plainly and in lower case; behind it, once more, those lines whose words are
hidden from the automaton by marks, links or blanks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from .fold import MARKS, folded, searched, spelled

__all__ = ["Rows"]

# What parts the words of a line for the automaton, and not for a pattern; and bytes that tell of it.
_HIDING = re.compile(r"\]\(|\*\*|[\u00ad\u200b]|[ \t\u00a0\u2002\u2003\u2009\u202f\u3000]{2}")
_HINTS = (
    (b"]", b"]("),
    (b"*", b"**"),
    (b"\xad", "\u00ad".encode()),
    (b"\x8b", "\u200b".encode()),
)
# First bytes of what may be composed with the letter before it, or is written in another way.
_COMPOSING = (b"\xcc", b"\xcd", b"\xd6", b"\xd9", b"\xe0", b"\xe1", b"\xe3", b"\xef")
_LEADING = re.compile(r"\A[\W_]+")
# A line that begins with marks, and its words behind them: as many bytes as heads are looked for in.
# Of the marks beyond ASCII nearly all begin with these bytes (signs, punctuation, symbols, emoji).
_MARKED = re.compile(
    rb"\n(?:[^\na-z0-9\x80-\xff]|\xc2[\x80-\xbf]|(?:\xe2.|\xe3\x80|\xef[\xbb-\xbf]|\xf0..)[\x80-\xbf])+"
    rb"([^\n]{1,48})"
)
# A longer line is a paragraph: its words are not spelled out once more.
_MOST_CHARS = 1600


class Rows:
    """A text as bytes to search, a line end before each row.

    Attributes
    ----------
    data
        The rows of the text, then the extra rows.
    hidden
        Lines whose words are hidden, and their words.
    """

    __slots__ = ("_marked", "_plain", "_texts", "data", "hidden")

    def __init__(self, shadowed: str, texts: list[str]) -> None:
        plainly = spelled(shadowed)
        data = b"\n" + searched(plainly)
        self._plain = len(data) == len(shadowed) + 1
        self._texts = texts
        self.hidden = _hidden(data, plainly, texts)
        self._marked = _marked(data)
        if self.hidden or self._marked:
            rows = [searched(_headed(words)) for _, words in self.hidden]
            data = b"\n".join([data, *rows, *(words for _, _, words in self._marked)])
        self.data = data

    def places(
        self, hits: Iterable[tuple[int, int, int]], reach_of: Sequence[int]
    ) -> Iterator[tuple[int, int, int, int, int, int]]:
        """Where hits stand, those left out that stand in a line too long for any rule of their literal.

        Yields
        ------
        The literal, its place (-1 in an extra row), the line, the characters that rules see of it, and
        where other literals of it stand, from and to.
        """
        data, texts = self.data, self._texts
        count, find, limit = data.count, data.find, len(self._texts)
        passed, at, stop = -1, 0, -1
        for literal, begin, end in hits:
            if end > stop:  # the next row
                passed += count(b"\n", at, end)
                at, stop = end, find(b"\n", end)
                stop = stop if stop >= 0 else len(data)
                line, first, last = passed, -1, stop
                if passed < limit:
                    length = len(texts[line])
                else:
                    line, length, first, last = self._extra(passed - limit, stop)
            if length <= reach_of[literal]:
                if first < 0:
                    first = data.rfind(b"\n", 0, end) + 1
                yield literal, begin if passed < limit else -1, line, length, first, last

    def _extra(self, row: int, stop: int) -> tuple[int, int, int, int]:
        """Line, length, and first and last place of an extra row, the first -1 where it is its own."""
        if row < len(self.hidden):
            line, words = self.hidden[row]
            return line, len(words), -1, stop
        line, start, _ = self._marked[row - len(self.hidden)]
        return line, len(self._texts[line]), start, self.data.find(b"\n", start)

    def hold(self, start: int, end: int, clauses: tuple[tuple[bytes, ...], ...]) -> bool:
        """Whether one string of each clause stands in a stretch of the data."""
        find = self.data.find
        for clause in clauses:
            for string in clause:
                if find(string, start, end) >= 0:
                    break
            else:
                return False
        return True

    def column(self, start: int, at: int) -> int:
        """The characters from the beginning of a row to a place in it."""
        if self._plain:
            return at - start
        return len(self.data[start:at].decode("utf-8", "surrogatepass"))


def _hidden(data: bytes, plainly: str, texts: list[str]) -> list[tuple[int, str]]:
    found: list[int] = []
    # One byte is found ten times as fast as two.
    if b"  " in data or any(byte in data and hint in data for byte, hint in _HINTS):
        found = [i for i, text in enumerate(texts) if _HIDING.search(text)]
    if any(byte in data for byte in _COMPOSING) and not unicodedata.is_normalized("NFC", plainly):
        apart = (i for i, text in enumerate(texts) if not unicodedata.is_normalized("NFC", text))
        found = sorted({*found, *apart})
    found = [i for i in found if len(texts[i]) <= _MOST_CHARS]
    if not found:
        return []
    return list(zip(found, folded("\n".join([texts[i] for i in found])).split("\n"), strict=True))


def _headed(words: str) -> str:
    """The words without marks before them, and once more with those that patterns see."""
    bare = _LEADING.sub("", words)
    lead = words[: len(words) - len(bare)]
    return bare if not lead.strip(MARKS) else f"{bare} {words}"


def _marked(data: bytes) -> list[tuple[int, int, bytes]]:
    """Lines that begin with marks, where in the data they begin, and their first words."""
    found: list[tuple[int, int, bytes]] = []
    line = at = 0
    for match in _MARKED.finditer(data):
        line += data.count(b"\n", at, match.start())
        at = match.start()
        found.append((line, at + 1, match.group(1)))
    return found
