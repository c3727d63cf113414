"""The review sheet: what is asked, what is kept of the answers, and what is measured of them."""

import json
import tomllib
from math import sqrt
from pathlib import Path

import pytest

from cleaner.errors import InputError
from cleaner.report.review import (
    CUT,
    KEEP,
    Key,
    Rate,
    key_of,
    loaded,
    rates,
    saved,
    settings,
    sheet,
    wilson,
)
from cleaner.report.sample import Claim

from .accounts import claim, report
from .conftest import Command


def claims(rule: str, number: int) -> list[Claim]:
    row = report("a", 900)
    return [Claim(row, claim(at, at + 1, rule, 0.9)) for at in range(number)]


def key(at: int, rule: str) -> Key:
    return Key("0" * 64, at, at + 1, rule)


@pytest.mark.parametrize(
    ("false", "reviewed", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (3, 100, 0.0103, 0.0845),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(false: int, reviewed: int, low: float, high: float) -> None:
    ends = wilson(false, reviewed)
    assert ends == pytest.approx((low, high), abs=5e-5)
    # What defines them: a true rate at either end is 1.96 standard errors from what was measured.
    for rate in (end for end in ends if reviewed and 0 < end < 1):
        error = sqrt(rate * (1 - rate) / reviewed)
        assert abs(false / reviewed - rate) == pytest.approx(1.96 * error)


def test_rules_take_turns_on_the_sheet() -> None:
    cuts = {"a.x": claims("a.x", 9), "b.y": claims("b.y", 2), "c.z": claims("c.z", 1)}
    rows = sheet(cuts, ["b.y", "a.x", "c.z", "d.none"], 5)
    assert [row.entry["rule"] for row in rows] == ["b.y", "b.y", "a.x", "a.x", "c.z"]
    assert len(sheet(cuts, ["b.y", "a.x", "c.z"], 99)) == 12
    assert [row.entry["rule"] for row in sheet(cuts, ["b.y", "a.x", "c.z"], 2)] == ["b.y", "a.x"]
    assert sheet({}, [], 5) == []


def test_a_text_in_two_documents_is_asked_for_once() -> None:
    first, second = report("a", 900), report("b", 900)
    cuts = [Claim(row, claim(1, 9, "a.x", 0.9)) for row in (first, second)]
    assert len(sheet({"a.x": cuts}, ["a.x"], 9)) == 1


def test_rates() -> None:
    answers = {key(at, "a.x"): KEEP if at < 2 else CUT for at in range(8)}
    answers[key(0, "b.y")] = CUT
    assert rates(answers) == [
        Rate("a.x", 8, 2, 0.25, *wilson(2, 8)),
        Rate("b.y", 1, 0, 0.0, *wilson(0, 1)),
    ]


def test_answers_come_back_as_they_were_saved() -> None:
    answers = {key_of(row): CUT for row in claims("a.x", 3)} | {key(5, "b.y"): KEEP}
    assert loaded(saved(answers), "x") == answers


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"review_version": 2, "answers": []}',
        b'{"review_version": 1, "answers": [{"answer": "cut"}]}',
        b'{"review_version": 1, "answers": [{"answer": "cut", "sha256": "", "start": 1e400}]}',
        b'{"review_version": 1, "answers": [{"answer": "no", "sha256": "", "start": 1, "end": 2}]}',
    ],
)
def test_what_holds_no_answers(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.json: holds no answers of cleaner review: "):
        loaded(data, "a.json")


def test_settings_are_toml_and_hold_what_is_above() -> None:
    found = [Rate("a.x", 8, 2, 0.25, 0, 1), Rate("b.y", 20, 1, 0.05, 0, 1)]
    assert tomllib.loads(settings(found, 0.05)) == {"disable": ["a.x"]}
    assert tomllib.loads(settings(found, 0.25)) == {"disable": []}


# --- the command ---

PAGES = {
    "a.txt": "The bridge is closed.\n\n- Advertisement -\n\nIt is \x1b[31m so.\n",
    "b.txt": "The weir is low.\n\nAdvertisement\n\nSubscribe to our newsletter\n",
}


@pytest.fixture
def folder(process: Command, tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "raw" / name).write_text(text)
    assert process("clean", "raw", "-o", "out", "--report", "r.jsonl", "--quiet").code == 0
    return tmp_path


def test_review(process: Command, folder: Path) -> None:
    ended = process("review", "r.jsonl", "--raw", "raw", stdin=b"c\n?\n\nk\nc\n")
    assert ended.code == 0
    assert ended.err.startswith("cleaner: 3 of 3 cuts to look at; the answers go to review.json\n")
    assert "\n  The bridge is closed.\n- - Advertisement -\n  It is \\x1b[31m so.\n" in ended.err
    assert "\x1b" not in ended.err
    assert ended.err.count("s skip") == 5
    assert ended.out.decode().splitlines() == [
        "! advertisement.label      1 of    2 false   50.0 %  (9.5 to 90.5 %)",
        "  newsletter.subscribe     0 of    1 false    0.0 %  (0.0 to 79.3 %)",
        "= 1 of 2 rules above 5 %",
    ]
    answers = json.loads((folder / "review.json").read_text())["answers"]
    assert sorted(row["answer"] for row in answers) == ["cut", "cut", "keep"]


def test_a_review_goes_on_where_it_was(process: Command, folder: Path) -> None:
    first = process("review", "r.jsonl", "--answers", "mine.json", stdin=b"k\nb\nq\n")
    assert "(keep so far) c rightly cut" in first.err
    assert "1 of    1 false" in first.out.decode()
    second = process("review", "r.jsonl", "--answers", "mine.json", stdin=b"s\nb\nc\n")
    assert second.err.startswith("cleaner: 2 of 3 cuts to look at")
    assert "1 of    2 false" in second.out.decode()
    assert len(loaded((folder / "mine.json").read_bytes(), "")) == 2


def test_the_rates_alone_and_the_settings_that_follow(process: Command, folder: Path) -> None:
    process("review", "r.jsonl", stdin=b"k\nk\nc\n")
    only = process("review", "r.jsonl", "--sample", "0", "--json", "--settings", "cleaner.toml")
    found = json.loads(only.out)
    assert (only.code, only.err) == (0, "")
    assert found["advertisement.label"]["rate"] == 1.0
    # The settings are what the next run takes.
    assert process("clean", "raw/a.txt").out == (folder / "raw" / "a.txt").read_bytes()
    assert b"Subscribe" not in process("clean", "raw/b.txt").out
    again = process("review", "r.jsonl", "--sample", "0", "--settings", "cleaner.toml")
    assert (again.code, again.out) == (2, b"")
    assert "cleaner.toml: is there already" in again.err


def test_one_rule_to_review(process: Command, folder: Path) -> None:
    ended = process("review", "r.jsonl", "--rule", "newsletter.subscribe", stdin=b"c\n")
    assert "1 of 1 cut to look at" in ended.err
    ended = process("review", "r.jsonl", "--rule", "newsletter.x")
    assert (ended.code, ended.err) == (2, "cleaner: newsletter.x: no such rule in r.jsonl\n")
    assert (folder / "r.jsonl").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("-",), "REPORTS must be files: the answers come from stdin"),
        (("r.jsonl", "--answers", "r.jsonl"), "are the same file r.jsonl"),
        (("r.jsonl", "--threshold", "5"), "5.0 is not in the range 0<=x<=1"),
        (("r.jsonl", "--answers", "page.txt"), "page.txt: holds no answers of cleaner review"),
    ],
)
def test_what_review_refuses(
    command: Command, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    (tmp_path / "r.jsonl").write_text(json.dumps(report("a", 1)))
    (tmp_path / "page.txt").write_text("The bridge is closed.\n")
    code, out, err = command("review", *args)
    assert (code, out) == (2, b"")
    assert message in err
