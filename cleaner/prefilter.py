"""Where in a text a rule may match at all: its nets, thrown."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .rows import Band, Rows
from .rules.late_rows import Rules
from .rules.nets import ANY, EVERYWHERE, HEAD, Net, User, by_language, net_of
from .rules.phrases import Phrases
from .rules.spec import Rule
from .rules.stored import Stored

__all__ = ["Place", "Prefilter"]

_MOST_SETS = 32  # sets of languages whose automata are kept
# Bytes of beginnings, those of a few articles, that are looked up one by one; then an automaton of all is
# worth its time.
_MUCH = 1 << 13


class Place(NamedTuple):
    """Where a rule may match: the line, and for inline rules the characters before the literal."""

    rule: int
    line: int
    column: int


class _Search(NamedTuple):
    """What one look at a text has found so far."""

    rows: Rows
    places: list[Place]
    phrases: set[int]


class _Thrown:
    """One net, ready to search texts with.

    Parameters
    ----------
    net
        The net.
    numbers
        The places of the rules in use, by their ids; the net may know others.
    hashes
        The stored hashes of its phrases, if there are some.
    """

    def __init__(
        self, net: Net, numbers: Mapping[str, int], hashes: Sequence[bytes] | None = None
    ) -> None:
        self._hashes = hashes
        self.net = net
        self._numbers = [numbers.get(rule) for rule in net.ids]
        self._users: dict[int, list[User]] = {}
        self._heads: _Automaton | None = None
        self._looked = 0  # bytes of beginnings

    def users(self, find: int) -> list[User]:
        """What a find points to, of the rules in use."""
        users = self._users.get(find)
        if users is None:
            users = self._users[find] = [
                user._replace(rule=number)
                for user in map(self.net.users.__getitem__, self.net.finds[find].users)
                if (number := self._numbers[user.rule]) is not None
            ]
        return users

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the rules in use."""
        longest = max([find.phrase for find in self.net.finds], default=0)
        return Phrases(self.net.phrases, self._numbers, longest, self._hashes)

    def look_at_starts(self, search: _Search) -> None:
        """Look at how the lines begin."""
        band = search.rows.starts
        if self._heads is None:
            self._looked += len(band.data)
            if self._looked < _MUCH:
                self._look_up_starts(band, search)
                return
            heads = {f"\n{head}": [(self, find)] for head, find in self.net.heads.items()}
            self._heads = _Automaton(heads)
        self._heads.look_into(band, search)

    def _look_up_starts(self, band: Band, search: _Search) -> None:
        """Look them up one by one: of one text that is quicker than to build an automaton of all."""
        heads, finds, lengths = self.net.heads, self.net.finds, search.rows.lengths
        starts = band.data.decode("utf-8", "replace").split("\n")
        for line, start in zip(band.lines, starts[1:], strict=True):
            for size in range(1, min(len(start), HEAD) + 1):
                find = heads.get(start[:size])
                if find is not None and lengths[line] <= finds[find].reach:
                    self.add(search, find, line, lengths[line])

    def add(self, search: _Search, find: int, line: int, length: int) -> None:
        """Add what a find in a line tells of the line."""
        if length <= self.net.finds[find].phrase:
            search.phrases.add(line)
        hold = search.rows.hold
        for rule, reach, clauses, plain in self.users(find):
            if length <= reach < ANY and hold(line, clauses, plain):
                search.places.append(Place(rule, line, 0))

    def inside(self, rows: Rows, find: int, line: int) -> list[int]:
        """The rules inside lines that a find in a line points to."""
        # Their patterns see a line as it is, links and all.
        hidden = line in rows.hidden
        return [
            rule
            for rule, reach, clauses, plain in self.users(find)
            if reach == ANY and (hidden or rows.hold(line, clauses, plain))
        ]


class _Automaton:
    """Strings of one net or of several, and what their finds tell.

    Parameters
    ----------
    table
        The strings; of each the nets that know it, and the places of their finds.
    """

    def __init__(self, table: Mapping[str, Sequence[tuple[_Thrown, int]]]) -> None:
        self._told = [
            (max(net.net.finds[find].reach for net, find in told), told) for told in table.values()
        ]
        # A contiguous NFA: a DFA is out of the cache when the next text comes.
        self._automaton = table and BytesAhoCorasick(
            [string.encode() for string in table], implementation=Implementation.ContiguousNFA
        )

    def look_into(self, band: Band, search: _Search) -> None:
        """Find the strings in some rows, and add what they tell."""
        data, lines, count = band.data, band.lines, band.data.count
        if not self._automaton or not data:
            return
        lengths, told = search.rows.lengths, self._told
        inside = band is search.rows.all
        looked: set[tuple[int, int]] = set()
        held: dict[
            tuple[int, int], list[int]
        ] = {}  # rules inside lines, by the string and the line
        row, at = -1, 0
        known = 0, 0  # a place, and its column
        for string, begin, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            row += count(b"\n", at, end)
            at = end
            line = lines[row]
            reach, finds = told[string]
            if lengths[line] > reach:
                continue
            place = string, line
            if place not in looked:
                looked.add(place)
                for net, find in finds:
                    net.add(search, find, line, lengths[line])
                if reach == ANY and inside:
                    held[place] = [
                        rule for net, find in finds for rule in net.inside(search.rows, find, line)
                    ]
            if rules := held.get(place):
                known = begin, band.column(begin, known)
                search.places.extend([Place(rule, line, known[1]) for rule in rules])


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
        self._stored = stored
        ids: Sequence[str]
        own: Sequence[Rule]
        if isinstance(rules, Rules) and stored and rules is stored.rules:
            ids, own, languages = rules.ids, (), stored.languages
        else:
            ids = [rule.id for rule in rules]
            own = [rule for rule in rules if not stored or rule.id not in stored.ids]
            languages = frozenset(by_language(rules))
        self._numbers = {name: number for number, name in enumerate(ids)}
        self._own = {EVERYWHERE: own} if any_language else by_language(own)
        self._languages = frozenset({EVERYWHERE}) if any_language else languages
        self._made: dict[str, list[_Thrown]] = {}
        self._inner = lru_cache(_MOST_SETS)(_inner)

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have rules which are not heard in all texts."""
        return self._languages - {EVERYWHERE}

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
        search = _Search(rows, [], set(rows.wordless))
        nets = self._nets(languages)
        for net in nets:
            net.look_at_starts(search)
        inner = self._inner(tuple(nets))
        inner.look_into(rows.all, search)
        inner.look_into(rows.words, search)
        return search.places, search.phrases

    def _nets(self, languages: Iterable[str]) -> list[_Thrown]:
        heard = (EVERYWHERE, *sorted(self._languages & set(languages)))
        return [net for code in heard for net in (self._made.get(code) or self._nets_of(code))]

    def _nets_of(self, language: str) -> list[_Thrown]:
        nets: list[_Thrown] = []
        if self._stored and (net := self._stored.net(language)):
            nets.append(_Thrown(net, self._numbers, self._stored.hashes(language)))
        own = self._own.get(language, [])
        if own or not nets:
            nets.append(_Thrown(net_of(own), self._numbers))
        self._made[language] = nets
        return nets


def _inner(nets: tuple[_Thrown, ...]) -> _Automaton:
    """One automaton for what may stand inside the lines: a second pass takes as long as the first."""
    table: dict[str, list[tuple[_Thrown, int]]] = {}
    for net in nets:
        for string, find in net.net.inner.items():
            table.setdefault(string, []).append((net, find))
    return _Automaton(table)
