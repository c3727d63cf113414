"""What the documentation shows is what the program takes."""

import re
import tomllib
from pathlib import Path

from cleaner import CATEGORIES
from cleaner.rules.schema import HEAD, KEYS
from cleaner.rules.spec import OPENS

from .conftest import Command

RULES = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")


def test_the_pack_of_the_documentation_passes(command: Command, tmp_path: Path) -> None:
    packs: list[str] = re.findall(r"```toml\n(.*?)```", RULES, re.DOTALL)
    assert len(packs) == 1
    scopes = {rule["scope"] for rule in tomllib.loads(packs[0])["rule"]}
    assert scopes == {"line", "inline", "block"}
    (tmp_path / "my.toml").write_text(packs[0], encoding="utf-8")
    code, _, err = command("rules", "check", "my.toml")
    assert (code, err) == (0, "my.toml: 4 rules, 5 phrases\n")


def test_every_category_key_and_section_is_documented() -> None:
    named = set(re.findall(r"`([^`\n]+)`", RULES))
    assert {*CATEGORIES, *OPENS, *KEYS, *HEAD} - {"rule"} <= named
