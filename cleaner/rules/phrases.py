"""Which rules have a line as a whole-line phrase: told from stored hashes until a table is worth its time.

To make a table of all phrases that a text may have takes a fifth of a short run, and its lines are few.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from zlib import crc32

__all__ = ["Hashes", "LatePhrases", "hashed"]

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


class LatePhrases:
    """The rules of phrases, with the method `get` of a dict.

    Parameters
    ----------
    hashes
        Those of the phrases, as `hashed` makes them.
    phrases
        The row that they were made of.
    numbers
        The number of each rule in the row; None for one that is not in use.
    table
        Makes the dict of all phrases and the numbers of their rules.
    """

    def __init__(
        self,
        hashes: Hashes,
        phrases: Sequence[tuple[int, str]],
        numbers: Sequence[int | None],
        table: Callable[[], Mapping[str, tuple[int, ...]]],
    ) -> None:
        self._hashes, self._places = _row("I", hashes[0]), _row("H", hashes[1])
        self._phrases = phrases
        self._numbers = numbers
        self._table = table
        self._looks = 0
        self._made: Mapping[str, tuple[int, ...]] | None = None

    def get(self, phrase: str, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The numbers of the rules that have the phrase."""
        if self._made is not None:
            return self._made.get(phrase, default)
        self._looks += 1
        if self._looks >= _MOST_LOOKS:
            self._made = self._table()
        return tuple(self._found(phrase)) or default

    def _found(self, phrase: str) -> Iterable[int]:
        value = _hash(phrase)
        at = bisect_left(self._hashes, value)
        while at < len(self._hashes) and self._hashes[at] == value:
            rule, text = self._phrases[self._places[at]]
            number = self._numbers[rule]
            if number is not None and f"\n{phrase}\n" in f"\n{text}\n":
                yield number
            at += 1
