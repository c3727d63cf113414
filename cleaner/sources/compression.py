"""Files packed with gzip or Zstandard, read as streams and written in parts.

A packed file is a row of members (gzip) or frames (Zstandard), each whole by itself. So parts that are
packed one by one and written one after the other are a valid file, and what reads them must not stop
after the first.
"""

import io
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from ..errors import InputError
from ..extras import needed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["SUFFIXES", "bare_name", "kind_of", "opened", "packed"]

# Ends of file names, in lower case, and the kind of compression they tell of.
SUFFIXES = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}

_GZIP = b"\x1f\x8b\x08"  # RFC 1952: its two magic bytes, and deflate, the only method there is
_ZSTD = b"\x28\xb5\x2f\xfd"  # RFC 8878
_SKIPPABLE = b"\x2a\x4d\x18"  # the same, a frame without content: what follows its first byte
_CHUNK = 32_768  # bytes read at a time: what a member leaves over of them is copied to the next
_GZIP_LEVEL = 6  # the usual one of zlib; 9 takes three times as long for 1 % less
_ZSTD_LEVEL = 3  # the usual one of zstd
# Public dumps are packed with windows of up to 2 GiB (zstd --long=31); their readers must allow it.
_ZSTD_WINDOW = 31


class _Decompressor(Protocol):
    """Reads one member. All libraries in use here have this in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class _Codec(NamedTuple):
    """One kind of compression: how to read a member and to write one, and what goes wrong."""

    decompressor: Callable[[], _Decompressor]
    packed: Callable[[bytes], bytes]
    error: type[Exception]


def kind_of(path: str) -> str:
    """How a file is packed: ``"gzip"``, ``"zstd"``, or ``""`` for not at all.

    The first bytes tell, whatever the name; the name does for an empty file only.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    with open(path, "rb") as file:
        return _kind(file.read(4), path)


def _kind(head: bytes, path: str) -> str:
    if not head:
        return SUFFIXES.get(_suffix(path), "")
    if head.startswith(_GZIP):
        return "gzip"
    if head.startswith(_ZSTD) or (head[0] & 0xF0 == 0x50 and head[1:4] == _SKIPPABLE):
        return "zstd"
    return ""


def bare_name(path: str) -> str:
    """The path without the end that tells of compression: ``pages.jsonl`` for ``pages.jsonl.gz``."""
    suffix = _suffix(path)
    return path[: -len(suffix)] if suffix else path


def _suffix(path: str) -> str:
    lowered = path.lower()
    return next((suffix for suffix in SUFFIXES if lowered.endswith(suffix)), "")


def opened(path: str) -> IO[bytes]:
    """Open a file for reading, unpacked if it is packed; what 32 kB of it hold is in memory at once.

    Raises
    ------
    OSError
        If the file cannot be read.
    MissingExtraError
        If it is packed with Zstandard, and nothing that reads it is installed.
    InputError
        By any read later: if the packed data are damaged or end too early.
    """
    file = open(path, "rb")  # noqa: SIM115 the caller closes it
    try:
        kind = _kind(file.peek(4)[:4], path)
        return io.BufferedReader(_Members(file, path, kind), _CHUNK) if kind else file
    except BaseException:
        file.close()
        raise


def packed(data: bytes, kind: str) -> bytes:
    """Pack data as one whole member, the same bytes at every run; kind ``""`` gives them as they are.

    Raises
    ------
    MissingExtraError
        If the kind is ``"zstd"``, and nothing that writes it is installed.
    """
    return _codec(kind).packed(data) if kind else data


class _Members(io.RawIOBase):
    """The content of a packed file, member after member.

    Parameters
    ----------
    file
        The packed file; it is closed with this one.
    path
        What errors call it.
    kind
        ``"gzip"`` or ``"zstd"``.
    """

    def __init__(self, file: IO[bytes], path: str, kind: str) -> None:
        self._file = file
        self._path = path
        self._kind = kind
        self._codec = _codec(kind)
        self._member: _Decompressor | None = None  # None between two members
        self._read = 0  # bytes read of the packed file
        self._packed = b""  # read, not yet unpacked
        self._content = memoryview(b"")  # unpacked, not yet asked for

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        while not self._content and self._fill():
            self._content = memoryview(self._unpacked())
        place = memoryview(buffer).cast("B")
        size = min(len(place), len(self._content))
        place[:size] = self._content[:size]
        self._content = self._content[size:]
        return size

    def _fill(self) -> bool:
        """See to it that there are packed bytes; False at the end of the file."""
        self._skip_padding()
        while not self._packed:
            self._packed = self._file.read(_CHUNK)
            if not self._packed:
                self._check_end()
                return False
            self._read += len(self._packed)
            self._skip_padding()
        return True

    def _skip_padding(self) -> None:
        """Pass over zeros between gzip members and after the last, as gzip itself does."""
        if self._member is None and self._kind == "gzip":
            self._packed = self._packed.lstrip(b"\0")

    def _unpacked(self) -> bytes:
        """The content of the packed bytes, of one member at most."""
        if self._member is None:
            self._member = self._codec.decompressor()
        try:
            content = self._member.decompress(self._packed)
        except self._codec.error as error:
            near = self._read - len(self._packed)
            raise InputError(
                f"{self._path}: damaged {self._kind} data after byte {near:,}: {error}: "
                "take a sound copy of the file"
            ) from error
        self._packed = b""
        if self._member.eof:
            self._packed = self._member.unused_data
            self._member = None
        return content

    def _check_end(self) -> None:
        if self._member is not None:
            raise InputError(
                f"{self._path}: the {self._kind} data break off at byte {self._read:,}, "
                "the end of the file: take a whole copy of it"
            )

    def close(self) -> None:
        self._file.close()
        super().close()


def _codec(kind: str) -> _Codec:
    return {"gzip": _gzip, "zstd": _zstd}[kind]()


def _gzip() -> _Codec:
    return _Codec(lambda: zlib.decompressobj(16 + zlib.MAX_WBITS), _gzip_member, zlib.error)


def _gzip_member(data: bytes) -> bytes:
    """One gzip member without name, time or system, which `gzip.compress` fills in by version."""
    deflate = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = _GZIP + bytes(6) + b"\xff"
    sums = zlib.crc32(data).to_bytes(4, "little") + (len(data) % 2**32).to_bytes(4, "little")
    return b"".join((head, deflate.compress(data), deflate.flush(), sums))


def _zstd() -> _Codec:
    """Zstandard, by the standard library where that has it."""
    if sys.version_info >= (3, 14):
        with suppress(ImportError):  # a Python built without it
            return _standard_zstd()
    return _zstandard()


def _standard_zstd() -> _Codec:
    from compression import zstd  # type: ignore[import-not-found,unused-ignore]

    read: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW}
    write: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _ZSTD_LEVEL,
        zstd.CompressionParameter.checksum_flag: 1,
    }
    return _Codec(
        lambda: zstd.ZstdDecompressor(options=read),
        lambda data: zstd.compress(data, options=write),
        zstd.ZstdError,
    )


def _zstandard() -> _Codec:
    with needed("Zstandard compression", "zstd"):
        import zstandard
    reader = zstandard.ZstdDecompressor(max_window_size=2**_ZSTD_WINDOW)
    writer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
    return _Codec(reader.decompressobj, writer.compress, zstandard.ZstdError)
