"""How well the article is found in the text of whole pages.

    python -m benchmarks.structure CASES.jsonl.xz [--page MODE] [--sample N] [--worst N] [--held-out DIR]

CASES are JSON lines with "text", "extractor", "url" and the true body in "gold". The trees that ship have
seen the pages that they were learned from: --held-out takes those that ``scripts/learn_structure.py`` kept
for each fold, so that each page is judged by trees that saw none of its publisher.
"""

import argparse
import json
import lzma
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaner import Cleaner
from cleaner.policy import PAGE_MODES, PageMode
from cleaner.structure import Structure
from cleaner.structure.gate import load_gate
from cleaner.structure.learned import load

from .precision import PAGES as DUMPS
from .precision import WORD, shingles

__all__ = [
    "DUMPS",
    "FOLDS",
    "WORD",
    "Row",
    "counts_of",
    "fold_of",
    "publisher_of",
    "shingles",
    "table",
]

FOLDS = 4


def publisher_of(url: str) -> str:
    """The registered domain of a page, roughly: two labels, three below a short one such as co.uk."""
    labels = (urlsplit(url).hostname or url).split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return ".".join(labels[-3 if short else -2 :])


def fold_of(publisher: str) -> int:
    """Where a publisher is held out."""
    return zlib.crc32(publisher.encode()) % FOLDS


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


@lru_cache(maxsize=FOLDS)
def prepare(page: PageMode, held_out: Path | None, fold: int) -> Cleaner:
    """The cleaner of a worker, for one fold of publishers."""
    cleaner = Cleaner(page=page)
    if held_out is not None:
        cleaner._structure = Structure(
            always=page == "always",
            scorer=load(held_out / f"learned-{fold}.json"),
            gate=load_gate(held_out / f"gate-{fold}.json"),
        )
    return cleaner


def measure(
    page: PageMode, held_out: Path | None, case: dict[str, Any]
) -> tuple[str, str, Row, bool]:
    """One scrape through the whole cleaner; the last is whether it was taken for a page."""
    cleaner = prepare(page, held_out, fold_of(publisher_of(case["url"])) if held_out else 0)
    result = cleaner.clean(case["text"])
    opened = any(cut.category == "structure" for cut in result.cuts)
    row = counts_of(case["text"], result.text, case["gold"])
    return case["extractor"], case["id"], row, opened


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--sample", type=int, default=1, help="every N-th page only")
    parser.add_argument("--page", choices=PAGE_MODES, default="auto")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="the trees of each fold")
    parser.add_argument("--worst", type=int, default=0, help="name the pages with the least F1")
    options = parser.parse_args()
    with lzma.open(options.path, "rt", encoding="utf-8") as file:
        cases = [case for case in map(json.loads, file) if case.get("gold")]
    pages = {name: at for at, name in enumerate(Counter(case["id"] for case in cases))}
    cases = [case for case in cases if pages[case["id"]] % options.sample == 0]
    rows: dict[str, list[Row]] = defaultdict(list)
    opened: Counter[str] = Counter()
    named = []
    run = partial(measure, options.page, options.held_out)
    with ProcessPoolExecutor() as pool:
        for extractor, name, row, is_page in pool.map(run, cases, chunksize=32):
            rows[extractor].append(row)
            opened[extractor] += is_page
            named.append((row.f1, name, extractor))
    print(table(rows))
    print("taken for pages:", ", ".join(f"{name} {opened[name]}" for name in rows))
    for f1, name, extractor in sorted(named)[: options.worst]:
        print(f"{f1:.3f} {name} {extractor}")


if __name__ == "__main__":
    main()
