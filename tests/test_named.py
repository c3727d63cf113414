"""The name of an output file says its format and packing, or is refused."""

import gzip
import json
from pathlib import Path

import pytest

from .conftest import Command
from .test_batch import BODY, PAGE, body, made, row, tree

pytestmark = pytest.mark.usefixtures("shared_cleaners")
LINES = row(1) + row(2)


def texts(data: bytes) -> list[bytes]:
    return [json.loads(line)["text"].encode() for line in data.splitlines()]


@pytest.mark.parametrize("packed", [False, True])
def test_packed_as_the_name_says(command: Command, tmp_path: Path, packed: bool) -> None:
    end = ".gz" if packed else ""
    files = {f"a.txt{end}": PAGE, f"a.jsonl{end}": LINES}
    made(tmp_path, {n: gzip.compress(data) if packed else data for n, data in files.items()})
    for name, expected in ((f"a.txt{end}", [BODY]), (f"a.jsonl{end}", [body(1), body(2)])):
        plain, small = f"b{Path(name).suffixes[0]}", f"b{Path(name).suffixes[0]}.gz"
        assert command("clean", name, "-o", plain).code == 0
        assert command("clean", name, "-o", small).code == 0
        data = (tmp_path / plain).read_bytes()
        assert (texts(data) if "jsonl" in name else [data]) == expected
        assert gzip.decompress((tmp_path / small).read_bytes()) == data


def test_a_name_without_a_sign_is_as_the_source(command: Command, tmp_path: Path) -> None:
    made(tmp_path, {"a.jsonl": LINES, "a.txt.gz": gzip.compress(PAGE)})
    assert command("clean", "a.jsonl", "-o", "out").code == 0
    assert texts((tmp_path / "out").read_bytes()) == [body(1), body(2)]
    assert command("clean", "a.txt.gz", "-o", "out").code == 0
    assert gzip.decompress((tmp_path / "out").read_bytes()) == BODY


def test_another_format_by_the_name(command: Command, tmp_path: Path) -> None:
    made(tmp_path, {"a.txt": PAGE})
    assert command("clean", "a.txt", "-o", "a.jsonl.gz") == (0, b"", "")
    lines = gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes())
    assert json.loads(lines) == {"source": "a.txt", "text": BODY.decode()}


def test_parquet_by_the_name_and_back(command: Command, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    made(tmp_path, {"a.jsonl": LINES})
    assert command("clean", "a.jsonl", "-o", "a.parquet").code == 0
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table["text"].to_pylist() == [body(1).decode(), body(2).decode()]
    assert command("clean", "a.parquet", "-o", "b.jsonl").code == 0
    assert texts((tmp_path / "b.jsonl").read_bytes()) == [body(1), body(2)]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("a.jsonl", "-o", "a.md"), "a name for text, and a.jsonl is read as JSON lines"),
        (("a.txt", "-o", "a.wet"), "a name for WARC, and a.txt is read as text"),
        (("a.jsonl", "-o", "b.txt", "--to", "parquet"), "a name for text, and --to says parquet"),
        (("a.jsonl", "-o", "b.parquet.gz"), "Parquet is packed inside"),
        (("-", "-o", "b.jsonl"), "a name for JSON lines, and stdin is read as text"),
        (("-", "-o", "b.txt.gz"), "stdin is read as text and written as that, unpacked"),
    ],
)
def test_names_that_would_be_wrong(
    command: Command, tmp_path: Path, args: tuple[str, ...], words: str
) -> None:
    made(tmp_path, {"a.txt": PAGE, "a.jsonl": LINES})
    before = tree(tmp_path)
    code, out, err = command("clean", *args)
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert words in err
    assert tree(tmp_path) == before
