"""``cleaner restore`` of files with many records: the scrape of each comes back."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Command
from .test_batch import PAGE, made, page, rows
from .test_warc import FILE, INFO, wet

pytestmark = pytest.mark.usefixtures("shared_cleaners")


def table(pa: Any, first: int, **columns: Any) -> Any:
    texts = [page(first).decode(), None, "", "Straße.\r\n\r\nAdvertisement\r\n", page(4).decode()]
    return pa.table({"id": list(range(5)), "text": texts, **columns})


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary"])
def test_rows_of_parquet_come_back(command: Command, tmp_path: Path, kind: str) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    raw = table(pa, 1, tags=[[{"a": 1, "b": ["x", None]}], None, [], [{"a": None}], None])
    text = raw["text"].dictionary_encode() if kind == "dictionary" else raw["text"]
    text = text.cast(pa.large_string()) if kind == "large_string" else text
    raw = raw.set_column(1, "text", text)
    (tmp_path / "in").mkdir()
    parquet.write_table(raw, tmp_path / "in/a.parquet", row_group_size=2)
    parquet.write_table(table(pa, 2), tmp_path / "in/b.parquet")
    made(tmp_path / "in", {"0.txt": PAGE})
    assert command("clean", "in", "-o", "out", "--report", "r.jsonl") == (0, b"", "")
    assert parquet.read_table(tmp_path / "out/a.parquet")["text"] != raw["text"]
    for name, before in (("a", raw), ("b", table(pa, 2))):
        back = f"{name}-back.parquet"
        args = ("restore", f"out/{name}.parquet", "r.jsonl", "-o", back)
        assert command(*args) == (0, b"", "")
        again = parquet.read_table(tmp_path / back)
        assert again.schema == before.schema
        assert again.to_pylist() == before.to_pylist()


@pytest.mark.parametrize("packed", [False, True])
def test_warc_comes_back(command: Command, tmp_path: Path, packed: bool) -> None:
    name = "a.wet.gz" if packed else "a.wet"
    made(tmp_path, {name: gzip.compress(FILE) if packed else FILE})
    assert command("clean", name, "-o", f"clean.{name}", "--report", "r.jsonl").code == 0
    assert command("restore", f"clean.{name}", "r.jsonl", "-o", f"back.{name}").code == 0
    clean, back = ((tmp_path / f"{kind}.{name}").read_bytes() for kind in ("clean", "back"))
    assert (gzip.decompress(back) if packed else back) == FILE
    assert (gzip.decompress(clean) if packed else clean) != FILE


def test_what_does_not_belong_together(command: Command, tmp_path: Path) -> None:
    pages = [wet(page(number), number) for number in range(3)]
    made(tmp_path, {"a.wet": INFO + b"".join(pages), "b.wet": INFO + b"".join(pages[:2])})
    for name in "ab":
        command("clean", f"{name}.wet", "-o", f"{name}2.wet", "--report", f"{name}.jsonl")
    for args, words in (
        (("a2.wet", "b.jsonl"), "holds 3 records, and of 2 reports no row fits"),
        (("a.wet", "a.jsonl"), "record 1 of a.wet is not the one that report 1 was made with"),
    ):
        code, _, err = command("restore", *args, "-o", "back.wet")
        assert (code, err.count("\n")) == (2, 1)
        assert words in err
        assert not (tmp_path / "back.wet").exists()
    assert command("restore", "a2.wet", "a.jsonl").code == 2  # to a file only
    report = rows(tmp_path / "a.jsonl")
    report[1]["cuts"][0]["text"] = "\n- Advertisememt -"
    made(tmp_path, {"c.jsonl": b"".join(json.dumps(r).encode() + b"\n" for r in report)})
    code, _, err = command("restore", "a2.wet", "c.jsonl", "-o", "back.wet")
    assert (code, "was changed" in err, (tmp_path / "back.wet").exists()) == (2, True, False)


def test_reports_of_two_files_that_are_the_same_when_clean(
    command: Command, tmp_path: Path
) -> None:
    other = PAGE.replace(b"- Advertisement -", b"Advertisement")
    made(tmp_path / "in", {"a.wet": wet(PAGE, 1), "b.wet": wet(other, 1), "c.wet": wet(PAGE, 2)})
    command("clean", "in", "-o", "out", "--report", "r.jsonl")
    code, _, err = command("restore", "out/b.wet", "r.jsonl", "-o", "back.wet")
    assert code == 2
    assert "the reports of 2 files fit out/b.wet" in err
    assert command("restore", "out/c.wet", "r.jsonl", "-o", "back.wet").code == 0
    assert (tmp_path / "back.wet").read_bytes() == wet(PAGE, 2)
