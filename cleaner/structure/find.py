"""The claims of the structure: what of a page stands outside its article, stretch by stretch."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import and_, gt, mul
from typing import NamedTuple

from ..code_lines import is_code
from ..model import GUARDS, Finding
from ..page import Page
from .columns import CRUFT, at_least, columns, counted, kind
from .edges import LEAST_LINES
from .gate import Gate, load_gate, measures
from .learned import Scorer, load
from .outline import outline, surely_off
from .shape import BUCKETS, CLOSED
from .states import AFTER, BEFORE, CATEGORY, INSIDE, MENU
from .stretch import Stretch, best_stretch

__all__ = ["Finder"]

_MENU_WORDS = 4
_MENU_LINES = 5
_MENU_ROWS = re.compile(b"\1{%d,}" % _MENU_LINES)
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

    def _may_open(self, page: Page) -> bool:
        if len(page.claims) < _LEAST_RULES:
            return False
        cruft = {claim.rule for claim in page.claims.values() if kind(claim) >= CRUFT}
        return len(cruft) >= _LEAST_RULES and len(page.text_lines()) >= LEAST_LINES

    def _opens(self, texts: Sequence[str], kinds: bytes, outlined: Sequence[int]) -> bool:
        opens = self._gate.opens((*measures(texts, kinds), *outlined))
        return opens and not is_code(texts) and not _is_quoted(texts)

    def find(self, page: Page) -> list[Finding]:
        """Claims on all stretches of lines that are not the article."""
        if not (self._always or self._may_open(page)):
            return []
        indexes = page.text_lines()
        if not indexes:
            return []
        table = columns(page.lines.texts, indexes, page.claims)
        scores = self._scorer.scores(table, len(indexes))
        words = counted(table)
        article = best_stretch(scores, words)
        if article is None or sum(words[article.start : article.end]) < _LEAST_WORDS:
            return []
        # Of an article by itself, as a page leaves it, the ends must not be taken for more of the page.
        off = surely_off(scores)
        if off.count(1) - off.count(1, article.start, article.end) < _LEAST_SURE:
            return []
        if not self._always:
            texts = list(filter(None, page.texts))
            if not self._opens(texts, table["claim"], outline(scores, words, article)):
                return []
        rows = _rows(scores, words, table)
        return [
            _claim(page, rule, first, last, rows)
            for rule, first, last in _stretches(article, rows)
            if rule not in self._without
        ]


class _Rows(NamedTuple):
    """Of each line that is not blank its score, its words, and 1 or 0 for what it looks like."""

    scores: list[int]
    words: list[int]
    short: bytes
    items: bytes
    prose: bytes


def _rows(scores: list[int], words: list[int], table: Mapping[str, bytes]) -> _Rows:
    short = table["words"].translate(_IS_SHORT)
    closed = table["ends"].translate(_IS_CLOSED)
    long = table["words"].translate(_IS_LONG)
    return _Rows(
        scores,
        words,
        short,
        items=bytes(map(gt, short, closed)),
        prose=bytes(map(and_, long, closed)),
    )


_IS_SHORT = bytes([n <= BUCKETS[_MENU_WORDS] for n in range(256)])
_IS_LONG, _IS_CLOSED = at_least(BUCKETS[_PROSE_WORDS]), at_least(CLOSED)


def _stretches(article: Stretch, rows: _Rows) -> list[tuple[str, int, int]]:
    """Rules and the rows that they claim, a long menu apart from what stands around it."""
    found = _menus(BEFORE, 0, article.start, rows)
    at = 0
    while at < len(article.dropped):
        first = last = article.dropped[at]
        while at < len(article.dropped) and article.dropped[at] == last:
            last += 1
            at += 1
        found.append((INSIDE, first, last))
    return found + _menus(AFTER, article.end, len(rows.words), rows)


def _menus(rule: str, start: int, end: int, rows: _Rows) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for menu in _MENU_ROWS.finditer(rows.items, start, end):
        if start < menu.start():
            found.append((rule, start, menu.start()))
        found.append((MENU, menu.start(), menu.end()))
        start = menu.end()
    return [*found, (rule, start, end)] if start < end else found


def _claim(page: Page, rule: str, start: int, end: int, rows: _Rows) -> Finding:
    indexes = page.text_lines()
    scores, words = rows.scores[start:end], rows.words[start:end]
    weight = sum(words) + len(words)
    score = (sum(map(mul, scores, words)) + sum(scores)) / (255 * weight)
    confidence = round(max(_TOP - _SLOPE * score, _FLOOR), 2)
    return Finding(
        page.lines.starts[indexes[start]],
        page.lines.end(indexes[end - 1]),
        rule,
        CATEGORY,
        confidence,
        f"{_PLACES[rule]}: {_told(rows, start, end)}; score {score:.2f}",
        ignores=_IGNORES,
        context=True,
    )


_PLACES = {
    MENU: "menu",
    BEFORE: "before the article",
    AFTER: "after the article",
    INSIDE: "inside the article",
}


def _told(rows: _Rows, start: int, end: int) -> str:
    """What the rows hold, counted by kind."""
    prose = rows.prose.count(1, start, end)
    short = rows.short.count(1, start, end)
    titles = end - start - prose - short
    if prose + titles == 0:
        return f"{_number(short, 'short line')} without sentences"
    kinds = ((prose, "paragraph"), (titles, "teaser"), (short, "short line"))
    return ", ".join(_number(count, name) for count, name in kinds if count)


def _number(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"


def _is_quoted(texts: Sequence[str]) -> bool:
    """Whether most lines are quoted, as in mail."""
    return sum(text.startswith(">") for text in texts) * 2 > len(texts)
