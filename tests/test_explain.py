"""What explain shows of one rule, of several lines, and of characters that steer a terminal."""

import json
from pathlib import Path

import pytest

from .conftest import Command

PAGE = (
    "The bridge is closed.\n"
    "\n"
    "```\n"
    "- Advertisement -\n"
    "```\n"
    "\n"
    "Done, she said.\n"
    "\n"
    "- Advertisement -\n"
    "\n"
    "Subscribe to our newsletter\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return path


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("name", ["advertisement.label", "advertisement", "advertisement.*"])
def test_one_rule_and_nothing_else(command: Command, name: str) -> None:
    lines = command("explain", "page.txt", "--rule", name, "--kept").out.decode().splitlines()
    assert [line[:2] for line in lines] == [*["  "] * 3, "? ", *["  "] * 4, "- ", *["  "] * 2, "= "]
    assert lines[-1] == "= 1 cuts, 15.8 % of 114 characters; 1 claims kept"
    assert lines[3] == "? - Advertisement -   <- advertisement.label: kept: code"


@pytest.mark.usefixtures("page")
def test_one_rule_as_json(command: Command) -> None:
    out = command("explain", "page.txt", "--rule", "advertisement.label", "--json").out
    claims = json.loads(out)
    assert (claims["source"], claims["rule"]) == ("page.txt", "advertisement.label")
    assert [cut["line"] for cut in claims["cuts"]] == [9]
    assert [kept["guard"] for kept in claims["kept"]] == ["code"]


@pytest.mark.usefixtures("page")
def test_a_rule_that_is_not_there(command: Command) -> None:
    code, out, err = command("explain", "page.txt", "--rule", "advertisement.labl")
    assert (code, out) == (2, b"")
    assert (
        "advertisement.labl: no such rule or category; did you mean 'advertisement.label'?" in err
    )


PACK = """\
category = "related"
states = "Other pages."

[[rule]]
id = "related.box"
states = "A box of other pages stands in double brackets."
languages = ["en"]
scope = "block"
pattern = '\\[\\[box[^\\[\\]]{1,80}\\]\\]'
literals = ["[[box"]
confidence = 0.97
remove = ["[[box one]]"]
keep = ["The box was one."]
"""


def test_a_cut_over_several_lines_is_shown_once(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK)
    (tmp_path / "page.txt").write_text("The bridge is closed.\n[[box one\ntwo]]\nIt is so.\n")
    out = command("explain", "page.txt", "--rules", "own.toml", "--no-color").out.decode()
    lines = [line.partition("   <- ")[0] for line in out.splitlines()]
    assert lines[:-1] == ["  The bridge is closed.", "- [[box one", "- two]]", "  It is so."]


@pytest.mark.parametrize(
    ("char", "shown"),
    [("\x1b", "\\x1b"), ("\u2066", "\\u2066"), ("\U000e0041", "\\U000e0041"), ("\x9b", "\\x9b")],
)
@pytest.mark.parametrize("color", ["--color", "--no-color"])
def test_control_characters_inside_cuts_and_claims(
    command: Command, tmp_path: Path, char: str, shown: str, color: str
) -> None:
    text = f"The {char} is.\n\n- Advertisement -\n\nSubscribe to our newsletter {char}\n"
    (tmp_path / "page.txt").write_text(text, "utf-8")
    out = command("explain", "page.txt", "--kept", color).out.decode()
    assert out.count(shown) == 2
    assert char not in out.replace("\x1b[", "")


def test_marks_survive_no_color_and_a_pipe(process: Command, page: Path) -> None:
    ended = process("explain", stdin=page.read_bytes(), NO_COLOR="1")
    assert [line[:2] for line in ended.out.splitlines()].count(b"- ") == 2
    assert b"\x1b" not in ended.out
