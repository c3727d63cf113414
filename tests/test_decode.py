"""Bytes to a document and back."""

import codecs

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cleaner import clean
from cleaner.decode import decode, encode, survives
from cleaner.errors import InputError

UTF8, LE16, BE16 = codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
LE32, BE32 = codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE
WORDS = "The bridge in Ålvik is closed – “for a year”.\n"
CYRILLIC = "Мост закрыт на год.\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b" \t\r\n", " \t\r\n", "utf-8"),
        (b"a\x00b\n", "a\x00b\n", "utf-8"),
        (WORDS.encode(), WORDS, "utf-8"),
        ("桥 🌉".encode(), "桥 🌉", "utf-8"),
        (WORDS.encode("cp1252"), WORDS, "cp1252"),
        ("Ålvik\n".encode("latin-1"), "Ålvik\n", "cp1252"),
        (WORDS.encode("utf-16-le"), WORDS, "utf-16-le"),
        (WORDS.encode("utf-16-be"), WORDS, "utf-16-be"),
        ("A bridge.\n".encode("utf-16-le"), "A bridge.\n", "utf-16-le"),
        ("“A bridge.”\n".encode("utf-16-be"), "“A bridge.”\n", "utf-16-be"),
        (CYRILLIC.encode("utf-16-le"), CYRILLIC, "utf-16-le"),
        (CYRILLIC.encode("utf-16-be"), CYRILLIC, "utf-16-be"),
        ("γέφυρα. κλείσει\n".encode("utf-16-le"), "γέφυρα. κλείσει\n", "utf-16-le"),
        ("d’œuvre: 3 m², 5 € – «à l´été»\n".encode("cp1252"), None, "cp1252"),
        ("coup d’½il, le c½ur".encode("cp1252"), None, "cp1252"),
    ],
)
def test_without_a_mark(data: bytes, text: str | None, encoding: str) -> None:
    document = decode(data, "page.txt")
    text = data.decode(encoding) if text is None else text
    assert document.text == text
    assert document.source == "page.txt"
    assert (document.encoding, document.errors) == (encoding, "strict")
    assert (document.bom, document.tail) == (b"", b"")
    assert encode(text, document) == data


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (UTF8, "utf-8"),
        (LE16, "utf-16-le"),
        (BE16, "utf-16-be"),
        (LE32, "utf-32-le"),
        (BE32, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", ["", WORDS, CYRILLIC, "\ufeffa second mark"])
def test_byte_order_mark_is_no_text(bom: bytes, encoding: str, text: str) -> None:
    data = bom + text.encode(encoding)
    document = decode(data)
    assert (document.text, document.encoding, document.bom) == (text, encoding, bom)
    assert encode("short", document) == bom + "short".encode(encoding)
    assert encode(text, document) == data


@pytest.mark.parametrize(
    ("data", "tail"),
    [
        (LE16 + "ab".encode("utf-16-le") + b"x", b"x"),
        (BE16 + b"\x00", b"\x00"),
        (LE32 + "ab".encode("utf-32-le") + b"xyz", b"xyz"),
        ((WORDS * 3).encode("utf-16-le") + b"\n", b"\n"),
    ],
)
def test_half_a_code_unit_stays_behind(data: bytes, tail: bytes) -> None:
    document = decode(data)
    assert document.tail == tail
    assert encode(document.text, document) == data


@pytest.mark.parametrize(
    ("data", "encoding", "errors"),
    [
        (LE16 + b"a\x00\x00\xd8b\x00", "utf-16-le", "surrogatepass"),
        (BE16 + b"\xdc\x00\x00b", "utf-16-be", "surrogatepass"),
        (LE32 + b"\x00\xd8\x00\x00", "utf-32-le", "surrogatepass"),
        ("Ålvik – “ä”".encode() + b"\xff\xfe.", "utf-8", "surrogateescape"),
        (UTF8 + b"\x80", "utf-8", "surrogateescape"),
        (WORDS.encode("cp1252") + b"\x81\x8d", "cp1252", "surrogateescape"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, encoding: str, errors: str) -> None:
    document = decode(data)
    assert (document.encoding, document.errors) == (encoding, errors)
    assert encode(document.text, document) == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Možná si koupí Škodu, řekl.", "iso-8859-2"),
        ("Rada zgodziła się zamknąć most. Źródło: własne.", "cp1250"),
        ("议会周一晚上同意关闭旧桥。", "gb18030"),
        ("議會週一晚上同意關閉舊橋。", "big5"),
        ("다리는 일 년 동안 닫힌다.", "euc_kr"),
    ],
)
def test_what_windows_1252_has_no_words_of_is_not_read(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    document = decode(data)
    assert (document.encoding, document.errors) == ("ascii", "surrogateescape")
    assert all(char < "\x80" or char >= "\udc80" for char in document.text)
    assert encode(document.text, document) == data


def test_a_letter_of_iso_8859_2_is_no_sign_of_copyright() -> None:
    """The byte of "Š" is "©" in windows-1252, and "©KOLA" would be the owner of a picture."""
    text = "Žáci snad přijdou, řekl starosta, a možná i šest učitelů. ŠKOLA A OTEVŘENÍ, ŠKOLNÍ JÍDELNY\n"
    assert clean(text.encode("iso-8859-2")).cuts == ()


def test_a_few_broken_bytes_do_not_change_the_rest() -> None:
    assert decode(b"\xc3\x85lvik \xff \xe2\x80\x93 \xc3\xa4\xc3\xb6").text == "Ålvik \udcff – äö"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1251", CYRILLIC),
        ("windows-1251", CYRILLIC),
        ("KOI8-R", CYRILLIC),
        ("shift_jis", "橋は閉鎖されました。"),
        ("gb18030", "桥关闭一年。"),
        ("latin-1", "Ålvik"),
        ("utf-16-le", WORDS),
    ],
)
def test_named_encoding(name: str, text: str) -> None:
    data = text.encode(name)
    document = decode(data, encoding=name)
    assert document.text == text
    assert document.encoding == codecs.lookup(name).name
    assert encode(text, document) == data


