"""What is proved of a pattern: its literals, its sieve and its bound."""

import re
from collections.abc import Sequence

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from cleaner.rules.bound import runaway
from cleaner.rules.literals import needs_one_of, parse
from cleaner.rules.sieve import sieve

PROVED = [
    ("read", ("read",)),
    ("READ", ("read",)),
    (r"^read\s+more\b", ("read",)),
    (r"read\smore", ("read more",)),
    (r"read[ ]more", ("read more",)),
    (r"(?:read|see)\smore", ("more",)),
    (r"(?:read|see)\smore", ("read more", "see more")),
    (r"(?:read|see)\s(?:more|all)", ("read", "see")),
    (r"(?:read|see)\s(?:more|all)", ("more", "all")),
    (r"(read)", ("read",)),
    (r"(?P<verb>read)", ("read",)),
    (r"(?>read)", ("read",)),
    (r"re(?:ad)?", ("re",)),
    (r"(?:the\s)?tarn", ("tarn",)),
    (r"(?:read\s*)+", ("read",)),
    (r"(?:read){2,3}", ("read",)),
    (r"(?:read\s)?+more", ("more",)),
    (r"re-?ad", ("re-ad", "read")),
    (r"gr[ae]y", ("gray", "grey")),
    (r"rea[df]", ("rea",)),
    (r"(?=r)read(?!y)", ("read",)),
    (r"(?=read)", ("read",)),  # what a look around finds stands in the line too
    (r"(?<=x)read", ("read",)),
    (r"(?:e-?mail|news)letter", ("letter",)),
    (r"x{3}read", ("read",)),
    (r"\d+\scomments?", (" comment",)),
    (r"[[:alpha:]]\p{L}read", ("read",)),
    (r"read  # a remark in a verbose pattern", ("read",)),
]
UNPROVED = [
    ("read", ("write",)),
    ("rea", ("read",)),
    (r"read|see", ("read",)),
    (r"(?:read)?", ("read",)),
    (r"(?:read)*more", ("read",)),
    (r"read\s+more", ("read more",)),
    (r"read\s?more", ("read more",)),
    (r"re.d", ("read",)),
    (r"re\wd", ("read",)),
    (r"r[a-z]ad", ("read",)),
    (r"r[^x]ad", ("read",)),
    (r"(?=re.d)", ("read",)),
    (r"(?!read)x", ("read",)),
    (r"read{0,1}", ("read",)),
    (r"(?:rea){2}d", ("readd",)),
    ("read more", ("read more",)),  # verbose: the blank is none
    ("", ("read",)),
]


@pytest.mark.parametrize(("pattern", "literals"), PROVED)
def test_every_match_holds_a_literal(pattern: str, literals: tuple[str, ...]) -> None:
    assert needs_one_of(parse(pattern), literals)


@pytest.mark.parametrize(("pattern", "literals"), UNPROVED)
def test_a_match_may_hold_none(pattern: str, literals: tuple[str, ...]) -> None:
    assert not needs_one_of(parse(pattern), literals)


# Patterns of the standard library's syntax, for which texts that match can be made up.
COMMON = [
    (pattern, literals)
    for pattern, literals in PROVED
    if "[:" not in pattern and not pattern.startswith("(?=read")
] + [
    (r"(?:sign|log)\s(?:in|up)\s(?:to|for)\s(?:the\s)?(?:tarn|news)", ("sign", "log")),
    (r"(?:a|b)(?:c|d)(?:e|f)(?:g|h)(?:i|j)(?:k|l)(?:m|n)tarn", ("tarn",)),
    (
        r"(?:subscribe(?:\snow)?|sign\sup)(?:\sto\sour\s(?:daily\s)?newsletter)?",
        ("subscri", "sign"),
    ),
    (r"(?:read|(?:see|view)\s(?:all|more))\s\d{1,3}", ("read", "see", "view")),
    (r"tarn(?:\s\w+){0,3}\sherald|herald\sof\starn", ("tarn",)),
    (r"^read\smore$", ("read",)),
    (r"^\W{0,3}(?:tarnogram|zyxomat)\s\w+", ("tarnogram", "zyxomat")),
    (r"^[^\w\"]{0,4}tarnogram\b", ("tarnogram",)),
    (r"^[^a-z]{0,4}tarnogram\b", ("tarnogram",)),
    (r"^[-*]?\s*tarnogram\b", ("tarnogram",)),
    (r"^[(]?tarnogram[)]?$", ("tarnogram",)),
    (r"^\(tarnogram\)", ("tarnogram",)),
    (r"^([(]zyxomat[)]\s)?tarnogram", ("tarnogram",)),
    (r"^(?:[(]zyx|[-]omat)?tarnogram", ("tarnogram",)),
    (r"^(?:the\s)?(?:tarnogram|zyxomat)s?\b", ("tarnogram", "zyxomat")),
    (r"^(?!zyx)(?:tarn|gram)ogram", ("ogram",)),
    (r"^(?:zyx\s){1,3}tarnogram", ("tarnogram",)),
    (r"^(?:zyx|\d\s)?(?>tarn|gram)ogram", ("ogram",)),
    (r"^\d+\szyxomats?|^zyxomat\s\d", ("zyxomat",)),
    (r"^zy?x?omat\s(?:tarn|gram)(?:o|e)(?:gram|tarn)", ("omat",)),
    (r"^_{0,3}zyxomat_", ("zyxomat",)),
]
BLANK = re.compile(r"\s")
MARKS = re.compile(r"\A[\W_]+")


