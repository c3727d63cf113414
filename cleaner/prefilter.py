"""Literals of many rules in few automata: where in a text a rule may match at all.

The rules of each language have automata of their own, built when a text in that language comes, so that a
text costs what its own languages cost. English rules and those without words are heard in all texts: sites
of all languages have English buttons.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from string import ascii_uppercase
from typing import NamedTuple

import ahocorasick_rs

from .fold import lowered, respelled
from .rows import SHORT, Band, Rows
from .rules.sieve import sieve
from .rules.spec import Rule

__all__ = ["ROOM", "Phrases", "Place", "Prefilter"]

EVERYWHERE = ""  # the language of rules that are heard in all texts
PHRASE = -1  # in place of a rule: the line may be a phrase
ROOM = 24  # marks and blanks around what a rule claims

_PHRASE_HEAD = 8  # characters that tell most lines from any phrase
_ANY = 1 << 62  # the reach of rules inside lines
_REACH = itemgetter(1)  # of a user
_MARKS = re.compile(r"['\"-]")
_LAST_SIGMA = re.compile(r"σ(?!\w)")
_DOT = "\u0307"  # above a letter: what is left of it when the Turkish capital I with a dot is lower-cased
_ASCII_LOWER = {ord(char): ord(char.lower()) for char in ascii_uppercase}
_MOST_MARKS = 3  # of a literal that stands in the text in all its spellings

Clauses = tuple[tuple[str, ...], ...]


class Place(NamedTuple):
    """Where a rule may match: the line, and for inline rules the characters before the literal."""

    rule: int
    line: int
    column: int


class _User(NamedTuple):
    """What a literal points to: a rule, how long its lines may be, and what else has to stand in them."""

    rule: int
    reach: int
    clauses: Clauses


class _Net:
    """One automaton, and of each of its literals the rules that it points to.

    It is a contiguous NFA. A DFA of so many literals is out of the cache when the next text comes: it
    was half as fast then, although twice as fast on one text again and again.
    """

    def __init__(self, table: dict[str, list[_User]]) -> None:
        self.users = tuple(map(tuple, table.values()))
        self._reach = tuple(max(map(_REACH, users)) for users in self.users)
        self._automaton = table and ahocorasick_rs.BytesAhoCorasick(
            [literal.encode() for literal in table],
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def found(self, band: Band, lengths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Literals in the band, overlapping ones too, with line and place.

        Those are left out that stand in a line too long for all of their rules.
        """
        if not self._automaton or not band.data:
            return
        reach, count, lines = self._reach, band.data.count, band.lines
        row, at = -1, 0
        for literal, begin, end in self._automaton.find_matches_as_indexes(
            band.data, overlapping=True
        ):
            row += count(b"\n", at, end)
            at = end
            if lengths[lines[row]] <= reach[literal]:
                yield literal, lines[row], begin


class Phrases(NamedTuple):
    """The whole-line phrases of one language with their rules, and the characters of the longest."""

    rules: dict[str, list[int]]
    longest: int


class _Nets(NamedTuple):
    """The automata of one language, for short lines and for long ones, and its phrases."""

    short: _Net
    long: _Net
    phrases: Phrases


