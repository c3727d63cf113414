"""What explain shows of one rule, of several lines, and of characters that steer a terminal."""

import gzip
import json
from pathlib import Path

import pytest

from cleaner.report.shown import shown

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
    assert lines[-1] == "= 1 cut, 15.8 % of 114 characters; 1 claim kept"
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


INLINE = (
    PACK.replace('"block"', '"inline"')
    .replace("[[box one]]", "The ⟦[[box one]]⟧ is here.")
    .replace("{1,80}", "{1,20}")
)


def test_touching_cuts_for_one_reason_are_shown_as_one(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(INLINE)
    (tmp_path / "page.txt").write_text("The bridge [[box one]][[box two]] is [[box 3]] closed.\n")
    out = command("explain", "page.txt", "--rules", "own.toml", "--no-color").out.decode()
    line, *notes = out.splitlines()[0].split("   <- ")
    assert line == "  The bridge [-[[box one]][[box two]]-] is [-[[box 3]]-] closed."
    assert notes == ["related.box: A box of other pages stands in double brackets."] * 2


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


LINES = (
    '{"body": "The bridge is closed.\\n\\n- Advertisement -\\n", "url": "x"}\n'
    "\n"
    "nonsense\n"
    '{"body": "Subscribe to our newsletter\\n\\nHello \\u202e there.\\n"}\n'
)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "p.jsonl"
    path.write_text(LINES)
    return path


@pytest.mark.usefixtures("lines")
def test_a_document_is_chosen_by_its_line(command: Command) -> None:
    args = ("explain", "p.jsonl", "--text-field", "body")
    rows = command(*args, "--document", "4").out.decode().splitlines()
    assert rows[0].startswith("- Subscribe to our newsletter   <- newsletter.subscribe: ")
    assert rows[2:] == ["  Hello \\u202e there.", "= 1 cut, 65.9 % of 44 characters"]


@pytest.mark.usefixtures("lines")
def test_all_documents_and_those_that_are_none(command: Command) -> None:
    code, out, err = command("explain", "p.jsonl", "--text-field", "body", "--document", "all")
    heads = [line for line in out.decode().splitlines() if line.startswith("== ")]
    assert (code, heads) == (1, ["== p.jsonl:1", "== p.jsonl:4"])
    assert err == "cleaner: p.jsonl:3: not a JSON object: no '{' at column 1\n"


def test_documents_of_stdin_as_json(process: Command, lines: Path) -> None:
    args = ("--format", "jsonl", "--text-field", "body", "--document", "all", "--json")
    ended = process("explain", *args, stdin=lines.read_bytes())
    reports = [json.loads(line) for line in ended.out.splitlines()]
    assert [report["source"] for report in reports] == ["stdin:1", "stdin:4"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ("p.jsonl", "--document", "1"),
            "p.jsonl:1: no field 'text'; say --text-field: the line has",
        ),
        (("p.jsonl",), "p.jsonl: holds more than one document: choose one by its number, such as"),
        (("p.jsonl", "--document", "9"), "p.jsonl: holds 4 documents, and none has number 9"),
        (("p.jsonl", "--document", "2"), "p.jsonl:2: an empty line"),
        (("p.jsonl", "--document", "0"), "'0' is neither a number from 1 nor 'all'"),
        (("p.jsonl", "--encoding", "cp1252"), "goes with text: JSON lines are UTF-8"),
        (("folder",), "folder: is a directory: name one file of it"),
        (("short.txt.gz",), "short.txt.gz: the gzip data break off at byte 20"),
        (("x.txt",), "x.txt: seems to be a PDF file, not text"),
        (("x.json",), "x.json: seems to be JSON lines: say --format jsonl"),
        (("empty.jsonl",), "empty.jsonl: holds no document"),
        (("no\x1b[31m\u202e",), "no\\x1b[31m\\u202e: cannot be read: No such file or directory"),
    ],
)
def test_what_explain_refuses(
    command: Command, lines: Path, args: tuple[str, ...], message: str
) -> None:
    folder = lines.parent
    (folder / "folder").mkdir()
    (folder / "short.txt.gz").write_bytes(gzip.compress(b"The bridge is closed.\n")[:20])
    (folder / "x.txt").write_bytes(b"%PDF-1.7\n")
    (folder / "x.json").write_text('{"text": "a"}\n')
    (folder / "empty.jsonl").write_text("\n")
    code, out, err = command("explain", *args)
    assert (code, out) == (2, b"")
    assert message in err


@pytest.mark.usefixtures("lines")
def test_a_name_in_a_usage_error_does_not_steer_the_terminal(command: Command) -> None:
    err = command("explain", "--no\x1b[31m\u202esuch").err
    assert "No such option" in err
    assert "--no\\x1b[31m\\u202esuch" in err
    assert "\x1b" not in err


def test_joiners_between_letters_are_left_alone() -> None:
    assert shown("می\u200cشود \u200b\U0001f469\u200d\U0001f33e") == (
        "می\u200cشود \\u200b\U0001f469\u200d\U0001f33e"
    )
