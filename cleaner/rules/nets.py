"""The literals of many rules, by language: what a text is searched for, and what each find points to.

The rules of each language have a net of their own, so that a text costs what its own languages cost.
English rules and those without words are heard in all texts: sites of all languages have English buttons.
A net is plain data; it is made when the project is built, and of a user's rules when they are loaded.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from string import ascii_uppercase
from typing import Any, NamedTuple

from ..fold import is_plain, lowered, respelled
from .spec import Rule

__all__ = ["ANY", "EVERYWHERE", "ROOM", "Net", "User", "by_language", "net_of"]

EVERYWHERE = ""  # the language of rules that are heard in all texts
ROOM = 24  # marks and blanks around what a rule claims
ANY = 1 << 62  # the reach of rules inside lines

_PHRASE_HEAD = 8  # characters that tell most lines from any phrase
# Characters of a literal: more make the automaton larger, and find hardly anything less.
_LITERAL = 12
_MOST_LOOKS = 16  # strings that are looked for whole where their beginnings were found
_MOST_MARKS = 3  # of a literal that stands in the net in all its spellings
_MARKS = re.compile(r"['\"-]")
_LAST_SIGMA = re.compile(r"σ(?!\w)")
_DOT = "\u0307"  # above a letter: what is left of it when the Turkish capital I with a dot is lower-cased
_ASCII_LOWER = {ord(char): ord(char.lower()) for char in ascii_uppercase}

Clauses = Sequence[Sequence[str]]


class User(NamedTuple):
    """What a find points to.

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


class Net(NamedTuple):
    """What the rules of one language look for.

    Attributes
    ----------
    ids
        The rules.
    users
        What the finds point to.
    literals
        Strings to look for, and the places of their users; a line end stands before what begins a line.
    phrases
        Places of rules, and the whole-line phrases of each as one text, a phrase a line.
    phrase_heads
        Beginnings of phrases with a line end before them, and the characters of the longest line that may
        hold one of them. Each of them is a literal too.
    reaches
        Of each literal the characters of the longest line that it tells something of.
    """

    ids: list[str]
    users: list[User]
    literals: dict[str, list[int]]
    phrases: list[tuple[int, str]]
    phrase_heads: dict[str, int]
    reaches: list[int]

    def values(self) -> tuple[Any, ...]:
        """The net as plain values, which are read several times as fast."""
        return self.ids, [tuple(user) for user in self.users], *self[2:]

    @classmethod
    def of_values(cls, values: Sequence[Any]) -> "Net":
        """The net of such values."""
        ids, users, *others = values
        return cls(ids, [User(*user) for user in users], *others)


def by_language(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules by the languages in whose texts they are heard."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        codes = frozenset(code.partition("-")[0] for code in rule.languages)
        for code in [EVERYWHERE] if codes & {"en", "*"} else sorted(codes):
            found.setdefault(code, []).append(rule)
    return found


def net_of(rules: Sequence[Rule]) -> Net:
    """The net of some rules; their sieves are made here if they have none."""
    net = Net([rule.id for rule in rules], [], {}, [], {}, [])
    for number, rule in enumerate(rules):
        _add_phrases(net, number, rule)
        for begins, *clauses in _ways_of(rule):
            _add_way(net, number, rule, tuple(begins), [tuple(clause) for clause in clauses])
    for text, ats in net.literals.items():
        net.reaches.append(max([net.phrase_heads.get(text, 0), *(net.users[a].reach for a in ats)]))
    return net


def _add_way(
    net: Net, number: int, rule: Rule, begins: tuple[str, ...], clauses: list[tuple[str, ...]]
) -> None:
    """One way in which a rule may match: by the beginnings of its lines, if they are known."""
    reach = rule.max_chars + ROOM if rule.scope == "line" else ANY
    if begins and rule.scope == "line":
        sought, others = tuple(f"\n{head}" for head in begins), clauses
    else:
        sought, others = tuple(_begun(literal, _LITERAL) for literal in clauses[0]), clauses[1:]
        if sought != clauses[0] and len(clauses[0]) <= _MOST_LOOKS:
            others = clauses
    at = len(net.users)
    asked = tuple(map(_lowered, others))
    net.users.append(User(number, reach, asked, all(map(is_plain, chain(*asked)))))
    for form in sorted({form for literal in sought for form in _forms(literal)}):
        net.literals.setdefault(form, []).append(at)


def _add_phrases(net: Net, number: int, rule: Rule) -> None:
    if not rule.phrases:
        return
    net.phrases.append((number, "\n".join(rule.phrases)))
    longest: dict[str, int] = {}
    for phrase in rule.phrases:
        if head := _begun(phrase.partition("0")[0], _PHRASE_HEAD):
            longest[head] = max(longest.get(head, 0), len(phrase) + ROOM)
    for head, size in longest.items():
        for form in sorted(_forms(f"\n{head}")):
            net.phrase_heads[form] = max(net.phrase_heads.get(form, 0), size)
            net.literals.setdefault(form, [])


def _begun(text: str, most: int) -> str:
    """The beginning of a text; a letter is not parted from its dot, with which it is one in upper case."""
    return text[: most - 1] if text[most : most + 1] == _DOT else text[:most]


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


def _forms(literal: str) -> set[str]:
    """All forms of a literal, in any spelling, that lower-casing ASCII leaves apart."""
    text = lowered(literal)
    if is_plain(text):
        return {text}
    marks = [mark.start() for mark in _MARKS.finditer(text)]
    if len(marks) > _MOST_MARKS:
        text = text[: marks[_MOST_MARKS]]  # what stands before is enough to find it
    if text.isascii():
        return set(respelled(text))
    cases = {text}
    begin = "\n" * text.startswith("\n")
    words = text.removeprefix(begin)
    for case in (words.upper(), words.capitalize(), words.title()):
        cases.add(begin + case.translate(_ASCII_LOWER))
    # Letters that come back in another form from a change of case.
    cases |= {_LAST_SIGMA.sub("ς", case) for case in cases}
    cases |= {case.replace(f"i{_DOT}", "İ").replace(f"I{_DOT}", "İ") for case in cases}
    return {form for case in cases for form in respelled(case)}
