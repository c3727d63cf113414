"""Rules to findings in one pass: a dict for whole-line phrases, one automaton for all patterns.

A pattern runs only where one of its literals stands, over at most ``max_chars`` code points around it,
so the work is linear in the scrape whatever the number of rules.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import ahocorasick_rs

from .fold import EDGE, fold, view
from .lines import Lines, starts_of
from .model import Finding
from .rules.spec import Rule

__all__ = ["Matcher", "Slow"]

# A whole-line phrase with marks and blanks around it; longer lines are not looked up.
_ROOM = 24
# A line rule sees lines of up to max_chars code points; link targets do not count, up to this.
_LINKED = 1200
_BLOCK_LINES = 12


class Slow(Exception):
    """A user's pattern took longer than its time; the document is passed through whole."""


class _Hit(NamedTuple):
    start: int  # byte offset
    line: int
    literal: int


class Matcher:
    """All rules of a run, ready to match.

    Parameters
    ----------
    rules
        The rules in use; their order does not matter.
    stream
        Whether many documents follow: the automaton then is a DFA, which takes longer to build and
        is faster to run (33 against 3.5 ms for 4,843 literals).
    """

    def __init__(self, rules: Sequence[Rule], *, stream: bool = True) -> None:
        self.rules = tuple(rules)
        self._phrases = _phrase_table(self.rules)
        self._longest = max(map(len, self._phrases), default=0) + _ROOM
        literals = _literal_table(self.rules)
        self._users = tuple(literals.values())
        kind = ahocorasick_rs.Implementation
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            list(literals), implementation=kind.DFA if stream else kind.ContiguousNFA
        )
        self._patterns: dict[int, Any] = {}

    def match(self, shadowed: str, lines: Lines) -> list[Finding]:
        """All claims of all rules, ordered by place.

        Parameters
        ----------
        shadowed
            The text with ``\\n`` line ends, see `cleaner.lines.shadow`.
        lines
            Its lines.
        """
        found = [*self._match_phrases(shadowed, lines), *self._match_patterns(shadowed, lines)]
        found.sort()
        return found

    def _match_phrases(self, shadowed: str, lines: Lines) -> Iterator[Finding]:
        phrases, longest = self._phrases, self._longest
        for index, line in enumerate(fold(shadowed).split("\n")):
            if 0 < len(line) <= longest and (hit := phrases.get(line.strip(EDGE))) is not None:
                for rule in hit:
                    yield _claim(self.rules[rule], lines.starts[index], lines.end(index))

    def _match_patterns(self, shadowed: str, lines: Lines) -> Iterator[Finding]:
        data = shadowed.encode("utf-8", "surrogatepass").lower()
        raw = self._automaton.find_matches_as_indexes(data, overlapping=True)
        if not raw:
            return
        seen: set[tuple[int, int]] = set()
        views: dict[int, str] = {}
        spans: set[tuple[int, int, int]] = set()
        for hit, offset in _placed(raw, data, lines):
            for number in self._users[hit.literal]:
                rule = self.rules[number]
                if rule.scope == "inline":
                    yield from self._inline(number, shadowed, lines, hit.line, offset, spans)
                    continue
                if (hit.line, number) in seen:
                    continue
                seen.add((hit.line, number))
                if rule.scope == "block":
                    yield from self._block(number, shadowed, lines, hit.line)
                elif self._line(number, lines.texts[hit.line], views, hit.line):
                    yield _claim(rule, lines.starts[hit.line], lines.end(hit.line))

    def _line(self, number: int, line: str, views: dict[int, str], index: int) -> bool:
        rule = self.rules[number]
        if len(line) > rule.max_chars + (_LINKED if "](" in line else _ROOM):
            return False
        seen = views.get(index)
        if seen is None:
            seen = views[index] = view(line)
        return len(seen) <= rule.max_chars and self._search(number, seen) is not None

    def _inline(
        self,
        number: int,
        shadowed: str,
        lines: Lines,
        index: int,
        offset: int,
        spans: set[tuple[int, int, int]],
    ) -> Iterator[Finding]:
        rule = self.rules[number]
        start = max(lines.starts[index], offset - rule.max_chars)
        end = min(lines.end(index), offset + rule.max_chars)
        for match in self._all(number, shadowed, start, end):
            first, last = match.span()
            if first <= offset < last and (number, first, last) not in spans:
                spans.add((number, first, last))
                yield _claim(rule, first, last, inline=True)

    def _block(self, number: int, shadowed: str, lines: Lines, index: int) -> Iterator[Finding]:
        rule = self.rules[number]
        start = lines.starts[index]
        last = min(index + _BLOCK_LINES, len(lines) - 1)
        end = min(lines.end(last), start + rule.max_chars)
        match = self._search(number, shadowed, start, end)
        if match is not None and match.start() == start and match.end() > start:
            if lines.end(lines.at(match.end())) == match.end():
                yield _claim(rule, start, match.end())

    def _search(self, number: int, text: str, start: int = 0, end: int | None = None) -> Any:
        rule = self.rules[number]
        pattern = self._compiled(number)
        find = pattern.match if rule.scope == "block" else pattern.search
        try:
            return find(text, start, end, timeout=rule.timeout)
        except TimeoutError:
            raise Slow(rule.id) from None

    def _all(self, number: int, text: str, start: int, end: int) -> list[Any]:
        rule = self.rules[number]
        try:
            return list(self._compiled(number).finditer(text, start, end, timeout=rule.timeout))
        except TimeoutError:
            raise Slow(rule.id) from None

    def _compiled(self, number: int) -> Any:
        pattern = self._patterns.get(number)
        if pattern is None:
            import regex

            flags = regex.V1 | regex.VERBOSE | regex.IGNORECASE
            if self.rules[number].scope == "block":
                flags |= regex.MULTILINE
            pattern = self._patterns[number] = regex.compile(self.rules[number].pattern, flags)
        return pattern


