"""Learning in one go: count sources, propose rules, keep those that pass the check of packs."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, NamedTuple, Protocol

from ..api import Cleaner
from ..batch.plan import Job
from ..batch.state import locked
from ..errors import CleanerError, InputError
from ..report.shown import quantity
from ..rules.load import merged
from .corpus import Counted, Reading, count_into
from .counting import Count
from .propose import BOUNDS, Bounds, Proposal, proposals
from .site import Known
from .store import MEMORY, stored
from .write import pack_of, proven

__all__ = ["Counts", "How", "Learned", "check_sites", "learned", "proposed"]

# Between two paragraphs a line is seen as in an article.
_ABOVE = "The council met on Monday evening and agreed to close the old bridge for a whole year."
_BELOW = "Work is to begin in the first week of March, the mayor told the members after the vote."


class How(NamedTuple):
    """How to learn; nothing of it but the bounds changes what is learned.

    Attributes
    ----------
    counts
        The file that keeps the counts; empty to keep none.
    update
        Whether that file is there and the sources are added to it.
    folder
        Where files may stand while this runs; beside what is written.
    memory
        What the sums may take before they go to the disk, such as ``100MB``.
    workers
        The number of processes.
    bounds
        How much evidence a rule needs.
    """

    counts: str
    update: bool
    folder: str
    memory: str = MEMORY
    workers: int = 1
    bounds: Bounds = BOUNDS


class Counts(Protocol):
    """Summed counts, wherever they are; the methods are those of `Store`."""

    def totals(self) -> tuple[int, int]:
        """How many documents there are, and how many sites."""
        ...

    def documents(self, least: int) -> dict[str, int]:
        """The sites of at least so many documents, with their number."""
        ...

    def sites(self, least: int) -> Iterator[tuple[str, list[Count]]]:
        """The counts of each site, site by site in order."""
        ...

    def sources(self, numbers: Iterable[int]) -> dict[int, str]:
        """What documents are called."""
        ...


class Learned(NamedTuple):
    """What was learned: a pack, how many rules of how many sites it has, and what was counted.

    ``few`` is the number of sites that have fewer documents than any rule needs.
    """

    pack: str
    rules: int
    sites: int
    few: int
    counted: Counted


def learned(jobs: Sequence[Job], reading: Reading, how: How, cleaner: Cleaner) -> Learned:
    """Count the sources and propose rules.

    Parameters
    ----------
    jobs, reading
        What is read, and how.
    how
        Where the counts are kept, and what it may take.
    cleaner
        The rules there are: what they cut anyway needs no rule of its own.

    Raises
    ------
    MissingExtraError
        If DuckDB is not installed.
    CleanerError
        If the counts cannot be read or written, or no document is of any site.
    """
    with _alone(how), _room(how.folder) as room:
        path = os.path.join(room, "counts")
        spill = os.path.join(room, "spill")
        with stored(path, spill, memory=how.memory) as store:
            if how.update:
                store.take_old(how.counts)
            counted = count_into(store, jobs, reading, room, how.workers)
            check_sites(counted)
            store.sum()
            result = proposed(store, counted, how.bounds, cleaner)
        if how.counts:
            _sync(path)
            os.replace(path, how.counts)
    return result


def check_sites(counted: Counted) -> None:
    """Refuse documents of which none is of any site.

    Raises
    ------
    InputError
        If that is so.
    """
    if not counted.documents and counted.nowhere:
        raise InputError(
            "no document names its site: name the field that does with --url-field or "
            "--site-field, or the site of all of them with --site"
        )


def proposed(store: Counts, counted: Counted, bounds: Bounds, cleaner: Cleaner) -> Learned:
    """The rules that counts speak for, see `learned`."""
    documents, of = store.totals()
    sites = store.documents(bounds.least)
    rules = merged(cleaner.packs)

    def known(form: str, site: str) -> Known:
        result = cleaner.clean(f"{_ABOVE}\n\n{form}\n\n{_BELOW}", site=site)
        if form not in result.text:
            return "cut"
        # A label that is cut only among its like; a guard has other reasons.
        weak = any(kept.guard == "low-confidence" for kept in result.kept)
        return "claimed" if weak else ""

    few = of - len(sites)
    drafts: list[Proposal] = []
    for site, counts in store.sites(bounds.least):
        drafts += proposals(site, sites[site], counts, bounds, partial(known, site=site))
    found = proven(drafts, rules)
    names = store.sources(number for proposal, _ in found for number in proposal.samples)
    about = (
        f"Learned from {quantity(documents, 'document')} of {quantity(of, 'site')}, of which {few:,} have "
        "too few.\nRead each rule before you use the pack with --rules; delete or edit what is content."
    )
    own = {proposal.site for proposal, _ in found}
    return Learned(pack_of(found, names, about), len(found), len(own), few, counted)


@contextmanager
def _alone(how: How) -> Iterator[None]:
    """Keep other runs away from the file of counts: what the first of two adds would be lost.

    Raises
    ------
    CleanerError
        If another run has it, or it is there and is not to be added to.
    """
    if not how.counts:
        yield
        return
    folder, name = os.path.split(how.counts)
    path = os.path.join(folder, f".{name}.lock")
    try:
        file = open(path, "wb")  # noqa: SIM115 - see the next line
    except OSError as error:
        raise CleanerError(f"{how.counts}: cannot be written: {error.strerror}") from error
    with file:
        if not locked(file) or not _is(file, path):
            raise CleanerError(f"{how.counts}: another run is adding to it: wait for its end")
        try:
            if not how.update and os.path.lexists(how.counts):
                reason = "is there already: add to it with --update, or delete it"
                raise CleanerError(f"{how.counts}: {reason}")
            yield
        finally:
            with suppress(OSError):
                os.unlink(path)


def _is(file: IO[bytes], path: str) -> bool:
    """Whether an open file still has its name: who ended in the meantime has deleted it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except OSError:
        return False


@contextmanager
def _room(folder: str) -> Iterator[str]:
    """A folder for what is needed on the way, gone in the end."""
    try:
        room = tempfile.mkdtemp(prefix=".cleaner-learn.", dir=folder or ".")
    except OSError as error:
        raise CleanerError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        yield room
    except OSError as error:
        raise OSError(error.errno, error.strerror, error.filename or folder or ".") from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _sync(path: str) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())
