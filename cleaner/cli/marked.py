"""A scrape on a terminal with its cuts in place, and the reason beside each."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

from ..lines import Lines, shadow
from ..model import Cut, Kept
from ..report.shown import quantity, shown
from ..result import Result

__all__ = ["marked"]

_CUT, _KEPT = "-", "?"
Claim = TypeVar("Claim", Cut, Kept)


def marked(result: Result, show_kept: bool, only: set[str] | None) -> Iterator[str]:
    """The rows to print, styled; ``click.unstyle`` takes the colour away and leaves the marks.

    Parameters
    ----------
    result
        What was cut of the scrape.
    show_kept
        Whether to mark also what rules claimed and a guard kept.
    only
        The rules and categories to show; None for all.
    """
    scrape = result.document.text
    cuts = [cut for cut in result.cuts if cut.category != "whitespace"]
    claims = list(result.kept)
    if only is not None:
        cuts = [cut for cut in cuts if {cut.rule, cut.category} & only]
        claims = [claim for claim in claims if {claim.rule, claim.category} & only]
    by_line = _by_line(cuts)
    kept_by_line = _by_line(claims if show_kept else [])
    lines = Lines(shadow(scrape))
    for number in range(1, len(lines) + 1):
        offset = lines.starts[number - 1]
        line = scrape[offset : lines.end(number - 1)].rstrip("\r")
        if number == len(lines) and not line:
            break
        yield _row(line, offset, by_line.get(number, []), kept_by_line.get(number, []))
    gone = sum(cut.end - cut.start for cut in (result.cuts if only is None else cuts))
    yield _sum(result, len(cuts), gone, 0 if only is None else len(claims))


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
    text, at, notes = "", 0, ""
    for stretch in _touching(cuts):
        # A cut may begin on a line above, or end on one below.
        start, end = max(0, stretch[0].start - offset), min(len(line), stretch[-1].end - offset)
        text += shown(line[at:start])
        text += click.style(f"[-{shown(line[start:end])}-]", fg="red")
        notes += _note(stretch[0].rule, stretch[0].why)
        at = end
    text += shown(line[at:])
    if kept:
        claim = max(kept, key=lambda k: k.confidence)
        return (
            click.style(f"{_KEPT} {text}", fg="yellow")
            + _note(claim.rule, f"kept: {claim.guard}")
            + notes
        )
    return f"  {text}{notes}"


def _touching(cuts: list[Cut]) -> list[list[Cut]]:
    """Cuts for one reason that stand side by side, as the words of a menu on a page of one line do."""
    stretches: list[list[Cut]] = []
    for cut in cuts:
        last = stretches[-1][-1] if stretches else None
        if last and (last.end, last.rule, last.why) == (cut.start, cut.rule, cut.why):
            stretches[-1].append(cut)
        else:
            stretches.append([cut])
    return stretches


def _note(rule: str, why: str) -> str:
    return click.style(f"   <- {rule}: {shown(why)}", dim=True)


def _sum(result: Result, cuts: int, gone: int, claims: int) -> str:
    total = len(result.document.text)
    share = f"{100 * gone / total:.1f} %" if total else "nothing"
    note = f"{quantity(cuts, 'cut')}, {share} of {quantity(total, 'character')}"
    if claims:
        note += f"; {quantity(claims, 'claim kept')}"
    if result.limit:
        note += f"; passed through whole: {result.limit}"
    if result.budget.exceeded:
        note += "; past the risk budget, only the safest rules applied"
    return click.style(f"= {note}", bold=True)
