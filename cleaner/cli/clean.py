"""``cleaner clean``: a pipe, files, JSON lines."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import click

from ..api import Cleaner
from ..errors import CleanerError, InputError
from ..files import written
from ..report.account import dumps, failure
from ..result import Result
from .options import cleaner_of, form_of, format_options, rule_options

__all__ = ["command", "reading", "writing"]

_STDIN = "-"
_MOST_MESSAGES = 10  # lines of a JSONL that are named one by one; of more the number is told


@click.command()
@click.argument("source", metavar="[SRC]", default=_STDIN)
@click.option("-o", "--output", metavar="FILE", help="Write the clean text here, not to stdout.")
@click.option(
    "--report", "report_path", metavar="FILE", help="Write the account of all cuts here, as JSON."
)
@format_options("SRC", "clean")
@click.option(
    "--encoding",
    metavar="NAME",
    help="The encoding of a text SRC; found from its bytes by default.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where there is cruft.")
@click.option("-v", "--verbose", is_flag=True, help="Show a summary on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors on stderr.")
@rule_options
def command(**options: Any) -> int:
    """Cut the cruft out of SRC, a file or - for stdin.

    The clean text goes to stdout, or to the file of -o; everything else goes to stderr.
    """
    source, output, report_path = options["source"], options["output"], options["report_path"]
    _check_places(source, output, report_path)
    form = form_of(source, options["form"])
    if form == "jsonl" and options["encoding"]:
        raise click.UsageError("--encoding goes with text: JSON lines are UTF-8")
    cleaner = cleaner_of(
        options["profile"],
        options["packs"],
        options["enable"],
        options["disable"],
        stream=form == "jsonl",
    )
    shown = not options["quiet"] and (options["verbose"] or (output is not None and _terminal()))
    if form == "jsonl":
        return _clean_jsonl(cleaner, source, output, report_path, options, shown)
    return _clean_text(cleaner, source, output, report_path, options, shown)


def _clean_text(
    cleaner: Cleaner,
    source: str,
    output: str | None,
    report_path: str | None,
    options: dict[str, Any],
    shown: bool,
) -> int:
    name = "stdin" if source == _STDIN else source
    with reading(source) as file:
        data = file.read()
    result = cleaner.clean(data, source=name, encoding=options["encoding"])
    if shown:
        _show([result])
    if result.limit and not options["quiet"]:
        click.echo(f"cleaner: {name}: passed through whole: {result.limit}", err=True)
    if options["check"]:
        return _checked(name, len(_cruft(result)), options["quiet"])
    with ExitStack() as stack:
        report = stack.enter_context(written(report_path)) if report_path else None
        out = stack.enter_context(writing(output))
        out.write(result.data)
        if report:
            report.write((dumps(result.report(), indent=1) + "\n").encode())
    return 0


def _clean_jsonl(
    cleaner: Cleaner,
    source: str,
    output: str | None,
    report_path: str | None,
    options: dict[str, Any],
    shown: bool,
) -> int:
    from ..sources.jsonl import BadLine, parse_line, replaced

    name = "stdin" if source == _STDIN else source
    failed = cruft = 0
    results: list[Result] = []
    with ExitStack() as stack:
        lines = stack.enter_context(reading(source))
        report = out = None
        if not options["check"]:
            report = stack.enter_context(written(report_path)) if report_path else None
            out = stack.enter_context(writing(output))
        for number, line in enumerate(lines, 1):
            label = f"{name}:{number}"
            account: dict[str, Any] | None = None
            try:
                if line.isspace():
                    raise BadLine("an empty line")
                record = parse_line(line, options["text_field"])
            except BadLine as error:
                failed += not line.isspace()
                _tell(failed if not line.isspace() else 0, label, error)
                account = failure(label, str(error))
                clean = line
            else:
                result = cleaner.clean(record.text, source=label)
                clean = replaced(record, result.text)
                cruft += len(_cruft(result)) if options["check"] else 0
                account = result.report() if report else None
                if shown:
                    results.append(result)
            if out:
                out.write(clean)
                out.flush()
            if report and account is not None:
                report.write((dumps(account) + "\n").encode())
    _tell_all(failed, name)
    if shown:
        _show(results)
    if options["check"]:
        return max(_checked(name, cruft, options["quiet"]), int(failed > 0))
    return 1 if failed else 0


def _tell(failed: int, label: str, error: Exception) -> None:
    """Name one of the first lines that were no records; 0 is none of them."""
    if 0 < failed <= _MOST_MESSAGES:
        click.echo(f"cleaner: {label}: passed through as it came: {error}", err=True)


def _tell_all(failed: int, name: str) -> None:
    if failed > _MOST_MESSAGES:
        click.echo(f"cleaner: {name}: {failed} lines in all passed through as they came", err=True)


def _cruft(result: Result) -> list[Any]:
    return [cut for cut in result.cuts if cut.category != "whitespace"]


def _checked(name: str, found: int, quiet: bool) -> int:
    if found and not quiet:
        click.echo(f"cleaner: {name}: {found} pieces of cruft", err=True)
    return 1 if found else 0


def _show(results: list[Result]) -> None:
    from ..report.terminal import summary

    summary(results, sys.stderr)


def _terminal() -> bool:
    return sys.stderr.isatty()


def _check_places(source: str, output: str | None, report: str | None) -> None:
    """Refuse to overwrite the source, or one output with the other."""
    if source != _STDIN and Path(source).is_dir():
        raise InputError(f"{source}: is a directory: name a file")
    if report == _STDIN:
        raise click.UsageError("--report needs a file: stdout is for the clean text")
    if source == _STDIN and output and _is_stdin(output):
        raise CleanerError(f"-o and stdin are the same file {output}: name another one")
    named = [("SRC", source), ("-o", output), ("--report", report)]
    places = [(name, os.path.realpath(path)) for name, path in named if path and path != _STDIN]
    for at, (name, place) in enumerate(places):
        for other, same in places[:at]:
            if place == same and os.path.isfile(place) | (other != "SRC"):
                raise CleanerError(
                    f"{name} and {other} are the same file {place}: name another one"
                )


def _is_stdin(path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(0), os.stat(path))
    except OSError:
        return False


@contextmanager
def reading(source: str) -> Iterator[IO[bytes]]:
    """The source as a binary file, stdin for ``-``."""
    if source == _STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = open(source, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error
    with file:
        yield file


@contextmanager
def writing(output: str | None) -> Iterator[IO[bytes]]:
    """The file to write, or stdout."""
    if output is None or output == _STDIN:
        if isinstance(sys.stdout.buffer, io.RawIOBase):
            # python -u: a write may take a part of the bytes only, and says so to nobody.
            with open(sys.stdout.fileno(), "wb", closefd=False) as out:
                yield out
            return
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with written(output) as file:
        yield file
