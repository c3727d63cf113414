"""The sums of many reports, and their tables."""

import csv
import json
from pathlib import Path

import pytest

from cleaner.report.account import failure
from cleaner.report.stats import BINS, tallied
from cleaner.report.tables import HEADER, as_json

from .accounts import claim, report
from .conftest import Command

REPORTS = [
    report(
        "a",
        100,
        claim(0, 10, "social.share", 0.9),
        claim(10, 12, "whitespace.left-over", 1.0),
        claim(20, 30, "social.share", 0.95),
        claim(30, 58, "related.tail", 0.8),
    ),
    report("b\x1b[31m", 100, language="fr", covered=False),
    report("c", 200, kept=[claim(0, 10, "social.share", 0.9, guard="code")], language=""),
    report("d", 600, limit="too long", budget={"words": 9, "limit": 1, "exceeded": True}),
    failure("e", "no text"),
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in REPORTS))
    return tmp_path


def test_sums() -> None:
    sums = as_json(tallied(REPORTS))
    assert {
        key: sums[key] for key in ("documents", "failed", "limited", "exceeded", "touched")
    } == {
        "documents": 4,
        "failed": 1,
        "limited": 1,
        "exceeded": 1,
        "touched": 1,
    }
    assert (sums["before"], sums["after"], sums["cuts"], sums["kept"]) == (1000, 950, 3, 1)
    assert sums["rules"]["social.share"] == {
        "category": "social",
        "documents": 1,
        "cuts": 2,
        "characters": 20,
        "kept": 1,
        "confidence": [0.9, 0.95],
    }
    assert sums["categories"]["whitespace"] == {
        "documents": 1,
        "cuts": 0,
        "characters": 2,
        "kept": 0,
    }
    assert sums["languages"]["fr"]["covered"] == 0
    assert (sums["guards"], sums["limits"]) == ({"code": 1}, {"too long": 1})
    assert sums["most_cut"] == [{"source": "a", "share": 0.5}]


def test_histograms_count_each_once() -> None:
    tally = tallied(REPORTS)
    assert (tally.shares[0], tally.shares[10], sum(tally.shares)) == (3, 1, 4)
    # 0.8 and 0.9 end a twentieth, and count in it.
    bars = {at: count for at, count in enumerate(tally.confidences) if count}
    assert bars == {15: 1, 17: 1, 18: 1}
    whole = tallied([report("a", 10, claim(0, 10, "social.share", 1.0))])
    assert (whole.shares[BINS], whole.confidences[BINS - 1]) == (1, 1)


def test_only_the_largest_shares_are_kept() -> None:
    rows = [report(f"{n:02}", 100, claim(0, n, "social.share", 0.9)) for n in range(1, 40)]
    most = tallied(rows).most_cut()
    assert [source for _, source in most] == [f"{n:02}" for n in range(39, 29, -1)]


@pytest.mark.usefixtures("files")
def test_tables_on_a_terminal(command: Command) -> None:
    code, out, err = command("stats", "r.jsonl")
    text = out.decode()
    assert (code, err) == (0, "")
    assert text.startswith(
        "4 documents, 1 of them with cuts\n3 cuts, 5.0 % of 1,000 characters\n1 claim kept\n"
    )
    assert "1 failure\n" in text
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in text.splitlines()]
    assert ["social.share", "1", "2", "20", "2.0 %", "1"] in rows
    assert ["unknown", "1", "1", "0", "0.0 %", "1"] in rows
    assert ["too long", "1"] in rows


def test_what_a_scrape_is_called_does_not_steer_the_terminal(command: Command, files: Path) -> None:
    row = report("a\x1b[31m\u202e\n[bold]", 100, claim(0, 50, "social.share", 0.9))
    (files / "r.jsonl").write_text(json.dumps(row))
    out = command("stats", "r.jsonl").out
    assert b"\x1b" not in out
    assert rb"a\x1b[31m\u202e [bold]" in out


@pytest.mark.usefixtures("files")
def test_csv_is_one_table(command: Command) -> None:
    out = command("stats", "r.jsonl", "--csv").out.decode()
    rows = list(csv.DictReader(out.splitlines()))
    assert tuple(rows[0]) == HEADER
    by_name = {(row["table"], row["name"]): row for row in rows}
    assert by_name["all", "all"]["share"] == "0.05"
    assert by_name["rule", "related.tail"]["characters"] == "28"
    assert by_name["documents", "failed"]["documents"] == "1"
    assert by_name["guard", "code"]["kept"] == "1"
    assert by_name["most cut", "a"]["share"] == "0.5"


@pytest.mark.usefixtures("files")
def test_json(command: Command) -> None:
    out = command("stats", "r.jsonl", "--json").out
    assert json.loads(out) == json.loads(json.dumps(as_json(tallied(REPORTS))))


def test_names_that_are_no_text(command: Command, files: Path) -> None:
    row = report("a\udcff", 100, claim(0, 50, "social.share", 0.9))
    (files / "r.jsonl").write_text(json.dumps(row))
    for form in ("--csv", "--json"):
        code, out, _ = command("stats", "r.jsonl", form)
        assert (code, rb"a\udcff" in out) == (0, True)
    assert rb"a\udcff" in command("stats", "r.jsonl").out


@pytest.mark.usefixtures("files")
def test_an_output_that_takes_ascii_alone(process: Command, files: Path) -> None:
    row = report("ä", 100, claim(0, 50, "social.share", 0.9))
    rules = [report("b", 9, claim(0, 1, f"social.r{n}", 0.9)) for n in range(30)]
    (files / "r.jsonl").write_text("".join(json.dumps(r) + "\n" for r in [row, *rules]))
    ended = process("stats", "r.jsonl", PYTHONIOENCODING="ascii")
    assert (ended.code, ended.err) == (0, "")
    assert b"6 more: --csv" in ended.out
    assert rb"\xe4" in ended.out


def test_csv_does_not_steer_a_terminal(
    command: Command, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = report("a\x1b[31m\u202e", 100, claim(0, 50, "social.share", 0.9))
    (files / "r.jsonl").write_text(json.dumps(row))
    assert "a\x1b[31m\u202e," in command("stats", "r.jsonl", "--csv").out.decode()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = command("stats", "r.jsonl", "--csv").out
    assert rb"a\x1b[31m\u202e," in out
    assert b"\x1b" not in out


def test_no_reports(command: Command, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("\n")
    assert command("stats", "r.jsonl") == (2, b"", "cleaner: r.jsonl: holds no report\n")


def test_stdin(process: Command, files: Path) -> None:
    ended = process("stats", "-", "--json", stdin=(files / "r.jsonl").read_bytes())
    assert json.loads(ended.out)["documents"] == 4
