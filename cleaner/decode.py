"""Bytes to a document and back, without the loss of a byte.

Unicode is recognised by proof (a byte order mark, valid UTF-8, the zero bytes of UTF-16), never by
statistics, so that a clean text is read like the scrape it came from. What is not Unicode is read as
windows-1252, the web's default (WHATWG Encoding Standard, "Names and labels"), or as the encoding the
caller names. Where windows-1252 would have signs in the middle of words the text is of another encoding,
and only its ASCII is read: the "Š" of ISO-8859-2 must not pass for "©". Bytes that an encoding has no
character for become lone surrogates (PEP 383) and come back as the same bytes.
"""

import codecs
from collections import Counter
from io import BytesIO

from .errors import InputError
from .late import LatePattern
from .model import Document

__all__ = ["decode", "encode", "survives"]

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNIT = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# Names that leave the byte order, or whether there is a mark, to the bytes; without one the first.
_FAMILIES = {
    "utf-8-sig": ("utf-8",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-32": ("utf-32-le", "utf-32-be"),
}
_PIECE = 1 << 16  # characters that are encoded at once
_PROBE = 4096  # bytes looked at to tell UTF-16 that has no byte order mark
_LEAST_UNITS = 8  # of UTF-16 that might pass for UTF-8 with zeros and control characters
_SAME_HALF = 0.9  # of them have a zero, or the number of their script, as one half
_PRINTED = 0x21  # the first character that is neither control character nor blank
# Signs of windows-1252 that no language has inside a word; in other encodings they are letters.
_IN_WORDS = LatePattern(r"(?<=[^\W\d_])[¡-§©«¬®-±³¶¸¹»¼¾¿]+(?=[^\W\d_])|(?<=[¢£¤¥¦¬¯±])[¢£¤¥¦¬¯±]")
_MOST_IN_WORDS = 0.02  # of what is not ASCII


def decode(data: bytes, source: str = "", encoding: str | None = None) -> Document:
    """Read the bytes of a scrape.

    Parameters
    ----------
    data
        The scrape, any bytes at all.
    source
        A label for reports and errors.
    encoding
        A codec name as Python knows it; by default the encoding is found from the bytes.

    Raises
    ------
    InputError
        If the named encoding is unknown, or cannot give these bytes back.
    """
    if encoding is not None:
        return _decode_named(data, source, encoding)
    for bom, name in _BOMS:
        if data.startswith(bom):
            found = _attempt(data, source, name, bom)
            if found is not None:
                return found
    wide = _utf_16(data[:_PROBE]) if b"\0" in data else ()
    try:
        if not wide:
            return Document(data.decode("utf-8"), source)
    except UnicodeDecodeError:
        pass
    for name in (*wide, *_guesses(data)):
        found = _attempt(data, source, name)
        if found is not None:
            return found
    return Document(data.decode("utf-8", "surrogateescape"), source, "utf-8", "surrogateescape")


def encode(text: str, document: Document) -> bytes:
    """Write a text in the encoding of the document it came from."""
    # In pieces: Python makes room for the longest form of each character before it knows how long they are.
    size = _PIECE if document.encoding == "utf-8" else max(len(text), 1)
    body = BytesIO()
    body.write(document.bom)
    for at in range(0, len(text), size):
        body.write(text[at : at + size].encode(document.encoding, document.errors))
    body.write(document.tail)
    return body.getvalue()


def survives(text: str, document: Document) -> bool:
    """Whether the text, written in the document's encoding, is read again as the same text.

    Two halves of a character that a cut brings together would be read as one: then it does not.
    """
    if document.encoding == "utf-8" and document.errors == "strict":
        return True
    name, errors = document.encoding, document.errors
    if name == "utf-8" and errors == "surrogatepass":
        name = "utf-16-le"  # a Python text, which JSON keeps like UTF-16
    return text.encode(name, errors).decode(name, errors) == text


def _decode_named(data: bytes, source: str, encoding: str) -> Document:
    try:
        name = codecs.lookup(encoding).name
        names = _FAMILIES.get(name, (name,))
        bom, name = next(
            ((b, n) for b, n in _BOMS if n in names and data.startswith(b)), (b"", names[0])
        )
        found = _attempt(data, source, name, bom)
    except (LookupError, ValueError) as error:
        raise InputError(
            f"unknown encoding {encoding!r} for {source or 'the input'}: "
            "use a codec name that Python knows, such as utf-8, cp1251 or shift_jis"
        ) from error
    if found is None:
        raise InputError(
            f"{source or 'the input'} cannot be read as {encoding} without losing bytes: "
            "name another encoding, or none to have it found"
        )
    return found


def _attempt(data: bytes, source: str, name: str, bom: bytes = b"") -> Document | None:
    """Read with one codec; None unless the same bytes come back."""
    body = data[len(bom) :]
    odd = len(body) % _UNIT.get(name, 1)
    body, tail = body[: len(body) - odd], body[len(body) - odd :]
    for errors in ("strict", "surrogatepass" if name in _UNIT else "surrogateescape"):
        try:
            text = body.decode(name, errors)
            if text.encode(name, errors) == body:
                return Document(text, source, name, errors, bom, tail)
        except UnicodeError:
            continue
    return None


def _utf_16(head: bytes) -> tuple[str, ...]:
    """The byte order of UTF-16 whose bytes are all valid UTF-8, as those of ASCII and Cyrillic letters are.

    One half of nearly all units is zero or one other number, which as a character would be no text.
    """
    for name, high, low in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        halves = dict(Counter(high).most_common(2))
        if (
            len(high) >= _LEAST_UNITS
            and low.count(0) * 10 < halves.get(0, 0)
            and max(halves) < _PRINTED
            and sum(halves.values()) >= _SAME_HALF * len(high)
        ):
            return (name,)
    return ()


def _guesses(data: bytes) -> list[str]:
    """Encodings to try for bytes that are not valid UTF-8, best first."""
    head = data[:_PROBE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    # Latin text in UTF-16 has a zero in nearly every second byte; other text has next to none.
    if max(even, odd) * 5 > len(head) and min(even, odd) * 10 < max(even, odd):
        return ["utf-16-le" if odd > even else "utf-16-be"]
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in text)
    sound = sum(char > "\x7f" for char in text) - broken
    # UTF-8 with a few broken bytes stays UTF-8: most of what is not ASCII forms valid sequences.
    if sound >= broken:
        return ["utf-8"]
    return ["cp1252" if _may_be_western(data) else "ascii", "utf-8"]


def _may_be_western(data: bytes) -> bool:
    """Whether the bytes, read as windows-1252, have words without signs in them."""
    text = data.decode("cp1252", "replace")
    signs = sum(len(found[0]) for found in _IN_WORDS.finditer(text))
    return signs <= _MOST_IN_WORDS * sum(char > "\x7f" for char in text)
