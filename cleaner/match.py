"""Rules to findings: a dict for whole-line phrases, automata for the literals of patterns.

A pattern runs only where its literals stand, over at most ``max_chars`` code points, so the work is
linear in the scrape whatever the number of rules.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .fold import EDGE, folded, numbered, view
from .language import likely, written
from .late import LatePattern
from .lines import Lines
from .model import Finding
from .prefilter import Place, Prefilter
from .rows import Rows
from .rules.patterns import Patterns, compiled
from .rules.phrases import values_of
from .rules.spec import Rule
from .rules.stored import Stored

__all__ = ["Claims", "Matcher", "Slow"]

_BLOCK_LINES = 12
_BLOCK_CHARS = 1 << 19  # that are searched at once
_AHEAD = 8  # times the longest claim: how far behind a hit other claims are looked for at once
_SENTENCE_END = LatePattern(r"(?<=[.!?])\s+")


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


class _Known(NamedTuple):
    """What is known of a text so far.

    Attributes
    ----------
    findings
        The claims inside lines and over several.
    claimed
        Rules and the lines that they claim.
    tried
        Rules and lines that were looked at.
    searched
        How far a line was searched for what a rule claims inside it.
    """

    findings: list[Finding]
    claimed: set[tuple[int, int]]
    tried: set[tuple[int, int]]
    searched: dict[tuple[int, int], int]


class Matcher:
    """All rules of a run, ready to match.

    Parameters
    ----------
    rules
        The rules in use; their order does not matter.
    any_language
        Whether all rules are heard in all texts, as is needed to prove them.
    stored
        Where the nets of most of the rules are made already.
    """

    def __init__(
        self, rules: Sequence[Rule], *, any_language: bool = False, stored: Stored | None = None
    ) -> None:
        self.rules = rules
        self._prefilter = Prefilter(rules, any_language=any_language, stored=stored)
        self._foreign = frozenset() if any_language else self._prefilter.languages
        self._compile = stored.compiled if stored else compiled
        self._patterns: dict[int, Patterns] = {}

    def heard(self, shadowed: str) -> frozenset[str]:
        """The languages whose rules are heard in a text, beside those that are heard in all texts.

        They are those that the text may be in; where none is likely, all whose script it has.
        """
        return self._foreign and (likely(shadowed) or written(shadowed, self._foreign))

    def match(
        self, shadowed: str, lines: Lines, languages: frozenset[str] | None = None
    ) -> "Claims":
        """All claims of the rules that are heard.

        Parameters
        ----------
        shadowed
            The text with ``\n`` line ends, see `cleaner.lines.shadow`.
        lines
            Its lines.
        languages
            What `heard` says of the text; asked here if it is not known.
        """
        if languages is None:
            languages = self.heard(shadowed)
        known = _Known([], set(), set(), {})
        joins = False
        for first, text, texts in _blocks(shadowed, lines):
            rows = Rows(text, texts)
            places, phrase_lines = self._prefilter.places(rows, languages)
            for number, index in self._phrase_places(rows, texts, phrase_lines, languages):
                known.claimed.add((number, first + index))
            joins |= self._look(places, first, shadowed, lines, known)
        findings = known.findings + [
            _claim(self.rules[number], lines.starts[index], lines.end(index))
            for number, index in known.claimed
        ]
        findings.sort()
        return Claims(findings, joins)

    def _look(
        self, places: Sequence[Place], first: int, shadowed: str, lines: Lines, known: "_Known"
    ) -> bool:
        """Look at the places of a block of lines; whether there is one of a rule over several lines."""
        joins = False
        views: dict[int, str] = {}  # most lines that one rule looks at, several do
        for number, row, column in places:
            index = first + row
            scope = self.rules[number].scope
            if scope == "inline":
                known.findings.extend(self._inline(number, lines, index, column, known.searched))
            elif scope == "block":
                joins = True
                # The literal may stand on any line of the block.
                for above in range(max(0, index - _BLOCK_LINES), index + 1):
                    if (number, above) not in known.tried:
                        known.tried.add((number, above))
                        known.findings.extend(self._block(number, shadowed, lines, above))
            elif (number, index) not in known.tried and (number, index) not in known.claimed:
                known.tried.add((number, index))
                if (seen := views.get(index)) is None:
                    seen = views[index] = view(lines.texts[index])
                if self._claims(number, seen):
                    known.claimed.add((number, index))
        return joins

    def _phrase_places(
        self, rows: Rows, texts: list[str], candidates: set[int], languages: frozenset[str]
    ) -> Iterator[tuple[int, int]]:
        """Rules and lines of which the rule has the whole line as a phrase."""
        tables = self._prefilter.phrases(languages)
        longest = max(table.longest for table in tables)
        plain = [at for at in candidates if at not in rows.hidden and len(texts[at]) <= longest]
        if not plain and not rows.hidden:
            return
        words = [folded("\n".join([texts[at] for at in plain])), *rows.hidden.values()]
        keys = numbered("\n".join(words[not plain :])).split("\n")
        phrases = [key.strip(EDGE) for key in keys]
        hashes, places = values_of(phrases), [*plain, *rows.hidden]
        for table in tables:
            for at, number in table.found(phrases, hashes):
                yield number, places[at]

    def _claims(self, number: int, seen: str) -> bool:
        if len(seen) > self.rules[number].max_chars:
            return False
        return self._search(number, seen) is not None

    def _inline(
        self, number: int, lines: Lines, index: int, column: int, done: dict[tuple[int, int], int]
    ) -> Iterator[Finding]:
        """Claims around a hit; ``done`` holds how far each line was searched for each rule."""
        if column < done.get((number, index), 0):
            return
        rule, text, first = self.rules[number], lines.texts[index], lines.starts[index]
        reach = rule.max_chars
        begin = max(done.get((number, index), 0), column - reach)
        end = min(len(text), column + _AHEAD * reach)
        # A match that begins further on may be cut off by the end of the stretch.
        last = len(text) if end == len(text) else end - reach
        done[number, index] = max(last, column + 1)
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

    def _compiled(self, number: int) -> Patterns:
        patterns = self._patterns.get(number)
        if patterns is None:
            patterns = self._patterns[number] = self._compile(self.rules[number])
        return patterns


def _blocks(shadowed: str, lines: Lines) -> Iterator[tuple[int, str, list[str]]]:
    """Lines in a row, not too many at once: the number of the first, their text, and the lines.

    What a large text is searched in takes several times as much memory as the text.
    """
    if len(shadowed) <= _BLOCK_CHARS:
        yield 0, shadowed, lines.texts
        return
    starts, count = lines.starts, len(lines)
    first = 0
    while first < count:
        last = max(bisect_right(starts, starts[first] + _BLOCK_CHARS, first, count), first + 1)
        yield first, shadowed[starts[first] : starts[last] - 1], lines.texts[first:last]
        first = last


def _goes_on(rest: Any, text: str, timeout: float | None) -> bool:
    """Whether each sentence of what follows a match holds what the rule asks of it."""
    sentences = _SENTENCE_END.split(text.strip())
    return all(
        not sentence.strip() or rest.search(sentence, timeout=timeout) is not None
        for sentence in sentences
    )


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
