"""Parquet: one column is cleaned; types, schema, row groups and codecs stay."""

import datetime
import decimal
import io
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, Result
from cleaner.errors import InputError, MissingExtraError
from cleaner.sources._types import BadRecord, BlankRecord, Options, Piece, Record
from cleaner.sources.parquet import FORMAT

CRUFT = "The bridge is closed.\n\n- Advertisement -\n"
CLEAN = "The bridge is closed.\n"
CLEANER = Cleaner()


@pytest.fixture
def pa() -> Any:
    module = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    return module


@pytest.fixture
def file(tmp_path: Path, pa: Any) -> Callable[..., str]:
    def written(table: Any, **options: Any) -> str:
        path = str(tmp_path / "pages.parquet")
        pa.parquet.write_table(table, path, **options)
        return path

    return written


def clean(record: Record | tuple[str, BadRecord]) -> Result | None:
    return CLEANER.clean(record.scrape) if isinstance(record, Record) else None


def same(record: Record | tuple[str, BadRecord]) -> Result | None:
    return Cleaner(packs=()).clean(record.scrape) if isinstance(record, Record) else None


def run(
    path: str, by: Callable[..., Result | None] = clean, size: int = 2_000_000, field: str = "text"
) -> io.BytesIO:
    """The whole way of one file, as a batch goes it."""
    options = Options(text_field=field, piece_bytes=size)
    pieces = pickle.loads(pickle.dumps(list(FORMAT.pieces(path, options))))
    out = io.BytesIO()
    FORMAT.assemble((FORMAT.cleaned(p, "pages", options, by) for p in pieces), path, "", out)
    return out


def records(path: str, size: int = 2_000_000) -> list[Any]:
    options = Options(piece_bytes=size)
    pieces = list(FORMAT.pieces(path, options))
    return [found for piece in pieces for found in FORMAT.records(piece, "pages", options)]


