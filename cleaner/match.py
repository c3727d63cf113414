"""Rules to findings: a dict for whole-line phrases, one automaton for the literals of patterns.

A pattern runs only where its literals stand, over at most ``max_chars`` code points, so the work is
linear in the scrape whatever the number of rules.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from .fold import EDGE, folded, numbered, view
from .language import likely
from .lines import Lines
from .model import Finding
from .prefilter import Prefilter
from .rows import Rows
from .rules.spec import Rule

__all__ = ["Claims", "Matcher", "Slow"]

# Marks and blanks around what a rule claims.
_ROOM = 24
_BLOCK_LINES = 12
_AHEAD = 8  # times the longest claim: how far behind a hit other claims are looked for at once
# The letters of a beginning, up to a number or a mark: phrases write those in one way.
_LETTERS = re.compile(r"(?:[^\W\d_]| )+")
_HEAD = 8  # characters that tell most lines from any phrase
_MOST_HEADS = 100_000
_ANY = 1 << 62  # rules inside lines look at lines of any length
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Slow(Exception):
    """A user's pattern took longer than its time; the document is passed through whole."""


class Claims(NamedTuple):
    """What the rules say of a text.

    Attributes
    ----------
    findings
        All claims, ordered by place.
    joins
        Whether a rule over several lines may match once a cut has brought its lines together.
    """

    findings: list[Finding]
    joins: bool


