"""Which strings to search for, so that each way in which a rule may match is found by one of them.

A way is found by any of its clauses, and a string by any part of it. So rules of one subject share their
strings: a quarter of them is left, and half of the finds, each of which costs a text some microseconds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from .clauses import implies, parts_of, shared
from .frequency import string_frequency
from .nets import Choice, Clause, begun, looked_at

__all__ = ["covering"]

_ROUNDS = 3
# What one more string costs, as the frequency with which it is found: of 1e-6, 1e-5 and 5e-5 the second
# brings a quarter of the strings less than the first, and hardly more finds.
_STRING = 1e-5
_LEAST_CHARS = 3


def covering(ways: Sequence[Sequence[Clause]], given: Iterable[str] = ()) -> list[Choice]:
    """The choice for each of many ways that are searched for together.

    Parameters
    ----------
    ways
        The clauses of each, at least one.
    given
        Strings that are searched for anyway.
    """
    free = frozenset(given)
    users = Counter(
        part for way in ways for part in {p for clause in way for s in clause for p in _parts(s)}
    )
    chosen: list[tuple[Clause, Clause]] = []
    # Each round prefers what many ways chose in the one before.
    for _ in range(_ROUNDS):
        costs = {
            part: string_frequency(part) + (0 if part in free else _STRING / max(count, 1))
            for part, count in users.items()
        }
        chosen = [_cheapest(way, costs) for way in ways]
        users = Counter(dict.fromkeys(users, 0))
        users.update(part for parts, _ in chosen for part in parts)
    return [
        Choice(parts, _told(looked_at(clause, [c for c in way if c != clause], parts)))
        for way, (parts, clause) in zip(ways, chosen, strict=True)
    ]


@cache
def _parts(string: str) -> frozenset[str]:
    """What finds a string."""
    cut = {begun(part) for part in parts_of(string)}
    return frozenset(part for part in cut if len(part) >= min(_LEAST_CHARS, len(string)))


def _cheapest(way: Sequence[Clause], costs: dict[str, float]) -> tuple[Clause, Clause]:
    """The parts that find the way, and the clause whose parts they are."""
    found = [(tuple(sorted(shared(clause, _parts, costs.__getitem__))), clause) for clause in way]
    return min(found, key=lambda pair: (sum(costs[part] for part in pair[0]), pair))


def _told(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """The clauses without those that follow from one before or behind them."""
    told: list[Clause] = []
    for at, clause in enumerate(clauses):
        rest = (*told, *clauses[at + 1 :])
        if not any(implies(frozenset(known), frozenset(clause)) for known in rest):
            told.append(clause)
    return told
