"""The column of texts among those of a table: checked, read as bytes, and put back as it was typed."""

from collections.abc import Iterator
from typing import Any

from ..errors import InputError
from ._types import BadRecord, BlankRecord
from .arrow_files import arrow

__all__ = ["as_text", "check_column", "texts_of", "with_texts"]


def check_column(schema: Any, path: str, field: str) -> None:
    """Refuse a source without texts.

    Raises
    ------
    InputError
        If there is no such column, or more than one, or it holds no strings.
    """
    places = schema.get_all_field_indices(field)
    if not places:
        raise InputError(f"{path}: no column {field!r}: say --text-field; {_strings(schema)}")
    if len(places) > 1:
        raise InputError(f"{path}: {len(places)} columns are called {field!r}: rename all but one")
    if _binary(schema.field(field).type) is None:
        kind = schema.field(field).type
        raise InputError(f"{path}: column {field!r} holds {kind}; {_strings(schema)}")


def _strings(schema: Any) -> str:
    texts = [column.name for column in schema if _binary(column.type) is not None]
    return f"columns that hold strings: {', '.join(map(repr, texts)) or 'none'}"


def _binary(kind: Any) -> Any:
    """The binary type that is like a type of strings; None for what is no such type."""
    pa = arrow()
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    pairs = (
        (pa.string(), pa.binary()),
        (pa.large_string(), pa.large_binary()),
        (pa.string_view(), pa.binary_view()),
    )
    return next((binary for string, binary in pairs if kind == string), None)


def texts_of(batch: Any, field: str) -> Iterator[bytes | None]:
    """The texts as the bytes they are; Parquet does not see to it that they are UTF-8."""
    pa = arrow()
    column = batch.column(field)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    for value in column.view(_binary(column.type)):
        yield value.as_py()


def as_text(text: bytes | None, field: str) -> str | BadRecord:
    """A text of the column; where it is none, why."""
    if text is None:
        return BlankRecord(f"column {field!r} is null")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        return BadRecord(f"column {field!r} is not UTF-8 at byte {error.start + 1}")


def with_texts(batch: Any, name: str, texts: list[bytes | None]) -> Any:
    """The rows with other texts, of the same type."""
    pa = arrow()
    index = batch.schema.get_field_index(name)
    field = batch.schema.field(index)
    encoded = pa.types.is_dictionary(field.type)
    column = pa.array(texts, _binary(field.type))
    column = column.view(field.type.value_type if encoded else field.type)
    if encoded:
        column = column.dictionary_encode()
        indices = column.indices.cast(field.type.index_type)
        column = pa.DictionaryArray.from_arrays(
            indices, column.dictionary, ordered=field.type.ordered
        )
    return batch.set_column(index, field, column)
