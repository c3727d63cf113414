"""Patterns that are compiled when they are first used: all of them took 30 ms of every start."""

import re
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["LatePattern"]


class LatePattern:
    """A regular expression with the methods of a compiled one.

    At the first use of a method all are put in place, those of the compiled expression themselves: from then
    on a call costs what one of theirs costs.

    Parameters
    ----------
    source
        The expression.
    flags
        As `re.compile` takes them.
    """

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    findall: Callable[..., list[str]]  # of an expression without groups
    finditer: Callable[..., Iterator[re.Match[str]]]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in LatePattern.__annotations__:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in LatePattern.__annotations__:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)
