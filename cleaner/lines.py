"""One way to count lines: a line ends with ``\\n``, ``\\r\\n`` or ``\\r``, and with nothing else."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

__all__ = ["Lines", "Numbers", "few_or_many", "shadow", "starts_of"]

Numbers: TypeAlias = "list[int] | array[int]"

_ONE_MORE = (1).__add__
_MANY = 50_000  # lines, whose numbers take less memory in an array than in a list


def shadow(text: str) -> str:
    """The text with every line end as ``\\n``, each character in its old place.

    Everything behind it knows ``\\n`` only; offsets stay those of the text.
    """
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


def few_or_many(numbers: Iterable[int], lines: int) -> Numbers:
    """Numbers of a text with so many lines as a list, or as an array if they may be many."""
    return list(numbers) if lines < _MANY else array("q", numbers)


def starts_of(pieces: list[str] | list[bytes]) -> Numbers:
    """Numbers at which the pieces of a split start, and the end of the last one plus one."""
    return few_or_many(accumulate(map(_ONE_MORE, map(len, pieces)), initial=0), len(pieces))


class Lines:
    """The lines of a shadow text, without their ends, and where they start."""

    def __init__(self, shadowed: str) -> None:
        self.texts = shadowed.split("\n")

    @cached_property
    def starts(self) -> Numbers:
        """Where each line starts, and the end of the last one plus one."""
        return starts_of(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def at(self, offset: int) -> int:
        """The number of the line, from 0, that holds the offset."""
        return bisect_right(self.starts, offset, 0, len(self.texts)) - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last line that a stretch touches; a line end at its end is not touched."""
        first = self.at(start)
        if end <= self.starts[first] + len(self.texts[first]):
            return first, first
        return first, self.at(end)

    def end(self, index: int) -> int:
        """The offset behind the line, its end left out."""
        return self.starts[index] + len(self.texts[index])
