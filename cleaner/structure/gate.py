"""Whether a text is that of a whole page, which has menus around its article, or an article by itself.

Two questions, the cheap one first: do many lines stand around the paragraphs, one or two at each end aside?
Then a few small trees judge counts of the whole text (`measures`) and what the scores of its lines say
(`outline`), learned from page dumps and from what extractors leave of the same pages (docs/structure.md): an
article must not be taken for a page.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from ..model import Finding
from .columns import CRUFT, MENUS, kind
from .forest import Question, Tree
from .outline import OUTLINE
from .shape import BUCKETS

__all__ = [
    "ASKED",
    "GATE",
    "LEAST_LINES",
    "MEASURES",
    "Gate",
    "load_gate",
    "may_be_page",
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
# A shorter page is left to the rules: too little tells which of its lines are the article.
LEAST_LINES = 50
_LEAST_AROUND = 9
# A notice above the head of a page, and legal words at its foot, are paragraphs too.
_PASSED_OVER = 2
_SHORT = 24
_PARAGRAPH, _SPACELESS_PARAGRAPH = 100, 40
_STOPS = frozenset('.!?。"”’»…:؟।።！？」』')
_SPACELESS_STOPS = frozenset("。！？」』")
_SHARE = 127


def may_be_page(texts: Sequence[str]) -> bool:
    """The cheap question, asked of every text: whether enough lines stand around its paragraphs."""
    if len(texts) < LEAST_LINES:
        return False
    above = sum(1 for _ in islice(_edge(texts), _LEAST_AROUND))
    if above == _LEAST_AROUND:
        return True
    return above + sum(1 for _ in islice(_edge(reversed(texts)), _LEAST_AROUND)) >= _LEAST_AROUND


def _edge(texts: "Iterator[str] | Sequence[str]") -> Iterator[str]:
    """Lines up to the third paragraph, paragraphs and blank ones left out."""
    passed = 0
    for text in texts:
        if not text or text.isspace():
            continue
        if not _is_paragraph(text):
            yield text
        elif passed == _PASSED_OVER:
            return
        else:
            passed += 1


def _is_paragraph(text: str) -> bool:
    if len(text) >= _PARAGRAPH:
        return text.rstrip()[-1:] in _STOPS
    return len(text) >= _SPACELESS_PARAGRAPH and text.rstrip()[-1:] in _SPACELESS_STOPS


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
    prose = list(map(_is_paragraph, texts))
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
