"""Lines and their places, and what rules see of a line."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cleaner.fold import EDGE, folded, key, numbered, plain, view
from cleaner.lines import Lines, shadow, starts_of

# What could break a line, or a fold of many lines at once.
ALPHABET = "aÄßſİ1.,* \t\r\n\v\f\x1c\x85\xa0\u2003\u2028\u0301“’–…[]()!#|\ud800\U0001f309"
TEXT = st.text(ALPHABET, max_size=40)


@pytest.mark.parametrize(
    ("text", "shadowed"),
    [
        ("", ""),
        ("a\nb", "a\nb"),
        ("a\r\nb", "a \nb"),
        ("a\rb", "a\nb"),
        ("a\r\r\nb\n\r", "a\n \nb\n\n"),
        ("a\vb\fc\x85d\u2028e", "a\vb\fc\x85d\u2028e"),
    ],
)
def test_shadow(text: str, shadowed: str) -> None:
    assert shadow(text) == shadowed


@given(TEXT)
def test_shadow_keeps_every_place(text: str) -> None:
    shadowed = shadow(text)
    assert len(shadowed) == len(text)
    assert "\r" not in shadowed
    assert all(a == b for a, b in zip(text, shadowed, strict=True) if a not in "\r\n")


@given(TEXT)
def test_lines_tile_the_text(text: str) -> None:
    shadowed = shadow(text)
    lines = Lines(shadowed)
    assert lines.starts[-1] == len(text) + 1
    for index, line in enumerate(lines.texts):
        assert shadowed[lines.starts[index] : lines.end(index)] == line
        assert {lines.at(at) for at in range(lines.starts[index], lines.end(index) + 1)} == {index}


def test_lines_of_nothing() -> None:
    lines = Lines("")
    assert (len(lines), lines.texts, lines.starts) == (1, [""], [0, 1])
    assert (lines.at(0), lines.end(0)) == (0, 0)


def test_offset_behind_the_text_is_on_the_last_line() -> None:
    assert Lines("a\nb").at(99) == 1


def test_many_lines_are_found_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a\n\nbridge\n"
    few = Lines(text)
    monkeypatch.setattr("cleaner.lines._MANY", 2)
    many = Lines(text)
    assert list(many.starts) == list(few.starts)
    places = range(len(text))
    assert [many.at(place) for place in places] == [few.at(place) for place in places]
    spans = [(a, b) for a in places for b in places if a <= b]
    assert [many.span(*span) for span in spans] == [few.span(*span) for span in spans]


def test_starts_of_bytes() -> None:
    assert starts_of("ä\nb".encode().split(b"\n")) == [0, 3, 5]


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("plain 'text'", "plain 'text'"),
        ("‘don’t’", "'don't'"),
        ("“so” „so“", '"so" "so"'),
        ("a–b—c‑d", "a-b-c-d"),
        ("a\xa0b\u202fc", "a b c"),
        ("news\xadletter\u200b", "newsletter"),
        ("cafe\u0301", "café"),
    ],
)
def test_plain(text: str, plainly: str) -> None:
    assert plain(text) == plainly


@pytest.mark.parametrize(
    "line",
    [
        "Read more",
        "READ MORE",
        "  read   more…",
        "Read\xa0more »",
        "Read\tmore",
        "Read\u2003\u2003more",
        "**Read more**",
        "**Read** more",
        "## Read more ##",
        "> Read more",
        "- [Read more](https://tarn.example/a)",
        '[Read more](https://tarn.example/a "Read on")',
        "[Read](https://tarn.example/a_(b)) [more](/c)",
        "[![Read more](/a.png)](/b)",
        "![Read more](/a.png)",
        "Read m\xadore",
    ],
)
def test_key_sees_the_words_alone(line: str) -> None:
    assert key(line) == "read more"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("2,238 shares", "0 shares"),
        ("Page 1 of 12", "page 0 of 0"),
        ("0 2,238", "0 0"),
        ("$5", "$0"),
        ("12%", "0%"),
        ("ÄRGER", "ärger"),
        ("Don’t miss", "don't miss"),
        ("[broken](link", "broken](link"),
        ("— • —", ""),
        ("", ""),
    ],
)
def test_key(line: str, seen: str) -> None:
    assert key(line) == seen


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("**Read more:** “The bridge”", 'Read more: "The bridge"'),
        ("## Read more ##", "Read more"),
        ("> “Nobody,” she said.", '"Nobody," she said.'),
        ("[Read more](/a): [The bridge](/b)", "Read more: The bridge"),
        ("Read\xa0 more\t2,238", "Read more 2,238"),
        ("CASE stays", "CASE stays"),
        ("Is it closed?", "Is it closed?"),
    ],
)
def test_view_keeps_case_numbers_and_punctuation(line: str, seen: str) -> None:
    assert view(line) == seen


@given(st.lists(TEXT.map(lambda text: text.replace("\n", "")), max_size=5))
def test_fold_of_a_text_is_the_fold_of_its_lines(lines: list[str]) -> None:
    assert folded("\n".join(lines)).split("\n") == [folded(line) for line in lines or [""]]
    assert numbered("\n".join(lines)).split("\n") == [numbered(line) for line in lines or [""]]


@given(TEXT)
def test_key_is_at_rest(text: str) -> None:
    line = key(text.replace("\n", " "))
    assert line == line.strip(EDGE)
    assert "*" * 2 not in line
