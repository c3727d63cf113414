"""The name of the author and, below it, a paragraph about this person, where there is no heading."""

import re
from collections.abc import Sequence
from itertools import islice

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule
from ._words import any_of, words

__all__ = ["RULE"]

ID = "metadata.author-note"
_CONFIDENCE = 0.86
_IGNORES = ("heading", "subhead")
_BODY_LINES = 4
_NOTE_WORDS = 7
_ROLE_WORDS = 8
_NAME_WORDS = 12  # of the line with the name, the role beside it included
_BELOW = 2  # paragraphs that may stand below
_NAME = LatePattern(r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2} [^\W\d_a-z][\w.’'-]*")
# How a byline begins, and what may stand behind the name in it.
_BYLINE = LatePattern(
    r"(?:(?:written |posted |published |story |words )?by|about|meet|author)[:,]?\s", re.IGNORECASE
)
_BEHIND_NAME = (",", " |", " -", " (", ":")
_MARKS = "*_# \t"
# What such notes say in English of those who write; `_words` has the other languages.
_WRITES = (
    r"^(?:\w[\w.’'-]* )?(?:is|was|has been|works as|worked as|serves as)\b"
    r".{0,90}?\b(?:writer|author|editor|reporter|journalist|correspondent|columnist|contributor"
    r"|contributing|blogger|copywriter|freelancer|freelance|critic|photojournalist|photographer|novelist"
    r"|content (?:creator|marketer|strategist|manager|specialist|lead|producer|director))\b"
    r"|^(?:writes|covers|reports|blogs) (?:about|on|for|the)\b"
    r"|^has (?:\w+ ){0,3}?(?:written|covered|reported)\b"
)


def find(page: Page) -> list[Finding]:
    """Claim the name and the paragraph below it, if there is but one of the kind and the text is over."""
    lines = page.text_lines()
    body = list(islice((i for i in lines if page.prose(i)), _BODY_LINES))
    note = _last_note(page, lines, body[-1]) if len(body) == _BODY_LINES else ()
    if not note:
        return []
    name = _label(page, note[0])
    rest = page.view(note[-1]).strip(_MARKS)[len(name) :].lstrip(", ")
    if not any_of(_WRITES, *words("biography").values()).finds(rest):
        return []
    surname = name.split()[-1]
    above = [i for i in lines if i < note[0]]
    if any(surname in page.text(i) for i in above if page.prose(i)):
        return []
    if any(_note(page, lines, at) for at in range(1, len(above))):
        return []  # several are the people of the text
    why = "the author's name, and a paragraph that begins with it"
    return page.claim_rest(note, ID, "metadata", _CONFIDENCE, why, _IGNORES)


def _last_note(page: Page, lines: Sequence[int], body: int) -> tuple[int, ...]:
    """The last note below the article, where hardly anything stands below it."""
    paragraphs = 0
    for at in range(len(lines) - 1, 0, -1):
        if lines[at] <= body or paragraphs > _BELOW:
            break
        if note := _note(page, lines, at):
            return note
        paragraphs += not page.cruft(lines[at]) and page.prose(lines[at])
    return ()


def _note(page: Page, lines: Sequence[int], at: int) -> tuple[int, ...]:
    """The lines of a note: the name, perhaps the role, and the paragraph; none if it is no note."""
    index = lines[at]
    if not page.wordy(index, _NOTE_WORDS) or not page.ends_sentence(index):
        return ()
    for above in (1, 2):
        if above > at or (above == 2 and page.wordy(lines[at - 1], _ROLE_WORDS + 1)):
            return ()
        name = _label(page, lines[at - above])
        if name and page.view(index).strip(_MARKS).startswith(name):
            return tuple(lines[at - above : at + 1])
    return ()


def _label(page: Page, index: int) -> str:
    """The name that is all of the line, but for a byline's first word and what this person does."""
    if page.wordy(index, _NAME_WORDS + 1):
        return ""
    text = page.view(index).strip(_MARKS)
    byline = _BYLINE.match(text)
    text = text[byline.end() :] if byline else text
    name = min((text.partition(mark)[0] for mark in _BEHIND_NAME), key=len).rstrip()
    return name if _NAME.fullmatch(name) else ""


RULE = ContextRule(
    ID,
    "metadata",
    "The author's name below an article, and a paragraph that says what this person writes.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

-Pavla Ginsk
-Senior writer

-Pavla Ginsk is a senior writer at the Tarn Herald, where she covers rivers and their bridges.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Work is to begin in the first week of March, the mayor said after the vote.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 The poem on the bridge is to be read by Ginsk herself, who wrote it at the age of nine.

 Pavla Ginsk
 Pavla Ginsk is a writer who lives by the river and has twice sworn to leave it.
""",
    ),
)
