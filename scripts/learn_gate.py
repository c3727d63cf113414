"""Learn which texts are whole pages: the part of ``learn_structure.py`` that makes ``gate.json``.

Pages are what tools leave that dump all of them. Articles by themselves are what nine extractors leave of the
same pages, and some more that are made here: the lines of the body as a dump has them, the same with a few
lines around, and bodies in short lines. What the scores say of a text is told from trees that saw none of its
publisher.
"""

import json
import textwrap
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from catboost import CatBoostClassifier, Pool

from cleaner.page import Page
from cleaner.structure.columns import columns, counted
from cleaner.structure.edges import LEAST_LINES, may_be_page
from cleaner.structure.forest import Tree
from cleaner.structure.gate import ASKED, GATE, Gate, measures
from cleaner.structure.learned import Scorer
from cleaner.structure.outline import outline
from cleaner.structure.stretch import best_stretch

__all__ = ["Text", "gate_table", "learn_gate", "outlined", "texts_of", "write_gate"]

TREES, DEPTH, RATE = 80, 4, 0.2
ARTICLE_WEIGHT = 5  # an article taken for a page is worse than a page that is left to the rules
MOST_AROUND = 8
WIDTHS = ((18, 32), (32, 60), (60, 76))
SURE = 153  # of the 255 limits, the sum where a text is a page with a probability of .6
QUESTIONS = [(name, 0) for name in ASKED]
Whole = Callable[[Any, Sequence[tuple[str, int]]], tuple[list[Tree], list[int]]]


class Text(NamedTuple):
    """One text: its publisher's fold, what made it, whether it is a page, its numbers.

    Where the answer to the cheap question is no, there are no numbers. The columns are those of `outlined`.
    """

    fold: int
    maker: str
    page: bool
    measured: tuple[int, ...] = ()
    columns: dict[str, bytes] | None = None

    @property
    def may_be(self) -> bool:
        """Whether the gate is asked."""
        return len(self.measured) == len(ASKED)


def texts_of(case: dict[str, Any], fold: int, page: Page, labels: Sequence[int]) -> Iterator[Text]:
    """A scrape, and articles made of it; ``labels`` are 1 for lines of the body, and none but for pages."""
    lines, rows = page.lines.texts, page.text_lines()
    random = Random(zlib.crc32((case["id"] + case["extractor"]).encode()))

    def text(maker: str, texts: Sequence[str], claims: dict[int, Any], is_page: bool) -> Text:
        kept = [i for i, line in enumerate(texts) if line and not line.isspace()]
        if len(kept) < LEAST_LINES or not may_be_page(texts):
            return Text(fold, maker, is_page)
        table = columns(texts, kept, claims)
        measured = measures([texts[i].strip() for i in kept], table["claim"])
        return Text(fold, maker, is_page, measured, table)

    def some(maker: str, chosen: Sequence[int]) -> Text:
        claims = {at: page.claims[i] for at, i in enumerate(chosen) if i in page.claims}
        return text(maker, [lines[i] for i in chosen], claims, is_page=False)

    if rows:
        yield text(case["extractor"], lines, page.claims, is_page=len(labels) > 0)
    body = [at for at, label in enumerate(labels) if label]
    if len(body) > 2:
        yield some("body", [rows[at] for at in body])
        start = max(body[0] - random.randint(0, MOST_AROUND), 0)
        end = min(body[-1] + 1 + random.randint(0, MOST_AROUND), len(rows))
        around = {*range(start, body[0]), *body, *range(body[-1] + 1, end)}
        yield some("body and around", [rows[at] for at in sorted(around)])
    if case["extractor"] == "trafilatura":
        for least, most in WIDTHS:
            width = random.randint(least, most)
            wrapped = [
                part for line in case["gold"].split("\n") for part in textwrap.wrap(line, width)
            ]
            if wrapped:
                yield text("short lines", wrapped, {}, is_page=False)


def outlined(text: Text, scorer: Scorer) -> Text:
    """The text with all its numbers; none where no article is found in it."""
    if text.columns is None:
        return text
    words = counted(text.columns)
    scores = scorer.scores(text.columns, len(words))
    article = best_stretch(scores, words)
    found = () if article is None else (*text.measured, *outline(scores, words, article))
    return text._replace(measured=found, columns=None)


def learn_gate(texts: Sequence[Text], whole: Whole) -> Gate:
    """The gate, from texts that pass the cheap question."""
    asked = [text for text in texts if text.may_be]
    model = CatBoostClassifier(
        iterations=TREES,
        depth=DEPTH,
        learning_rate=RATE,
        l2_leaf_reg=5,
        border_count=32,
        random_seed=0,
        thread_count=2,
        verbose=0,
        allow_writing_files=False,
    )
    is_page = np.array([text.page for text in asked])
    table = np.array([text.measured for text in asked], np.float32)
    model.fit(Pool(table, is_page, weight=np.where(is_page, 1, ARTICLE_WEIGHT)))
    trees, limits = whole(model, QUESTIONS)
    return Gate(tuple(trees), limits[SURE])


def gate_table(texts: Sequence[Text], folds: int, whole: Whole, without: Sequence[str] = ()) -> str:
    """How many texts open gates that saw none of their publisher, and none of the makers left out."""
    opened: dict[str, list[bool]] = defaultdict(list)
    for fold in range(folds):
        seen = [text for text in texts if text.fold != fold and text.maker not in without]
        gate = learn_gate(seen, whole)
        for text in texts:
            if text.fold == fold:
                opened[text.maker].append(text.may_be and gate.opens(text.measured))
    return "\n".join(
        f"{maker:<20} {len(found):6d} {sum(found):6d} {100 * sum(found) / len(found):7.2f} %"
        for maker, found in sorted(opened.items())
    )


def write_gate(gate: Gate, path: Path = GATE) -> None:
    """The data file, a line for each tree."""
    rows = [
        json.dumps(
            [[[ASKED.index(q.column), q.least] for q in tree.questions], list(tree.leaves)],
            separators=(",", ":"),
        )
        for tree in gate.trees
    ]
    text = f'{{"least": {gate.least},\n"trees": [\n' + ",\n".join(rows) + "\n]}\n"
    path.write_text(text, encoding="utf-8")
