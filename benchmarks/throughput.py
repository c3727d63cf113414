"""Bytes to clean bytes and a result, against the floor and against other tools, all in turn."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from cleaner import Cleaner

from .measure import Row, cpu, interleaved, progress
from .others import Tool, floor, other_tools, ripgrep
from .texts import ARTICLES

__all__ = ["throughput"]

# Of the floor's speed, asked and aimed at; times as fast as another tool.
_OF_THE_FLOOR = {ARTICLES: "1/10 (aim 1/6)"}
_OF_THE_FLOOR_OF_PAGES = "1/100 (aim 1/40)"
_RIPGREP_BYTES = 300_000  # it takes a minute or two


def throughput(name: str, documents: Sequence[bytes], rounds: int) -> list[Row]:
    """The rows of one set of documents."""
    cleaner = Cleaner()
    tools: dict[str, Tool] = {"floor": floor, "cleaner": partial(_whole_job, cleaner)}
    missing = []
    for label, tool in other_tools():
        if tool is None:
            missing.append(label)
        else:
            tools[label] = tool
    for tool in tools.values():
        _all(tool, documents[:50])
    on = f"{name}, {len(documents)} documents, {sum(map(len, documents)) / 1e6:.1f} MB"
    progress(on)
    works: Mapping[str, Callable[[], float]] = {
        label: partial(cpu, partial(_all, tool, documents)) for label, tool in tools.items()
    }
    seconds = interleaved(works, rounds)
    asked = _OF_THE_FLOOR.get(name, _OF_THE_FLOOR_OF_PAGES)
    rows = [
        Row("of the floor's speed", on, asked, f"1/{seconds['cleaner'] / seconds['floor']:.0f}")
    ]
    for label in tools.keys() - {"floor", "cleaner"}:
        faster = seconds[label] / seconds["cleaner"]
        rows.append(Row(f"times as fast as {label}", on, "20", f"{faster:.1f}"))
    rows += [Row(f"times as fast as {label}", on, "20", "not installed") for label in missing]
    rows.sort(key=lambda row: row.what)
    if name == ARTICLES:
        rows.append(_against_ripgrep(documents))
    return rows


def _whole_job(cleaner: Cleaner, data: bytes) -> object:
    result = cleaner.clean(data)
    return result.data, result.cuts


def _all(tool: Tool, documents: Sequence[bytes]) -> None:
    for data in documents:
        tool(data)


def _against_ripgrep(documents: Sequence[bytes]) -> Row:
    """Of less text, for it is slow with so many patterns."""
    few: list[bytes] = []
    while sum(map(len, few)) < _RIPGREP_BYTES and len(few) < len(documents):
        few.append(documents[len(few)])
    on = f"article text, {len(few)} documents, {sum(map(len, few)) / 1e6:.2f} MB"
    what = "times as fast as `rg -i -v -f`"
    with tempfile.TemporaryDirectory() as folder:
        work = ripgrep(few, Path(folder))
        if work is None:
            return Row(what, on, "50", "not installed")
        progress(on)
        cleaner = Cleaner()
        own = partial(cpu, partial(_all, partial(_whole_job, cleaner), few))
        seconds = interleaved({"rg": work, "cleaner": own}, 1)  # rg takes a minute
    return Row(what, on, "50", f"{seconds['rg'] / seconds['cleaner']:.0f}")