class _Heads(dict[str, bool]):
    """Whether a line that begins so may be a phrase; what was found out once is looked up.

    Without it a quarter of the time of an ordinary article goes into lines that are no phrases.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        super().__init__()
        # A capital sigma at the end of a stretch is another letter in lower case than inside a word.
        self._begins = {
            phrase[:end].replace("ς", "σ") for phrase in phrases for end in range(_HEAD + 1)
        }

    def __missing__(self, head: str) -> bool:
        if len(self) >= _MOST_HEADS:
            self.clear()
        words = _LETTERS.match(folded(head).lstrip(EDGE)) if self._begins else None
        value = self[head] = words is None or (
            words.group().rstrip().replace("ς", "σ") in self._begins
        )
        return value


class Matcher:
    """All rules of a run, ready to match.

    Parameters
    ----------
    rules
        The rules in use; their order does not matter.
    stream
        Whether many documents follow, see `cleaner.prefilter.Prefilter`.
    any_language
        Whether all rules are heard in all texts, as is needed to prove them.
    """

    def __init__(
        self, rules: Sequence[Rule], *, stream: bool = True, any_language: bool = False
    ) -> None:
        self.rules = tuple(rules)
        self._phrases = _phrase_table(self.rules)
        self._longest_phrase = max(map(len, self._phrases), default=0) + _ROOM
        # For one text it does not pay to learn which beginnings phrases have.
        self._heads = _Heads(self._phrases if stream else ())
        patterned = [(n, r) for n, r in enumerate(rules) if r.pattern]
        self._prefilter = Prefilter(patterned, stream=stream)
        self._scopes = tuple(rule.scope for rule in self.rules)
        # Of each literal the longest line that one of its rules looks at.
        self._reach = tuple(rule.max_chars + _ROOM for rule in self.rules)
        self._reach_of = tuple(
            max(self._reach[n] if self._scopes[n] == "line" else _ANY for n, _ in users)
            for users in self._prefilter.users
        )
        self._foreign = {
            rule.id: rule.languages
            for rule in self.rules
            if not any_language and not {"en", "*"}.intersection(rule.languages)
        }
        self._patterns: dict[int, tuple[Any, Any, Any]] = {}

    def match(self, shadowed: str, lines: Lines) -> "Claims":
        """All claims of all rules.

        Parameters
        ----------
        shadowed
            The text with ``\n`` line ends, see `cleaner.lines.shadow`.
        lines
            Its lines.
        """
        rows = Rows(shadowed, lines.texts)
        claimed = set(self._phrase_places(rows, lines.texts))
        found: list[Finding] = []
        tried: set[tuple[int, int]] = set()
        searched: dict[tuple[int, int], int] = {}
        joins = False
        for number, index, offset in self._pattern_places(rows, lines):
            scope = self._scopes[number]
            if scope == "inline":
                found += self._inline(number, lines, index, offset, searched)
            elif scope == "block":
                joins = True
                # The literal may stand on any line of the block.
                for first in range(max(0, index - _BLOCK_LINES), index + 1):
                    if (number, first) not in tried:
                        tried.add((number, first))
                        found += self._block(number, shadowed, lines, first)
            elif (number, index) not in tried and (number, index) not in claimed:
                tried.add((number, index))
                if self._claims(number, view(lines.texts[index])):
                    claimed.add((number, index))
        found += [
            _claim(self.rules[number], lines.starts[index], lines.end(index))
            for number, index in claimed
        ]
        found.sort()
        return Claims(found, joins)

    def spoken(self, findings: list[Finding], text: str) -> list[Finding]:
        """The findings without those of rules in another language than the text's.

        English rules are heard in all texts: sites of all languages have English buttons.
        """
        if not any(finding.rule in self._foreign for finding in findings):
            return findings
        languages = likely(text)
        if not languages:
            return findings
        return [
            finding
            for finding in findings
            if finding.rule not in self._foreign
            or not languages.isdisjoint(self._foreign[finding.rule])
        ]

    def _phrase_places(self, rows: Rows, texts: list[str]) -> Iterator[tuple[int, int]]:
        """Rules and lines of which the rule has the whole line as a phrase."""
        longest, heads, phrases = self._longest_phrase, self._heads, self._phrases
        short = [i for i, t in enumerate(texts) if 0 < len(t) <= longest and heads[t[:_HEAD]]]
        words = [folded("\n".join([texts[i] for i in short]))] if short else []
        short += [index for index, _ in rows.hidden]
        words += [row for _, row in rows.hidden]
        keys = numbered("\n".join(words)).split("\n") if short else []
        for index, key in zip(short, keys, strict=True):
            if (numbers := phrases.get(key.strip(EDGE))) is not None:
                for number in numbers:
                    yield number, index

    def _pattern_places(self, rows: Rows, lines: Lines) -> Iterator[tuple[int, int, int]]:
        """Rules, lines where they may match, and for inline rules the offset of the literal."""
        users, reach, scopes = self._prefilter.users, self._reach, self._scopes
        hits = self._prefilter.hits(rows.data)
        looked: set[tuple[int, int]] = set()
        for literal, at, line, length, start, end in rows.places(hits, self._reach_of):
            again = (literal, start) in looked
            looked.add((literal, start))
            for number, clauses in users[literal]:
                scope = scopes[number]
                if scope == "inline":
                    if at >= 0:
                        yield number, line, lines.starts[line] + rows.column(start, at)
                elif again:
                    continue
                elif scope == "block" or (
                    length <= reach[number] and rows.hold(start, end, clauses)
                ):
                    yield number, line, -1

    def _claims(self, number: int, seen: str) -> bool:
        if len(seen) > self.rules[number].max_chars:
            return False
        return self._search(number, seen) is not None

    def _inline(
        self, number: int, lines: Lines, index: int, offset: int, done: dict[tuple[int, int], int]
    ) -> Iterator[Finding]:
        """Claims around a hit; ``done`` holds how far each line was searched for each rule."""
        first = lines.starts[index]
        if offset - first < done.get((number, index), 0):
            return
        rule, text = self.rules[number], lines.texts[index]
        reach = rule.max_chars
        begin = max(done.get((number, index), 0), offset - first - reach)
        end = min(len(text), offset - first + _AHEAD * reach)
        # A match that begins further on may be cut off by the end of the stretch.
        last = len(text) if end == len(text) else end - reach
        done[number, index] = max(last, offset - first + 1)
        # The line alone: a pattern must not look at the line above, which a cut may exchange.
        for match in self._all(number, text, begin, end):
            if match.start() > last:
                break
            done[number, index] = max(done[number, index], match.end())
            if match.end() - match.start() <= reach:
                yield _claim(rule, first + match.start(), first + match.end(), inline=True)

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
                if match.end() > match.start()
                and (unless is None or unless.search(match.group(), timeout=rule.timeout) is None)
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
