"""What the name of an output file asks for: a format, and how it is packed."""

import os
from typing import Any, NamedTuple

from ..errors import CleanerError, InputError
from ..sources.compression import SUFFIXES, bare_name, kind_of
from ..sources.formats import format_of, named_format
from .options import form_of
from .places import STDIN

__all__ = ["Named", "format_in", "named", "packing_named"]

_WORDS = {"text": "text", "jsonl": "JSON lines", "parquet": "Parquet", "warc": "WARC"}


class Named(NamedTuple):
    """How an output file is written.

    Attributes
    ----------
    to
        The format to convert to; empty for that of the source.
    packing
        ``"gzip"``, ``"zstd"``, ``""`` for not at all, None for as the source is.
    other
        Whether that is another format or packing than the source has.
    """

    to: str = ""
    packing: str | None = None
    other: bool = False


def named(source: str, options: dict[str, Any]) -> Named:
    """What ``-o FILE`` and ``--to`` ask for together, for one source.

    Raises
    ------
    CleanerError
        If they contradict each other, or the source cannot be written so.
    """
    output, to = options["output"], options["to"] or ""
    kind = named_format(output)
    if not kind and bare_name(output) == output:
        return Named(to, None, bool(to))
    form = _form(source, options)
    packing = packing_named(output) or ""
    if to and kind and kind != to:
        raise CleanerError(f"-o {output}: is a name for {_WORDS[kind]}, and --to says {to}")
    if not to and kind and form and kind != form:
        to = _converted(source, output, form, kind)
    if packing and (to or form) == "parquet":
        raise CleanerError(f"-o {output}: Parquet is packed inside: name it .parquet alone")
    repacked = packing != _packing(source)
    if source == STDIN and (to or repacked):
        raise CleanerError(
            f"-o {output}: stdin is read as {_WORDS[form]} and written as that, unpacked: "
            "say what it is with --format, or name another file"
        )
    return Named(to, packing, bool(to) or repacked)


def packing_named(path: str) -> str | None:
    """How the end of a file's name says that it is packed; None where it says nothing of what it is."""
    suffix = path[len(bare_name(path)) :].lower()
    return SUFFIXES[suffix] if suffix else "" if named_format(path) else None


def _converted(source: str, output: str, form: str, kind: str) -> str:
    if kind in ("jsonl", "parquet") and source != STDIN:
        return kind
    name = "stdin" if source == STDIN else source
    advice = {
        "text": "name it .jsonl, or say --to text for a folder with a file for each document",
        "warc": "name it as what it is, or .jsonl",
    }.get(kind, "say what it is with --format")
    raise CleanerError(
        f"-o {output}: is a name for {_WORDS[kind]}, and {name} is read as {_WORDS[form]}: {advice}"
    )


def _form(source: str, options: dict[str, Any]) -> str:
    if not os.path.isfile(source):  # what is read of a pipe is gone
        return form_of(source, options["form"])
    return format_in(source, options["form"])


def _packing(source: str) -> str:
    try:
        return kind_of(source) if os.path.isfile(source) else ""
    except OSError:
        return ""


def format_in(path: str, form: str) -> str:
    """The format of a file; empty where that cannot be told, and the run says why."""
    try:
        return format_of(path, form).name
    except (InputError, OSError):
        return ""
