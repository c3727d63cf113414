"""What a terabyte of text costs, from the speed of one core as it is here and now.

    python -m benchmarks.scale [--cases CASES.jsonl.xz] [--documents N] [--rounds N]
    python -m benchmarks.scale --learn 10000 100000 1000000 [--memory SIZE] [--jobs N]

Speeds are bytes of text by CPU time, the median of the rounds, rules loaded before. The core-hours of B bytes
at s bytes a second are B / s / 3600; the wall-clock hours on n cores are that by n, while files can be read
and written as fast as n cores take them. Without --cases the texts are the fixtures, whole pages among them.
The second form shows the memory of learning by the number of documents, see `benchmarks.memory`.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from cleaner import Cleaner
from cleaner.learn.counting import Row, Text, count
from cleaner.learn.store import MEMORY
from cleaner.report.account import dumps

from .memory import learn
from .texts import inputs

TERABYTE = 1e12  # bytes
_BATCH = 200  # documents that are counted together, as pieces of a source are


def rate(work: Callable[[], object], size: int, rounds: int) -> float:
    """Bytes a second of CPU time, the median."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return size / statistics.median(times)


def cleaned(cleaner: Cleaner, documents: Sequence[bytes], *, reported: bool = False) -> None:
    """Clean the documents, each to its bytes, and to its report as JSON if that is asked for."""
    for data in documents:
        result = cleaner.clean(data)
        assert result.data is not None
        if reported:
            dumps(result.report())


def counted(texts: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of the texts, as of one site, counted some at a time."""
    documents = [Text("site.example", str(number), text) for number, text in enumerate(texts)]
    for at in range(0, len(documents), _BATCH):
        yield count(documents[at : at + _BATCH])


def row_bytes(texts: Sequence[str]) -> int:
    """The bytes of the rows of the texts, as they are dealt out on a cluster."""
    from cleaner.cluster.dealing import table_of

    return sum(int(table_of(rows).nbytes) for rows in counted(texts))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", help="JSON lines with text and extractor, plain, .gz or .xz")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--learn", type=int, nargs="+", metavar="N", help="numbers of documents")
    parser.add_argument("--memory", default=MEMORY)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.learn:
        show_memory(options.learn, options.memory, options.jobs)
    else:
        show_speed(options)


def show_memory(numbers: Sequence[int], memory: str, jobs: int) -> None:
    """Print what learning takes, by the number of documents."""
    print(f"cleaner learn --memory {memory} --jobs {jobs}")
    print("documents  source MB  main MB  largest worker MB  counts MB  CPU s")
    for number in numbers:
        run = learn(number, memory, jobs)
        print(
            f"{number:>9,} {run.source / 1e6:>10,.0f} {run.main / 1e3:>8,.0f} "
            f"{run.worker / 1e3:>18,.0f} {run.counts / 1e6:>10,.0f} {run.seconds:>6,.0f}",
            flush=True,
        )


def show_speed(options: argparse.Namespace) -> None:
    """Print what a terabyte costs."""
    cleaner = Cleaner()
    print(f"{'':<32} {'MB/s a core':>12} {'core-hours a TB':>16}")
    for name, documents in inputs(options.cases, options.documents).items():
        size = sum(map(len, documents))
        texts = [data.decode("utf-8", "replace") for data in documents]
        for data in documents[:30]:
            cleaner.clean(data)
        steps: dict[str, Callable[[], object]] = {
            "clean": partial(cleaned, cleaner, documents),
            "clean, with reports": partial(cleaned, cleaner, documents, reported=True),
            "learn, counting": lambda: list(counted(texts)),  # noqa: B023 - called at once
        }
        for step, work in steps.items():
            speed = rate(work, size, options.rounds)
            hours = TERABYTE / speed / 3600
            print(f"{f'{name}: {step}':<32} {speed / 1e6:>12.2f} {hours:>16,.0f}")
        print(
            f"{name}: rows that are dealt out: {row_bytes(texts) / size:.2f} bytes a byte of text"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"most memory of this process: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
