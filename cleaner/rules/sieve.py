"""What must stand in a text for a pattern to match: found from the pattern itself.

A pattern matches in one of several ways, its alternatives. Each has a row of clauses, of each of which
at least one string stands in every match. The clause whose strings are rarest goes into the automaton,
the others are looked for in the lines that it finds, and only then does the pattern run: a pattern costs
some microseconds, a look some tens of nanoseconds.
"""

from typing import Any

from .literals import codes, few, parse, repeats

__all__ = ["sieve"]

_MOST_STRINGS = 48  # of one clause
_MOST_CLAUSES = 3  # beside the one in the automaton
_LEAST_CHARS = 3
# Words that stand in ordinary English prose again and again: no match is rare because of them.
_COMMON = frozenset(
    """
    about access account after again all allow also and any are article available away back become
    been before being below block but button buy by call can change check class click close come
    comes content continue could day days did does done down each email even ever every few find
    first follow for found free from full get give go going good group had has have head help here
    his home hour how idea into its just keep know last late later leave less life like line link
    list little live long look made make man many may members mobile month more most much must name
    need never new news next night not now number off often old one only open other others our out
    over own page pages part people per phone place play point post power press read real report
    right said same say says see send she should show side site small social some source start state
    stay still stop story support take team tell than that the their them then there these they
    thing think this those three through time times today too top try turn two under until use used
    user video view visit want was way week well were what when where which while who why will with
    without word words work works world would write year years yes you your
    """.split()
)
_STOP = frozenset(
    "a an and are as at be by for from has have if in is it of on or that the this to was we "
    "with you your".split()
)
_MOST_WAYS = 96
Clause = frozenset[str]
# Ways to match; of each its clauses, the one for the automaton first.
Sieve = tuple[tuple[tuple[str, ...], ...], ...]


def sieve(pattern: str, declared: tuple[tuple[str, ...], ...] = ()) -> Sieve:
    """The ways in which a pattern can match, with their clauses.

    Parameters
    ----------
    pattern
        A verbose, case-insensitive pattern that has been checked.
    declared
        Clauses that the rule's author named, which were proved.
    """
    named = {frozenset(clause) for clause in declared if clause}
    ways: dict[tuple[tuple[str, ...], ...], None] = {}
    for tree in _ways(list(parse(pattern)), _MOST_WAYS):
        exact, clauses = _sequence(tree)
        if exact is not None:
            clauses = [exact]
        found = {clause for clause in clauses if _useful(clause)} | named
        order = sorted(found, key=lambda clause: (_frequency(clause), sorted(clause)))
        ways[tuple(tuple(sorted(clause)) for clause in order[: _MOST_CLAUSES + 1])] = None
    return tuple(ways)


def _ways(tree: list[Any], most: int) -> list[list[Any]]:
    """The trees of which one matches whenever the tree does: its branches multiplied out."""
    for at, (code, value) in enumerate(tree):
        if code is codes.SUBPATTERN:
            return _ways([*tree[:at], *value[3], *tree[at + 1 :]], most)
        if code is codes.BRANCH and len(value[1]) <= most and _node(code, value)[0] is None:
            share = most // len(value[1])
            return [
                way
                for branch in value[1]
                for way in _ways([*tree[:at], *branch, *tree[at + 1 :]], share)
            ]
    return [tree]


def _useful(clause: Clause) -> bool:
    return min(map(len, clause), default=0) >= _LEAST_CHARS and len(clause) <= _MOST_STRINGS


def _frequency(clause: Clause) -> float:
    """An estimate of how often one of the strings stands in prose; only its order counts."""
    return sum(_string_frequency(string) for string in clause)


def _string_frequency(string: str) -> float:
    words = string.split()
    first, *others = [_word_frequency(word) for word in words] or [1.0]
    for other in others:
        # Words that follow one another in a phrase do so far more often than by chance.
        first *= min(1.0, 40 * other)
    return first


def _word_frequency(word: str) -> float:
    if word in _STOP:
        return 1e-2
    if word in _COMMON:
        return 1e-3
    # A short string stands inside many words; each letter more makes it a third as frequent.
    return 0.1 * 0.33 ** min(len(word), 10)


def _sequence(tree: Any) -> tuple[Clause | None, list[Clause]]:
    """All texts that the nodes match, or None where they are too many; and the clauses."""
    runs: Clause = frozenset({""})
    clauses: list[Clause] = []
    whole = True
    for code, value in tree:
        exact, inner = _node(code, value)
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
    return None, [clause for clause in clauses if _useful(clause)]


def _node(code: Any, value: Any) -> tuple[Clause | None, list[Clause]]:
    if code is codes.LITERAL:
        return frozenset({chr(value).lower()}), []
    if code is codes.IN:
        chars = few(value)
        return (frozenset(chars), []) if chars else (None, [])
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return frozenset({""}), []
    if code is codes.SUBPATTERN:
        return _sequence(value[3])
    if code is codes.ATOMIC_GROUP:
        return _sequence(value)
    if code is codes.BRANCH:
        return _branch(value[1])
    if code in repeats:
        low, high, inner = value
        exact, clauses = _sequence(inner)
        if high == 1:
            if exact is not None:
                return (exact if low else exact | {""}), []
            return None, clauses if low else []
        if low:
            return None, clauses if exact is None else [exact]
    return None, []


def _branch(branches: list[Any]) -> tuple[Clause | None, list[Clause]]:
    """One clause for all branches: of each its rarest."""
    parts = [_sequence(branch) for branch in branches]
    texts: set[str] = set()
    for exact, _ in parts:
        texts |= exact or set()
    if all(exact is not None for exact, _ in parts) and len(texts) <= _MOST_STRINGS:
        return frozenset(texts), []
    merged: set[str] = set()
    for exact, clauses in parts:
        options = [exact] if exact is not None else clauses
        options = [clause for clause in options if _useful(clause)]
        if not options:
            return None, []
        merged |= min(options, key=lambda clause: (_frequency(clause), sorted(clause)))
    return None, [frozenset(merged)]
