"""The keys of a pack and of its entries: the type of each value, and how one may look."""

from typing import Any

from ..errors import RuleError
from ..nearest import nearest

__all__ = ["HEAD", "KEYS", "NEEDED", "check_keys", "check_types", "such_as"]

KEYS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "states": str,
    "languages": list,
    "scope": str,
    "phrases": list,
    "pattern": str,
    "literals": list,
    "also": list,
    "rest": str,
    "unless": str,
    "confidence": (int, float),
    "opens": str,
    "max_chars": int,
    "ignores": list,
    "sites": list,
    "remove": list,
    "keep": list,
}
NEEDED = ("id", "states", "languages", "scope", "confidence", "remove", "keep")
HEAD: dict[str, type] = {"category": str, "states": str, "standard": bool, "rule": list}


# How a value of the type is called, and how one is written where the key has no example of its own.
_WORDS = {
    str: ("a text", '"…"'),
    list: ("a list of texts", '["…"]'),
    float: ("a number", "0.9"),
    int: ("a whole number", "240"),
    bool: ("true or false", "false"),
    dict: ("a table", ""),
}
_EXAMPLES = {
    "id": '"related.read-more"',
    "states": '"A line that leads to another article."',
    "languages": '["en"]',
    "scope": '"line"',
    "phrases": '["read more"]',
    "literals": '["read more"]',
    "also": '["read more"]',
    "ignores": '["list"]',
    "opens": '"related"',
    "sites": '["tarnherald.example"]',
    "remove": '["Read more"]',
    "keep": '["She read more."]',
    "category": '"related"',
}


def check_keys(data: dict[str, Any], keys: Any, path: str, rule: str) -> None:
    """Refuse a key that there is not.

    Raises
    ------
    RuleError
        At the first one.
    """
    for key in data:
        if key not in keys:
            hint = nearest(key, keys) or f" (there are {', '.join(keys)})"
            raise RuleError(f"is unknown{hint}", path=path, rule=rule, key=key)


def check_types(data: dict[str, Any], types: Any, path: str, rule: str) -> None:
    """Refuse a value of another type than its key takes.

    Raises
    ------
    RuleError
        At the first one.
    """
    for key, value in data.items():
        wanted = types[key]
        if isinstance(value, wanted) and not (isinstance(value, bool) and wanted is not bool):
            continue
        if key == "rule":
            raise RuleError("must be tables: write [[rule]] above each rule", path=path, key=key)
        name, _ = _WORDS[_kind(wanted)]
        found, _ = _WORDS.get(type(value), ("a date or a time", ""))
        raise RuleError(
            f"must be {name}{such_as(key)}, and is {found}",
            path=path,
            rule=rule,
            key=key,
        )


def such_as(key: str) -> str:
    """How a value of the key may look, to be put behind a message."""
    example = _EXAMPLES.get(key) or _WORDS[_kind({**HEAD, **KEYS}[key])][1]
    return f", such as {key} = {example}"


def _kind(wanted: type | tuple[type, ...]) -> type:
    return float if isinstance(wanted, tuple) else wanted
