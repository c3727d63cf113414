"""Where the article is in the text of a whole page."""

from .states import CATEGORY, IDS, STATES
from .whole import Structure

__all__ = ["CATEGORY", "IDS", "STATES", "Structure"]
