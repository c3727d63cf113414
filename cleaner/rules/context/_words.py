"""The words of ``words.toml``, by which context rules know lines of all languages.

A wheel has them as JSON too, which is read in a tenth of the time.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ...anycase import AnyCase

__all__ = ["any_of", "labels", "words"]


_WORDS = Path(__file__).with_name("words.toml")
_BUILT = _WORDS.with_suffix(".json")


@cache
def _table() -> dict[str, Any]:
    if _BUILT.exists():
        import json

        table: dict[str, Any] = json.loads(_BUILT.read_bytes())
        return table
    import tomllib

    return tomllib.loads(_WORDS.read_text("utf-8"))


def words(kind: str) -> Mapping[str, str]:
    """Of each language the part of a pattern for this kind of words."""
    table: dict[str, str] = _table()[kind]
    return table


@cache
def labels(kind: str) -> frozenset[str]:
    """Lines of this kind, in all languages, as phrases see them."""
    return frozenset(_table()["labels"][kind])


@cache
def any_of(*parts: str) -> AnyCase:
    """The pattern that finds one of the parts, without regard to case."""
    return AnyCase("|".join(parts))
