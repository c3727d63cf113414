"""Whether a text is that of a whole page, which has menus around its article, or an article by itself.

The cheap question comes first (`cleaner.structure.edges`): do many lines stand around the paragraphs, one or
two at each end aside? Then a few small trees judge counts of the whole text (`measures`) and what the scores
of its lines say (`outline`), learned from page dumps and from what extractors leave of the same pages
(docs/structure.md): an article must not be taken for a page.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ..model import Finding
from .columns import CRUFT, MENUS, kind
from .edges import is_paragraph
from .forest import Question, Tree
from .outline import OUTLINE
from .shape import BUCKETS

__all__ = [
    "ASKED",
    "GATE",
    "MEASURES",
    "Gate",
    "load_gate",
    "measures",
]

GATE = Path(__file__).with_name("gate.json")
MEASURES = (
    "lines",
    "short",
    "short-share",
    "prose-share",
    "short-before",
    "short-after",
    "before",
    "after",
    "longest-short",
    "longest-other",
    "repeated",
    "linked",
    "linked-share",
    "menus",
    "cruft",
    "menus-before",
    "menus-after",
    "cruft-before",
    "cruft-after",
    "menus-share",
    "paragraphs",
)
ASKED = (*MEASURES, *OUTLINE)
_SHORT = 24
_SHARE = 127


def measures(
    lines: Sequence[str], indexes: Sequence[int], claims: Mapping[int, Finding]
) -> tuple[int, ...]:
    """The counts and shares of a text, in the order of `MEASURES`, each from 0 to 127.

    Parameters
    ----------
    lines
        All lines.
    indexes
        The numbers of those that are not blank; at least one.
    claims
        What the rules say of a line.
    """
    texts = [lines[i].strip() for i in indexes]
    count, sizes = len(texts), list(map(len, texts))
    short = [size <= _SHORT for size in sizes]
    prose = list(map(is_paragraph, texts))
    kinds = [kind(claims.get(i)) for i in indexes]
    menus, cruft = [k >= MENUS for k in kinds], [k >= CRUFT for k in kinds]
    first = prose.index(True) if True in prose else count
    behind = count - prose[::-1].index(True) if True in prose else count
    linked = sum(["](" in text for text in texts])
    prose_chars = sum(size for size, is_prose in zip(sizes, prose, strict=True) if is_prose)
    counts = (
        count,
        sum(short),
        -sum(short) / count,
        -prose_chars / max(sum(sizes), 1),
        sum(short[:first]),
        sum(short[behind:]),
        first,
        count - behind,
        _longest(short, True),
        _longest(prose, False),
        count - len(set(texts)),
        linked,
        -linked / count,
        sum(menus),
        sum(cruft),
        sum(menus[:first]),
        sum(menus[behind:]),
        sum(cruft[:first]),
        sum(cruft[behind:]),
        -sum(menus) / count,
        sum(prose),
    )
    return tuple(int(-_SHARE * n) if n < 0 else BUCKETS[min(int(n), _LAST)] for n in counts)


_LAST = len(BUCKETS) - 1


def _longest(marks: Sequence[bool], wanted: bool) -> int:
    """The longest run of such marks."""
    return max((sum(1 for _ in run) for mark, run in groupby(marks) if mark is wanted), default=0)


class Gate(NamedTuple):
    """Trees that judge the measures and the outline of a text.

    Attributes
    ----------
    trees
        Trees whose questions name numbers of `ASKED`.
    least
        The sum from which on a text is a page.
    """

    trees: tuple[Tree, ...]
    least: int

    def sum(self, measured: Sequence[int]) -> int:
        """The sum of the trees: the larger, the surer a page. The numbers are in the order of `ASKED`."""
        known = dict(zip(ASKED, measured, strict=True))
        total = 0
        for questions, leaves in self.trees:
            leaf = sum([(known[q.column] >= q.least) << bit for bit, q in enumerate(questions)])
            total += leaves[leaf]
        return total

    def opens(self, measured: Sequence[int]) -> bool:
        """Whether the text is a page."""
        return self.sum(measured) >= self.least


def load_gate(path: Path = GATE) -> Gate:
    """The gate of the data file."""
    value = json.loads(path.read_text(encoding="utf-8"))
    trees = tuple(
        Tree(tuple(Question(ASKED[at], 0, least) for at, least in questions), tuple(leaves))
        for questions, leaves in value["trees"]
    )
    return Gate(trees, value["least"])
