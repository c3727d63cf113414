"""Which rules have a line as a whole-line phrase: told from stored hashes until a table is worth its time.

To make a table of all phrases that a text may have takes a fifth of a short run, and its lines are few.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from zlib import crc32

__all__ = ["Hashes", "Phrases", "hashed"]

Hashes = tuple[bytes, bytes]
# Phrases that are looked up before the table is made: one look takes 2 µs, the table 15 ms.
_MOST_LOOKS = 4_000


def hashed(phrases: Iterable[tuple[int, str]]) -> Hashes:
    """The hashes of all phrases, sorted, and for each of them its place in the row.

    Parameters
    ----------
    phrases
        Rules, and the phrases of each as one text, a phrase a line.
    """
    pairs = sorted(
        {(_hash(phrase), at) for at, (_, text) in enumerate(phrases) for phrase in text.split("\n")}
    )
    return _bytes("I", [value for value, _ in pairs]), _bytes("H", [at for _, at in pairs])


def _hash(phrase: str) -> int:
    return crc32(phrase.encode("utf-8", "surrogatepass"))


def _bytes(kind: str, values: Sequence[int]) -> bytes:
    row = array(kind, values)
    if sys.byteorder == "big":
        row.byteswap()
    return row.tobytes()


def _row(kind: str, data: bytes) -> Sequence[int]:
    row = array(kind, data)
    if sys.byteorder == "big":
        row.byteswap()
    return row


class Phrases:
    """The whole-line phrases of one net.

    Parameters
    ----------
    phrases
        Rules, and the phrases of each as one text, a phrase a line.
    numbers
        The number of each rule; None for one that is not in use.
    longest
        The characters of the longest line that may be a phrase.
    hashes
        What `hashed` makes of the phrases, if it is known.
    """

    def __init__(
        self,
        phrases: Sequence[tuple[int, str]],
        numbers: Sequence[int | None],
        longest: int,
        hashes: Hashes | None = None,
    ) -> None:
        self.longest = longest
        self._phrases = phrases
        self._numbers = numbers
        self._looks = 0 if hashes else _MOST_LOOKS
        self._hashes, self._places = map(_row, "IH", hashes or (b"", b""))

    def found(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The places of the lines that are phrases, each with the number of a rule that has it."""
        self._looks += len(lines)
        rules_of = self._looked_up if self._looks < _MOST_LOOKS else self._table.get
        for at, line in enumerate(lines):
            for number in rules_of(line) or ():
                yield at, number

    @cached_property
    def _table(self) -> dict[str, tuple[int, ...]]:
        """The rules of all phrases."""
        rules: dict[str, tuple[int, ...]] = {}
        for rule, text in self._phrases:
            if (number := self._numbers[rule]) is None:
                continue
            own: dict[str, tuple[int, ...]] = dict.fromkeys(text.split("\n"), (number,))
            for phrase in own.keys() & rules.keys():
                own[phrase] += rules[phrase]
            rules |= own
        return rules

    def _looked_up(self, phrase: str) -> Iterator[int]:
        value = _hash(phrase)
        at = bisect_left(self._hashes, value)
        while at < len(self._hashes) and self._hashes[at] == value:
            rule, text = self._phrases[self._places[at]]
            number = self._numbers[rule]
            if number is not None and f"\n{phrase}\n" in f"\n{text}\n":
                yield number
            at += 1
