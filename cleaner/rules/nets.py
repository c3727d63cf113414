"""The literals of many rules, by language: what a text is searched for, and what each find points to.

The rules of each language have a net of their own, so that a text costs what its own languages cost.
English rules and those without words are heard in all texts: sites of all languages have English buttons.

Most rules say how a line begins: for these a look at the beginning of each line does, a tenth of an article.
What may stand anywhere in a line is searched for in all of it. A net is plain data; it is made when the
project is built, and of a user's rules when they are loaded.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from ..fold import is_plain, lowered
from .forms import DOT, forms_of
from .spec import Rule

__all__ = [
    "ANY",
    "BEGINNING",
    "EVERYWHERE",
    "HEAD",
    "Choice",
    "Clause",
    "Find",
    "Net",
    "User",
    "begun",
    "by_language",
    "looked_at",
    "net_of",
]

EVERYWHERE = ""  # the language of rules that are heard in all texts
ANY = 1 << 62  # the reach of rules inside lines
HEAD = 13  # characters of the longest beginning of a line that is looked for
BEGINNING = 4 * HEAD  # bytes of the beginnings of lines that are known

_ROOM = 24  # marks and blanks around what a rule claims
_PHRASE_HEAD = 8  # characters that tell most lines from any phrase
# Characters of a literal: more make the automaton larger, and find hardly anything less.
_LITERAL = 12
_MOST_LOOKS = 48  # strings that are looked for whole where their beginnings were found

Clause = tuple[str, ...]
Clauses = Sequence[Sequence[str]]


class User(NamedTuple):
    """A rule that looks at a line where something was found.

    Attributes
    ----------
    rule
        The place of the rule among the ids of its net.
    reach
        The characters of the longest line that the rule looks at; `ANY` for rules inside lines.
    clauses
        What else has to stand in the line: one string of each.
    plain
        Whether these strings are spelled in one way only.
    """

    rule: int
    reach: int
    clauses: Clauses
    plain: bool


class Choice(NamedTuple):
    """What a way is found by: the strings to search for, and the clauses to look at where one is found."""

    sought: Clause
    others: Sequence[Clause]


# Chooses for each of some ways, given what is searched for anyway.
Chooser = Callable[[Sequence[Sequence[Clause]], Iterable[str]], list[Choice]]


class Find(NamedTuple):
    """What a find tells.

    Attributes
    ----------
    reach
        The characters of the longest line that it tells something of.
    phrase
        The characters of the longest line that may be a phrase; 0 where no phrase begins so.
    users
        The places of its users.
    """

    reach: int
    phrase: int
    users: tuple[int, ...]


class Net(NamedTuple):
    """What the rules of one language look for.

    Attributes
    ----------
    ids
        The rules.
    users
        What the finds point to.
    finds
        What is told by finds, alike ones once.
    heads
        Beginnings of lines, and the places of their finds.
    inner
        Strings that may stand anywhere in a line, and the places of their finds.
    phrases
        Places of rules, and the whole-line phrases of each as one text, a phrase a line.
    """

    ids: list[str]
    users: list[User]
    finds: list[Find]
    heads: dict[str, int]
    inner: dict[str, int]
    phrases: list[tuple[int, str]]

    def values(self) -> tuple[Any, ...]:
        """The net as plain values, which are read several times as fast."""
        return self.ids, list(map(tuple, self.users)), list(map(tuple, self.finds)), *self[3:]

    @classmethod
    def of_values(cls, values: Sequence[Any]) -> "Net":
        """The net of such values."""
        ids, users, finds, *others = values
        return cls(ids, [User(*user) for user in users], [Find(*find) for find in finds], *others)


class _Way(NamedTuple):
    """One way in which a rule may match: by the beginnings of its lines, if they are known."""

    number: int
    rule: Rule
    begins: Clause
    clauses: list[Clause]

    @property
    def reach(self) -> int:
        return self.rule.max_chars + _ROOM if self.rule.scope == "line" else ANY


def by_language(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules by the languages in whose texts they are heard."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        codes = frozenset(code.partition("-")[0] for code in rule.languages)
        for code in [EVERYWHERE] if codes & {"en", "*"} else sorted(codes):
            found.setdefault(code, []).append(rule)
    return found


def first_of(ways: Sequence[Sequence[Clause]], _given: Iterable[str] = ()) -> list[Choice]:
    """Each way by its first clause, which is the rarest."""
    return [Choice(tuple(map(begun, first)), looked_at(first, rest)) for first, *rest in ways]


def looked_at(clause: Clause, rest: Sequence[Clause], parts: Clause = ()) -> Sequence[Clause]:
    """What to look at where the clause, or ``parts`` of its strings, were searched for."""
    whole = clause == (parts or tuple(map(begun, clause)))
    return rest if whole or len(clause) > _MOST_LOOKS else [clause, *rest]


def net_of(rules: Sequence[Rule], choose: Chooser = first_of) -> Net:
    """The net of some rules; their sieves are made here if they have none.

    ``choose`` says what each way is found by that is not found by the beginning of its line.
    """
    ways = [
        _Way(number, rule, tuple(begins) if rule.scope == "line" else (), list(map(tuple, clauses)))
        for number, rule in enumerate(rules)
        for begins, *clauses in _ways_of(rule)
    ]
    net = _Unfinished([], {}, {})
    for way in ways:
        if way.begins:
            net.add(net.heads, way, Choice(way.begins, way.clauses))
    others = [way for way in ways if not way.begins]
    inside = [way for way in others if way.reach == ANY]
    # What is searched for inside lines is the clause that says where in the line to look.
    given = net.add_all(inside, first_of, ())
    net.add_all([way for way in others if way.reach < ANY], choose, given)
    return net.finished(rules)


class _Unfinished(NamedTuple):
    """A net that is being made; the tables hold the users of each string."""

    users: list[User]
    heads: dict[str, list[int]]
    inner: dict[str, list[int]]

    def add(self, table: dict[str, list[int]], way: _Way, choice: Choice) -> None:
        """A way, and what it is found by."""
        at = len(self.users)
        # Of several lines, what else has to stand there may stand in another one.
        others = () if way.rule.scope == "block" else choice.others
        # One that does not hold is looked through whole: short ones first are an eighth fewer looks.
        others = sorted(others, key=len)
        asked = tuple(map(_lowered, others))
        self.users.append(User(way.number, way.reach, asked, all(map(is_plain, chain(*asked)))))
        for form in sorted({form for text in choice.sought for form in _forms(begun(text))}):
            table.setdefault(form, []).append(at)

    def add_all(self, ways: Sequence[_Way], choose: Chooser, given: Iterable[str]) -> set[str]:
        """Ways that are chosen for together; returns the strings that are searched for."""
        choices = choose([way.clauses for way in ways], given)
        for way, choice in zip(ways, choices, strict=True):
            self.add(self.inner, way, choice)
        return {string for choice in choices for string in choice.sought}

    def finished(self, rules: Sequence[Rule]) -> Net:
        """The net of these rules, their phrases added."""
        phrases = [(at, "\n".join(rule.phrases)) for at, rule in enumerate(rules) if rule.phrases]
        longest_of = _phrase_heads(rules)
        for head in longest_of:
            self.heads.setdefault(head, [])
        numbers: dict[Find, int] = {}
        heads, inner = (
            {
                text: numbers.setdefault(self._find(users, longest.get(text, 0)), len(numbers))
                for text, users in table.items()
            }
            for table, longest in ((self.heads, longest_of), (self.inner, {}))
        )
        return Net([rule.id for rule in rules], self.users, list(numbers), heads, inner, phrases)

    def _find(self, users: Sequence[int], phrase: int) -> Find:
        return Find(max([phrase, *(self.users[at].reach for at in users)]), phrase, tuple(users))


def _phrase_heads(rules: Iterable[Rule]) -> dict[str, int]:
    """Beginnings of phrases, and the characters of the longest line that may be one of them."""
    longest: dict[str, int] = {}
    for rule in rules:
        for phrase in rule.phrases:
            if head := begun(phrase.partition("0")[0], _PHRASE_HEAD):
                longest[head] = max(longest.get(head, 0), len(phrase) + _ROOM)
    found: dict[str, int] = {}
    for head, size in longest.items():
        for form in sorted(_forms(head)):
            found[form] = max(found.get(form, 0), size)
    return found


def _forms(text: str) -> set[str]:
    """What stands in the tables for a string: no more of it than of the beginnings of lines is known."""
    return {form[:HEAD] for form in forms_of(text)}


def begun(text: str, most: int = _LITERAL) -> str:
    """The beginning of a text; a letter is not parted from its dot, with which it is one in upper case."""
    return text[: most - 1] if text[most : most + 1] == DOT else text[:most]


def _ways_of(rule: Rule) -> Sequence[Sequence[Sequence[str]]]:
    """The rule's sieve; made on the spot for a rule that did not come from a loaded pack."""
    if not rule.pattern:
        return ()
    if rule.sieve:
        return rule.sieve
    from .sieve import sieve

    return sieve(rule.pattern, (rule.literals, rule.also), rule.scope)


def _lowered(clause: tuple[str, ...]) -> tuple[str, ...]:
    """A clause as lines are spelled; of ASCII, it is so already."""
    return clause if "".join(clause).isascii() else tuple(map(lowered, clause))
