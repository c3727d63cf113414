"""Where the records of a WARC file stand, and the fields of their headers.

They are taken apart here and not by a library: fastwarc and warcio give headers back in their own
spelling, and what is not cleaned has to come out byte for byte. See ISO 28500 (WARC 1.1), "File and
record model".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["FIELD", "Damaged", "Frame", "fields_of", "frame_at", "frames_of"]

_START = b"WARC/"
_MOST_HEAD = 1_000_000  # bytes of a header; more is none
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# A header field: its name and its value, which goes on where the next line begins with white space.
FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.MULTILINE)


class Damaged(Exception):
    """Bytes that are no whole record; the message says why."""


class Frame(NamedTuple):
    """Where the parts of a record stand in some data, as offsets in bytes.

    Attributes
    ----------
    start
        Its header, with the blank line that ends it.
    block
        Its content, of the length that the header names.
    tail
        The line ends after it.
    end
        The next record.
    """

    start: int
    block: int
    tail: int
    end: int


def frame_at(data: bytes | bytearray, start: int, *, more: bool) -> Frame | None:
    """Take apart the record that begins at an offset.

    Parameters
    ----------
    data
        Some of a file.
    start
        The offset.
    more
        Whether more data can follow.

    Returns
    -------
        None if more data have to be read first, and at the end of the file.

    Raises
    ------
    Damaged
        If there is no whole record.
    """
    left = len(data) - start
    if left < len(_START) and (more or not left):
        return None
    if data[start : start + len(_START)] != _START:
        raise Damaged("no WARC record begins here: the file is damaged, or no WARC file")
    head = _HEAD_END.search(data, start, start + _MOST_HEAD)
    if head is None:
        if more and left < _MOST_HEAD:
            return None
        raise Damaged("the header has no end: the file is damaged or not whole")
    block = head.end()
    tail = block + _length(bytes(data[start:block]))
    end = _next(data, tail)
    if end >= len(data) and more:
        return None
    if tail > len(data):
        raise Damaged(
            f"breaks off after {len(data) - block:,} of {tail - block:,} bytes: "
            "take a whole copy of the file"
        )
    return Frame(start, block, tail, end)


def _next(data: bytes | bytearray, tail: int) -> int:
    """Where the line ends after a record are over."""
    while data[tail : tail + 1] in (b"\r", b"\n"):
        tail += 1
    return tail


def _length(head: bytes) -> int:
    """The length of the block in bytes."""
    values = {value for name, value in fields_of(head) if name == b"content-length"}
    if len(values) != 1:
        raise Damaged(f"the header names {len(values) or 'no'} lengths, not one")
    value = values.pop()
    if not value.isdigit() or len(value) > 18:
        raise Damaged(f"Content-Length {value.decode(errors='backslashreplace')!r} is no length")
    return int(value)


def fields_of(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The fields of a header, their names in lower case."""
    for field in FIELD.finditer(head):
        yield field[1].lower(), field[2].strip()


def frames_of(data: bytes) -> Iterator[Frame]:
    """The records of data that hold whole ones."""
    at = 0
    while frame := frame_at(data, at, more=False):
        yield frame
        at = frame.end
