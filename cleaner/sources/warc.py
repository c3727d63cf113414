"""WARC files whose ``conversion`` records hold text: the WET files of Common Crawl.

Records are taken apart here and not by a library: fastwarc and warcio give headers back in their own
spelling, and what is not cleaned has to come out byte for byte. See ISO 28500 (WARC 1.1), "File and
record model".
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from ..errors import InputError
from ._types import BadRecord, Clean, Format, Options, Piece, Record
from .compression import opened, packed

__all__ = ["FORMAT", "packed_records"]

_START = b"WARC/"
_CHUNK = 1_000_000  # bytes read at a time
_MOST_HEAD = 1_000_000  # bytes of a header; more is none
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# A header field: its name and its value, which goes on where the next line begins with white space.
_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.MULTILINE)


class _Damaged(Exception):
    """Bytes that are no whole record; the message says why."""


class _Frame(NamedTuple):
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


def _pieces(path: str, options: Options) -> Iterator[Piece]:
    held = bytearray()
    at = passed = 0  # bytes of whole records that are held, and that were handed over
    first = number = 1
    with opened(path) as file:
        more = True
        while more:
            more = bool(chunk := file.read(_CHUNK))
            held += chunk
            while frame := _checked(held, at, more, f"{path}: record {number:,}", passed):
                at = frame.end
                number += 1
                if at >= options.piece_bytes:
                    yield Piece(first, bytes(held[:at]), at)
                    del held[:at]
                    first, passed, at = number, passed + at, 0
    if held:
        yield Piece(first, bytes(held), len(held))


def _checked(data: bytearray, at: int, more: bool, where: str, passed: int) -> _Frame | None:
    try:
        return _frame(data, at, more=more)
    except _Damaged as error:
        place = f"{where}, from byte {passed + at + 1:,} of the unpacked file"
        raise InputError(f"{place}: {error}") from None


def _frame(data: bytes | bytearray, start: int, *, more: bool) -> _Frame | None:
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
    _Damaged
        If there is no whole record.
    """
    left = len(data) - start
    if left < len(_START) and (more or not left):
        return None
    if data[start : start + len(_START)] != _START:
        raise _Damaged("no WARC record begins here: the file is damaged, or no WARC file")
    head = _HEAD_END.search(data, start, start + _MOST_HEAD)
    if head is None:
        if more and left < _MOST_HEAD:
            return None
        raise _Damaged("the header has no end: the file is damaged or not whole")
    block = head.end()
    tail = block + _length(bytes(data[start:block]))
    end = _next(data, tail)
    if end >= len(data) and more:
        return None
    if tail > len(data):
        raise _Damaged(
            f"breaks off after {len(data) - block:,} of {tail - block:,} bytes: "
            "take a whole copy of the file"
        )
    return _Frame(start, block, tail, end)


def _next(data: bytes | bytearray, tail: int) -> int:
    """Where the line ends after a record are over."""
    while data[tail : tail + 1] in (b"\r", b"\n"):
        tail += 1
    return tail


def _length(head: bytes) -> int:
    """The length of the block in bytes."""
    values = {value for name, value in _fields(head) if name == b"content-length"}
    if len(values) != 1:
        raise _Damaged(f"the header names {len(values) or 'no'} lengths, not one")
    value = values.pop()
    if not value.isdigit() or len(value) > 18:
        raise _Damaged(f"Content-Length {value.decode(errors='backslashreplace')!r} is no length")
    return int(value)


