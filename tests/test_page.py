"""The lines of a text as guards and context rules ask for them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import headings, titles
from cleaner.anycase import AnyCase
from cleaner.guards import lists, pointing, telling
from cleaner.lines import Lines
from cleaner.model import Finding
from cleaner.page import Page
from cleaner.policy import Policy
from cleaner.rules.context._words import any_of, words

LONG = "The council met on Monday evening and agreed to close the bridge for a whole year"
TEXTS = (
    "",
    "Contact us",
    "one two-three_four 5.6",
    "a b c d e f g h i j k l",
    LONG,
    f"{LONG}.",
    f"{LONG}.”",
    " ".join([LONG] * 4),
    "परिषद ने सोमवार को पुराने पुल को बंद किया",
    "橋は一年間閉鎖されることになりました。" * 4,
    "Größe, Länge und Breite – alles gemessen",
)


def page_of(*texts: str, claims: tuple[Finding, ...] = (), policy: Policy | None = None) -> Page:
    return Page(Lines("\n".join(texts)), claims, policy or Policy())


def claim(start: int, end: int, category: str, confidence: float, opens: str = "") -> Finding:
    return Finding(start, end, f"{category}.x", category, confidence, "a test", opens)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("least", [1, 2, 5, 9, 12, 35])
def test_a_line_has_as_many_words_however_it_is_asked(text: str, least: int) -> None:
    count = page_of(text).words(0)
    asked = page_of(text)
    assert [asked.wordy(0, least), asked.wordy(0, least)] == [count >= least] * 2
    assert asked.words(0) == count
    assert asked.wordy(0, least) == (count >= least)


@given(st.text("ab é。字 .-_\u0301", max_size=60), st.integers(1, 8))
def test_words_are_counted_up_to_the_least(text: str, least: int) -> None:
    assert page_of(text).wordy(0, least) == (page_of(text).words(0) >= least)


@pytest.mark.parametrize(
    ("text", "ends"),
    [("so.", True), ("so.”*", True), ("so”", False), ("so", False), ("", False), ("だ。", True)],
)
def test_where_a_sentence_ends(text: str, ends: bool) -> None:
    assert page_of(text).ends_sentence(0) == ends


def test_paragraphs_are_long_or_sentences_of_some_length() -> None:
    page = page_of(f"{LONG}.", LONG, " ".join([LONG] * 4), "So it was.")
    assert [page.prose(index) for index in range(4)] == [True, False, True, False]


@pytest.mark.parametrize(
    ("text", "item"),
    [("Boats", True), ("Boats:", False), ("They came.", False), (LONG, False), ("", True)],
)
def test_items(text: str, item: bool) -> None:
    assert page_of(text).item(0) == item


def test_what_there_is_among_the_claims() -> None:
    policy = Policy(off=frozenset({"legal"}))
    weak, sure = claim(0, 1, "social", 0.3, "share"), claim(2, 3, "related", 0.9)
    page = page_of("a", "b", "c", claims=(weak, sure, claim(4, 5, "legal", 0.9)), policy=policy)
    assert page.kinds == {"social", "opens share", "weak", "related", "legal"}
    assert (page.weak_lines(), page.claimed_lines()) == ([0], [0, 1])
    assert (page.claimed("legal", "social"), page.claimed("player")) == ([0, 2], [])
    assert (page.opening("share"), page.opening("related")) == ([0], [])


def test_of_two_claims_on_a_line_the_surest_stands() -> None:
    page = page_of("a", claims=(claim(0, 1, "social", 0.3, "share"),))
    page.add([claim(0, 1, "related", 0.9)])
    page.add([claim(0, 1, "player", 0.5)])
    assert (page.claimed("related"), page.claimed("social", "player")) == ([0], [])
    assert (page.sure(0), page.weak(0), page.opening("share")) == (True, False, [])


@pytest.mark.parametrize("line", ["- **Re**ply", "[Rep](/x)ly", "re\u00adply", "REPLY 3"])
def test_letters_are_found_where_phrases_see_them(line: str) -> None:
    page = page_of(line, "Answer")
    assert "reply" in page.key(0)
    assert (page.may_read(0, "reply"), page.may_read(1, "reply")) == (True, False)


@pytest.mark.parametrize(
    ("line", "numeric"), [("1, 2", True), ("12", True), ("a1", False), ("1a", False)]
)
def test_lines_of_numbers(line: str, numeric: bool) -> None:
    assert page_of(line).numeric(0) == numeric


def test_a_mark_is_looked_for_in_the_whole_text() -> None:
    for page in (page_of("a```", "b"), Page(Lines("a```\nb"), (), Policy(), "a```\nb")):
        assert (page.has("```"), page.has("~~~"), page.has("`", 3), page.has("`", 4)) == (
            *(True, False),
            *(True, False),
        )


PATTERNS = (
    r"\b(?:this|istanbul|tıkla|str\w*|große?)\b",
    r"[a-fß]{3}|σύνθημα|по[дт]|µm",
)


@pytest.mark.parametrize("source", PATTERNS)
@given(text=st.text("tThHiIıİsSſßẞ kKlLaAnNbBuUrRoOeE\u0307ΣσςύΝθημαПпОоДдµμ ", max_size=24))
def test_case_is_minded_as_the_flag_does(source: str, text: str) -> None:
    pattern, flagged = AnyCase(source), re.compile(source, re.IGNORECASE)
    assert pattern.finds(text) == (flagged.search(text) is not None)
    assert pattern.begins(text) == (flagged.match(text) is not None)


@pytest.mark.parametrize(
    ("source", "text"),
    [("tıkla", "TIKLA"), ("tıkla", "tikla"), ("i", "İ"), ("st", "ﬆ"), ("ς", "Σ"), ("s", "ſ")],
)
def test_odd_letters(source: str, text: str) -> None:
    assert AnyCase(source).finds(text) == (re.search(source, text, re.IGNORECASE) is not None)


def test_patterns_are_in_small_letters() -> None:
    modules = (headings, lists, pointing, telling, titles)
    patterns = [v for module in modules for v in vars(module).values() if isinstance(v, AnyCase)]
    patterns += [
        any_of(*words(kind).values()) for kind in ("form", "form_asks", "form_you", "biography")
    ]
    assert len(patterns) > 10
    for pattern in patterns:
        plain = re.sub(r"\\.", "", pattern.pattern)
        assert plain == plain.lower()
