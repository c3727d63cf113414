"""Batches of columns, as ``map_batches`` of Ray Data, ``map`` of datasets or pandas have them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from ..api import Cleaner
from ..errors import InputError
from ..report.account import dumps

__all__ = ["CleanBatch"]

Batch = TypeVar("Batch")


class CleanBatch:
    """Cleans the texts of a batch; everything else in it stays, and so do rows without a text.

    A batch is a dict of NumPy arrays or lists, a ``pyarrow.Table``, or a ``pandas.DataFrame``; what comes
    back is of the same kind. A class and no function, so that each actor loads the rules once:
    ``dataset.map_batches(CleanBatch, concurrency=8)``.

    Parameters
    ----------
    text_field
        The column to clean.
    report_field
        A column to add, with the report of each document as JSON; empty for none.
    site_field
        A column with the site or the address of each document, for rules that are bound to sites.
    settings
        Those of `Cleaner`.

    Raises
    ------
    CleanerError
        If the settings are wrong.

    Examples
    --------
    >>> batch = {"id": [1], "text": ["The bridge is closed.\\n\\n- Advertisement -\\n"]}
    >>> CleanBatch()(batch)
    {'id': [1], 'text': ['The bridge is closed.\\n']}
    """

    def __init__(
        self,
        text_field: str = "text",
        report_field: str = "",
        site_field: str = "",
        **settings: Any,
    ) -> None:
        self._text_field = text_field
        self._report_field = report_field
        self._site_field = site_field
        self._cleaner = Cleaner(**settings)

    def __call__(self, batch: Batch) -> Batch:
        """The batch with clean texts.

        Raises
        ------
        InputError
            If it is no batch, or has no such column, or that holds something else than texts.
        """
        fields = filter(None, (self._text_field, self._site_field))
        for field in fields:
            if field not in _names(batch):
                names = ", ".join(map(repr, _names(batch)))
                raise InputError(f"the batch has no column {field!r}: name one of {names}")
        texts = _values(batch, self._text_field)
        sites = _values(batch, self._site_field) if self._site_field else [""] * len(texts)
        clean: list[str | None] = []
        reports: list[str | None] = []
        for text, site in zip(texts, sites, strict=True):
            self._add(text, site, clean, reports)
        columns = {self._text_field: clean}
        if self._report_field:
            columns[self._report_field] = reports
        done: Batch = _with(batch, columns)
        return done

    def _add(
        self, text: Any, site: Any, clean: list[str | None], reports: list[str | None]
    ) -> None:
        if not isinstance(text, str):
            if not _is_missing(text):
                kind = type(text).__name__
                raise InputError(f"column {self._text_field!r} holds {kind}, not texts")
            clean.append(None)
            reports.append(None)
            return
        # Arrays of NumPy have texts of a type of their own.
        result = self._cleaner.clean(str(text), site=site if isinstance(site, str) else "")
        clean.append(result.text)
        reports.append(dumps(result.report()) if self._report_field else None)


def _is_missing(value: Any) -> bool:
    if isinstance(value, float):
        return value != value
    return value is None or type(value).__name__ == "NAType"  # that of pandas


def _names(batch: Any) -> Sequence[str]:
    if isinstance(batch, Mapping):
        return list(batch)
    if hasattr(batch, "column_names"):
        return list(batch.column_names)
    if hasattr(batch, "assign"):
        return list(map(str, batch.columns))
    raise InputError(
        f"a batch is a dict of columns, a pyarrow.Table or a pandas.DataFrame, not {type(batch).__name__}"
    )


def _values(batch: Any, name: str) -> Sequence[Any]:
    column = batch[name]
    if hasattr(column, "to_pylist"):
        values: list[Any] = column.to_pylist()
        return values
    return list(column)


def _with(batch: Any, columns: Mapping[str, Sequence[str | None]]) -> Any:
    """A copy of the batch with these columns."""
    if isinstance(batch, Mapping):
        others = {name: _like(batch.get(name), column) for name, column in columns.items()}
        return {**batch, **others}
    if hasattr(batch, "column_names"):
        return _with_arrow(batch, columns)
    return _with_pandas(batch, columns)


def _like(old: Any, column: Sequence[str | None]) -> Any:
    """A column as a list, or as an array where the batch has arrays."""
    if old is None or isinstance(old, list):
        return list(column)
    import numpy as np

    return np.array(column, dtype=object)


def _with_pandas(frame: Any, columns: Mapping[str, Sequence[str | None]]) -> Any:
    import pandas as pd

    kinds = {name: frame[name].dtype if name in frame.columns else object for name in columns}
    return frame.assign(
        **{
            name: pd.Series(column, frame.index, kinds[name], copy=True)
            for name, column in columns.items()
        }
    )


def _with_arrow(table: Any, columns: Mapping[str, Sequence[str | None]]) -> Any:
    import pyarrow as pa

    for name, column in columns.items():
        if name in table.column_names:
            index = table.column_names.index(name)
            field = table.schema.field(index)
            table = table.set_column(index, field, pa.array(column, field.type))
        else:
            table = table.append_column(name, pa.array(column, pa.string()))
    return table
