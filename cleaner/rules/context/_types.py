"""What every context rule is."""

from collections.abc import Callable
from typing import NamedTuple

from ...model import Finding
from ...page import Page

__all__ = ["ContextRule"]


class ContextRule(NamedTuple):
    """A rule that needs to see around a line.

    Attributes
    ----------
    id, category, states
        As of a pattern rule.
    find
        A pure function from a page, with the claims so far, to more claims.
    examples
        Scrapes in diff notation: ``-`` before a line that goes, a blank before one that stays.
    needs
        Kinds of claims, see `Page.kinds`, without any of which it finds nothing; empty where it may.
    """

    id: str
    category: str
    states: str
    find: Callable[[Page], list[Finding]]
    examples: tuple[str, ...]
    needs: frozenset[str] = frozenset()
