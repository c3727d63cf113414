"""From counts to rules: what a site repeats that is not its content."""

from collections.abc import Sequence
from typing import NamedTuple

from .counting import Count

__all__ = ["Bounds", "Proposal", "proposals"]


class Bounds(NamedTuple):
    """How much evidence a rule needs.

    Attributes
    ----------
    documents
        The fewest documents of different body in which it stands.
    share
        The least share of the site's documents in which it stands, 0 to 1.
    """

    documents: int = 8
    share: float = 0.3


class Proposal(NamedTuple):
    """One rule for one site, with its evidence."""

    site: str
    kind: str
    forms: tuple[str, ...]
    docs: int
    of: int
    confidence: float
    risk: str
    samples: tuple[int, ...]


def proposals(
    site: str, documents: int, lines: Sequence[Count], bounds: Bounds = Bounds()
) -> list[Proposal]:
    """The rules that the counts of one site allow, ordered; pure.

    Parameters
    ----------
    site
        The site.
    documents
        How many documents it has.
    lines
        Its counts of all kinds but ``document``; those of fewer documents than the bounds ask for may be missing.
    bounds
        How much evidence a rule needs.
    """
    raise NotImplementedError
