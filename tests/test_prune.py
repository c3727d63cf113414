"""What earlier runs left: outputs without a source, backups, texts of records that are gone."""

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import state
from cleaner.sources import json_line, jsonl

from .conftest import Command
from .test_batch import BODY, PAGE, body, made, page, row, rows, table, tree

pytestmark = pytest.mark.usefixtures("shared_cleaners")
TOLD = "cleaner: {} of sources that are gone: --prune deletes what an earlier run wrote\n"


@pytest.mark.parametrize("change", [(), ("--profile", "safe")])
def test_outputs_of_sources_that_are_gone(
    command: Command, tmp_path: Path, change: tuple[str, ...]
) -> None:
    names = ("a.txt", "x/b.txt", "x/y/c.txt", "d.txt")
    raw = made(tmp_path / "raw", {name: page(1) for name in names})
    args = ("clean", "raw", "-o", "out", "--summary", "s")
    command(*args)
    made(tmp_path / "out", {"mine.txt": b"mine", "d.txt": b"mine now"})
    for name in names[1:]:
        (raw / name).unlink()
    for _ in range(2):  # and the run that finds them does not forget them
        assert command(*args, *change) == (0, b"", TOLD.format("2 outputs"))
        assert set(tree(tmp_path / "out")) == {*names, "mine.txt"}
        assert (table(tmp_path / "s")["stale"], table(tmp_path / "s")["pruned"]) == (2, 0)
    assert command(*args, *change, "--prune") == (0, b"", "")
    assert tree(tmp_path / "out") == {"a.txt": body(1), "mine.txt": b"mine", "d.txt": b"mine now"}
    assert not (tmp_path / "out/x").exists()
    assert (table(tmp_path / "s")["stale"], table(tmp_path / "s")["pruned"]) == (0, 2)
    assert command(*args, *change, "--prune") == (0, b"", "")
    assert table(tmp_path / "s")["pruned"] == 0


def test_sources_of_another_run_are_not_gone(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, {"one/a.txt": page(1), "two/b.txt": page(2), "two/c.txt": page(3)})
    command("clean", "one", "-o", "out")
    monkeypatch.chdir(tmp_path / "two")  # where the paths of the first run lead nowhere
    for args in ((".", "-o", "../out"), (".", "-o", "../out", "--exclude", "b.txt")):
        assert command("clean", *args, "--prune") == (0, b"", "")
    assert list(tree(tmp_path / "out")) == ["a.txt", "b.txt", "c.txt"]


def test_the_output_of_a_source_that_fails_now_is_not_pruned(
    command: Command, tmp_path: Path
) -> None:
    raw = made(tmp_path / "raw", {"a.txt": PAGE, "b.txt": PAGE})
    command("clean", "raw", "-o", "out")
    (raw / "a.txt").write_bytes(b"%PDF-1.7\n")
    for _ in range(2):
        assert command("clean", "raw", "-o", "out", "--prune").code == 1
        assert tree(tmp_path / "out") == {"a.txt": BODY, "b.txt": BODY}


def test_folders_of_texts(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.jsonl": row(1) + row(2) + row(3), "b.jsonl": row(1)})
    args = ("clean", "raw", "-o", "out", "--to", "text")
    command(*args)
    assert len(tree(tmp_path / "out")) == 4
    made(tmp_path / "raw", {"a.jsonl": row(5) + b"no json\n"})
    (tmp_path / "raw/b.jsonl").unlink()
    assert command(*args, "--prune").code == 1
    assert tree(tmp_path / "out") == {"a/00000001.txt": body(5)}
    assert not (tmp_path / "out/b").exists()


def test_backups_are_no_sources(command: Command, tmp_path: Path) -> None:
    raw = made(tmp_path / "raw", {"a.txt": PAGE, "b.orig": PAGE})
    command("clean", "raw", "--in-place")
    assert "a.txt.orig" in tree(raw)
    assert command("clean", "raw", "-o", "out").code == 0
    assert tree(tmp_path / "out") == {"a.txt": BODY, "b.orig": BODY}
    assert command("clean", "raw", "-o", "out2", "--include", "*.orig").code == 0
    assert list(tree(tmp_path / "out2")) == ["a.txt.orig", "b.orig", "b.orig.orig"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_writes_the_report_it_is_asked_for(
    command: Command, tmp_path: Path, jobs: str
) -> None:
    made(tmp_path / "raw", {"a.txt": PAGE, "b.jsonl": row(1) + b"no\n", "c.txt": BODY})
    before = tree(tmp_path)
    code, out, err = command("clean", "raw", "--check", "--report", "r.jsonl", "-j", jobs)
    assert (code, out) == (1, b"")
    assert "cleaner: raw/a.txt: 1 piece of cruft" in err.splitlines()
    assert "raw/c.txt" not in err
    after = tree(tmp_path)
    reports = after.pop("r.jsonl")
    assert after == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    command("clean", "raw", "-o", "out", "--report", "r2.jsonl")
    assert (tmp_path / "r2.jsonl").read_bytes() == reports
    assert len(rows(tmp_path / "r.jsonl")) == 4


@pytest.mark.parametrize("args", [("--in-place",), ("-o", "out")])
def test_a_source_that_changes_while_it_is_read(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    raw = made(tmp_path / "raw", {"a.jsonl": row(1), "b.txt": PAGE})
    parse = json_line.parse_line

    def changing(data: bytes, field: str) -> Any:
        (raw / "a.jsonl").write_bytes(row(1) + row(2))
        return parse(data, field)

    monkeypatch.setattr(jsonl, "parse_line", changing)
    code, _, err = command("clean", "raw", *args, "-j", "1")
    message = "cleaner: raw/a.jsonl: changed while it was read: leave it alone and run again\n"
    assert (code, err) == (1, message)
    assert tree(raw)["a.jsonl"] == row(1) + row(2)
    assert "a.jsonl.orig" not in tree(raw)
    assert "a.jsonl" not in tree(tmp_path / "out")


def test_a_part_that_a_loss_of_power_has_cut_is_made_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "raw", {"a.jsonl": row(1) + row(2)})
    add = state.State.add

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(state.State, "add", interrupted)
    assert command("clean", "raw", "-o", "out").code == 130
    monkeypatch.setattr(state.State, "add", add)
    (part,) = (tmp_path / "out/.cleaner/parts").rglob("00000000")
    part.write_bytes(part.read_bytes()[:9])
    (tmp_path / "out/a.jsonl").unlink(missing_ok=True)
    assert command("clean", "raw", "-o", "out").code == 0
    lines = (tmp_path / "out/a.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["text"].encode() for line in lines] == [body(1), body(2)]


@pytest.mark.parametrize("kind", ["several", "one"])
def test_quiet_tells_of_failures_alone(command: Command, tmp_path: Path, kind: str) -> None:
    made(tmp_path / "raw", {"a.jsonl": b"no\n" + row(1), "b.txt": PAGE})
    source = "raw" if kind == "several" else "raw/a.jsonl"
    code, _, err = command("clean", source, "-o", "out", "-q")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("cleaner: raw/a.jsonl:1: ")
    made(tmp_path / "raw", {"a.jsonl": row(1)})
    source = "raw" if kind == "several" else "raw/b.txt"
    assert command("clean", source, "--check", "-q") == (1, b"", "")
