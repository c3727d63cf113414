"""Documents in another format than that of their source."""

import json
from collections.abc import Callable, Iterable
from typing import IO, Any

from ..extras import needed
from ..report.account import dumps
from ..sources._types import Options

__all__ = ["SUFFIXES", "converter"]

# What the names of converted files end with; text has a file for each document, in a folder.
SUFFIXES = {"jsonl": ".jsonl", "parquet": ".parquet", "text": ""}
# The columns of Parquet beside the text.
_COLUMNS = ("source", "fields")

Converter = Callable[[Iterable[bytes], Options, IO[bytes]], None]


def converter(to: str) -> Converter:
    """What makes one file of the JSON lines of all pieces of a source.

    Raises
    ------
    MissingExtraError
        If that needs what is not installed.
    """
    if to == "parquet":
        _pyarrow()
        return _parquet
    return _jsonl


def _pyarrow() -> Any:
    with needed("writing Parquet", "parquet"):
        import pyarrow
        import pyarrow.parquet
    return pyarrow


def _jsonl(pieces: Iterable[bytes], _options: Options, out: IO[bytes]) -> None:
    for piece in pieces:
        out.write(piece)


def _parquet(pieces: Iterable[bytes], options: Options, out: IO[bytes]) -> None:
    """Three columns: the label, the text, and all other fields as one JSON object."""
    pa = _pyarrow()
    field = options.text_field if options.text_field not in _COLUMNS else "text"
    schema = pa.schema([(name, pa.string()) for name in (_COLUMNS[0], field, _COLUMNS[1])])
    with pa.parquet.ParquetWriter(out, schema) as writer:
        for piece in pieces:
            rows = [json.loads(line) for line in piece.splitlines()]
            columns = [
                [_readable(row["source"]) for row in rows],
                [row["text"] for row in rows],
                [dumps(row["fields"]) for row in rows],
            ]
            writer.write_table(pa.table(columns, schema=schema))


def _readable(label: str) -> str:
    """A label, which may be a file name that is no UTF-8."""
    return label.encode("utf-8", "backslashreplace").decode()
