"""Speed of the whole job as a ratio to decode + split + join, and to other tools, in one run.

    python -m benchmarks.speed [--cases CASES.jsonl.xz] [--rounds N] [--documents N]

Every tool cleans the same documents, in turn, N rounds; the figures are medians of CPU time. Only the
ratios carry over to another machine. Without --cases the texts are the fixtures, many times over. Tools
that are not installed are left out and named:

    pip install winnow-md datatrove nltk spacy justext lxml_html_clean
"""

import argparse
import gzip
import importlib.util
import json
import lzma
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cleaner import Cleaner

Tool = Callable[[bytes], object]
FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = ("trafilatura", "newspaper4k", "readability", "goose3")
PAGES = ("inscriptis", "html_text")


def floor(data: bytes) -> object:
    """What any line filter in Python has to do: decode, split into lines, join, encode."""
    return "\n".join(data.decode().split("\n")).encode()


def ours() -> Tool:
    """The whole job: bytes to clean bytes and a result object."""
    cleaner = Cleaner()

    def run(data: bytes) -> object:
        result = cleaner.clean(data)
        return result.data, result.cuts

    return run


def winnow() -> Tool:
    """winnow-md without its model."""
    import winnow as module

    return lambda data: module.clean(data.decode(), use_model=False).markdown


def datatrove_c4() -> Tool:
    """datatrove's C4 line filter, as C4 describes it."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    quality = C4QualityFilter(
        split_paragraph=True,
        filter_no_terminal_punct=True,
        min_num_sentences=-1,
        min_words_per_line=3,
        filter_lorem_ipsum=False,
        filter_curly_bracket=False,
    )

    def run(data: bytes) -> object:
        document = Document(text=data.decode(), id="0")
        quality.filter(document)
        return document.text

    return run


def justext_lines() -> Tool:
    """jusText with every line as a paragraph."""
    import html

    import justext

    stop = frozenset(justext.get_stoplist("English"))

    def run(data: bytes) -> object:
        rows = "".join(f"<p>{html.escape(line)}</p>" for line in data.decode().split("\n") if line)
        page = f"<html><body>{rows}</body></html>".encode()
        return [
            p.text for p in justext.justext(page, stop, encoding="utf-8") if not p.is_boilerplate
        ]

    return run


OTHERS: dict[str, tuple[str, Callable[[], Tool]]] = {
    "winnow-md": ("winnow", winnow),
    "datatrove C4": ("datatrove", datatrove_c4),
    "jusText on lines": ("justext", justext_lines),
}


def inputs(cases: str | None, documents: int) -> Iterator[tuple[str, list[bytes]]]:
    """Named sets of documents."""
    if cases is None:
        texts = [path.read_bytes() for path in sorted(FIXTURES.glob("*/raw.txt"))]
        yield "fixtures", (texts * (documents // len(texts) + 1))[:documents]
        return
    opener: Any = {".xz": lzma.open, ".gz": gzip.open}.get(Path(cases).suffix, open)
    with opener(cases, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for name, extractors in (("article text", ARTICLES), ("whole pages", PAGES)):
        texts = [row["text"].encode() for row in rows if row.get("extractor") in extractors]
        yield name, texts[:: max(1, len(texts) // documents)][:documents]


def seconds(tool: Tool, documents: list[bytes]) -> float:
    """CPU time of one pass over the documents."""
    start = time.process_time()
    for data in documents:
        tool(data)
    return time.process_time() - start


def compare(name: str, documents: list[bytes], tools: dict[str, Tool], rounds: int) -> None:
    """Time all tools in turn and print a table."""
    size = sum(map(len, documents)) / 1e6
    for tool in tools.values():
        seconds(tool, documents[:50])
    times: dict[str, list[float]] = {label: [] for label in tools}
    for _ in range(rounds):
        for label, tool in tools.items():
            times[label].append(seconds(tool, documents))
    medians = {label: statistics.median(values) for label, values in times.items()}
    print(f"\n{name}: {len(documents)} documents, {size:.1f} MB, median of {rounds} rounds")
    print(f"{'':<18} {'MB/s':>8} {'floor = 1':>10} {'cleaner is':>16}")
    for label, value in medians.items():
        share = medians["floor"] / value
        times_faster = value / medians["cleaner"]
        note = (
            f"1/{1 / times_faster:.1f} of it"
            if label == "floor"
            else f"{times_faster:.1f} x as fast"
        )
        print(f"{label:<18} {size / value:>8.2f} {f'1/{1 / share:.1f}':>10} {note:>16}")


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", help="JSON lines with text and extractor, plain, .gz or .xz")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=600)
    options = parser.parse_args()
    tools: dict[str, Tool] = {"floor": floor, "cleaner": ours()}
    for label, (module, make) in OTHERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{label}: not installed, left out", file=sys.stderr)
        else:
            tools[label] = make()
    for name, documents in inputs(options.cases, options.documents):
        compare(name, documents, tools, options.rounds)


if __name__ == "__main__":
    main()
