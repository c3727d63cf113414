"""WARC: conversion records are cleaned, every other byte stays, and other readers agree."""

import base64
import gzip
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, Result
from cleaner.errors import InputError
from cleaner.sources._types import BadRecord, Options, Piece, Record
from cleaner.sources.compression import packed
from cleaner.sources.warc import FORMAT, packed_records

CRUFT = b"The bridge is closed.\n\n- Advertisement -\n"
CLEAN = b"The bridge is closed.\n"
OPTIONS = Options()
CLEANER = Cleaner()


def sha1(block: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(block).digest())


def record(
    block: bytes, *fields: bytes, kind: bytes = b"conversion", end: bytes = b"\r\n"
) -> bytes:
    """One record; the fields come between the type and the length."""
    lines = [b"WARC/1.0", b"WARC-Type: " + kind, *fields, b"Content-Length: %d" % len(block)]
    return end.join([*lines, b"", block]) + end + end


def wet(block: bytes, number: int, digest: bytes | None = None) -> bytes:
    """A record as Common Crawl writes it."""
    return record(
        block,
        b"WARC-Target-URI: http://example.com/%d" % number,
        b"WARC-Date: 2024-05-12T01:02:03Z",
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>" % number,
        b"WARC-Refers-To: <urn:uuid:10000000-0000-4000-8000-%012d>" % number,
        b"WARC-Block-Digest: " + (digest or sha1(block)),
        b"WARC-Identified-Content-Language: eng,deu",
        b"Content-Type: text/plain",
    )


INFO = record(
    b"Software-Info: a test\r\nrobots: CRUFT\r\n\r\n",
    b"WARC-Date: 2024-05-12T01:02:03Z",
    b"WARC-Record-ID: <urn:uuid:20000000-0000-4000-8000-000000000000>",
    b"Content-Type: application/warc-fields",
    kind=b"warcinfo",
)
BLOCKS = [CRUFT, CLEAN, b"", CRUFT + b"\xff\xfe\x80\r\n", "Die Brücke.\r\n\r\n".encode(), b"\n" * 9]
FILE = INFO + b"".join(wet(block, number) for number, block in enumerate(BLOCKS))


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    def written(data: bytes, name: str = "a.warc.wet") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return written


def clean(record: Record | tuple[str, BadRecord]) -> Result | None:
    if not isinstance(record, Record):
        return None
    return CLEANER.clean(record.scrape, source=record.source)


def same(record: Record | tuple[str, BadRecord]) -> Result | None:
    return Cleaner(packs=()).clean(record.scrape) if isinstance(record, Record) else None


def pieces(path: str, size: int = 2_000_000) -> list[Piece]:
    return list(FORMAT.pieces(path, Options(piece_bytes=size)))


def cleaned(data: bytes, by: Callable[..., Result | None] = clean) -> bytes:
    return FORMAT.cleaned(Piece(1, data), "a.wet", OPTIONS, by)


def records(data: bytes, first: int = 1) -> list[Any]:
    return list(FORMAT.records(Piece(first, data), "a.wet", OPTIONS))


def documents(path: str) -> Iterator[Record | tuple[str, BadRecord]]:
    for piece in pieces(path):
        yield from FORMAT.records(piece, "a.wet", OPTIONS)


@pytest.mark.parametrize("size", [1, 300, 1000, 2_000_000])
def test_pieces_are_whole_records(size: int, file: Callable[..., str]) -> None:
    found = pieces(file(FILE), size)
    assert b"".join(piece.data for piece in found) == FILE
    assert all(piece.data.startswith(b"WARC/1.0\r\n") for piece in found)
    firsts = [1]
    for piece in found:
        firsts.append(firsts[-1] + piece.data.count(b"WARC/1.0"))
    assert [piece.first for piece in found] == firsts[:-1]
    assert len(found) == {1: 7, 2_000_000: 1}.get(size, len(found))


@pytest.mark.parametrize("size", [1, 2_000_000])
def test_a_record_larger_than_what_is_read_at_a_time(size: int, file: Callable[..., str]) -> None:
    data = FILE + wet(CRUFT * 60_000, 9) + FILE
    assert b"".join(piece.data for piece in pieces(file(data), size)) == data


