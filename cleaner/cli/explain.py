"""``cleaner explain``: what would go and why, the cuts in place."""

import os
import sys
from typing import Any

import click

from ..lines import Lines, shadow
from ..model import Cut, Kept
from ..result import Result
from .clean import hint
from .options import blaming, cleaner_of, rule_options, source_argument
from .places import STDIN, reading

__all__ = ["command"]

_CUT, _KEPT = "-", "?"


@click.command()
@source_argument
@click.option("--kept", is_flag=True, help="Show also what rules claimed and a guard kept.")
@click.option(
    "--encoding", metavar="NAME", help="The encoding of SRC; found from its bytes by default."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead.")
@click.option(
    "--color/--no-color", default=None, help="Colour, or none; by default as the terminal can."
)
@rule_options
def command(
    source: str, kept: bool, encoding: str | None, as_json: bool, color: bool | None, **options: Any
) -> int:
    """Show SRC with the cuts in place and the reason beside each.

    A line that goes starts with "-", what is cut inside a line stands in [- and -]; with --kept, a
    line that a guard kept starts with "?".
    """
    cleaner = cleaner_of(**options, stream=False)
    with reading(source) as file:
        data = file.read()
    name = "stdin" if source == STDIN else source
    with blaming("encoding"):
        result = cleaner.clean(data, source=name, encoding=encoding)
    hint(name, data, result)
    if as_json:
        from ..report.account import dumps

        click.echo(dumps(result.report(), indent=1))
        return 0
    if color is None:
        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for row in _rows(result, kept):
        click.echo(row if color else click.unstyle(row), color=color)
    return 0


def _rows(result: Result, show_kept: bool) -> list[str]:
    scrape = result.document.text
    cuts = [cut for cut in result.cuts if cut.category != "whitespace"]
    by_line: dict[int, list[Cut]] = {}
    for cut in cuts:
        for number in range(cut.line, cut.line + cut.text.rstrip("\r\n").count("\n") + 1):
            by_line.setdefault(number, []).append(cut)
    kept_by_line: dict[int, list[Kept]] = {}
    for kept in result.kept if show_kept else ():
        kept_by_line.setdefault(kept.line, []).append(kept)
    rows = []
    lines = Lines(shadow(scrape))
    for number in range(1, len(lines) + 1):
        offset = lines.starts[number - 1]
        line = scrape[offset : lines.end(number - 1)].rstrip("\r")
        if number == len(lines) and not line:
            break
        rows.append(_row(line, offset, by_line.get(number, []), kept_by_line.get(number, [])))
    rows.append(_sum(result, cuts))
    return rows


def _row(line: str, offset: int, cuts: list[Cut], kept: list[Kept]) -> str:
    whole = [c for c in cuts if c.start <= offset and c.end >= offset + len(line)]
    if whole:
        cut = whole[0]
        return click.style(f"{_CUT} {_shown(line)}", fg="red") + _note(cut.rule, cut.why)
    text, at = "", 0
    for cut in cuts:
        text += _shown(line[at : cut.start - offset])
        text += click.style(f"[-{_shown(cut.text)}-]", fg="red")
        at = cut.end - offset
    text += _shown(line[at:])
    notes = "".join(_note(cut.rule, cut.why) for cut in cuts)
    if kept:
        claim = max(kept, key=lambda k: k.confidence)
        return (
            click.style(f"{_KEPT} {text}", fg="yellow")
            + _note(claim.rule, f"kept: {claim.guard}")
            + notes
        )
    return f"  {text}{notes}"


def _note(rule: str, why: str) -> str:
    return click.style(f"   <- {rule}: {why}", dim=True)


def _shown(text: str) -> str:
    """The text with control characters shown, so that a scrape cannot steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\t " else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    if char.isspace():
        return " "
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def _sum(result: Result, cuts: list[Cut]) -> str:
    gone = sum(cut.end - cut.start for cut in result.cuts)
    total = len(result.document.text)
    share = f"{100 * gone / total:.1f} %" if total else "nothing"
    note = f"{len(cuts)} cuts, {share} of {total} characters"
    if result.limit:
        note += f"; passed through whole: {result.limit}"
    if result.budget.exceeded:
        note += "; past the risk budget, only the safest rules applied"
    return click.style(f"= {note}", bold=True)
