"""What two runs cut otherwise: what counts, how it is ranked, and the gate."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from cleaner.report.diff import NEWLY_CUT, NEWLY_KEPT, changes, compared, paired
from cleaner.report.stream import Report

from .accounts import claim, report
from .conftest import Command

PROSE = "The council of Upper Tarn agreed on Monday evening to close the old bridge."


def cut(start: int, text: str, rule: str = "social.share", sure: float = 0.9) -> dict[str, Any]:
    return claim(start, start + len(text), rule, sure, text=text)


def found(old: Report, new: Report) -> list[tuple[str, int, str]]:
    return sorted((change.kind, change.start, change.text) for change in changes(old, new))


def test_the_same_cuts_are_no_change_whatever_rule_made_them() -> None:
    old = report("a", 100, cut(10, "Share this"))
    assert found(old, report("a", 100, cut(10, "Share this", "related.tail", 0.8))) == []
    split = report("a", 100, cut(10, "Share"), cut(15, " this"))
    assert found(old, split) == found(split, old) == []


def test_only_what_differs_of_a_cut_is_a_change() -> None:
    old = report("a", 100, cut(10, "Share this\npage"))
    new = report("a", 100, cut(16, "this"), cut(40, "Follow us"))
    assert found(old, new) == [
        (NEWLY_CUT, 40, "Follow us"),
        (NEWLY_KEPT, 10, "Share "),
        (NEWLY_KEPT, 20, "\npage"),
    ]
    line = next(change.line for change in changes(old, new) if change.start == 20)
    assert line == 1


def test_white_space_is_no_change() -> None:
    space = {**cut(10, "\n\n"), "category": "whitespace"}
    old = report("a", 100, cut(12, "Share"))
    assert found(old, report("a", 100, space, cut(12, "Share"), cut(17, " \n"))) == []


def test_what_is_newly_kept_names_its_guard() -> None:
    old = report("a", 100, cut(10, "Share this"))
    kept = claim(10, 20, "social.share", 0.9, guard="code")
    assert [change.guard for change in changes(old, report("a", 100, kept=[kept]))] == ["code"]


def test_the_riskiest_come_first() -> None:
    new = report(
        "a",
        1000,
        cut(0, "Share this"),
        cut(20, "Follow", sure=0.8),
        cut(100, PROSE, sure=0.99),
        cut(300, f"{PROSE} {PROSE}", sure=0.99),
    )
    old = report("a", 1000, cut(500, PROSE))
    difference = compared([(old, new)], 4)
    assert [(change.start, change.words) for change in difference.changes] == [
        (300, 28),
        (100, 14),
        (20, 0),
        (0, 0),
    ]
    assert dict(difference.kinds) == {NEWLY_CUT: 4, NEWLY_KEPT: 1}


def test_pairs_in_any_order() -> None:
    old = [report(str(n), n) for n in range(50)]
    new = [report(str(n), n) for n in range(10, 60)]
    random.Random(1).shuffle(new)
    pairs = list(paired(iter(old), iter(new)))
    both = [(a["source"], b["source"]) for a, b in pairs if a and b]
    assert sorted(both) == sorted((str(n), str(n)) for n in range(10, 50))
    assert sum(b is None for _, b in pairs) == sum(a is None for a, _ in pairs) == 10


def test_documents_that_cannot_be_compared() -> None:
    other = report("a", 101)
    failed = {"schema_version": 1, "source": "b", "error": "no text"}
    pairs = [(report("a", 100), other), (report("b", 1), failed), (None, other), (other, None)]
    difference = compared(pairs, 9)
    assert (difference.documents, difference.other) == (0, 2)
    assert (difference.only_old, difference.only_new) == (1, 1)


# --- the command ---


@pytest.fixture
def files(tmp_path: Path) -> Path:
    old = report("a\x1b", 900, cut(0, "Share this"), cut(50, "Follow us"))
    new = report("a\x1b", 900, cut(0, "Share this"), cut(100, f"{PROSE}\u202e", sure=0.8))
    for name, row in (("old.jsonl", old), ("new.jsonl", new)):
        (tmp_path / name).write_text(json.dumps(row) + "\n")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_diff_on_a_terminal(command: Command) -> None:
    code, out, err = command("diff", "old.jsonl", "new.jsonl")
    assert (code, err) == (0, "")
    assert out.decode().splitlines() == [
        "a\\x1b:1: newly cut",
        f"- {PROSE}\\u202e",
        "   <- social.share 0.8: A reason.",
        "a\\x1b:1: newly kept",
        "+ Follow us",
        "   <- social.share 0.9: A reason.",
        "= 1 newly cut, 1 newly kept, in 1 of 1 document",
    ]
    assert command("diff", "old.jsonl", "new.jsonl", "--most", "0").out.decode() == (
        "= 1 newly cut, 1 newly kept, in 1 of 1 document; 2 changes not shown (--most)\n"
    )


def test_a_document_that_failed_is_left_out_and_named_so(command: Command, files: Path) -> None:
    failed = {"schema_version": 1, "source": "b", "error": "no text"}
    (files / "old.jsonl").write_text(json.dumps(failed) + "\n")
    assert command("diff", "old.jsonl", "old.jsonl").out == (
        b"= 0 newly cut, 0 newly kept, in 0 of 0 documents; "
        b"1 document left out: another text, or a failure\n"
    )


def test_runs_over_other_scrapes(command: Command, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("The bridge is closed.\n")
        command("clean", f"{name}.txt", "-o", "body.txt", "--report", f"{name}.json")
    code, _, err = command("diff", "a.json", "b.json")
    assert (code, err) == (
        0,
        "cleaner: no document stands in both: name two runs over the same scrapes\n",
    )


@pytest.mark.usefixtures("files")
def test_diff_as_json(command: Command) -> None:
    rows = json.loads(command("diff", "old.jsonl", "new.jsonl", "--json").out)
    assert (rows["documents"], rows["newly-cut"], rows["newly-kept"]) == (1, 1, 1)
    assert rows["rules"] == {"social.share": {"newly-cut": 1, "newly-kept": 1}}
    assert [change["kind"] for change in rows["changes"]] == ["newly-cut", "newly-kept"]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("gates", "code"),
    [
        (["newly-cut=0"], 1),
        (["newly-cut=1"], 0),
        (["newly-cut=1", "newly-kept=0"], 1),
        (["newly-cut"], 2),
        (["newly-cut=-1"], 2),
        (["cut=1"], 2),
    ],
)
def test_the_gate(command: Command, gates: list[str], code: int) -> None:
    args = [arg for gate in gates for arg in ("--fail-on", gate)]
    assert command("diff", "old.jsonl", "new.jsonl", *args).code == code


@pytest.mark.usefixtures("files")
def test_a_gate_needs_something_to_judge(command: Command, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    code, _, err = command("diff", "old.jsonl", "none.jsonl", "--fail-on", "newly-cut=0")
    assert (code, "no document was compared" in err) == (2, True)
    assert command("diff", "old.jsonl", "none.jsonl").code == 0


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("paths", [("old.jsonl",), ("old.jsonl",) * 3, ("-", "-")])
def test_diff_takes_two(command: Command, paths: tuple[str, ...]) -> None:
    code, _, err = command("diff", *paths)
    assert (code, "name two files of reports" in err) == (2, True)


PACK = """\
category = "related"
states = "The Tarn Herald's other pages."

