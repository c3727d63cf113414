"""Cut the cruft out of scraped text, with an exact account of what was cut and why."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    **dict.fromkeys(("Cleaner", "clean"), "api"),
    **dict.fromkeys(
        ("CleanerError", "InputError", "MissingExtraError", "RestoreError", "RuleError"), "errors"
    ),
    **dict.fromkeys(("CATEGORIES", "Cut", "Document", "Field", "Kept"), "model"),
    "Result": "result",
}


def __getattr__(name: str) -> Any:
    """Names are fetched when they are first asked for: to print its version a command needs no rules."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{home}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
