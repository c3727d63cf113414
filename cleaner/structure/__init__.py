"""Where the article is in the text of a whole page."""

from .find import CATEGORY, IDS, STATES, Structure

__all__ = ["CATEGORY", "IDS", "STATES", "Structure"]
