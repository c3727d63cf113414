"""JSON lines: one field of each cleaned, every other byte as it came."""

import io
from collections.abc import Iterable, Iterator
from typing import IO

from . import _types
from ._types import Clean, Format, Options, Piece
from .compression import opened, packed
from .json_line import BadLine, Record, fields_of, other_fields, parse_line, without

__all__ = ["FORMAT"]


def _pieces(path: str, options: Options) -> Iterator[Piece]:
    with opened(path) as file:
        first = 1
        while data := file.read(options.piece_bytes) + file.readline():
            yield Piece(first, data, len(data))
            first += data.count(b"\n")


def _parsed(piece: Piece, name: str, field: str) -> Iterator[tuple[bytes, str, Record | BadLine]]:
    """Lines, their labels and what they hold."""
    for number, line in enumerate(io.BytesIO(piece.data), piece.first):
        label = f"{name}:{number}"
        try:
            if line.isspace():
                raise _types.BlankRecord("an empty line")
            yield line, label, parse_line(line, field)
        except BadLine as error:
            yield line, label, error


def _records(
    piece: Piece, name: str, options: Options
) -> Iterator[_types.Record | tuple[str, BadLine]]:
    for _, label, parsed in _parsed(piece, name, options.text_field):
        if isinstance(parsed, BadLine):
            yield label, parsed
            continue
        try:
            fields = other_fields(parsed, options.text_field)
        except ValueError as error:
            yield label, BadLine(f"cannot be read in full: {error}")
        else:
            yield _types.Record(label, parsed.text, fields, parsed)


def _cleaned(piece: Piece, name: str, options: Options, clean: Clean) -> bytes:
    lines = []
    for line, label, parsed in _parsed(piece, name, options.text_field):
        if isinstance(parsed, BadLine):
            clean((label, parsed))
            lines.append(line)
            continue
        fields = fields_of(parsed) if options.fields else {}
        result = clean(_types.Record(label, parsed.text, fields, parsed))
        lines.append(line if result is None else without(parsed, result.cuts))
    return b"".join(lines)


def _assemble(parts: Iterable[bytes], _path: str, packing: str, out: IO[bytes]) -> None:
    empty = True
    for part in parts:
        out.write(packed(part, packing) if packing else part)
        empty = False
    if empty and packing:  # a packed file of nothing is not a file of nothing
        out.write(packed(b"", packing))


FORMAT = Format("jsonl", _pieces, _records, _cleaned, _assemble)
