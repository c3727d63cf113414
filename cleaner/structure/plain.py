"""Texts that are no pages, although short lines stand around their paragraphs: files of plain text, and code.

Licences, manuals and sources are full of short lines, and of words that menus have too. A page has its
paragraphs on one line each, or broken where its links are; what is written for a terminal is broken at some
width, in the middle of sentences, again and again.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["is_plain"]

# Of the lines that are not blank; on 3,053 page dumps these shares are passed by 8, most of pages that are
# written so themselves, and by 61 of 67 files of documentation and code that looked like pages otherwise.
_WIDE, _MOST_WIDE = 110, 0.04  # characters of a line that is not wrapped, and the most of them
_WRAPPED_CHARS = (40, 100)  # of a line that goes on in the next
# Nine lines of ten are no longer than the width; marks before a line make it narrower.
_WIDTH, _SLACK = 9, 8
# Shares of the lines that go on, and of those that do not end a sentence.
_WRAPPED, _OF_OPEN = 0.1, 0.35
_SURELY_WRAPPED = 0.2
_CODE, _SURELY_CODE = 0.3, 0.6
_SAMPLE = 100  # lines that are read as code; more say no more
_ENDS = frozenset('.!?:;…。！？"”’»)]')
_CODE_LINE = re.compile(
    r".*[;{}]|//.*|/\*.*|</?[a-zA-Z!?][^<>]*>.*"
    r"|(?:def|class|return|import|from|if|for|while|else|elif|try|except|with|public|private|static|const|var"
    r"|let|function|#(?:include|define|if|ifdef|endif))\b(?:.*[:;{(,\w])?"
    r"|.*[)\]]\s*[:;{,]"
    r"|[\w.\]\[\"']+\s*[-+*/|:]?=\s.*"
    r"|[)\]}]+[,;]?"
    r"|(['\"])[^'\"]*\1(?:,|\s*:.*)?"
    r"|(?:then|do|done|fi|esac|end|begin|else)\b\W{0,3}"
    r"|[\w.]+\(.*\)"
)


def is_plain(texts: Sequence[str]) -> bool:
    """Whether lines, of which none is blank, are those of a file of plain text or of code."""
    wide = sum([len(text) >= _WIDE for text in texts]) > _MOST_WIDE * len(texts)
    code = _code(texts[:: max(len(texts) // _SAMPLE, 1)])
    return code >= (_SURELY_CODE if wide else _CODE) or (not wide and _wrapped(texts))


def _wrapped(texts: Sequence[str]) -> bool:
    """Whether many lines go on in the next, whose first word did not fit behind them any more."""
    low, high = _WRAPPED_CHARS
    pairs = [
        (text, below)
        for text, below in pairwise([*texts, "."])
        if low <= len(text) <= high and text[-1] not in _ENDS
    ]
    if not pairs:
        return False
    width = sorted(len(text) for text, _ in pairs)[_WIDTH * (len(pairs) - 1) // 10] - _SLACK
    on = sum(
        [
            below[0].islower() and len(text) + len(below.partition(" ")[0]) >= width
            for text, below in pairs
        ]
    )
    count = len(texts)
    return on >= _SURELY_WRAPPED * count or (on >= _WRAPPED * count and on >= _OF_OPEN * len(pairs))


def _code(texts: Sequence[str]) -> float:
    """The share of the lines that look like code."""
    lines = sum("](" not in text and _CODE_LINE.fullmatch(text) is not None for text in texts)
    return lines / len(texts)
