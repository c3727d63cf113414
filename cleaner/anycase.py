"""Patterns that are looked for without regard to case, in texts that are put into small letters first."""

import re

from .late import LatePattern

__all__ = ["AnyCase"]

# Letters that `re.IGNORECASE` takes for others than `str.lower` does: "İ", "ı", "ſ", "µ", Greek ones with the
# two sigmas, old Cyrillic ones, "ẛ" and the ligatures of "st".
_ODD = LatePattern(
    "[\u0130\u0131\u017f\u00b5\u0345\u0370-\u03ff\u1c80-\u1c8f\u1e9b\u1f00-\u1fff\ufb05\ufb06]"
)


class AnyCase:
    """A regular expression that is found in a text, or not, as with `re.IGNORECASE`.

    With that flag each character of the text is compared anew with each alternative: to lower the text first
    takes a fifth of the time where the expression is a list of words.

    Parameters
    ----------
    source
        The expression, in small letters.
    """

    def __init__(self, source: str) -> None:
        self.pattern = source
        self._anyhow = LatePattern(source, re.IGNORECASE)
        self._lowered = LatePattern(source.replace("ı", "i"))  # with the flag "ı" finds "i"

    def finds(self, text: str) -> bool:
        """Whether it is found anywhere in the text."""
        pattern, text = self._fitting(text)
        return pattern.search(text) is not None

    def begins(self, text: str) -> bool:
        """Whether the text begins with it."""
        pattern, text = self._fitting(text)
        return pattern.match(text) is not None

    def _fitting(self, text: str) -> tuple[LatePattern, str]:
        """The pattern to look for, and the text as it is to be looked for in."""
        if text.isascii() or not _ODD.search(text):
            return self._lowered, text.lower()
        return self._anyhow, text
