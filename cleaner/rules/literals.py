"""Proof that every match of a pattern holds one of the rule's literals.

It reads the pattern's syntax tree. The tree is the one of the standard library's ``re``, whose syntax
is that of ``regex`` but for a few escapes, which are replaced by a class of the same shape first.
"""

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["checked", "codes", "few", "needs_one_of", "parse", "repeats"]

_PROPERTY = re.compile(r"\\[pP]\{[^{}]*\}")
_POSIX = re.compile(r"\[:\^?[a-z]+:\]")
repeats = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_MOST_RUNS = 256
_FEW_CHARS = 4


def parse(pattern: str) -> Any:
    """The syntax tree of a verbose, case-insensitive pattern.

    Raises
    ------
    re.error
        If the pattern is not in the common syntax of ``re`` and ``regex``.
    """
    common = _POSIX.sub(r"\\w", _PROPERTY.sub(r"\\w", pattern))
    return parser.parse(common, re.VERBOSE | re.IGNORECASE | re.MULTILINE)


def checked(pattern: str) -> Any:
    """The syntax tree of a pattern that nobody has tried yet.

    Raises
    ------
    ValueError
        If it is no regular expression; the message says where it breaks.
    """
    import regex

    try:
        regex.compile(pattern, regex.V0 | regex.VERBOSE | regex.IGNORECASE)
        return parse(pattern)
    except (regex.error, re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"is not a valid regular expression: {error}") from error


def needs_one_of(tree: Any, literals: tuple[str, ...]) -> bool:
    """Whether every text that the tree matches holds at least one of the literals, case aside."""
    return not _without(tree, literals, frozenset({""}))


def _without(tree: Any, literals: tuple[str, ...], runs: frozenset[str]) -> frozenset[str]:
    """The texts that may stand last in a match that has held no literal so far.

    ``runs`` are those that may stand right before the tree. Where a node matches more texts than can
    be counted, what stands before it is forgotten. No run left: every match holds a literal.
    """
    for code, value in tree:
        runs = _step(code, value, literals, runs)
        runs = frozenset(run for run in runs if not any(literal in run for literal in literals))
        if len(runs) > _MOST_RUNS:
            runs = frozenset({""})
        if not runs:
            break
    return runs


def _step(code: Any, value: Any, literals: tuple[str, ...], runs: frozenset[str]) -> frozenset[str]:
    if code is codes.LITERAL:
        return frozenset(run + chr(value).lower() for run in runs)
    if code is codes.IN:
        if chars := few(value):
            return frozenset(run + char for run in runs for char in chars)
    elif code is codes.SUBPATTERN:
        return _without(value[3], literals, runs)
    elif code is codes.ATOMIC_GROUP:
        return _without(value, literals, runs)
    elif code is codes.BRANCH:
        return frozenset().union(*(_without(branch, literals, runs) for branch in value[1]))
    elif code in repeats:
        low, high, inner = value
        if high == 1:
            once = _without(inner, literals, runs)
            return once if low else runs | once
        if low and not _without(inner, literals, frozenset({""})):
            return frozenset()
    elif code is codes.ASSERT:
        # What a look around finds stands in the line too.
        return _without(value[1], literals, frozenset({""})) and runs
    elif code in (codes.AT, codes.ASSERT_NOT):
        return runs
    return frozenset({""})


def few(items: Any) -> list[str]:
    """The characters of a set, lower-cased, if they are but a few; else none."""
    if len(items) > _FEW_CHARS:
        return []
    chars = [_char(kind, item) for kind, item in items]
    return chars if all(chars) else []


def _char(kind: Any, item: Any) -> str:
    """The character of one item of a set; white space is one blank, as in the views of lines."""
    if kind is codes.LITERAL:
        return chr(item).lower()
    return " " if kind is codes.CATEGORY and item is codes.CATEGORY_SPACE else ""
