"""Counts on disk: DuckDB adds rows up, within a bound of memory, and keeps them for the next crawl."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from ..errors import InputError
from ..extras import needed
from .counting import SUMS, Count, Row

__all__ = ["MEMORY", "Store", "duckdb_of", "stored", "write_rows"]

# That the sums may take before they go to the disk. More makes them little faster, and they are a fifth of
# the processor time for a million documents.
MEMORY = "100MB"
# Rows that are summed at a time. What is on the disk goes in shares, each of which has to fit into memory.
_SLICE = 10_000_000
_REST = "16MB"  # of the memory, once sums are made: who asks for them has rules to load
_THREADS = 1  # each needs memory of its own, and the workers have the cores
_VERSION = 1  # of the tables; counts of another one are refused
_TYPES = {
    "site": "VARCHAR",
    "kind": "VARCHAR",
    "key": "BIGINT",
    "form": "VARCHAR",
    **dict.fromkeys((*SUMS, "first", "last", "bodies"), "BIGINT"),
}
_NAMES = ", ".join(f'"{name}"' for name in _TYPES)
_MERGED = ", ".join(
    [
        "site, kind, key, form",
        *(f"sum({name})::BIGINT AS {name}" for name in SUMS),
        'min("first") AS "first", max("last") AS "last", bit_or(bodies) AS bodies',
    ]
)
_MOST_ROW = 100_000  # bytes of a row in a file; the names and forms in it are far shorter
_MOST_MESSAGE = 300  # characters of an error of the database, which may show what it read
_MOST_FORMS = 8  # as `counting.counts` gives


def duckdb_of() -> Any:
    """The library.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    with needed("learning a site's cruft", "learn"):
        import duckdb
    return duckdb


