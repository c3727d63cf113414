"""Invented sites, each with as many pages as a test asks for."""

import random
from collections.abc import Callable

from cleaner.learn.counting import Text, count, counts
from cleaner.learn.propose import BOUNDS, Bounds, Proposal, proposals
from cleaner.learn.site import Known

WORDS = """
    council bridge river ferry mayor school harbour market winter boat letter road plan vote farm
    field clerk price train storm garden bread stone light hill song window door
""".split()  # noqa: SIM905 a word a line says no more
SITE = "tarnherald.example"
DRAW = "Win a weekend by the sea with our free prize draw."

Make = Callable[[int, "Prose"], list[str]]


class Prose:
    """Words that no two pages have in common."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def words(self, number: int) -> str:
        return " ".join(self._random.choice(WORDS) for _ in range(number))

    def title(self) -> str:
        return self.words(4).capitalize()

    def paragraph(self) -> str:
        return " ".join(f"The {self.words(13)}." for _ in range(3))

    def number(self, most: int) -> int:
        return self._random.randint(1, most)


def pages(make: Make, number: int = 30, *, site: str = SITE, between: str = "\n\n") -> list[Text]:
    return [
        Text(site, f"page-{at:03}.txt", between.join(make(at, Prose(f"{site} {at}"))))
        for at in range(number)
    ]


def learned(
    texts: list[Text], bounds: Bounds = BOUNDS, known: Callable[[str], Known] = lambda _: ""
) -> list[Proposal]:
    site = texts[0].site if texts else SITE
    found = [line for line in counts(count(texts), bounds.least) if line.kind != "document"]
    return proposals(site, len(texts), found, bounds, known)


def story(at: int, prose: Prose) -> list[str]:
    """A news page with a prize draw somewhere between its paragraphs."""
    paragraphs = [prose.paragraph() for _ in range(6)]
    paragraphs.insert(1 + at % 5, DRAW)
    return [prose.title(), *paragraphs]
