"""All forms in which a string may stand in a text whose ASCII letters alone are in lower case."""

from ..fold import is_plain, lowered, respelled
from ..late import LatePattern

__all__ = ["DOT", "forms_of"]

DOT = "\u0307"  # above a letter: what is left of it when the Turkish capital I with a dot is lower-cased
_MOST_MARKS = 3  # of a string that is spelled in all ways
_MARKS = LatePattern(r"['\"-]")
_LAST_SIGMA = LatePattern(r"σ(?!\w)")
_ASCII_LOWER = {ord(char): ord(char.lower()) for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def forms_of(literal: str) -> set[str]:
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
    for case in (text.upper(), text.capitalize(), text.title()):
        cases.add(case.translate(_ASCII_LOWER))
    # Letters that come back in another form from a change of case.
    cases |= {_LAST_SIGMA.sub("ς", case) for case in cases}
    cases |= {case.replace(f"i{DOT}", "İ").replace(f"I{DOT}", "İ") for case in cases}
    return {form for case in cases for form in respelled(case)}
