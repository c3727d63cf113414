"""Whether a text is that of a whole page, which has menus around its article, or an article by itself.

The cheap question comes first (`cleaner.structure.edges`): do many lines stand around the paragraphs, one or
two at each end aside? Then a few small trees judge counts of the whole text (`measures`) and what the scores
of its lines say (`outline`), learned from page dumps and from what extractors leave of the same pages
(docs/structure.md): an article must not be taken for a page.
"""

import json
from collections.abc import Sequence
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from .columns import IS_CRUFT, MENUS, at_least
from .edges import SPACELESS_PARAGRAPH, is_paragraph
from .forest import Question, Tree
from .outline import OUTLINE, longest
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


def measures(texts: Sequence[str], kinds: bytes) -> tuple[int, ...]:
    """The counts and shares of a text, in the order of `MEASURES`, each from 0 to 127.

    Parameters
    ----------
    texts
        All lines that are not blank, at least one, blanks around them stripped.
    kinds
        The kind of claim on each of them, as in the column ``claim``.
    """
    count, sizes = len(texts), list(map(len, texts))
    short = bytes([size <= _SHORT for size in sizes])
    prose = bytes(
        [
            size >= SPACELESS_PARAGRAPH and is_paragraph(text)
            for size, text in zip(sizes, texts, strict=True)
        ]
    )
    menus, cruft = kinds.translate(_IS_MENU), kinds.translate(IS_CRUFT)
    first = prose.find(1) if 1 in prose else count
    behind = prose.rfind(1) + 1 if 1 in prose else count
    linked = sum(["](" in text for text in texts])
    counts = (
        count,
        short.count(1),
        -short.count(1) / count,
        -sum(compress(sizes, prose)) / max(sum(sizes), 1),
        short.count(1, 0, first),
        short.count(1, behind),
        first,
        count - behind,
        longest(short, 1),
        longest(prose, 0),
        count - len(set(texts)),
        linked,
        -linked / count,
        menus.count(1),
        cruft.count(1),
        menus.count(1, 0, first),
        menus.count(1, behind),
        cruft.count(1, 0, first),
        cruft.count(1, behind),
        -menus.count(1) / count,
        prose.count(1),
    )
    return tuple(int(-_SHARE * n) if n < 0 else BUCKETS[min(int(n), _LAST)] for n in counts)


_IS_MENU = at_least(MENUS)
_LAST = len(BUCKETS) - 1


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

    def sum(self, measured: Sequence[int], enough: int | None = None) -> int:
        """The sum of the trees: the larger, the surer a page. The numbers are in the order of `ASKED`.

        No value is negative: as soon as ``enough`` is reached, what is reached is the answer.
        """
        known = dict(zip(ASKED, measured, strict=True))
        total = 0
        for questions, leaves in self.trees:
            leaf = 0
            for column, _, least in reversed(questions):
                leaf += leaf + (known[column] >= least)
            total += leaves[leaf]
            if enough is not None and total >= enough:
                break
        return total

    def opens(self, measured: Sequence[int]) -> bool:
        """Whether the text is a page."""
        return self.sum(measured, self.least) >= self.least


def load_gate(path: Path = GATE) -> Gate:
    """The gate of the data file."""
    value = json.loads(path.read_text(encoding="utf-8"))
    trees = tuple(
        Tree(tuple(Question(ASKED[at], 0, least) for at, least in questions), tuple(leaves))
        for questions, leaves in value["trees"]
    )
    return Gate(trees, value["least"])
