"""Clauses: strings of which at least one stands in each match of a pattern, found from the pattern itself."""

import math
import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from .frequency import string_frequency
from .literals import codes, few, repeats

__all__ = [
    "Clause",
    "clauses_of",
    "cost_of",
    "implies",
    "is_useful",
    "node",
    "parts_of",
    "pruned",
    "shared",
    "shared_words",
]

Clause = frozenset[str]
_MOST_STRINGS = 48  # of one clause
_LEAST_CHARS = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_PART_CHARS = 5
# One more literal costs a text as much as hits of this frequency. Of 0, 1e-6, 1e-5, 5e-5 and 3e-4 the first
# two were the fastest on articles, and the automata are a tenth smaller with the second.
_LITERAL = 1e-6


def implies(clause: Clause, other: Clause) -> bool:
    """Whether a line with a string of the one clause has one of the other."""
    return all(any(part in string for part in other) for string in clause)


def pruned(clause: AbstractSet[str]) -> Clause:
    """The clause without the strings that hold another one of it."""
    kept: list[str] = []
    for string in sorted(clause, key=lambda string: (len(string), string)):
        if not any(other in string for other in kept):
            kept.append(string)
    return frozenset(kept)


def is_useful(clause: AbstractSet[str]) -> bool:
    """Whether it is worth looking for the strings: not too many, and none that stands everywhere."""
    return 0 < len(clause) <= _MOST_STRINGS and all(
        len(string) >= _LEAST_CHARS or (string and not string.isalnum() and string != " ")
        for string in clause
    )


def shared_words(clause: Clause) -> Clause:
    """A clause of fewer strings that stand in all strings of this one: the words that they share.

    The fewer literals there are, the smaller is the automaton that every text runs through.
    """
    return pruned(frozenset(shared(clause, parts_of, lambda part: cost_of({part}))))


def shared(
    clause: Iterable[str],
    parts: Callable[[str], AbstractSet[str]],
    cost: Callable[[str], float],
) -> list[str]:
    """The parts that cost the least, of which one stands in each string of the clause."""
    holders: dict[str, set[str]] = {}
    for string in clause:
        for part in parts(string):
            holders.setdefault(part, set()).add(string)
    left, taken = set(clause), list[str]()
    while left:
        _, best = min(
            (cost(part) / len(held & left), part)
            for part, held in holders.items()
            if not held.isdisjoint(left)
        )
        taken.append(best)
        left -= holders[best]
    return taken


def parts_of(string: str) -> set[str]:
    """The string, its words and the beginnings of its words."""
    words = [word for word in _LETTERS.findall(string) if len(word) >= _PART_CHARS]
    return {string} | {w[:end] for w in words for end in range(_PART_CHARS, len(w) + 1)}


def cost_of(clause: AbstractSet[str]) -> float:
    """What it costs to look for the strings of a clause and into the lines that are found."""
    return _frequency(clause) + _LITERAL * len(clause)


def _frequency(clause: AbstractSet[str]) -> float:
    """An estimate of how often one of the strings stands in prose; only its order counts."""
    # fsum: a sum that does not depend on the order of a set.
    return math.fsum(string_frequency(string) for string in clause)


def clauses_of(tree: Any) -> tuple[Clause | None, list[Clause]]:
    """All texts that the nodes match, or None where they are too many; and the clauses."""
    runs: Clause = frozenset({""})
    clauses: list[Clause] = []
    whole = True
    for code, value in tree:
        exact, inner = node(code, value)
        clauses += inner
        if exact is not None:
            joined = frozenset(run + text for run in runs for text in exact)
            if len(joined) <= _MOST_STRINGS:
                runs = joined
                continue
            clauses.append(runs)
            runs, whole = exact, False
            continue
        clauses.append(runs)
        runs, whole = frozenset({""}), False
    if whole:
        return runs, []
    clauses.append(runs)
    return None, [clause for clause in clauses if is_useful(clause)]


def node(code: Any, value: Any) -> tuple[Clause | None, list[Clause]]:
    """The same of one node."""
    if code is codes.LITERAL:
        return frozenset({chr(value).lower()}), []
    if code is codes.IN:
        chars = few(value)
        return (frozenset(chars), []) if chars else (None, [])
    if code is codes.ASSERT:
        # What a look around finds stands in the line too, but not in this place.
        exact, clauses = clauses_of(value[1])
        return None, clauses if exact is None else [exact]
    if code in (codes.AT, codes.ASSERT_NOT):
        return frozenset({""}), []
    if code is codes.SUBPATTERN:
        return clauses_of(value[3])
    if code is codes.ATOMIC_GROUP:
        return clauses_of(value)
    if code is codes.BRANCH:
        return _branch(value[1])
    if code in repeats:
        low, high, inner = value
        exact, clauses = clauses_of(inner)
        if high == 1:
            if exact is not None:
                return (exact if low else exact | {""}), []
            return None, clauses if low else []
        if low:
            return None, clauses if exact is None else [exact]
    return None, []


def _branch(branches: list[Any]) -> tuple[Clause | None, list[Clause]]:
    """One clause for all branches: of each its rarest."""
    parts = [clauses_of(branch) for branch in branches]
    texts: set[str] = set()
    for exact, _ in parts:
        texts |= exact or set()
    if all(exact is not None for exact, _ in parts) and len(texts) <= _MOST_STRINGS:
        return frozenset(texts), []
    merged: set[str] = set()
    for exact, clauses in parts:
        options = [exact] if exact is not None else clauses
        options = [clause for clause in options if is_useful(clause)]
        if not options:
            return None, []
        merged |= min(options, key=lambda clause: (_frequency(clause), sorted(clause)))
    return None, [frozenset(merged)]
