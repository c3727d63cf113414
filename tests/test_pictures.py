"""The pictures of the documentation show what the commands print."""

import re
from html import unescape
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 200_000


def script() -> ModuleType:
    spec = util.spec_from_file_location("pictures", ROOT / "scripts" / "pictures.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(svg: str) -> list[str]:
    """The texts of a picture; how it is laid out differs between versions of rich."""
    return [unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", svg)]


def test_pictures_of_a_terminal_have_not_drifted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # with the rules of all languages, as the script draws them
    for name, svg in script().terminals(tmp_path).items():
        shown = (PICTURES / name).read_text("utf-8")
        assert len(words(svg)) > 25
        assert words(shown) == words(svg), f"{name} has drifted: python scripts/pictures.py"


def test_every_picture_is_shown_and_of_modest_size() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {
        (page.parent / path).resolve()
        for page in pages
        for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    there = {path.resolve() for path in PICTURES.iterdir()}
    assert there <= shown
    assert {path for path in shown if not path.exists()} == set()
    assert [path.name for path in there if path.stat().st_size > MOST_BYTES] == []
