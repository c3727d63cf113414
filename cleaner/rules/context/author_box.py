"""The box about the author that ends a page."""

import re
from itertools import islice

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule
from ._words import any_of, words

__all__ = ["RULE"]

ID = "metadata.author-box"
_CONFIDENCE = 0.85
_MOST_LINES = 6
_MOST_PARAGRAPHS = 2
_BODY_LINES = 4
# What such boxes say of people in English; the other languages stand in `_words`.
_BIOGRAPHY = (
    r"\b(?:(?:is|are|was|has been|works as|worked as|serves as) (?:a|an|the|our|one of|currently|based|"
    r"senior|chief|head|editor|co-?founder|founder|professor|freelance|author|currently)\b|writes|covers|"
    r"author of|lives in|lives with|based in|years of experience|reports on|reporter for|editor of|"
    r"contributor to|has written|joined|specializ|specialis|graduated|passionate about"
    r"|i(?:['’]m| am) an?|my name is|teaches|leads|brings|hosts|has been \w+ing|(?:his|her|their) degree"
    r"|(?:writer|editor|manager|director|founder|blogger|specialist)\b)"
)
# A name of two words or more at the head of the box.
_NAME = LatePattern(r"\b[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,2}")
_NAME_CHARS = 80
_HEAD_LINES = 8
# What reviews say of books; a text that does so in two of its first paragraphs is one.
_OF_BOOKS = LatePattern(
    r"\b(?:novels?|novella|memoirs?|biography|poems|chapters?|prose|protagonist|narrator|the author|debut"
    r"|(?:the|this|her|his|their) (?:\w+ )?book)\b",
    re.IGNORECASE,
)
_OF_BOOKS_LINES = 2


def find(page: Page) -> list[Finding]:
    """Claim a heading such as "About the author" and the few lines below it, at the end of the text."""
    headings = [i for i in page.opening("author") if page.opens(i, "author")]
    if not headings:
        return []
    lines = page.text_lines()
    body = list(islice((i for i in lines if page.prose(i)), _BODY_LINES))
    rows = (i for i in reversed(lines) if not page.cruft(i))
    end = sorted(islice(rows, _MOST_LINES + 1))
    for index in headings:
        if len(body) < _BODY_LINES or index <= body[-1]:
            continue
        box = [i for i in end if i > index]
        paragraphs = sum(page.prose(i) for i in box)
        if _of_the_text(page, body, box):
            continue
        tells = any_of(_BIOGRAPHY, *words("biography").values())
        told = any(tells.finds(page.text(i)) for i in box)
        if told and len(box) <= _MOST_LINES and paragraphs <= _MOST_PARAGRAPHS:
            why = f"box about the author, from line {index + 1} to the end"
            return [page.claim(i, ID, "metadata", _CONFIDENCE, why) for i in (index, *box)]
    return []


def _of_the_text(page: Page, body: list[int], box: list[int]) -> bool:
    """Whether the box is a part of the text: a review, say, that ends with the author of the book."""
    heads = (_NAME.search(page.text(i)[:_NAME_CHARS]) for i in box)
    # The first name of each line: the next is that of a firm or a paper.
    names = {found[0] for found in heads if found}
    head = " ".join(page.text(i) for i in islice(page.text_lines(), _HEAD_LINES) if i < body[0])
    if any(name in head for name in names):
        return False  # the byline names the same person
    told = [page.text(i) for i in body]
    if any(name in text for text in told for name in names):
        return True
    return sum(_OF_BOOKS.search(text) is not None for text in told) >= _OF_BOOKS_LINES


RULE = ContextRule(
    ID,
    "metadata",
    "The heading and the few lines about the author that end a page.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

-About the author
-Ivo Tarn keeps the boats at Upper Tarn and writes about rivers for this paper.
""",
    ),
    needs=frozenset({"opens author"}),
)
