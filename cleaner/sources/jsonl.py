"""One JSON object a line; only the text field is rewritten, every other byte stays.

The field's string is found in the line and replaced there, so that numbers, key order, spacing and
escapes of the other fields come out as they came in, and a line in which nothing is cut is the same line.
"""

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

__all__ = ["BadLine", "Record", "parse_line", "replaced"]

_BLANK = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Raw control characters in strings are against the standard, and common. Numbers stay text: Python
# refuses whole numbers of more than 4,300 digits.
_DECODER = json.JSONDecoder(strict=False, parse_int=str)


class BadLine(Exception):
    """A line that holds no text to clean; the message says why."""


class Record(NamedTuple):
    """A line and the place of its text.

    Attributes
    ----------
    line
        The line as it came, decoded.
    text
        The value of the text field.
    start, end
        Where its string literal stands in the line, quotes included.
    """

    line: str
    text: str
    start: int
    end: int


def parse_line(data: bytes, field: str) -> Record:
    """Find the text of one line.

    Raises
    ------
    BadLine
        If the line is no JSON object, or the field is missing, no string, or there twice.
    """
    try:
        line = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 at byte {error.start + 1}") from None
    try:
        places = _places(line, field)
    except (ValueError, IndexError, StopIteration) as error:
        raise BadLine(f"not a JSON object: {error}") from None
    except RecursionError:
        raise BadLine("not read: nested too deeply") from None
    if not places:
        raise BadLine(f"no field {field!r}")
    if len(places) > 1:
        raise BadLine(f"field {field!r} stands there {len(places)} times")
    start, end = places[0]
    if line[start] != '"':
        raise BadLine(f"field {field!r} is not a string")
    text, _ = scanstring(line, start + 1, False)
    return Record(line, text, start, end)


def _places(line: str, field: str) -> list[tuple[int, int]]:
    """Where the values of all members named ``field`` stand in the object of the line."""
    found: list[tuple[int, int]] = []
    at = _skip(line, 1 if line.startswith("\ufeff") else 0)
    at = _skip(line, _expect(line, at, "{"))
    if line[at] == "}":
        at += 1
    else:
        while True:
            name, at = scanstring(line, _expect(line, at, '"'), False)
            start = _skip(line, _expect(line, _skip(line, at), ":"))
            _, at = _DECODER.raw_decode(line, start)
            if name == field:
                found.append((start, at))
            at = _skip(line, at)
            if line[at] == "}":
                at += 1
                break
            at = _skip(line, _expect(line, at, ","))
    if _skip(line, at) != len(line):
        raise ValueError(f"extra data at column {at + 1}")
    return found


def _skip(line: str, at: int) -> int:
    match = _BLANK.match(line, at)
    return match.end() if match else at


def _expect(line: str, at: int, char: str) -> int:
    if line[at : at + 1] != char:
        raise ValueError(f"no {char!r} at column {at + 1}")
    return at + 1


def replaced(record: Record, text: str) -> bytes:
    """The line with another text, escaped as the old one was."""
    if text == record.text:
        return record.line.encode("utf-8")
    old = record.line[record.start : record.end]
    # Lone surrogates can stand in JSON as escapes only.
    ascii_only = (old.isascii() and "\\u" in old) or _SURROGATE.search(text) is not None
    new = json.dumps(text, ensure_ascii=ascii_only)
    return f"{record.line[: record.start]}{new}{record.line[record.end :]}".encode()
