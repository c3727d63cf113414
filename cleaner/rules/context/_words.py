"""The words of ``words.toml``, by which context rules know lines of all languages."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["any_of", "labels", "words"]


@cache
def _table() -> dict[str, Any]:
    import tomllib

    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def words(kind: str) -> Mapping[str, str]:
    """Of each language the part of a pattern for this kind of words."""
    table: dict[str, str] = _table()[kind]
    return table


@cache
def labels(kind: str) -> frozenset[str]:
    """Lines of this kind, in all languages, as phrases see them."""
    return frozenset(_table()["labels"][kind])


@cache
def any_of(*parts: str) -> re.Pattern[str]:
    """The pattern that finds one of the parts, without regard to case."""
    return re.compile("|".join(parts), re.IGNORECASE)
