"""Whether a text is that of a whole page, which has menus around its article, or an article by itself.

The numbers were found on scrapes of both kinds (docs/structure.md): no article may be taken for a page.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..model import Finding
from .columns import MENUS, kind
from .stretch import Stretch

__all__ = ["is_page", "may_be_page", "promises", "surely_off"]

_SHORT = 24
_LEAST_SHORT = 9
_LEAST_LINKED = 8
# Around the article: lines that rules know from menus and feet of pages, and lines that are surely off it,
# some or, where the rules know no words of the language, many.
_KNOWN = 3
_SURE, _SURELY_MANY = 4, 30
_SURE_SCORE = 5
_LEAST_BEFORE = 2
# A shorter page, or article, is left to the rules: too little tells which lines are which.
_LEAST_LINES = 60
_LEAST_WORDS = 100


def may_be_page(texts: Sequence[str]) -> bool:
    """Whether there are enough short lines, or lines with links: the cheap question, asked of every text."""
    if len(texts) <= _LEAST_LINKED:
        return False
    if sum([0 < len(text) <= _SHORT for text in texts]) >= _LEAST_SHORT:
        return True
    return sum(["](" in text for text in texts]) >= _LEAST_LINKED


def promises(claims: Iterable[Finding], lines: int) -> bool:
    """Whether the claims, or the number of lines, let `is_page` say yes, before lines are scored."""
    if lines < _LEAST_LINES:
        return False
    # Many lines may be enough by themselves.
    return lines >= 2 * _LEAST_LINES or sum(kind(claim) >= MENUS for claim in claims) >= _KNOWN


def is_page(
    table: Mapping[str, bytes], scores: Sequence[int], words: Sequence[int], article: Stretch
) -> bool:
    """The question that decides, asked with the scores of the lines known."""
    sure = surely_off(scores, article, _SURE_SCORE)
    if sure < _SURE or sum([words[at] for at in article.rows()]) < _LEAST_WORDS:
        return False
    claims = table["claim"]
    around = (*range(article.start), *range(article.end, len(scores)))
    if sum([claims[at] >= MENUS for at in around]) >= _KNOWN:
        return True
    return sure >= _SURELY_MANY and article.start >= _LEAST_BEFORE


def surely_off(scores: Sequence[int], article: Stretch, most: int) -> int:
    """How many lines around the article have so low a score."""
    around = (*scores[: article.start], *scores[article.end :])
    return sum([score <= most for score in around])
