"""Rows that are made when they are looked at: of thousands of rules a run looks at few."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from .spec import Rule

__all__ = ["Late", "Rules", "digest"]

T = TypeVar("T", covariant=True)


class Late(Sequence[T], Generic[T]):
    """A row that is read when it is first looked at; it equals a tuple of the same items.

    Parameters
    ----------
    size
        The items in it.
    digest
        See `digest`; a row can be told from another one without being read.
    read
        Reads the row of a place.
    place
        What it is given: all rows share one reader, for there are thousands of them.
    """

    __slots__ = ("_place", "_read", "_row", "_size", "digest")

    def __init__(
        self, size: int, digest: str, read: Callable[..., tuple[T, ...]], *place: Any
    ) -> None:
        self._size = size
        self.digest = digest
        self._read = read
        self._place = place
        self._row: tuple[T, ...] | None = None

    @property
    def _items(self) -> tuple[T, ...]:
        if self._row is None:
            self._row = self._read(*self._place)
        return self._row

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self._items[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Late | tuple) and self._items == tuple(other)

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._items,)


class Rules(Sequence[Rule]):
    """Rules that are made when they are first looked at: to make all of them took a tenth of a short run.

    Parameters
    ----------
    ids
        Their ids.
    bound
        The places of those that are bound to sites.
    make
        Makes the rule of an id.
    """

    def __init__(
        self, ids: Sequence[str], bound: Sequence[int], make: Callable[[str], Rule]
    ) -> None:
        self.ids = ids
        self._bound = bound
        self._make = make
        self._made: dict[int, Rule] = {}

    @property
    def bound(self) -> list[Rule]:
        """Those that are bound to sites."""
        return [self[at] for at in self._bound]

    def between(self, begin: int, end: int) -> tuple[Rule, ...]:
        """A row of them."""
        return tuple(self[at] for at in range(begin, end))

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Rule: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Rule, ...]: ...
    def __getitem__(self, at: int | slice) -> Rule | tuple[Rule, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        rule = self._made.get(at)
        if rule is None:
            rule = self._made[at] = self._make(self.ids[at])
        return rule

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


def digest(row: Sequence[Any]) -> str:
    """What tells a row from others: 16 hexadecimal digits of the SHA-256 of its JSON text."""
    if isinstance(row, Late):
        return row.digest
    if not row:
        return ""
    import hashlib
    import json

    return hashlib.sha256(json.dumps(row).encode()).hexdigest()[:16]
