"""Learn which lines of a page are its article, and which texts are pages.

    PYTHONPATH=. python scripts/learn_structure.py CASES.jsonl.xz [--check] [--held-out DIR] [--curve]

CASES are JSON lines with scrapes in "text", the tool that made them in "extractor", the address in "url" and
the true body in "gold". Each text is judged by trees that saw none of its publisher (the registered domain),
and the tables of this are printed; then ``learned.json`` and ``gate.json`` of ``cleaner/structure`` are
learned from all. With --check nothing is written there; --held-out keeps the trees of each fold, for
``benchmarks.structure``; with --curve nothing is written, and the pages of one fold are judged by trees from
more and more of the other publishers.
Only numbers leave this script: counts and places of lines, no words.

Needs ``pip install --group train``.
"""

import argparse
import json
import lzma
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from catboost import CatBoostClassifier, Pool

from benchmarks.structure import (
    DUMPS,
    FOLDS,
    WORD,
    Row,
    counts_of,
    fold_of,
    publisher_of,
    shingles,
    table,
)
from cleaner import Cleaner
from cleaner.layout import lined
from cleaner.model import Document, Finding
from cleaner.page import Page
from cleaner.pipeline import run
from cleaner.rules.context import ContextRule
from cleaner.structure.columns import columns, counted
from cleaner.structure.forest import Question, Tree
from cleaner.structure.learned import PATH, Scorer
from cleaner.structure.stretch import best_stretch
from scripts.learn_gate import Text, gate_table, learn_gate, outlined, texts_of, write_gate

N = 4
# What is asked of the line itself, and of which columns also some lines before or behind it.
SHIFTED = {
    "words": (-1, 1),
    "ends": (-1, 1),
    "begins": (1, 2),
    "capitals": (-2, -1, 1),
    "function": (-1, 1),
    "claim": (-1, 1),
    "links": (-1, 1),
    "digits": (-1, 1),
    "indent": (-1, 1),
}
# Depth and number of trees: docs/structure.md has what others brought.
TREES, DEPTH, RATE, BORDERS = 240, 5, 0.15, 32
FAR = 0.12  # of the lines far from the article that are learned from, the others look like them
NEAR_LINES = 12
MOST_WORDS = 60
CURVE = (0.1, 0.25, 0.5, 1)  # shares of the publishers
SUM, LEAF = 65_000, 255  # the largest sum of all trees, and leaf of one


class Sample(NamedTuple):
    """One dump of one page."""

    id: str
    extractor: str
    publisher: str
    lines: list[str]
    gold: str
    columns: dict[str, bytes]
    labels: Any

    @property
    def fold(self) -> int:
        """Where its publisher is held out."""
        return fold_of(self.publisher)


