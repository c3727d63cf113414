"""WARC files whose ``conversion`` records hold text: the WET files of Common Crawl."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from ..errors import InputError
from ._types import BadRecord, Clean, Format, Options, Piece, Record
from .compression import opened, packed
from .warc_frames import FIELD, Damaged, Frame, fields_of, frame_at, frames_of

__all__ = ["FORMAT", "packed_records"]

_CHUNK = 1_000_000  # bytes read at a time


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


def _checked(data: bytearray, at: int, more: bool, where: str, passed: int) -> Frame | None:
    try:
        return frame_at(data, at, more=more)
    except Damaged as error:
        place = f"{where}, from byte {passed + at + 1:,} of the unpacked file"
        raise InputError(f"{place}: {error}") from None


def _parsed(
    piece: Piece, name: str
) -> Iterator[tuple[Frame, Record | tuple[str, BadRecord] | None]]:
    """The records of a piece and what they hold; None for those that hold no text."""
    data: bytes = piece.data
    for number, frame in enumerate(frames_of(data), piece.first):
        head = data[frame.start : frame.block]
        yield frame, _record(head, data[frame.block : frame.tail], f"{name}:{number}")


def _record(head: bytes, block: bytes, place: str) -> Record | tuple[str, BadRecord] | None:
    fields: dict[bytes, str] = {}
    for key, value in fields_of(head):
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

    return FIELD.sub(field, head)


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
    return b"".join(packed(data[frame.start : frame.end], kind) for frame in frames_of(data))


def _assemble(parts: Iterable[bytes], _path: str, packing: str, out: IO[bytes]) -> None:
    for part in parts:
        out.write(packed_records(part, packing))


FORMAT = Format("warc", _pieces, _records, _cleaned, _assemble)