[[rule]]
id = "related.tarn"
states = "The Tarn Herald announces its other pages."
languages = ["en"]
scope = "line"
phrases = ["{phrase}"]
confidence = 0.97
remove = ["{phrase}"]
keep = ["It was so."]
"""


def test_two_rule_sets(command: Command, tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(PACK.format(phrase="more of the tarn herald"))
    (tmp_path / "new.toml").write_text(PACK.format(phrase="the tarn herald shop"))
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(
        "The weir is low.\n\nMore of the Tarn Herald\n\nThe Tarn Herald shop\n"
    )
    (pages / "b.txt").write_text("The weir is low.\n\n- Advertisement -\n")
    rules = ("diff", "--rules", "old.toml", "new.toml", "pages", "--json")
    rows = json.loads(command(*rules).out)
    assert rows["documents"] == 2
    assert [(change["kind"], change["line"]) for change in rows["changes"]] == [
        ("newly-cut", 5),
        ("newly-kept", 3),
    ]
    (pages / "c.txt").write_bytes(b"%PDF-1.7\n")
    code, out, err = command("diff", "--rules", "-", "new.toml", "pages", "--json")
    none = json.loads(out)
    assert (none["newly-cut"], none["newly-kept"]) == (1, 0)
    # What could not be compared is no clean bill.
    assert (code, err) == (1, "cleaner: pages/c.txt: seems to be a PDF file, not text\n")