class Read(Exception):
    """Ends the cleaning of a scrape: what the rules say of it in the first round is all that is asked."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


def pages(path: str) -> Iterator[tuple[dict[str, Any], Page]]:
    """All scrapes with a true body, with what the rules say of their lines."""
    cleaner = Cleaner(page="never")

    def stop(page: Page) -> list[Finding]:
        raise Read(page)

    context = (*cleaner._context, ContextRule("none", "navigation", "", stop, ()))
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            if not case.get("gold"):
                continue
            document = Document(case["text"], "", "utf-8", "surrogatepass")
            # Where nothing is claimed no rule is asked.
            page = Page(lined(case["text"])[1], (), cleaner.ruleset.policy)
            try:
                run(document, cleaner._matcher, context, cleaner.ruleset)
            except Read as read:
                page = read.page
            yield case, page


def sample_of(case: dict[str, Any], page: Page) -> Sample:
    """The columns and the labels of a dump."""
    indexes = page.text_lines()
    lines = [page.lines.texts[i] for i in indexes]
    return Sample(
        case["id"],
        case["extractor"],
        publisher_of(case["url"]),
        lines,
        case["gold"],
        columns(page.lines.texts, indexes, page.claims),
        labels(lines, case["gold"]),
    )


def labels(lines: Sequence[str], gold: str) -> Any:
    """1 for each line of the body, else 0.

    A line is of the body if half of its shingles are. Of lines that stand on the page more often than in the
    body, those count that have most of the body around them; a line of under four words goes with its
    neighbours.
    """
    body = shingles(gold)
    joined = f" {' '.join(WORD.findall(gold))} "
    words = [WORD.findall(line) for line in lines]
    found = np.zeros(len(lines))
    same: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(words):
        if len(row) >= N:
            parts = [tuple(row[i : i + N]) for i in range(len(row) - N + 1)]
            if 2 * sum(part in body for part in parts) >= len(parts):
                found[at] = 1
                same[" ".join(row)].append(at)
    sums = np.concatenate([[0], np.cumsum(found * [len(row) for row in words])])
    for text, places in same.items():
        times = max(1, joined.count(f" {text} "))
        places.sort(key=lambda at: sums[max(0, at - 10)] - sums[min(len(lines), at + 11)])
        found[places[times:]] = 0
    beside = _beside(words, found, joined) | _beside(words[::-1], found[::-1], joined)[::-1]
    return np.where([0 < len(row) < N for row in words], beside, found)


def _beside(words: Sequence[Sequence[str]], found: Any, joined: str) -> Any:
    """Short lines that the body has, right behind a line of it or behind other such lines."""
    inside = False
    verdict = np.zeros(len(words), bool)
    for at, row in enumerate(words):
        if len(row) >= N:
            inside = found[at] > 0
        elif row:
            inside = inside and f" {' '.join(row)} " in joined
            verdict[at] = inside
    return verdict


def inputs(names: Sequence[str]) -> list[tuple[str, int]]:
    """What the trees may ask: columns, and how many lines on."""
    return [(n, 0) for n in names] + [(n, s) for n, shifts in SHIFTED.items() for s in shifts]


def matrix(sample: Sample, asked: Sequence[tuple[str, int]]) -> Any:
    """A row for each line, a column for each of what is asked."""
    count = len(sample.lines)
    found = np.zeros((count, len(asked)), np.uint8)
    for place, (name, shift) in enumerate(asked):
        column = np.frombuffer(sample.columns[name], np.uint8)
        low, high = max(-shift, 0), count - max(shift, 0)
        if low < high:
            found[low:high, place] = column[low + shift : high + shift]
    return found


def weights(sample: Sample) -> Any:
    """What each line weighs, 0 for those left out: pages alike whatever their length, almost."""
    words = np.array(counted(sample.columns), float)
    body = (words * sample.labels).sum()
    near = np.convolve(sample.labels, np.ones(2 * NEAR_LINES + 1), "same")[: len(words)] > 0
    if len(near) != len(words):
        near = np.ones(len(words), bool)
    near |= words > 5
    drawn = np.random.default_rng(zlib.crc32(sample.id.encode())).random(len(words)) < FAR
    weight = (np.minimum(words, MOST_WORDS) + 1) / np.sqrt(body + 50)
    return np.where(near, weight, np.where(drawn, weight / FAR, 0))


def learned(
    learned_from: Sequence[Sample], asked: Sequence[tuple[str, int]]
) -> tuple[list[Tree], list[int]]:
    """The trees, and the sums at which the score of a line rises."""
    parts = [(matrix(s, asked), s.labels, weights(s)) for s in learned_from]
    x, y, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    used = weight > 0
    model = CatBoostClassifier(
        iterations=TREES,
        depth=DEPTH,
        learning_rate=RATE,
        l2_leaf_reg=8,
        border_count=BORDERS,
        bootstrap_type="Bernoulli",
        subsample=0.4,
        rsm=0.4,
        random_seed=0,
        thread_count=2,
        verbose=0,
        allow_writing_files=False,
    )
    model.fit(Pool(x[used].astype(np.float32), y[used], weight=weight[used] * 15))
    return whole(model, asked)


def whole(model: Any, asked: Sequence[tuple[str, int]]) -> tuple[list[Tree], list[int]]:
    """The trees of a model with whole numbers as leaves, none below 0."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        value = json.loads(path.read_text())
    raw = value["oblivious_trees"]
    scale, (bias,) = value["scale_and_bias"]
    lows = [min(tree["leaf_values"]) for tree in raw]
    spans = [max(tree["leaf_values"]) - low for tree, low in zip(raw, lows, strict=True)]
    factor = min(LEAF / max(spans), SUM / sum(spans))
    trees = [
        Tree(
            tuple(
                Question(*asked[split["float_feature_index"]], int(split["border"]) + 1)
                for split in tree["splits"]
            ),
            tuple(round((leaf - low) * factor) for leaf in tree["leaf_values"]),
        )
        for tree, low in zip(raw, lows, strict=True)
    ]
    shares = [(k - 0.5) / 255 for k in range(1, 256)]
    limits = [round(((log(p / (1 - p)) - bias) / scale - sum(lows)) * factor) for p in shares]
    return trees, limits


