"""The README's example is what the program does."""

import re
from pathlib import Path

from click.testing import CliRunner

from cleaner.cli.main import cli

ROOT = Path(__file__).parent.parent
SCRAPE = ROOT / "fixtures" / "readme-example" / "raw.txt"
BLOCKS = re.findall(
    r"```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_explain_as_shown() -> None:
    result = CliRunner().invoke(cli, ["explain", str(SCRAPE)])
    assert result.output == BLOCKS[0]


def test_clean_as_shown() -> None:
    result = CliRunner().invoke(cli, ["clean", str(SCRAPE)])
    assert result.output == BLOCKS[1]


def test_python_as_shown() -> None:
    code = re.search(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert code is not None
    names: dict[str, object] = {}
    exec(code.group(1), names)
    assert names["texts"] == ["…", "…"]
