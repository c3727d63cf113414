"""Cut the cruft out of scraped text, with an exact account of what was cut and why."""

from .api import Cleaner, clean
from .errors import CleanerError, InputError, MissingExtraError, RestoreError, RuleError
from .model import CATEGORIES, Cut, Document, Field, Kept
from .result import Result

__version__ = "0.1.0"

__all__ = [
    "CATEGORIES",
    "Cleaner",
    "CleanerError",
    "Cut",
    "Document",
    "Field",
    "InputError",
    "Kept",
    "MissingExtraError",
    "RestoreError",
    "Result",
    "RuleError",
    "__version__",
    "clean",
]