class Store:
    """A file of counts that is being written.

    Parameters
    ----------
    connection
        The database of the new file.
    """

    def __init__(self, connection: Any) -> None:
        self._db = connection
        columns = ", ".join(f'"{name}" {kind}' for name, kind in _TYPES.items())
        self._db.execute(f"CREATE TABLE loose ({columns})")
        self._db.execute("CREATE TABLE sources (identity VARCHAR PRIMARY KEY)")
        self._db.execute("CREATE TABLE about (version INTEGER)")
        self._db.execute("INSERT INTO about VALUES (?)", [_VERSION])

    def take(self, parts: Sequence[str]) -> None:
        """Add rows from files, see `write_rows`."""
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in _TYPES.items())
        self._db.execute(
            f"INSERT INTO loose SELECT {_NAMES} FROM read_csv(?, header=false, auto_detect=false, "
            f"delim=',', quote='\"', escape='\"', nullstr='\\N', max_line_size={_MOST_ROW}, "
            f"columns={{{columns}}})",
            [list(parts)],
        )

    def take_old(self, path: str) -> None:
        """Add the counts of another file, which is not changed.

        Raises
        ------
        InputError
            If it holds no counts, or is damaged.
        """
        duckdb = duckdb_of()
        try:
            self._db.execute(f"ATTACH {_quoted(path)} AS old (READ_ONLY)")
            (version,) = self._db.execute("SELECT version FROM old.about").fetchone()
            if version != _VERSION:
                raise InputError(f"{path}: holds counts of another version: learn anew")
            self._db.execute("INSERT INTO sources SELECT identity FROM old.sources")
            self._db.execute(f"INSERT INTO loose SELECT {_NAMES} FROM old.counts")
            self._db.execute("DETACH old")
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            reason = "holds no counts of 'cleaner learn', or those of another version: learn anew"
            raise InputError(f"{path}: {reason}") from error
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise InputError(
                f"{path}: cannot be read, it may be damaged: learn anew from all crawls, to another file "
                f"({_line(error)})"
            ) from error

    def new(self, identity: str) -> bool:
        """Whether a source was not counted yet; from now on it is."""
        known = self._db.execute("SELECT 1 FROM sources WHERE identity = ?", [identity]).fetchone()
        if known is None:
            self._db.execute("INSERT INTO sources VALUES (?)", [identity])
        return known is None

    def sum(self) -> None:
        """Add all rows up."""
        self._db.execute("CREATE TABLE counts AS FROM loose LIMIT 0")
        for part in self._slices("loose"):
            self._db.execute(
                f"INSERT INTO counts SELECT {_MERGED} FROM loose WHERE {part} GROUP BY site, kind, key, form"
            )
        self._db.execute("DROP TABLE loose")

    def _slices(self, table: str) -> Iterator[str]:
        """Conditions for one share of a table after the other; what has a key in common is in one."""
        (rows,) = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()
        number = rows // _SLICE + 1
        yield from (f"key % {number} = {at}" for at in range(number))

    def totals(self) -> tuple[int, int]:
        """How many documents there are, and how many sites."""
        found: tuple[int, int] = self._db.execute(
            "SELECT coalesce(sum(docs), 0)::BIGINT, count(DISTINCT site) FROM counts "
            "WHERE kind = 'document'"
        ).fetchone()
        return found

    def documents(self, least: int = 1) -> dict[str, int]:
        """The sites of at least so many documents, with their number."""
        rows = self._db.execute(
            "SELECT site, sum(docs)::BIGINT AS n FROM counts WHERE kind = 'document' GROUP BY site "
            "HAVING n >= ? ORDER BY site",
            [least],
        ).fetchall()
        return dict(rows)

    def sites(self, least: int) -> Iterator[tuple[str, list[Count]]]:
        """The counts of each site, as `counting.counts` gives them, site by site in order."""
        self._choose(least)
        self._db.execute(f"SET memory_limit = '{_REST}'")
        cursor = self._db.execute("SELECT * FROM chosen")
        for site, rows in groupby(_fetched(cursor), key=lambda row: row[0]):
            yield site, [_count(list(group)) for _, group in groupby(rows, key=lambda row: row[:3])]

    def _choose(self, least: int) -> None:
        """Lines of enough documents with their commonest forms, as a table in order."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE common AS "
            "SELECT site, kind, key, 0::BIGINT AS variety, * EXCLUDE (site, kind, key, form, exact) "
            "FROM counts LIMIT 0"
        )
        for part in self._slices("counts"):
            self._db.execute(
                "INSERT INTO common SELECT site, kind, key, count(*), "
                + ", ".join(f"sum({name})::BIGINT" for name in SUMS if name != "exact")
                + ', min("first"), max("last"), bit_or(bodies) '
                f"FROM counts WHERE kind <> 'document' AND {part} "
                "GROUP BY site, kind, key HAVING sum(docs) >= ?",
                [least],
            )
        self._db.execute("SET preserve_insertion_order = true")
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE chosen AS "
            "SELECT * FROM (SELECT c.site, c.kind, c.key, n.form, n.exact, c.variety, c.docs, "
            + ", ".join(f"c.{name}" for name in SUMS[2:])
            + ', c."first", c."last", c.bodies, '
            "row_number() OVER (PARTITION BY c.site, c.kind, c.key ORDER BY n.exact DESC, n.form) AS rank "
            "FROM common c JOIN counts n USING (site, kind, key)) "
            f"WHERE rank <= {_MOST_FORMS} ORDER BY site, kind, key, rank"
        )
        self._db.execute("DROP TABLE common")

    def sources(self, numbers: Iterable[int]) -> dict[int, str]:
        """What documents are called."""
        wanted = sorted(set(numbers))
        rows = self._db.execute(
            "SELECT key, min(form) FROM counts WHERE kind = 'document' "
            "AND key IN (SELECT unnest(?::BIGINT[])) GROUP BY key",
            [wanted],
        ).fetchall()
        return dict(rows)


def _fetched(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(1_000):
        yield from rows


def _count(rows: list[tuple[Any, ...]]) -> Count:
    forms = tuple((row[3], row[4]) for row in rows)
    site, kind, key, _, _, variety, *numbers, _ = rows[0]
    return Count(site, kind, key, forms, variety, *numbers)


def write_rows(rows: Iterable[Row], path: str) -> None:
    """Rows as a file that `Store.take` reads."""
    import csv

    with open(path, "w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(rows)


@contextmanager
def stored(path: str, tmp: str, *, memory: str = MEMORY) -> Iterator[Store]:
    """A new file of counts; what is too much for the memory goes to files in ``tmp``.

    The file is whole when the block ends without an error.

    Raises
    ------
    MissingExtraError
        If DuckDB is not installed.
    InputError
        If the database fails, for want of space for instance.
    """
    duckdb = duckdb_of()
    settings = {
        "memory_limit": memory,
        "temp_directory": tmp,
        "threads": _THREADS,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "allocator_flush_threshold": "16MB",  # what was freed goes back to the system
        "write_buffer_row_group_count": 1,
    }
    try:
        with duckdb.connect(path, config=settings) as connection:
            # It would be written to stdout, where a clean text may go.
            connection.execute("SET enable_progress_bar = false")
            yield Store(connection)
            connection.execute("CHECKPOINT")
    except duckdb.OutOfMemoryException as error:
        raise InputError(f"counting needs more than --memory {memory}: allow more") from error
    except duckdb.Error as error:
        raise InputError(f"counting failed: {_line(error)}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:_MOST_MESSAGE]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
