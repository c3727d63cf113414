"""Packed files: read whole whatever wrote them, written in parts, and damage is never passed over."""

import gzip
import importlib
import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.errors import InputError, MissingExtraError
from cleaner.sources.compression import SUFFIXES, bare_name, kind_of, opened, packed

# Longer than what is read at a time, packed too; the same at every run.
LONG = b"".join(b"%d The bridge is closed.\n" % (n * 2654435761 % 2**32) for n in range(9000))
PARTS = [b"The bridge is closed.\n", b"", LONG, b"\x00\xff\r\n"]


def zstd_missing() -> bool:
    for name in ("zstandard", "compression.zstd"):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        return False
    return True


KINDS = [
    "",
    "gzip",
    pytest.param("zstd", marks=pytest.mark.skipif(zstd_missing(), reason="needs the extra")),
]
PACKED = KINDS[1:]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    def written(data: bytes, name: str = "pages.jsonl") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return written


def read(path: str) -> bytes:
    with opened(path) as stream:
        return stream.read()


@pytest.mark.parametrize("kind", KINDS)
def test_parts_one_after_the_other_are_one_file(kind: str, file: Callable[..., str]) -> None:
    path = file(b"".join(packed(part, kind) for part in PARTS))
    assert kind_of(path) == kind
    assert read(path) == b"".join(PARTS)
    with opened(path) as stream:
        assert list(stream) == list(io.BytesIO(b"".join(PARTS)))
    with opened(path) as stream:
        assert stream.read(100) == b"".join(PARTS)[:100]
    assert stream.closed


@pytest.mark.parametrize("kind", PACKED)
def test_the_same_bytes_at_every_run(kind: str) -> None:
    assert packed(LONG, kind) == packed(LONG, kind)
    assert len(packed(LONG, kind)) < len(LONG) / 2


def test_gzip_members_are_those_of_the_standard() -> None:
    data = packed(LONG, "gzip")
    assert data[:10] == b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    assert gzip.decompress(data + packed(b"", "gzip")) == LONG
    assert zlib.decompress(data, 31) == LONG


def test_gzip_of_others_with_names_and_padding(file: Callable[..., str]) -> None:
    named = io.BytesIO()
    with gzip.GzipFile("pages.jsonl", "wb", fileobj=named) as out:
        out.write(LONG)
    padding = bytes(100_000)
    path = file(named.getvalue() + bytes(3) + gzip.compress(b"more") + padding)
    assert read(path) == LONG + b"more"


def test_gzip_as_the_command_writes_it(file: Callable[..., str], tmp_path: Path) -> None:
    try:
        subprocess.run(["gzip", file(LONG)], check=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("no gzip")
    path = str(tmp_path / "pages.jsonl.gz")
    assert kind_of(path) == "gzip"
    assert read(path) == LONG
    ours = Path(file(packed(LONG, "gzip")))
    back = subprocess.run(["gzip", "-dc"], stdin=ours.open("rb"), capture_output=True, check=True)
    assert back.stdout == LONG


def test_zstd_is_read_and_written_by_another_library(file: Callable[..., str]) -> None:
    zstandard = pytest.importorskip("zstandard")
    frame = packed(LONG, "zstd")
    assert zstandard.get_frame_parameters(frame).has_checksum
    with zstandard.ZstdDecompressor().stream_reader(frame + packed(b"more", "zstd")) as reader:
        assert reader.read(len(LONG)) == LONG
    unsized = zstandard.ZstdCompressor().compressobj()
    streamed = unsized.compress(LONG) + unsized.flush()
    skipped = b"\x50\x2a\x4d\x18\x04\0\0\0note"
    path = file(skipped + streamed + skipped + frame)
    assert kind_of(path) == "zstd"
    assert read(path) == LONG + LONG


def test_zstd_with_a_long_window(file: Callable[..., str]) -> None:
    zstandard = pytest.importorskip("zstandard")
    window = zstandard.ZstdCompressionParameters(window_log=28, compression_level=1)
    writer = zstandard.ZstdCompressor(compression_params=window).compressobj()
    assert read(file(writer.compress(LONG) + writer.flush())) == LONG


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("parts", [PARTS, [LONG]], ids=["members", "one"])
def test_truncated_data_are_an_error(
    kind: str, parts: list[bytes], file: Callable[..., str]
) -> None:
    whole = b"".join(packed(part, kind) for part in parts)
    for left in (5, len(whole) // 2, len(whole) - 1):
        path = file(whole[:left])
        with pytest.raises(InputError, match=f"{path}: the {kind} data break off at byte {left:,}"):
            read(path)


@pytest.mark.parametrize("kind", PACKED)
def test_what_comes_before_the_damage_is_read(kind: str, file: Callable[..., str]) -> None:
    path = file(packed(LONG, kind)[:-1])
    with opened(path) as stream:
        first = stream.readline()
        assert first == LONG[: len(first)]
        with pytest.raises(InputError, match="break off"):
            stream.read()


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("where", [0.5, 1.0], ids=["within", "checksum"])
def test_damaged_data_are_an_error(kind: str, where: float, file: Callable[..., str]) -> None:
    data = bytearray(packed(PARTS[0], kind) + packed(LONG, kind))
    end = len(data) - (8 if kind == "gzip" else 4)  # where the checksum begins
    at = int(end * where)
    data[at : at + 4] = bytes(byte ^ 0xFF for byte in data[at : at + 4])
    path = file(bytes(data))
    with pytest.raises(InputError, match=f"^{path}: damaged {kind} data after byte "):
        read(path)


@pytest.mark.parametrize("kind", PACKED)
def test_what_follows_the_last_member_is_an_error(kind: str, file: Callable[..., str]) -> None:
    path = file(packed(LONG, kind) + b"The bridge is closed.\n")
    with pytest.raises(InputError, match="damaged"):
        read(path)


def test_content_tells_the_kind_not_the_name(file: Callable[..., str]) -> None:
    plain = file(b"The bridge.\n", "pages.jsonl.gz")
    assert kind_of(plain) == ""
    assert read(plain) == b"The bridge.\n"
    assert kind_of(file(packed(b"The bridge.\n", "gzip"))) == "gzip"
    assert kind_of(file(b"P*M")) == ""


@pytest.mark.parametrize(("suffix", "kind"), [*SUFFIXES.items(), (".GZ", "gzip"), (".txt", "")])
def test_the_name_tells_the_kind_of_an_empty_file(suffix: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"pages{suffix}"
    path.touch()
    assert kind_of(str(path)) == kind
    if kind != "zstd" or not zstd_missing():
        assert read(str(path)) == b""


def test_bare_name() -> None:
    assert bare_name("raw/a.jsonl.gz") == "raw/a.jsonl"
    assert bare_name("raw/a.jsonl.ZST") == "raw/a.jsonl"
    assert bare_name("raw.gz/a.jsonl") == "raw.gz/a.jsonl"


def test_zstd_without_a_library_names_the_command(
    monkeypatch: pytest.MonkeyPatch, file: Callable[..., str]
) -> None:
    for module in ("zstandard", "compression", "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    path = file(b"\x28\xb5\x2f\xfd")
    assert kind_of(path) == "zstd"
    for use in (lambda: opened(path), lambda: packed(b"", "zstd")):
        with pytest.raises(MissingExtraError, match=r"pip install 'article-cleaner\[zstd\]'"):
            use()
    assert packed(b"", "gzip")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        opened(str(tmp_path / "none.gz"))
