"""Literals of many rules in one automaton: where in a text a rule may match at all."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

import ahocorasick_rs

from .lines import Lines, starts_of
from .rules.sieve import sieve
from .rules.spec import Rule

__all__ = ["Clauses", "Heads", "Places", "Prefilter", "passes"]

Clauses = tuple[tuple[str, ...], ...]
ByteClauses = tuple[tuple[bytes, ...], ...]
Users = tuple[tuple[int, Clauses], ...]
_KEYS = (8, 5, 3)  # letters of heads that lines are looked up by
_LEADING = re.compile(r"[\W_]+")


class Heads:
    """Rules by the beginning of the lines that they claim: most cruft says at once what it is.

    Parameters
    ----------
    rules
        Rules with the numbers by which they are known; ways without a head are passed over.
    """

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        tables: dict[int, dict[str, dict[tuple[int, str, Clauses], None]]] = {k: {} for k in _KEYS}
        for number, rule in rules:
            for way in ways_of(rule):
                for head in way[0]:
                    size = next(key for key in _KEYS if len(head) >= key)
                    tables[size].setdefault(head[:size], {})[number, head, way[1:]] = None
        self._tables = tuple(
            (size, {key: tuple(users) for key, users in table.items()})
            for size, table in tables.items()
        )

    def users(self, row: str) -> list[tuple[int, Clauses]]:
        """The rules whose lines begin like the folded line, with the clauses left to hold."""
        if not row[:1].isalnum():
            marks = _LEADING.match(row)
            if marks is not None:
                row = row[marks.end() :]
        found = []
        for size, table in self._tables:
            for number, head, clauses in table.get(row[:size], ()):
                if row.startswith(head):
                    found.append((number, clauses))
        return found


def ways_of(rule: Rule) -> tuple[Clauses, ...]:
    """The rule's sieve; made on the spot for a rule that did not come from a loaded pack."""
    return rule.sieve or sieve(rule.pattern, (rule.literals, rule.also))


class Prefilter:
    """One automaton over the first clauses of rules' sieves.

    Parameters
    ----------
    rules
        Rules with the numbers by which they are known.
    cased
        Whether the searched bytes are lower-cased by ``bytes.lower()``, which touches ASCII only: other
        letters then need their other forms in the automaton.
    stream
        Whether many texts follow: a DFA takes longer to build and is faster to run (33 against 3.5 ms
        for 4,843 literals).
    """

    def __init__(self, rules: Iterable[tuple[int, Rule]], *, cased: bool, stream: bool) -> None:
        table: dict[bytes, dict[tuple[int, Any], None]] = {}
        for number, rule in rules:
            for way in ways_of(rule):
                if way[0] and rule.scope == "line":
                    continue  # found by the beginning of its lines
                clauses = as_bytes(way[2:]) if cased else way[2:]
                for literal in way[1]:
                    for form in _forms(literal) if cased else {literal}:
                        data = form.encode("utf-8")
                        users = table.setdefault(data.lower() if cased else data, {})
                        users[number, clauses] = None
        self.users: tuple[Any, ...] = tuple(map(tuple, table.values()))
        kind = ahocorasick_rs.Implementation
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            list(table), implementation=kind.DFA if stream else kind.ContiguousNFA
        )

    def hits(self, data: bytes) -> list[tuple[int, int, int]]:
        """All literals in the bytes, overlapping ones too, as (literal, start, end)."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(
            data, overlapping=True
        )
        return found


def _forms(literal: str) -> set[str]:
    """The forms of a literal that lower-casing ASCII leaves apart, no-break blanks included."""
    forms = {literal, literal.upper(), literal.capitalize(), literal.title()}
    return forms | {form.replace(" ", "\u00a0") for form in forms}


class Places:
    """Byte offsets of hits, in rising order, as lines and as code points."""

    def __init__(self, data: bytes, lines: Lines) -> None:
        self._data = data
        self._ascii = len(data) == lines.starts[-1] - 1
        self._starts = lines.starts if self._ascii else starts_of(data.split(b"\n"))
        self._byte = self._offset = 0
        self._odd_blanks = b"\xc2\xa0" in data

    def line(self, start: int) -> int:
        """The line, from 0, of a byte offset."""
        return bisect_right(self._starts, start) - 1

    def hold(self, index: int, clauses: ByteClauses) -> bool:
        """Whether one string of each clause stands in the line."""
        start, end = self._starts[index], self._starts[index + 1]
        find = self._data.find
        for clause in clauses:
            if self._odd_blanks and b" " in clause[0]:
                continue
            for string in clause:
                if find(string, start, end) >= 0:
                    break
            else:
                return False
        return True

    def offset(self, start: int) -> int:
        """The code point at a byte offset; no call goes back before the one before it."""
        if self._ascii:
            return start
        passed = self._data[self._byte : start]
        self._offset += len(passed.decode("utf-8", "surrogatepass"))
        self._byte = start
        return self._offset


def as_bytes(clauses: Clauses) -> tuple[tuple[bytes, ...], ...]:
    """Clauses to look for in raw bytes; those whose strings may be typeset in other ways are left out.

    Of a clause the strings with blanks come first, see `Places.hold`.
    """
    return tuple(
        tuple(string.encode() for string in sorted(clause, key=lambda string: " " not in string))
        for clause in clauses
        if all(string.isascii() and "'" not in string for string in clause)
    )


def passes(clauses: Clauses, lowered: str) -> bool:
    """Whether one string of each clause stands in the line."""
    for clause in clauses:
        for string in clause:
            if string in lowered:
                break
        else:
            return False
    return True
