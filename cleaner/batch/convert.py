"""Documents in another format than that of their source."""

import json
from collections.abc import Callable, Iterable
from typing import IO

from ..errors import MissingExtraError
from ..sources._types import Options

__all__ = ["SUFFIXES", "converter"]

# What the names of converted files end with; text has a file for each document, in a folder.
SUFFIXES = {"jsonl": ".jsonl", "parquet": ".parquet", "text": ""}

Converter = Callable[[Iterable[bytes], Options, IO[bytes]], None]


def converter(to: str) -> Converter:
    """What makes one file of the JSON lines of all pieces of a source."""
    return _parquet if to == "parquet" else _jsonl


def _jsonl(pieces: Iterable[bytes], _options: Options, out: IO[bytes]) -> None:
    for piece in pieces:
        out.write(piece)


def _parquet(pieces: Iterable[bytes], options: Options, out: IO[bytes]) -> None:
    """Three columns: the label, the text, and all other fields as one JSON object."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("writing Parquet", "parquet") from error
    field = options.text_field
    schema = pa.schema([("source", pa.string()), (field, pa.string()), ("fields", pa.string())])
    with pq.ParquetWriter(out, schema) as writer:
        for piece in pieces:
            rows = [json.loads(line) for line in piece.splitlines()]
            columns = [
                [row.pop("source") for row in rows],
                [row.pop(field) for row in rows],
                [json.dumps(row, ensure_ascii=False) for row in rows],
            ]
            writer.write_table(pa.table(columns, schema=schema))
