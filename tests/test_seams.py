"""Pages on one line: their seams are found, and one-line stories have none."""

import re
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cleaner import Cleaner
from cleaner.layout.seams import seamed

from .test_fixtures import KEEPS
from .test_structure import BODY, DUMP

CLEANER = Cleaner()
ALWAYS = Cleaner(page="always")
ARTICLE = " ".join(BODY)
PAGE = " ".join(DUMP.split())
CAST = "Ivo Tarn, Marta Quell, Piet Sandor, Ana Brill, Gideon Strake, Pavla Ginsk and Rosa Ferry"
TABLE = " ".join(f"{n}.{n} $ {n}00 – $ {n}50" for n in range(1, 12))


LIST = ", ".join(CAST.replace(" and ", ", ").split(", ") * 3)
SHOUTED = (
    "THE BOAT IS LENT AS IT IS AND IN NO EVENT SHALL THE OWNER BE HELD TO PAY FOR ANY LOSS OF IT"
)
OWNERS = " ".join(f"{name} <{name[:3].lower()}@tarn.example>" for name in LIST.split(", "))
ARABIC = (
    "افتتح المسرح الصغير على الرصيف موسمه يوم الجمعة بمسرحية عن الفيضان وكانت القاعة ممتلئة. " * 12
)


def apart(text: str) -> str:
    return seamed(text, text.split("\n"))


def test_each_character_stays_in_its_place() -> None:
    assert apart(PAGE) != PAGE
    assert apart(PAGE).replace("\n", " ") == PAGE


@given(st.lists(st.sampled_from([*BODY, *DUMP.split("\n"), CAST, TABLE]), max_size=60))
def test_only_blanks_change(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert len(apart(text)) == len(text)
    assert {a for a, b in zip(text, apart(text), strict=True) if a != b} <= {" "}


def test_labels_and_sentences_stand_apart() -> None:
    lines = apart(PAGE).split("\n")
    assert {"Home", "Valley", "Sports", "Weather"} <= set(lines)
    assert BODY[-1].split(". ")[1] in lines


def test_the_article_is_found() -> None:
    result = ALWAYS.clean(PAGE)
    kept = result.text
    for sentence in re.split(r"(?<=[.”]) ", ARTICLE):
        assert sentence in kept
    assert not {"Weather", "Schools", "Imprint"} & set(kept.split())
    assert not ALWAYS.clean(kept).cuts
    assert result.restore() == PAGE.encode()


@pytest.mark.bulk
@pytest.mark.parametrize("case", KEEPS, ids=lambda case: case.name)
def test_stories_are_no_pages(case: Path) -> None:
    text = " ".join((case / "raw.txt").read_text("utf-8").split())
    assert "structure" not in {cut.category for cut in CLEANER.clean(text).cuts}


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        f"{ARTICLE} With {CAST}.",
        f"{TABLE} {ARTICLE} {TABLE}",
        f"{' '.join(DUMP.split()[:40])}",  # too short
        f"{LIST} {ARTICLE} {LIST}",  # has commas
        f"{SHOUTED}. {ARTICLE} {SHOUTED} {SHOUTED}",
        f"{OWNERS} {ARTICLE} {OWNERS}",
        ARABIC,  # has no capitals
        DUMP,  # has its lines
        "",
    ],
)
def test_what_is_no_page_on_one_line_stays(text: str) -> None:
    assert apart(text) is text


def test_names_inside_a_sentence_are_no_row() -> None:
    title = "the One Big Ferry And Bridge Act"
    text = PAGE.replace("the plan", title)
    assert apart(text) != text
    assert any(title in line for line in apart(text).split("\n"))
