"""The option ``--page``, which may have a value and need not."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..policy import PAGE_MODES

__all__ = ["PageCommand", "page_option"]

F = TypeVar("F", bound=Callable[..., Any])


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