def test_every_cut_of_what_is_read_gives_the_same_pieces(
    file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(FILE)
    expected = pieces(path, 500)
    for chunk in (1, 7, 64, 1001):
        monkeypatch.setattr("cleaner.sources.warc._CHUNK", chunk)
        assert pieces(path, 500) == expected


def test_documents(file: Callable[..., str]) -> None:
    found = list(documents(file(FILE)))
    assert [item.scrape for item in found if isinstance(item, Record)] == BLOCKS
    first = found[0]
    assert isinstance(first, Record)
    assert first.source == "http://example.com/0"
    assert first.fields == {
        "url": "http://example.com/0",
        "date": "2024-05-12T01:02:03Z",
        "id": "urn:uuid:00000000-0000-4000-8000-000000000000",
        "languages": ["eng", "deu"],
    }


def test_a_document_that_has_no_address_is_called_by_its_number() -> None:
    data = INFO + record(CRUFT) + record(CRUFT, b"warc-target-uri:  <http://e.com/\xff> ")
    assert [item.source for item in records(data, first=7)] == ["a.wet:8", "http://e.com/\\xff"]
    assert records(data)[0].fields == {"url": None, "date": None, "id": None, "languages": []}


def test_only_the_texts_are_written_anew() -> None:
    result = cleaned(FILE)
    expected = [clean(Record("", block, {})) for block in BLOCKS]
    blocks = [one.data for one in expected if one is not None]
    assert blocks[0] == CLEAN
    assert b"\xff\xfe\x80" in blocks[3] != BLOCKS[3]
    assert result == INFO + b"".join(wet(block, n) for n, block in enumerate(blocks))


@pytest.mark.parametrize("by", [same, lambda _: None], ids=["identity", "none"])
def test_a_text_that_stays_keeps_its_record_byte_for_byte(
    by: Callable[..., Result | None],
) -> None:
    data = FILE + wet(CRUFT, 9, digest=b"sha1:WRONG") + record(CRUFT, end=b"\n")
    assert cleaned(data, by) == data


def test_headers_keep_order_and_spelling() -> None:
    head = (
        b"WARC/1.1\r\ncontent-LENGTH:%d\r\nX-Note : a:b\r\n folded: Content-Length: 9 \r\n"
        b"WARC-Type:   conversion\r\nWARC-Payload-Digest:\t%s\r\nX-Note: \xff\r\n\r\n"
    )
    data = head % (len(CRUFT), sha1(CRUFT)) + CRUFT + b"\r\n\r\n"
    assert cleaned(data) == head % (len(CLEAN), sha1(CLEAN)) + CLEAN + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (sha1(CRUFT), sha1(CLEAN)),
        (b"sha1:" + hashlib.sha1(CRUFT).hexdigest().encode(), hashlib.sha1(CLEAN).hexdigest()),
        (
            b"sha256:" + hashlib.sha256(CRUFT).hexdigest().encode(),
            hashlib.sha256(CLEAN).hexdigest(),
        ),
        (b"SHA-1:" + sha1(CRUFT)[5:], b"SHA-1:" + sha1(CLEAN)[5:]),
        (b"shake_128:AAAA", sha1(CLEAN)),
        (b"whirl:AAAA", sha1(CLEAN)),
        (b"", sha1(CLEAN)),
    ],
)
def test_digests_are_those_of_the_clean_text(old: bytes, new: bytes | str) -> None:
    if isinstance(new, str):
        new = old.partition(b":")[0] + b":" + new.encode()
    field = b"WARC-Block-Digest: "
    expected = record(CLEAN, field + new, b"Content-Type: text/plain")
    assert cleaned(record(CRUFT, field + old, b"Content-Type: text/plain")) == expected


@pytest.mark.parametrize("kind", [b"response", b"metadata", b"resource", b"continuation"])
def test_other_records_hold_no_document(kind: bytes) -> None:
    data = record(CRUFT, b"Content-Type: text/plain", kind=kind)
    assert records(data) == []
    assert cleaned(data) == data


def test_a_conversion_to_something_else_is_no_text() -> None:
    data = record(CRUFT, b"Content-Type: image/png")
    assert records(data) == []
    assert cleaned(data) == data


