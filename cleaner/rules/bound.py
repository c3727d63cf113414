"""Proof that a pattern cannot run away.

A pattern that tries n stretches of free length after one another takes some ``length ** n`` steps before
it gives up. A stretch is free when it may run over more than a few characters, can be given back, and
what follows it can match inside it: ``\\w{1,20}\\s`` can end in one place only, ``[^.]{0,80}news`` in many.
"""

from typing import Any

from .literals import codes, repeats

__all__ = ["first_chars", "runaway"]

Chars = frozenset[int]
_OTHER = 128  # stands for everything that is not ASCII
_ALL: Chars = frozenset(range(_OTHER + 1))
_CATEGORIES: dict[Any, Chars] = {
    codes.CATEGORY_DIGIT: frozenset(c for c in range(128) if chr(c).isdigit()) | {_OTHER},
    codes.CATEGORY_SPACE: frozenset(c for c in range(128) if chr(c).isspace()) | {_OTHER},
    codes.CATEGORY_WORD: frozenset(c for c in range(128) if chr(c).isalnum() or c == 95) | {_OTHER},
}
_NEGATED: dict[Any, Any] = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}
_FEW_ROUNDS = 12  # a repetition of more rounds counts as a stretch
_FEW_LOOPS = 3  # a repetition of more rounds makes what is in it a loop
_MOST_FREE = 4
_SHORT_TEXT = 400  # characters; on longer ones a stretch less is allowed


def runaway(tree: Any, max_chars: int) -> str:
    """Why a pattern may take too long on a text of ``max_chars`` and what to do; or an empty text."""
    if _has_reference(tree):
        return "a back reference, whose time has no bound: write out what it refers to"
    free = _free(list(tree), frozenset())
    most = _MOST_FREE if max_chars <= _SHORT_TEXT else _MOST_FREE - 1
    if free > most:
        return (
            f"{free} stretches of free length after one another, where at most {most} may stand: the match "
            "may never end. Give some of these stretches a fixed length, or match the first sentence only "
            "and say in the key 'rest' what each further one must hold"
        )
    return ""


def _has_reference(tree: Any) -> bool:
    for code, value in tree:
        if code in (codes.GROUPREF, codes.GROUPREF_EXISTS):
            return True
        if any(_has_reference(inner) for inner in _inner(code, value)):
            return True
    return False


def _inner(code: Any, value: Any) -> list[Any]:
    """The trees inside a node."""
    if code in repeats:
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    if code is codes.BRANCH:
        return list(value[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return []


def _free(tree: Any, follow: Chars, looped: bool = False) -> int:
    """The most free stretches after one another on one way through the tree.

    ``follow`` holds the characters that may come behind it; ``looped`` tells that it is repeated, so
    that a stretch of any length, or a choice of several, can be divided in many ways.
    """
    total = apart = 0
    for code, value in reversed(list(tree)):
        count = _free_node(code, value, follow, looped)
        if code in (codes.ASSERT, codes.ASSERT_NOT, codes.ATOMIC_GROUP, codes.POSSESSIVE_REPEAT):
            apart = max(apart, count)  # its ways are forgotten once it is left
        else:
            total += count
        follow = _first_node(code, value, follow)
    return max(total, apart)


def _free_node(code: Any, value: Any, follow: Chars, looped: bool) -> int:
    if code not in repeats:
        parts = _inner(code, value)
        own = int(looped and code is codes.BRANCH and _ambiguous(parts))
        return own + max((_free(inner, follow, looped) for inner in parts), default=0)
    low, high, inner = value
    begin = _first(inner, frozenset())
    if code is codes.POSSESSIVE_REPEAT:
        return _free(inner, frozenset())  # what it has taken is not divided again
    loops = looped or high > _FEW_LOOPS
    within = _free(inner, (follow | begin) if high > 1 else follow, loops)
    most = 1 if looped else _FEW_ROUNDS
    own = int(high > most and high != low and bool(begin & follow))
    return max(own, within * min(int(high), _FEW_ROUNDS) + (own if within else 0))


def _ambiguous(branches: list[Any]) -> bool:
    """Whether one branch may match the beginning of what another one matches."""
    texts = [_text(branch) for branch in branches]
    begins = [_first(branch, frozenset()) for branch in branches]
    for at, (text, begin) in enumerate(zip(texts, begins, strict=True)):
        for other, other_begin in zip(texts[:at], begins[:at], strict=True):
            if not text or not other:
                if text == "" or other == "" or begin & other_begin:
                    return True
            elif text.startswith(other) or other.startswith(text):
                return True
    return False


def _text(tree: Any) -> str | None:
    """The one text that a tree matches, None where there are several."""
    if any(code is not codes.LITERAL for code, _ in tree):
        return None
    return "".join(chr(value) for _, value in tree)


def first_chars(tree: Any) -> Chars:
    """The characters, as code points, with which a match of the tree may begin; 128 is any other."""
    return _first(tree, frozenset())


def _first(tree: Any, follow: Chars) -> Chars:
    """The characters with which a match of the tree, or what follows it, may begin."""
    for code, value in reversed(list(tree)):
        follow = _first_node(code, value, follow)
    return follow


def _first_node(code: Any, value: Any, follow: Chars) -> Chars:
    if code is codes.LITERAL:
        return _cased(value)
    if code is codes.NOT_LITERAL:
        return _ALL - _cased(value) | {_OTHER}
    if code is codes.ANY:
        return _ALL
    if code is codes.IN:
        return _set(value)
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return follow
    if code in repeats:
        begin = _first(value[2], follow)
        return begin if value[0] else begin | follow
    found: Chars = frozenset()
    for inner in _inner(code, value):
        found |= _first(inner, follow)
    return found


def _cased(value: int) -> Chars:
    return frozenset(min(ord(char), _OTHER) for char in chr(value).lower() + chr(value).upper())


def _set(items: Any) -> Chars:
    found: set[int] = set()
    for kind, item in items:
        if kind is codes.LITERAL:
            found |= _cased(item)
        elif kind is codes.RANGE:
            low, high = item
            for value in range(low, min(high, _OTHER) + 1):
                found |= _cased(value)
            if high >= _OTHER:
                found.add(_OTHER)
        elif kind is codes.CATEGORY:
            found |= _CATEGORIES.get(item) or (_ALL - _CATEGORIES[_NEGATED[item]] | {_OTHER})
    negated = items[0][0] is codes.NEGATE
    return (_ALL - found | {_OTHER}) if negated else frozenset(found)
