"""Rules to findings: a dict for whole-line phrases, automata for the literals of patterns.

A pattern runs only where its literals stand, over at most ``max_chars`` code points, so the work is
linear in the scrape whatever the number of rules.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .fold import EDGE, folded, numbered, view
from .language import likely, written
from .late import LatePattern
from .lines import Lines
from .model import Finding
from .prefilter import Prefilter
from .rows import Rows
from .rules.patterns import Patterns, compiled
from .rules.spec import Rule
from .rules.stored import Stored

__all__ = ["Claims", "Matcher", "Slow"]

_BLOCK_LINES = 12
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


class _Known(dict[int, Rule]):
    """Rules by their place, of which most are never looked at."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, number: int) -> Rule:
        rule = self[number] = self._rules[number]
        return rule


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
        self._known = _Known(rules)
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
        rows = Rows(shadowed, lines.texts)
        places, phrase_lines = self._prefilter.places(rows, languages)
        claimed = set(self._phrase_places(rows, lines.texts, phrase_lines, languages))
        found: list[Finding] = []
        tried: set[tuple[int, int]] = set()
        searched: dict[tuple[int, int], int] = {}
        views: dict[int, str] = {}  # most lines that one rule looks at, several do
        joins = False
        for number, index, column in places:
            scope = self._known[number].scope
            if scope == "inline":
                found += self._inline(number, lines, index, column, searched)
            elif scope == "block":
                joins = True
                # The literal may stand on any line of the block.
                for first in range(max(0, index - _BLOCK_LINES), index + 1):
                    if (number, first) not in tried:
                        tried.add((number, first))
                        found += self._block(number, shadowed, lines, first)
            elif (number, index) not in tried and (number, index) not in claimed:
                tried.add((number, index))
                if (seen := views.get(index)) is None:
                    seen = views[index] = view(lines.texts[index])
                if self._claims(number, seen):
                    claimed.add((number, index))
        found += [
            _claim(self._known[number], lines.starts[index], lines.end(index))
            for number, index in claimed
        ]
        found.sort()
        return Claims(found, joins)

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
        for index, key in zip([*plain, *rows.hidden], keys, strict=True):
            phrase = key.strip(EDGE)
            for table in tables:
                for number in table.rules.get(phrase, ()):
                    yield number, index

    def _claims(self, number: int, seen: str) -> bool:
        if len(seen) > self._known[number].max_chars:
            return False
        return self._search(number, seen) is not None

    def _inline(
        self, number: int, lines: Lines, index: int, column: int, done: dict[tuple[int, int], int]
    ) -> Iterator[Finding]:
        """Claims around a hit; ``done`` holds how far each line was searched for each rule."""
        if column < done.get((number, index), 0):
            return
        rule, text, first = self._known[number], lines.texts[index], lines.starts[index]
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
        rule = self._known[number]
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
        rule = self._known[number]
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
        rule = self._known[number]
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
            patterns = self._patterns[number] = self._compile(self._known[number])
        return patterns


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
