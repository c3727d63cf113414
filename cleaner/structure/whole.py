"""The structure of a text that may be a whole page."""

from functools import cached_property
from typing import TYPE_CHECKING

from ..lines import Lines
from ..model import Finding
from ..page import Page
from .edges import may_be_page

if TYPE_CHECKING:
    from .find import Finder
    from .gate import Gate
    from .learned import Scorer

__all__ = ["Structure"]


class Structure:
    """Finds the article in the text of a whole page.

    Parameters
    ----------
    always
        Whether every text is a page; by default only one that has the shape of it.
    without
        Ids of rules that are switched off.
    scorer, gate
        What was learned; by default that of the data files, which are read when a text needs them.
    """

    def __init__(
        self,
        *,
        always: bool = False,
        without: frozenset[str] = frozenset(),
        scorer: "Scorer | None" = None,
        gate: "Gate | None" = None,
    ) -> None:
        self._always = always
        self._given = always, without, scorer, gate

    @cached_property
    def _finder(self) -> "Finder":
        # Most texts are no pages: what reads them is a tenth of our modules.
        from .find import Finder

        return Finder(*self._given)

    def applies(self, lines: Lines) -> bool:
        """Whether the text may be a whole page, told from its lines alone."""
        return self._always or may_be_page(lines.texts)

    def find(self, page: Page) -> list[Finding]:
        """Claims on all stretches of lines that are not the article."""
        return self._finder.find(page)
