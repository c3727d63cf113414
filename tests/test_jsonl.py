"""JSON lines: the text changes, every other byte stays."""

import json
import sys

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from cleaner.sources.jsonl import BadLine, parse_line, replaced

OTHERS = [
    '"n": 12345678901234567890123456789',
    '"n": ' + "9" * (sys.get_int_max_str_digits() + 1),
    '"n": -0, "m": 1.0e5, "k": 1E400, "l": 0.10',
    '"n": NaN, "m": [-Infinity, Infinity]',
    r'"n": "\u00e9 \u00E9 \/ \ud83c\udf09 \ud83c é 桥"',
    '"n":1,"n" : 2  ,\t"m":{ "text" : "inner" }',
    '"z": null, "a": true, "M": []',
    '"n": "a\tb\x01"',
    '"n": "{\\"text\\": \\"no\\"}", "": "\\\\"',
]


def line_of(*members: str, end: str = "\n") -> bytes:
    return ("{" + ", ".join(members) + "}" + end).encode()


@pytest.mark.parametrize("other", OTHERS, ids=range(len(OTHERS)))
@pytest.mark.parametrize("first", [True, False])
def test_other_fields_stay_byte_for_byte(other: str, first: bool) -> None:
    text = '"text": "The bridge."'
    members = [other, text] if first else [text, other]
    line = line_of(*members)
    record = parse_line(line, "text")
    assert record.text == "The bridge."
    assert record.line[record.start : record.end] == '"The bridge."'
    assert replaced(record, record.text) == line
    assert replaced(record, "x") == line.replace(b'"The bridge."', b'"x"')


@pytest.mark.parametrize(
    "line",
    [
        '{"text":"a"}',
        ' \t{ "text"\t:\r "a" } \r\n',
        '\ufeff{"text": "a"}\n',
        '{"text": "a"}\r\n',
        '{"text": "a"}',
    ],
)
def test_spacing_line_ends_and_mark_stay(line: str) -> None:
    record = parse_line(line.encode(), "text")
    assert record.text == "a"
    assert replaced(record, "b") == line.replace('"a"', '"b"').encode()


@pytest.mark.parametrize(
    ("literal", "text", "new", "written"),
    [
        (r'"é – a"', "é – a", "é", '"é"'),
        (r'"\u00e9 \u2013 a"', "é – a", "é", r'"\u00e9"'),
        (r'"\u00e9 é"', "é é", "é", '"é"'),
        (r'"\ud83c\udf09 a"', "🌉 a", "🌉", r'"\ud83c\udf09"'),
        (r'"a\n\"b\"\\ \/ \t"', 'a\n"b"\\ / \t', 'a\n"b"\\', r'"a\n\"b\"\\"'),
        (r'"é \ud83c a"', "é \ud83c a", "é \ud83c", r'"\u00e9 \ud83c"'),
        ('"a\tb"', "a\tb", "a\t", r'"a\t"'),
        ('"\u2028\x7f a"', "\u2028\x7f a", "\u2028\x7f", '"\u2028\x7f"'),
    ],
)
def test_escapes_are_written_as_they_were(literal: str, text: str, new: str, written: str) -> None:
    line = line_of('"n": "é"', f'"text": {literal}')
    record = parse_line(line, "text")
    assert record.text == text
    assert replaced(record, text) == line
    assert replaced(record, new) == line_of('"n": "é"', f'"text": {written}')
    assert json.loads(replaced(record, new))["text"] == new


@pytest.mark.parametrize(
    ("line", "field", "text"),
    [
        (r'{"t\u0065xt": "a", "Text": "b"}', "text", "a"),
        (r'{"inner": {"text": "a"}, "text": "b"}', "text", "b"),
        ('{"brød\\n": "a"}', "brød\n", "a"),
        ('{"": "a"}', "", "a"),
        ('{"text": ""}', "text", ""),
    ],
)
def test_field_is_found_by_its_name(line: str, field: str, text: str) -> None:
    record = parse_line(line.encode(), field)
    assert record.text == text
    assert json.loads(replaced(record, "new")) == {**json.loads(line), field: "new"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a\xff"}\n', "not UTF-8 at byte 12"),
        (b"\n", "not a JSON object"),
        (b"", "not a JSON object"),
        (b'{"text": "a"', "not a JSON object"),
        (b'{"text": "a', "not a JSON object: Unterminated string"),
        (b'{"text" "a"}', "not a JSON object: no ':' at column 9"),
        (b'{"text": }', "not a JSON object"),
        (b'{"text": "a",}', "not a JSON object: no '\"' at column 14"),
        (b"{'text': 'a'}", "not a JSON object: no '\"' at column 2"),
        (b'{"text": "a"} {"text": "b"}', "not a JSON object: extra data at column 14"),
        (b'{"text": "a"}\xef\xbb\xbf', "not a JSON object: extra data"),
        (b'["text"]', "not a JSON object: no '{' at column 1"),
        (b'"text"', "not a JSON object"),
        (b'{"n": "\\x", "text": "a"}', "not a JSON object: Invalid .escape"),
        (b'{"n": 01, "text": "a"}', "not a JSON object"),
        (b'{"n": 1}', "no field 'text'"),
        (b"{}", "no field 'text'"),
        (b'{"text": null}', "field 'text' is not a string"),
        (b'{"text": ["a"]}', "field 'text' is not a string"),
        (b'{"text": "a", "t\\u0065xt": "b"}', "field 'text' stands there 2 times"),
        (b'{"n": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
    ],
)
def test_bad_line(line: bytes, reason: str) -> None:
    with pytest.raises(BadLine, match=reason):
        parse_line(line, "text")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=4),
    st.text(max_size=20),
    st.text(max_size=20),
    st.booleans(),
    st.sampled_from([None, 0, "\t"]),
)
def test_only_the_text_changes(
    others: dict[str, object], old: str, new: str, ascii_only: bool, indent: int | str | None
) -> None:
    assume("body" not in others)
    value = {**others, "body": old}
    line = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8")
    record = parse_line(line, "body")
    assert record.text == old
    assert replaced(record, old) == line
    changed = replaced(record, new)
    # repr, because NaN is not equal to itself
    assert repr(json.loads(changed)) == repr({**json.loads(line), "body": new})
    back = parse_line(changed, "body")
    assert (back.text, back.line[: back.start]) == (new, record.line[: record.start])
    assert back.line[back.end :] == record.line[record.end :]
