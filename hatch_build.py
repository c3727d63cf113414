"""Builds the parsed rule table into the wheel, so that no TOML is read at run time."""

import importlib
import json
import sys
import tempfile
import tomllib
import types
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RuleTableHook(BuildHookInterface[Any]):
    """Adds to a wheel what is parsed already; an editable install reads the TOML files themselves.

    That is ``cleaner/rules/rules.stored`` and ``cleaner/rules/context/words.json``.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Parse and check them, and have what comes of it included."""
        if version != "standard":
            return
        root, folder = Path(self.root), Path(tempfile.mkdtemp())
        for place, data in (
            ("cleaner/rules/rules.stored", build_table(root)),
            ("cleaner/rules/context/words.json", build_words(root)),
        ):
            path = folder / Path(place).name
            path.write_bytes(data)
            build_data["force_include"][str(path)] = place


def build_table(root: Path) -> bytes:
    """The packs as one file.

    The package's own ``__init__`` is passed over: it needs libraries that a build does not have.
    """
    package = types.ModuleType("cleaner")
    package.__path__ = [str(root / "cleaner")]
    sys.modules["cleaner"] = package
    load = importlib.import_module("cleaner.rules.load")
    packs = load.read_packs(root / "cleaner" / "rules" / "packs")
    storing = importlib.import_module("cleaner.rules.storing")
    # What a checkout has compiled for itself is half of the work.
    return bytes(storing.written(packs, before=load.kept()))


def build_words(root: Path) -> bytes:
    """The words of context rules as JSON."""
    path = root / "cleaner" / "rules" / "context" / "words.toml"
    return json.dumps(tomllib.loads(path.read_text("utf-8"))).encode()
