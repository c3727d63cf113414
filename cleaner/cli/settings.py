"""Settings files: what stands in them is the default of an option."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from ..errors import CleanerError, RuleError
from ..nearest import nearest
from ..policy import PAGE_MODES, PROFILES
from .places import SETTINGS_FILES

__all__ = ["BATCH_FORMATS", "FORMATS", "Settings", "blaming", "settings"]

# What a settings file may hold, by the option it stands for: a value such as it takes.
_SETTINGS: dict[str, str | list[str]] = {
    "profile": "strict",
    "rules": ["my.toml"],
    "enable": ["disclosure"],
    "disable": ["caption"],
    "page": "never",
    "format": "jsonl",
    "text-field": "body",
    "encoding": "cp1252",
}
_PARAMETERS = {"rules": "packs", "format": "form", "text-field": "text_field"}
FORMATS = ("auto", "text", "jsonl")
BATCH_FORMATS = (*FORMATS, "parquet", "warc")
_CHOICES: dict[str, Sequence[str]] = {
    "profile": tuple(PROFILES),
    "format": BATCH_FORMATS,
    "page": PAGE_MODES,
}


class Settings(NamedTuple):
    """A settings file and the values that it gives to parameters."""

    path: Path
    defaults: dict[str, Any]


def settings(folder: Path) -> Settings | None:
    """Defaults for options from ``cleaner.toml``, or ``[tool.cleaner]`` of ``pyproject.toml``.

    Raises
    ------
    CleanerError
        If the file is not TOML, or holds a key or a value that no option takes.
    """
    own, shared = SETTINGS_FILES
    path = folder / own
    if path.is_file():
        return Settings(path, _defaults(_table(path), path))
    path = folder / shared
    if path.is_file() and b"[tool.cleaner]" in path.read_bytes():
        return Settings(path, _defaults(_inner(_table(path), ("tool", "cleaner"), path), path))
    return None


def _inner(table: dict[str, Any], names: Sequence[str], path: Path) -> dict[str, Any]:
    """The table under these names; an empty one where there is none."""
    for at, name in enumerate(names, 1):
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise CleanerError(f"{path}: {'.'.join(names[:at])!r} must be a table")
    return table


def _table(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CleanerError(f"{path}: is not valid TOML: {error}") from error


def _defaults(table: dict[str, Any], path: Path) -> dict[str, Any]:
    defaults: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _SETTINGS:
            if isinstance(value, dict) and path.name == SETTINGS_FILES[0]:
                raise CleanerError(
                    f"{path}: [{key}] is a table, and settings stand without one here, such as "
                    'profile = "strict"; [tool.cleaner] goes into pyproject.toml'
                )
            hint = nearest(key, _SETTINGS)
            known = ", ".join(_SETTINGS)
            raise CleanerError(f"{path}: unknown setting {key!r}{hint} (there are {known})")
        items = value if isinstance(value, list) else [value]
        fits = isinstance(value, type(_SETTINGS[key]))
        if not fits or not all(isinstance(item, str) for item in items):
            raise CleanerError(f"{path}: setting {key!r} must be {_form(key)}")
        if key in _CHOICES and value not in _CHOICES[key]:
            known = ", ".join(map(repr, _CHOICES[key]))
            raise CleanerError(f"{path}: setting {key!r}: {value!r} is not one of {known}")
        if key == "rules":
            value = [str(path.parent / item) for item in table[key]]
        defaults[_PARAMETERS.get(key, key)] = value
    return defaults


def _form(key: str) -> str:
    """What the value of a setting is, with an example."""
    import json

    example = _SETTINGS[key]
    kind = "a list of texts" if isinstance(example, list) else "a text"
    return f"{kind}, such as {key} = {json.dumps(example)}"


@contextmanager
def blaming(*parameters: str) -> Iterator[None]:
    """Name the settings file in an error that may come from what it says of these parameters."""
    try:
        yield
    except CleanerError as error:
        context = click.get_current_context()
        names = [
            next((key for key, value in _PARAMETERS.items() if value == name), name)
            for name in _at_fault(error, parameters)
            if context.get_parameter_source(name) is ParameterSource.DEFAULT_MAP
        ]
        if not names:
            raise
        path = context.find_root().obj.path
        raise CleanerError(f"{error} ({path} sets {', '.join(names)})") from error


def _at_fault(error: CleanerError, parameters: Sequence[str]) -> Sequence[str]:
    """Those of the parameters that an error can come from, as far as it says that."""
    if isinstance(error, RuleError):
        return [name for name in parameters if name == "packs"]
    return [name for name in parameters if str(error).startswith(f"--{name} ")] or parameters
