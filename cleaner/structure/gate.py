"""Whether a text is that of a whole page, which has menus around its article, or an article by itself.

The numbers were found on scrapes of both kinds (docs/structure.md): no article may be taken for a page.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..model import Finding
from .columns import MENUS, kind
from .stretch import Stretch

__all__ = ["is_page", "may_be_page", "promises"]

_SHORT = 24
_LEAST_SHORT = 9
_LEAST_LINKED = 8
# Around the article: lines that rules know from menus and feet of pages, and lines that are surely off it,
# some or, where the rules know no words of the language, many.
_KNOWN = 3
_SURE, _SURELY_MANY = 4, 30
_SURE_SCORE = 5
_LEAST_BEFORE = 2


def may_be_page(texts: Sequence[str]) -> bool:
    """Whether there are enough short lines, or lines with links: the cheap question, asked of every text."""
    if len(texts) <= _LEAST_LINKED:
        return False
    if sum([0 < len(text) <= _SHORT for text in texts]) >= _LEAST_SHORT:
        return True
    return sum(["](" in text for text in texts]) >= _LEAST_LINKED


def promises(claims: Iterable[Finding], lines: int) -> bool:
    """Whether the claims, or the number of lines, let `is_page` say yes, before lines are scored."""
    return lines >= _SURELY_MANY or sum(kind(claim) >= MENUS for claim in claims) >= _KNOWN


def is_page(table: Mapping[str, bytes], scores: Sequence[int], article: Stretch) -> bool:
    """The question that decides, asked with the scores of the lines known."""
    around = [*range(article.start), *range(article.end, len(scores))]
    claims = table["claim"]
    sure = sum([scores[at] <= _SURE_SCORE for at in around])
    if sure < _SURE:
        return False
    if sum([claims[at] >= MENUS for at in around]) >= _KNOWN:
        return True
    return sure >= _SURELY_MANY and article.start >= _LEAST_BEFORE
