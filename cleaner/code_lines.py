"""Source code, data and markup, told by how their lines look.

They have short lines around longer ones as pages have, and lines that are broken at a width as mail has.
"""

from collections.abc import Sequence

from .late import LatePattern

__all__ = ["code_share", "is_code"]

# Shares of the lines that look like code: of a text without paragraphs, and of one that has some.
_CODE, _SURELY_CODE = 0.3, 0.6
_WIDE, _MOST_WIDE = 110, 0.04  # characters of a paragraph on one line, and the most of them in code
_SAMPLE = 100  # lines that are looked at; more say no more
_CODE_LINE = LatePattern(
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


def is_code(texts: Sequence[str]) -> bool:
    """Whether lines, of which none is blank, are those of a file of code, data or markup."""
    wide = sum([len(text) >= _WIDE for text in texts]) > _MOST_WIDE * len(texts)
    return code_share(texts) >= (_SURELY_CODE if wide else _CODE)


def code_share(texts: Sequence[str]) -> float:
    """The share of the lines, of which none is blank, that look like code: 0 to 1."""
    sample = texts[:: max(len(texts) // _SAMPLE, 1)]
    return sum(
        "](" not in text and _CODE_LINE.fullmatch(text) is not None for text in sample
    ) / len(sample)
