"""A sum of small trees over columns of bytes, all lines of a text at once.

Each tree asks the same few questions of every line ("are there more than 12 words?"), so that the answers,
a bit each, are the number of a leaf. `bytes.translate` finds up to eight answers about a column, and a leaf,
for all lines. Answers are one large integer with a byte for each line: one operation takes those to one
question out of it, and one adds the leaves. Integers only, the same on every machine, without any library.
"""

import struct
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

__all__ = ["Forest", "Question", "Tree"]


class Question(NamedTuple):
    """Whether the column, some lines on, is at least so large: 1 to 127."""

    column: str
    shift: int
    least: int


class Tree(NamedTuple):
    """Up to five questions, the first one the lowest bit, and for each way to answer them 0 to 255."""

    questions: tuple[Question, ...]
    leaves: tuple[int, ...]


_BLOCK = 1024  # lines at a time: answers are kept for as many
_BITS = 8
_MOST_QUESTIONS = 5  # all taken in one expression: a loop over them takes a sixth more time

_Asked = tuple[int, int, int, int, int, int, int, int, int, int]


class _Answers:
    """Bytes whose bits are the answers to questions, up to eight about one column in each."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, int]] = []
        self._asked: list[list[tuple[int, int]]] = []  # of each byte, as bits and what is the least
        self._free: list[int] = []  # the bits of each byte that are not used yet
        self._places: dict[tuple[str, int], list[int]] = {}
        self._known: dict[Question, list[tuple[int, int]]] = {}

    def place(self, question: Question, free: int) -> tuple[int, int]:
        """Where the answer stands, as the number of a byte and one of the free bits."""
        known = self._known.setdefault(question, [])
        for at, bit in known:
            if bit & free:
                return at, bit
        column = question.column, question.shift
        places = self._places.setdefault(column, [])
        at = next((at for at in places if self._free[at] & free), len(self.columns))
        if at == len(self.columns):
            places.append(at)
            self.columns.append(column)
            self._asked.append([])
            self._free.append((1 << _BITS) - 1)
        bit = self._free[at] & free
        bit &= -bit  # the lowest
        self._free[at] -= bit
        self._asked[at].append((bit, question.least))
        known.append((at, bit))
        return at, bit

    def tables(self) -> list[bytes]:
        """For `bytes.translate`, one for each of the columns."""
        return [_table(asked) for asked in self._asked]


def _table(asked: list[tuple[int, int]]) -> bytes:
    """The answers for each number of a column."""
    bits, start = 0, 0
    parts = []
    for bit, least in sorted(asked, key=itemgetter(1)):
        parts.append(bytes([bits]) * (least - start))
        bits, start = bits | bit, least
    return b"".join(parts) + bytes([bits]) * (256 - start)


class Forest:
    """Trees whose values are added; no sum may reach 65,536."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        answers = _Answers()
        self._trees = [_placed(tree, answers) for tree in trees]
        self._columns = answers.columns
        self._tables = answers.tables()

    def sums(self, table: Mapping[str, bytes], count: int) -> list[int]:
        """The sum of the trees for each of ``count`` lines, whose columns hold numbers from 0 to 127."""
        shifted = {(name, shift): _shifted(table[name], shift) for name, shift in self._columns}
        columns = [shifted[column] for column in self._columns]
        found: list[int] = []
        for start in range(0, count, _BLOCK):
            end = min(start + _BLOCK, count)
            block = zip(columns, self._tables, strict=True)
            answers = [column[start:end].translate(looked_up) for column, looked_up in block]
            found += self._block(answers, end - start)
        return found

    def _block(self, answers: Sequence[bytes], count: int) -> list[int]:
        whole = int.from_bytes
        known = [whole(column, "little") for column in answers]
        ones = whole(b"\1" * count, "little")
        bits = [ones << bit for bit in range(_BITS)] + [0]
        lanes = whole(b"\xff\0" * (count // 2 + 1), "little")  # two bytes for each second line
        total = even = 0
        for (a, i, b, j, c, k, d, m, e, n), leaves in self._trees:
            leaf = (
                known[a] & bits[i]
                | known[b] & bits[j]
                | known[c] & bits[k]
                | known[d] & bits[m]
                | known[e] & bits[n]
            )
            values = whole(leaf.to_bytes(count, "little").translate(leaves), "little")
            total += values
            even += values & lanes
        sums = [0] * count
        sums[::2] = _unpacked(even, count - count // 2)
        sums[1::2] = _unpacked(total - even >> 8, count // 2)
        return sums


def _placed(tree: Tree, answers: _Answers) -> tuple[_Asked, bytes]:
    """Where the answers stand, as bytes and their bits, and the leaves by the bits that are set."""
    free = (1 << _BITS) - 1
    asked: list[int] = []
    numbers = [0]
    for question in tree.questions:
        at, bit = answers.place(question, free)
        free -= bit
        asked += (at, bit.bit_length() - 1)
        numbers += [number | bit for number in numbers]
    asked += (0, _BITS) * (_MOST_QUESTIONS - len(tree.questions))
    a, i, b, j, c, k, d, m, e, n = asked
    leaves = bytes.maketrans(bytes(numbers), bytes(tree.leaves))
    return (a, i, b, j, c, k, d, m, e, n), leaves


def _unpacked(lanes: int, count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}H", lanes.to_bytes(2 * count, "little"))


def _shifted(column: bytes, shift: int) -> bytes:
    count = len(column)
    if shift > 0:
        return (column[shift:] + bytes(shift))[:count]
    if shift < 0:
        return (bytes(-shift) + column)[:count]
    return column
