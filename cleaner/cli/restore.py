"""``cleaner restore``: the scrape from a clean text and its report."""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import click

from ..errors import InputError, RestoreError
from ..report.account import belongs, restore
from ..report.shown import quantity
from ..sources._types import Options
from ..sources.compression import kind_of, packed
from ..sources.formats import format_named
from .hints import seems_jsonl
from .kinds import FILE
from .named import format_in, packing_named
from .options import form_of, format_options
from .places import STDIN, apart, no_folder, reading, writing

__all__ = ["command"]

_BLANK = re.compile(r"\s*")
_PACKED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")  # gzip and Zstandard


@click.command()
@click.argument("clean", metavar="BODY", type=FILE)
@click.argument("report", metavar="REPORT.json", type=FILE)
@click.option(
    "-o", "--output", metavar="FILE", type=FILE, help="Write the scrape here, not to stdout."
)
@format_options("BODY", "restore", ("auto", "text", "jsonl", "parquet", "warc"))
def command(clean: str, report: str, output: str | None, form: str, text_field: str) -> int:
    """Give back the scrape from the clean text BODY and its report.

    Either may be - for stdin. Both are checked against the sums in the report.
    """
    if clean == report == STDIN:
        raise click.UsageError("only one of BODY and REPORT.json can be stdin")
    no_folder("-o", output)
    if os.path.isdir(clean):
        raise InputError(f"{clean}: is a directory: name one file of it")
    apart({"BODY": clean, "REPORT.json": report}, {"-o": output})
    if (kind := _kind(clean, form)) in ("parquet", "warc"):
        _restored_records(kind, clean, report, output, text_field)
        return 0
    data, reports = _read(clean), _read(report)
    if _is_report(data) and not _is_report(reports):
        raise RestoreError(
            f"{clean} is a report and {report} is none: the clean text comes first, "
            f"'cleaner restore {report} {clean}'"
        )
    if form_of(clean, form) == "jsonl":
        scrape = _restored_lines(data, reports, clean, report, text_field)
    else:
        scrape = _restored_text(data, reports, clean, report)
    scrape = packed(scrape, packing_named(output or STDIN) or "")
    with writing(output) as file:
        file.write(scrape)
    return 0


def _kind(clean: str, form: str) -> str:
    return format_in(clean, form) if os.path.isfile(clean) else form


def _restored_records(
    kind: str, clean: str, report: str, output: str | None, text_field: str
) -> None:
    """All records of a file that is read in pieces."""
    from ..report.refit import refitted
    from ..report.stream import reports

    if STDIN in (clean, report) or not output or output == STDIN:
        raise click.UsageError(f"of {kind}, BODY, REPORT.json and -o must be files")
    packing = packing_named(output)
    if packing is None:
        packing = kind_of(clean)
    options = Options(text_field)
    with writing(output) as out:
        refitted(format_named(kind), clean, lambda: reports([report]), options, packing, out)


def _restored_text(data: bytes, reports: bytes, clean: str, report: str) -> bytes:
    accounts = list(_reports(reports, report))
    jsonl = f"; if {clean} holds JSON lines, say --format jsonl"
    if len(accounts) > 1:
        # Of a run over many files: the report of this one has its sum.
        accounts = [account for account in accounts if belongs(data, account)][:1]
    if not accounts:
        raise RestoreError(f"{report} holds no report of {clean} as it is now{jsonl}")
    try:
        return restore(data, accounts[0], f"the clean text {clean}", f"the report {report}")
    except RestoreError as error:
        raise RestoreError(f"{error}{jsonl if seems_jsonl(data) else ''}") from error


def _restored_lines(data: bytes, reports: bytes, clean: str, report: str, field: str) -> bytes:
    lines = _lines(data)
    accounts = _of_file(list(_reports(reports, report)), lines, clean)
    if len(lines) != len(accounts):
        raise RestoreError(
            f"{quantity(len(lines), 'line')} in {clean}, but {quantity(len(accounts), 'report')} in "
            f"{report}: name the report that was written with it"
        )
    out = []
    pairs = zip(lines, accounts, strict=True)
    for number, (line, account) in enumerate(pairs, 1):
        if "error" in account:
            out.append(line)
            continue
        try:
            out.append(
                _restored_line(
                    line, account, field, f"{clean}:{number}", f"report {number} of {report}"
                )
            )
        except RestoreError as error:
            raise RestoreError(f"{error}{_other_field(line, account, field)}") from error
    return b"".join(out)


def _of_file(
    accounts: list[dict[str, Any]], lines: list[bytes], clean: str
) -> list[dict[str, Any]]:
    """The reports of one file, where those of a run over many are given: its name tells."""
    if len(accounts) == len(lines):
        return accounts
    files: dict[str, list[dict[str, Any]]] = {}
    for account in accounts:
        files.setdefault(str(account.get("source", "")).rpartition(":")[0], []).append(account)
    name = os.path.basename(clean)
    fitting = [
        rows
        for source, rows in files.items()
        if os.path.basename(source) == name and len(rows) == len(lines)
    ]
    return fitting[0] if len(fitting) == 1 else accounts


def _restored_line(
    line: bytes, account: dict[str, Any], field: str, place: str, report: str
) -> bytes:
    from ..sources.json_line import BadLine, parse_line, restored

    try:
        record = parse_line(line, field)
    except BadLine as error:
        raise RestoreError(f"{place}: {error}: the line is not as it was written") from error
    scrape = restore(record.text, account, f"the text of {place}", report)
    try:
        whole = restored(record, account["cuts"])
    except (TypeError, ValueError) as error:
        raise RestoreError(f"{report} was changed: {error}") from error
    if whole.text.encode("utf-8", "surrogatepass") != scrape:
        raise RestoreError(f"{report} was changed: a literal is not as it was")
    return whole.line.encode()


def _other_field(line: bytes, account: dict[str, Any], field: str) -> str:
    """Which other field of the line the report was made with, as advice; empty for none."""
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    for name, value in members.items() if isinstance(members, dict) else ():
        if name != field and isinstance(value, str) and belongs(value, account):
            return f"; field {name!r} is, so say --text-field {name}"
    return ""


def _lines(data: bytes) -> list[bytes]:
    """Lines as a file gives them: each with its ``\\n``."""
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _reports(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """The reports of a file, one after the other; how they are laid out does not matter."""
    decoder = json.JSONDecoder()
    number = at = 0
    try:
        text = data.decode(json.detect_encoding(data), "surrogatepass").strip()
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            number += 1
            if not isinstance(value, dict):
                raise RestoreError(f"{name}: is not a report: it must be a JSON object")
            yield value
            at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
    except (ValueError, RecursionError) as error:
        where = f" no. {number + 1}" if number else ""
        raise RestoreError(f"{name}: is not a JSON report{where}: {error}") from error


def _is_report(data: bytes) -> bool:
    """Whether the bytes begin with a report."""
    if not data.lstrip().startswith(b"{"):
        return False
    try:
        return "schema_version" in next(_reports(data, ""))
    except RestoreError:
        return False


def _read(path: str) -> bytes:
    with reading(path) as file:
        data = file.read()
    if path == STDIN or not data.startswith(_PACKED):
        return data
    from ..sources.compression import opened

    with opened(path) as file:
        return file.read()
