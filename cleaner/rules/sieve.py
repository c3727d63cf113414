"""What must stand in a text for a pattern to match: found from the pattern itself.

A pattern matches in one of several ways, its alternatives. Each has a row of clauses, of each of which
at least one string stands in every match. The clause whose strings are rarest goes into the automaton,
the others are looked for in the lines that it finds, and only then does the pattern run: a pattern costs
some microseconds, a look some tens of nanoseconds.
"""

from typing import Any

from .clauses import clauses_of, cost_of, implies, is_useful, node, pruned, shared_words
from .heads import head_frequency, heads
from .literals import codes, parse, repeats

__all__ = ["sieve"]

_MOST_CLAUSES = 3  # beside the one in the automaton
# Strings of a clause that is looked for in a line: a look at all is a tenth of a search.
_MOST_LOOKS = 48
_MOST_WAYS = 24
# Ways to match; of each the strings with which the line has to begin, if any, and its clauses, the one
# for the automaton first.
Sieve = tuple[tuple[tuple[str, ...], ...], ...]


def sieve(pattern: str, declared: tuple[tuple[str, ...], ...] = (), scope: str = "line") -> Sieve:
    """The ways in which a pattern can match, with their clauses.

    Parameters
    ----------
    pattern
        A verbose, case-insensitive pattern that has been checked.
    declared
        Clauses that the rule's author named, which were proved.
    scope
        Of the rule: what a look around finds stands in the line, but not in an inline match.
    """
    named = {pruned(frozenset(clause)) for clause in declared if clause}
    ways: dict[tuple[tuple[str, ...], ...], None] = {}
    whole = parse(pattern)
    for tree in _ways(_unlooked(whole) if scope == "inline" else list(whole), _MOST_WAYS):
        exact, clauses = clauses_of(tree)
        if exact is not None:
            clauses = [exact]
        found = {pruned(clause) for clause in clauses if is_useful(clause)} | named
        shared = {clause: shared_words(clause) for clause in found}
        order = sorted(found, key=lambda clause: (cost_of(shared[clause]), sorted(clause)))
        first = [shared[clause] for clause in order[:1]]
        if first and first[0] != order[0]:
            order.insert(0, first[0])
        told = [
            clause
            for at, clause in enumerate(order[1:], 1)
            if not any(implies(known, clause) for known in order[:at])
        ]
        others = sorted(told, key=lambda clause: (len(clause), sorted(clause)))
        small = [clause for clause in others if len(clause) <= _MOST_LOOKS][:_MOST_CLAUSES]
        head = heads(tree)
        if first and head_frequency(head) > cost_of(first[0]):
            head = frozenset()  # the automaton finds fewer lines
        ways[tuple(tuple(sorted(clause)) for clause in (head, *first, *small))] = None
    return tuple(ways)


def _ways(tree: list[Any], most: int) -> list[list[Any]]:
    """The trees of which one matches whenever the tree does: its branches multiplied out."""
    for at, (code, value) in enumerate(tree):
        if code is codes.SUBPATTERN:
            return _ways([*tree[:at], *value[3], *tree[at + 1 :]], most)
        if code is codes.BRANCH and len(value[1]) <= most and node(code, value)[0] is None:
            share = most // len(value[1])
            return [
                way
                for branch in value[1]
                for way in _ways([*tree[:at], *branch, *tree[at + 1 :]], share)
            ]
    return [tree]


def _unlooked(tree: Any) -> list[Any]:
    """The tree without its looks around."""
    found: list[Any] = []
    for code, value in tree:
        if code is codes.SUBPATTERN or code in repeats:
            value = (*value[:-1], _unlooked(value[-1]))
        elif code is codes.ATOMIC_GROUP:
            value = _unlooked(value)
        elif code is codes.BRANCH:
            value = (value[0], [_unlooked(branch) for branch in value[1]])
        if code not in (codes.ASSERT, codes.ASSERT_NOT):
            found.append((code, value))
    return found
