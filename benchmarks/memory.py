"""The memory of ``cleaner learn`` by the number of documents, which are made up.

    python -m benchmarks.scale --learn 10000 100000 1000000 [--memory SIZE] [--jobs 2]

Each number is a run of its own. A document has some 470 bytes, is of one of a hundred sites, and has a line
that all documents of its site have. Memory is the most that was resident at any time, as the system says.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from typing import NamedTuple

__all__ = ["Run", "learn", "written"]

_SITES = 100
_WORDS = [
    f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "rd", "st", "l", "m")
]
_MAIN = """
import resource, sys
from cleaner.cli.main import main
try:
    main(sys.argv[1:])
finally:
    who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    print(*(resource.getrusage(each).ru_maxrss for each in who), flush=True)
"""


class Run(NamedTuple):
    """What a run took: bytes of the source, kB of the main process and the largest worker, and so on."""

    source: int
    main: int
    worker: int
    counts: int
    seconds: float


def written(path: str, documents: int) -> int:
    """Write a crawl of made-up documents as JSON lines; its bytes."""
    dice = random.Random(documents)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(documents):
            site = number % _SITES
            parts = [" ".join(dice.choices(_WORDS, k=28)).capitalize() + "." for _ in range(3)]
            parts.insert(1 + number // _SITES % 2, f"Win a boat with our free draw number {site}.")
            row = {"url": f"https://site-{site}.example/{number}", "text": "\n\n".join(parts)}
            file.write(json.dumps(row) + "\n")
    return os.path.getsize(path)


def learn(documents: int, memory: str, jobs: int) -> Run:
    """Learn from so many documents in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        crawl, counts = (os.path.join(folder, name) for name in ("crawl.jsonl", "counts"))
        size = written(crawl, documents)
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", _MAIN, "learn", crawl, "--quiet", "-j", str(jobs)]
        command += ["--counts", counts, "--memory", memory, "-o", os.path.join(folder, "site.toml")]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        main, worker = map(int, done.stdout.split())
        seconds = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
        return Run(size, main, worker, os.path.getsize(counts), seconds)
