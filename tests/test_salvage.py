"""What the cruft of a page says of its article, as fields with spans."""

import pytest

from cleaner import Cleaner, Field
from cleaner.model import Cut, Kept
from cleaner.salvage import salvage

BODY = (
    "The council met on Monday evening and agreed to close the bridge for a year.",
    "Work is to begin in the first week of March, the mayor said after the vote.",
    "A ferry is to run twice an hour from the old landing, free of charge for residents.",
)
ARTICLE = "\n\n".join(BODY)
Wanted = list[tuple[str, str]]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def fields(cleaner: Cleaner, text: str) -> Wanted:
    result = cleaner.clean(text)
    for field in result.fields:
        assert result.document.text[field.start : field.end] == field.text
        gone = any(cut.start <= field.start < cut.end for cut in result.cuts)
        assert field.cut == gone
    return [(field.name, field.text) for field in result.fields]


CASES: list[tuple[str, Wanted]] = [
    (
        f"Bridge to close\n\nBy Jane Roe, Staff Writer\nPublished: May 3, 2024\n\n{ARTICLE}",
        [("byline", "Jane Roe"), ("published", "May 3, 2024")],
    ),
    (
        f"Bridge to close\n\nLast updated: 3 May 2024, 10:12\n\n{ARTICLE}",
        [("updated", "3 May 2024, 10:12")],
    ),
    (
        f"UPPER TARN, May 3 (Reuters) - {ARTICLE}",
        [("dateline", "UPPER TARN"), ("agency", "Reuters")],
    ),
    (f"Tarnbrück (dpa) - {ARTICLE}", [("dateline", "Tarnbrück"), ("agency", "dpa")]),
    (
        f"{ARTICLE}\n\nPhoto credit: Ivo Tarn / Valley Press",
        [("credit", "Ivo Tarn / Valley Press")],
    ),
    (
        f"Boats at the landing. (Photo by Ivo Tarn/Getty Images)\n\n{ARTICLE}",
        [("caption", "Boats at the landing."), ("credit", "Ivo Tarn/Getty Images")],
    ),
    (
        f"{ARTICLE}\n\nTags: bridge, council\n\n© 2024 Valley Press. All rights reserved.",
        [("tags", "bridge, council"), ("copyright", "© 2024 Valley Press. All rights reserved.")],
    ),
    (
        f"{ARTICLE}\n\nSubscribe to continue reading",
        [("truncated", "Subscribe to continue reading")],
    ),
]
NOTHING = [
    ARTICLE,
    # another article's author, far below
    f"{ARTICLE}\n\n" * 5 + "Ferry to run twice an hour\nBy Jane Roe\nMay 3, 2024\n",
    # the text goes on below the prompt
    f"{ARTICLE}\n\nSubscribe to continue reading\n\n{ARTICLE}",
    # the last words of a paragraph are no caption
    f"{ARTICLE} (Photo by Ivo Tarn/Getty Images)\n".partition("(")[0],
    # a capital word and a dash begin a sentence, too
    f"YES – that was all she said.\n\n{ARTICLE}".replace("YES –", "Yes –"),
    "",
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_fields(cleaner: Cleaner, text: str, wanted: Wanted) -> None:
    assert fields(cleaner, text) == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_no_fields(cleaner: Cleaner, text: str) -> None:
    assert fields(cleaner, text) == []


def test_a_credit_behind_a_paragraph_makes_it_no_caption(cleaner: Cleaner) -> None:
    text = f"{ARTICLE}\n\n{BODY[0]} (Photo by Ivo Tarn/Getty Images)\n"
    assert fields(cleaner, text) == [("credit", "Ivo Tarn/Getty Images")]


def test_crlf_and_marks_do_not_move_the_spans(cleaner: Cleaner) -> None:
    text = f"# Bridge to close\r\n\r\n**By Jane Roe, Staff Writer**\r\n\r\n{ARTICLE}\r\n"
    assert fields(cleaner, text) == [("byline", "Jane Roe")]


def test_the_report_has_them(cleaner: Cleaner) -> None:
    result = cleaner.clean(CASES[0][0])
    assert result.report()["fields"] == [field._asdict() for field in result.fields] != []


def claim(text: str, rule: str, confidence: float) -> Cut:
    return Cut(0, len(text), 1, text, rule, rule.partition(".")[0], confidence, "a test")


@pytest.mark.parametrize(
    ("text", "rule", "wanted"),
    [
        (
            "Von Jana Roth und Emil Baum",
            "metadata.de-byline",
            ("byline", "Jana Roth und Emil Baum"),
        ),
        (
            "Publié le 12 mai 2024 à 10h30",
            "metadata.fr-published",
            ("published", "12 mai 2024 à 10h30"),
        ),
        ("Mis à jour le 12/05/2024", "metadata.fr-published", ("updated", "12/05/2024")),
        ("更新：2024年5月3日", "metadata.zh-published", ("updated", "2024年5月3日")),
        ("Foto: Jana Roth", "caption.de-credit", ("credit", "Jana Roth")),
        ("By Reuters", "metadata.byline-label", ("agency", "Reuters")),
        ("Image caption, Boats at the landing", "caption.bbc", ("caption", "Boats at the landing")),
    ],
)
def test_claims_of_all_languages(text: str, rule: str, wanted: tuple[str, str]) -> None:
    found = salvage(text, [claim(text, rule, 0.9)], [])
    assert [(field.name, field.text) for field in found] == [wanted]
    assert found[0].rule == rule


@pytest.mark.parametrize(
    ("guard", "confidence", "count"),
    [("low-confidence", 0.75, 1), ("low-confidence", 0.6, 0), ("table", 0.9, 0)],
)
def test_kept_claims_are_read_where_sure(guard: str, confidence: float, count: int) -> None:
    text = "Tags: bridge, council"
    kept = Kept(*claim(text, "metadata.tags", confidence), guard)
    found = salvage(text, [], [kept])
    assert found == (Field(6, 21, "tags", "bridge, council", "metadata.tags", False),)[:count]
