"""How well the article is found in the text of whole pages.

    python -m benchmarks.structure CASES.jsonl.xz [--sample N] [--worst N]

CASES are JSON lines with "text", "extractor" and the true body in "gold". The trees that ship have seen
the pages that they were learned from: of publishers they have not seen, ``scripts/learn_structure.py`` prints
the same table, cross-validated.
"""

import argparse
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner import Cleaner

from .precision import PAGES as DUMPS
from .precision import WORD, shingles

__all__ = ["DUMPS", "WORD", "Row", "counts_of", "shingles", "table"]


class Row(NamedTuple):
    """One page: shingles of the text that the body has, that it has not, that are missing; of the scrape."""

    right: int
    wrong: int
    missing: int
    had: int

    @property
    def f1(self) -> float:
        """The F1 of the page."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missing, 1)


def counts_of(raw: str, clean: str, gold: str) -> Row:
    """A clean text against the body."""
    body, left = shingles(gold), shingles(clean)
    right = sum((body & left).values())
    had = sum((body & shingles(raw)).values())
    return Row(right, sum(left.values()) - right, sum(body.values()) - right, had)


def table(rows: Mapping[str, Sequence[Row]]) -> str:
    """Precision and recall, averaged over pages, their F1, and how much of the bodies is kept."""
    lines = [f"{'':<16} {'pages':>6} {'precision':>9} {'recall':>7} {'F1':>6} {'kept %':>7}"]
    for name, found in rows.items():
        shares = [(r.right / (r.right + r.wrong)) for r in found if r.right + r.wrong]
        precision = sum(shares) / max(len(shares), 1)
        recall = sum(r.right / (r.right + r.missing) for r in found) / len(found)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        kept = 100 * sum(r.right for r in found) / sum(r.had for r in found)
        lines.append(
            f"{name:<16} {len(found):6d} {precision:9.4f} {recall:7.4f} {f1:6.4f} {kept:7.2f}"
        )
    return "\n".join(lines)


@lru_cache(maxsize=1)
def prepare() -> Cleaner:
    """The cleaner of a worker."""
    return Cleaner()


def measure(case: dict[str, Any]) -> tuple[str, str, Row]:
    """One scrape through the whole cleaner."""
    clean = prepare().clean(case["text"]).text
    return case["extractor"], case["id"], counts_of(case["text"], clean, case["gold"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--sample", type=int, default=1, help="every N-th page only")
    parser.add_argument("--worst", type=int, default=0, help="name the pages with the least F1")
    options = parser.parse_args()
    with lzma.open(options.path, "rt", encoding="utf-8") as file:
        cases = [case for case in map(json.loads, file) if case.get("gold")]
    pages = {name: at for at, name in enumerate(Counter(case["id"] for case in cases))}
    cases = [case for case in cases if pages[case["id"]] % options.sample == 0]
    rows: dict[str, list[Row]] = defaultdict(list)
    named = []
    with ProcessPoolExecutor() as pool:
        for extractor, name, row in pool.map(measure, cases, chunksize=32):
            rows[extractor].append(row)
            named.append((row.f1, name, extractor))
    print(table(rows))
    for f1, name, extractor in sorted(named)[: options.worst]:
        print(f"{f1:.3f} {name} {extractor}")


if __name__ == "__main__":
    main()
