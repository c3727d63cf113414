"""All formats, and which one a file has."""

from contextlib import suppress
from importlib import import_module

from ..errors import InputError
from ._types import Format
from .compression import bare_name, kind_of, opened, packed

__all__ = ["check_extras", "format_named", "format_of", "named_format"]

# Ends of names, in lower case and without compression, to the module of the format.
_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".wet": "warc",
    ".warc": "warc",
}
_HEAD = 64  # bytes that tell Parquet and WARC


def format_named(name: str) -> Format:
    """The format of this name; its module is imported now, and what it needs when it is used."""
    found: Format = import_module(f".{name}", __package__).FORMAT
    return found


def format_of(path: str, name: str = "auto") -> Format:
    """The format of a file: as named, by its extension, or else by how it begins.

    Raises
    ------
    InputError
        If the file has to be looked into and cannot be read.
    """
    if name != "auto":
        return format_named(name)
    return format_named(named_format(path) or _by_content(path))


def check_extras(path: str, name: str = "auto") -> None:
    """See to it that what reads a file is installed; what else may be wrong with it is found later.

    Raises
    ------
    MissingExtraError
        If something is not.
    """
    with suppress(InputError, OSError):
        packed(b"", kind_of(path))
        if format_of(path, name).name == "parquet":
            from .arrow_files import arrow

            arrow()


def named_format(path: str) -> str:
    """The format that the end of a file's name tells of; empty where it tells of none."""
    bare = bare_name(path).lower()
    return next((known for suffix, known in _SUFFIXES.items() if bare.endswith(suffix)), "")


def _by_content(path: str) -> str:
    try:
        with opened(path) if kind_of(path) else open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    return "text"