def _phrase_table(rules: tuple[Rule, ...]) -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for number, rule in enumerate(rules):
        for phrase in rule.phrases:
            table[phrase] = (*table.get(phrase, ()), number)
    return table


def _literal_table(rules: tuple[Rule, ...]) -> dict[bytes, tuple[int, ...]]:
    """Literals, in all cases that the automaton must know, and the rules that use them.

    The bytes are lower-cased before they are searched, which touches ASCII only: other letters need
    their upper and title forms in the table.
    """
    table: dict[bytes, tuple[int, ...]] = {}
    for number, rule in enumerate(rules):
        for literal in rule.literals:
            for form in {literal, literal.upper(), literal.title()}:
                data = form.encode("utf-8").lower()
                if number not in table.get(data, ()):
                    table[data] = (*table.get(data, ()), number)
    return table


def _placed(
    raw: list[tuple[int, int, int]], data: bytes, lines: Lines
) -> Iterator[tuple[_Hit, int]]:
    """Hits with their line and their offset in code points, by place."""
    from bisect import bisect_right

    raw.sort(key=_by_start)
    ascii_only = len(data) == lines.starts[-1] - 1
    starts = lines.starts if ascii_only else starts_of(data.split(b"\n"))
    at = offset = 0
    for literal, start, _ in raw:
        if ascii_only:
            offset = start
        else:
            offset += len(data[at:start].decode("utf-8", "surrogatepass"))
            at = start
        yield _Hit(start, bisect_right(starts, start) - 1, literal), offset


def _by_start(hit: tuple[int, int, int]) -> tuple[int, int]:
    return hit[1], hit[0]


def _claim(rule: Rule, start: int, end: int, *, inline: bool = False) -> Finding:
    return Finding(
        start,
        end,
        rule.id,
        rule.category,
        rule.confidence,
        rule.states,
        rule.opens,
        rule.ignores,
        inline,
    )