def scored(sample: Sample, scorer: Scorer) -> Row:
    """What is left of a sample, against its body."""
    count = len(sample.lines)
    article = best_stretch(scorer.scores(sample.columns, count), counted(sample.columns))
    kept = range(count) if article is None else sorted(article.rows())
    text = "\n".join(sample.lines[at] for at in kept)
    return counts_of("\n".join(sample.lines), text, sample.gold)


def write(trees: Sequence[Tree], limits: Sequence[int], path: Path = PATH) -> None:
    """The data file, a line for each tree."""
    names = sorted({q.column for tree in trees for q in tree.questions})
    rows = [
        json.dumps(
            [[[names.index(q.column), q.shift, q.least] for q in t.questions], list(t.leaves)],
            separators=(",", ":"),
        )
        for t in trees
    ]
    text = (
        f'{{"columns": {json.dumps(names)},\n"limits": {json.dumps(list(limits))},\n"trees": [\n'
        + ",\n".join(rows)
        + "\n]}\n"
    )
    path.write_text(text, encoding="utf-8")


def curve(known: Sequence[Sample], asked: Sequence[tuple[str, int]]) -> None:
    """Print how well the pages of one fold are judged by trees from a share of the other publishers."""
    others = [sample for sample in known if sample.fold]
    for share in CURVE:
        chosen = [s for s in others if zlib.crc32(s.publisher[::-1].encode()) < share * (1 << 32)]
        scorer = Scorer(*learned(chosen, asked))
        rows: dict[str, list[Row]] = defaultdict(list)
        for sample in known:
            if not sample.fold:
                rows[sample.extractor].append(scored(sample, scorer))
        counts = [len({getattr(s, name) for s in chosen}) for name in ("publisher", "id")]
        print("{} publishers, {} pages".format(*counts), table(rows), sep="\n", flush=True)


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--curve", action="store_true", help="print the learning curve, and end")
    parser.add_argument("--check", action="store_true", help="write nothing into the package")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="keep the trees of each fold")
    options = parser.parse_args()
    known: list[Sample] = []
    texts: list[Text] = []
    for case, page in pages(options.path):
        labelled: Any = ()
        if case["extractor"] in DUMPS and page.text_lines():
            known.append(sample_of(case, page))
            labelled = known[-1].labels
        texts += texts_of(case, fold_of(publisher_of(case["url"])), page, labelled)
    asked = inputs(list(known[0].columns))
    print(Counter(sample.extractor for sample in known), len(asked), "questions", flush=True)
    if options.curve:
        curve(known, asked)
        return
    rows: dict[str, list[Row]] = defaultdict(list)
    for fold in range(FOLDS):
        trees, limits = learned([s for s in known if s.fold != fold], asked)
        scorer = Scorer(trees, limits)
        for sample in known:
            if sample.fold == fold:
                rows[sample.extractor].append(scored(sample, scorer))
        texts = [outlined(text, scorer) if text.fold == fold else text for text in texts]
        if options.held_out:
            options.held_out.mkdir(parents=True, exist_ok=True)
            write(trees, limits, options.held_out / f"learned-{fold}.json")
    print(table(rows))
    if options.held_out:
        for fold in range(FOLDS):
            gate = learn_gate([text for text in texts if text.fold != fold], whole)
            write_gate(gate, options.held_out / f"gate-{fold}.json")
    print(gate_table(texts, FOLDS, whole))
    if not options.check:
        write(*learned(known, asked))
        write_gate(learn_gate(texts, whole))


if __name__ == "__main__":
    main()
