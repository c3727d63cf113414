"""What every format of a source can do, so that a batch need not know which one it has."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, NamedTuple

from ..result import Result

__all__ = ["BadRecord", "BlankRecord", "Clean", "Format", "Options", "Piece", "Record"]


class BadRecord(Exception):
    """A record that holds no text to clean; the message says why."""


class BlankRecord(BadRecord):
    """A record with nothing in it, such as an empty line: nothing is wrong with it."""


class Options(NamedTuple):
    """How sources are read.

    Attributes
    ----------
    text_field
        The field or column to clean, of formats that have some.
    encoding
        The encoding of plain text; None to find it from the bytes.
    piece_bytes
        About how much one worker reads at a time, in bytes. At the end of a run the others wait for
        the one with the last piece, so it should take little time; to hand one over takes less than
        a hundredth of the time that it is cleaned in.
    fields
        Fields or columns that ``cleaned`` hands over with each record; without it, it may leave all out.
    """

    text_field: str = "text"
    encoding: str | None = None
    piece_bytes: int = 500_000
    fields: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A stretch of a source that a worker cleans by itself.

    Attributes
    ----------
    first
        The number of its first record in the source, from 1.
    data
        What the worker needs of it, picklable: its bytes, or the place where it finds them.
    size
        About how many bytes of the source, unpacked, it stands for; the progress goes by it.
    """

    first: int
    data: Any
    size: int = 0


class Record(NamedTuple):
    """One document of a source.

    Attributes
    ----------
    source
        What reports call it: ``pages.jsonl:12``, or an address.
    scrape
        The text to clean.
    fields
        All else that is known of it, as JSON values, for an output in another format.
    raw
        What the format needs to write it again.
    """

    source: str
    scrape: str | bytes
    fields: dict[str, Any]
    raw: Any = None


# Cleans one record. For one that is no record it takes what reports call it and why; then, and where the
# document breaks a limit, None comes back, and the record is to be written as it came.
Clean = Callable[[Record | tuple[str, BadRecord]], Result | None]


class Format(NamedTuple):
    """One format, as functions. ``name`` in all of them is what reports call the source.

    Attributes
    ----------
    name
        Its name on the command line.
    pieces
        ``pieces(path, options)``: cuts a source into pieces, in order, reading no more than it needs.
        Runs in the main process. Raises InputError if the file is none of this format.
    records
        ``records(piece, name, options)``: the documents of a piece, in order; in place of one that is
        none, its label and a BadRecord. Runs in a worker.
    cleaned
        ``cleaned(piece, name, options, clean)``: the piece in its own format, with the text of every
        record cleaned by ``clean`` and all else as it came. Runs in a worker.
    assemble
        ``assemble(parts, path, packing, out)``: the results of ``cleaned`` for all pieces, in order, to
        one file. ``path`` is the source, ``packing`` how the file is packed. Runs in the main process
        and holds one part in memory at most, of Parquet one row group.
    carried
        ``carried(piece)``: the same piece with its data in it, for a worker that does not see the file.
    """

    name: str
    pieces: Callable[[str, Options], Iterator[Piece]]
    records: Callable[[Piece, str, Options], Iterator[Record | tuple[str, BadRecord]]]
    cleaned: Callable[[Piece, str, Options, Clean], bytes]
    assemble: Callable[[Iterable[bytes], str, str, IO[bytes]], None]
    carried: Callable[[Piece], Piece] = lambda piece: piece
