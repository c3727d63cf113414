"""Parquet: one column cleaned, every other column, the schema and the row groups as they came."""

from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from ..errors import InputError
from ._types import BadRecord, Clean, Format, Options, Piece, Record
from .arrow_files import arrow, changed, opened
from .arrow_rows import rows_of
from .arrow_texts import as_text, check_column, texts_of, with_texts

__all__ = ["FORMAT"]

# A worker reads its rows of a row group by itself and has to unpack those before them as well, which
# goes some twenty times as fast as cleaning. Of a row group in more pieces than this, the main process
# reads all rows once and hands them over.
_MOST_SHARED = 4


class _Place(NamedTuple):
    """Rows that a worker reads by itself: of a row group those from ``offset``, from 0, on.

    There are ``rows`` of them, fewer at the end of the row group.
    """

    path: str
    group: int
    offset: int
    rows: int


def _pieces(path: str, options: Options) -> Iterator[Piece]:
    with opened(path) as source:
        check_column(source.schema_arrow, path, options.text_field)
        first = 1
        for group in range(source.num_row_groups):
            shape = source.metadata.row_group(group)
            step = max(shape.num_rows * options.piece_bytes // max(shape.total_byte_size, 1), 1)
            if shape.num_rows <= step * _MOST_SHARED:
                for offset in range(0, shape.num_rows, step):
                    place = _Place(path, group, offset, step)
                    yield Piece(first + offset, place, _packed(shape, step))
            else:
                yield from _handed(source, group, step, first)
            first += shape.num_rows


def _handed(source: Any, group: int, step: int, first: int) -> Iterator[Piece]:
    """The rows of a row group themselves, some at a time."""
    size = _packed(source.metadata.row_group(group), step)
    for batch in source.iter_batches(step, row_groups=[group]):
        yield Piece(first, _stream(batch), size)
        first += batch.num_rows


def _packed(shape: Any, rows: int) -> int:
    """About the bytes in the file of so many rows of a row group."""
    size = sum(shape.column(index).total_compressed_size for index in range(shape.num_columns))
    return int(size * rows // max(shape.num_rows, 1))


def _batches(piece: Piece) -> Iterator[Any]:
    """The rows of a piece, as record batches."""
    if not isinstance(piece.data, _Place):
        yield from arrow().ipc.open_stream(piece.data)
        return
    path, group, offset, rows = piece.data
    at = 0
    with opened(path) as source:
        for batch in source.iter_batches(rows, row_groups=[group]):
            start, end = max(offset - at, 0), min(offset + rows - at, batch.num_rows)
            if start < end:
                yield batch.slice(start, end - start)
            at += batch.num_rows
            if at >= offset + rows:
                return
    if at <= offset:
        raise InputError(changed(path))


def _stream(*batches: Any) -> bytes:
    """Record batches as an Arrow IPC stream."""
    pa = arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _carried(piece: Piece) -> Piece:
    return piece._replace(data=_stream(*_batches(piece)))


def _documents(
    piece: Piece, name: str, field: str
) -> Iterator[tuple[Any, list[tuple[str, bytes | None, str | BadRecord]]]]:
    """The batches of a piece, each with the label of its rows, their texts as bytes, and as text."""
    number = piece.first
    for batch in _batches(piece):
        yield (
            batch,
            [
                (f"{name}:{row}", text, as_text(text, field))
                for row, text in enumerate(texts_of(batch, field), number)
            ],
        )
        number += batch.num_rows


def _records(piece: Piece, name: str, options: Options) -> Iterator[Record | tuple[str, BadRecord]]:
    for batch, documents in _documents(piece, name, options.text_field):
        others = rows_of(batch.drop_columns([options.text_field]))
        for (label, _, document), fields in zip(documents, others, strict=True):
            if isinstance(document, BadRecord):
                yield label, document
            elif isinstance(fields, BadRecord):
                yield label, fields
            else:
                yield Record(label, document, fields)


def _cleaned(piece: Piece, name: str, options: Options, clean: Clean) -> bytes:
    batches = []
    for batch, documents in _documents(piece, name, options.text_field):
        texts = []
        asked = [name for name in options.fields if batch.schema.names.count(name) == 1]
        columns = [batch.column(name) for name in asked]
        for row, (label, text, document) in enumerate(documents):
            if isinstance(document, BadRecord):
                result = clean((label, document))
            else:
                fields = {
                    name: column[row].as_py() for name, column in zip(asked, columns, strict=True)
                }
                result = clean(Record(label, document, fields))
            texts.append(text if result is None else result.data)
        batches.append(with_texts(batch, options.text_field, texts))
    return _stream(*batches)


def _assemble(parts: Iterable[bytes], path: str, _packing: str, out: IO[bytes]) -> None:
    pa = arrow()
    batches = (batch for part in parts for batch in pa.ipc.open_stream(part))
    with opened(path) as source:
        schema, groups = source.schema_arrow, source.metadata
        codecs = _codecs(groups, schema)
        with pa.parquet.ParquetWriter(out, schema, compression=codecs) as writer:
            for group in range(groups.num_row_groups):
                rows = groups.row_group(group).num_rows
                table = pa.Table.from_batches(_taken(batches, rows, path), schema)
                writer.write_table(table.unify_dictionaries(), row_group_size=max(rows, 1))
        if next(batches, None) is not None:
            raise InputError(changed(path))


def _taken(batches: Iterator[Any], rows: int, path: str) -> list[Any]:
    """The batches of one row group; a piece never goes over its end."""
    taken = []
    while rows > 0:
        batch = next(batches, None)
        if batch is None or batch.num_rows > rows:
            raise InputError(changed(path))
        taken.append(batch)
        rows -= batch.num_rows
    return taken


def _codecs(source: Any, schema: Any) -> Any:
    """The codec of each column; columns go by their order, for some writers name nested ones otherwise."""
    if not source.num_row_groups:
        return "snappy"  # what pyarrow takes where nothing is said
    pa = arrow()
    sink = pa.BufferOutputStream()
    pa.parquet.write_metadata(schema, sink)
    ours = pa.parquet.read_metadata(pa.BufferReader(sink.getvalue())).schema
    group = source.row_group(0)
    codecs = [group.column(index).compression for index in range(group.num_columns)]
    return {
        ours.column(index).path: "NONE" if codec == "UNCOMPRESSED" else codec
        for index, codec in enumerate(codecs)
    }


FORMAT = Format("parquet", _pieces, _records, _cleaned, _assemble, _carried)
