"""Rows of Arrow tables as JSON values, the same ones whatever else is installed."""

import base64
import datetime
import math
from collections.abc import Iterator
from typing import Any

from ._types import BadRecord

__all__ = ["rows_of"]


def rows_of(batch: Any) -> Iterator[dict[str, Any] | BadRecord]:
    """The rows of a record batch; in place of one that JSON cannot hold, a BadRecord.

    Times are in ISO 8601 and have microseconds at most, durations are in seconds, bytes in Base64,
    decimals are strings, numbers that are none (NaN, infinity) are None, a map is a list of pairs.
    """
    columns = [_readable(column) for column in batch.columns]
    names = batch.schema.names
    for row in range(batch.num_rows):
        yield _row([(name, column[row]) for name, column in zip(names, columns, strict=True)])


def _row(scalars: list[tuple[str, Any]]) -> dict[str, Any] | BadRecord:
    values: dict[str, Any] = {}
    for name, scalar in scalars:
        try:
            values[name] = _json(scalar.as_py())
        except (ValueError, OverflowError, LookupError) as error:
            return BadRecord(f"column {name!r} cannot be written as JSON: {error}")
    return values


def _readable(column: Any) -> Any:
    """A column whose times have microseconds at most; Python has none that are finer."""
    kind = _microseconds(column.type)
    return column if kind == column.type else column.cast(kind, safe=False)


def _microseconds(kind: Any) -> Any:
    """A type like this one, nested ones too, without nanoseconds."""
    import pyarrow as pa

    types = pa.types
    if types.is_timestamp(kind) and kind.unit == "ns":
        return pa.timestamp("us", kind.tz)
    if types.is_time64(kind) and kind.unit == "ns":
        return pa.time64("us")
    if types.is_duration(kind) and kind.unit == "ns":
        return pa.duration("us")
    if types.is_struct(kind):
        return pa.struct([field.with_type(_microseconds(field.type)) for field in kind])
    if types.is_list(kind) or types.is_large_list(kind):
        inner = kind.value_field.with_type(_microseconds(kind.value_type))
        return pa.list_(inner) if types.is_list(kind) else pa.large_list(inner)
    if types.is_map(kind):
        return pa.map_(_microseconds(kind.key_type), _microseconds(kind.item_type))
    return kind


def _json(value: Any) -> Any:
    """A value for JSON: times by ISO 8601, durations in seconds, bytes in Base64, no NaN."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: _json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):  # of tuples, the pairs of a map
        return [_json(inner) for inner in value]
    return str(value)  # decimals and UUIDs
