"""Code that an article shows without fences, told from script and style that leaked into it."""

import re
from collections.abc import Iterator

from ..anycase import AnyCase
from ..late import LatePattern
from ..page import Page

__all__ = ["listed_code", "looks_like_code"]

_SHAPES = LatePattern(
    r"</?[a-z!][^<>]{0,160}>.*"  # a tag
    r"|(?://|/\*|\*/|<!--|#!|#include\b).*"
    r"|.*[{}]\s*[;,)]*"
    r"|.*[\w)\]}\"']\(.*\)\s*[;:,]?"  # a call
    r"|.*[(){}\[\]=<>\"'$_:].*;"
    r"|[\w.$\[\]'\"-]{1,60}\s*[-+*/|&.]?=\s*\S.*"  # an assignment
    r"|(?:def|class|function|import|from|return|var|let|const|if|for|while|public|private|static)\b.*[:=({].*"
    r"|(?:\$|>>>|PS>)\s\S.*",
    re.IGNORECASE,
)
_SIGNS = LatePattern(r"[<{}(;=:$#/*>]")  # each line of such a shape has one of these
_LINE_CHARS = 200  # nobody shows the reader longer lines: they are minified
_LEAST_LINES = 3
# Words by which a paragraph speaks of the code beside it.
_OF_CODE = AnyCase(
    r"\b(?:code|snippets?|scripts?|style ?sheets?|css|html|javascript|python|json|xml|sql|php|elements?|tags?"
    r"|functions?|class(?:es)?|selectors?|variables?|methods?|commands?|rules?|lines above|lines below"
    r"|paste|syntax|compiler|browser)\b",
)
_INTRODUCES = LatePattern(r"[:：]\W{0,3}$")


def listed_code(page: Page) -> frozenset[int]:
    """The lines of code that the article itself shows: three or more in a row that the text speaks of.

    Where there are some, shorter rows that the text speaks of belong to the article too.
    """
    runs = [run for run in _runs(page) if _spoken_of(page, run)]
    if not any(len(run) >= _LEAST_LINES for run in runs):
        return frozenset()
    return frozenset(index for run in runs for index in run)


def looks_like_code(line: str) -> bool:
    """Whether the line has the shape of a line of code."""
    return (
        len(line) <= _LINE_CHARS
        and _SIGNS.search(line) is not None
        and _SHAPES.fullmatch(line) is not None
    )


def _runs(page: Page) -> Iterator[list[int]]:
    """Rows of lines that look like code, blank lines between them allowed."""
    run: list[int] = []
    for index in page.text_lines():
        if looks_like_code(page.texts[index]):
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spoken_of(page: Page, run: list[int]) -> bool:
    above, below = page.before(run[0]), page.after(run[-1])
    if above is None or above in page.claims:
        return False
    if _INTRODUCES.search(page.text(above)):
        return True
    if below is None or not (page.prose(above) or page.prose(below)):
        return False
    return _OF_CODE.finds(page.texts[above])
