"""The beginnings of the lines that a pattern matches: found from the pattern itself."""

import math
import re
from collections.abc import Set as AbstractSet
from typing import Any

from .frequency import string_frequency
from .literals import codes, few, repeats

__all__ = ["head_frequency", "heads"]

_LEAST_CHARS = 3
_LEADING = re.compile(r"[\W_]+")
_MOST_HEADS = 240
_HEAD_CHARS = 10
_LINE_BEGINS = 0.03  # words to a line, turned round, and that a look costs less than a hit


def heads(tree: list[Any]) -> frozenset[str]:
    """The strings of which one begins every line that matches, marks before it left out.

    None where the pattern may begin in the middle of a line, or with too many texts.
    """
    if not tree or tree[0][0] is not codes.AT or tree[0][1] is not codes.AT_BEGINNING:
        return frozenset()
    at = 1
    while at < len(tree) and tree[at][0] in repeats and _marks_only(tree[at][1][2]):
        at += 1
    found = {
        _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
        for text, _ in _starts(tree[at:])
    }
    if any(len(head) < _LEAST_CHARS for head in found):
        return frozenset()
    return frozenset(_shortest(found))


def head_frequency(heads: AbstractSet[str]) -> float:
    """An estimate of how often a line begins with one of the strings, per word of prose."""
    return _LINE_BEGINS * math.fsum(string_frequency(f" {string}") for string in heads)


def _shortest(heads: AbstractSet[str]) -> list[str]:
    """The strings that begin with no other one of them."""
    kept: list[str] = []
    for head in sorted(heads):  # what begins with a string follows it
        if not kept or not head.startswith(kept[-1]):
            kept.append(head)
    return kept


def _starts(tree: list[Any]) -> set[tuple[str, bool]]:
    """The beginnings of all matches; True beside those that are a whole match of the tree."""
    closed: set[tuple[str, bool]] = set()
    runs = {""}
    for code, value in tree:
        options = _node_starts(code, value)
        longer: set[str] = set()
        for run in runs:
            for text, whole in options:
                if whole and len(run) + len(text) < _HEAD_CHARS:
                    longer.add(run + text)
                else:
                    closed.add((run + text, False))
        if len(longer) + len(closed) > _MOST_HEADS:
            return closed | {(run, False) for run in runs}
        runs = longer
        if not runs:
            return closed
    return closed | {(run, True) for run in runs}


def _node_starts(code: Any, value: Any) -> set[tuple[str, bool]]:
    if code is codes.LITERAL:
        return {(chr(value).lower(), True)}
    if code is codes.IN and (chars := few(value)):
        return {(char, True) for char in chars}
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return {("", True)}
    if code is codes.SUBPATTERN:
        return _starts(list(value[3]))
    if code is codes.ATOMIC_GROUP:
        return _starts(list(value))
    if code is codes.BRANCH:
        return set().union(*(_starts(list(branch)) for branch in value[1]))
    if code in repeats:
        low, high, inner = value
        found = {(text, whole and high == 1) for text, whole in _starts(list(inner))}
        return found if low else found | {("", True)}
    return {("", False)}


def _marks_only(tree: Any) -> bool:
    """Whether the tree matches nothing but marks, one or none of them at a time."""
    if len(tree) != 1 or tree[0][0] not in (codes.LITERAL, codes.IN):
        return False
    code, value = tree[0]
    items = [(code, value)] if code is codes.LITERAL else value
    if items[0][0] is codes.NEGATE:
        return (codes.CATEGORY, codes.CATEGORY_WORD) in items
    return all(_is_mark(*item) for item in items)


def _is_mark(kind: Any, item: Any) -> bool:
    """Whether one item of a set stands for marks and blanks only."""
    if kind is codes.LITERAL:
        return not chr(item).isalnum()
    if kind is codes.RANGE:
        return not any(chr(char).isalnum() for char in range(item[0], item[1] + 1))
    return kind is codes.CATEGORY and item in (codes.CATEGORY_SPACE, codes.CATEGORY_NOT_WORD)
