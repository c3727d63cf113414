"""Source code, data and markup, told by how their lines look.

They have short lines around longer ones as pages have, and lines that are broken at a width as mail has.
"""

import re
from collections.abc import Sequence

from .late import LatePattern

__all__ = ["is_code", "is_source"]

# Shares of the lines that look like code: of a text without paragraphs, and of one that has some.
_CODE, _SURELY_CODE = 0.3, 0.6
_WIDE, _MOST_WIDE = 110, 0.04  # characters of a paragraph on one line, and the most of them in code
_SAMPLE = 100  # lines that are looked at; more say no more
_STATEMENT_ENDS = (";", "{", "}")
_BRACKET_ENDS = (")", "]")
# All other lines of code are known by their first word, so that a search of most lines ends there.
_CODE_LINE = LatePattern(
    r"//.*|/\*.*|</?[a-zA-Z!?][^<>]*>.*"
    r"|(?:def|class|return|import|from|if|for|while|else|elif|try|except|with|public|private|static|const|var"
    r"|let|function|#(?:include|define|if|ifdef|endif))\b(?:.*[:;{(,\w])?"
    r"|[\w.\]\[\"']++\s*+[-+*/|:]?=\s.*"
    r"|[)\]}]+[,;]?"
    r"|(['\"])[^'\"]*\1(?:,|\s*:.*)?"
    r"|(?:then|do|done|fi|esac|end|begin|else)\b\W{0,3}"
    r"|[\w.]++\(.*\)"
)

# How a file of code, data or markup begins, as hardly a page does: a mark of its language, a comment, a
# statement, the name of a setting.
_BEGINS = LatePattern(
    r"#!|#\s?[-*=]{3}|//|/\*|<[?!a-zA-Z%]|--\s|;;|%|[{\[(](?![^\]]*\])|\.\\\"|\"{3}|'{3}|[\"']\s|@\w|\\[a-z]"
    r"|#\s?(?:copyright|\(c\)|-\*-|\$id|this file|licensed|include|if|define|pragma)"
    r"|(?:package|import|from|use|module|namespace|return|require|include|set|proc|local|var|let|const|class"
    r"|def|function|export|msgid)\b[ (].*[;{(:)\w]$|[\w.-]+\s?=\s?\S|(?-i:[a-z])[\w-]*:(?:$|\s)",
    re.IGNORECASE,
)
# Further lines of such a file, which a page may have as well: comments, settings, items, numbers.
_SOURCE_LINE = LatePattern(
    r"#(?!#)(?:\s.*)?|\*.*|--\s.*|\.[A-Za-z\\]{1,2}\b.*|\\[a-z]+[{\[ ].*|msg(?:id|str)\s.*"
    r"|-\s[\w.\"'/-]+(?::.*)?|[\w./-]+:(?:\s\S.*)?|[\w.-]+=\S.*|[};)\]]+.*|\$[\w{].*|;.*|\"\s.*"
    r"|.*[\\{(\[,;]|-?\d[\d.,\s;]*"
)
_COMMENT = LatePattern(r"#(?!#)")
_LEAST_SOURCE = 5  # lines
_SOURCE = 0.5  # of the lines, and of the characters


def is_code(texts: Sequence[str]) -> bool:
    """Whether lines, of which none is blank, are those of a file of code, data or markup."""
    wide = sum([len(text) >= _WIDE for text in texts]) > _MOST_WIDE * len(texts)
    least = _SURELY_CODE if wide else _CODE
    sample = texts[:: max(len(texts) // _SAMPLE, 1)]
    size = left = len(sample)  # those that are code or were not looked at
    for text in sample:
        if not _is_code_line(text):
            left -= 1
            if left / size < least:
                return False
    return True


def is_source(texts: Sequence[str]) -> bool:
    """Whether lines, of which none is blank, are a file of code, data or markup from the first one on."""
    if len(texts) < _LEAST_SOURCE or "](" in texts[0]:
        return False
    if not _BEGINS.match(texts[0]) and not all(map(_COMMENT.match, texts[:2])):
        return False
    sample = texts[:: max(len(texts) // _SAMPLE, 1)]
    found = [text for text in sample if _is_code_line(text) or _is_source_line(text)]
    return len(found) >= _SOURCE * len(sample) and sum(map(len, found)) >= _SOURCE * sum(
        map(len, sample)
    )


def _is_source_line(text: str) -> bool:
    return "](" not in text and _SOURCE_LINE.fullmatch(text) is not None


def _is_code_line(text: str) -> bool:
    if "](" in text:
        return False
    if text.endswith(_STATEMENT_ENDS):
        return True
    if text.endswith((":", ",")) and text[:-1].rstrip().endswith(_BRACKET_ENDS):
        return True
    return _CODE_LINE.fullmatch(text) is not None
