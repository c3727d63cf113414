"""Beginnings of files that are no text; folders hold such files by accident, and pipes do too."""

from ..decode import decode

__all__ = ["binary_kind", "seems_binary"]

_BINARY = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip file (or an office document)",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xfd7zXZ\x00": "an xz file",
    b"\x7fELF": "a program",
}
_HEAD = 1024  # bytes looked at
_FEW = 8  # control characters that any text may hold
_LEAST_SHARE = 0.05  # of the bytes, in what is no text
_CONTROL = bytes({*range(32)} - {*b"\t\n\r\f\v\b\x1b"})


def binary_kind(data: bytes) -> str:
    """What the bytes are if they begin as no text does; empty if they may be text."""
    return next((kind for start, kind in _BINARY.items() if data.startswith(start)), "")


def seems_binary(data: bytes, encoding: str | None = None) -> bool:
    """Whether the bytes begin with more control characters than text has; their encoding, if it is known."""
    head = data[:_HEAD]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control <= _FEW or control < _LEAST_SHARE * len(head):
        return False
    # Zero bytes are nothing strange in these.
    return not (encoding or decode(head).encoding).startswith(("utf-16", "utf-32"))
