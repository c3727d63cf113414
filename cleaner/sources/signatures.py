"""Beginnings of files that are no text; folders hold such files by accident, and pipes do too."""

__all__ = ["binary_kind"]

_BINARY = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip file (or an office document)",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xfd7zXZ\x00": "an xz file",
    b"\x7fELF": "a program",
}


def binary_kind(data: bytes) -> str:
    """What the bytes are if they begin as no text does; empty if they may be text."""
    return next((kind for start, kind in _BINARY.items() if data.startswith(start)), "")
