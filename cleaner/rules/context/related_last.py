"""The last title of a list of other pages that stands in the middle of an article."""

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ...titles import are_titles
from ._types import ContextRule

__all__ = ["RULE"]

ID = "related.last-title"
_CONFIDENCE = 0.84
_LEAST_TITLES = 2  # above the last one
_MOST_TITLES = 20
_TITLE_WORDS = 5
_MOST_WORDS = 24
_TOPIC = LatePattern(r"[^\W\d_]{4,}")
_STEM = 6
_CHARS = 600
_HEADING = LatePattern(r"\s{0,3}(?:#{1,6}\s|\*\*)")


def find(page: Page) -> list[Finding]:
    """Claim the titles below a heading to the last, if the paragraph under them is about something else."""
    found: list[Finding] = []
    for index in page.opening("related"):
        if not page.opens(index, "related") or not page.cruft(index):
            continue
        titles = _titles(page, index)
        if len(titles) > _LEAST_TITLES and _is_title(page, titles) and not _heads(page, titles[-1]):
            why = f"the last of {len(titles)} titles of other pages"
            found += [
                page.claim(i, ID, "related", _CONFIDENCE, why)
                for i in titles
                if i not in page.claims
            ]
    return found


def _titles(page: Page, index: int) -> list[int]:
    """The lines right below the heading that may be titles."""
    titles: list[int] = []
    at = page.after(index)
    while at is not None and len(titles) < _MOST_TITLES and not page.prose(at):
        if page.ends_sentence(at) or page.wordy(at, _MOST_WORDS + 1):
            return []
        titles.append(at)
        at = page.after(at)
    return titles


def _is_title(page: Page, titles: list[int]) -> bool:
    last = titles[-1]
    return (
        page.wordy(last, _TITLE_WORDS)
        and last not in page.claims
        and not _HEADING.match(page.lines.texts[last])
        and are_titles(page, titles)
    )


def _heads(page: Page, index: int) -> bool:
    """Whether the paragraph below speaks of the same, so that the line may be its heading."""
    below = page.after(index)
    if below is None or not page.prose(below):
        return True
    return not _topics(page, index).isdisjoint(_topics(page, below))


def _topics(page: Page, index: int) -> set[str]:
    return {word[:_STEM] for word in _TOPIC.findall(page.text(index)[:_CHARS].lower())}


RULE = ContextRule(
    ID,
    "related",
    "The last title of a list of other pages, above a paragraph about something else.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Related articles
-Ferry to run twice an hour from March
-What the closed bridge means for schools
-Why you should own your boots on Sundays

 Lorries have to take the long way round by the weir and the northern road.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Related articles
-Ferry to run twice an hour from March
-What the closed bridge means for schools

 How the lorries are to get round the weir

 Lorries have to take the long way round by the weir and the northern road.
""",
    ),
    needs=frozenset({"opens related"}),
)
