"""What must stand in a text for a pattern to match: found from the pattern itself.

A pattern matches in one of several ways, its alternatives. Each has a row of clauses, of each of which
at least one string stands in every match. The clause whose strings are rarest goes into the automaton,
the others are looked for in the lines that it finds, and only then does the pattern run: a pattern costs
some microseconds, a look some tens of nanoseconds.
"""

import math
import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from .literals import codes, few, parse, repeats

__all__ = ["implies", "parts_of", "shared", "sieve", "string_frequency"]

_MOST_STRINGS = 48  # of one clause
_MOST_CLAUSES = 3  # beside the one in the automaton
_MOST_LOOKS = (
    48  # strings of a clause that is looked for in a line: a look at all is a tenth of a search
)
_LEAST_CHARS = 3
_MOST_WAYS = 24
_UNSEEN = 1e-3  # what words too rare for words.txt make up, to be shared by the strings inside them
_TOGETHER = 40.0
_LINE_BEGINS = 0.03  # words to a line, turned round, and that a look costs less than a hit
_MARK = 5e-2  # a mark that stands in ordinary text
_RARE_MARK = 2e-3
_NEXT_MARK = 0.1  # and that another mark follows it
_DIGITS = 0.2
_COMMON_MARKS = frozenset(".,:;'\"()-/&!?\u2019\u2013#")
Clause = frozenset[str]
# Ways to match; of each the strings with which the line has to begin, if any, and its clauses, the one
# for the automaton first.
Sieve = tuple[tuple[tuple[str, ...], ...], ...]
_LETTERS = re.compile(r"[^\W\d_]+")
_PART_CHARS = 5
# One more literal costs a text as much as hits of this frequency. Of 0, 1e-6, 1e-5, 5e-5 and 3e-4 the first
# two were the fastest on articles, and the automata are a tenth smaller with the second.
_LITERAL = 1e-6
_LEADING = re.compile(r"[\W_]+")
_MOST_HEADS = 240
_HEAD_CHARS = 10


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
    named = {_pruned(frozenset(clause)) for clause in declared if clause}
    ways: dict[tuple[tuple[str, ...], ...], None] = {}
    whole = parse(pattern)
    for tree in _ways(_unlooked(whole) if scope == "inline" else list(whole), _MOST_WAYS):
        exact, clauses = _sequence(tree)
        if exact is not None:
            clauses = [exact]
        found = {_pruned(clause) for clause in clauses if _useful(clause)} | named
        shared = {clause: _shared(clause) for clause in found}
        order = sorted(found, key=lambda clause: (_cost(shared[clause]), sorted(clause)))
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
        head = _head(tree)
        if first and _head_frequency(head) > _cost(first[0]):
            head = frozenset()  # the automaton finds fewer lines
        ways[tuple(tuple(sorted(clause)) for clause in (head, *first, *small))] = None
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


def implies(clause: Clause, other: Clause) -> bool:
    """Whether a line with a string of the one clause has one of the other."""
    return all(any(part in string for part in other) for string in clause)


def _pruned(clause: AbstractSet[str]) -> Clause:
    """The clause without the strings that hold another one of it."""
    kept: list[str] = []
    for string in sorted(clause, key=lambda string: (len(string), string)):
        if not any(other in string for other in kept):
            kept.append(string)
    return frozenset(kept)


def _head(tree: list[Any]) -> Clause:
    """The strings of which one begins every line that matches, marks before it left out.

    None where the pattern may begin in the middle of a line, or with too many texts.
    """
    if not tree or tree[0][0] is not codes.AT or tree[0][1] is not codes.AT_BEGINNING:
        return frozenset()
    at = 1
    while at < len(tree) and tree[at][0] in repeats and _marks_only(tree[at][1][2]):
        at += 1
    heads = {
        _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
        for text, _ in _starts(tree[at:])
    }
    if any(len(head) < _LEAST_CHARS for head in heads):
        return frozenset()
    return frozenset(_shortest(heads))


def _shortest(heads: AbstractSet[str]) -> list[str]:
    """The strings that begin with no other one of them."""
    kept: list[str] = []
    for head in sorted(heads):  # what begins with a string follows it
        if not kept or not head.startswith(kept[-1]):
            kept.append(head)
    return kept


def _starts(tree: list[Any]) -> set[tuple[str, bool]]:
    """The beginnings of all matches; True beside those that are a whole match of the tree."""
    closed: set[tuple[str, bool]] = set()
    runs = {""}
    for code, value in tree:
        options = _node_starts(code, value)
        longer: set[str] = set()
        for run in runs:
            for text, whole in options:
                if whole and len(run) + len(text) < _HEAD_CHARS:
                    longer.add(run + text)
                else:
                    closed.add((run + text, False))
        if len(longer) + len(closed) > _MOST_HEADS:
            return closed | {(run, False) for run in runs}
        runs = longer
        if not runs:
            return closed
    return closed | {(run, True) for run in runs}