@pytest.mark.parametrize(
    ("name", "data", "encoding", "bom"),
    [
        ("utf-16", LE16 + "ä".encode("utf-16-le"), "utf-16-le", LE16),
        ("utf-16", BE16 + "ä".encode("utf-16-be"), "utf-16-be", BE16),
        ("utf-16", "ä".encode("utf-16-le"), "utf-16-le", b""),
        ("utf-32", BE32 + "ä".encode("utf-32-be"), "utf-32-be", BE32),
        ("utf-8-sig", UTF8 + "ä".encode(), "utf-8", UTF8),
        ("utf-8-sig", "ä".encode(), "utf-8", b""),
        ("utf-8", UTF8 + "ä".encode(), "utf-8", UTF8),
    ],
)
def test_named_family_is_settled_by_the_mark(
    name: str, data: bytes, encoding: str, bom: bytes
) -> None:
    document = decode(data, encoding=name)
    assert (document.text, document.encoding, document.bom) == ("ä", encoding, bom)
    assert encode("ä", document) == data


@pytest.mark.parametrize("name", ["nonsense", "", "rot13", "hex", "base64", "zlib", "a\x00b", "ü"])
def test_no_text_encoding(name: str) -> None:
    with pytest.raises(InputError, match=r"unknown encoding .* page\.txt.* such as utf-8"):
        decode(b"6162", "page.txt", name)


def test_encoding_that_loses_bytes() -> None:
    assert b"+AGE-".decode("utf-7").encode("utf-7") == b"a"
    with pytest.raises(InputError, match=r"page\.txt cannot be read as utf-7 without losing"):
        decode(b"+AGE-", "page.txt", "utf-7")


PIECES = st.one_of(
    st.binary(max_size=8),
    st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=8).map(lambda text: text.encode("utf-16-le", "surrogatepass")),
    st.text(max_size=8).map(lambda text: text.encode("utf-32-be", "surrogatepass")),
    st.sampled_from([UTF8, LE16, BE16, LE32, BE32, b"\x00", b"\n"]),
)
DATA = st.lists(PIECES, max_size=6).map(b"".join)


@pytest.mark.bulk
@given(DATA)
def test_every_byte_comes_back(data: bytes) -> None:
    document = decode(data)
    assert encode(document.text, document) == data


@pytest.mark.bulk
@pytest.mark.parametrize("data", ["Brücke 橋 😀 ".encode() * 3, b"\xff" + "Brücke".encode() * 5])
def test_a_long_text_is_written_in_pieces(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    document = decode(data)
    monkeypatch.setattr("cleaner.decode._PIECE", 4)
    assert document.encoding == "utf-8"
    assert encode(document.text, document) == data


@given(DATA, st.sampled_from(["utf-16", "utf-8-sig", "cp1251", "shift_jis", "iso2022_jp", "utf-7"]))
def test_every_byte_comes_back_or_the_name_is_refused(data: bytes, name: str) -> None:
    try:
        document = decode(data, encoding=name)
    except InputError:
        return
    assert encode(document.text, document) == data


@pytest.mark.parametrize(
    ("data", "text", "whole"),
    [
        (b"ab", "a", True),
        (UTF8 + b"\xff", "\udcff", True),
        (b"\xc3\xa4\xff", "\udcc3\udca4", False),  # two broken bytes that are a letter together
        (LE16 + b"\x00\xd8", "\ud800", True),
        (LE16 + b"\x00\xd8", "\ud800\udc00", False),
        (b"caf\xe9 \x81", "caf\xe9\udc81", True),
    ],
)
def test_survives(data: bytes, text: str, whole: bool) -> None:
    document = decode(data)
    assert survives(text, document) is whole
    assert (decode(encode(text, document)).text == text) is whole
