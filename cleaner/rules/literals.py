"""Proof that every match of a pattern holds one of the rule's literals, and that it cannot blow up.

Both read the pattern's syntax tree. The tree is the one of the standard library's ``re``, whose syntax
is that of ``regex`` but for a few escapes, which are replaced by a class of the same shape first.
"""

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["needs_one_of", "runaway"]

_PROPERTY = re.compile(r"\\[pP]\{[^{}]*\}")
_POSIX = re.compile(r"\[:\^?[a-z]+:\]")
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
# A repetition that may run over this many characters counts as without bound.
_LONG = 64
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


def _step(
    code: Any, value: Any, literals: tuple[str, ...], runs: frozenset[str]
) -> frozenset[str]:
    if code is codes.LITERAL:
        return frozenset(run + chr(value).lower() for run in runs)
    if code is codes.IN:
        chars = [_char(kind, item) for kind, item in value]
        if len(chars) <= _FEW_CHARS and all(chars):
            return frozenset(run + char for run in runs for char in chars)
    elif code is codes.SUBPATTERN:
        return _without(value[3], literals, runs)
    elif code is codes.ATOMIC_GROUP:
        return _without(value, literals, runs)
    elif code is codes.BRANCH:
        return frozenset().union(*(_without(branch, literals, runs) for branch in value[1]))
    elif code in _REPEATS:
        low, high, inner = value
        if high == 1:
            once = _without(inner, literals, runs)
            return once if low else runs | once
        if low and not _without(inner, literals, frozenset({""})):
            return frozenset()
    elif code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return runs
    return frozenset({""})


def _char(kind: Any, item: Any) -> str:
    """The character of one item of a set; white space is one blank, as in the views of lines."""
    if kind is codes.LITERAL:
        return chr(item).lower()
    return " " if kind is codes.CATEGORY and item is codes.CATEGORY_SPACE else ""


def runaway(tree: Any) -> str:
    """Why a pattern may take more than linear time, or an empty text.

    Forbidden are a repetition inside a repetition of more than a few rounds where the inner one may
    match different lengths and the outer is long, and back references. Since a claim is at most
    ``max_chars`` long, what remains is polynomial in a constant.
    """
    return _runaway(tree, 1)


def _runaway(tree: Any, rounds: int) -> str:
    for code, value in tree:
        reason = ""
        if code in (codes.GROUPREF, codes.GROUPREF_EXISTS):
            reason = "a back reference"
        elif code in _REPEATS:
            low, high, inner = value
            most = int(high)
            if rounds > _LONG and low != high and most > 1:
                reason = "a repetition of varying length inside a long repetition"
            else:
                again = 1 if code is codes.POSSESSIVE_REPEAT else rounds * max(1, most)
                reason = _runaway(inner, again)
        elif code is codes.SUBPATTERN:
            reason = _runaway(value[3], rounds)
        elif code is codes.ATOMIC_GROUP:
            reason = _runaway(value, 1)
        elif code is codes.BRANCH:
            reason = next(filter(None, (_runaway(branch, rounds) for branch in value[1])), "")
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            reason = _runaway(value[1], rounds)
        if reason:
            return reason
    return ""
