"""The file of the project's own rules that a wheel brings along."""

import os

from .stored import Stored

__all__ = ["TABLE", "built"]

TABLE: str | os.PathLike[str] = os.path.join(os.path.dirname(__file__), "rules.stored")


def built() -> Stored | None:
    """The file; None in a source checkout, which has none."""
    return Stored(TABLE) if os.path.exists(TABLE) else None
