"""Text that was broken at a width: its paragraphs are read whole, and nothing else is joined."""

import json
import textwrap
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cleaner import Cleaner
from cleaner.layout.wrapped import unwrapped

from .test_fixtures import FIXTURES, KEEPS
from .test_structure import BODY, DUMP

CLEANER = Cleaner()
PROMPT = "Sign up here to get the latest news of the valley delivered directly to your inbox every morning."
# Words in which statements stand between short paragraphs are not told from others.
PROSE = [case for case in KEEPS if case.name != "keep-unfenced-code"]


def wrap(text: str, width: int, indent: str = "") -> str:
    """A text as mail and terminals have it; what has no paragraphs stays."""
    lines: list[str] = []
    for line in text.split("\n"):
        whole = len(line) <= width or line.startswith(("|", "    ", "```"))
        lines += [line] if whole else textwrap.wrap(line, width, break_long_words=False)
    return "\n".join([indent + line if line else line for line in lines])


def joined(text: str) -> str:
    return unwrapped(text, text.split("\n"))


ARTICLE = "\n\n".join(BODY)


@pytest.mark.parametrize("width", [50, 72, 78, 96])
@pytest.mark.parametrize("indent", ["", "   "])
def test_paragraphs_are_whole_again(width: int, indent: str) -> None:
    assert joined(wrap(ARTICLE, width, indent)).split() == ARTICLE.split()
    assert [
        " ".join(line.split()) for line in joined(wrap(ARTICLE, width, indent)).split("\n")
    ] == (ARTICLE.split("\n"))


def test_each_character_stays_in_its_place() -> None:
    text = wrap(DUMP, 72)
    assert joined(text) != text
    assert joined(text).replace("\n", " ") == text.replace("\n", " ")


@given(st.lists(st.sampled_from([*BODY, "Share", "", "- two eggs", "Advertisement", "x" * 90])))
def test_only_line_ends_change(lines: list[str]) -> None:
    text = wrap("\n".join(lines), 66)
    assert len(joined(text)) == len(text)
    assert {a for a, b in zip(text, joined(text), strict=True) if a != b} <= {"\n"}


@pytest.mark.bulk
@pytest.mark.parametrize("width", [66, 72, 78])
@pytest.mark.parametrize("case", PROSE, ids=lambda case: case.name)
def test_what_is_kept_is_kept_wrapped(case: Path, width: int) -> None:
    text = wrap((case / "raw.txt").read_bytes().decode(), width)
    assert CLEANER.clean(text).text == text


@pytest.mark.parametrize("width", [50, 72, 90])
def test_a_prompt_over_several_lines_goes_whole(width: int) -> None:
    text = wrap(f"{BODY[0]}\n\n{PROMPT}\n\n{BODY[1]}\n", width)
    result = CLEANER.clean(text)
    assert result.text == wrap(f"{BODY[0]}\n\n{BODY[1]}\n", width)
    (cut,) = [cut for cut in result.cuts if cut.category != "whitespace"]
    assert cut.text == wrap(f"{PROMPT}\n", width)
    assert text.split("\n")[cut.line - 1] == cut.text.split("\n")[0]
    assert result.restore() == text.encode()


def test_line_ends_of_any_kind() -> None:
    text = wrap(f"{BODY[0]}\n\n{PROMPT}\n\n{BODY[1]}\n", 72).replace("\n", "\r\n")
    assert CLEANER.clean(text).text == wrap(f"{BODY[0]}\n\n{BODY[1]}\n", 72).replace("\n", "\r\n")


@pytest.mark.parametrize("end", [".", ""])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_sentence_below_a_prompt_of_the_width_stays(between: str, end: str) -> None:
    prompt = f"Sign up for our newsletter and get the best stories of the valley{end}"
    sentence = "Ivo Tarn pulled at the chain and the boat went over."
    rest = wrap(ARTICLE, len(prompt))
    result = CLEANER.clean(f"{rest}{between}{prompt}\n{sentence}{between}{rest}\n")
    assert result.text == f"{rest}{between}{sentence}{between}{rest}\n"


@pytest.mark.parametrize("width", [72, 78, 100])
def test_the_article_is_found_in_a_wrapped_page(width: int) -> None:
    whole = CLEANER.clean(DUMP)
    assert any(cut.category == "structure" for cut in whole.cuts)
    assert CLEANER.clean(wrap(DUMP, width)).text.split() == whole.text.split()


@pytest.mark.parametrize(
    "between",
    [
        "* a boat\n* two oars of the kind that the ferrymen of the valley use on the river\n* a bell",
        "1. Pull the chain.\n2. Ring the bell at the old landing until somebody comes out of the house.",
        "| tides of the week at the old landing | high | low |\n| Monday, first week of March | 6 | 12 |",
        "> The bridge has been closed since the day on which the flood took three\n> of its railings down",
        "```\nthe chain = pulled at by the ferryman and by no one else, at any time of\nthe day\n```",
        "Advertisement\nWork goes on",
    ],
)
def test_what_begins_anew_is_not_joined(between: str) -> None:
    text = f"{wrap(BODY[0], 72)}\n\n{between}\n\n{wrap(ARTICLE, 72)}"
    assert joined(text) != text
    assert between in joined(text)


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "And the river went down\nto the sea in the dark,\nand the ferryman sang\nas he pulled at the chain,"
        "\nand nobody came\nbut the wind and the rain",
        "\n".join(part for line in BODY for part in line.split(" of ")),  # broken at links
        Path(json.__file__).with_name("decoder.py").read_text("utf-8"),
        "",
        "\n\n\n",
    ],
)
def test_what_is_not_wrapped_stays(text: str) -> None:
    assert joined(text) is text


def test_whose_the_text_is_stands_alone() -> None:
    notice = "Copyright (C) 2020 the ferrymen of the old landing and of the weir, Inc."
    text = f"{notice}\n{wrap(ARTICLE, 72)}"
    assert joined(text).startswith(f"{notice}\n{BODY[0]}")


def test_fixtures_are_many() -> None:
    assert len(PROSE) >= 12
    assert (FIXTURES / "keep-unfenced-code").is_dir()