def varied(pa: Any, rows: int = 40) -> Any:
    """Columns of many types, nested ones too, with schema and field metadata."""
    numbers = list(range(rows))
    moment = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
    columns = {
        "id": pa.array(numbers, pa.uint64()),
        "when": pa.array([moment] * rows, pa.timestamp("ns", "UTC")),
        "day": pa.array([None, *[moment.date()] * (rows - 1)], pa.date32()),
        "price": pa.array([decimal.Decimal("1.50")] * rows, pa.decimal128(9, 2)),
        "body": pa.array([b"\xff\x00"] * rows, pa.binary()),
        "tags": pa.array([["a", None], None] * (rows // 2), pa.list_(pa.string())),
        "meta": pa.array([{"k": {"n": 1}}] * rows),
        "map": pa.array([[("a", 1)]] * rows, pa.map_(pa.string(), pa.int16())),
        "half": pa.array([1.5, float("nan")] * (rows // 2), pa.float32()),
        "site": pa.array(["a.com", "b.org"] * (rows // 2)).dictionary_encode(),
        "text": pa.array(
            [None if n % 7 == 3 else f"{CRUFT}{n}" if n % 3 else CRUFT for n in numbers]
        ),
        "vector": pa.array([[1.0, 2.0]] * rows, pa.list_(pa.float32(), 2)),
    }
    fields = [pa.field(name, column.type) for name, column in columns.items()]
    fields[10] = pa.field("text", pa.string(), metadata={"note": "the text"})
    fields[0] = pa.field("id", pa.uint64(), nullable=False)
    metadata = {"huggingface": '{"info": {}}', "pandas": '{"index_columns": []}'}
    return pa.table(list(columns.values()), schema=pa.schema(fields, metadata=metadata))


def expected_texts(table: Any) -> list[str | None]:
    texts = table["text"].to_pylist()
    return [None if text is None else CLEANER.clean(text).text for text in texts]


@pytest.mark.parametrize("size", [1, 300, 2000, 2_000_000])
@pytest.mark.parametrize("by", [clean, same, lambda _: None], ids=["clean", "identity", "none"])
def test_all_but_the_texts_stays(
    size: int, by: Callable[..., Result | None], pa: Any, file: Callable[..., str]
) -> None:
    table = varied(pa)
    path = file(table, row_group_size=17)
    back = pa.parquet.read_table(run(path, by, size))
    assert back.schema.equals(pa.parquet.read_schema(path), check_metadata=True)
    others = table.drop_columns(["text", "half"])
    assert back.drop_columns(["text", "half"]).equals(others)
    assert str(back["half"]) == str(table["half"]) or back["half"].null_count == 0
    texts = expected_texts(table) if by is clean else table["text"].to_pylist()
    assert back["text"].to_pylist() == texts


@pytest.mark.parametrize("size", [1, 300, 2_000_000])
def test_row_groups_and_codecs_stay(size: int, pa: Any, file: Callable[..., str]) -> None:
    codecs = {
        "id": "NONE",
        "text": "ZSTD",
        "tags.list.element": "GZIP",
        "meta.k.n": "BROTLI",
        "map.key_value.value": "LZ4",
        "site": "SNAPPY",
    }
    path = file(varied(pa), row_group_size=17, compression=codecs)
    before, after = pa.parquet.read_metadata(path), pa.parquet.read_metadata(run(path, size=size))
    assert [after.row_group(n).num_rows for n in range(after.num_row_groups)] == [17, 17, 6]
    columns = range(before.num_columns)
    named = [(before.row_group(0).column(n).path_in_schema) for n in columns]
    for group in range(3):
        for column in columns:
            one, other = (
                before.row_group(group).column(column),
                after.row_group(group).column(column),
            )
            assert other.path_in_schema == one.path_in_schema == named[column]
            assert other.compression == one.compression
            assert other.is_stats_set == one.is_stats_set


def test_names_of_nested_columns_by_other_writers(pa: Any, file: Callable[..., str]) -> None:
    table = pa.table({"tags": [["a"]], "text": [CRUFT]})
    codecs = {"tags.list.item": "GZIP", "text": "ZSTD"}
    path = file(table, compression=codecs, use_compliant_nested_type=False)
    group = pa.parquet.read_metadata(run(path)).row_group(0)
    assert [group.column(n).compression for n in range(2)] == ["GZIP", "ZSTD"]


def test_the_same_bytes_at_every_run(pa: Any, file: Callable[..., str]) -> None:
    path = file(varied(pa, 400), row_group_size=170)
    for size in (900, 2_000_000):
        assert run(path, size=size).getvalue() == run(path, size=size).getvalue()


@pytest.mark.parametrize("size", [1, 2_000_000])
@pytest.mark.parametrize(
    "kind",
    [
        lambda pa: pa.string(),
        lambda pa: pa.large_string(),
        lambda pa: pa.string_view(),
        lambda pa: pa.dictionary(pa.int32(), pa.string()),
        lambda pa: pa.dictionary(pa.int8(), pa.string(), ordered=True),
        lambda pa: pa.dictionary(pa.int16(), pa.large_string()),
    ],
)
def test_texts_keep_their_type(
    kind: Callable[[Any], Any], size: int, pa: Any, file: Callable[..., str]
) -> None:
    texts = [CRUFT, None, CLEAN, CRUFT + "x", ""] * 8
    column = pa.array(texts)
    column = column.dictionary_encode() if "dictionary" in str(kind(pa)) else column
    table = pa.table({"text": column.cast(kind(pa))})
    try:
        path = file(table, row_group_size=11)
    except pa.ArrowNotImplementedError:
        pytest.skip("this pyarrow writes no such column")
    back = pa.parquet.read_table(run(path, size=size))
    assert back.schema.equals(pa.parquet.read_schema(path), check_metadata=True)
    assert back.schema.equals(pa.parquet.read_table(path).schema)
    assert back["text"].to_pylist() == expected_texts(table)


def test_pieces_follow_the_row_groups(pa: Any, file: Callable[..., str]) -> None:
    table = pa.table({"text": [f"{n:04}" * 500 for n in range(100)]})
    path = file(table, row_group_size=30)
    pieces = list(FORMAT.pieces(path, Options(piece_bytes=20_000)))
    assert [piece.first for piece in pieces[:4]] == [1, 11 - 1, 21 - 2, 28]
    assert len(pickle.dumps(pieces[0])) < 500
    sizes = [
        len(list(FORMAT.records(piece, "pages", Options(piece_bytes=20_000)))) for piece in pieces
    ]
    assert sum(sizes) == 100


def test_large_row_groups_are_handed_over(pa: Any, file: Callable[..., str]) -> None:
    path = file(pa.table({"text": [f"{n:04}" * 500 for n in range(100)]}))
    pieces = list(FORMAT.pieces(path, Options(piece_bytes=20_000)))
    assert all(isinstance(piece.data, bytes) for piece in pieces)
    assert max(len(piece.data) for piece in pieces) < 30_000
    assert [found.source for found in records(path, 20_000)] == [
        f"pages:{n}" for n in range(1, 101)
    ]


def test_documents(pa: Any, file: Callable[..., str]) -> None:
    table = varied(pa).drop_columns(["vector"])
    found = records(file(table, row_group_size=17), 300)
    assert [item.source if isinstance(item, Record) else item[0] for item in found] == [
        f"pages:{n}" for n in range(1, 41)
    ]
    assert found[0].scrape == CRUFT
    assert found[0].fields == {
        "id": 0,
        "when": "2024-05-01T12:00:00+00:00",
        "day": None,
        "price": "1.50",
        "body": "/wA=",
        "tags": ["a", None],
        "meta": {"k": {"n": 1}},
        "map": [["a", 1]],
        "half": 1.5,
        "site": "a.com",
    }
    assert found[1].fields["half"] is None
    assert found[1].fields["day"] == "2024-05-01"
    assert isinstance(found[3][1], BlankRecord)
    json.dumps([item.fields for item in found if isinstance(item, Record)], allow_nan=False)


def test_values_that_python_has_no_type_for(pa: Any, file: Callable[..., str]) -> None:
    nano = pa.array([1_714_564_800_000_000_123], pa.timestamp("ns"))
    table = pa.table(
        {
            "text": [CRUFT],
            "ns": nano,
            "list": pa.ListArray.from_arrays([0, 1], nano),
            "struct": pa.StructArray.from_arrays([nano], ["t"]),
            "map": pa.array([[("a", 1_714_564_800_000_000_123)]], pa.map_(pa.string(), nano.type)),
            "time": pa.array([1_500_000_123], pa.time64("ns")),
            "took": pa.array([1_500_000_123], pa.duration("ns")),
            "inf": [float("inf")],
        }
    )
    moment = "2024-05-01T12:00:00"
    assert records(file(table))[0].fields == {
        "ns": moment,
        "list": [moment],
        "struct": {"t": moment},
        "map": [["a", moment]],
        "time": "00:00:01.500000",
        "took": 1.5,
        "inf": None,
    }


def test_rows_that_hold_no_text_are_told_and_stay(pa: Any, file: Callable[..., str]) -> None:
    texts = [CRUFT.encode(), b"The br\xff", None]
    table = pa.table({"text": pa.array(texts, pa.binary()).view(pa.string())})
    told = []

    def by(item: Record | tuple[str, BadRecord]) -> Result | None:
        told.append(item)
        return clean(item)

    path = file(table, write_statistics=False)
    back = pa.parquet.read_table(run(path, by))["text"].chunk(0).view(pa.binary())
    assert back.to_pylist() == [CLEAN.encode(), b"The br\xff", None]
    labels = [(item[0], str(item[1])) for item in told[1:]]
    assert labels == [
        ("pages:2", "column 'text' is not UTF-8 at byte 7"),
        ("pages:3", "column 'text' is null"),
    ]


def test_another_value_that_is_no_json(pa: Any, file: Callable[..., str]) -> None:
    far = pa.array([2**60, 0], pa.timestamp("us"))
    table = pa.table({"text": [CRUFT, CRUFT], "far": far})
    bad, good = records(file(table))
    assert bad[0] == "pages:1"
    assert "column 'far' cannot be written as JSON" in str(bad[1])
    assert good.fields == {"far": "1970-01-01T00:00:00"}
    assert pa.parquet.read_table(run(file(table)))["far"].chunk(0).equals(far)


@pytest.mark.parametrize("groups", [0, 1])
def test_a_file_without_rows(groups: int, pa: Any, file: Callable[..., str]) -> None:
    table = varied(pa).slice(0, 0)
    path = file(table)
    if not groups:
        with pa.parquet.ParquetWriter(path, table.schema):
            pass
    before = pa.parquet.read_metadata(path).num_row_groups
    out = run(path)
    assert pa.parquet.read_metadata(out).num_row_groups == before
    assert pa.parquet.read_table(out).equals(table)
    assert records(path) == []


def test_an_empty_row_group_between_others(pa: Any, tmp_path: Path) -> None:
    table = pa.table({"text": [CRUFT] * 3})
    path = str(tmp_path / "a.parquet")
    with pa.parquet.ParquetWriter(path, table.schema) as writer:
        for rows in (2, 0, 1):
            writer.write_table(table.slice(0, rows), row_group_size=3)
    after = pa.parquet.read_metadata(run(path))
    assert [after.row_group(n).num_rows for n in range(3)] == [2, 0, 1]


def test_another_column(pa: Any, file: Callable[..., str]) -> None:
    path = file(pa.table({"text": [CRUFT], "a.b": [CRUFT]}), compression={"a.b": "GZIP"})
    back = pa.parquet.read_table(run(path, field="a.b"))
    assert back.to_pylist() == [{"text": CRUFT, "a.b": CLEAN}]


@pytest.mark.parametrize(
    ("names", "error"),
    [
        (["id", "url"], r"no column 'text': say --text-field; columns that hold strings: 'url'$"),
        (["text", "url"], r"column 'text' holds int64; columns that hold strings: 'url'$"),
        (["url", "url"], r"no column 'text'"),
    ],
)
def test_a_column_that_is_not_there(
    names: list[str], error: str, pa: Any, file: Callable[..., str]
) -> None:
    path = file(pa.table([pa.array([1]), pa.array(["x"])], names=names))
    with pytest.raises(InputError, match=f"^{path}: {error}"):
        list(FORMAT.pieces(path, Options()))


def test_two_columns_of_that_name(pa: Any, file: Callable[..., str]) -> None:
    path = file(pa.table([pa.array(["x"]), pa.array(["x"])], names=["text", "text"]))
    with pytest.raises(InputError, match="2 columns are called 'text'"):
        list(FORMAT.pieces(path, Options()))


@pytest.mark.parametrize("data", [b"", b"The bridge is closed.\n" * 9, b"PAR1" + bytes(99)])
def test_a_file_that_is_no_parquet(data: bytes, pa: Any, tmp_path: Path) -> None:
    assert pa
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"^{path}: cannot be read as Parquet: ") as raised:
        list(FORMAT.pieces(str(path), Options()))
    assert "\n" not in str(raised.value)
    with pytest.raises(FileNotFoundError):
        list(FORMAT.pieces(f"{path}.none", Options()))


def test_damaged_rows_are_an_error(pa: Any, file: Callable[..., str]) -> None:
    path = file(pa.table({"text": [f"{n}" * 50 for n in range(1000)]}), compression="zstd")
    data = bytearray(Path(path).read_bytes())
    data[4:5000] = bytes(4996)
    Path(path).write_bytes(data)
    pieces = list(FORMAT.pieces(path, Options()))
    with pytest.raises(InputError, match=f"^{path}: cannot be read as Parquet: "):
        list(FORMAT.records(pieces[0], "pages", Options()))


@pytest.mark.parametrize("rows", [1, 80])
def test_a_file_that_changes_meanwhile_is_an_error(
    rows: int, pa: Any, file: Callable[..., str]
) -> None:
    path = file(varied(pa))
    parts = [
        FORMAT.cleaned(piece, "pages", Options(), clean) for piece in FORMAT.pieces(path, Options())
    ]
    file(varied(pa, 80).slice(0, rows), row_group_size=40)
    with pytest.raises(InputError, match="changed while it was read"):
        FORMAT.assemble(parts[:1] if rows == 1 else parts, path, "", io.BytesIO())


def test_without_the_library_the_command_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    uses: list[Callable[[], Any]] = [
        lambda: list(FORMAT.pieces("a.parquet", Options())),
        lambda: list(FORMAT.records(Piece(1, b""), "a", Options())),
        lambda: FORMAT.assemble([], str(tmp_path), "", io.BytesIO()),
    ]
    for use in uses:
        with pytest.raises(MissingExtraError, match=r"pip install 'article-cleaner\[parquet\]'"):
            use()
