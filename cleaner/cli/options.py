"""Options that several commands share, and the settings files behind them."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from ..api import Cleaner
from ..errors import CleanerError
from ..policy import PAGE_MODES, PROFILES, PageMode
from ..sites import Where
from .places import SETTINGS_FILES

__all__ = [
    "BACKUP",
    "PageCommand",
    "Settings",
    "batch_options",
    "blaming",
    "cleaner_of",
    "cores",
    "engine_options",
    "form_of",
    "format_options",
    "page_option",
    "rule_options",
    "settings",
    "site_options",
    "source_argument",
    "sources_argument",
    "where_of",
]

F = TypeVar("F", bound=Callable[..., Any])
# What a settings file may hold, by the option it stands for.
_SETTINGS: dict[str, type] = {
    "profile": str,
    "rules": list,
    "enable": list,
    "disable": list,
    "page": str,
    "format": str,
    "text-field": str,
    "encoding": str,
}
_PARAMETERS = {"rules": "packs", "format": "form", "text-field": "text_field"}
_FORMATS = ("auto", "text", "jsonl")
BACKUP = ".orig"  # what the names of kept originals end with
_BATCH_FORMATS = (*_FORMATS, "parquet", "warc")
_CHOICES: dict[str, Sequence[str]] = {
    "profile": tuple(PROFILES),
    "format": _BATCH_FORMATS,
    "page": PAGE_MODES,
}


class Settings(NamedTuple):
    """A settings file and the values that it gives to parameters."""

    path: Path
    defaults: dict[str, Any]


def source_argument(command: F) -> F:
    """The one scrape that a command reads."""
    return click.argument("source", metavar="[SRC]", nargs=-1, callback=_one)(command)


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
        "sources", metavar="[SRC]...", nargs=-1, callback=lambda ctx, param, value: value or ("-",)
    )(command)


def batch_options(command: F) -> F:
    """The options for folders, several files, and formats that are read in pieces."""
    for option in reversed(_BATCH_OPTIONS):
        command = option(command)
    return command


_BATCH_OPTIONS = (
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Of a folder, only files whose path below it, or name, matches. Repeatable.",
    ),
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="Leave these files out. Repeatable."
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Worker processes; the cores by default.",
    ),
    click.option(
        "--to",
        type=click.Choice(("jsonl", "parquet", "text")),
        help="The format of the output; that of each source by default.",
    ),
    click.option(
        "--in-place",
        is_flag=True,
        help="Clean files where they are, and keep each original under another name.",
    ),
    click.option(
        "--backup-suffix",
        "suffix",
        default=BACKUP,
        show_default=True,
        metavar="SUFFIX",
        help="What that name ends with.",
    ),
    click.option(
        "--quarantine",
        metavar="DIR",
        help="Documents past their risk budget go here as they came, with their report.",
    ),
    click.option("--summary", metavar="FILE", help="Write the sums of the run here, as JSON."),
    click.option(
        "--failures", metavar="FILE", help="Write here what could not be cleaned, a JSON line each."
    ),
    click.option("--fail-fast", is_flag=True, help="Stop at the first document that fails."),
    click.option(
        "--force", is_flag=True, help="Clean again what an earlier run into the same -o has done."
    ),
    click.option(
        "--prune",
        is_flag=True,
        help="Delete what earlier runs into the same -o made of sources that are gone.",
    ),
)


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
                help="A rule pack of your own, beside the built-in ones. Repeatable.",
            ),
            click.option(
                "--enable",
                multiple=True,
                metavar="NAME",
                help="Cut also what this rule id (whatever its confidence) or category (as strict does) "
                "claims. Repeatable.",
            ),
            click.option(
                "--disable",
                multiple=True,
                metavar="NAME",
                help="Do not use this rule id or category. Wins over --enable of the same. Repeatable.",
            ),
        )
    ):
        command = option(command)
    return command


def page_option(command: F) -> F:
    """Whether the scrapes are whole pages; for a command of the class `PageCommand`."""
    return click.option(
        "--page",
        type=click.Choice(PAGE_MODES),
        default="auto",
        show_default=True,
        help="Whether SRC is the text of a whole page, of which only the article stays; auto goes by the "
        "shape of each text. --page alone means always, --no-page never.",
    )(command)


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


def _no_source(word: str) -> bool:
    """Whether a word behind ``--page`` looks like a value, and is neither one nor a file."""
    return word.isalpha() and word not in PAGE_MODES and not os.path.lexists(word)


class PageCommand(click.Command):
    """A command that takes ``--page`` without a value, and ``--no-page``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give both their value: of an option that may have one, click would take a file for it."""
        options, rest = args, []
        if "--" in args:
            options, rest = args[: args.index("--")], args[args.index("--") :]
        behind = [*options, ""][1:]
        for word, after in zip(options, behind, strict=True):
            if word == "--page" and _no_source(after) and not ctx.resilient_parsing:
                raise click.UsageError(
                    f"--page {after}: is none of {', '.join(PAGE_MODES)}, and there is no such file",
                    ctx,
                )
        options = [
            "--page=never"
            if word == "--no-page"
            else "--page=always"
            if word == "--page" and after not in PAGE_MODES
            else word
            for word, after in zip(options, behind, strict=True)
        ]
        return super().parse_args(ctx, [*options, *rest])


def format_options(source: str, verb: str, formats: Sequence[str] = _FORMATS) -> Callable[[F], F]:
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


@contextmanager
def blaming(*parameters: str) -> Iterator[None]:
    """Name the settings file in an error that may come from what it says of these parameters."""
    try:
        yield
    except CleanerError as error:
        context = click.get_current_context()
        names = [
            next((key for key, value in _PARAMETERS.items() if value == name), name)
            for name in parameters
            if context.get_parameter_source(name) is ParameterSource.DEFAULT_MAP
        ]
        if not names:
            raise
        path = context.find_root().obj.path
        raise CleanerError(f"{error} ({path} sets {', '.join(names)})") from error


def settings(folder: Path) -> Settings | None:
    """Defaults for options from ``cleaner.toml``, or ``[tool.cleaner]`` of ``pyproject.toml``.

    Raises
    ------
    CleanerError
        If the file is not TOML, or holds a key or a value that no option takes.
    """
    own, shared = SETTINGS_FILES
    path = folder / own
    if path.is_file():
        return Settings(path, _defaults(_table(path), path))
    path = folder / shared
    if path.is_file() and b"[tool.cleaner]" in path.read_bytes():
        return Settings(path, _defaults(_inner(_table(path), ("tool", "cleaner"), path), path))
    return None


def _inner(table: dict[str, Any], names: Sequence[str], path: Path) -> dict[str, Any]:
    """The table under these names; an empty one where there is none."""
    for at, name in enumerate(names, 1):
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise CleanerError(f"{path}: {'.'.join(names[:at])!r} must be a table")
    return table


def _table(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CleanerError(f"{path}: is not valid TOML: {error}") from error


def _defaults(table: dict[str, Any], path: Path) -> dict[str, Any]:
    defaults: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _SETTINGS:
            import difflib

            near = difflib.get_close_matches(key, _SETTINGS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise CleanerError(f"{path}: unknown setting {key!r}{hint}")
        if not isinstance(value, _SETTINGS[key]):
            raise CleanerError(f"{path}: setting {key!r} must be a {_SETTINGS[key].__name__}")
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            raise CleanerError(f"{path}: setting {key!r} must be a list of texts")
        if key in _CHOICES and value not in _CHOICES[key]:
            known = ", ".join(map(repr, _CHOICES[key]))
            raise CleanerError(f"{path}: setting {key!r}: {value!r} is not one of {known}")
        if key == "rules":
            value = [str(path.parent / item) for item in table[key]]
        defaults[_PARAMETERS.get(key, key)] = value
    return defaults
