"""The parts of a text, told by the form that all their headings have."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator

from .late import LatePattern
from .page import Page

__all__ = [
    "at_margin",
    "chapter",
    "manual",
    "named_below",
    "names_poem",
    "over_steps",
    "part",
    "title",
    "under_number",
]

_HEADING_WORDS = 7
_MOST_CLAIMED = 2  # other headings, where rules claim them all
_LEVEL = LatePattern(r"\s{0,3}(#{2,6})\s")
_BEFORE_NUMBER = frozenset("#*_")
_NUMBER = LatePattern(r"\s{0,3}(?:#{1,6}\s+)?[*_]{0,2}(\d{1,2})[.)][*_]{0,2}\s+[^\W\d_]")
# "Section 2", "§ 3", "第四条": a line that is nothing but the number of a part.
_NUMBERED = LatePattern(
    r"(?:#{1,6}\s+)?[*_]{0,2}(?:(?:§|[^\W\d_]{1,12}\.?) ?\d{1,3}[.:]?|\d{1,3}\.? ?(?:§|gr\.)"
    r"|第[一二三四五六七八九十百\d]{1,5}[条條章節节款]|제\d{1,3}[조장])[*_]{0,2}"
)
_DIGITS = LatePattern(r"[一二三四五六七八九十百\d]+")
_LEAST_NUMBERED = 3
_STOPS = frozenset(".!:;,…。！：|")
_LISTED = frozenset("-*•#|>")
_PLAIN = LatePattern(r"(?:#+\s+)?[^\d©#]+")
_TITLE_WORDS = (2, 6)
_FIRST_LINES = 3
_LEAST_AT_MARGIN = 3
_INDENT = "   "
_LEAST_STEPS = 2
_NAMING_WORDS = 2
_LEAST_NAME = 2  # characters: "广告"
_LEAST_STEM = 5  # without its last letter: "реклама", "рекламы"
_NAMED_CHARS, _NAMED_WORDS = 60, 4


def part(page: Page, index: int, sure: bool) -> bool:
    """Whether the line heads a paragraph as other lines of the text head theirs.

    Either all are Markdown headings of one level, or all are set on their paragraph, with a blank line above.
    Templates have headings of the first kind, so that they say nothing where the claim is sure.
    """
    level = _LEVEL.match(page.lines.texts[index]) if page.texts[index].startswith("##") else None
    if level is not None and sure:
        return False
    marks = level[1] if level is not None else ""
    if not (_over_prose(page, page.after(index)) if marks else _set_on(page, index)):
        return False
    heads = page.once(
        f"parts{marks}",
        lambda page: frozenset(_of_level(page, marks) if marks else _all_set_on(page)),
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
        if found is None or found[1] != marks:
            continue
        below = page.after(index)
        if below not in page.claims and _over_prose(page, below):
            yield index


def _all_set_on(page: Page) -> Iterator[int]:
    for index in page.text_lines():
        if index + 1 not in page.claims and _set_on(page, index):
            yield index


def _set_on(page: Page, index: int) -> bool:
    """Whether the line stands right over a paragraph, with a blank line above."""
    texts, below = page.texts, index + 1
    if index and texts[index - 1]:
        return False
    return (
        below < len(texts)
        and texts[below] != ""
        and page.short(index, _HEADING_WORDS, _STOPS, _LISTED)
        and _over_prose(page, below)
    )


def _over_prose(page: Page, below: int | None) -> bool:
    return below is not None and page.prose(below) and "](" not in page.texts[below]


def chapter(page: Page, index: int) -> bool:
    """Whether the line bears a number, and the next or the last number stands beyond some text.

    Lines of a plain list stand side by side; between chapters there is text.
    """
    return _may_bear_number(page.texts[index]) and index in page.once("chapters", _chapters)


def _may_bear_number(text: str) -> bool:
    return text[:1] in _BEFORE_NUMBER or text[:1].isdecimal()


def _chapters(page: Page) -> frozenset[int]:
    marked = [i for i in page.text_lines() if _may_bear_number(page.texts[i])]
    numbers = [(i, int(mark[1])) for i in marked if (mark := _NUMBER.match(page.lines.texts[i]))]
    if len(numbers) < 2:
        return frozenset()
    found: set[int] = set()
    last: dict[int, tuple[int, int]] = {}  # of each number its line, and the lines of text above it
    numbered = {index for index, _ in numbers}
    told = [i for i in page.text_lines() if i not in page.claims and i not in numbered]
    for index, number in numbers:
        above = bisect_left(told, index)
        before = last.get(number - 1)
        if before is not None and above > before[1]:
            found |= {before[0], index}
        last[number] = index, above
    return frozenset(found)


def under_number(page: Page, index: int) -> bool:
    """Whether the line is the title of a part: above it stands "Section 2", as "Section 3" above another."""
    above, below = page.before(index), page.after(index)
    if above is None or below is None or _NUMBERED.fullmatch(page.texts[above]) is None:
        return False
    if below in page.claims or not page.ends_sentence(below):
        return False
    return index in page.once("numbered", lambda page: frozenset(_numbered(page)))


def _numbered(page: Page) -> Iterator[int]:
    """Lines under such numbers that have three or more of their kind, and no two titles alike."""
    rows: dict[str, dict[str, int]] = {}
    for index in page.text_lines():
        if _NUMBERED.fullmatch(page.texts[index]) is None:
            continue
        below = page.after(index)
        if below is not None:
            kind = _DIGITS.sub("0", page.texts[index].lower())
            rows.setdefault(kind, {})[page.texts[index]] = below
    for row in rows.values():
        titles = Counter(page.key(index) for index in row.values())
        if len(row) >= _LEAST_NUMBERED:
            yield from (index for index in row.values() if titles[page.key(index)] == 1)


def over_steps(page: Page, index: int) -> bool:
    """Whether the line heads numbered sentences, as instructions are; titles of pages have no full stop."""
    lines = page.text_lines()
    at = bisect_left(lines, index)
    steps = lines[at + 1 : at + 1 + _LEAST_STEPS]
    return len(steps) == _LEAST_STEPS and all(
        (mark := _NUMBER.match(page.lines.texts[i])) is not None
        and int(mark[1]) == number
        and page.texts[i].endswith(".")
        for number, i in enumerate(steps, 1)
    )


def at_margin(page: Page, index: int) -> bool:
    """Whether the line is a heading as manuals have them: in capitals at the margin, over indented text."""
    return page.texts[index].isupper() and index in page.once("at-margin", _all_at_margin)


def manual(page: Page) -> bool:
    """Whether the text has such headings."""
    return bool(page.once("at-margin", _all_at_margin))


def _all_at_margin(page: Page) -> frozenset[int]:
    lines = page.lines.texts
    found = frozenset(
        at
        for at in page.text_lines()
        if page.texts[at].isupper()
        and not lines[at][:1].isspace()
        and at + 1 < len(lines)
        and lines[at + 1].startswith(_INDENT)
        and page.texts[at + 1] != ""
    )
    return found if len(found) >= _LEAST_AT_MARGIN else frozenset()


def names_poem(page: Page, index: int) -> bool:
    """Whether the line is a title in the first lines of the text with which the line below begins again."""
    low, high = _TITLE_WORDS
    if index not in page.text_lines()[:_FIRST_LINES] or not low <= page.words(index) <= high:
        return False
    below = page.after(index)
    if below is None or below in page.claims:
        return False
    own = page.key(index)
    return page.key(below).startswith(own + " ")


def named_below(page: Page, index: int) -> bool:
    """Whether the sentence below begins to speak of what the line names: "Advertising" over its revenue."""
    below = page.after(index)
    if (
        below is None
        or below in page.claims
        or not page.short(index, _NAMING_WORDS, _STOPS, _LISTED)
    ):
        return False
    name, text = page.key(index), page.texts[below][:_NAMED_CHARS].lower()
    if len(name) < _LEAST_NAME or text.startswith(name + ":") or not page.ends_sentence(below):
        return False
    stem = name[:-1] if len(name) > _LEAST_STEM else name
    return stem in text and page.wordy(below, _NAMED_WORDS)


def title(page: Page, index: int) -> bool:
    """Whether the line begins the text, as few words over a paragraph: small print does not stand there."""
    if index != page.text_lines()[0]:
        return False
    below = page.after(index)
    return (
        below is not None
        and not page.wordy(index, _HEADING_WORDS + 1)
        and not page.ends_sentence(index)
        and below not in page.claims
        and page.ends_sentence(below)
        and page.wordy(below, _HEADING_WORDS + 1)
        and _PLAIN.fullmatch(page.text(index)) is not None
    )
