"""What goes to a worker, and what comes back."""

from collections.abc import Sequence
from typing import NamedTuple

from ..api import Cleaner
from ..sites import Where
from ..sources._types import Options, Piece
from ..sources.compression import kind_of
from .plan import Failure, Job
from .sums import Sums

__all__ = ["Done", "Item", "Setup"]


class Setup(NamedTuple):
    """What is the same for all pieces of a run.

    Attributes
    ----------
    cleaner
        The rules, ready.
    options
        How sources are read.
    form
        The format of the sources, ``auto`` for that of each.
    to
        The format of the output, empty for that of each source.
    reported
        Whether reports are wanted.
    quarantine
        The folder for documents past their risk budget; empty for none.
    check
        Whether nothing is written.
    backup
        The suffix for the originals of files that are cleaned in their place; empty where they are not.
    tmp
        A folder, on the disk of the output, for files that are not whole yet.
    packing
        How the output is packed; None for as its source is.
    where
        Where a document says which site it is of; None where that makes no difference.
    """

    cleaner: Cleaner
    options: Options
    form: str = "auto"
    to: str = ""
    reported: bool = False
    quarantine: str = ""
    check: bool = False
    backup: str = ""
    tmp: str = ""
    packing: str | None = None
    where: Where | None = None

    def packing_of(self, path: str) -> str:
        """How what is made of a source is packed, see `cleaner.sources.compression.kind_of`."""
        return kind_of(path) if self.packing is None else self.packing


class Item(NamedTuple):
    """One piece of work.

    Attributes
    ----------
    at, job
        The number of the source in the plan, and the source.
    number, piece
        The piece of it, numbered from 0.
    output
        The file to write: the whole result of a text file, a part of any other.
    final
        Where the result of the source will stand.
    whole
        Whether the piece is a whole text file.
    before
        The stamp of the source when the run came to it.
    without
        Records of it, numbered from 1, that are passed over: a worker died on them.
    """

    at: int
    job: Job
    number: int
    piece: Piece
    output: str
    final: str
    whole: bool
    before: Sequence[int] | None = None
    without: frozenset[int] = frozenset()


class Done(NamedTuple):
    """What came of an item.

    Attributes
    ----------
    at, number
        Those of the item.
    sums, failures, reports
        Its account.
    error
        Why there is no output.
    partial
        The file that is to take the place of its source, where that is cleaned in its place.
    texts
        The numbers of its records that are files of their own now.
    """

    at: int
    number: int
    sums: Sums
    failures: list[Failure]
    reports: bytes
    error: str = ""
    partial: str = ""
    texts: Sequence[int] = ()
