"""``cleaner clean`` for one source that is read as it comes: a text, or JSON lines."""

import os
import sys
from contextlib import ExitStack
from typing import IO, Any

from ..api import Cleaner
from ..errors import InputError
from ..files import written
from ..report.account import dumps, failure
from ..report.shown import quantity
from ..result import Result
from .options import where_of
from .pipe import hint, taken, tell_limit
from .places import STDIN, reading, tell, writing
from .settings import blaming

__all__ = ["clean_lines", "clean_text"]

_MOST_MESSAGES = 10  # lines of a JSONL that are named one by one; of more the number is told


def clean_text(cleaner: Cleaner, source: str, options: dict[str, Any], shown: bool) -> int:
    """Clean one text; the exit status.

    Parameters
    ----------
    source
        Where it comes from, ``-`` for stdin.
    options
        Those of the command: where it goes to, and its account.
    shown
        Whether the sums are shown on stderr.
    """
    name, quiet = "stdin" if source == STDIN else source, options["quiet"]
    auto = options["form"] == "auto"
    data = taken(source, auto=auto, quiet=quiet)
    with blaming("encoding"):
        folder = (
            "" if source == STDIN else os.path.basename(os.path.dirname(os.path.abspath(source)))
        )
        site = where_of(options).of({}, folder) if cleaner.has_sites else ""
        result = cleaner.clean(data, source=name, encoding=options["encoding"], site=site)
    if auto and not quiet:
        hint(name, data, result)
    if shown:
        _show([result])
    if not quiet:
        tell_limit(name, result)
    with ExitStack() as stack:
        report = _account(stack, options)
        if not options["check"]:
            stack.enter_context(writing(options["output"])).write(result.data)
        if report:
            report.write((dumps(result.report(), indent=1) + "\n").encode())
    return _checked(name, len(_cruft(result)), quiet) if options["check"] else 0


def clean_lines(cleaner: Cleaner, source: str, options: dict[str, Any], shown: bool) -> int:
    """Clean JSON lines one by one, as they come; the rest is as in `clean_text`."""
    from ..sources.json_line import BadLine, escaped, fields_of, parse_line, without
    from .hints import packed_lines

    name = "stdin" if source == STDIN else source
    where = where_of(options) if cleaner.has_sites else None
    failed = cruft = 0
    results: list[Result] = []
    with ExitStack() as stack:
        lines = stack.enter_context(reading(source, quiet=options["quiet"]))
        report = _account(stack, options)
        out = None if options["check"] else stack.enter_context(writing(options["output"]))
        for number, line in enumerate(lines, 1):
            if number == 1 and (reason := packed_lines(line)):
                raise InputError(f"{name}: {reason}")
            label = f"{name}:{number}"
            account: dict[str, Any] | None = None
            try:
                if line.isspace():
                    raise BadLine("an empty line")
                record = parse_line(line, options["text_field"])
            except BadLine as error:
                failed += not line.isspace()
                _tell(failed if not line.isspace() else 0, label, error, line)
                account = failure(label, str(error))
                clean = line
            else:
                site = where.of(fields_of(record), "") if where else ""
                result = cleaner.clean(record.text, source=label, site=site)
                clean = without(record, result.cuts)
                cruft += len(_cruft(result)) if options["check"] else 0
                account = escaped(result.report(), record, result.cuts) if report else None
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


def _account(stack: ExitStack, options: dict[str, Any]) -> IO[bytes] | None:
    """The file of ``--report``, whole when the stack is left."""
    path = options["report_path"]
    return stack.enter_context(written(path)) if path else None


def _tell(failed: int, label: str, error: Exception, line: bytes) -> None:
    """Name one of the first lines that were no records; 0 is none of them."""
    if 0 < failed <= _MOST_MESSAGES:
        from .hints import field_advice

        advice = field_advice(line) if str(error).startswith("no field") else ""
        tell(f"{label}: passed through as it came: {error}{advice}")


def _tell_all(failed: int, name: str) -> None:
    if failed > _MOST_MESSAGES:
        tell(f"{name}: {failed} lines in all passed through as they came")


def _cruft(result: Result) -> list[Any]:
    return [cut for cut in result.cuts if cut.category != "whitespace"]


def _checked(name: str, found: int, quiet: bool) -> int:
    if found and not quiet:
        tell(f"{name}: {quantity(found, 'piece of cruft')}")
    return 1 if found else 0


def _show(results: list[Result]) -> None:
    from ..report.terminal import summary

    summary(results, sys.stderr)
