"""What the commands that read reports are given: the reports, and the texts that belong to them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["reports_argument", "text_field_option", "text_options"]

F = TypeVar("F", bound=Callable[..., Any])


def reports_argument(command: F) -> F:
    """The files of reports."""
    return click.argument("paths", metavar="REPORTS...", nargs=-1, required=True)(command)


def text_field_option(places: str) -> Callable[[F], F]:
    """The field of the text; ``places`` says in which sources."""
    return click.option(
        "--text-field",
        default="text",
        show_default=True,
        metavar="NAME",
        help=f"The field or column of the text in {places}.",
    )


def text_options(command: F) -> F:
    """The options that name raw or clean texts, beside the cuts of which a text is to be shown."""
    for option in reversed(
        (
            click.option(
                "--raw",
                multiple=True,
                metavar="SRC",
                help="The scrapes, to show what stands around the cuts: files or folders. Repeatable.",
            ),
            click.option(
                "--clean",
                multiple=True,
                metavar="DST",
                help="The clean texts, which give the scrapes as well. Repeatable.",
            ),
            text_field_option("SRC and DST"),
        )
    ):
        command = option(command)
    return command
