"""A sum of small trees over columns of bytes, all lines of a text at once.

Each tree asks the same few questions of every line ("are there more than 12 words?"), so that the answers,
a bit each, are the number of a leaf. The questions are looked up with ``bytes.translate`` and the bits and
leaves added as one large integer: integers only, the same on every machine, and quick without any library.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Forest", "Question", "Tree"]


class Question(NamedTuple):
    """Whether the column, some lines on, is at least so large."""

    column: str
    shift: int
    least: int


class Tree(NamedTuple):
    """Up to eight questions, the first one the lowest bit, and a value for each way to answer them."""

    questions: tuple[Question, ...]
    leaves: tuple[int, ...]


_ZEROS = bytes(256)
_ANSWERS = tuple(_ZEROS + bytes([1 << bit]) * 256 for bit in range(8))


class Forest:
    """Trees whose values are added; no sum may reach 65,536."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._trees = [
            (
                [
                    ((q.column, q.shift), _ANSWERS[bit][256 - q.least : 512 - q.least])
                    for bit, q in enumerate(tree.questions)
                ],
                _padded(value & 255 for value in tree.leaves),
                _padded(value >> 8 for value in tree.leaves),
            )
            for tree in trees
        ]

    def sums(self, table: Mapping[str, bytes], count: int) -> tuple[int, ...]:
        """The sum of the trees for each of ``count`` lines."""
        shifted: dict[tuple[str, int], bytes] = {}
        whole = int.from_bytes
        total = 0
        lanes = bytearray(2 * count)
        for questions, low, high in self._trees:
            leaf = 0
            for place, answers in questions:
                column = shifted.get(place)
                if column is None:
                    column = shifted[place] = _shifted(table[place[0]], place[1])
                leaf += whole(column.translate(answers), "little")
            leaves = leaf.to_bytes(count, "little")
            lanes[::2] = leaves.translate(low)
            lanes[1::2] = leaves.translate(high)
            total += whole(lanes, "little")
        return struct.unpack(f"<{count}H", total.to_bytes(2 * count, "little"))


def _padded(values: "Sequence[int] | object") -> bytes:
    found = bytes(values)  # type: ignore[arg-type]
    return found + bytes(256 - len(found))


def _shifted(column: bytes, shift: int) -> bytes:
    count = len(column)
    if shift > 0:
        return (column[shift:] + bytes(shift))[:count]
    if shift < 0:
        return (bytes(-shift) + column)[:count]
    return column