def passes(ways: Sequence[Sequence[tuple[str, ...]]], line: str) -> bool:
    """Whether a folded line is looked at: it begins as one of the ways asks, and holds its clauses."""
    begin = MARKS.sub("", line)
    return any(
        (not heads or begin.startswith(heads)) and all(any(s in line for s in c) for c in clauses)
        for heads, *clauses in ways
    )


@pytest.mark.bulk
@settings(max_examples=30)
@given(st.data())
@pytest.mark.parametrize(("pattern", "literals"), COMMON)
def test_no_match_slips_through(
    pattern: str, literals: tuple[str, ...], data: st.DataObject
) -> None:
    compiled = re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    text = data.draw(st.from_regex(compiled, alphabet=st.characters(max_codepoint=126)))
    lowered = BLANK.sub(" ", compiled.search(text).group().lower())  # type: ignore[union-attr]
    assert any(literal in lowered for literal in literals)
    around = BLANK.sub(" ", text.lower())
    for declared in ((literals,), ()):
        ways = sieve(pattern, declared)
        assert ways
        assert all(len(way) > 1 or not declared for way in ways)
        assert passes(ways, around)
    ways = sieve(pattern, (literals,), "inline")
    assert any(all(any(s in lowered for s in clause) for clause in way[1:2]) for way in ways)


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        (r"^tarnogram\b", {"tarnogram"}),
        (r"^\W{0,3}tarnogram\b", {"tarnogram"}),
        (r"^[^\w\"]{0,4}tarnogram\b", {"tarnogram"}),
        (r"^[-–—*]?\s?(?:the\s)?tarnogram\b", {"the tarnog", "tarnogram"}),
        (r"^\(tarnogram", {"tarnogram"}),
        (r"^tarnograms?\s\w", {"tarnogram ", "tarnograms"}),
        (r"^(?:zyxomat|tarnogram)\b", {"zyxomat", "tarnogram"}),
        (r"^([(]zyx[)]\s)?tarnogram", {"zyx) tarn", "tarnogram"}),
        (r"tarnogram\b", set()),
        (r"^tarnogram\s\d+|^zyxomat\s\d", {"tarnogram ", "zyxomat "}),
        (r"^tarnogram|zyxomat", set()),
        (r"^\w+\starnogram", set()),
        (r"^[^a-z]{0,4}tarnogram", set()),
        (r"^[à-ü]?tarnogram", set()),
        (r"^(?:a\s)?\d+\starnogram", set()),
        (r"^.{0,9}tarnogram", set()),
        (r"^go\b.{0,9}tarnogram", set()),
    ],
)
def test_beginnings_of_lines(pattern: str, heads: set[str]) -> None:
    assert {head for way in sieve(pattern) for head in way[0]} == heads


def test_a_sieve_of_an_inline_rule_leaves_out_what_stands_around() -> None:
    pattern = r"(?<=\(zyxomat\s)read(?=\starnogram)"
    assert {s for way in sieve(pattern) for c in way[1:] for s in c} > {"read"}
    assert sieve(pattern, (("read",),), "inline") == (((), ("read",)),)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a+)+",
        r"(?:a*b?)*",
        r"(?:(?:a+)?)+",
        r"(?=(?:a+)+)",
        r"(?:\w+\s?){1,99}",
        r"^(?:\w+\s?){1,30}$",
        r"(?:.{0,30},){0,20}x",
        r"(?:[a-z ]+|[a-z]+,?){1,64}x",
        r"(a)\1",
        r"(?P<x>a)(?P=x)",
        r"(a)?(?(1)b|c)",
        r"(?:a|aa)+b",
        r"(?:\w|\w\w)+,",
        r"(?:\w{1,12}\s?){1,12},",
        r"(?:\w{1,12}[ -]?){0,10},",
    ],
)
def test_runaway(pattern: str) -> None:
    assert runaway(parse(pattern), 240)


@pytest.mark.parametrize(
    "pattern",
    [
        "read",
        r"\w+\s\w+",
        r"(?:a{3})+",
        r"(?:a|b)+",
        r"(?:read\s)+",
        r"(?:\w{1,9}\s){0,4}",
        r"(?:a++b)*",
        r".{0,200}",
    ],
)
def test_no_runaway(pattern: str) -> None:
    assert runaway(parse(pattern), 240) == ""


@pytest.mark.parametrize("pattern", ["(", "a**", "[a", r"\q", "(?z)a", "a{2,1}", r"(?R)"])
def test_no_pattern(pattern: str) -> None:
    with pytest.raises(re.error):
        parse(pattern)
