"""``cleaner review``: a sample of cuts to judge, and each rule's measured rate of false cuts."""

import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

import click

from ..errors import CleanerError
from ..files import written
from ..report.gathered import Gathered
from ..report.review import (
    CUT,
    KEEP,
    Key,
    Rate,
    as_json,
    key_of,
    loaded,
    rates,
    saved,
    settings,
    sheet,
)
from ..report.sample import Claim, Sample, drawn
from ..report.shown import quantity, shown
from ..report.stats import tallied
from ..report.stream import STDIN, reports
from ..report.tables import ordered
from ..report.texts import texts_of
from ..sources._types import Options
from .given import Unread, reports_argument, text_options
from .kinds import FILE, RULE
from .places import apart, no_folder, reading, tell

__all__ = ["command"]

_ASK = "c rightly cut, k should be kept, s skip, b back, q save and end: "
_ANSWERS = {"c": CUT, "k": KEEP}
_MOST_TEXT = 1_000  # characters of a cut on the sheet
_DEFAULT_ANSWERS = "review.json"


class _Shown(NamedTuple):
    """A cut on the sheet, and what stands before and behind it."""

    claim: Claim
    before: str
    after: str


@click.command()
@reports_argument
@click.option(
    "--sample",
    "most",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    metavar="N",
    help="How many cuts to look at; rules take turns. With 0, only what was answered is counted.",
)
@click.option(
    "--rule",
    "only",
    multiple=True,
    metavar="ID",
    type=RULE,
    help="Look at this rule alone. Repeatable.",
)
@text_options
@click.option(
    "--answers",
    "path",
    default=_DEFAULT_ANSWERS,
    show_default=True,
    metavar="FILE",
    type=FILE,
    help="Where the answers are kept; what it has already is not asked again.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.05,
    show_default=True,
    metavar="RATE",
    help="The most false cuts a rule may have, 0 to 1.",
)
@click.option(
    "--settings",
    "target",
    metavar="FILE",
    type=FILE,
    help="Write a settings file (cleaner.toml) that disables the rules above the threshold.",
)
@click.option("--json", "form", is_flag=True, help="Print the rates as JSON.")
def command(
    paths: Sequence[str],
    most: int,
    only: Sequence[str],
    raw: Sequence[str],
    clean: Sequence[str],
    text_field: str,
    path: str,
    threshold: float,
    target: str | None,
    form: bool,
) -> None:
    """Judge a sample of the cuts in REPORTS, and see how often each rule cuts what should stay.

    The sample is the same at every run; answers are saved one by one. The rate of a rule comes with its
    95 % confidence interval (Wilson's).
    """
    if STDIN in paths:
        raise click.UsageError("REPORTS must be files: the answers come from stdin")
    no_folder("--answers", path)
    no_folder("--settings", target)
    inputs = {name: name for name in paths}
    apart(inputs, {"--answers": path, "--settings": target})
    if target and os.path.exists(target):
        raise CleanerError(f"{target}: is there already: name another file, and join the two")
    answers = _read(path)
    if most:
        _check_place(path)
        rows = _sheet(paths, most, only, texts=(raw, clean, Options(text_field=text_field)))
        _ask_all(rows, answers, path)
    found = rates(answers)
    if target:
        with written(target) as file:
            file.write(settings(found, threshold).encode())
    if form:
        from ..report.account import dumps

        click.echo(dumps(as_json(found), indent=1))
    else:
        _print(found, threshold)


def _read(path: str) -> dict[Key, str]:
    if not os.path.exists(path):
        return {}
    with reading(path) as file:
        return loaded(file.read(), path)


def _check_place(path: str) -> None:
    """Find out that answers cannot be kept before any is given."""
    folder = os.path.dirname(os.path.realpath(path))
    if not os.access(folder, os.W_OK):
        reason = "cannot be written" if os.path.isdir(folder) else "is not there"
        raise CleanerError(f"--answers {path}: the folder {folder} {reason}: name another file")


def _sheet(
    paths: Sequence[str],
    most: int,
    only: Sequence[str],
    texts: tuple[Sequence[str], Sequence[str], Options],
) -> list[_Shown]:
    sample = Sample(documents=0, cuts=most)
    tally = tallied(drawn(reports(paths), sample))
    if unknown := [rule for rule in only if rule not in tally.rules]:
        raise CleanerError(f"{unknown[0]}: no such rule in {', '.join(paths)}")
    rows = sorted(ordered(tally.rules), key=lambda item: -item[1].cuts)
    gathered = Gathered(sample)
    unread = Unread()
    gathered.take(texts_of(gathered.wanted(), *texts, unread))
    unread.end()
    order = [rule for rule, _ in rows if not only or rule in only]
    claims = sheet(gathered.cuts, order, most)
    return [_Shown(claim, *gathered.around.get(id(claim), ("", ""))) for claim in claims]


def _ask_all(rows: Sequence[_Shown], answers: dict[Key, str], path: str) -> None:
    """Ask for what is not answered, and save each answer; end at q, or where stdin does."""
    at, open_rows = 0, [row for row in rows if key_of(row.claim) not in answers]
    tell(f"{len(open_rows)} of {quantity(len(rows), 'cut')} to look at; the answers go to {path}")
    while at < len(open_rows):
        row = open_rows[at]
        answer = _ask(row, f"{at + 1}/{len(open_rows)}", answers.get(key_of(row.claim), ""))
        if answer == "q":
            return
        if answer == "b":
            at = max(0, at - 1)
            continue
        if answer in _ANSWERS:
            answers[key_of(row.claim)] = _ANSWERS[answer]
            with written(path) as file:
                file.write(saved(answers))
        at += 1


def _ask(row: _Shown, number: str, earlier: str) -> str:
    color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    entry = row.claim.entry
    place = f"{shown(row.claim.report['source'])}:{entry['line']}"
    heading = f"[{number}] {shown(entry['rule'])} {entry['confidence']:g}: {shown(entry['why'])}"
    lines = [click.style(heading, bold=True), click.style(place, dim=True)]
    lines += [f"  {shown(line)}" for line in _lines(row.before)]
    lines += [click.style(f"- {shown(line)}", fg="red") for line in _lines(entry["text"])]
    lines += [f"  {shown(line)}" for line in _lines(row.after)]
    click.echo("\n".join(["", *lines]), err=True, color=color)
    asked = f"({earlier} so far) {_ASK}" if earlier else _ASK
    while True:
        click.echo(asked, err=True, nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo(err=True)
            return "q"
        answer = line.strip().lower()[:1]
        if answer in (*_ANSWERS, "s", "b", "q") and answer:
            return answer


def _lines(text: str) -> list[str]:
    text = text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"
    return [line for line in text.splitlines() if line.strip()]


def _print(found: Sequence[Rate], threshold: float) -> None:
    if not found:
        tell("nothing was answered yet")
        return
    width = max(len(rate.rule) for rate in found)
    for rate in found:
        mark = "!" if rate.rate > threshold else " "
        click.echo(
            f"{mark} {shown(rate.rule):<{width}}  {rate.false:>4} of {rate.reviewed:>4} false  "
            f"{100 * rate.rate:5.1f} %  ({100 * rate.low:.1f} to {100 * rate.high:.1f} %)"
        )
    bad = sum(rate.rate > threshold for rate in found)
    click.echo(f"= {bad} of {len(found)} rules above {100 * threshold:g} %")
