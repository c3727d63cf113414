"""Rules to findings: a dict for whole-line phrases, automata for the literals of patterns.

A pattern runs only where its literals stand, over at most ``max_chars`` code points, so the work is
linear in the scrape whatever the number of rules. Most bytes of an article stand in paragraphs that are
longer than what most rules claim: those rules look at the short lines alone, folded once for all.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from .fold import EDGE, folded, numbered, view
from .lines import Lines, starts_of
from .model import Finding
from .prefilter import Places, Prefilter, passes
from .rules.spec import Rule

__all__ = ["Matcher", "Slow"]

# The longest claim, in code points, of a rule that looks at short lines only.
_SHORT = 280
# Marks and blanks around what a rule claims.
_ROOM = 24
# A line with links may be longer by their targets, up to this.
_LINKED = 1200
_BLOCK_LINES = 12
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Slow(Exception):  # noqa: N818 - it is a signal between two modules, no error
    """A user's pattern took longer than its time; the document is passed through whole."""


class Matcher:
    """All rules of a run, ready to match.

    Parameters
    ----------
    rules
        The rules in use; their order does not matter.
    stream
        Whether many documents follow, see `cleaner.prefilter.Prefilter`.
    """

    def __init__(self, rules: Sequence[Rule], *, stream: bool = True) -> None:
        self.rules = tuple(rules)
        self._phrases = _phrase_table(self.rules)
        self._longest_phrase = max(map(len, self._phrases), default=0) + _ROOM
        short = [(n, r) for n, r in enumerate(rules) if r.pattern and _is_short(r)]
        other = [(n, r) for n, r in enumerate(rules) if r.pattern and not _is_short(r)]
        self._short = Prefilter(short, cased=False, stream=stream)
        self._other = Prefilter(other, cased=True, stream=stream)
        self._patterns: dict[int, tuple[Any, Any, Any]] = {}

    def match(self, shadowed: str, lines: Lines) -> list[Finding]:
        """All claims of all rules, ordered by place.

        Parameters
        ----------
        shadowed
            The text with ``\\n`` line ends, see `cleaner.lines.shadow`.
        lines
            Its lines.
        """
        found = [*self._match_short_lines(shadowed, lines), *self._match_text(shadowed, lines)]
        found.sort()
        return found

    def _match_short_lines(self, shadowed: str, lines: Lines) -> Iterator[Finding]:
        texts = lines.texts
        reach = _SHORT + _ROOM
        if "](" in shadowed:
            short = [
                i
                for i, text in enumerate(texts)
                if text and (len(text) <= reach or (len(text) <= _LINKED and "](" in text))
            ]
        else:
            short = [i for i, text in enumerate(texts) if 0 < len(text) <= reach]
        if not short:
            return
        joined = folded("\n".join([texts[i].strip() for i in short]))
        rows = joined.split("\n")
        yield from self._match_phrases(rows, short, lines)
        data = joined.encode("utf-8", "surrogatepass")
        hits = self._short.hits(data)
        if not hits:
            return
        starts = starts_of(data.split(b"\n"))
        done: set[tuple[int, int]] = set()
        for literal, start, _ in hits:
            row = bisect_right(starts, start) - 1
            for number, heads, clauses in self._short.users[literal]:
                if (row, number) in done or not passes(heads, clauses, rows[row]):
                    continue
                done.add((row, number))
                index = short[row]
                if self._claims(number, view(texts[index])):
                    yield _claim(self.rules[number], lines.starts[index], lines.end(index))

    def _match_phrases(self, rows: list[str], short: list[int], lines: Lines) -> Iterator[Finding]:
        longest, phrases = self._longest_phrase, self._phrases
        places = [place for place, row in enumerate(rows) if len(row) <= longest]
        keys = numbered("\n".join([rows[place] for place in places])).split("\n")
        for place, key in zip(places, keys, strict=False):
            if (hit := phrases.get(key.strip(EDGE))) is not None:
                index = short[place]
                for number in hit:
                    yield _claim(self.rules[number], lines.starts[index], lines.end(index))

    def _match_text(self, shadowed: str, lines: Lines) -> Iterator[Finding]:
        """Rules that reach into long lines, and those of scope inline and block."""
        data = shadowed.encode("utf-8", "surrogatepass").lower()
        hits = self._other.hits(data)
        if not hits:
            return
        places = Places(data, lines)
        done: set[tuple[int, int]] = set()
        spans: set[tuple[int, int, int]] = set()
        views: dict[int, tuple[str, str]] = {}
        for literal, start, _ in sorted(hits, key=_start_of):
            index = places.line(start)
            for number, heads, clauses in self._other.users[literal]:
                scope = self.rules[number].scope
                if scope == "inline":
                    offset = places.offset(start)
                    yield from self._inline(number, shadowed, lines, index, offset, spans)
                elif scope == "block":
                    # The literal may stand on any line of the block.
                    for at in range(max(0, index - _BLOCK_LINES), index + 1):
                        if (at, number) not in done:
                            done.add((at, number))
                            yield from self._block(number, shadowed, lines, at)
                elif (index, number) in done:
                    continue
                elif self._near(number, lines.texts[index]):
                    if index not in views:
                        seen = view(lines.texts[index])
                        views[index] = seen, seen.lower()
                    if passes(heads, clauses, views[index][1]):
                        done.add((index, number))
                        if self._claims(number, views[index][0]):
                            rule = self.rules[number]
                            yield _claim(rule, lines.starts[index], lines.end(index))

    def _near(self, number: int, line: str) -> bool:
        """Whether the line is not too long for the rule, as far as can be told without a view."""
        most = self.rules[number].max_chars + _ROOM
        return len(line) <= most or (len(line) <= most + _LINKED and "](" in line)

    def _claims(self, number: int, seen: str) -> bool:
        if len(seen) > self.rules[number].max_chars:
            return False
        return self._search(number, seen) is not None

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
        if match is None or match.start() != start or match.end() == start:
            return
        if lines.end(lines.at(match.end())) == match.end():
            yield _claim(rule, start, match.end())

    def _search(self, number: int, text: str, start: int = 0, end: int | None = None) -> Any:
        """The match of a rule's pattern; None where there is none, or the rule takes it back."""
        rule = self.rules[number]
        pattern, unless, rest = self._compiled(number)
        find = pattern.match if rule.scope == "block" else pattern.search
        try:
            match = find(text, start, end, timeout=rule.timeout)
            if match is None:
                return None
            if unless and unless.search(text, start, end, timeout=rule.timeout) is not None:
                return None
            if rest and not _goes_on(rest, text[match.end() :], rule.timeout):
                return None
        except TimeoutError:
            raise Slow(rule.id) from None
        return match

    def _all(self, number: int, text: str, start: int, end: int) -> list[Any]:
        rule = self.rules[number]
        pattern, unless, _ = self._compiled(number)
        try:
            return [
                match
                for match in pattern.finditer(text, start, end, timeout=rule.timeout)
                if unless is None or unless.search(match.group(), timeout=rule.timeout) is None
            ]
        except TimeoutError:
            raise Slow(rule.id) from None

    def _compiled(self, number: int) -> tuple[Any, Any, Any]:
        patterns = self._patterns.get(number)
        if patterns is None:
            import regex

            rule = self.rules[number]
            flags = regex.V1 | regex.VERBOSE | regex.IGNORECASE
            if rule.scope == "block":
                flags |= regex.MULTILINE
            pattern, unless, rest = (
                regex.compile(source, flags) if source else None
                for source in (rule.pattern, rule.unless, rule.rest)
            )
            patterns = self._patterns[number] = pattern, unless, rest
        return patterns


def _is_short(rule: Rule) -> bool:
    """Whether the rule claims short lines only."""
    return rule.scope == "line" and rule.max_chars <= _SHORT


def _goes_on(rest: Any, text: str, timeout: float | None) -> bool:
    """Whether each sentence of what follows a match holds what the rule asks of it."""
    sentences = _SENTENCE_END.split(text.strip())
    return all(
        not sentence.strip() or rest.search(sentence, timeout=timeout) is not None
        for sentence in sentences
    )


def _phrase_table(rules: tuple[Rule, ...]) -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for number, rule in enumerate(rules):
        for phrase in rule.phrases:
            table[phrase] = (*table.get(phrase, ()), number)
    return table


def _start_of(hit: tuple[int, int, int]) -> int:
    return hit[1]


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
