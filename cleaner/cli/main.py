"""The group of commands and the error boundary. Commands are imported when they are used."""

import io
import os
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from ..nearest import nearest
from ..report.shown import shown
from .ending import end, no_reader
from .places import tell

__all__ = ["cli", "main"]

_COMMANDS = {
    "clean": "Cut the cruft out of a pipe, files or folders: text, JSON lines, Parquet, WARC.",
    "learn": "Propose rules for what a site repeats on page after page.",
    "explain": "Show what would go and why, the cuts in place.",
    "report": "Show many reports as one HTML page.",
    "restore": "Give back the scrape from a clean text and its report.",
    "review": "Judge a sample of cuts: each rule's rate of false ones.",
    "diff": "Show what two runs or two rule sets cut otherwise.",
    "stats": "Print the sums of many reports as tables, CSV or JSON.",
    "rules": "List, show and check rules.",
}
# Its packs are two, and no settings.
_DIFF = ("profile", "text_field")


class _Lazy(click.Group):
    """A group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f".{cmd_name}", __package__)
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and (args[0] == "-" or os.path.exists(args[0])):
            ctx.fail(f"no command {args[0]!r}: did you mean 'cleaner clean {args[0]}'?")
        if args and args[0] not in _COMMANDS and (hint := nearest(args[0], _COMMANDS)):
            ctx.fail(f"no command {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # before click makes it exit status 1, which says something else
            raise click.exceptions.Exit(no_reader()) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from .. import __version__

        click.echo(f"cleaner {__version__}")
        ctx.exit()


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done; 1 some documents failed, or --check found cruft; "
    "2 wrong usage or a broken rule pack.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Cut the cruft out of scraped text: the clean body on stdout, an exact account on demand."""
    from .settings import settings

    if found := settings(Path.cwd()):
        ctx.obj = found
        # A command takes what it has an option for.
        ctx.default_map = {
            **dict.fromkeys(
                ("clean", "learn", "explain", "report", "restore", "review"), found.defaults
            ),
            "diff": {key: found.defaults[key] for key in _DIFF if key in found.defaults},
            "rules": dict.fromkeys(("list", "show"), found.defaults),
        }


def _show(error: click.ClickException) -> None:
    """The error as click words it, which may quote a name that holds control characters."""
    words = io.StringIO()
    error.show(words)
    for line in words.getvalue().rstrip("\n").split("\n"):
        click.echo(shown(line), err=True)


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the command line and exit; every expected error is one clean message."""
    end(lambda: _run(argv))


def _run(argv: list[str] | None) -> int:
    try:
        outcome: Any = cli.main(argv, prog_name="cleaner", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        _show(error)
        return 2
    except click.exceptions.Abort as error:  # after a line end on stderr
        tell(str(error.__cause__ or "") or "interrupted")
        return 130
