"""How often a site says the same thing: rows of counts of one document, of many, and their sum.

All functions are pure and work on any part of a corpus by itself. Rows of several parts, put together in any
order and summed by `merged`, are those of the whole; `counts` then says of each line all that the proposals
go by.
"""

from collections.abc import Iterable
from operator import add
from typing import NamedTuple

from .document import rows_of
from .rows import SUMS, Row, Text

__all__ = ["SUMS", "Count", "Row", "Text", "count", "counts", "merged", "moves", "rows_of"]

_MOST_FORMS = 8  # of one line that `counts` gives
_FIXED = 0.7  # of its documents in which a line has the same place


class Count(NamedTuple):
    """All forms of one line together; the fields are those of `Row`.

    ``forms`` has the commonest forms with the documents of each, at most eight; ``variety`` is the number of
    all forms.
    """

    site: str
    kind: str
    key: int
    forms: tuple[tuple[str, int], ...]
    variety: int
    docs: int
    often: int
    opens: int
    closes: int
    below: int
    above: int
    after_1: int
    after_2: int
    after_3: int
    ahead_1: int
    ahead_2: int
    ahead_3: int
    first: int
    last: int
    bodies: int

    @property
    def form(self) -> str:
        """The commonest form."""
        return self.forms[0][0]


def count(documents: Iterable[Text]) -> list[Row]:
    """The rows of many documents, summed."""
    return merged(row for document in documents for row in rows_of(document))


def merged(rows: Iterable[Row]) -> list[Row]:
    """Rows of the same site, kind, key and form as one, ordered by these."""
    found: dict[tuple[str, str, int, str], Row] = {}
    for row in rows:
        place = row[:4]
        other = found.get(place)
        found[place] = row if other is None else _sum(other, row)
    return sorted(found.values())


def _sum(row: Row, other: Row) -> Row:
    sums = map(add, row[4:-3], other[4:-3])
    first, last = min(row.first, other.first), max(row.last, other.last)
    return Row._make((*row[:4], *sums, first, last, row.bodies | other.bodies))


def moves(count: Count) -> bool:
    """Whether it stands now here, now there, at no fixed distance from the beginning or the end."""
    before = count.opens, count.after_1, count.after_2, count.after_3
    behind = count.closes, count.ahead_1, count.ahead_2, count.ahead_3
    return max(*before, *behind) < _FIXED * count.docs


def counts(rows: Iterable[Row], least: int = 1) -> list[Count]:
    """What rows that `merged` gave say of each line in all its forms, ordered by site, kind and key.

    Parameters
    ----------
    rows
        Merged rows, all of those that have the same site, kind and key among them.
    least
        Lines of fewer documents are left out.
    """
    groups: dict[tuple[str, str, int], list[Row]] = {}
    for row in rows:
        groups.setdefault(row[:3], []).append(row)
    found = (_counted(*place, group) for place, group in sorted(groups.items()))
    return [line for line in found if line.docs >= least]


def _counted(site: str, kind: str, key: int, rows: list[Row]) -> Count:
    total = rows[0]
    for row in rows[1:]:
        total = _sum(total, row)
    ranked = sorted(rows, key=lambda row: (-row.exact, row.form))
    forms = tuple((row.form, row.exact) for row in ranked[:_MOST_FORMS])
    return Count(site, kind, key, forms, len(rows), total.docs, *total[6:])
