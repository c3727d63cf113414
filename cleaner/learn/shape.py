"""What a repeated line looks like: a sentence of the site, or words that may be the author's."""

import re
from typing import NamedTuple

import regex

from ..lines import Lines
from ..page import Page
from ..policy import Policy
from .rows import words_of

__all__ = ["Shape", "has_address", "names_site", "shape_of", "speaks_of"]

_OPENING = re.compile(r"[\s*_]*(?:>|[\"“„«‹「『‘]|[–—-]{1,2}\s)")
# Words that are set apart as a note of the text, as a step or item, or as what a speaker says.
_BRACKETED = re.compile(r"[\s*_]*(?:\(.*\)|\[[^\]]*\]|（.*）|【.*】)[\s.。*_]*$")
_ITEM = re.compile(r"\s*(?:[•‣◦▪·*+○●■□–—-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_SPEAKER = regex.compile(
    r"[\s*_]*(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*[ \t]*){1,4}(?:\([^)]*\))?[*_]{0,2}[:：][*_]{0,2}\s*\S"
)
_UNFINISHED = re.compile(r"[,，،:：;；][\s*_\"”’»)]*$")
_QUESTION = re.compile(r"[?？؟;][\s*_\"”’»)!]*$")
_ADDRESS = re.compile(r"\S*(?:https?://|\bwww\.|\S@)\S+", re.IGNORECASE)
_RIGHTS = re.compile(r"[©®™]")
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
_COUNTRY = (
    2  # letters of a domain that is a country's, below which others may stand: "co.uk", "com.au"
)
_SECOND_LEVEL = 3
_WORD = re.compile(r"[^\W_]+")
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
    set_apart
        Whether it stands in brackets, is an item of a list, or begins with the name of who says it.
    """

    words: int
    sentence: bool
    voiced: bool
    asks: bool
    set_apart: bool


def shape_of(form: str) -> Shape:
    """The shape of one line."""
    page = Page(Lines(form), (), Policy())
    words = page.words(0)
    marked = _ADDRESS.search(form) or _RIGHTS.search(form)
    says = page.ends_sentence(0) or words >= _LONG_WORDS or marked is not None
    voiced = any(mark.search(form) for mark in (_QUESTION, _UNFINISHED, _PERSON))
    voiced = voiced or _OPENING.match(form) is not None
    asks = _QUESTION.search(form) is not None
    set_apart = any(mark.match(form) is not None for mark in (_BRACKETED, _ITEM, _SPEAKER))
    return Shape(words, words >= _SENTENCE_WORDS and says, voiced, asks, set_apart)


def names_site(form: str, site: str) -> bool:
    """Whether the words are the name of the site as its address spells it, or a part of either."""
    name, letters = _letters(form), _name_of(site)
    if min(len(name), len(letters)) < _LEAST_NAME:
        return False
    return name in letters or letters in name


def speaks_of(form: str, site: str) -> bool:
    """Whether a sentence holds the site's host, or its name as a name is written."""
    if "." in site and site.lower() in form.lower():
        return True
    name = _name_of(site).removeprefix("the")
    if len(name) < _LEAST_NAME:
        return False
    words = _WORD.findall(form)
    return any(
        _letters("".join(words[at:end])) == name
        for at, word in enumerate(words)
        if not word[0].islower()  # the river is no name, though a site may be called so
        for end in range(at + 1, min(at + _NAME_WORDS, len(words)) + 1)
    )


def has_address(form: str, site: str) -> bool:
    """Whether it holds a mark of rights, or a web or mail address with the name of the site in it.

    An address of somebody else may be what the text gives its reader: where to object, to apply, to ask.
    """
    if _RIGHTS.search(form):
        return True
    name = _name_of(site).removeprefix("the")
    addresses = _ADDRESS.findall(form)
    if "." in site and any(site.lower() in address.lower() for address in addresses):
        return True
    return len(name) >= _LEAST_NAME and any(name in _letters(address) for address in addresses)


def _name_of(site: str) -> str:
    """The letters of what a host is called by: ``herald`` of ``news.herald.co.uk``."""
    *labels, last = site.rsplit("/", 1)[-1].split(".")
    if len(labels) > 1 and len(last) == _COUNTRY and len(labels[-1]) <= _SECOND_LEVEL:
        labels.pop()
    return _letters(labels[-1] if labels else last)


def _letters(text: str) -> str:
    return words_of(text).replace(" ", "").replace("_", "")
