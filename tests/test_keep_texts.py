"""Short texts of many languages whose lines look like cruft and are not: all of each must stay."""

from pathlib import Path

import pytest

from cleaner import Cleaner

pytestmark = pytest.mark.bulk
FOLDER = Path(__file__).parent.parent / "fixtures" / "keep-texts"
TEXTS = [
    pytest.param(text, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.txt"))
    for number, text in enumerate(path.read_text(encoding="utf-8").split("=====\n"), 1)
]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def test_there_are_enough() -> None:
    assert len(TEXTS) >= 120
    assert len(list(FOLDER.glob("*.txt"))) >= 25


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_cut(cleaner: Cleaner, text: str) -> None:
    assert cleaner.clean(text).text == text
