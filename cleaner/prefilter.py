"""Where in a text a rule may match at all: its nets, thrown."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import ahocorasick_rs

from .rows import Rows
from .rules.nets import ANY, EVERYWHERE, Net, User, by_language, net_of
from .rules.spec import Rule
from .rules.stored import Stored

__all__ = ["Phrases", "Place", "Prefilter"]


class Place(NamedTuple):
    """Where a rule may match: the line, and for inline rules the characters before the literal."""

    rule: int
    line: int
    column: int


class Phrases(NamedTuple):
    """The whole-line phrases of one language with their rules, and the characters of the longest line."""

    rules: dict[str, tuple[int, ...]]
    longest: int


class _Thrown:
    """One net, ready to search texts with.

    Parameters
    ----------
    net
        The net.
    numbers
        The places of the rules in use, by their ids; the net may know others.
    """

    def __init__(self, net: Net, numbers: Mapping[str, int]) -> None:
        self._net = net
        self._numbers = [numbers.get(rule) for rule in net.ids]
        self._literals = list(net.literals)
        self._users: dict[int, list[User]] = {}
        self._sizes = [net.phrase_heads.get(literal, 0) for literal in self._literals]
        # A contiguous NFA: a DFA is out of the cache when the next text comes.
        self._automaton = self._literals and ahocorasick_rs.BytesAhoCorasick(
            [literal.encode() for literal in self._literals],
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def _users_of(self, literal: int) -> list[User]:
        """What a find of the literal points to, of the rules in use."""
        found = self._users[literal] = [
            user._replace(rule=number)
            for user in map(
                self._net.users.__getitem__, self._net.literals[self._literals[literal]]
            )
            if (number := self._numbers[user.rule]) is not None
        ]
        return found

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the rules in use."""
        rules: dict[str, tuple[int, ...]] = {}
        for rule, text in self._net.phrases:
            if (number := self._numbers[rule]) is None:
                continue
            own: dict[str, tuple[int, ...]] = dict.fromkeys(text.split("\n"), (number,))
            for phrase in own.keys() & rules.keys():
                own[phrase] += rules[phrase]
            rules |= own
        return Phrases(rules, max(self._net.phrase_heads.values(), default=0))

    def look(self, rows: Rows, found: list[Place], phrases: set[int]) -> None:
        """Add where rules may match to ``found``, and lines that may be phrases to ``phrases``."""
        if not self._automaton:
            return
        sizes, reaches, users_of, lengths = (
            self._sizes,
            self._net.reaches,
            self._users,
            rows.lengths,
        )
        looked: set[tuple[int, int]] = set()
        for band in (rows.all, rows.words):
            data, lines, count = band.data, band.lines, band.data.count
            row, at = -1, 0
            known = 0, 0  # a place, and its column
            # One loop without a call for each find: most of them are in lines too long for all of their
            # rules, and there are some fifty in an article.
            for literal, begin, end in self._automaton.find_matches_as_indexes(
                data, overlapping=True
            ):
                row += count(b"\n", at, end)
                at = end
                line = lines[row]
                length = lengths[line]
                if length > reaches[literal]:
                    continue
                again = (literal, line) in looked
                looked.add((literal, line))
                if length <= sizes[literal]:
                    phrases.add(line)
                users = users_of.get(literal)
                if users is None:
                    users = self._users_of(literal)
                for number, reach, clauses, plain in users:
                    if reach == ANY:
                        if band is rows.all:
                            known = begin, band.column(begin, known)
                            found.append(Place(number, line, known[1]))
                    elif not again and length <= reach and rows.hold(line, clauses, plain):
                        found.append(Place(number, line, 0))


class Prefilter:
    """Where the rules of some languages may match.

    Parameters
    ----------
    rules
        The rules; they are known by their place here.
    any_language
        Whether all rules are heard in all texts.
    stored
        Where the nets of most of the rules are made already.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        *,
        any_language: bool = False,
        stored: Stored | None = None,
    ) -> None:
        self._numbers = {rule.id: number for number, rule in enumerate(rules)}
        self._stored = stored
        own = [rule for rule in rules if not stored or rule.id not in stored.ids]
        self._own = {EVERYWHERE: own} if any_language else by_language(own)
        self._languages = {EVERYWHERE} if any_language else by_language(rules).keys()
        self._made: dict[str, list[_Thrown]] = {}

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have rules which are not heard in all texts."""
        return frozenset(self._languages) - {EVERYWHERE}

    def phrases(self, languages: Iterable[str]) -> list[Phrases]:
        """The phrases of the languages, and those that are heard in all texts."""
        return [net.phrases for net in self._nets(languages)]

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
        for net in self._nets(languages):
            net.look(rows, found, phrases)
        return found, phrases

    def _nets(self, languages: Iterable[str]) -> list[_Thrown]:
        heard = (EVERYWHERE, *sorted(self._languages & set(languages)))
        return [net for code in heard for net in (self._made.get(code) or self._nets_of(code))]

    def _nets_of(self, language: str) -> list[_Thrown]:
        nets = []
        if self._stored and (net := self._stored.net(language)):
            nets.append(net)
        own = self._own.get(language, [])
        if own or not nets:
            nets.append(net_of(own))
        self._made[language] = [_Thrown(net, self._numbers) for net in nets]
        return self._made[language]
