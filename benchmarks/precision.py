"""How much of what each category and rule cuts stands outside the true bodies.

    python -m benchmarks.precision CASES.jsonl.xz [--profile NAME] [--rules]

CASES are JSON lines with "text", "extractor" and the true body in "gold". A word that was cut is inside if
the body has it in a four-word shingle that the clean text lacks; a cut of fewer words, if the body has it
more often than the clean text.
"""

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from typing import Any

from cleaner import Cleaner

WORD = re.compile(r"\w+")
PAGES = ("inscriptis", "html_text", "bs4_lines", "html2text_md")
N = 4
Row = tuple[str, str, int, int]  # category, rule, shingles cut, of them lost from the body


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The four-word shingles of a text."""
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + N]) for i in range(max(1, len(words) - N + 1)))


@lru_cache(maxsize=1)
def prepare(profile: str) -> Cleaner:
    """The cleaner of a worker."""
    return Cleaner(profile)


def measure(profile: str, case: dict[str, Any]) -> list[Row]:
    """Of each cut of one scrape, its shingles and how many of them the body has lost."""
    result = prepare(profile).clean(case["text"])
    if not result.cuts:
        return []
    gold, left = shingles(case["gold"]), shingles(result.text)
    lost = (gold & shingles(case["text"])) - left
    body, clean = spaced(case["gold"]), spaced(result.text)
    rows = []
    for cut in result.cuts:
        words = WORD.findall(cut.text)
        if len(words) >= N:
            own = shingles(cut.text)
            rows.append((cut.category, cut.rule, sum(own.values()), sum((own & lost).values())))
        elif words:
            own_words = spaced(cut.text)
            missing = body.count(own_words) > clean.count(own_words)
            rows.append((cut.category, cut.rule, 1, int(missing)))
    return rows


def spaced(text: str) -> str:
    """The words of a text with one blank around each."""
    return f" {' '.join(WORD.findall(text))} "


def cases(path: str) -> Iterator[dict[str, Any]]:
    """The scrapes of article extractors with a true body."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            if case.get("gold") and case["extractor"] not in PAGES:
                yield case


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--profile", default="standard")
    parser.add_argument("--rules", action="store_true", help="by rule, not by category")
    options = parser.parse_args()
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    run = partial(measure, options.profile)
    with ProcessPoolExecutor() as pool:
        for rows in pool.map(run, cases(options.path), chunksize=64):
            for category, rule, cut, lost in rows:
                total = totals[rule if options.rules else category]
                total[0] += 1
                total[1] += cut
                total[2] += lost
    print(f"{'':<34} {'cuts':>7} {'shingles':>9} {'outside %':>10}")
    for name, (count, cut, lost) in sorted(totals.items()):
        outside = f"{100 * (1 - lost / cut):10.2f}" if cut else f"{'-':>10}"
        print(f"{name:<34} {count:7d} {cut:9d} {outside}")


if __name__ == "__main__":
    main()
