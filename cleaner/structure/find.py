"""The claims of the structure: what of a page stands outside its article, stretch by stretch."""

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby

from ..code_lines import is_code
from ..model import GUARDS, Finding
from ..page import Page
from .columns import CRUFT, columns, counted, kind
from .edges import LEAST_LINES
from .gate import Gate, load_gate, measures
from .learned import Scorer, load
from .outline import SURELY_OFF, outline
from .shape import CLOSED
from .states import AFTER, BEFORE, CATEGORY, INSIDE, MENU
from .stretch import Stretch, best_stretch

__all__ = ["Finder"]

_MENU_WORDS = 4
_MENU_LINES = 5
_PROSE_WORDS = 12
# The guards ask what single lines are; here a stretch of many is judged, by all that stands around it.
_IGNORES = (*(name for name in GUARDS if name != "code"), "budget")
# What `standard` cuts is what the scores say is outside, `safe` only what they are sure of.
_TOP, _SLOPE, _FLOOR = 0.98, 0.36, 0.8
# Pages have menus, prompts and small print: claims of so few rules stand in a list of changes, too.
_LEAST_RULES = 3
_LEAST_WORDS = 25  # an article is no shorter
_LEAST_SURE = 2  # so many lines around it must be surely none of it


class Finder:
    """Finds the article in the text of a whole page; for the parameters see `cleaner.structure.Structure`."""

    def __init__(
        self,
        always: bool,
        without: frozenset[str],
        scorer: Scorer | None = None,
        gate: Gate | None = None,
    ) -> None:
        self._always = always
        self._without = without
        self._given = scorer, gate

    @cached_property
    def _scorer(self) -> Scorer:
        return self._given[0] or load()

    @cached_property
    def _gate(self) -> Gate:
        return self._given[1] or load_gate()

    def _may_open(self, page: Page, indexes: Sequence[int]) -> bool:
        if len(indexes) < LEAST_LINES:
            return False
        cruft = {claim.rule for claim in page.claims.values() if kind(claim) >= CRUFT}
        return len(cruft) >= _LEAST_RULES

    def _opens(self, page: Page, indexes: Sequence[int], outlined: Sequence[int]) -> bool:
        measured = measures(page.lines.texts, indexes, page.claims)
        if not self._gate.opens((*measured, *outlined)):
            return False
        return not is_code([page.texts[i] for i in indexes])

    def find(self, page: Page) -> list[Finding]:
        """Claims on all stretches of lines that are not the article."""
        indexes = page.text_lines()
        if not indexes or not (self._always or self._may_open(page, indexes)):
            return []
        table = columns(page.lines.texts, indexes, page.claims)
        scores = self._scorer.scores(table, len(indexes))
        words = counted(table)
        article = best_stretch(scores, words)
        if article is None or sum(words[article.start : article.end]) < _LEAST_WORDS:
            return []
        # Of an article by itself, as a page leaves it, the ends must not be taken for more of the page.
        if _surely_off(scores, article) < _LEAST_SURE:
            return []
        if not (self._always or self._opens(page, indexes, outline(scores, words, article))):
            return []
        return [
            finding
            for rule, first, last in _stretches(article, words, table["ends"])
            if rule not in self._without
            for finding in (_claim(page, rule, range(first, last), scores, words, table["ends"]),)
        ]


def _surely_off(scores: Sequence[int], article: Stretch) -> int:
    """How many lines around the article have so low a score that they are none of it."""
    around = (*scores[: article.start], *scores[article.end :])
    return sum([score <= SURELY_OFF for score in around])


def _stretches(
    article: Stretch, words: Sequence[int], ends: Sequence[int]
) -> list[tuple[str, int, int]]:
    """Rules and the rows that they claim, a long menu apart from what stands around it."""
    found = _menus(BEFORE, 0, article.start, words, ends)
    at = 0
    while at < len(article.dropped):
        first = last = article.dropped[at]
        while at < len(article.dropped) and article.dropped[at] == last:
            last += 1
            at += 1
        found.append((INSIDE, first, last))
    return found + _menus(AFTER, article.end, len(words), words, ends)


def _menus(
    rule: str, start: int, end: int, words: Sequence[int], ends: Sequence[int]
) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    short = [words[i] <= _MENU_WORDS and ends[i] < CLOSED for i in range(start, end)]
    at = start
    for is_short, group in groupby(short):
        size = sum(1 for _ in group)
        name = MENU if is_short and size >= _MENU_LINES else rule
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1], at + size)
        else:
            found.append((name, at, at + size))
        at += size
    return found


def _claim(
    page: Page,
    rule: str,
    rows: range,
    scores: Sequence[int],
    words: Sequence[int],
    ends: Sequence[int],
) -> Finding:
    indexes = page.text_lines()
    first, last = indexes[rows[0]], indexes[rows[-1]]
    weight = sum(words[i] + 1 for i in rows)
    score = sum(scores[i] * (words[i] + 1) for i in rows) / (255 * weight)
    confidence = round(max(_TOP - _SLOPE * score, _FLOOR), 2)
    return Finding(
        page.lines.starts[first],
        page.lines.end(last),
        rule,
        CATEGORY,
        confidence,
        f"{_PLACES[rule]}: {_told(rows, words, ends)}; score {score:.2f}",
        ignores=_IGNORES,
        context=True,
    )


_PLACES = {
    MENU: "menu",
    BEFORE: "before the article",
    AFTER: "after the article",
    INSIDE: "inside the article",
}


def _told(rows: range, words: Sequence[int], ends: Sequence[int]) -> str:
    """What the rows hold, counted by kind."""
    prose = sum(1 for i in rows if words[i] >= _PROSE_WORDS and ends[i] >= CLOSED)
    short = sum(1 for i in rows if words[i] <= _MENU_WORDS)
    titles = len(rows) - prose - short
    if prose + titles == 0:
        return f"{_number(short, 'short line')} without sentences"
    kinds = ((prose, "paragraph"), (titles, "teaser"), (short, "short line"))
    return ", ".join(_number(count, name) for count, name in kinds if count)


def _number(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"
