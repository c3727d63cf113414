"""``cleaner explain``: what would go and why, the cuts in place."""

import os
import sys
from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

import click

from ..api import Cleaner
from ..errors import CleanerError, InputError
from ..policy import split_names
from ..report.shown import shown
from ..rules.context import CONTEXT_RULES
from ..sources._types import BlankRecord, Options, Record
from ..structure import IDS
from .given import Found, documents
from .kinds import RULE
from .marked import marked
from .options import (
    cleaner_of,
    format_options,
    rule_options,
    site_options,
    source_argument,
    where_of,
)
from .page import PageCommand, page_option
from .pipe import hint
from .places import tell
from .settings import blaming

__all__ = ["command"]

_ALL = "all"
_ROWS = 500  # printed at a time


def _number(ctx: click.Context, param: click.Parameter, value: str | None) -> int | str | None:
    """``--document``: a number from 1, or ``all``."""
    if value is None or value == _ALL:
        return value
    if not value.isdecimal() or not int(value):
        raise click.BadParameter(f"{value!r} is neither a number from 1 nor {_ALL!r}", ctx, param)
    return int(value)


@click.command(cls=PageCommand)
@source_argument
@click.option("--kept", is_flag=True, help="Show also what rules claimed and a guard kept.")
@click.option(
    "--rule",
    metavar="NAME",
    type=RULE,
    help="Show what this rule or category claims, and nothing else.",
)
@format_options("SRC", "explain", ("auto", "text", "jsonl", "parquet", "warc"))
@click.option(
    "--document",
    "number",
    metavar="N|all",
    callback=_number,
    help="Of a SRC with many documents, the one with this number (of JSON lines, the line), or all.",
)
@click.option(
    "--encoding",
    metavar="NAME",
    help="The encoding of a text SRC; found from its bytes by default.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the report as JSON instead; of all, a line each."
)
@click.option(
    "--color/--no-color", default=None, help="Colour, or none; by default as the terminal can."
)
@site_options
@page_option
@rule_options
def command(
    source: str,
    kept: bool,
    rule: str | None,
    form: str,
    text_field: str,
    number: int | str | None,
    encoding: str | None,
    as_json: bool,
    color: bool | None,
    **options: Any,
) -> int:
    """Show SRC with the cuts in place and the reason beside each.

    A line that goes starts with "-", what is cut inside a line stands in [- and -]; with --kept, a
    line that a guard kept starts with "?". Control characters are shown by number.
    """
    where = where_of({name: options.pop(name) for name in ("site", "site_field", "url_field")})
    cleaner = cleaner_of(**options)
    only = None if rule is None else _named(rule, cleaner)
    found = documents(source, form, Options(text_field=text_field, encoding=encoding))
    chosen = found if number == _ALL else [_one(found, source, number)]
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR") if color is None else color
    failed = 0
    for record in _readable(chosen, many=number == _ALL):
        if record is None:
            failed = 1
            continue
        with blaming("encoding"):
            site = where.of(record.fields, "") if cleaner.has_sites else ""
            result = cleaner.clean(
                record.scrape, source=record.source, encoding=encoding, site=site
            )
        if as_json:
            _print_json(result.report(), rule, only, indent=None if number == _ALL else 1)
            continue
        if isinstance(record.scrape, bytes) and form == "auto":
            hint(record.source, record.scrape, result)
        rows = marked(result, kept, only)
        heading = [click.style(f"== {shown(record.source)}", bold=True)] if number == _ALL else []
        _print(chain(heading, rows), color=color)
    return failed


def _print(rows: Iterable[str], *, color: bool) -> None:
    """Print rows some at a time: click flushes after each call."""
    rest = iter(rows)
    while some := list(islice(rest, _ROWS)):
        text = "\n".join(some)
        click.echo(text if color else click.unstyle(text), color=color)


def _one(found: Iterable[Found], source: str, number: int | str | None) -> Found:
    """The document with this number; without one, the only document that there is."""
    first: Found | None = None
    at = 0
    for at, entry in enumerate(found, 1):
        if at == number:
            return entry
        if number is None and not _blank(entry):
            if first is not None:
                raise CleanerError(
                    f"{source}: holds more than one document: choose one by its number, such as "
                    "--document 1, or say --document all"
                )
            first = entry
    if first is None:
        held = f"{at} documents, and none has number {number}" if number else "no document"
        raise InputError(f"{source}: holds {held}")
    return first


def _blank(found: Found) -> bool:
    return isinstance(found, tuple) and isinstance(found[1], BlankRecord)


def _readable(found: Iterable[Found], *, many: bool) -> Iterable[Record | None]:
    """The documents; of many, those that are none are named, and None stands for them."""
    for entry in found:
        if isinstance(entry, Record):
            yield entry
            continue
        label, error = entry
        if not many:
            raise InputError(f"{label}: {error}")
        if not _blank(entry):
            tell(f"{label}: {error}")
            yield None


def _named(name: str, cleaner: Cleaner) -> set[str]:
    """The rule or category of this name; one that is not there would show nothing, like an answer."""
    ids = {known.id for pack in cleaner.packs for known in pack.rules}
    rules, categories = split_names([name], ids | {known.id for known in CONTEXT_RULES} | set(IDS))
    return rules | categories


def _print_json(
    report: dict[str, Any], rule: str | None, only: set[str] | None, indent: int | None
) -> None:
    from ..report.account import dumps

    if rule is not None and only is not None:
        report = _of_rule(report, rule, only)
    click.echo(dumps(report, indent=indent))


def _of_rule(report: dict[str, Any], rule: str, only: set[str]) -> dict[str, Any]:
    """The claims of one rule: a report without the others would not give the scrape back."""
    claims = {
        field: [claim for claim in report[field] if {claim["rule"], claim["category"]} & only]
        for field in ("cuts", "kept")
    }
    return {"source": report["source"], "rule": rule, **claims}
