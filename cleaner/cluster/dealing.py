"""Rows of counts dealt out by site and key, and each deal summed."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from zlib import crc32

from ..learn.counting import Count, Row, counts, merged

__all__ = ["Summed", "deal_of", "summed", "table_of"]

_TEXTS = frozenset({"site", "kind", "form"})


class Summed(NamedTuple):
    """One deal of all rows: the lines of enough documents, and the documents of each site."""

    counts: list[Count]
    documents: dict[str, int]


def deal_of(row: Row, deals: int) -> int:
    """Where a row is summed: with all others of its site, kind and key."""
    return (row.key ^ crc32(row.site.encode("utf-8", "surrogatepass"))) % deals


def table_of(rows: Sequence[Row]) -> Any:
    """Rows as an Arrow table, which is quick to move."""
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(Row._fields)
    kinds = [pa.int64() if name not in _TEXTS else pa.string() for name in Row._fields]
    arrays = [
        pa.array(list(map(_written, column)) if kind == pa.string() else column, kind)
        for column, kind in zip(columns, kinds, strict=True)
    ]
    return pa.table(arrays, names=list(Row._fields))


def _written(text: str) -> str:
    """A text without halves of characters, as `cleaner.learn.store.write_rows` writes it."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def summed(least: int, *tables: Any) -> tuple[Summed, dict[int, str]]:
    """One deal of all sources, summed; and what its documents are called."""
    rows = merged(
        Row(*row)
        for table in tables
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True)
    )
    documents: dict[str, int] = {}
    names: dict[int, str] = {}
    lines = []
    for row in rows:
        if row.kind == "document":
            documents[row.site] = documents.get(row.site, 0) + row.docs
            names[row.key] = min(row.form, names.get(row.key, row.form))
        else:
            lines.append(row)
    return Summed(counts(lines, least), documents), names
