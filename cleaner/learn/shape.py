"""What a repeated line looks like: a sentence of the site, or words that may be the author's."""

import re
from typing import NamedTuple

from ..lines import Lines
from ..page import Page
from ..policy import Policy
from .rows import words_of

__all__ = ["Shape", "names_site", "shape_of", "speaks_of"]

_OPENING = re.compile(r"[\s>*_]*(?:[\"“„«‹「『‘]|[–—-]{1,2}\s)")
_UNFINISHED = re.compile(r"[,，،:：;；][\s*_\"”’»)]*$")
_QUESTION = re.compile(r"[?？؟;][\s*_\"”’»)!]*$")
_ADDRESS = re.compile(r"https?://|\bwww\.|\S@\S|[©®™]", re.IGNORECASE)
# A site says "we"; who says "I" is a person, whose words they are.
_PERSON = re.compile(
    r"\b(?:I|[Mm]y|[Mm]yself|[Ii]ch|[Mm]ein(?:e[mnrs]?)?|[Mm]ir|[Mm]ich|[Jj]e|[Mm]oi|[Mm]on|[Mm]es|[Yy]o|"
    r"[Mm]i|[Mm]is|[Ii]o|[Mm]io|[Mm]ia|[Ee]u|[Mm]eu|[Mm]inha|[Ii]k|[Mm]ijn|[Jj]ag|[Jj]eg|[Mm]in|[Mm]itt|"
    r"[Jj]a|[Mm]oje|[Mm]ój|[Mm]oja|[Яя]|[Мм]не|[Мм]ой|[Мм]оя|[Бб]ен|[Bb]en|[Bb]enim|[Mm]inä|[Mm]inun)\b"
    r"|\bI['’]"
    r"|[أا]نا\b|\bאני\b|我(?!们)|私は|저는|나는"
)
_SENTENCE_WORDS = 6
_LONG_WORDS = 10  # of a line that needs no full stop to be more than a label
_NAME_WORDS = 5  # of a site, at most
_LEAST_NAME = 4  # letters of a site's name; fewer may stand in any word


class Shape(NamedTuple):
    """What a line looks like.

    Attributes
    ----------
    words
        How many words it has.
    sentence
        Whether it says something, rather than naming it.
    voiced
        Whether it may be somebody's: a question, a quotation, words that something follows, an *I*.
    asks
        Whether it is a question.
    """

    words: int
    sentence: bool
    voiced: bool
    asks: bool


def shape_of(form: str) -> Shape:
    """The shape of one line."""
    page = Page(Lines(form), (), Policy())
    words = page.words(0)
    says = page.ends_sentence(0) or words >= _LONG_WORDS or _ADDRESS.search(form) is not None
    voiced = any(mark.search(form) for mark in (_QUESTION, _UNFINISHED, _PERSON))
    voiced = voiced or _OPENING.match(form) is not None
    asks = _QUESTION.search(form) is not None
    return Shape(words, words >= _SENTENCE_WORDS and says, voiced, asks)


def names_site(form: str, site: str) -> bool:
    """Whether the words are the name of the site as its address spells it, or a part of either."""
    name, (host, *_) = _letters(form), site.rsplit("/", 1)[-1].rsplit(".", 1)
    letters = _letters(host)
    if min(len(name), len(letters)) < _LEAST_NAME:
        return False
    return name in letters or letters in name


def speaks_of(form: str, site: str) -> bool:
    """Whether a sentence holds the name of the site, or an address or a mark of rights."""
    if _ADDRESS.search(form):
        return True
    (host, *_) = site.rsplit("/", 1)[-1].rsplit(".", 1)
    name = _letters(host).removeprefix("the")
    words = words_of(form).split()
    return len(name) >= _LEAST_NAME and any(
        "".join(words[at:end]) == name
        for at in range(len(words))
        for end in range(at + 1, min(at + _NAME_WORDS, len(words)) + 1)
    )


def _letters(text: str) -> str:
    return words_of(text).replace(" ", "").replace("_", "")
