"""``cleaner stats``: the sums of many reports as tables, CSV or JSON."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from ..errors import CleanerError
from ..report.shown import quantity, shown
from ..report.stats import Tally, tallied
from ..report.stream import reports
from ..report.tables import HEADER, as_json, by_documents, long_rows, ordered
from .given import reports_argument
from .places import writing

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["command"]

_MOST_RULES = 25


@click.command()
@reports_argument
@click.option("--json", "form", flag_value="json", help="Print all sums as one JSON object.")
@click.option(
    "--csv", "form", flag_value="csv", help="Print all tables as one, its first column their name."
)
def command(paths: Sequence[str], form: str | None) -> None:
    """The sums of REPORTS: by category, rule, language, guard and limit; documents cut most.

    REPORTS are files that "cleaner clean --report" wrote, also packed with gzip or Zstandard, or - for
    stdin. Shares are of all characters; those of a language are of its own.
    """
    tally = tallied(reports(paths))
    if not tally.documents + tally.failed:
        raise CleanerError(f"{', '.join(paths)}: holds no report")
    if form == "json":
        from ..report.account import dumps

        click.echo(dumps(as_json(tally), indent=1))
    elif form == "csv":
        text = _csv(long_rows(tally))
        if sys.stdout.isatty():  # a name may hold what steers it
            text = "\n".join(map(shown, text.split("\n")))
        with writing(None) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    else:
        _print(tally)


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue()


def _print(tally: Tally) -> None:
    from ..report.terminal import Plain

    # A terminal or a pipe that takes fewer letters gets the others by number.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    # A pipe has no width: there lines are as long as they need to be.
    width = None if sys.stdout.isatty() else 200
    console = Plain(file=sys.stdout, width=width, highlight=False, soft_wrap=True)
    for line in _lines(tally):
        console.print(line, markup=False)
    for title, header, rows in _tables(tally):
        if rows:
            console.print(_rich(title, header, rows))


def _lines(tally: Tally) -> Iterable[str]:
    share = _share(tally.before - tally.after, tally.before)
    yield f"{quantity(tally.documents, 'document')}, {tally.touched:,} of them with cuts"
    yield f"{quantity(tally.cuts, 'cut')}, {share} of {quantity(tally.before, 'character')}"
    yield quantity(tally.kept, "claim kept")
    for count, noun in (
        (tally.exceeded, "document past the risk budget"),
        (tally.limited, "document passed through whole"),
        (tally.failed, "failure"),
    ):
        if count:
            yield quantity(count, noun)


_Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def _tables(tally: Tally) -> Iterable[_Table]:
    counts = ("documents", "cuts", "characters", "share", "kept")
    for title, rows in (("category", tally.categories), ("rule", tally.rules)):
        first = ordered(rows)
        table = [
            (
                shown(name),
                f"{row.documents:,}",
                f"{row.cuts:,}",
                f"{row.characters:,}",
                _share(row.characters, tally.before),
                f"{row.kept:,}",
            )
            for name, row in first[:_MOST_RULES]
        ]
        more = len(first) - len(table)
        yield title, counts, [*table, *[(f"… {more:,} more: --csv", *[""] * 5)] * (more > 0)]
    yield (
        "language",
        ("documents", "with rules", "cuts", "share", "kept"),
        [
            (
                shown(name) or "unknown",
                f"{row.documents:,}",
                f"{row.covered:,}",
                f"{row.cuts:,}",
                _share(row.characters, row.before),
                f"{row.kept:,}",
            )
            for name, row in by_documents(tally.languages)
        ],
    )
    yield "guard", ("kept",), [(shown(n), f"{c:,}") for n, c in tally.guards.most_common()]
    yield "limit", ("documents",), [(shown(n), f"{c:,}") for n, c in tally.limits.most_common()]
    most = [(shown(source), f"{100 * share:.1f} %") for share, source in tally.most_cut()]
    yield "document cut most", ("share",), most


def _rich(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table()
    table.add_column(title, overflow="fold")
    for name in header:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
