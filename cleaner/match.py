"""Rules to findings: a dict for whole-line phrases, automata for the literals of patterns.

A pattern runs only where its literals stand, over at most ``max_chars`` code points, so the work is
linear in the scrape whatever the number of rules. Most bytes of an article stand in paragraphs that are
longer than what most rules claim: those rules look at the short lines alone, folded once for all.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from .fold import EDGE, folded, numbered, rough, view
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
_BEGINNING = 48  # characters of a long line in which its head is looked for
_LEADING = re.compile(r"\A[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Slow(Exception):
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
        self._reach = tuple(rule.max_chars + _ROOM for rule in self.rules)
        long = [(n, r) for n, r in other if r.scope == "line"]
        self._short = Prefilter(short, heads_of=[*short, *long], cased=False, stream=stream)
        self._other = Prefilter(other, cased=True, stream=stream)
        blocks = [(n, r) for n, r in other if r.scope == "block"]
        self._blocks = Prefilter(blocks, cased=True, stream=False) if blocks else None
        self._patterns: dict[int, tuple[Any, Any, Any]] = {}

    def match(self, shadowed: str, lines: Lines) -> list[Finding]:
        """All claims of all rules, ordered by place.

        Parameters
        ----------
        shadowed
            The text with ``\n`` line ends, see `cleaner.lines.shadow`.
        lines
            Its lines.
        """
        rows = _Rows(shadowed, lines.texts)
        claimed = set(self._phrase_places(rows))
        tried: set[tuple[int, int]] = set()
        for place in self._row_places(rows, lines.texts):
            if place not in tried:
                tried.add(place)
                if self._claims(place[0], view(lines.texts[place[1]])):
                    claimed.add(place)
        found = [
            _claim(self.rules[number], lines.starts[index], lines.end(index))
            for number, index in claimed
        ]
        found += self._match_text(shadowed, lines, claimed | tried)
        found.sort()
        return found

    def may_join(self, shadowed: str) -> bool:
        """Whether a rule over several lines may match, so that a cut may bring its lines together."""
        if self._blocks is None:
            return False
        return bool(self._blocks.hits(shadowed.encode("utf-8", "surrogatepass").lower()))

    def _phrase_places(self, rows: "_Rows") -> Iterator[tuple[int, int]]:
        """Rules and lines of which the rule has the whole line as a phrase."""
        longest, phrases = self._longest_phrase, self._phrases
        short = [row for row, text in enumerate(rows.texts) if len(text) <= longest]
        keys = numbered("\n".join([rows.texts[row] for row in short])).split("\n")
        for row, key in zip(short, keys, strict=False):
            if (numbers := phrases.get(key.strip(EDGE))) is not None:
                for number in numbers:
                    yield number, rows.lines[row]

    def _row_places(self, rows: "_Rows", texts: list[str]) -> Iterator[tuple[int, int]]:
        """Rules and lines that may match: by the beginning of the line, or by a literal in it."""
        data = rows.data()
        hits = self._short.hits(data)
        if not hits:
            return
        starts = starts_of(data.split(b"\n"))
        count, reach = len(rows.texts), self._reach
        for literal, start, _ in hits:
            head = self._short.heads[literal]
            row = bisect_right(starts, start + head) - 2
            if row < count:
                text, index = rows.texts[row], rows.lines[row]
            elif head:
                index = rows.lines[row]
                text = view(texts[index]).lower()
            else:
                continue  # a literal in the beginning of a long line
            for number, clauses in self._short.users[literal]:
                if len(text) <= reach[number] and passes(clauses, text):
                    yield number, index

    def _match_text(
        self, shadowed: str, lines: Lines, tried: set[tuple[int, int]]
    ) -> Iterator[Finding]:
        """Rules that reach into long lines, and those of scope inline and block."""
        spans: set[tuple[int, int, int]] = set()
        for number, index, offset in self._text_places(shadowed, lines):
            rule = self.rules[number]
            if rule.scope == "inline":
                yield from self._inline(number, shadowed, lines, index, offset, spans)
            elif rule.scope == "block":
                # The literal may stand on any line of the block.
                for first in range(max(0, index - _BLOCK_LINES), index + 1):
                    if (number, first) not in tried:
                        tried.add((number, first))
                        yield from self._block(number, shadowed, lines, first)
            elif (number, index) not in tried:
                tried.add((number, index))
                if self._claims(number, view(lines.texts[index])):
                    yield _claim(rule, lines.starts[index], lines.end(index))

    def _text_places(self, shadowed: str, lines: Lines) -> Iterator[tuple[int, int, int]]:
        """Rules, lines where they may match, and for inline rules the offset of the literal."""
        texts = lines.texts
        data = shadowed.encode("utf-8", "surrogatepass").lower()
        hits = self._other.hits(data)
        if not hits:
            return
        places = Places(data, lines)
        for literal, start, _ in sorted(hits, key=_start_of):
            index = places.line(start)
            for number, clauses in self._other.users[literal]:
                scope = self.rules[number].scope
                if scope == "inline":
                    yield number, index, places.offset(start)
                elif scope == "block" or (
                    self._near(number, texts[index]) and places.hold(index, clauses)
                ):
                    yield number, index, -1

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
        # A text of its own: a pattern must not look at the line above, which a cut may exchange.
        for match in self._all(number, shadowed[start:end]):
            first, last = start + match.start(), start + match.end()
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

    def _all(self, number: int, text: str) -> list[Any]:
        rule = self.rules[number]
        pattern, unless, _ = self._compiled(number)
        try:
            return [
                match
                for match in pattern.finditer(text, timeout=rule.timeout)
                if unless is None or unless.search(match.group(), timeout=rule.timeout) is None
            ]
        except TimeoutError:
            raise Slow(rule.id) from None

    def _compiled(self, number: int) -> tuple[Any, Any, Any]:
        patterns = self._patterns.get(number)
        if patterns is None:
            import regex

            rule = self.rules[number]
            # V0: full case folding (V1) reads "st" and "ss" in two ways each, which multiplies.
            flags = regex.V0 | regex.VERBOSE | regex.IGNORECASE
            if rule.scope == "block":
                flags |= regex.MULTILINE
            pattern, unless, rest = (
                regex.compile(source, flags) if source else None
                for source in (rule.pattern, rule.unless, rule.rest)
            )
            patterns = self._patterns[number] = pattern, unless, rest
        return patterns


class _Rows:
    """The short lines of a text, folded, and the beginnings of the long ones.

    Attributes
    ----------
    texts
        The folded short lines.
    lines
        The line number of each of them, and of each beginning behind them.
    """

    def __init__(self, shadowed: str, texts: list[str]) -> None:
        reach = _SHORT + _ROOM
        self.lines = [i for i, text in enumerate(texts) if 0 < len(text) <= reach]
        long = [i for i, text in enumerate(texts) if len(text) > reach]
        if long and "](" in shadowed:
            self.lines += [i for i in long if len(texts[i]) <= _LINKED and "](" in texts[i]]
            long = [i for i in long if len(texts[i]) > _LINKED or "](" not in texts[i]]
        joined = folded("\n".join([texts[i].strip() for i in self.lines]))
        self.texts = joined.split("\n") if self.lines else []
        # Beginnings without the marks before them, which the automaton cannot skip.
        marked = [row for row, text in enumerate(self.texts) if not text[:1].isalnum()]
        begins = [_LEADING.sub("", self.texts[row], count=1) for row in marked]
        begins += [_LEADING.sub("", rough(texts[i][:_BEGINNING]), count=1) for i in long]
        self.lines += [self.lines[row] for row in marked] + long
        self._text = "\n".join(["", joined, *begins] if self.texts else ["", *begins])

    def data(self) -> bytes:
        """All rows as bytes, a line end before each."""
        return self._text.encode("utf-8", "surrogatepass")


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
