"""JSON lines through the command line: speed, workers, memory."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path

from cleaner import Cleaner

from .measure import Row, child, cpu, interleaved, peak, progress
from .texts import long_text

__all__ = ["memory", "speed", "stream_memory", "workers"]

_CLEAN = ("-m", "cleaner", "clean", "--format", "jsonl", "--quiet")
_DOCUMENT = 20_000_000  # bytes, to measure memory with
_BEGINNING = 500_000
_MEGABYTE = 1_000_000


def speed(documents: Sequence[bytes], size: int, folder: Path, rounds: int) -> Row:
    """The speed of the command line, its start included, as a share of the library's own."""
    source, texts = _written(documents, size, folder / "speed.jsonl")
    cleaner = Cleaner()
    for text in texts[:50]:
        cleaner.clean(text)
    works: dict[str, Callable[[], float]] = {
        "library": partial(cpu, lambda: [cleaner.clean(text).text for text in texts]),
        "command": lambda: child([sys.executable, *_CLEAN], source).cpu,
    }
    on = f"article text as JSON lines, {size // _MEGABYTE} MB"
    progress(on)
    seconds = interleaved(works, rounds)
    share = seconds["library"] / seconds["command"]
    return Row("JSON lines by the command line, the library's speed = 1", on, "1/2", f"{share:.2f}")


def workers(documents: Sequence[bytes], size: int, folder: Path, rounds: int) -> Row:
    """How many times as fast two workers are as one, by the clock."""
    source, _ = _written(documents, size, folder / "workers.jsonl")

    def run(jobs: int) -> float:
        command = [sys.executable, *_CLEAN, str(source), "-o", str(folder / "out.jsonl")]
        return child([*command, "--force", "--jobs", str(jobs)], cwd=folder).wall

    on = f"article text as JSON lines, {size // _MEGABYTE} MB"
    progress(f"workers: {on}")
    seconds = interleaved({str(jobs): partial(run, jobs) for jobs in (1, 2)}, rounds)
    return Row(
        "two workers, by the clock, one = 1", on, "1.6", f"{seconds['1'] / seconds['2']:.2f}"
    )


def memory(documents: Sequence[bytes], folder: Path) -> list[Row]:
    """How much more memory at most the library has for a document than for its beginning, by the byte.

    What it makes of its rules is made for the beginning, too. Python holds four bytes for each character of a
    text that has one emoji, and one where all are Latin.
    """
    text = long_text(documents, _DOCUMENT).decode()
    forms = {
        "as it is, a few emoji in it": text.encode(),
        "its Latin letters only": text.encode("latin-1", "ignore").decode("latin-1").encode(),
    }
    command = [sys.executable, "-m", __name__]
    rows = []
    for name, data in forms.items():
        progress(f"memory of one document, {name}")
        peaks = []
        for part in (data[:_BEGINNING], data):
            source = folder / "document.txt"
            source.write_bytes(part)
            peaks.append(peak([*command, str(source)]))
        times = (peaks[1] - peaks[0]) / (len(data) - _BEGINNING)
        on = f"article text as one document of {len(data) // _MEGABYTE} MB, {name}"
        rows.append(Row("memory of the library, the document = 1", on, "6", f"{times:.1f}"))
    return rows


def stream_memory(documents: Sequence[bytes], large: int, folder: Path) -> Row:
    """The most memory of two streamed runs."""
    small = 10 * _MEGABYTE
    peaks = []
    for size in (small, large):
        progress(f"memory of a stream of {size // _MEGABYTE} MB")
        source, _ = _written(documents, size, folder / "stream.jsonl")
        peaks.append(peak([sys.executable, *_CLEAN], source) / _MEGABYTE)
        source.unlink()
    on = f"JSON lines, {large // _MEGABYTE} MB and {small // _MEGABYTE} MB"
    return Row(
        "memory of a streamed run", on, "the same", f"{peaks[1]:.0f} MB and {peaks[0]:.0f} MB"
    )


def _written(documents: Sequence[bytes], size: int, path: Path) -> tuple[Path, list[str]]:
    """The documents as JSON lines, again and again up to the size; and their texts."""
    texts: list[str] = []
    written = 0
    with open(path, "wb") as file:
        for data in cycle(documents):
            text = data.decode("utf-8", "replace")
            written += file.write(json.dumps({"text": text}).encode() + b"\n")
            texts.append(text)
            if written >= size:
                return path, texts
    raise ValueError("no documents")


def _one_document(path: str) -> None:
    """Clean the file at once, in a process of its own."""
    assert Cleaner().clean(Path(path).read_bytes()).data is not None


if __name__ == "__main__":
    _one_document(sys.argv[1])