def _node_starts(code: Any, value: Any) -> set[tuple[str, bool]]:
    if code is codes.LITERAL:
        return {(chr(value).lower(), True)}
    if code is codes.IN and (chars := few(value)):
        return {(char, True) for char in chars}
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return {("", True)}
    if code is codes.SUBPATTERN:
        return _starts(list(value[3]))
    if code is codes.ATOMIC_GROUP:
        return _starts(list(value))
    if code is codes.BRANCH:
        return set().union(*(_starts(list(branch)) for branch in value[1]))
    if code in repeats:
        low, high, inner = value
        found = {(text, whole and high == 1) for text, whole in _starts(list(inner))}
        return found if low else found | {("", True)}
    return {("", False)}


def _marks_only(tree: Any) -> bool:
    """Whether the tree matches nothing but marks, one or none of them at a time."""
    if len(tree) != 1 or tree[0][0] not in (codes.LITERAL, codes.IN):
        return False
    code, value = tree[0]
    items = [(code, value)] if code is codes.LITERAL else value
    if items[0][0] is codes.NEGATE:
        return (codes.CATEGORY, codes.CATEGORY_WORD) in items
    return all(_is_mark(*item) for item in items)


def _is_mark(kind: Any, item: Any) -> bool:
    """Whether one item of a set stands for marks and blanks only."""
    if kind is codes.LITERAL:
        return not chr(item).isalnum()
    if kind is codes.RANGE:
        return not any(chr(char).isalnum() for char in range(item[0], item[1] + 1))
    return kind is codes.CATEGORY and item in (codes.CATEGORY_SPACE, codes.CATEGORY_NOT_WORD)


def _useful(clause: AbstractSet[str]) -> bool:
    return 0 < len(clause) <= _MOST_STRINGS and all(
        len(string) >= _LEAST_CHARS or (string and not string.isalnum() and string != " ")
        for string in clause
    )


def _shared(clause: Clause) -> Clause:
    """A clause of fewer strings that stand in all strings of this one: the words that they share.

    The fewer literals there are, the smaller is the automaton that every text runs through.
    """
    return _pruned(frozenset(shared(clause, parts_of, lambda part: _cost({part}))))


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


def _cost(clause: AbstractSet[str]) -> float:
    """What it costs to look for the strings of a clause and into the lines that are found."""
    return _frequency(clause) + _LITERAL * len(clause)


def _frequency(clause: AbstractSet[str]) -> float:
    """An estimate of how often one of the strings stands in prose; only its order counts."""
    # fsum: a sum that does not depend on the order of a set.
    return math.fsum(string_frequency(string) for string in clause)


def _head_frequency(head: Clause) -> float:
    """An estimate of how often a line begins with one of the strings, per word of prose."""
    return _LINE_BEGINS * math.fsum(string_frequency(f" {string}") for string in head)


@cache
def string_frequency(string: str) -> float:
    """How often a string stands in prose, per word of it."""
    if not any(char.isalnum() for char in string):
        marks = string.strip()
        share = _MARK if set(marks) & _COMMON_MARKS else _RARE_MARK
        return share * _NEXT_MARK ** max(len(marks) - 1, 0)
    if string.strip().isdigit():
        return _DIGITS * 0.3 ** len(string.strip())
    words = string.split()
    shares = []
    for at, word in enumerate(words):
        starts = at > 0 or string[0] == " "
        ends = at < len(words) - 1 or string[-1] == " "
        shares.append(_word_frequency(word, starts, ends))
    if not shares:
        return 1.0
    total = shares[0]
    for share in shares[1:]:
        # Words that follow one another in a phrase do so far more often than by chance.
        total *= min(1.0, _TOGETHER * share)
    return total


@cache
def _word_frequency(part: str, starts: bool, ends: bool) -> float:
    """How often a string without blanks stands in prose: as a word, or as a part of one."""
    if starts and ends:
        return _words().get(part, _UNSEEN * 0.5 ** min(len(part), 10))
    begins, ends_with, holds = _parts()
    seen = (begins if starts else ends_with if ends else holds).get(part, 0.0)
    return seen + _UNSEEN * 0.5 ** min(len(part), 10)


@lru_cache(maxsize=1)
def _parts() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """How often words begin with a string, end with it, or hold it: a look-up in place of a search."""
    begins: dict[str, float] = {}
    ends: dict[str, float] = {}
    holds: dict[str, float] = {}
    for word, share in _words().items():
        size = len(word)
        for at in range(1, size + 1):
            begins[word[:at]] = begins.get(word[:at], 0.0) + share
            ends[word[-at:]] = ends.get(word[-at:], 0.0) + share
        for part in {word[i:j] for i in range(size) for j in range(i + 1, size + 1)}:
            holds[part] = holds.get(part, 0.0) + share
    return begins, ends, holds


@lru_cache(maxsize=1)
def _words() -> dict[str, float]:
    rows = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) * 1e-6 for word, count in map(str.split, rows)}


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
    if code is codes.ASSERT:
        # What a look around finds stands in the line too, but not in this place.
        exact, clauses = _sequence(value[1])
        return None, clauses if exact is None else [exact]
    if code in (codes.AT, codes.ASSERT_NOT):
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
