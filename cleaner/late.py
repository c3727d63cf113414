"""Patterns that are compiled when they are first used: those of a module took up to 20 ms of every start."""

import re
from functools import cached_property

__all__ = ["LatePattern"]


class LatePattern:
    """A regular expression with the methods of a compiled one.

    Parameters
    ----------
    source
        The expression.
    flags
        As `re.compile` takes them.
    """

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """As the compiled one does."""
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As the compiled one does."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As the compiled one does."""
        return self._compiled.fullmatch(text)

    def findall(self, text: str) -> list[str]:
        """As the compiled one does, of an expression without groups."""
        return self._compiled.findall(text)
