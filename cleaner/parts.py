"""The parts of a text, told by the form that all their headings have."""

from collections.abc import Iterator

from .late import LatePattern
from .page import Page

__all__ = ["chapter", "names_poem", "part"]

_HEADING_WORDS = 7
_LEAST_OTHERS = 1
_MANY_OTHERS = 2  # where rules claim them all
_LEVEL = LatePattern(r"\s{0,3}(#{2,6})\s")
_NUMBER = LatePattern(r"\s{0,3}(?:#{1,6}\s+)?[*_]{0,2}(\d{1,2})[.)][*_]{0,2}\s+[^\W\d_]")
_STOPS = (".", "!", ":", ";", ",", "…", "。", "！", "：", "|")
_TITLE_WORDS = (2, 6)
_FIRST_LINES = 3


def part(page: Page, index: int, sure: bool) -> bool:
    """Whether the line heads a paragraph as other lines of the text head theirs.

    Either all are Markdown headings of one level, or all are set on their paragraph, with a blank line above.
    Templates have headings of the first kind, so that they say nothing where the claim is sure.
    """
    level = _LEVEL.match(page.lines.texts[index])
    if level is not None and sure:
        return False
    if level is not None:
        heads = page.once("parts" + level[1], lambda page: frozenset(_of_level(page, level[1])))
    else:
        heads = page.once("parts", lambda page: frozenset(_set_on(page)))
    if index not in heads:
        return False
    own = page.key(index)
    others = {key: i in page.claims for i in heads if (key := page.key(i)) != own}
    return len(others) >= (_MANY_OTHERS if all(others.values()) else _LEAST_OTHERS)


def _of_level(page: Page, marks: str) -> Iterator[int]:
    for index in page.text_lines():
        found = _LEVEL.match(page.lines.texts[index])
        if found is not None and found[1] == marks and _over_text(page, page.after(index)):
            yield index


def _set_on(page: Page) -> Iterator[int]:
    for index in page.text_lines():
        below = index + 1
        alone = index == 0 or page.blank(index - 1)
        if alone and below < len(page) and _over_text(page, below) and _short(page, index):
            yield index


def _over_text(page: Page, below: int | None) -> bool:
    return (
        below is not None
        and below not in page.claims
        and page.prose(below)
        and "](" not in page.lines.texts[below]
    )


def _short(page: Page, index: int) -> bool:
    text = page.text(index)
    return (
        page.words(index) <= _HEADING_WORDS
        and not text.endswith(_STOPS)
        and text[:1] not in "-*•#|>"
    )


def chapter(page: Page, index: int) -> bool:
    """Whether the line bears a number, and the text has one with the number before or after it elsewhere.

    Lines of a plain list stand side by side; between chapters there is text.
    """
    own = _NUMBER.match(page.lines.texts[index])
    if own is None:
        return False
    numbered = page.once("numbered", lambda page: frozenset(_numbered(page)))
    for at in numbered:
        other = _NUMBER.match(page.lines.texts[at])
        if other is not None and abs(int(other[1]) - int(own[1])) == 1:
            first, last = sorted((index, at))
            if (int(other[1]) > int(own[1])) == (at > index) and any(
                i not in page.claims and not _NUMBER.match(page.lines.texts[i])
                for i in range(first + 1, last)
                if not page.blank(i)
            ):
                return True
    return False


def _numbered(page: Page) -> Iterator[int]:
    return (i for i in page.text_lines() if _NUMBER.match(page.lines.texts[i]))


def names_poem(page: Page, index: int) -> bool:
    """Whether the line is a title in the first lines of the text with which the line below begins again."""
    low, high = _TITLE_WORDS
    if not low <= page.words(index) <= high or index not in page.text_lines()[:_FIRST_LINES]:
        return False
    below = page.after(index)
    if below is None or below in page.claims:
        return False
    own = page.key(index)
    return page.key(below).startswith(own + " ")
