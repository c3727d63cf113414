"""What an input is that is no plain text, told from its first bytes."""

from collections.abc import Sequence

from ..sources.signatures import binary_kind, seems_binary

__all__ = ["field_advice", "named_otherwise", "no_text", "packed_lines", "refused", "seems_jsonl"]

_HEAD = 1024  # bytes looked at for markup
_MOST_FIELDS = 5
_MARK = b"\xef\xbb\xbf"
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
_EXTRACT = "cleaner reads the text that an extractor, such as trafilatura, takes out of it"
# What other commands and formats read, and what no text begins with either.
_READ = {
    b"\x1f\x8b\x08": "a gzip file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"PAR1\x15": "a Parquet file",
}


def refused(data: bytes) -> str:
    """Why the bytes are not cleaned as text unless somebody says that they are; empty if they may be.

    Cuts in what is no text would damage it.
    """
    kind = binary_kind(data) or next(
        (name for start, name in _READ.items() if data.startswith(start)), ""
    )
    if kind:
        return f"seems to be {kind}, not text: take the text out of it first"
    if seems_jsonl(data):
        return (
            "seems to be JSON lines: say --format jsonl to clean their text field, "
            "or --format text to clean them as they are"
        )
    if _is_json(data):
        return (
            "seems to be JSON: put one object a line, as jq -c '.[]' does of a list, and say --format jsonl, "
            "or --format text to clean it as it is"
        )
    return ""


def named_otherwise(paths: Sequence[str]) -> list[str]:
    """What to say of files of a folder whose names are those of no text, though they are cleaned as text."""
    told = []
    for ends, kind, advice in (
        ((".html", ".htm", ".xhtml"), "HTML", _EXTRACT),
        ((".json",), "JSON", "JSON lines are read with --format jsonl"),
    ):
        found = [path for path in paths if path.lower().endswith(ends)]
        if found:
            more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
            are = "are" if more else "is"
            told.append(f"{found[0]}{more} {are} named as {kind}, and cleaned as text: {advice}")
    return told


def packed_lines(data: bytes) -> str:
    """Why bytes that should be JSON lines are none at all, told from their first; empty if they may be."""
    kind = next((name for start, name in _READ.items() if data.startswith(start)), "")
    return f"seems to be {kind}, not JSON lines: unpack it first, or name the file" if kind else ""


def no_text(data: bytes, encoding: str) -> str:
    """What the bytes, read in this encoding, seem to be if they are no plain text; empty if they are text."""
    if seems_binary(data, encoding):
        return "seems to be binary data, not text"
    if data[:_HEAD].removeprefix(_MARK).lstrip().lower().startswith(_MARKUP):
        return f"seems to be HTML: {_EXTRACT}"
    return ""


def seems_jsonl(data: bytes) -> bool:
    """Whether the first line is a JSON object."""
    first = data.removeprefix(_MARK).split(b"\n", 1)[0].strip()
    if not (first.startswith(b"{") and first.endswith(b"}")):
        return False
    import json

    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _is_json(data: bytes) -> bool:
    """Whether this is one value of JSON with text in it."""
    bare = data.removeprefix(_MARK).strip()
    if not (bare[:1] in b"{[" and bare[-1:] in b"}]" and b'"' in bare):
        return False
    import json

    try:
        return bool(json.loads(bare))
    except (ValueError, RecursionError):
        return False


def field_advice(line: bytes) -> str:
    """What to do about a JSON line without the text field; empty if it has no text at all."""
    fields = _text_fields(line)
    return f"; say --text-field: the line has {', '.join(fields)}" if fields else ""


def _text_fields(line: bytes) -> list[str]:
    """The names of a JSON line's members that are texts, in quotes, the longest text first."""
    import json

    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return []
    texts = members.items() if isinstance(members, dict) else ()
    found = [(len(value), name) for name, value in texts if isinstance(value, str)]
    return [repr(name) for _, name in sorted(found, key=lambda row: -row[0])[:_MOST_FIELDS]]
