"""``cleaner restore``: the scrape from a clean text and its report."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from ..errors import InputError, RestoreError
from ..report.account import restore
from .clean import writing
from .options import form_of, format_options

__all__ = ["command"]


@click.command()
@click.argument("clean", metavar="BODY")
@click.argument("report", metavar="REPORT.json")
@click.option("-o", "--output", metavar="FILE", help="Write the scrape here, not to stdout.")
@format_options("BODY", "restore")
def command(clean: str, report: str, output: str | None, form: str, text_field: str) -> int:
    """Give back the scrape from the clean text BODY and its report.

    Either may be - for stdin. Both are checked against the sums in the report.
    """
    if clean == report == "-":
        raise click.UsageError("only one of BODY and REPORT.json can be stdin")
    data = _read(clean)
    form = form_of(clean, form)
    reports = _read(report)
    if form == "jsonl":
        scrape = _restored_lines(data, reports, report, text_field)
    else:
        scrape = restore(data, _parsed(reports, report))
    with writing(output) as file:
        file.write(scrape)
    return 0


def _restored_lines(data: bytes, reports: bytes, name: str, field: str) -> bytes:
    from ..sources.jsonl import BadLine, parse_line, replaced

    rows = reports.splitlines()
    lines = _lines(data)
    if len(lines) != len(rows):
        raise RestoreError(f"{len(lines)} lines, but {len(rows)} reports in {name}")
    out = []
    for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
        account = _parsed(row, f"{name}:{number}")
        if "error" in account:
            out.append(line)
            continue
        try:
            record = parse_line(line, field)
        except BadLine as error:
            raise RestoreError(f"line {number}: {error}: it is not as it was written") from error
        scrape = restore(record.text, account).decode("utf-8", "surrogatepass")
        out.append(replaced(record, scrape))
    return b"".join(out)


def _lines(data: bytes) -> list[bytes]:
    """Lines as a file gives them: each with its ``\\n``."""
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RestoreError(f"{name}: is not a JSON report: {error}") from error
    if not isinstance(value, dict):
        raise RestoreError(f"{name}: is not a report: it must be a JSON object")
    return value


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
