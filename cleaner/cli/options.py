"""Options that several commands share."""

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from ..api import Cleaner
from ..policy import PROFILES, PageMode
from ..sites import Where
from .kinds import FILE, RULE
from .settings import FORMATS, blaming

__all__ = [
    "BACKUP",
    "cleaner_of",
    "cores",
    "engine_options",
    "form_of",
    "format_options",
    "rule_options",
    "site_options",
    "source_argument",
    "sources_argument",
    "where_of",
]

F = TypeVar("F", bound=Callable[..., Any])
BACKUP = ".orig"  # what the names of kept originals end with


def source_argument(command: F) -> F:
    """The one scrape that a command reads."""
    return click.argument("source", metavar="[SRC]", nargs=-1, type=FILE, callback=_one)(command)


def _one(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str:
    if len(value) > 1:
        raise click.UsageError(
            f"one SRC at a time, not {len(value)} ({', '.join(value[:3])}{', …' * (len(value) > 3)}): "
            "use a loop, or JSON lines with one scrape a line"
        )
    return value[0] if value else "-"


def sources_argument(command: F) -> F:
    """The scrapes that a command reads: files, folders, or stdin."""
    return click.argument(
        "sources",
        metavar="[SRC]...",
        nargs=-1,
        type=FILE,
        callback=lambda ctx, param, value: value or ("-",),
    )(command)


def engine_options(command: F) -> F:
    """Where the work is done."""
    command = click.option(
        "--address",
        metavar="HOST:PORT",
        help="Of --engine ray: the cluster; one of this machine alone by default.",
    )(command)
    return click.option(
        "--engine",
        type=click.Choice(("local", "ray")),
        default="local",
        show_default=True,
        help="What does the work: processes of this machine, or a Ray cluster; with ray, SRC and DST may "
        "be addresses such as s3://bucket/folder.",
    )(command)


def rule_options(command: F) -> F:
    """The options that choose what is cut."""
    for option in reversed(
        (
            click.option(
                "--profile",
                type=click.Choice(list(PROFILES)),
                default="standard",
                show_default=True,
                help="How sure a rule must be: safe .95, standard .8, strict .6.",
            ),
            click.option(
                "--rules",
                "packs",
                multiple=True,
                metavar="PACK.toml",
                type=FILE,
                help="A rule pack of your own, beside the built-in ones. Repeatable.",
            ),
            click.option(
                "--enable",
                multiple=True,
                metavar="NAME",
                type=RULE,
                help="Cut also what this rule id (whatever its confidence) or category (as strict does) "
                "claims. Repeatable.",
            ),
            click.option(
                "--disable",
                multiple=True,
                metavar="NAME",
                type=RULE,
                help="Do not use this rule id or category. Wins over --enable of the same. Repeatable.",
            ),
        )
    ):
        command = option(command)
    return command


def site_options(command: F) -> F:
    """Where documents say which site they are of."""
    for option in reversed(
        (
            click.option(
                "--site", default="", metavar="NAME", help="The site that all documents are of."
            ),
            click.option(
                "--site-field",
                default="",
                metavar="NAME",
                help="The field of a record that names its site.",
            ),
            click.option(
                "--url-field",
                default="url",
                show_default=True,
                metavar="NAME",
                help="The field of a record that holds its address, whose host is its site. Of a text "
                "the site is the first folder below SRC.",
            ),
        )
    ):
        command = option(command)
    return command


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def where_of(options: dict[str, Any]) -> Where:
    """Where documents say which site they are of."""
    return Where(options["site"], options["site_field"], options["url_field"])


def format_options(source: str, verb: str, formats: Sequence[str] = FORMATS) -> Callable[[F], F]:
    """The options that say what a file holds; ``source`` is its name in the usage line."""

    def decorate(command: F) -> F:
        command = click.option(
            "--text-field",
            default="text",
            show_default=True,
            metavar="NAME",
            help=f"The JSON field to {verb}.",
        )(command)
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default="auto",
            show_default=True,
            help=f"What {source} holds; auto goes by its extension.",
        )(command)

    return decorate


def form_of(path: str, form: str) -> str:
    """``text`` or ``jsonl``: as asked for, or by the extension of the path."""
    if form != "auto":
        return form
    bare = path.lower().removesuffix(".gz").removesuffix(".zst").removesuffix(".zstd")
    return "jsonl" if bare.endswith((".jsonl", ".ndjson")) else "text"


def cleaner_of(
    profile: str,
    packs: Sequence[str],
    enable: Sequence[str],
    disable: Sequence[str],
    page: PageMode = "auto",
) -> Cleaner:
    """The cleaner that the shared options ask for."""
    with blaming("packs", "enable", "disable"):
        return Cleaner(
            profile,
            rules=packs,
            enable=enable,
            disable=disable,
            page=page,
        )