def test_one_segment_of_several_stays_and_is_told() -> None:
    data = record(CRUFT, b"WARC-Segment-Number: 1") + record(CRUFT)
    told = []

    def by(item: Record | tuple[str, BadRecord]) -> Result | None:
        told.append(item)
        return clean(item)

    assert cleaned(data, by) == record(CRUFT, b"WARC-Segment-Number: 1") + record(CLEAN)
    assert told[0][0] == "a.wet:1"
    assert "segments" in str(told[0][1])


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"The bridge is closed.\n", "record 1, from byte 1 .*no WARC file"),
        (b"WAR", "no WARC record begins here"),
        (FILE + b"more", f"record 8, from byte {len(FILE) + 1:,} .*no WARC record begins here"),
        (FILE[:-60], "record 7, .*header has no end"),
        (INFO[:-10], "record 1, .*breaks off after 34 of 40 bytes"),
        (INFO.replace(b": 40", b": 60") + FILE, "record 2, "),
        (INFO.replace(b": 40", b": -1"), "Content-Length '-1' is no length"),
        (INFO.replace(b": 40", b": " + b"9" * 30), "is no length"),
        (INFO.replace(b": 40", b": " + b"9" * 18), "breaks off"),
        (INFO.replace(b"Content-Length: 40\r\n", b""), "names no lengths"),
        (record(CLEAN, b"Content-Length: 4"), "names 2 lengths"),
    ],
)
def test_damaged_files_are_an_error(data: bytes, error: str, file: Callable[..., str]) -> None:
    path = file(data)
    with pytest.raises(InputError, match=error) as raised:
        pieces(path)
    assert str(raised.value).startswith(f"{path}: record ")


def test_a_header_without_end_is_not_read_for_ever(file: Callable[..., str]) -> None:
    with pytest.raises(InputError, match="header has no end"):
        pieces(file(INFO + b"WARC/1.0\r\n" + b"X: y\r\n" * 400_000))


def test_an_empty_file_has_no_pieces(file: Callable[..., str]) -> None:
    assert pieces(file(b"")) == []


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_packed_files(kind: str, file: Callable[..., str]) -> None:
    if kind == "zstd":
        pytest.importorskip("zstandard")
    path = file(packed_records(FILE, kind), "a.warc.wet.gz")
    found = pieces(path, 500)
    assert b"".join(piece.data for piece in found) == FILE
    out = io.BytesIO()
    parts = (FORMAT.cleaned(piece, "a", OPTIONS, clean) for piece in found)
    FORMAT.assemble(parts, path, kind, out)
    assert out.getvalue() == packed_records(cleaned(FILE), kind)
    with pytest.raises(InputError, match="break off"):
        pieces(file(packed_records(FILE, kind)[:-20]))


def test_a_plain_file_stays_plain(file: Callable[..., str]) -> None:
    out = io.BytesIO()
    FORMAT.assemble([INFO, FILE], file(FILE), "", out)
    assert out.getvalue() == INFO + FILE


def test_each_record_is_a_member_of_its_own() -> None:
    members = [packed(INFO, "gzip"), *(packed(wet(b, n), "gzip") for n, b in enumerate(BLOCKS))]
    assert packed_records(FILE, "gzip") == b"".join(members)
    assert gzip.decompress(packed_records(FILE, "gzip")) == FILE
    assert packed_records(FILE, "") == FILE


@pytest.mark.parametrize("kind", ["", "gzip"])
def test_warcio_reads_what_was_written(kind: str) -> None:
    iterator = pytest.importorskip("warcio.archiveiterator")
    stream = io.BytesIO(packed_records(cleaned(FILE), kind))
    reader = iterator.ArchiveIterator(stream, check_digests="raise")
    seen = [(item.rec_type, item.content_stream().read()) for item in reader]
    assert seen[0][0] == "warcinfo"
    assert seen[1] == ("conversion", CLEAN)
    assert len(seen) == 1 + len(BLOCKS)


def test_warcio_writes_what_is_read(file: Callable[..., str]) -> None:
    writer = pytest.importorskip("warcio.warcwriter")
    out = io.BytesIO()
    warc = writer.WARCWriter(out, gzip=True)
    for number, block in enumerate(BLOCKS):
        address = f"http://example.com/{number}"
        warc.write_record(
            warc.create_warc_record(
                address, "conversion", io.BytesIO(block), warc_content_type="text/plain"
            )
        )
    found = list(documents(file(out.getvalue())))
    assert [item.scrape for item in found if isinstance(item, Record)] == BLOCKS


@pytest.mark.parametrize("kind", ["", "gzip"])
def test_fastwarc_reads_what_was_written(kind: str) -> None:
    fastwarc = pytest.importorskip("fastwarc")
    stream = io.BytesIO(packed_records(cleaned(FILE), kind))
    seen = []
    for item in fastwarc.ArchiveIterator(stream, parse_http=False):
        digest = "WARC-Block-Digest" in item.headers
        assert not digest or item.verify_block_digest()
        seen.append(item.reader.read())
    assert seen[1] == CLEAN
    assert len(seen) == 1 + len(BLOCKS)
