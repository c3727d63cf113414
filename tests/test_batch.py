"""Many files in one run: the tree, the reports, resume, failures, and what is refused."""

import gzip
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner import api
from cleaner.batch import placing, pool, state, work
from cleaner.cli import batch, progress
from cleaner.sources._types import Options

from .conftest import Command, Ended

pytestmark = pytest.mark.usefixtures("shared_cleaners")

PAGE = b"The bridge is closed.\n\n- Advertisement -\n\nWork starts in March.\n"
BODY = b"The bridge is closed.\n\nWork starts in March.\n"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LIMIT = "cleaner.pipeline._MOST_CHARS"
Tree = dict[str, bytes]


def page(number: int) -> bytes:
    return b"Page %d. " % number + PAGE


def body(number: int) -> bytes:
    return b"Page %d. " % number + BODY


def row(number: int, **others: Any) -> bytes:
    return json.dumps({"id": number, "text": page(number).decode(), **others}).encode() + b"\n"


def made(folder: Path, files: Tree) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def tree(folder: Path) -> Tree:
    """All files of a folder, without what a run remembers."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].endswith(".cleaner")
    }


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def table(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_bytes())
    return values


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of texts and JSON lines."""
    texts = {f"{i % 3}/{i}.txt": page(i) for i in range(9)}
    others = {
        "utf-16.txt": PAGE.decode().encode("utf-16"),
        "empty.md": b"",
        "clean.txt": BODY,
        "0/packed.txt.gz": gzip.compress(page(70)) + gzip.compress(page(71)),
        "lines.jsonl": b"".join(map(row, range(25))),
        "1/lines.ndjson.gz": gzip.compress(b"".join(map(row, range(30, 42)))),
    }
    return made(tmp_path / "raw", {**texts, **others})


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "Reading", partial(Options, piece_bytes=300))


# --- what comes out ---


def test_the_tree_comes_again_each_file_clean(command: Command, tmp_path: Path, raw: Path) -> None:
    before = tree(raw)
    assert command("clean", "raw", "-o", "out", "--report", "r.jsonl") == (0, b"", "")
    after = tree(tmp_path / "out")
    assert list(after) == list(before)
    assert tree(raw) == before
    for name, data in before.items():
        if name.endswith(".gz"):
            data, clean = gzip.decompress(data), gzip.decompress(after[name])
        else:
            clean = after[name]
        if "lines" in name:
            texts = [json.loads(line)["text"].encode() for line in data.splitlines()]
            bodies = [json.loads(line)["text"].encode() for line in clean.splitlines()]
            assert bodies == [cleaner.clean(text).data for text in texts]
            assert bodies != texts
        else:
            assert clean == cleaner.clean(data).data
    reports = rows(tmp_path / "r.jsonl")
    sources = list(dict.fromkeys(report["source"].partition(":")[0] for report in reports))
    assert sources == [
        f"raw/{name}" for name in sorted(before, key=lambda name: name.split(os.sep))
    ]
    assert len(reports) == len(before) - 2 + 25 + 12


@pytest.mark.usefixtures("small_pieces")
def test_workers_change_nothing(command: Command, tmp_path: Path, raw: Path) -> None:
    made(raw, {"bad.jsonl": b"no\n" * 40 + row(1) + b'{"text": 1}\n' * 40, "x.txt": PDF})
    outcomes = []
    for jobs in "123":
        names = [f"{kind}{jobs}" for kind in ("out", "r", "f")]
        code, _, err = command(
            *("clean", "raw", "-j", jobs, "-o", names[0]),
            *("--report", names[1], "--failures", names[2]),
        )
        accounts = [(tmp_path / name).read_bytes() for name in names[1:]]
        outcomes.append((code, err, tree(tmp_path / names[0]), accounts))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0][0] == 1
    assert b"raw/x.txt" in outcomes[0][3][0]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_jsonl_in_pieces_is_as_in_one(command: Command, tmp_path: Path, jobs: str) -> None:
    lines = b"".join(map(row, range(60)))
    bad = b'\n{"a": 1}\nno json\n\xff{}\n\r\n{"text": "a\\u00e9\\n\\nAdvertisement", "n": 1.0e5}'
    made(tmp_path, {"pages.jsonl": lines + bad})
    assert command("clean", "pages.jsonl", "-o", "one.jsonl", "--report", "one").code == 1
    code, _, err = command("clean", "pages.jsonl", "-j", jobs, "-o", "two.jsonl", "--report", "two")
    assert code == 1
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert (tmp_path / "two").read_bytes() == (tmp_path / "one").read_bytes()
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        f"pages.jsonl:{number}" for number in (62, 63, 64)
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("one", "one.jsonl", "pages.jsonl", "two", "two.jsonl"),
    ]


