"""What the commands that read are given: reports, the texts that belong to them, documents."""

import os
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from ..errors import CleanerError, InputError
from ..sources._types import BadRecord, Format, Options, Piece, Record
from ..sources.formats import format_named, format_of
from .hints import field_advice, packed_lines, refused
from .kinds import FILE
from .places import STDIN, reading, tell

__all__ = [
    "Found",
    "Unread",
    "documents",
    "reports_argument",
    "text_field_option",
    "text_options",
]

F = TypeVar("F", bound=Callable[..., Any])
Found = Record | tuple[str, BadRecord]
_MOST_NAMED = 10


class Unread:
    """Sources that could not be read: the first are named, the others counted.

    Attributes
    ----------
    count
        How many there are.
    """

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, source: str, reason: str) -> None:
        """Take note of one."""
        self.count += 1
        if self.count <= _MOST_NAMED:
            tell(reason if reason.startswith(source) else f"{source}: {reason}")

    def end(self) -> None:
        """Say how many there were."""
        if self.count > _MOST_NAMED:
            tell(f"{self.count:,} sources or documents in all could not be read")


def documents(source: str, form: str, options: Options) -> Iterator[Found]:
    """The documents of a file of any format, or of stdin; what is none comes with the reason.

    Raises
    ------
    CleanerError
        If the source cannot be read, or is no text and nobody says what it is.
    """
    if source == STDIN:
        return _of_stdin(form, options)
    if os.path.isdir(source):
        raise InputError(f"{source}: is a directory: name one file of it")
    return _of_file(source, form, options)


def _of_file(path: str, form: str, options: Options) -> Iterator[Found]:
    try:
        found = format_of(path, form)
        if found.name == "jsonl" and options.encoding:
            raise CleanerError(
                f"{path}: --encoding, or encoding in the settings, goes with text: JSON lines are UTF-8"
            )
        for piece in found.pieces(path, options):
            for record in _records(found, piece, path, options):
                if found.name == "text" and form == "auto":
                    _check(record)
                yield record
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except InputError as error:
        raise InputError(str(error) if path in str(error) else f"{path}: {error}") from error


def _of_stdin(form: str, options: Options) -> Iterator[Found]:
    if form in ("parquet", "warc"):
        raise click.UsageError(f"{form} is read from a file: name it")
    with reading(STDIN) as file:
        data = file.read()
    if form == "jsonl":
        if reason := packed_lines(data):
            raise InputError(f"stdin: {reason}")
        yield from _records(format_named("jsonl"), Piece(1, data), "stdin", options)
        return
    record = Record("stdin", data, {})
    if form == "auto":
        _check(record)
    yield record


def _records(form: Format, piece: Piece, name: str, options: Options) -> Iterator[Found]:
    """The documents of a piece; of a JSON line without the text field, the error names those it has."""
    for at, found in enumerate(form.records(piece, name, options)):
        if isinstance(found, Record) or form.name != "jsonl" or "no field" not in str(found[1]):
            yield found
            continue
        label, error = found
        advice = field_advice(piece.data.split(b"\n")[at])
        yield label, BadRecord(f"{error}{advice}")


def _check(found: Found) -> None:
    """Refuse what is no text."""
    data = found.scrape if isinstance(found, Record) else b""
    if isinstance(data, bytes) and (reason := refused(data)):
        raise InputError(f"{found[0]}: {reason}")


def reports_argument(command: F) -> F:
    """The files of reports."""
    return click.argument("paths", metavar="REPORTS...", nargs=-1, required=True, type=FILE)(
        command
    )


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
                type=FILE,
                help="The scrapes, to show what stands around the cuts: files or folders. Repeatable.",
            ),
            click.option(
                "--clean",
                multiple=True,
                metavar="DST",
                type=FILE,
                help="The clean texts, which give the scrapes as well. Repeatable.",
            ),
            text_field_option("SRC and DST"),
        )
    ):
        command = option(command)
    return command