def _fields(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The fields of a header, their names in lower case."""
    for field in _FIELD.finditer(head):
        yield field[1].lower(), field[2].strip()


def _frames(data: bytes) -> Iterator[_Frame]:
    """The records of a piece, which are whole."""
    at = 0
    while frame := _frame(data, at, more=False):
        yield frame
        at = frame.end


def _parsed(
    piece: Piece, name: str
) -> Iterator[tuple[_Frame, Record | tuple[str, BadRecord] | None]]:
    """The records of a piece and what they hold; None for those that hold no text."""
    data: bytes = piece.data
    for number, frame in enumerate(_frames(data), piece.first):
        head = data[frame.start : frame.block]
        yield frame, _record(head, data[frame.block : frame.tail], f"{name}:{number}")


def _record(head: bytes, block: bytes, place: str) -> Record | tuple[str, BadRecord] | None:
    fields: dict[bytes, str] = {}
    for key, value in _fields(head):
        fields.setdefault(key, value.decode(errors="backslashreplace"))
    if fields.get(b"warc-type", "").lower() != "conversion":
        return None
    if not fields.get(b"content-type", "text/plain").lower().startswith("text/"):
        return None
    label = _bare(fields.get(b"warc-target-uri")) or place
    if b"warc-segment-number" in fields:
        return label, BadRecord("a record in several segments: its text is not whole here")
    return Record(label, block, _known(fields))


def _known(fields: dict[bytes, str]) -> dict[str, Any]:
    """What is known of a text, the same names for each."""
    languages = fields.get(b"warc-identified-content-language", "")
    return {
        "url": _bare(fields.get(b"warc-target-uri")),
        "date": fields.get(b"warc-date"),
        "id": _bare(fields.get(b"warc-record-id")),
        "languages": [code.strip() for code in languages.split(",") if code.strip()],
    }


def _bare(uri: str | None) -> str | None:
    """A URI without the angle brackets that WARC 1.0 puts around it."""
    return uri[1:-1] if uri and uri[0] == "<" and uri[-1] == ">" else uri


def _records(
    piece: Piece, name: str, _options: Options
) -> Iterator[Record | tuple[str, BadRecord]]:
    return (record for _, record in _parsed(piece, name) if record is not None)


def _cleaned(piece: Piece, name: str, _options: Options, clean: Clean) -> bytes:
    data: bytes = piece.data
    parts = []
    for frame, record in _parsed(piece, name):
        result = clean(record) if record is not None else None
        block = data[frame.block : frame.tail]
        if result is None or result.data == block:
            parts.append(data[frame.start : frame.end])
            continue
        head = _rewritten(data[frame.start : frame.block], result.data)
        parts += [head, result.data, data[frame.tail : frame.end]]
    return b"".join(parts)


def _rewritten(head: bytes, block: bytes) -> bytes:
    """The header with length and digests of a new block; all other bytes of it stay."""

    def field(match: re.Match[bytes]) -> bytes:
        name, value = match[1].lower(), match[2].strip()
        if name == b"content-length":
            new = str(len(block)).encode()
        elif name in (b"warc-block-digest", b"warc-payload-digest"):
            new = _digest(value, block)
        else:
            return match[0]
        return head[match.start() : match.start(2)] + new

    return _FIELD.sub(field, head)


def _digest(old: bytes, block: bytes) -> bytes:
    """The digest of a block, by the algorithm and in the spelling of another digest.

    SHA-1 in Base32, which nearly all files have, stands in where the algorithm is unknown.
    """
    label, _, value = old.partition(b":")
    try:
        algorithm = label.decode("ascii").lower().replace("-", "")
        digest = hashlib.new(algorithm, block, usedforsecurity=False).digest()
    except (ValueError, TypeError):
        label, digest = b"sha1", hashlib.sha1(block, usedforsecurity=False).digest()
    if len(value) == 2 * len(digest):
        return label + b":" + digest.hex().encode()
    return label + b":" + base64.b32encode(digest)


def packed_records(data: bytes, kind: str) -> bytes:
    """Compress WARC records each by itself, so that readers can go to any one of them.

    Parameters
    ----------
    data
        Whole records, one after the other.
    kind
        What `compression.kind_of` says of a source; an empty one leaves the data as they are.
    """
    if not kind:
        return data
    return b"".join(packed(data[frame.start : frame.end], kind) for frame in _frames(data))


def _assemble(parts: Iterable[bytes], _path: str, packing: str, out: IO[bytes]) -> None:
    for part in parts:
        out.write(packed_records(part, packing))


FORMAT = Format("warc", _pieces, _records, _cleaned, _assemble)
