"""One line of JSON: where its text stands, and the line without cuts, or with them put back.

Numbers, key order, spacing and escapes come out as they came in, those of the text that is kept too: its
characters are never written anew. How a cut was escaped stands in the report, so that it can come back.
"""

import json
import re
from collections.abc import Iterable, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ..apply import stretches
from ..model import Cut
from ._types import BadRecord as BadLine

__all__ = [
    "BadLine",
    "Record",
    "escaped",
    "fields_of",
    "other_fields",
    "parse_line",
    "restored",
    "without",
]

_BLANK = re.compile(r"[ \t\r\n]*")
# An escape stands for one character; so do the two halves of a surrogate pair.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)")
# Raw control characters in strings are against the standard, and common. Numbers stay text: Python
# refuses whole numbers of more than 4,300 digits.
_DECODER = json.JSONDecoder(strict=False, parse_int=str)


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

    @property
    def literal(self) -> str:
        """The text as it is escaped in the line, without its quotes."""
        return self.line[self.start + 1 : self.end - 1]


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
        places = _members(line, field)
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


def _members(line: str, field: str) -> list[tuple[int, int]]:
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


def without(record: Record, cuts: Sequence[Cut]) -> bytes:
    """The line without the cuts, which are those of its text; what stays keeps its escapes."""
    literal, first = record.literal, record.start + 1
    at = 0
    parts = []
    for start, end in _spans(literal, cuts):
        parts.append(record.line[at : first + start])
        at = first + end
    return "".join([*parts, record.line[at:]]).encode()


def escaped(account: dict[str, Any], record: Record, cuts: Sequence[Cut]) -> dict[str, Any]:
    """The account of these cuts, each with its literal where that is not the usual one."""
    literal = record.literal
    for entry, (start, end) in zip(account["cuts"], _spans(literal, cuts), strict=True):
        if literal[start:end] != _usual(entry["text"]):
            entry["literal"] = literal[start:end]
    return account


def restored(record: Record, cuts: Sequence[dict[str, Any]]) -> Record:
    """The record with its cuts, which are those of its report, put back.

    Raises
    ------
    ValueError
        If a cut does not fit the text of the line, or its literal is none.
    """
    literal = record.literal
    spans = stretches(len(record.text), ((cut["start"], cut["end"]) for cut in cuts))
    edges = _places(literal, (edge for span in spans for edge in span))
    parts = [literal[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    for at, cut in enumerate(cuts):
        parts[at] += cut["literal"] if "literal" in cut else _usual(cut["text"])
    new = "".join(parts)
    text, end = scanstring(f'{new}"', 0, False)
    if end != len(new) + 1:
        raise ValueError("a literal ends before its end")
    line = f"{record.line[: record.start + 1]}{new}{record.line[record.end - 1 :]}"
    return Record(line, text, record.start, record.start + len(new) + 2)


def _usual(text: str) -> str:
    """A text as a JSON literal without its quotes, with no more escapes than JSON asks for."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _spans(literal: str, cuts: Sequence[Cut]) -> list[tuple[int, int]]:
    """Where the cuts stand in the literal."""
    edges = _places(literal, (edge for cut in cuts for edge in (cut.start, cut.end)))
    return list(zip(edges[::2], edges[1::2], strict=True))


def _places(literal: str, offsets: Iterable[int]) -> list[int]:
    """Where the characters at these offsets of the text, which ascend, begin in the literal."""
    found = []
    more = 0  # by how much the literal is longer, up to here
    marks = _ESCAPE.finditer(literal)
    mark = next(marks, None)
    for offset in offsets:
        while mark and mark.start() < offset + more:
            more += mark.end() - mark.start() - 1
            mark = next(marks, None)
        found.append(offset + more)
    return found


def fields_of(record: Record) -> dict[str, Any]:
    """All fields of a line; none where one of them cannot be read."""
    try:
        return other_fields(record, "")
    except ValueError:
        return {}


def other_fields(record: Record, field: str) -> dict[str, Any]:
    """All fields of a line but one.

    Raises
    ------
    ValueError
        If one of them cannot be read.
    """
    values = json.loads(record.line.removeprefix("\ufeff"), strict=False)
    return {key: value for key, value in values.items() if key != field}
