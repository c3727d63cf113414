"""A short table of what was cut, for a terminal."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from ..result import Result
from .shown import quantity, shown

__all__ = ["Plain", "batch_summary", "summary"]


class Plain(Console):
    """A console whose reader may go: that ends the command as it does elsewhere, not with rich's status."""

    def on_broken_pipe(self) -> None:
        """Say so to the caller."""
        raise BrokenPipeError


def summary(results: Sequence[Result], file: TextIO) -> None:
    """Print what was cut by category, and how much of the text that was."""
    cuts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for result in results:
        for cut in result.cuts:
            cuts[cut.category] += 1
            characters[cut.category] += cut.end - cut.start
    total = sum(len(result.document.text) for result in results)
    table = Table(title=_title(results), title_justify="left")
    table.add_column("category")
    table.add_column("cuts", justify="right")
    table.add_column("characters", justify="right")
    table.add_column("share", justify="right")
    # White space goes with the cuts: it counts as characters, not as a cut of its own.
    del cuts["whitespace"]
    for category, count in [*cuts.most_common(), ("whitespace", 0)]:
        if size := characters[category]:
            table.add_row(category, str(count or ""), f"{size:,}", _share(size, total))
    table.add_section()
    gone = sum(characters.values())
    table.add_row("all", str(sum(cuts.values())), f"{gone:,}", _share(gone, total))
    console = Plain(file=file)
    console.print(table)
    for result in results:
        if result.budget.exceeded:
            console.print(
                f"{shown(result.document.source)}: past the risk budget, only the safest rules applied",
                markup=False,
            )


_MOST_RULES = 12
_SLOW_SECONDS = 1.0


def batch_summary(summary: dict[str, Any], file: TextIO) -> None:
    """Print the sums of a run over many files: how much, what was cut, what took long."""
    before, after = summary["bytes_before"], summary["bytes_after"]
    console = Plain(file=file, highlight=False)
    table = Table(
        title=f"{quantity(summary['documents'], 'document')} in {quantity(summary['sources'], 'file')}",
        title_justify="left",
    )
    table.add_column("category")
    table.add_column("cuts", justify="right")
    table.add_column("characters", justify="right")
    for name, row in summary["categories"].items():
        cuts = "" if name == "whitespace" else f"{row['cuts']:,}"
        table.add_row(name, cuts, f"{row['characters']:,}")
    table.add_section()
    for name, row in list(summary["rules"].items())[:_MOST_RULES]:
        # White space goes with the cuts, whatever rule took it.
        cuts = "" if name.startswith("whitespace.") else f"{row['cuts']:,}"
        table.add_row(name, cuts, f"{row['characters']:,}", style="dim")
    console.print(table)
    console.print(f"{before:,} bytes in, {after:,} out: {_share(before - after, before)} cut")
    for name, noun in (
        ("skipped", "file done by an earlier run"),
        ("limited", "document passed through whole"),
        ("quarantined", "document in quarantine"),
        ("pruned", "output of sources that are gone deleted"),
        ("failures", "failure"),
    ):
        if summary[name]:
            console.print(quantity(summary[name], noun))
    for row in summary["slowest"]:
        if row["seconds"] >= _SLOW_SECONDS:
            console.print(f"slow: {shown(row['source'])}: {row['seconds']:.1f} s", markup=False)


def _title(results: Sequence[Result]) -> str:
    from rich.markup import escape

    if len(results) == 1:
        return escape(shown(results[0].document.source))
    return quantity(len(results), "document")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
