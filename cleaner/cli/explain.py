"""``cleaner explain``: what would go and why, the cuts in place."""

import os
import sys
from collections.abc import Sequence
from typing import Any, TypeVar

import click

from ..api import Cleaner
from ..lines import Lines, shadow
from ..model import Cut, Kept
from ..policy import split_names
from ..result import Result
from ..rules.context import CONTEXT_RULES
from .clean import hint
from .options import blaming, cleaner_of, rule_options, source_argument
from .places import STDIN, reading
from .shown import shown

__all__ = ["command"]

_CUT, _KEPT = "-", "?"
Claim = TypeVar("Claim", Cut, Kept)


@click.command()
@source_argument
@click.option("--kept", is_flag=True, help="Show also what rules claimed and a guard kept.")
@click.option(
    "--rule", metavar="NAME", help="Show what this rule or category claims, and nothing else."
)
@click.option(
    "--encoding", metavar="NAME", help="The encoding of SRC; found from its bytes by default."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead.")
@click.option(
    "--color/--no-color", default=None, help="Colour, or none; by default as the terminal can."
)
@rule_options
def command(
    source: str,
    kept: bool,
    rule: str | None,
    encoding: str | None,
    as_json: bool,
    color: bool | None,
    **options: Any,
) -> int:
    """Show SRC with the cuts in place and the reason beside each.

    A line that goes starts with "-", what is cut inside a line stands in [- and -]; with --kept, a
    line that a guard kept starts with "?". Control characters are shown by number.
    """
    cleaner = cleaner_of(**options)
    only = None if rule is None else _named(rule, cleaner)
    with reading(source) as file:
        data = file.read()
    name = "stdin" if source == STDIN else source
    with blaming("encoding"):
        result = cleaner.clean(data, source=name, encoding=encoding)
    hint(name, data, result)
    if as_json:
        from ..report.account import dumps

        report = result.report()
        if rule is not None and only is not None:
            report = _of_rule(report, rule, only)
        click.echo(dumps(report, indent=1))
        return 0
    if color is None:
        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for row in _rows(result, kept, only):
        click.echo(row if color else click.unstyle(row), color=color)
    return 0


def _named(name: str, cleaner: Cleaner) -> set[str]:
    """The rule or category of this name; one that is not there would show nothing, like an answer."""
    ids = {known.id for pack in cleaner.packs for known in pack.rules}
    rules, categories = split_names([name], ids | {known.id for known in CONTEXT_RULES})
    return rules | categories


def _of_rule(report: dict[str, Any], rule: str, only: set[str]) -> dict[str, Any]:
    """The claims of one rule: a report without the others would not give the scrape back."""
    claims = {
        field: [claim for claim in report[field] if {claim["rule"], claim["category"]} & only]
        for field in ("cuts", "kept")
    }
    return {"source": report["source"], "rule": rule, **claims}


def _rows(result: Result, show_kept: bool, only: set[str] | None) -> list[str]:
    scrape = result.document.text
    cuts = [cut for cut in result.cuts if cut.category != "whitespace"]
    claims = list(result.kept)
    if only is not None:
        cuts = [cut for cut in cuts if {cut.rule, cut.category} & only]
        claims = [claim for claim in claims if {claim.rule, claim.category} & only]
    by_line = _by_line(cuts)
    kept_by_line = _by_line(claims if show_kept else [])
    rows = []
    lines = Lines(shadow(scrape))
    for number in range(1, len(lines) + 1):
        offset = lines.starts[number - 1]
        line = scrape[offset : lines.end(number - 1)].rstrip("\r")
        if number == len(lines) and not line:
            break
        rows.append(_row(line, offset, by_line.get(number, []), kept_by_line.get(number, [])))
    gone = sum(cut.end - cut.start for cut in (result.cuts if only is None else cuts))
    rows.append(_sum(result, len(cuts), gone, 0 if only is None else len(claims)))
    return rows


def _by_line(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """Claims by the lines that they cover."""
    lines: dict[int, list[Claim]] = {}
    for claim in claims:
        for number in range(claim.line, claim.line + claim.text.rstrip("\r\n").count("\n") + 1):
            lines.setdefault(number, []).append(claim)
    return lines


def _row(line: str, offset: int, cuts: list[Cut], kept: list[Kept]) -> str:
    whole = [c for c in cuts if c.start <= offset and c.end >= offset + len(line)]
    if whole:
        cut = whole[0]
        return click.style(f"{_CUT} {shown(line)}", fg="red") + _note(cut.rule, cut.why)
    text, at = "", 0
    for cut in cuts:
        # A cut may begin on a line above, or end on one below.
        start, end = max(0, cut.start - offset), min(len(line), cut.end - offset)
        text += shown(line[at:start])
        text += click.style(f"[-{shown(line[start:end])}-]", fg="red")
        at = end
    text += shown(line[at:])
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
    return click.style(f"   <- {rule}: {shown(why)}", dim=True)


def _sum(result: Result, cuts: int, gone: int, claims: int) -> str:
    total = len(result.document.text)
    share = f"{100 * gone / total:.1f} %" if total else "nothing"
    note = f"{cuts} cuts, {share} of {total} characters"
    if claims:
        note += f"; {claims} claims kept"
    if result.limit:
        note += f"; passed through whole: {result.limit}"
    if result.budget.exceeded:
        note += "; past the risk budget, only the safest rules applied"
    return click.style(f"= {note}", bold=True)
