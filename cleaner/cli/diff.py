"""``cleaner diff``: what is newly cut and newly kept between two runs or two rule sets."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from ..api import Cleaner
from ..errors import InputError
from ..policy import PROFILES
from ..report.diff import NEWLY_CUT, NEWLY_KEPT, Change, Difference, Pair, compared, paired
from ..report.shown import quantity, shown
from ..report.stream import STDIN, reports
from ..report.texts import scrapes
from ..sources._types import Options
from .given import Unread, text_field_option
from .kinds import FILE
from .places import tell

__all__ = ["command"]

_MARKS = {NEWLY_CUT: ("-", "red"), NEWLY_KEPT: ("+", "green")}
_MOST_TEXT = 300  # characters of a change on a terminal


def _gates(
    ctx: click.Context, param: click.Parameter, value: Sequence[str]
) -> list[tuple[str, int]]:
    """``newly-cut=N``: kinds of change and how many of each there may be."""
    gates = []
    for gate in value:
        kind, _, number = gate.partition("=")
        if kind not in _MARKS or not number.isdecimal():
            raise click.BadParameter(f"{gate!r} is not {NEWLY_CUT}=N or {NEWLY_KEPT}=N", ctx, param)
        gates.append((kind, int(number)))
    return gates


@click.command()
@click.argument("paths", metavar="OLD NEW | SRC...", nargs=-1, type=FILE)
@click.option(
    "--rules",
    "packs",
    nargs=2,
    metavar="OLD.toml NEW.toml",
    type=FILE,
    help="Clean SRC with each of these packs beside the built-in rules, - for none, and compare.",
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="standard",
    show_default=True,
    help="With --rules: how sure a rule must be.",
)
@text_field_option("SRC, with --rules")
@click.option(
    "--most",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    metavar="N",
    help="The most changes to show; the sums count all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@click.option(
    "--fail-on",
    "gates",
    multiple=True,
    callback=_gates,
    metavar="KIND=N",
    help="Exit with 1 if there are more than N changes of the kind newly-cut or newly-kept. Repeatable.",
)
def command(
    paths: Sequence[str],
    packs: tuple[str, str] | None,
    profile: str,
    text_field: str,
    most: int,
    as_json: bool,
    gates: Sequence[tuple[str, int]],
) -> int:
    """What is newly cut and newly kept in the reports NEW, compared with the reports OLD.

    With --rules, the same for two packs over the scrapes SRC. The riskiest changes come first: what is
    newly cut, sentences before labels, unsure rules before sure ones.
    """
    pairs: Iterable[Pair]
    unread = Unread()
    if packs and not paths:
        raise click.UsageError(
            "--rules takes two packs, - for none, and then the scrapes: --rules - my.toml raw/"
        )
    if packs:
        pairs = _cleaned(packs, profile, paths, Options(text_field=text_field), unread)
    elif len(paths) == 2 and paths != (STDIN, STDIN):
        pairs = paired(reports(paths[:1]), reports(paths[1:]))
    else:
        raise click.UsageError("name two files of reports, OLD and NEW, or --rules and scrapes")
    difference = compared(pairs, most)
    unread.end()
    if as_json:
        from ..report.account import dumps

        click.echo(dumps(difference.as_json(), indent=1))
    else:
        _print(difference)
    if gates and not difference.documents:
        raise InputError(
            "no document was compared, so --fail-on has nothing to judge: name two runs over the same scrapes"
        )
    if difference.only_old and difference.only_new and not difference.documents:
        tell("no document stands in both: name two runs over the same scrapes")
    past = any(difference.kinds[kind] > number for kind, number in gates)
    return int(past or unread.count > 0)


def _cleaned(
    packs: tuple[str, str],
    profile: str,
    sources: Sequence[str],
    options: Options,
    unread: Unread,
) -> Iterator[Pair]:
    old, new = (Cleaner(profile, rules=[] if pack == STDIN else [pack]) for pack in packs)
    for record in scrapes(sources, options, unread):
        before = old.clean(record.scrape, source=record.source).report()
        yield before, new.clean(record.scrape, source=record.source).report()


def _print(difference: Difference) -> None:
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for change in difference.changes:
        for row in _rows(change):
            click.echo(row if color else click.unstyle(row), color=color)
    kinds = difference.kinds
    click.echo(
        f"= {kinds[NEWLY_CUT]:,} newly cut, {kinds[NEWLY_KEPT]:,} newly kept, in "
        f"{difference.changed:,} of {quantity(difference.documents, 'document')}"
        + _rest(difference, sum(kinds.values()) - len(difference.changes))
    )


def _rest(difference: Difference, unshown: int) -> str:
    notes = (
        (unshown, "change not shown (--most)"),
        (difference.other, "document left out: another text, or a failure"),
        (difference.only_old, "document in the old run alone"),
        (difference.only_new, "document in the new run alone"),
    )
    return "".join(f"; {quantity(count, noun)}" for count, noun in notes if count)


def _rows(change: Change) -> Iterator[str]:
    mark, color = _MARKS[change.kind]
    words = f", {change.words} words of sentences" if change.words else ""
    place = f"{shown(change.source)}:{change.line}"
    yield click.style(f"{place}: {change.kind.replace('-', ' ')}{words}", bold=True)
    text = change.text.strip()
    text = text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"
    for line in text.splitlines():
        yield click.style(f"{mark} {shown(line)}", fg=color)
    why = f"kept: {change.guard}" if change.guard else shown(change.why)
    yield click.style(f"   <- {shown(change.rule)} {change.confidence:g}: {why}", dim=True)
