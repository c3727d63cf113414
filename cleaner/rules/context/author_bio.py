"""The sentences about the author that end a page, without a heading over them."""

import re
from itertools import islice

from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "metadata.author-bio-end"
_OPENER = "metadata.author-bio"
# Of what it claims at the ends of articles three tenths stand in bodies: a text about somebody ends so too.
_CONFIDENCE = 0.7
_BODY_LINES = 4  # paragraphs above that make an article
_REACH = 4  # lines from the end, cruft not counted
_NAME = re.compile(
    r"(?:[^\W\d_][\w.’'-]*\s+){1,3}?(?P<last>[^\W\d_][\w’'-]+)"
    r"(?=[\s,]+(?:\(|(?:is|has|was|works?|worked|serves|writes|blogs|reports|covers)\b))"
)
_GOES_ON = re.compile(
    r"(?:he|she|they|his|her|their|follow|contact|find|connect|you can|read more|when (?:he|she)"
    r"|in (?:his|her)|with (?:over|more)|before|previously|prior|currently|outside|a graduate|https?://)\b",
    re.IGNORECASE,
)


def find(page: Page) -> list[Finding]:
    """Claim the last lines of a text from one that presents a person of whom the text does not speak."""
    opened = [i for i in page.claims if page.claims[i].rule == _OPENER and page.weak(i)]
    if not opened:
        return []
    lines = page.text_lines()
    rows = sorted(islice((i for i in reversed(lines) if not page.cruft(i)), _REACH))
    for index in sorted(opened):
        if index not in rows:
            continue
        box = [i for i in rows if i >= index]
        above = [i for i in lines if i < index and page.prose(i)]
        if len(above) < _BODY_LINES or not all(_about(page, i, opened) for i in box):
            continue
        if _told_of(page, index, above):
            continue
        over = page.before(index)
        if over is not None and _is_name(page, over, index):
            box.insert(0, over)
        elif over is not None and not page.prose(over) and over not in page.claims:
            return []  # it may be the heading of a list of people
        why = f"about the author, from line {box[0] + 1} to the end"
        return [page.claim(i, ID, "metadata", _CONFIDENCE, why) for i in box]
    return []


def _about(page: Page, index: int, opened: list[int]) -> bool:
    return index in opened or _GOES_ON.match(page.view(index)) is not None


def _is_name(page: Page, over: int, index: int) -> bool:
    """Whether the line above is the name with which the sentence begins."""
    text = page.key(over)
    return 2 <= page.words(over) <= 4 and page.key(index).startswith(f"{text} ")


def _told_of(page: Page, index: int, above: list[int]) -> bool:
    """Whether the text itself speaks of the person; the byline does not count."""
    match = _NAME.match(page.view(index))
    if match is None:
        return True
    last = match["last"]
    return any(last in page.lines.texts[i] for i in above)


RULE = ContextRule(
    ID,
    "metadata",
    "The sentences about the author that end a page.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

-Ivo Tarn
-Ivo Tarn is a freelance writer who keeps the boats at Upper Tarn.
-He has written about rivers for ten years.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, Ivo Tarn said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

 Ivo Tarn is the author of the plan, and has been a ferryman for thirty years.
""",
    ),
)
