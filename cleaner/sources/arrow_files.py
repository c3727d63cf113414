"""Parquet files as pyarrow opens them, and what goes wrong with them in the words of this project."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..errors import InputError
from ..extras import needed

__all__ = ["arrow", "changed", "opened"]

# Bytes read at a time of a column; without it, a whole column of a row group is.
_BUFFER = 1_000_000


def arrow() -> Any:
    """The library, with the modules of it that are in use here."""
    with needed("Parquet", "parquet"):
        import pyarrow
        import pyarrow.ipc
        import pyarrow.parquet
    return pyarrow


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """A file as `pyarrow.parquet.ParquetFile`; what it finds wrong later is an InputError as well."""
    pa = arrow()
    with open(path, "rb") as file:
        try:
            with pa.parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False) as source:
                yield source
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno:
                raise  # from the system, which says itself what is wrong
            raise InputError(f"{path}: cannot be read as Parquet: {_line(error)}") from error


def _line(error: Exception) -> str:
    """What a library says, as one line."""
    return " ".join(str(error).split()) or type(error).__name__


def changed(path: str) -> str:
    """What is wrong with a file whose rows are no longer what they were."""
    return f"{path}: changed while it was read: leave it alone and start again"
