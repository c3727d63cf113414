"""What the counts of a site say of one line: whether it is the site's, or may be content."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from .counting import Count
from .offers import offers
from .shape import has_address, shape_of, speaks_of
from .site import Site, different

__all__ = ["Bounds", "Evidence"]

_DIGITS = re.compile(r"\d")
_SEEN = 0.8  # the sketch of bodies is as exact as this for the fewest documents
_ONCE = 0.1  # of its documents in which a line may stand twice; a refrain does in most
_TEMPLATE = (
    3  # repeated lines with text of its own between them: a form that each document fills in
)
_CLAIMED = 2  # labels of a row that rules know; one alone may be the word of a text ("Weather")
_CLAIMED_SHARE = 0.25


class Bounds(NamedTuple):
    """How much evidence a rule needs: fewest documents of different body, and least share of the site's.

    Attributes
    ----------
    edge, edge_share
        Of a line or block at the beginning or the end of the text.
    inside, inside_share
        Of a line or block between paragraphs, and of a sentence that begins or ends longer lines.
    """

    edge: int = 8
    edge_share: float = 0.3
    inside: int = 12
    inside_share: float = 0.5

    @property
    def least(self) -> int:
        """Counts of fewer documents lead to nothing."""
        return min(self.edge, self.inside)


class Evidence:
    """What is asked about the lines of one site.

    Parameters
    ----------
    site
        Its counts.
    bounds
        How much evidence a rule needs.
    """

    def __init__(self, site: Site, bounds: Bounds) -> None:
        self.site = site
        self.bounds = bounds

    @cached_property
    def form(self) -> bool:
        """Whether the documents fill in a form: interviews, recipes, reports with fixed heads."""
        asked = any(shape_of(self.site.lines[key].form).asks for row in self._inside for key in row)
        return asked or len(self._inside) >= _TEMPLATE

    def at_edge(self, line: Count) -> bool:
        """Whether enough documents have it for a rule at an edge of the text."""
        return self._enough(line, self.bounds.edge, self.bounds.edge_share)

    def enough_inside(self, count: Count) -> bool:
        """Whether enough documents have it for a rule inside of the text."""
        return self._enough(count, self.bounds.inside, self.bounds.inside_share)

    def _enough(self, count: Count, least: int, share: float) -> bool:
        enough = count.docs >= least and different(count) >= _SEEN * least
        return enough and self.site.share(count) >= share

    def voiced(self, count: Count) -> bool:
        """Whether it may be somebody's words: in one of its forms, or since it comes again like a refrain."""
        return count.often > _ONCE * count.docs or any(
            shape_of(form).voiced for form, _ in count.forms
        )

    def varies(self, count: Count) -> bool:
        """Whether its numbers differ: then they are what it says."""
        numbers = {tuple(_DIGITS.findall(form)) for form, _ in count.forms}
        return len(numbers) > 1

    def addressed(self, count: Count) -> bool:
        """Whether an address of the site or a mark of rights is in it, or what is cut anyway beside it."""
        if has_address(count.form, self.site.name):
            return True
        return count.kind == "line" and self.site.beside(count.key, self.site.cut)

    def signed(self, count: Count) -> bool:
        """Whether the site shows in it: its name, or what `addressed` says."""
        return speaks_of(count.form, self.site.name) or self.addressed(count)

    def is_of_site(self, row: Iterable[int]) -> bool:
        """Whether the site shows in a row of lines: in one of them, or in labels of pages that rules know."""
        keys = list(row)
        lines = self.site.lines
        if any(key in self.site.cut or self.signed(lines[key]) for key in keys):
            return True
        claimed = sum(key in self.site.claimed for key in keys)
        return claimed >= max(_CLAIMED, _CLAIMED_SHARE * len(keys))

    def offering(self, row: Iterable[int]) -> bool:
        """Whether a sentence or label of a row offers something."""
        return any(offers(self.site.lines[key].form) for key in row)

    @cached_property
    def _inside(self) -> list[list[int]]:
        """Rows of repeated lines with text of the documents' own around them."""
        site, bounds = self.site, self.bounds
        edges = site.ending | site.opening | site.cut
        return site.runs(
            key
            for key, line in site.lines.items()
            if key not in edges
            and self._enough(line, bounds.edge, bounds.edge_share)
            and line.often <= _ONCE * line.docs
        )

    @cached_property
    def lonely(self) -> bool:
        """Whether at most one row of repeated lines within the texts may be theirs."""
        plain = [row for row in self._inside if not self.is_of_site(row) and not self.offering(row)]
        return len(plain) <= 1
