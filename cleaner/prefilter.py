"""Literals of many rules in one automaton: where in a text a rule may match at all."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

import ahocorasick_rs

from .lines import Lines, starts_of
from .rules.sieve import sieve
from .rules.spec import Rule

__all__ = ["Clauses", "Places", "Prefilter", "passes"]

Clauses = tuple[tuple[str, ...], ...]
ByteClauses = tuple[tuple[bytes, ...], ...]
Users = tuple[tuple[int, Clauses], ...]
_TYPESET = frozenset("'\"-")  # marks that have other forms in print


def ways_of(rule: Rule) -> tuple[Clauses, ...]:
    """The rule's sieve; made on the spot for a rule that did not come from a loaded pack."""
    return rule.sieve or sieve(rule.pattern, (rule.literals, rule.also), rule.scope)


class Prefilter:
    """One automaton over what must stand in a line for a rule to match there.

    That is how the line begins, where the rule's sieve knows it (most cruft says at once what it is), else
    the first clause of the sieve.

    Parameters
    ----------
    rules
        Rules, with the numbers by which they are known, to be found by a literal.
    heads_of
        Rules to be found by how their lines begin.
    cased
        Whether the searched bytes are lower-cased by ``bytes.lower()``, which touches ASCII only: other
        letters then need their other forms in the automaton.
    stream
        Whether many texts follow: a DFA takes longer to build and is faster to run (33 against 3.5 ms
        for 4,843 literals).
    """

    def __init__(
        self,
        rules: Iterable[tuple[int, Rule]],
        *,
        heads_of: Iterable[tuple[int, Rule]] = (),
        cased: bool,
        stream: bool,
    ) -> None:
        table: dict[bytes, dict[tuple[int, Any], None]] = {}
        for number, rule in rules:
            for heads, first, *others in ways_of(rule):
                if heads and rule.scope == "line":
                    continue  # found by the beginning of its lines
                clauses = as_bytes(tuple(others)) if cased else tuple(others)
                for literal in first:
                    for form in _forms(literal) if cased else {literal}:
                        data = form.encode("utf-8")
                        users = table.setdefault(data.lower() if cased else data, {})
                        users[number, clauses] = None
        for number, rule in heads_of:
            for heads, *clauses_of in ways_of(rule):
                for head in heads:
                    users = table.setdefault(f"\n{head}".encode(), {})
                    users[number, tuple(clauses_of)] = None
        # Whether a literal is the beginning of a line, the line end before it included.
        self.heads = tuple(literal.startswith(b"\n") for literal in table)
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
                # Words may stand apart by marks and link targets that patterns do not see.
                return find(b"**", start, end) >= 0 or find(b"](", start, end) >= 0
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
        if all(string.isascii() and not _TYPESET & set(string) for string in clause)
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
