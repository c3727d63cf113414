"""How a text was laid out does not matter: links with numbers, wrapped lines, line ends of any kind."""

import re

import pytest

from cleaner import Cleaner
from cleaner.layout import lined
from cleaner.lines import Lines

from .test_structure import BODY, DUMP

CLEANER = Cleaner()
LABELS = (
    "Home",
    "Valley",
    "Log in",
    "Subscribe",
    "Search",
    "Weather",
    "Boats",
    "Letters",
    "Markets",
)
NUMBERED = "\n".join(f"   * [{n}]{label}" for n, label in enumerate(LABELS * 2, 1))


def test_lines_of_an_article() -> None:
    text = "\r\n\r\n".join(BODY) + "\r"
    shadowed, lines = lined(text)
    assert len(shadowed) == len(text)
    assert [line.strip() for line in lines.texts if line.strip()] == list(BODY)
    assert lines.texts == Lines(shadowed).texts


def test_numbers_of_links_are_blanks() -> None:
    text = f"{NUMBERED}\n\n" + "\n\n".join(BODY)
    shadowed, _ = lined(text)
    assert len(shadowed) == len(text)
    assert "[" not in shadowed
    assert re.findall(r"\w+", shadowed) == re.findall(r"\w+", re.sub(r"\[\d+\]", "", text))


def test_a_menu_with_numbers_goes_as_one_without() -> None:
    without = re.sub(r"\[\d+\]", "", NUMBERED)
    article = "\n\n".join(BODY)
    plain = CLEANER.clean(f"{without}\n\n{article}\n")
    assert len(plain.text) < len(article) + len(without)
    result = CLEANER.clean(f"{NUMBERED}\n\n{article}\n")
    assert result.text.split() == plain.text.split()
    assert result.restore() == f"{NUMBERED}\n\n{article}\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"The ferry ran on day {n} [{n}] and on the next." for n in range(1, 30)),  # notes
        "\n".join(f"[{n}] Tarn, Ivo: The river, volume {n}." for n in range(1, 30)),
        "".join(f"values[{n}]= x[{n}]y\n" for n in range(1, 30)),
        " ".join(f"[{n}]Home" for n in range(1, 6)),  # few
        " ".join(f"[{n}]Home" for n in (9, 3, 14, 1, 7, 2, 11, 10, 5, 13, 4, 12)),  # in no order
    ],
)
def test_other_numbers_in_brackets_stay(text: str) -> None:
    assert lined(text)[0] == text


def test_a_page_of_a_text_browser() -> None:
    number = iter(range(1, 1000))
    lines = [
        f"   * [{next(number)}]{line}" if len(line) < 60 else f"   {line}"
        for line in DUMP.split("\n")
    ]
    dump = "\n".join(lines)
    assert (
        CLEANER.clean(dump).text.split() == CLEANER.clean(re.sub(r"\[\d+\]", "", dump)).text.split()
    )
