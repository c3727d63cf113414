"""A text as the rules see it: its layout is undone, with each character in its place."""

from itertools import pairwise

from ..late import LatePattern
from ..lines import Lines, shadow
from .seams import seamed
from .wrapped import unwrapped

__all__ = ["lined"]

_LINK_NUMBER = LatePattern(r"(?<![^\s(|•*])\[(\d{1,4})\](?=[^\s\[(:])")
_LEAST_LINKS = 10  # numbers of a text with links that are numbered


def lined(text: str) -> tuple[str, Lines]:
    """A text with ``\\n`` between its paragraphs and nowhere else, and its lines; as long as the text."""
    shadowed = shadow(text)
    if "[1" in shadowed:
        shadowed = _unnumbered(shadowed)
    lines = Lines(shadowed)
    whole = unwrapped(shadowed, lines.texts)
    if whole is shadowed:
        whole = seamed(shadowed, lines.texts)
    return whole, lines if whole is shadowed else Lines(whole)


def _unnumbered(text: str) -> str:
    """The text with blanks for the numbers that text browsers put before links: ``[1]Home [2]News``.

    They are told from notes by their order and place: each is larger than the one before, and stands before
    a word.
    """
    numbers = [int(number) for number in _LINK_NUMBER.findall(text)]
    rising = sum([a < b for a, b in pairwise(numbers)])
    if len(numbers) < _LEAST_LINKS or rising < 0.9 * (len(numbers) - 1):
        return text
    return _LINK_NUMBER.sub(lambda found: " " * len(found[0]), text)
