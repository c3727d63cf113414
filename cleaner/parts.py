"""The parts of a text, told by the form that all their headings have."""

from collections.abc import Collection, Iterator

from .late import LatePattern
from .page import Page

__all__ = ["chapter", "names_poem", "part", "title"]

_HEADING_WORDS = 7
_MOST_CLAIMED = 2  # other headings, where rules claim them all
_LEVEL = LatePattern(r"\s{0,3}(#{2,6})\s")
_NUMBER = LatePattern(r"\s{0,3}(?:#{1,6}\s+)?[*_]{0,2}(\d{1,2})[.)][*_]{0,2}\s+[^\W\d_]")
_STOPS = (".", "!", ":", ";", ",", "…", "。", "！", "：", "|")
_PLAIN = LatePattern(r"(?:#+\s+)?[^\d©#]+")
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
    marks = level[1] if level is not None else ""
    heads = page.once(
        f"parts{marks}", lambda page: frozenset(_of_level(page, marks) if marks else _set_on(page))
    )
    if index not in heads:
        return False
    own = page.key(index)
    claimed = 0
    for other in page.once(f"kinds{marks}", lambda page: _kinds(page, heads)):
        if page.key(other) != own:
            claimed += 1
            if other not in page.claims or claimed >= _MOST_CLAIMED:
                return True
    return False


def _kinds(page: Page, heads: Collection[int]) -> frozenset[int]:
    """One line for all that say the same, if there is one a line that no rule claims."""
    found: dict[str, int] = {}
    for index in sorted(heads):
        known = found.setdefault(page.key(index), index)
        if known in page.claims and index not in page.claims:
            found[page.key(index)] = index
    return frozenset(found.values())


def _of_level(page: Page, marks: str) -> Iterator[int]:
    for index in page.text_lines():
        found = _LEVEL.match(page.lines.texts[index])
        if found is not None and found[1] == marks and _over_text(page, page.after(index)):
            yield index


def _set_on(page: Page) -> Iterator[int]:
    for index in page.text_lines():
        below = index + 1
        alone = page.blank(index - 1)
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
    """Whether the line bears a number, and the next or the last number stands beyond some text.

    Lines of a plain list stand side by side; between chapters there is text.
    """
    return index in page.once("chapters", _chapters)


def _chapters(page: Page) -> frozenset[int]:
    found: set[int] = set()
    last: dict[int, tuple[int, int]] = {}  # of each number its line, and the lines of text above it
    texts = 0
    for index in page.text_lines():
        mark = _NUMBER.match(page.lines.texts[index])
        if mark is None:
            texts += index not in page.claims
            continue
        number = int(mark[1])
        above = last.get(number - 1)
        if above is not None and texts > above[1]:
            found |= {above[0], index}
        last[number] = index, texts
    return frozenset(found)


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


def title(page: Page, index: int) -> bool:
    """Whether the line begins the text, as few words over a paragraph: small print does not stand there."""
    below = page.after(index)
    return (
        index == page.text_lines()[0]
        and page.words(index) <= _HEADING_WORDS
        and not page.ends_sentence(index)
        and below is not None
        and below not in page.claims
        and page.ends_sentence(below)
        and page.words(below) > _HEADING_WORDS
        and _PLAIN.fullmatch(page.text(index)) is not None
    )
