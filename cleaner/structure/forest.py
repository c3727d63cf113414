"""A sum of small trees over columns of bytes, all lines of a text at once.

Each tree asks the same few questions of every line ("are there more than 12 words?"), so that the answers,
a bit each, are the number of a leaf. A column of numbers below 128 is one large integer with a byte for each
line: one addition answers a question for all of them, one more adds the leaves. Integers only, the same on
every machine, and quick without any library.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Forest", "Question", "Tree"]


class Question(NamedTuple):
    """Whether the column, some lines on, is at least so large: 1 to 127."""

    column: str
    shift: int
    least: int


class Tree(NamedTuple):
    """Up to seven questions, the first one the lowest bit, and for each way to answer them 0 to 255."""

    questions: tuple[Question, ...]
    leaves: tuple[int, ...]


_BLOCK = 1024  # lines at a time: answers are kept for as many
_TOP_BIT = 7


class Forest:
    """Trees whose values are added; no sum may reach 65,536."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._questions = sorted({question for tree in trees for question in tree.questions})
        numbers = {question: at for at, question in enumerate(self._questions)}
        self._trees = [
            (
                # An answer stands in the top bit of its byte.
                [(numbers[q], _TOP_BIT - bit) for bit, q in enumerate(tree.questions)],
                bytes(tree.leaves) + bytes(256 - len(tree.leaves)),
            )
            for tree in trees
        ]

    def sums(self, table: Mapping[str, bytes], count: int) -> list[int]:
        """The sum of the trees for each of ``count`` lines, whose columns hold numbers from 0 to 127."""
        places = dict.fromkeys((q.column, q.shift) for q in self._questions)
        shifted = {place: _shifted(table[place[0]], place[1]) for place in places}
        found: list[int] = []
        for start in range(0, count, _BLOCK):
            end = min(start + _BLOCK, count)
            block = {place: column[start:end] for place, column in shifted.items()}
            found += self._block(block, end - start)
        return found

    def _block(self, block: Mapping[tuple[str, int], bytes], count: int) -> list[int]:
        whole = int.from_bytes
        ones = whole(b"\1" * count, "little")
        tops = ones << _TOP_BIT
        numbers = {place: whole(column, "little") for place, column in block.items()}
        # 127 and as much again still fit in a byte: no answer touches that of the next line.
        rises = [ones * (128 - least) for least in range(128)]
        answers = [
            numbers[column, shift] + rises[least] & tops for column, shift, least in self._questions
        ]
        lanes = whole(b"\xff\0" * (count // 2 + 1), "little")  # two bytes for each second line
        even = odd = 0
        for questions, leaves in self._trees:
            leaf = 0
            for number, down in questions:
                leaf |= answers[number] >> down
            values = whole(leaf.to_bytes(count, "little").translate(leaves), "little")
            even += values & lanes
            odd += values >> 8 & lanes
        sums = [0] * count
        sums[::2] = _unpacked(even, count - count // 2)
        sums[1::2] = _unpacked(odd, count // 2)
        return sums


def _unpacked(lanes: int, count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}H", lanes.to_bytes(2 * count, "little"))


def _shifted(column: bytes, shift: int) -> bytes:
    count = len(column)
    if shift > 0:
        return (column[shift:] + bytes(shift))[:count]
    if shift < 0:
        return (bytes(-shift) + column)[:count]
    return column
