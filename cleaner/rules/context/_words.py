"""The words of ``words.toml``, by which context rules know lines of all languages.

A wheel has them as JSON too, which is read in a tenth of the time.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...anycase import AnyCase

__all__ = ["any_of", "labels", "words"]


_WORDS = os.path.join(os.path.dirname(__file__), "words.toml")
_BUILT = _WORDS.replace(".toml", ".json")


@cache
def _table() -> dict[str, Any]:
    if os.path.exists(_BUILT):
        import json

        with open(_BUILT, "rb") as file:
            table: dict[str, Any] = json.load(file)
        return table
    import tomllib

    with open(_WORDS, "rb") as file:
        return tomllib.load(file)


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
