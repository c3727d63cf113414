"""Which rules have a line as a whole-line phrase: told from hashes of all phrases, as they are stored.

A table of the phrases themselves takes 15 ms to make, a fifth of a short run, and ten times the memory.
"""

import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from zlib import crc32

__all__ = ["Hashes", "Phrases", "hashed", "values_of"]

_BITS = 32  # of a hash


class Hashes(NamedTuple):
    """The hashes of many phrases, in their order, and where to look for each; numbers as bytes.

    Attributes
    ----------
    starts
        For the first bits of a hash, the place of the first hash that has them; one more place ends the row.
    values
        The hashes.
    rules
        For each of them the place of its rule among those that have phrases.
    offsets
        And where in the text of this rule's phrases the phrase begins.
    """

    starts: bytes
    values: bytes
    rules: bytes
    offsets: bytes


def hashed(phrases: Sequence[tuple[int, str]]) -> Hashes:
    """The hashes of all phrases.

    Parameters
    ----------
    phrases
        Rules, and the phrases of each as one text, a phrase a line.
    """
    rows = sorted(row for at, (_, text) in enumerate(phrases) for row in _rows(at, text))
    bits = max(len(rows).bit_length() - 1, 0)  # one or two hashes have the same ones
    counts = [0] * ((1 << bits) + 1)
    for value, _, _ in rows:
        counts[1 + (value >> (_BITS - bits))] += 1
    values, rules, offsets = zip(*rows, strict=True) if rows else ((), (), ())
    starts = list(accumulate(counts))
    return Hashes(
        _bytes("I", starts), _bytes("I", values), _bytes("H", rules), _bytes("I", offsets)
    )


def _rows(rule: int, text: str) -> Iterator[tuple[int, int, int]]:
    """Each phrase of a rule once: its hash, the rule, and where in the text it begins."""
    lines = text.split("\n")
    begins = dict(
        zip(lines, accumulate((len(line) + 1 for line in lines), initial=0), strict=False)
    )
    for value, offset in zip(values_of(begins), begins.values(), strict=True):
        yield value, rule, offset


def values_of(lines: Collection[str]) -> list[int]:
    """The hash of each line, all in one pass; at least one line."""
    return list(map(crc32, "\n".join(lines).encode("utf-8", "surrogatepass").split(b"\n")))


def _bytes(kind: str, values: Iterable[int]) -> bytes:
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
        What `hashed` makes of the phrases; made here if it is not stored.
    """

    def __init__(
        self,
        phrases: Sequence[tuple[int, str]],
        numbers: Sequence[int | None],
        longest: int,
        hashes: Sequence[bytes] | None = None,
    ) -> None:
        self.longest = longest
        self._phrases = [(numbers[rule], text) for rule, text in phrases]
        rows = map(_row, "IIHI", hashes or hashed(phrases))
        self._starts, self._values, self._rules, self._offsets = rows
        self._shift = _BITS - (len(self._starts) - 1).bit_length() + 1

    def found(self, lines: Sequence[str], hashes: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The places of the lines that are phrases, each with the number of a rule that has it.

        ``hashes`` are the `values_of` the lines.
        """
        starts, values, shift = self._starts, self._values, self._shift
        for at, value in enumerate(hashes):
            first = value >> shift
            for place in range(starts[first], starts[first + 1]):
                if values[place] == value and (number := self._rule(place, lines[at])) is not None:
                    yield at, number

    def _rule(self, place: int, line: str) -> int | None:
        """The rule whose phrase has this place, if it is in use and the phrase is the line."""
        number, text = self._phrases[self._rules[place]]
        start = self._offsets[place]
        end = start + len(line)
        same = text.startswith(line, start) and (end == len(text) or text[end] == "\n")
        return number if same else None
