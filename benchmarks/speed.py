"""All that is asked of the speed, in one table: docs/performance.md says what the rows mean.

    python -m benchmarks.speed [--cases CASES.jsonl.xz] [--python PATH] [--only PART ...]

Each figure is a ratio of two things measured by turns in this run, and the median of some rounds; only
ratios carry over to another machine. Without --cases the texts are the fixtures, many times over.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from . import growth, streams
from .measure import Row, markdown, progress
from .start import start
from .texts import ARTICLES, inputs
from .throughput import throughput

__all__ = ["main"]

_MEGABYTE = 1_000_000
Part = Callable[[], Sequence[Row]]


def parts(options: argparse.Namespace, folder: Path) -> dict[str, Part]:
    """What can be measured, by name."""
    texts = inputs(options.cases, options.documents)
    articles = texts[ARTICLES]
    few, size = options.rounds // 2 + 1, options.stream * _MEGABYTE
    return {
        **{
            name.split()[0]: partial(throughput, name, documents, options.rounds)
            for name, documents in texts.items()
        },
        "jsonl": lambda: [streams.speed(articles, size // 20, folder, few)],
        "workers": lambda: [streams.workers(articles, size // 10, folder, few)],
        "start": lambda: start(options.python, articles, 4 * options.rounds),
        "growth": lambda: growth.by_size(articles, options.largest * _MEGABYTE),
        "rules": lambda: [growth.by_rules(articles, few)],
        "memory": lambda: [
            *streams.memory(articles, folder),
            streams.stream_memory(articles, size, folder),
        ],
    }


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", help="JSON lines with text and extractor, plain, .gz or .xz")
    parser.add_argument("--python", default=sys.executable, help="that of the built wheel")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--largest", type=int, default=100, metavar="MB", help="one document")
    parser.add_argument("--stream", type=int, default=300, metavar="MB", help="the longest stream")
    parser.add_argument("--only", nargs="+", metavar="PART", help="parts of the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known = parts(options, Path(folder))
        if unknown := set(options.only or ()) - known.keys():
            parser.error(f"no part {', '.join(sorted(unknown))}: there are {', '.join(known)}")
        rows: list[Row] = []
        for name in options.only or known:
            rows += (found := known[name]())
            progress(markdown(found))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(f"\n{markdown(rows)}")


if __name__ == "__main__":
    main()
