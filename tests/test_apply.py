"""Cuts to a clean text, and back."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cleaner.apply import WHITESPACE, Removal, put_back, remove
from cleaner.lines import Lines, shadow
from cleaner.match import Matcher
from cleaner.model import Cut, Decision, Finding
from cleaner.remaining import remaining
from cleaner.rules.entries import parse_pack
from cleaner.rules.load import with_sieves
from cleaner.trace import Trace

FINDING = Finding(0, 0, "related.x", "related", 1.0, "a test")


def removals_of(text: str) -> list[Removal]:
    """Cut every line that starts with X, and every run of Z inside another line."""
    shadowed = shadow(text)
    lines = Lines(shadowed)
    cuts = []
    for index, line in enumerate(lines.texts):
        start = lines.starts[index]
        if line.startswith("X"):
            cuts.append(FINDING._replace(start=start, end=lines.end(index)))
            continue
        for at, char in enumerate(line):
            if char == "Z":
                at += start
                cuts.append(FINDING._replace(start=at, end=at + 1, inline=True))
    return remove(text, lines, cuts)


def cleaned(text: str) -> str:
    trace = Trace(text)
    if removals := removals_of(text):
        trace.cut(removals)
    return trace.text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\nX\nb\n", "a\nb\n"),
        ("a\n\nX\n\nb\n", "a\n\nb\n"),
        ("a\n\n\nX\n\nb\n", "a\n\n\nb\n"),
        ("a\n\nX\n\n\nb\n", "a\n\nb\n"),
        ("a\nX\n\n\nb\n", "a\n\n\nb\n"),
        ("a\n\nX\nb\n", "a\n\nb\n"),
        ("a\n\nX\n\nX\n\nX\n\nb\n", "a\n\nb\n"),
        ("a\nX\n\nX\n\nb\n", "a\n\nb\n"),
        ("a\n \t\nX\n\nb\n", "a\n \t\nb\n"),
        ("a\nX\nb\nX\nc\n", "a\nb\nc\n"),
        ("a\n\n\nb\nX\nc\n\n\n", "a\n\n\nb\nc\n\n\n"),
    ],
)
def test_of_the_blank_lines_around_a_cut_the_first_run_stays(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("X\na\n", "a\n"),
        ("X\n\na\n", "a\n"),
        ("\n\nX\n\nX\n\na\n", "a\n"),
        ("a\nX\n", "a\n"),
        ("a\n\nX\n", "a\n"),
        ("a\n\nX\n\n\n", "a\n"),
        ("\na\n\nX\n\nb\n", "\na\n\nb\n"),
        ("X", ""),
        ("X\n", ""),
        ("\n\nX\n \n", ""),
    ],
)
def test_no_blank_line_is_left_at_either_end(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\n\nX", "a"),
        ("a\nX\n  ", "a"),
        ("a\nX\nb", "a\nb"),
        ("X\n\na", "a"),
        ("a\r\n\r\nX", "a"),
        ("a\r\rX", "a"),
    ],
)
def test_no_final_line_end_stays_so(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("text", ["a\n\nX\n\nb\n", "X\n\na\n", "a\n\nX", "a\n\n\nX\nb\n\n", "X\n"])
def test_other_line_ends_are_like_newlines(text: str, end: str) -> None:
    assert cleaned(text.replace("\n", end)) == cleaned(text).replace("\n", end)


def test_mixed_line_ends_stay_with_their_lines() -> None:
    assert cleaned("a\r\n\nX\r\rb\nc\r\n") == "a\r\n\nb\nc\r\n"


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("one Z two", "one two"),
        ("one Z  two", "one two"),
        ("one  Z two", "one  two"),
        ("oneZtwo", "onetwo"),
        ("oneZ two", "one two"),
        ("one Ztwo", "one two"),
        ("one Z Z two", "one two"),
        ("one Z", "one"),
        ("oneZ", "one"),
        ("one Z ", "one"),
        ("one ZZ", "one"),
        ("Z one", "one"),
        ("Zone", "one"),
        ("Z Z one", "one"),
        ("one\tZ\ttwo", "one\ttwo"),
        ("  Z", ""),
        ("Z Z", ""),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_inside_a_line_one_blank_stays(line: str, clean: str, end: str) -> None:
    text = f"a{end or '|'}{line}{end}"
    if end == "":
        assert cleaned(line) == clean
    elif clean:
        assert cleaned(text) == f"a{end}{clean}{end}"
    else:
        assert cleaned(text) == f"a{end}"


def test_a_line_that_inline_cuts_empty_goes_like_a_whole_line() -> None:
    assert cleaned("a\n\n Z Z \n\nb\n") == "a\n\nb\n"


def test_white_space_that_a_cut_leaves_over_is_a_removal_of_its_own() -> None:
    removals = removals_of("a\n\nX\n\nb Z c\n")
    assert [(start, end, finding.rule) for start, end, finding in removals] == [
        (3, 5, "related.x"),
        (5, 6, WHITESPACE),
        (8, 9, "related.x"),
        (9, 10, WHITESPACE),
    ]


TEXT = st.lists(
    st.tuples(
        st.sampled_from(
            ["", " ", "\t", "a", "b ", " c", "X", "X d", "Z", "e Z f", "ZgZ", "h\x0bZ "]
        ),
        st.sampled_from(["\n", "\r\n", "\r"]),
    ),
    max_size=10,
).map(lambda lines: "".join(line + end for line, end in lines))


@given(TEXT, st.sampled_from(["", "a", "X", "Z", " "]))
def test_nothing_but_claims_and_blanks_goes(text: str, last: str) -> None:
    text += last
    removals = removals_of(text)
    done = 0
    for start, end, finding in removals:
        assert done <= start < end <= len(text)
        assert finding.rule != WHITESPACE or text[start:end].isspace()
        done = end
    kept = [line for line in shadow(text).split("\n") if not line.startswith("X")]
    wanted = "".join("".join(kept).replace("Z", "").split())
    clean = cleaned(text)
    assert "".join(clean.split()) == wanted
    assert removals_of(clean) == []
    if removals and clean:
        assert clean.endswith(("\n", "\r")) == text.endswith(("\n", "\r"))


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[tuple[int, int]]]]:
    """A text and some rounds of spans to cut, each in offsets of what the last one left."""
    text = draw(st.text("abcdef\n", min_size=1, max_size=30))
    length, found = len(text), []
    for _ in range(draw(st.integers(1, 4))):
        ends = sorted(draw(st.lists(st.integers(0, length), max_size=6, unique=True)))
        spans = list(zip(ends[::2], ends[1::2], strict=False))
        if spans:
            found.append(spans)
            length -= sum(end - start for start, end in spans)
    return text, found


@given(rounds())
def test_rounds_compose_to_cuts_of_the_scrape(
    case: tuple[str, list[list[tuple[int, int]]]],
) -> None:
    scrape, all_spans = case
    trace, text, cuts = Trace(scrape), scrape, []
    for spans in all_spans:
        for start, end in spans:
            places = trace.places(start, end)
            assert "".join(scrape[a:b] for a, b in places) == text[start:end]
            cuts += [Cut(a, b, 0, scrape[a:b], "related.x", "related", 1.0, "") for a, b in places]
        trace.cut([Removal(start, end, FINDING) for start, end in spans])
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
        assert trace.text == text
    assert put_back(text, sorted(cuts)) == scrape


def test_what_is_found_in_a_later_round_stands_in_the_scrape() -> None:
    trace = Trace("0123456789")
    found = [Decision(FINDING._replace(start=a, end=b), False, "list") for a, b in ((2, 6), (4, 4))]
    assert (trace.found(found), trace.placed([Removal(2, 6, FINDING)])) == (
        found[:1],
        [Removal(2, 6, FINDING)],
    )
    trace.cut([Removal(3, 5, FINDING)])
    assert [d.finding[:2] for d in trace.found(found)] == [(2, 3)]
    assert trace.placed([Removal(2, 6, FINDING)]) == [
        Removal(2, 3, FINDING),
        Removal(5, 8, FINDING),
    ]


def test_a_span_over_an_older_cut_has_two_places() -> None:
    trace = Trace("0123456789")
    trace.cut([Removal(3, 5, FINDING)])
    assert trace.text == "01256789"
    assert trace.places(1, 5) == [(1, 3), (5, 7)]
    assert trace.places(3, 3) == []


def cut(start: int, text: str, length: int | None = None) -> Cut:
    end = start + (len(text) if length is None else length)
    return Cut(start, end, 1, text, "related.x", "related", 1.0, "a test")


@pytest.mark.parametrize(
    ("clean", "cuts", "scrape"),
    [
        ("", [], ""),
        ("ab", [], "ab"),
        ("ab", [cut(0, "x"), cut(2, "y"), cut(4, "z")], "xaybz"),
        ("ab", [cut(1, "x"), cut(2, "y")], "axyb"),
        ("", [cut(0, "x")], "x"),
    ],
)
def test_put_back(clean: str, cuts: list[Cut], scrape: str) -> None:
    assert put_back(clean, cuts) == scrape


@pytest.mark.parametrize(
    "cuts",
    [
        [cut(3, "x")],
        [cut(1, "xy"), cut(2, "z")],
        [cut(1, "x"), cut(0, "y")],
        [cut(0, "x", length=2)],
        [cut(-1, "x")],
    ],
)
def test_cuts_that_do_not_fit(cuts: list[Cut]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        put_back("ab", cuts)


BASE = {"states": "x", "languages": ["en"], "remove": ["x"], "keep": ["y"], "confidence": 0.9}
LINE_RULES: tuple[dict[str, Any], ...] = (
    {"scope": "line", "phrases": ["read more", "see {all,more}"]},
    {"scope": "line", "phrases": ["read more"]},
    {"scope": "line", "pattern": r"^read\smore\b.{0,20}tarn$", "literals": ["read more"]},
    {"scope": "line", "pattern": r"\btarn\b", "literals": ["tarn"], "unless": "[?]"},
    {"scope": "line", "pattern": r"\bferry\b", "literals": ["ferry"], "max_chars": 900},
)
INLINE: dict[str, Any] = {"scope": "inline", "pattern": r"[(]photo[)]", "literals": ["photo"]}
BLOCK: dict[str, Any] = {"scope": "block", "pattern": r"share\s*\n\s*print$", "literals": ["share"]}


def matcher(*rules: dict[str, Any]) -> Matcher:
    entries = [{"id": f"related.r{i}", **BASE, **rule} for i, rule in enumerate(rules)]
    data = {"category": "related", "states": "x", "rule": entries}
    return Matcher(with_sieves(parse_pack(data, "own.toml")).rules)


def carried(
    matcher: Matcher, text: str, chosen: list[bool]
) -> tuple[list[Finding] | None, list[Finding]]:
    """What `remaining` and what matching anew say of a text after some claims of it are cut."""
    lines = Lines(shadowed := shadow(text))
    claims = matcher.match(shadowed, lines).findings
    spans = sorted({(f.start, f.end): f for f in claims}.items())
    cuts = [f for (_, f), cut in zip(spans, [*chosen, *[False] * len(spans)], strict=False) if cut]
    removals = remove(text, lines, cuts)
    if removals:
        trace = Trace(text)
        trace.cut(removals)
        text = trace.text
    rest = Lines(shadowed := shadow(text))
    left = remaining(claims, removals, lines)
    return left and left.placed(rest), matcher.match(shadowed, rest).findings


def joins(matcher: Matcher, text: str) -> bool:
    """Whether a cut may bring lines together that are cruft only side by side."""
    return matcher.match(shadow(text), Lines(shadow(text))).joins


LINE_MATCHER = matcher(*LINE_RULES)
ANY_MATCHER = matcher(*LINE_RULES, INLINE, BLOCK)
CLAIMED = st.sampled_from(
    [
        "",
        " ",
        "a bridge",
        "Read more",
        "Read more of the Tarn",
        "See all ",
        "By Tarn?",
        "The ferry",
        "**Read more** é",
        "## See\xa0more",
        "The [ferry](/a) to Tarn",
        "The ferry" + " and on" * 60,
    ]
)
ODD_LINES = st.sampled_from(["One (photo) two", "(photo)", "Share", "print", "Share (photo)"])


def texts(line: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ends = st.sampled_from(["\n", "\n", "\r\n", "\r"])
    rows = st.lists(st.tuples(line, ends), max_size=10)
    return st.builds(
        "{}{}".format, rows.map(lambda rows: "".join(a + b for a, b in rows)), st.one_of(line)
    )


CHOSEN = st.lists(st.booleans(), max_size=10)


@given(texts(CLAIMED), CHOSEN)
def test_remaining_claims_are_those_of_the_new_text(text: str, chosen: list[bool]) -> None:
    left, anew = carried(LINE_MATCHER, text, chosen)
    assert left is None or left == anew
    if "\r" not in text and anew:
        assert left is not None


@given(texts(st.one_of(CLAIMED, ODD_LINES)), CHOSEN)
def test_remaining_claims_beside_others(text: str, chosen: list[bool]) -> None:
    left, anew = carried(ANY_MATCHER, text, chosen)
    if left is not None:
        assert left == [f for f in anew if f.rule != "related.r6"]
        # A block that the cut has brought together is what the matcher is asked about first.
        assert len(left) == len(anew) or joins(ANY_MATCHER, text)


def test_remaining_claims() -> None:
    left, _ = carried(LINE_MATCHER, "See all\n\nRead more\n\na\nBy Tarn\n", [True])
    assert left is not None
    assert [(f.start, f.end, f.rule) for f in left] == [
        (0, 9, "related.r0"),
        (0, 9, "related.r1"),
        (13, 20, "related.r3"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Read more\nOne (photo) two\n",  # the claim inside a line may be another one now
        "Read more\nShare\nprint\n",
        "a\rRead more\n\nb\n",  # the two line ends become one
    ],
)
def test_what_has_to_be_matched_anew(text: str) -> None:
    assert carried(ANY_MATCHER, text, [True])[0] is None


@pytest.mark.parametrize(
    ("text", "may"), [("Print\n", True), ("PRINT a\n", True), ("Share\nRead more\n", False)]
)
def test_texts_in_which_a_cut_may_bring_lines_together(text: str, may: bool) -> None:
    assert joins(ANY_MATCHER, text) is may
    assert not joins(LINE_MATCHER, text)
