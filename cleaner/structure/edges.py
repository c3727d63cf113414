"""The first question of a text: whether so many lines stand around its paragraphs as menus have.

It is asked of every text, so it needs nothing of what reads a page.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

__all__ = ["LEAST_LINES", "SPACELESS_PARAGRAPH", "is_paragraph", "may_be_page"]

# A shorter page is left to the rules: too little tells which of its lines are the article.
LEAST_LINES = 50
_LEAST_AROUND = 9
# A notice above the head of a page, and legal words at its foot, are paragraphs too.
_PASSED_OVER = 2
_PARAGRAPH, SPACELESS_PARAGRAPH = 100, 40
_STOPS = frozenset('.!?。"”’»…:؟।።！？」』')
_SPACELESS_STOPS = frozenset("。！？」』")


def may_be_page(texts: Sequence[str]) -> bool:
    """The cheap question, asked of every text: whether enough lines stand around its paragraphs."""
    if len(texts) < LEAST_LINES:
        return False
    above = sum(1 for _ in islice(_edge(texts), _LEAST_AROUND))
    if above == _LEAST_AROUND:
        return True
    return above + sum(1 for _ in islice(_edge(reversed(texts)), _LEAST_AROUND)) >= _LEAST_AROUND


def _edge(texts: "Iterator[str] | Sequence[str]") -> Iterator[str]:
    """Lines up to the third paragraph, paragraphs and blank ones left out."""
    passed = 0
    for text in texts:
        if not text or text.isspace():
            continue
        if not is_paragraph(text):
            yield text
        elif passed == _PASSED_OVER:
            return
        else:
            passed += 1


def is_paragraph(text: str) -> bool:
    """Whether a line, without blanks around it, is as long as a paragraph and ends as one."""
    if len(text) >= _PARAGRAPH:
        return text.rstrip()[-1:] in _STOPS
    return len(text) >= SPACELESS_PARAGRAPH and text.rstrip()[-1:] in _SPACELESS_STOPS
