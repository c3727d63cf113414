"""Builds the parsed rule table into the wheel, so that no TOML is read at run time."""

import importlib
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RuleTableHook(BuildHookInterface[Any]):
    """Adds ``cleaner/rules/rules.stored`` to a wheel; an editable install reads the packs themselves."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Parse and check the packs, and have the table included."""
        if version != "standard":
            return
        table = build_table(Path(self.root))
        path = Path(tempfile.mkdtemp()) / "rules.stored"
        path.write_bytes(table)
        build_data["force_include"][str(path)] = "cleaner/rules/rules.stored"


def build_table(root: Path) -> bytes:
    """The packs as one file.

    The package's own ``__init__`` is passed over: it needs libraries that a build does not have.
    """
    package = types.ModuleType("cleaner")
    package.__path__ = [str(root / "cleaner")]
    sys.modules["cleaner"] = package
    load = importlib.import_module("cleaner.rules.load")
    packs = load.read_packs(root / "cleaner" / "rules" / "packs")
    return bytes(importlib.import_module("cleaner.rules.stored").written(packs))