class Prefilter:
    """Where the rules of some languages may match.

    Parameters
    ----------
    rules
        The rules; they are known by their place here.
    any_language
        Whether all rules are heard in all texts.
    """

    def __init__(self, rules: Sequence[Rule], *, any_language: bool) -> None:
        self._rules = rules
        self._of: dict[str, list[int]] = {EVERYWHERE: []}
        for number, rule in enumerate(rules):
            for language in {EVERYWHERE} if any_language else languages_of(rule):
                self._of.setdefault(language, []).append(number)
        self._built: dict[str, _Nets] = {}

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have rules which are not heard in all texts."""
        return frozenset(self._of) - {EVERYWHERE}

    def phrases(self, languages: Iterable[str]) -> list[Phrases]:
        """The phrases of the languages, and those that are heard in all texts."""
        return [nets.phrases for nets in self._nets(languages)]

    def _nets(self, languages: Iterable[str]) -> list[_Nets]:
        heard = (EVERYWHERE, *sorted(self._of.keys() & set(languages)))
        return [self._built.get(language) or self._build(language) for language in heard]

    def places(self, rows: Rows, languages: Iterable[str]) -> tuple[list[Place], set[int]]:
        """Where the rules may match, and the lines that may be phrases.

        Parameters
        ----------
        rows
            The text.
        languages
            Those whose rules are heard, beside the rules that are heard in all texts.
        """
        found: list[Place] = []
        phrases = set(rows.wordless)
        for nets in self._nets(languages):
            for net, bands in ((nets.short, (rows.short, rows.words)), (nets.long, (rows.long,))):
                looked: set[tuple[int, int]] = set()
                for band in bands:
                    _look(net, band, rows, looked, found, phrases)
        return found, phrases

    def _build(self, language: str) -> _Nets:
        short: dict[str, list[_User]] = {}
        long: dict[str, list[_User]] = {}
        phrases: dict[str, list[int]] = {}
        heads: dict[str, int] = {}  # beginnings of phrases, and the length of the longest of them
        for number in self._of[language]:
            rule = self._rules[number]
            for phrase in rule.phrases:
                phrases.setdefault(phrase, []).append(number)
                head, size = phrase[:_PHRASE_HEAD].partition("0")[0], len(phrase)
                if phrase[len(head) : len(head) + 1] == _DOT:
                    head = head[:-1]  # with the dot it is one letter in upper case
                if heads.get(head, 0) < size:
                    heads[head] = size
            for begins, *clauses in _ways_of(rule):
                by_head = begins and rule.scope == "line"
                literals = [f"\n{head}" for head in begins] if by_head else clauses[0]
                others = clauses if by_head else clauses[1:]
                reach = rule.max_chars + ROOM if rule.scope == "line" else _ANY
                user = _User(number, reach, tuple(map(_lowered, others)))
                for form in sorted({form for literal in literals for form in _forms(literal)}):
                    short.setdefault(form, []).append(user)
                    if reach > SHORT:
                        long.setdefault(form, []).append(user)
        for head, size in heads.items():
            for form in _forms(f"\n{head}") if head else ():
                short.setdefault(form, []).append(_User(PHRASE, size + ROOM, ()))
        longest = max(heads.values(), default=0)
        nets = _Nets(_Net(short), _Net(long), Phrases(phrases, longest))
        self._built[language] = nets
        return nets


def _look(
    net: _Net,
    band: Band,
    rows: Rows,
    looked: set[tuple[int, int]],
    found: list[Place],
    phrases: set[int],
) -> None:
    """Add to ``found`` and ``phrases`` what stands in one band; a line is looked at once for a literal."""
    for literal, line, begin in net.found(band, rows.lengths):
        again = (literal, line) in looked
        looked.add((literal, line))
        for number, reach, clauses in net.users[literal]:
            if reach == _ANY:
                if band is not rows.words:
                    found.append(Place(number, line, band.column(begin)))
            elif again or rows.lengths[line] > reach:
                continue
            elif number == PHRASE:
                phrases.add(line)
            elif rows.hold(line, clauses):
                found.append(Place(number, line, 0))


def languages_of(rule: Rule) -> frozenset[str]:
    """The languages in whose texts a rule is heard; `EVERYWHERE` for English and none at all."""
    codes = frozenset(code.partition("-")[0] for code in rule.languages)
    return frozenset({EVERYWHERE}) if codes & {"en", "*"} else codes


def _ways_of(rule: Rule) -> tuple[Clauses, ...]:
    """The rule's sieve; made on the spot for a rule that did not come from a loaded pack."""
    if not rule.pattern:
        return ()
    return rule.sieve or sieve(rule.pattern, (rule.literals, rule.also), rule.scope)


def _lowered(clause: tuple[str, ...]) -> tuple[str, ...]:
    """A clause as lines are spelled; of ASCII, it is so already."""
    return clause if "".join(clause).isascii() else tuple(map(lowered, clause))


def _forms(literal: str) -> set[str]:
    """All forms of a literal, in any spelling, that lower-casing ASCII leaves apart."""
    text = lowered(literal)
    if text.isascii() and not _MARKS.search(text):
        return {text}
    marks = [mark.start() for mark in _MARKS.finditer(text)]
    if len(marks) > _MOST_MARKS:
        text = text[: marks[_MOST_MARKS]]  # what stands before is enough to find it
    if text.isascii():
        return set(respelled(text))
    begin = "\n" * text.startswith("\n")
    words = text.removeprefix(begin)
    cases = {text}
    for case in (words.upper(), words.capitalize(), words.title()):
        cases.add(begin + case.translate(_ASCII_LOWER))
    # Letters that come back in another form from a change of case.
    cases |= {_LAST_SIGMA.sub("ς", case) for case in cases}
    cases |= {case.replace(f"i{_DOT}", "İ").replace(f"I{_DOT}", "İ") for case in cases}
    return {form for case in cases for form in respelled(case)}
