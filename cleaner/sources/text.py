"""One document a file, in whatever encoding it is."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from ..errors import InputError
from ._types import BadRecord, Clean, Format, Options, Piece, Record
from .compression import kind_of, opened
from .signatures import binary_kind, seems_binary

__all__ = ["FORMAT"]


def _pieces(path: str, _options: Options) -> Iterator[Piece]:
    yield Piece(1, path)


def _records(piece: Piece, name: str, options: Options) -> Iterator[Record | tuple[str, BadRecord]]:
    data = _data(piece)
    if kind := binary_kind(data):
        yield name, BadRecord(f"seems to be {kind}, not text")
    elif not options.encoding and seems_binary(data):
        yield name, BadRecord("seems to be binary data, not text: name its --encoding if it is")
    else:
        yield Record(name, data, {})


def _cleaned(piece: Piece, name: str, options: Options, clean: Clean) -> bytes:
    cleaned = b""
    for record in _records(piece, name, options):
        result = clean(record)
        if result is not None:
            cleaned = result.data
        elif isinstance(record, Record):
            cleaned = _data(piece)
    return cleaned


def _data(piece: Piece) -> bytes:
    return piece.data if isinstance(piece.data, bytes) else read(piece.data)


def _carried(piece: Piece) -> Piece:
    return piece._replace(data=_data(piece))


def _assemble(parts: Iterable[bytes], _path: str, _packing: str, out: IO[bytes]) -> None:
    for part in parts:
        out.write(part)


def read(path: str) -> bytes:
    """The bytes of a file, without its compression.

    Raises
    ------
    InputError
        If the file is not there, cannot be read, or its compression is damaged.
    """
    try:
        if kind_of(path):
            with opened(path) as file:
                return file.read()
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error


FORMAT = Format("text", _pieces, _records, _cleaned, _assemble, _carried)
