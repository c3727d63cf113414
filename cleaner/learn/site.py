"""The counts of one site as the proposals ask for them: which lines hang together, and at which edge."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Literal

from .counting import Count
from .document import BITS
from .rows import EDGE

__all__ = ["Known", "Site", "different"]

# What other rules say of a line: it is cut, or claimed, but not surely enough to be cut.
Known = Literal["", "claimed", "cut"]

_LETTER = re.compile(r"[^\W\d_]")  # numbers of all values are one line, which leads anywhere
_DIGIT = re.compile(r"\d")
# A line whose numbers have more values is data of the text: a year behind the mark of rights has few.
_MOST_VALUES = 5
_MOSTLY = 0.8  # of its documents in which a line stands beside the same neighbours


class Site:
    """One site.

    Parameters
    ----------
    name
        Its name.
    documents
        How many it has.
    counts
        Its counts, those of few documents left out.
    known
        What other rules say of a line.
    """

    def __init__(
        self, name: str, documents: int, counts: Sequence[Count], known: Callable[[str], Known]
    ) -> None:
        self.name = name
        self.documents = documents
        self.parts = [count for count in counts if count.kind in ("head", "tail")]
        self.lines = {count.key: count for count in counts if count.kind == "line"}
        said = {key: known(line.form) for key, line in self.lines.items()}
        self.cut = frozenset(key for key, says in said.items() if says == "cut")
        self.claimed = frozenset(key for key, says in said.items() if says == "claimed")
        self.behind: dict[int, dict[int, int]] = {}
        self.before: dict[int, dict[int, int]] = {}
        for count in counts:
            if count.kind == "next":
                for form, docs in count.forms:
                    self.behind.setdefault(count.key, {})[int(form)] = docs
                    self.before.setdefault(int(form), {})[count.key] = docs

    def share(self, count: Count) -> float:
        """In which share of the site's documents it stands."""
        return count.docs / max(self.documents, 1)

    @cached_property
    def ending(self) -> frozenset[int]:
        """Lines behind which nothing but such lines stands, to the end of the text."""
        return self._chained(self.behind, self.before)

    @cached_property
    def opening(self) -> frozenset[int]:
        """Lines before which nothing but such lines stands, from the beginning of the text."""
        return self._chained(self.before, self.behind)

    def _chained(
        self, ahead: dict[int, dict[int, int]], back: dict[int, dict[int, int]]
    ) -> frozenset[int]:
        """Lines that lead in nearly all of their documents to the edge, by way of such lines alone."""
        chained = {EDGE}
        waiting = [EDGE]
        while waiting:
            for key in back.get(waiting.pop(), ()):
                line = self.lines.get(key)
                if line is None or key in chained or not self._fixed(line):
                    continue
                docs = sum(docs for other, docs in ahead[key].items() if other in chained)
                if docs >= _MOSTLY * line.docs:
                    chained.add(key)
                    waiting.append(key)
        return frozenset(chained - {EDGE})

    def _fixed(self, line: Count) -> bool:
        """Whether it says the same in all documents, or is cut anyway: the numbers of a table do not."""
        if not _LETTER.search(line.form):
            return False
        if line.key in self.cut or not _DIGIT.search(line.form):
            return True
        return line.variety <= _MOST_VALUES

    def beside(self, key: int, others: Collection[int]) -> bool:
        """Whether it mostly stands directly before or behind one of these lines."""
        near = sum(
            docs
            for toward in (self.behind, self.before)
            for other, docs in toward.get(key, {}).items()
            if other in others
        )
        return near >= _MOSTLY * self.lines[key].docs

    def sealed(self, key: int, chain: frozenset[int], *, ending: bool) -> int:
        """How many lines of a chain stand between a line and the text; 0 for the one that is next to it."""
        toward = self.before if ending else self.behind
        depth, seen = 0, {key}
        edge = {key}
        while edge:
            inner: set[int] = set()
            for at in edge:
                near = toward.get(at, {})
                inside = {other: docs for other, docs in near.items() if other in chain}
                if sum(inside.values()) < _MOSTLY * self.lines[at].docs:
                    return depth
                inner.update(inside)
            edge = inner - seen
            seen |= inner
            depth += 1
        return depth

    def runs(self, keys: Iterable[int]) -> list[list[int]]:
        """The lines in rows of such as always follow each other, as long as they get; each is in one."""
        wanted = set(keys)
        follows = {}
        for key in wanted:
            behind = self.behind.get(key, {})
            best = max(behind, key=lambda other: (behind[other], -other), default=EDGE)
            if best in wanted and best != key:
                most = _MOSTLY * max(self.lines[key].docs, self.lines[best].docs)
                if behind[best] >= most:
                    follows[key] = best
        heads = wanted - set(follows.values())
        rows = []
        left = set(wanted)
        # What has no head runs in a circle; it begins anywhere.
        for head in [*sorted(heads), *sorted(wanted - heads)]:
            row = []
            at: int | None = head
            while at in left:
                left.remove(at)
                row.append(at)
                at = follows.get(at)
            if row:
                rows.append(row)
        return rows


def different(count: Count) -> float:
    """About how many different bodies its documents have; copies of one page count as one.

    The estimate is that of linear counting (Whang, Vander-Zanden and Taylor, 1990).
    """
    bits = count.bodies.bit_count()
    if bits >= BITS:
        return count.docs
    return min(count.docs, -BITS * math.log(1 - bits / BITS))
