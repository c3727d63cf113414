"""Work that is linear in the text, counted and not timed: calls at one length and at four times it."""

import cProfile
from collections.abc import Sequence
from itertools import cycle, islice, product

import pytest

from cleaner import Cleaner

PROSE = "The council of Upper Tarn agreed on Monday evening to close the old bridge for a year."
# Each is a text of nothing but these lines, by turns: what rules with a reach might look at again and again.
TEXTS: dict[str, Sequence[str]] = {
    "contents": ("Table of contents",),
    "contents and entries": ("Table of contents", "1. The bridge", "2. The ferry"),
    "replies": ("Ivo Tarn says:", "Good.", "Reply"),
    "replies under prose": (PROSE, "Ivo Tarn says:", "Reply"),
    "share bars": ("Share", "Facebook", "0 2,238", ""),
    "related titles": ("Related:", "What the closed bridge means for schools"),
    "related, listed": (PROSE, "Related:", "- The ferry", "- The weir"),
    "newsletters": ("Subscribe to our newsletter", "Your email address", PROSE),
    "counters": ("1 / 12", "2 / 12"),
    "menus": ("Home", "News", "Sport", "Weather"),
    "headings": ("## Share", PROSE, "## Related articles", PROSE),
    "numbered": ("1. Share", "2. Subscribe", PROSE),
    "wall": ("We use cookies to improve your experience.", "Our partners too.", "Accept all"),
    "bylines": ("By Ivo Tarn", "May 1, 2024", PROSE),
}
FEW, TIMES = 200, 4
# Once the reach of every rule is filled a text four times as long takes four times the calls; with the square
# it would be sixteen times.
MOST = 5.0


def calls(cleaner: Cleaner, lines: Sequence[str], count: int) -> int:
    return profiled(cleaner, "\n".join(islice(cycle(lines), count)))


def profiled(cleaner: Cleaner, text: str) -> int:
    profile = cProfile.Profile()
    profile.enable()
    cleaner.clean(text)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.fixture(scope="module")
def standard() -> Cleaner:
    return Cleaner()


@pytest.mark.bulk
def test_work_grows_with_tables_of_contents(standard: Cleaner) -> None:
    """None of the titles below its heading comes again."""
    names = ["".join(letters) for letters in product("abcdefghijk", "lmnopqrst", "uvwxyzabc")]
    texts = [
        "\n".join(f"Table of contents\nWhat the {name} costs\n" for name in names[:count])
        for count in (FEW, TIMES * FEW)
    ]
    assert len(names) >= TIMES * FEW
    few, many = (profiled(standard, text) for text in texts)
    assert many <= MOST * few


@pytest.mark.bulk
@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_text(name: str, standard: Cleaner) -> None:
    # What is made at the first use, or for the languages of a text of this length, does not count.
    _, _, few, many = (calls(standard, TEXTS[name], count) for count in (FEW, TIMES * FEW) * 2)
    assert many <= MOST * few