@pytest.mark.usefixtures("small_pieces")
def test_packed_lines_come_out_packed(command: Command, tmp_path: Path) -> None:
    lines = b"".join(map(row, range(30)))
    made(tmp_path, {"a.jsonl": lines, "a.jsonl.gz": gzip.compress(lines)})
    command("clean", "a.jsonl", "-o", "out.jsonl")
    assert command("clean", "a.jsonl.gz", "-o", "out.jsonl.gz").code == 0
    clean = (tmp_path / "out.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == clean


def test_zstandard_comes_out_as_zstandard(command: Command, tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    packed = zstandard.ZstdCompressor().compress
    made(tmp_path / "raw", {"a.txt.zst": packed(page(1)), "b.jsonl.zst": packed(row(2) + row(3))})
    assert command("clean", "raw", "-o", "out").code == 0
    after = {
        name: zstandard.ZstdDecompressor().decompressobj().decompress(data)
        for name, data in tree(tmp_path / "out").items()
    }
    assert after["a.txt.zst"] == body(1)
    assert [json.loads(line)["id"] for line in after["b.jsonl.zst"].splitlines()] == [2, 3]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
@pytest.mark.parametrize("data", [b"", gzip.compress(b"", mtime=0)])
def test_packed_nothing(command: Command, tmp_path: Path, name: str, data: bytes) -> None:
    made(tmp_path / "raw", {name: data})
    assert command("clean", "raw", "-o", "out") == (0, b"", "")
    subprocess.run(["gzip", "-t", str(tmp_path / "out" / name)], check=True, timeout=60)


@pytest.mark.parametrize(
    ("args", "extra"),
    [
        (("lines.jsonl", "-o", "out.jsonl.zst"), "zstd"),
        (("packed", "-o", "out"), "zstd"),
        (("table.parquet", "-o", "out.parquet"), "parquet"),
        (("lines.jsonl", "-o", "out.parquet"), "parquet"),
    ],
)
def test_without_an_extra_that_all_need_nothing_is_written(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    extra: str,
) -> None:
    for module in ("zstandard", "compression", "compression.zstd", "pyarrow"):
        monkeypatch.setitem(sys.modules, module, None)
    packed = b"\x28\xb5\x2f\xfd\x04\x00"
    tables = {"lines.jsonl": row(1), "table.parquet": b"PAR1\x15", "packed/a.jsonl.zst": packed}
    made(tmp_path, tables)
    before = tree(tmp_path)
    code, _, err = command("clean", *args)
    assert (code, err.count("\n")) == (2, 1)
    assert f"pip install 'article-cleaner[{extra}]'" in err
    assert tree(tmp_path) == before
    if args[0] == "packed":  # one that can be read is reason enough to begin
        made(tmp_path, {"packed/b.jsonl": row(2)})
        assert command("clean", *args).code == 1
        assert list(tree(tmp_path / "out")) == ["b.jsonl"]


def test_nothing_to_do(command: Command, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    args = ("clean", "raw", "-o", "out", "--report", "r", "--summary", "s", "--failures", "f")
    assert command(*args) == (0, b"", "cleaner: raw: nothing to read: no file is there\n")
    made(tmp_path / "raw", {"a.txt": PAGE, "b.md": PAGE})
    globs = ("--include", "*.markdown", "--exclude", "b*")
    left = "--include *.markdown, --exclude b*"
    told = f"cleaner: raw: nothing to read: no file is left by {left}\n"
    assert command(*args, *globs) == (0, b"", told)
    assert command(*args, *globs, "--quiet") == (0, b"", "")
    assert ((tmp_path / "r").read_bytes(), (tmp_path / "f").read_bytes()) == (b"", b"")
    assert table(tmp_path / "s")["documents"] == 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("-o", "out"), "interrupted: run it again, and it goes on where it was\n"),
        (("-o", "out", "--force"), "interrupted: run it again without --force, and it goes on"),
        (("--check",), "interrupted\n"),
    ],
)
def test_an_interrupted_run_says_that_the_next_goes_on(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    told: str,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    made(tmp_path / "raw", {"a.txt": PAGE})
    monkeypatch.setattr("cleaner.cli.batch.run", interrupted)
    code, _, err = command("clean", "raw", *args)
    assert code == 130
    assert err.strip().startswith(f"cleaner: {told}".strip())


def test_white_space_is_counted_as_characters_alone(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.txt": b"The bridge is closed.  \n\n\n\nAdvertisement\n"})
    err = command("clean", "raw", "-o", "out", "-v").err
    lines = [line.replace("┃", "│").strip("│ ").split("│") for line in err.split("\n")]
    counts = {cells[0].strip(): cells[1].strip() for cells in lines if len(cells) > 2}
    white = {name: cuts for name, cuts in counts.items() if name.startswith("whitespace")}
    assert len(white) > 1
    assert set(white.values()) == {""}
    assert counts["advertisement.label"] == "1"


def test_include_exclude_and_hidden_files(command: Command, tmp_path: Path) -> None:
    names = ("a.txt", "b.md", "x/a.txt", "x/c.txt", "x/.d.txt", ".y/e.txt", "x/f[1].txt")
    raw = made(tmp_path / "raw", dict.fromkeys(names, PAGE))
    (raw / "x" / "gone.html").symlink_to("nowhere")
    args = ("clean", "raw", "--include", "*.txt", "--exclude", "x/a*", "--exclude", "c.txt")
    assert command(*args, "-o", "out") == (0, b"", "")
    assert list(tree(tmp_path / "out")) == ["a.txt", "x/f[1].txt"]


def test_odd_file_names(command: Command, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    names = [b"new\nline.txt", b"caf\xe9.txt", b"x" * 251 + b".txt", b" .txt", b"-o", b"%s\x1b.txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(raw) + b"/" + name)).write_bytes(PAGE)
    args = ("clean", "raw", "--report", "r", "--summary", "s", "--failures", "f", "-o", "out")
    assert command(*args, "-j", "2") == (0, b"", "")
    out = os.fsencode(tmp_path / "out")
    assert sorted(set(os.listdir(out)) - {b".cleaner"}) == sorted(names)
    assert all(data == BODY for data in tree(tmp_path / "out").values())
    assert len(rows(tmp_path / "r")) == len(names)
    before = (tmp_path / "r").read_bytes()
    command(*args)
    assert table(tmp_path / "s")["skipped"] == len(names)
    assert (tmp_path / "r").read_bytes() == before


def test_files_by_name_go_into_one_folder(command: Command, tmp_path: Path) -> None:
    made(tmp_path, {"a.txt": page(1), "x/b.txt": page(2), "x/.c.txt": page(3)})
    assert command("clean", "a.txt", "x/b.txt", "x/.c.txt", "./a.txt", "-o", "out").code == 0
    assert tree(tmp_path / "out") == {"a.txt": body(1), "b.txt": body(2), ".c.txt": body(3)}


# --- resume ---


@pytest.fixture
def again(command: Command, tmp_path: Path, raw: Path) -> Callable[..., dict[str, Any]]:
    """Run once more; how it ended and its summary."""

    def run(*args: str) -> dict[str, Any]:
        ended = command("clean", str(raw), "-o", "out", "--summary", "s.json", *args)
        return {"code": ended.code, **table(tmp_path / "s.json")}

    return run


def test_what_is_done_is_skipped(again: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    first = again("--report", "r.jsonl")
    reports = (tmp_path / "r.jsonl").read_bytes()
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.txt")}
    second = again("--report", "r.jsonl")
    assert (first["skipped"], second["skipped"]) == (0, first["sources"])
    assert {**second, "skipped": 0} == first
    assert (tmp_path / "r.jsonl").read_bytes() == reports
    assert {path: path.stat().st_mtime_ns for path in times} == times


def _source(folder: Path) -> None:
    (folder / "raw" / "0" / "0.txt").write_bytes(page(99))


def _time(folder: Path) -> None:
    os.utime(folder / "raw" / "lines.jsonl", (1, 1))


def _deleted(folder: Path) -> None:
    (folder / "out" / "lines.jsonl").unlink()


def _altered(folder: Path) -> None:
    (folder / "out" / "0" / "0.txt").write_bytes(b"altered")


@pytest.mark.parametrize("change", [_source, _time, _deleted, _altered])
def test_what_has_changed_is_done_again(
    again: Callable[..., dict[str, Any]], tmp_path: Path, change: Callable[[Path], None]
) -> None:
    first = again("--report", "r.jsonl")
    change(tmp_path)
    second = again("--report", "r.jsonl")
    assert second["skipped"] == first["sources"] - 1
    again("--report", "r2.jsonl", "--force")
    assert (tmp_path / "r.jsonl").read_bytes() == (tmp_path / "r2.jsonl").read_bytes()
    assert (tmp_path / "out" / "0" / "0.txt").read_bytes() in (body(0), body(99))
    assert (tmp_path / "out" / "lines.jsonl").read_bytes().count(b"\n") == 25


@pytest.mark.parametrize(
    "args", [("--force",), ("--profile", "strict"), ("--disable", "advertisement")]
)
def test_other_settings_do_all_again(
    again: Callable[..., dict[str, Any]], tmp_path: Path, args: tuple[str, ...]
) -> None:
    again("--report", "r.jsonl")
    assert again(*args, "--report", "r.jsonl")["skipped"] == 0
    done = again("--report", "r.jsonl")  # and back
    assert done["skipped"] == (done["sources"] if args == ("--force",) else 0)
    assert (tmp_path / "out" / "clean.txt").read_bytes() == BODY


@pytest.mark.usefixtures("small_pieces")
def test_reports_that_are_asked_for_later_are_made(
    again: Callable[..., dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise placing.WriteError("stop here")

    with monkeypatch.context() as patch:  # the parts are there, and what is made of them is not
        patch.setattr("cleaner.batch.finish.assemble", broken)
        with pytest.raises(FileNotFoundError):
            again()
    assert list((tmp_path / "out" / ".cleaner" / "parts").rglob("*.done"))
    assert again("--report", "r.jsonl")["skipped"] == 0
    again("--report", "r2.jsonl", "--force")
    assert len(rows(tmp_path / "r.jsonl")) == 13 + 25 + 12
    assert (tmp_path / "r.jsonl").read_bytes() == (tmp_path / "r2.jsonl").read_bytes()


@pytest.mark.usefixtures("small_pieces")
def test_parts_of_a_run_that_ended_are_not_made_again(
    again: Callable[..., dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    clean = api.Cleaner.clean

    def counting(self: api.Cleaner, scrape: Any, **how: Any) -> Any:
        if how["source"].endswith("lines.jsonl:20") and not seen.count("stop"):
            seen.append("stop")
            raise KeyboardInterrupt
        seen.append(how["source"])
        return clean(self, scrape, **how)

    monkeypatch.setattr(api.Cleaner, "clean", counting)
    with pytest.raises(FileNotFoundError):
        again("-j", "1", "--report", "r.jsonl")
    assert not (tmp_path / "out" / "lines.jsonl").exists()
    again("-j", "1", "--report", "r.jsonl")
    assert len(seen) < 13 + 25 + 12 + 5
    sources = [report["source"] for report in rows(tmp_path / "r.jsonl")]
    assert len(sources) == len(set(sources)) == 13 + 25 + 12


def test_removed_sources_leave_no_reports(
    again: Callable[..., dict[str, Any]], tmp_path: Path, raw: Path
) -> None:
    again("--report", "r.jsonl")
    (raw / "lines.jsonl").unlink()
    (raw / "0" / "0.txt").unlink()
    (raw / "0" / "0.txt").symlink_to("nowhere")
    assert again("--report", "r.jsonl")["code"] == 1
    sources = [report["source"] for report in rows(tmp_path / "r.jsonl")]
    assert not any("lines.jsonl" in source for source in sources)
    assert [report for report in rows(tmp_path / "r.jsonl") if "error" in report] == [
        {
            "schema_version": 1,
            "source": str(raw / "0" / "0.txt"),
            "error": "cannot be read: No such file or directory",
        }
    ]


def test_a_journal_that_breaks_off_counts_up_to_there(
    again: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    first = again("--report", "r.jsonl")
    reports = (tmp_path / "r.jsonl").read_bytes()
    (journal,) = (tmp_path / "out" / ".cleaner").glob("journal-*")
    data = journal.read_bytes()
    for size in (0, 1, len(data) // 3, len(data) - 1):
        for path in journal.parent.glob("journal-*"):
            path.unlink()
        journal.write_bytes(data[:size])
        second = again("--report", "r.jsonl")
        assert second["skipped"] < first["sources"]
        assert (tmp_path / "r.jsonl").read_bytes() == reports


# --- failures ---


def test_what_fails_is_listed_and_the_rest_is_done(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LIMIT, 5_000)
    lines = b'no\n{"a": 1}\n\xff\n' + row(1)
    packed = gzip.compress(b"".join(map(row, range(999))))
    files = {
        "a.txt": PAGE,
        "b.txt": PDF,
        "c.txt": b"\x89PNG\r\n\x1a\n",
        "d.txt.gz": packed[:-9],
        "e.jsonl.gz": packed[: len(packed) // 2],
        "f.jsonl": lines,
        "g.txt": b"Advertisement\n" * 400,
        "h.pdf.gz": gzip.compress(PDF),
        "i.bin": bytes(range(256)) * 9,
        "z.txt": PAGE,
        "zz.txt": PAGE.decode().encode("utf-16"),
    }
    raw = made(tmp_path / "raw", files)
    (tmp_path / "secret.txt").write_bytes(PAGE)
    (tmp_path / "folder").mkdir()
    (raw / "k.txt").symlink_to("nowhere")
    (raw / "l.txt").symlink_to("../secret.txt")
    (raw / "m").symlink_to("../folder")
    (raw / "n.txt").symlink_to("a.txt")
    (raw / "o").symlink_to("o")
    os.mkfifo(raw / "p.txt")
    args = ("clean", "raw", "-o", "out", "--report", "r.jsonl", "--failures", "f.jsonl")
    code, out, err = command(*args)
    assert (code, out) == (1, b"")
    failures = [(one["source"], one["reason"]) for one in rows(tmp_path / "f.jsonl")]
    reasons = (
        ("b.txt", "seems to be a PDF file, not text"),
        ("c.txt", "seems to be a PNG image, not text"),
        ("d.txt.gz", "the gzip data break off at byte"),
        ("e.jsonl.gz", "the gzip data break off at byte"),
        ("f.jsonl:1", "not a JSON object"),
        ("f.jsonl:2", "no field 'text'"),
        ("f.jsonl:3", "not UTF-8 at byte 1"),
        ("g.txt", "passed through whole: longer than 5000 characters"),
        ("h.pdf.gz", "seems to be a PDF file, not text"),
        ("i.bin", "seems to be binary data, not text: name its --encoding if it is"),
        ("k.txt", "cannot be read: No such file"),
        ("l.txt", "is a link that leads out of raw"),
        ("m", "is a link that leads out of raw"),
        ("o", "cannot be read: Too many levels of symbolic links"),
    )
    assert [source for source, _ in failures] == [f"raw/{name}" for name, _ in reasons]
    for (_, reason), (_, expected) in zip(failures, reasons, strict=True):
        assert reason.startswith(expected)
    reported = {r["source"]: r.get("error") or r["limit"] for r in rows(tmp_path / "r.jsonl")}
    assert all(reported[source] == reason[-len(reported[source]) :] for source, reason in failures)
    assert err.splitlines()[:1] == ["cleaner: raw/b.txt: seems to be a PDF file, not text"]
    assert err.splitlines()[-1] == "cleaner: 14 failures in all; --failures FILE writes them down"
    done = tree(tmp_path / "out")
    assert list(done) == ["a.txt", "f.jsonl", "g.txt", "n.txt", "z.txt", "zz.txt"]
    assert (done["a.txt"], done["n.txt"], done["g.txt"]) == (BODY, BODY, files["g.txt"])
    assert done["f.jsonl"].startswith(b'no\n{"a": 1}\n\xff\n{"id": 1')
    assert {name: (raw / name).read_bytes() for name in files} == files
    # What failed fails again.
    accounts = [(tmp_path / name).read_bytes() for name in ("r.jsonl", "f.jsonl")]
    assert command(*args).code == 1
    assert [(tmp_path / name).read_bytes() for name in ("r.jsonl", "f.jsonl")] == accounts


def test_a_folder_of_failures(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.txt": PDF})
    message = "cleaner: raw/a.txt: seems to be a PDF file, not text\n"
    assert command("clean", "raw", "-o", "out") == (1, b"", message)
    assert command("clean", "raw", "-o", "out", "-q") == (1, b"", message)


@pytest.mark.parametrize("name", ["1.txt", "1.jsonl", "1.txt.gz"])
def test_a_file_that_vanishes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    raw = made(tmp_path / "raw", {"0.txt": page(0), name: row(1), "2.txt": page(2)})
    run = batch._run

    def vanishing(*args: Any) -> Any:
        (raw / name).unlink()
        return run(*args)

    monkeypatch.setattr(batch, "_run", vanishing)
    message = f"cleaner: raw/{name}: cannot be read: No such file or directory\n"
    assert command("clean", "raw", "-o", "out") == (1, b"", message)
    assert tree(tmp_path / "out") == {"0.txt": body(0), "2.txt": body(2)}


def test_bytes_that_the_named_encoding_has_not(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.txt": PAGE, "b.txt": PAGE + b"~{~}", "c.txt": PAGE})
    code, _, err = command("clean", "raw", "-o", "out", "--encoding", "hz")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("cleaner: raw/b.txt: ")
    assert tree(tmp_path / "out") == {"a.txt": BODY, "c.txt": BODY}
    code, _, err = command("clean", "raw", "-o", "out2", "--encoding", "klingon")
    assert (code, err.count("\n")) == (2, 1)
    assert not (tmp_path / "out2").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_error_of_our_own_is_one_failure(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    clean = api.Cleaner.clean

    def failing(self: api.Cleaner, scrape: Any, **how: Any) -> Any:
        if how["source"] in ("raw/3.txt", "raw/9.jsonl:2"):
            raise ZeroDivisionError("by nought")
        return clean(self, scrape, **how)

    monkeypatch.setattr(api.Cleaner, "clean", failing)
    lines = row(1) + row(2) + row(3)
    files = {f"{i}.txt": page(i) for i in range(6)}
    made(tmp_path / "raw", {**files, "9.jsonl": lines})
    code, _, err = command("clean", "raw", "-o", "out", "-j", jobs)
    assert code == 1
    assert [line.split(": ")[1] for line in err.splitlines()] == ["raw/3.txt", "raw/9.jsonl:2"]
    assert "ZeroDivisionError: by nought" in err
    done = tree(tmp_path / "out")
    assert list(done) == [*(f"{i}.txt" for i in range(6) if i != 3), "9.jsonl"]
    assert done["9.jsonl"].splitlines(keepends=True)[1] == row(2)


@pytest.mark.bulk
@pytest.mark.usefixtures("small_pieces")
def test_a_document_that_kills_its_worker(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = api.Cleaner.clean
    here = os.getpid()
    lethal = ("raw/041.txt", "raw/100.txt", "raw/a.jsonl:7", "raw/a.jsonl:8", "raw/a.jsonl:30")

    def dying(self: api.Cleaner, scrape: Any, **how: Any) -> Any:
        if how["source"] in lethal:
            assert os.getpid() != here
            os.kill(os.getpid(), 9)
        return clean(self, scrape, **how)

    monkeypatch.setattr(api.Cleaner, "clean", dying)
    monkeypatch.setattr(pool, "_TASK_FILES", 8)
    files = {f"{i:03}.txt": page(i) for i in range(120)}
    made(tmp_path / "raw", {**files, "a.jsonl": b"".join(map(row, range(1, 41)))})
    args = ("clean", "raw", "-o", "out", "-j", "2", "--failures", "f", "--report", "r")
    assert command(*args).code == 1
    assert rows(tmp_path / "f") == [{"source": name, "reason": work.DIED} for name in lethal]
    done = tree(tmp_path / "out")
    left = [name for name in files if f"raw/{name}" not in lethal]
    assert {name: done[name] for name in left} == {name: body(int(name[:3])) for name in left}
    assert len(done) == 119
    lines = done["a.jsonl"].splitlines(keepends=True)
    assert [i for i, line in enumerate(lines, 1) if line == row(i)] == [7, 8, 30]
    assert len(lines) == 40
    assert [r["source"] for r in rows(tmp_path / "r") if "error" in r] == list(lethal)


def test_fail_fast(command: Command, tmp_path: Path) -> None:
    files = {f"{i}.txt": page(i) for i in range(9)}
    made(tmp_path / "raw", {**files, "4.txt": PDF, "5.txt": PDF})
    args = (
        "clean",
        "raw",
        "-o",
        "out",
        "--fail-fast",
        "-j",
        "1",
        "--report",
        "r",
        "--summary",
        "s",
    )
    for _ in range(2):
        code, _, err = command(*args)
        assert (code, err) == (1, "cleaner: raw/4.txt: seems to be a PDF file, not text\n")
        assert list(tree(tmp_path / "out")) == ["0.txt", "1.txt", "2.txt", "3.txt"]
        assert len(rows(tmp_path / "r")) == 5
        assert table(tmp_path / "s")["stopped"] is True
    assert command(*args[:4]).code == 1
    assert len(tree(tmp_path / "out")) == 7


@pytest.mark.bulk
def test_fail_fast_in_the_middle_of_a_source(command: Command, tmp_path: Path) -> None:
    row = json.dumps({"text": page(1).decode() * 400}).encode()
    made(tmp_path / "raw", {"a.jsonl": b"\n".join([row, b"{", *[row] * 12, b"{", row, b""])})
    args = ("clean", "raw", "-o", "out", "-j", "1", "--failures", "f")
    code, _, err = command(*args, "--fail-fast")
    assert (code, err.count("\n"), "raw/a.jsonl:2: " in err) == (1, 1, True)
    assert [row["source"] for row in rows(tmp_path / "f")] == ["raw/a.jsonl:2"]
    assert not (tmp_path / "out" / "a.jsonl").exists()
    assert command(*args).code == 1
    assert [row["source"] for row in rows(tmp_path / "f")] == ["raw/a.jsonl:2", "raw/a.jsonl:15"]
    once = (tmp_path / "out" / "a.jsonl").read_bytes()
    assert command("clean", "raw", "-o", "again").code == 1
    assert (tmp_path / "again" / "a.jsonl").read_bytes() == once


# --- what is refused ---


@pytest.mark.parametrize(
    "args",
    [
        ("raw", "-o", "raw"),
        ("raw", "-o", "raw/out"),
        ("raw/x", "-o", "raw/x/../x/out"),
        ("raw", "-o", "link"),
        ("raw", "-o", "link/out"),
        ("raw", "-o", "out", "--report", "raw/r.jsonl"),
        ("raw", "-o", "out", "--report", "raw/a.txt"),
        ("raw", "-o", "out", "--summary", "raw/s"),
        ("raw", "-o", "out", "--failures", "raw/f"),
        ("raw", "-o", "out", "--quarantine", "raw/q"),
        ("raw", "-o", "out", "--quarantine", "out"),
        ("raw", "-o", "out", "--report", "out/a.txt"),
        ("raw", "-o", "out", "--report", "r", "--summary", "r"),
        ("raw", "-o", "out", "--report", "nowhere/r"),
        ("raw", "-o", "out", "--report", "link"),
        ("raw", "-o", "out", "--report", "-"),
        ("raw", "-o", "-"),
        ("raw",),
        ("raw", "-o", "file"),
        ("raw", "-o", "out.jsonl"),
        ("raw/a.txt", "raw/x/a.txt", "-o", "out"),
        ("raw", "file", "more/x", "-o", "out"),
        ("raw", "nowhere", "-o", "out"),
        ("raw", "-o", "out", "--to", "jsonl"),
        ("raw/a.txt", "raw/b.txt", "-o", "raw"),
        ("raw/x", "-o", "raw"),
        ("-", "raw", "-o", "out"),
        ("raw", "--in-place", "-o", "out"),
        ("raw", "--in-place", "--to", "jsonl"),
        ("raw", "--in-place", "--prune"),
        ("raw", "--check", "--prune"),
        ("raw", "--in-place", "--backup-suffix", ""),
    ],
)
def test_refused_before_anything_is_written(
    command: Command, tmp_path: Path, args: tuple[str, ...]
) -> None:
    names = ("raw/a.txt", "raw/a.md", "raw/b.txt", "raw/x/a.txt", "raw/x/x/a.txt", "file")
    made(tmp_path, {**dict.fromkeys(names, PAGE), "more/x/a.txt": PAGE})
    (tmp_path / "link").symlink_to("raw")
    before = tree(tmp_path)
    code, out, err = command("clean", *args)
    assert (code, out) == (2, b"")
    assert len(err.splitlines()) in (1, 4)  # an error, or how the command is used
    assert "Traceback" not in err
    assert tree(tmp_path) == before


def test_two_files_that_would_be_one(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.txt": PAGE, "a.md": PAGE})
    code, _, err = command("clean", "raw", "-o", "out", "--to", "jsonl")
    assert code == 2
    assert "raw/a.txt" in err
    assert "raw/a.md" in err
    assert "would both be written to a.jsonl" in err


@pytest.mark.parametrize("place", ["out", "file/out", "out/.cleaner"])
def test_a_file_where_a_folder_is_needed(command: Command, tmp_path: Path, place: str) -> None:
    made(tmp_path, {"raw/x/a.txt": PAGE, "file": b"", **({place: b""} if "out/" in place else {})})
    if place == "out":
        made(tmp_path, {"out/x": b"mine"})
    where = "out" if "/." in place else place
    code, _, err = command("clean", "raw", "-o", where, "-j", "2")
    assert (code, err.count("\n")) == (2, 1)
    assert "directory" in err or "exists" in err
    if place == "out":
        assert tree(tmp_path / "out") == {"x": b"mine"}


def test_a_name_that_is_too_long_is_one_failure(command: Command, tmp_path: Path) -> None:
    long = "x" * 250 + ".txt"
    made(tmp_path / "raw", {long: PAGE, "z.txt": PAGE})
    code, _, err = command("clean", "raw", "--in-place", "--backup-suffix", ".orig")
    assert (code, err.count("\n")) == (1, 1)
    assert "File name too long" in err
    assert tree(tmp_path / "raw") == {long: PAGE, "z.txt": BODY, "z.txt.orig": PAGE}


def test_a_second_run_at_the_same_time(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "raw", {"a.txt": PAGE})
    monkeypatch.setattr(state, "_LOCK_SECONDS", 0.1)
    with state.State(tmp_path / "out" / ".cleaner", {}).held():
        code, _, err = command("clean", "raw", "-o", "out")
        assert (code, tree(tmp_path / "out")) == (2, {})
        assert err == "cleaner: another run is writing here: out/.cleaner is locked\n"
    assert command("clean", "raw", "-o", "out").code == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system with room for little."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(place)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], timeout=60, check=True)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.bulk
@pytest.mark.parametrize("form", ["texts", "lines"])
def test_a_full_disk(command: Command, tmp_path: Path, disk: Path, jobs: str, form: str) -> None:
    if form == "texts":
        files = {f"{i:03}.txt": page(i) * 4 for i in range(120)}
    else:
        files = {"a.jsonl": b"".join(row(i, more="x" * 600) for i in range(400))}
    made(tmp_path / "raw", files)
    assert command("clean", "raw", "-o", "quiet", "--report", "quiet.jsonl").code == 0
    quiet = tree(tmp_path / "quiet")
    args = ("clean", "raw", "-o", "disk/out", "-j", jobs, "--report", "r.jsonl")
    code, out, err = command(*args)
    assert (code, out) == (2, b"")
    assert err.startswith("cleaner: disk/out")
    assert err.endswith("No space left on device\n")
    assert err.count("\n") == 1
    there = tree(disk / "out")
    assert there == {name: quiet[name] for name in there}
    subprocess.run(["mount", "-o", "remount,size=9m", str(disk)], timeout=60, check=True)
    assert command(*args).code == 0
    assert tree(disk / "out") == quiet
    assert (tmp_path / "r.jsonl").read_bytes() == (tmp_path / "quiet.jsonl").read_bytes()


def test_a_file_that_may_not_grow(argv: list[str], tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.txt": page(1), "b.txt": page(2) * 500, "c.txt": page(3)})

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    command = [*argv, "clean", "raw", "-o", "out", "-j", "1"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        # Python would keep modules that it compiles as far as they may grow, and could not read them again.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        preexec_fn=limited,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == b"cleaner: out/b.txt: cannot be written: File too large\n"
    assert tree(tmp_path / "out") == {"a.txt": body(1)}
    again = subprocess.run(command, cwd=tmp_path, timeout=60, check=False)
    assert again.returncode == 0
    assert len(tree(tmp_path / "out")) == 3


# --- --check, --in-place, --quarantine ---


@pytest.mark.usefixtures("raw")
def test_check_writes_nothing(command: Command, tmp_path: Path) -> None:
    made(tmp_path, {"x/a.txt": BODY, "y/a.txt": BODY})
    before = tree(tmp_path)
    for jobs in "12":
        code, out, err = command("clean", "raw", "--check", "-j", jobs)
        assert (code, out) == (1, b"")
        assert "cleaner: raw/0/0.txt: 1 piece of cruft" in err.splitlines()
        assert not any("raw/clean.txt" in line for line in err.splitlines())
    assert command("clean", "x", "y/a.txt", "--check") == (0, b"", "")
    assert command("clean", "x/a.txt", "y/a.txt", "--check", "-o", "out") == (0, b"", "")
    assert tree(tmp_path) == before


def test_in_place(command: Command, tmp_path: Path, raw: Path) -> None:
    before = tree(raw)
    (raw / "0" / "0.txt").chmod(0o640)
    (raw / "link.txt").symlink_to("0/0.txt")
    args = ("clean", "raw", "--in-place", "--report", "r.jsonl")
    assert command(*args, "-j", "2") == (0, b"", "")
    after = tree(raw)
    changed = {name for name in before if after[name] != before[name]}
    assert {f"{name}.orig" for name in changed} == {n for n in after if n.endswith(".orig")}
    assert all(after[f"{name}.orig"] == before[name] for name in changed)
    assert set(before) - changed == {"clean.txt", "empty.md"}
    assert after["0/0.txt"] == body(0)
    assert (raw / "link.txt").is_symlink()
    assert (raw / "0" / "0.txt").stat().st_mode & 0o777 == 0o640
    assert gzip.decompress(after["0/packed.txt.gz"]).startswith(body(70)[:30])
    reports = (tmp_path / "r.jsonl").read_bytes()
    assert command(*args) == (0, b"", "")
    assert tree(raw) == after
    assert (tmp_path / "r.jsonl").read_bytes() == reports


def test_in_place_where_names_are_the_same(command: Command, tmp_path: Path) -> None:
    made(tmp_path, {"x/a.txt": page(1), "y/a.txt": page(2)})
    args = ("clean", "x/a.txt", "y/a.txt", "./x/a.txt", "--in-place", "--backup-suffix", "~")
    assert command(*args) == (0, b"", "")
    x = {"x/a.txt": body(1), "x/a.txt~": page(1)}
    assert tree(tmp_path) == {**x, "y/a.txt": body(2), "y/a.txt~": page(2)}


def test_backups_of_another_suffix_are_no_sources(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.txt": page(1)})
    assert command("clean", "raw", "--in-place").code == 0
    after = {"a.txt": body(1), "a.txt.orig": page(1)}
    assert command("clean", "raw", "--in-place", "--backup-suffix", ".bak").code == 0
    assert tree(tmp_path / "raw") == after


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_in_place_overwrites_no_backup(command: Command, tmp_path: Path, name: str) -> None:
    data = row(1) if name == "a.jsonl" else PAGE
    files = {name: data, f"{name}.orig": b"mine", "z.txt": page(2)}
    made(tmp_path / "raw", files)
    code, _, err = command("clean", "raw", "--in-place")
    assert (code, err.count("\n")) == (1, 1)
    assert f"raw/{name}.orig is there already" in err
    assert tree(tmp_path / "raw") == {**files, "z.txt": body(2), "z.txt.orig": page(2)}


@pytest.mark.parametrize("step", ["after the backup", "before the rename", "before the end"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_in_place_a_killed_run_goes_on(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, name: str
) -> None:
    data = row(1) if name == "a.jsonl" else PAGE
    raw = made(tmp_path / "raw", {name: data})
    args = ("clean", str(raw), "--in-place", "--report", "r.jsonl")
    assert command(*args).code == 0
    reports, after = (tmp_path / "r.jsonl").read_bytes(), tree(raw)
    made(raw, {name: data})
    (raw / f"{name}.orig").unlink()
    subprocess.run(["rm", "-r", str(raw / ".cleaner")], check=True, timeout=60)
    (raw / name).chmod(0o640)
    places = {
        "after the backup": "cleaner.batch.state.State.add",
        "before the rename": "cleaner.batch.finish.renamed",
        "before the end": "cleaner.cli.batch.write_reports",
    }

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(places[step], interrupted)
        assert command(*args).code == 130
    assert tree(raw)[f"{name}.orig"] == data
    assert command(*args) == (0, b"", "")
    assert tree(raw) == after
    assert (tmp_path / "r.jsonl").read_bytes() == reports
    assert (raw / name).stat().st_mode & 0o777 == 0o640


BUDGET = """\
category = "app"
states = "A made-up word."

[[rule]]
id = "app.long"
states = "A sentence with a made-up word."
languages = ["en"]
scope = "line"
pattern = 'zyxomat'
literals = ["zyxomat"]
confidence = 0.85
remove = ["a zyxomat"]
keep = ["none"]
"""
SENTENCE = (
    "The zyxomat stands in the yard of the mill all year, and few of us know what it may be for."
)
PAST = "\n".join(["The council met on Monday.", *[SENTENCE] * 40, "- Advertisement -\n"])


def test_quarantine(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(BUDGET, encoding="utf-8")
    past = row(2, text=PAST)
    files = {"x/a.txt": PAST.encode(), "b.txt": PAGE, "c.jsonl": row(1) + b"\n" + past + row(4)}
    made(tmp_path / "raw", files)
    base = ("clean", "raw", "-o", "out", "--rules", "own.toml", "--summary", "s", "--report", "r")
    assert command(*base).code == 0
    assert "x/a.txt" in tree(tmp_path / "out")
    assert command(*base, "--quarantine", "apart", "-j", "2").code == 0
    apart = tree(tmp_path / "apart")
    names = ["c.jsonl/00000003.txt", "x/a.txt"]
    assert list(apart) == [n for name in names for n in (name, f"{name}.report.json")]
    assert [apart[name] for name in names] == [PAST.encode()] * 2
    for name, source in zip(names, ("raw/c.jsonl:3", "raw/x/a.txt"), strict=True):
        report = json.loads(apart[f"{name}.report.json"])
        assert report["source"] == source
        assert report["budget"]["exceeded"] is True
    out = tree(tmp_path / "out")
    assert list(out) == ["b.txt", "c.jsonl"]  # nor is there what the first run wrote
    assert out["c.jsonl"].splitlines(keepends=True)[2] == past
    assert table(tmp_path / "s")["quarantined"] == 2
    reports = (tmp_path / "r").read_bytes()
    assert command(*base, "--quarantine", "apart").code == 0
    assert table(tmp_path / "s")["skipped"] == 3
    assert table(tmp_path / "s")["quarantined"] == 2
    assert (tmp_path / "r").read_bytes() == reports


# --- other formats ---


def test_to_jsonl(command: Command, tmp_path: Path) -> None:
    lines = b'{"id": 1, "text": "A.\\n\\nAdvertisement\\n"}\nno\n\n{"text": "B."}'
    files = {"x/a.txt": PAGE, "b.jsonl.gz": gzip.compress(lines), "c.txt": PDF}
    made(tmp_path / "raw", files)
    code, _, err = command("clean", "raw", "-o", "out", "--to", "jsonl", "-j", "2")
    assert (code, err.count("\n")) == (1, 2)
    out = tree(tmp_path / "out")
    assert list(out) == ["b.jsonl.gz", "x/a.jsonl"]
    assert json.loads(out["x/a.jsonl"]) == {"source": "raw/x/a.txt", "text": BODY.decode()}
    kept = gzip.decompress(out["b.jsonl.gz"])
    assert kept == b'{"id": 1, "text": "A.\\n"}\nno\n\n{"text": "B."}'


def test_to_text(command: Command, tmp_path: Path) -> None:
    made(tmp_path, {"pages.jsonl": row(1) + b"\nno\n" + row(4)})
    for _ in range(2):
        assert command("clean", "pages.jsonl", "-o", "out", "--to", "text").code == 1
        assert tree(tmp_path / "out") == {
            "pages/00000001.txt": body(1),
            "pages/00000004.txt": body(4),
        }


def test_to_text_numbers_are_never_the_same(command: Command, tmp_path: Path) -> None:
    def record(uri: str, text: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: conversion\r\n{uri}Content-Length: {len(text)}\r\n\r\n"
        return head.encode() + text + b"\r\n\r\n"

    # Numbers at the end of an address count for nothing.
    uris = (
        "http://a.example:3",
        "",
        "http://b.example:3",
        "http://c.example",
        "http://d.example:1",
    )
    lines = [f"WARC-Target-URI: {uri}\r\n" if uri else "" for uri in uris]
    records = [record(line, page(i)) for i, line in enumerate(lines)]
    made(tmp_path / "raw", {"a.wet": b"".join(records)})
    assert command("clean", "raw", "-o", "out", "--to", "text") == (0, b"", "")
    assert tree(tmp_path / "out") == {f"a/{i + 1:08}.txt": body(i) for i in range(5)}


def test_to_parquet(command: Command, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    lines = [
        row(1, source=7, fields=[1]),
        row(2, tags=["\ud800"]),
        json.dumps({"text": "a \ud800 b"}).encode() + b"\n",
    ]
    made(tmp_path / "raw", {"a.jsonl": b"".join(lines), "b.txt": PAGE, "empty.jsonl": b""})
    code, _, err = command("clean", "raw", "-o", "out", "--to", "parquet")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("cleaner: raw/a.jsonl:3: has no place in Parquet: character 3 ")
    out = tmp_path / "out"
    assert list(tree(out)) == ["a.parquet", "b.parquet", "empty.parquet"]
    first, second = parquet.read_table(out / "a.parquet").to_pylist()
    assert (first["source"], first["text"]) == ("raw/a.jsonl:1", body(1).decode())
    assert json.loads(first["fields"]) == {"id": 1, "source": 7, "fields": [1]}
    assert json.loads(second["fields"])["tags"] == ["\ud800"]
    assert parquet.read_table(out / "b.parquet").to_pylist()[0]["text"] == BODY.decode()
    assert parquet.read_table(out / "empty.parquet").num_rows == 0
    made(tmp_path, {"c.jsonl": b'{"source": "A.", "id": 1}\n'})
    args = ("clean", "c.jsonl", "--to", "parquet", "--text-field", "source", "-o", "c.parquet")
    assert command(*args).code == 0
    assert parquet.read_table(tmp_path / "c.parquet").to_pylist()[0]["text"] == "A."


# --- what is told ---


def test_the_summary_adds_up_with_the_reports(command: Command, tmp_path: Path, raw: Path) -> None:
    args = ("clean", "raw", "-o", "out", "--summary", "s.json", "--report", "r.jsonl")
    command(*args)
    reports = rows(tmp_path / "r.jsonl")
    summary = table(tmp_path / "s.json")
    assert summary["sources"] == len(tree(raw))
    assert summary["documents"] == len(reports)
    assert summary["bytes_before"] == sum(report["before"]["bytes"] for report in reports)
    assert summary["bytes_after"] == sum(report["after"]["bytes"] for report in reports)
    for key, field in (("categories", "category"), ("rules", "rule")):
        cuts = [cut for report in reports for cut in report["cuts"]]
        names = {cut[field] for cut in cuts}
        assert summary[key] == {
            name: {
                "cuts": sum(cut[field] == name for cut in cuts),
                "characters": sum(c["end"] - c["start"] for c in cuts if c[field] == name),
            }
            for name in names
        }
    assert len(summary["slowest"]) == 10
    assert (summary["failures"], summary["stopped"], summary["skipped"]) == (0, False, 0)


@pytest.mark.usefixtures("raw")
def test_a_line_now_and_then(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    code, _, err = command("clean", "raw", "-o", "out")
    assert code == 0
    last = err.splitlines()[-1]
    assert last.startswith(f"cleaner: {13 + 25 + 12} documents, ")
    for words in ("MB/s", "% cut", "0 failed", "minutes left"):
        assert words in last
    assert command("clean", "raw", "-o", "out2", "--quiet") == Ended(0, b"", "")
    assert tree(tmp_path / "out2") == tree(tmp_path / "out")


def test_what_is_read_of_a_pipe_is_not_lost(argv: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, PAGE)
    os.close(writing)
    with os.fdopen(reading):
        done = subprocess.run(
            [*argv, "clean", f"/dev/fd/{reading}"],
            pass_fds=(reading,),
            capture_output=True,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, BODY, b"")


def test_a_link_in_the_output_does_not_lead_into_a_source(command: Command, tmp_path: Path) -> None:
    for name in ("raw/x/a.txt", "raw/y/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("The bridge is closed.\n\n- Advertisement -\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/x").symlink_to(tmp_path / "raw/y")
    code, _, err = command("clean", "raw", "-o", "out")
    assert code == 2
    assert "name another -o" in err
    assert not (tmp_path / "raw/y/a.txt").exists()


def test_what_is_restored_is_packed_as_its_name_says(command: Command, tmp_path: Path) -> None:
    line = b'{"text": "The bridge is closed.\\n\\n- Advertisement -\\n"}\n'
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line))
    assert command("clean", "a.jsonl.gz", "-o", "b.jsonl.gz", "--report", "r.jsonl")[0] == 0
    for name in ("c.jsonl.gz", "c.jsonl"):
        assert command("restore", "b.jsonl.gz", "r.jsonl", "-o", name)[0] == 0
    assert gzip.decompress((tmp_path / "c.jsonl.gz").read_bytes()) == line
    assert (tmp_path / "c.jsonl").read_bytes() == line


def test_names_of_what_is_no_text(command: Command, tmp_path: Path) -> None:
    made(tmp_path / "raw", {"a.html": PAGE, "b.HTM": PAGE, "c.json": PAGE, "d.txt": PAGE})
    code, _, err = command("clean", "raw", "-o", "out")
    assert code == 0
    html, lines = err.splitlines()
    assert html.startswith(
        "cleaner: raw/a.html and 1 more are named as HTML, and cleaned as text: "
    )
    assert lines.startswith("cleaner: raw/c.json is named as JSON, and cleaned as text: ")
    assert command("clean", "raw", "-o", "quiet", "-q").err == ""
