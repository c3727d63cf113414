"""JSON lines: cuts are made in the text, every other byte stays, and they come back as they were."""

import json
import sys
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from cleaner.model import Cut
from cleaner.sources.json_line import BadLine, escaped, parse_line, restored, without

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


def cuts_of(text: str, *spans: tuple[int, int]) -> list[Cut]:
    return [Cut(a, b, 1, text[a:b], "related.x", "related", 1.0, "a test") for a, b in spans]


def reported(line: bytes, cuts: list[Cut], field: str = "text") -> list[dict[str, Any]]:
    """The cuts as they come back from a report."""
    account = {"cuts": [cut._asdict() for cut in cuts]}
    entries = escaped(account, parse_line(line, field), cuts)["cuts"]
    back: list[dict[str, Any]] = json.loads(json.dumps(entries))
    return back


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
    assert without(record, []) == line
    clean = without(record, cuts_of(record.text, (0, 4)))
    assert clean == line.replace(b'"The bridge."', b'"bridge."')


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
    assert without(record, cuts_of("a", (0, 1))) == line.replace('"a"', '""').encode()


@pytest.mark.parametrize(
    ("literal", "text", "span", "written", "cut"),
    [
        ('"é – a"', "é – a", (1, 5), '"é"', None),
        (r'"\u00e9 \u2013 a"', "é – a", (1, 5), r'"\u00e9"', r" \u2013 a"),
        (r'"\u00E9 \u00e9 a"', "é é a", (1, 5), r'"\u00E9"', r" \u00e9 a"),
        (r'"\u00E9 \u00e9 é"', "é é é", (0, 2), r'"\u00e9 é"', r"\u00E9 "),
        (r'"\ud83c\uDF09 a"', "🌉 a", (1, 3), r'"\ud83c\uDF09"', None),
        (r'"a \ud83c\udf09"', "a 🌉", (1, 3), '"a"', r" \ud83c\udf09"),
        (r'"a\n\"b\"\\ \/ \t"', 'a\n"b"\\ / \t', (6, 10), r'"a\n\"b\"\\"', r" \/ \t"),
        (r'"a\\\\n\n"', "a\\\\n\n", (1, 3), r'"an\n"', None),
        (r'"\u000a\u005C\u0022a"', '\n\\"a', (0, 1), r'"\u005C\u0022a"', r"\u000a"),
        (r'"é \ud83c a"', "é \ud83c a", (3, 5), r'"é \ud83c"', None),
        (
            r'"\udf09 \ud83c\ud83c\udf09"',
            "\udf09 \ud83c🌉",
            (0, 3),
            r'"\ud83c\udf09"',
            r"\udf09 \ud83c",
        ),
        ('"a\tb"', "a\tb", (2, 3), '"a\t"', None),
        ('"a\tb"', "a\tb", (0, 2), '"b"', "a\t"),
        ('"\u2028\x7f a"', "\u2028\x7f a", (0, 2), '" a"', None),
    ],
)
def test_escapes_stay_and_come_back(
    literal: str, text: str, span: tuple[int, int], written: str, cut: str | None
) -> None:
    line = line_of('"n": "é"', f'"text": {literal}')
    record = parse_line(line, "text")
    assert record.text == text
    assert without(record, []) == line
    cuts = cuts_of(text, span)
    clean = without(record, cuts)
    assert clean == line_of('"n": "é"', f'"text": {written}')
    entries = reported(line, cuts)
    assert entries[0].get("literal") == cut
    back = restored(parse_line(clean, "text"), entries)
    assert back == record
    assert back.line.encode() == line


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 9, "end": 10}, "does not fit the text"),
        ({"literal": '"'}, "ends before its end"),
        ({"literal": "\\"}, "Unterminated"),
        ({"literal": "\\x"}, "Invalid"),
    ],
)
def test_cuts_that_were_changed(change: dict[str, Any], message: str) -> None:
    line = line_of('"text": "ab"')
    cuts = cuts_of("ab", (1, 2))
    entries = [{**reported(line, cuts)[0], **change}]
    with pytest.raises(ValueError, match=message):
        restored(parse_line(without(parse_line(line, "text"), cuts), "text"), entries)


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
    clean = without(record, cuts_of(text, (0, len(text))))
    assert json.loads(clean) == {**json.loads(line), field: ""}


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


def spellings(char: str) -> list[str]:
    """The ways that JSON has for a character."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    codes = [units[at : at + 4] for at in range(0, len(units), 4)]
    short = json.dumps(char, ensure_ascii=False)[1:-1]
    found = ["".join(f"\\u{code}" for code in codes), "".join(f"\\u{c.upper()}" for c in codes)]
    if not "\ud800" <= char <= "\udfff":
        found.append(short)
    if char in "\t\x01\x0b":
        found.append(char)
    return [*found, "\\/"] if char == "/" else found


CHARS = st.sampled_from('ab \n\t\x01\x0b/\\"u0é桥🌉\ud83c\udf09\u2028')


@given(
    st.lists(st.tuples(CHARS, st.integers(0, 9), st.booleans()), max_size=20),
    st.dictionaries(st.text(max_size=5), VALUES, max_size=3),
    st.sampled_from(["\n", "\r\n", ""]),
)
def test_any_cut_of_any_spelling_comes_back(
    chars: list[tuple[str, int, bool]], others: dict[str, object], end: str
) -> None:
    assume("body" not in others)
    literal = "".join(spellings(c)[which % len(spellings(c))] for c, which, _ in chars)
    head = json.dumps(others)[:-1] + ", " * bool(others)
    line = f'{head}"body":\t"{literal}"}}{end}'.encode()
    record = parse_line(line, "body")
    # Two halves of a pair that stand side by side are one character already.
    assume(record.text == "".join(c for c, _, _ in chars))
    cuts = cuts_of(record.text, *((i, i + 1) for i, (_, _, cut) in enumerate(chars) if cut))
    kept = "".join(c for c, _, cut in chars if not cut)
    clean = parse_line(without(record, cuts), "body")
    # The pipeline passes a text whole in which a cut would join two halves.
    assume(clean.text == kept)
    assert (clean.line[: clean.start], clean.line[clean.end :]) == (
        record.line[: record.start],
        record.line[record.end :],
    )
    assert restored(clean, reported(line, cuts, "body")) == record
    assert restored(record, []) == record
