"""A block for datatrove: put it into a pipeline where a filter or a formatter would stand."""

from typing import Any

from ..api import Cleaner
from ..extras import needed

with needed("the block for datatrove", "datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter

__all__ = ["CleanText"]


class CleanText(BaseFilter):  # type: ignore[misc]
    """Cleans the text of each document; ``doc.metadata["cleaner"]`` has the sums of its report.

    These are the characters before, the characters and the number of cuts, and the characters cut by
    category. The stats of the block add them up. Rules that are bound to sites go by ``metadata["url"]``.

    Parameters
    ----------
    drop_empty
        Whether a document of which nothing is left is dropped, for the reason ``empty``; the
        ``exclusion_writer`` gets it as it came.
    exclusion_writer
        As for any filter of datatrove.
    settings
        Those of `Cleaner`.
    """

    name = "cleaner"

    def __init__(
        self, drop_empty: bool = False, exclusion_writer: Any = None, **settings: Any
    ) -> None:
        super().__init__(exclusion_writer)
        self._drop_empty = drop_empty
        self._settings = settings
        self._cleaner: Cleaner | None = None  # made where it is used: steps are copied to workers

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Clean a document; whether it stays.

        Raises
        ------
        CleanerError
            If the settings are wrong.
        """
        if self._cleaner is None:
            self._cleaner = Cleaner(**self._settings)
        site = doc.metadata.get("url")
        result = self._cleaner.clean(
            doc.text, source=str(doc.id), site=site if isinstance(site, str) else ""
        )
        categories: dict[str, int] = {}
        for cut in result.cuts:
            categories[cut.category] = categories.get(cut.category, 0) + cut.end - cut.start
        for category, characters in categories.items():
            self.stat_update(f"cut_{category}", value=characters, unit="doc")
        if self._drop_empty and doc.text.strip() and not result.text.strip():
            return False, "empty"
        doc.metadata["cleaner"] = {
            "characters": len(doc.text),
            "cut": sum(categories.values()),
            "cuts": len(result.cuts),
            "categories": categories,
        }
        doc.text = result.text
        return True
