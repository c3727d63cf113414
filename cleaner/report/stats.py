"""Sums over many reports, in memory that grows with the rules and not with the documents."""

from collections import Counter
from collections.abc import Iterable
from heapq import heappush, heappushpop
from typing import Any

from .stream import Report

__all__ = ["BINS", "WHITESPACE", "Row", "Tally", "tallied"]

BINS = 20  # bars of a histogram from 0 to 1
WHITESPACE = (
    "whitespace"  # the category of what cuts leave over: characters, and no cuts of its own
)
_MOST_DOCUMENTS = 10


class Row:
    """The sums of one category, rule or language.

    Attributes
    ----------
    category
        Of a rule, its category; else empty.
    documents, cuts, kept
        How many; of a category and a rule, the documents are those that it cut something of.
    characters
        How many were cut.
    before
        Of a language, the characters of its documents; else 0.
    covered
        Of a language, the documents whose run had rules for it; else 0.
    low, high
        The least and the highest confidence of a cut; 1 and 0 where there is none.
    """

    __slots__ = (
        "before",
        "category",
        "characters",
        "covered",
        "cuts",
        "documents",
        "high",
        "kept",
        "low",
    )

    def __init__(self, category: str = "") -> None:
        self.category = category
        self.documents = self.cuts = self.kept = self.characters = self.before = self.covered = 0
        self.low, self.high = 1.0, 0.0


class Tally:
    """The sums of all reports that were added.

    Attributes
    ----------
    documents
        Reports of documents that were cleaned, or passed through whole because of a limit.
    failed, limited, exceeded, touched
        Documents that could not be read; that broke a limit; that were past their risk budget; that
        something was cut of.
    before, after
        Characters of all documents.
    cuts, kept
        Cuts, white space aside, and claims that were kept.
    categories, rules, languages
        A `Row` by name. Rules that only claimed have a row too.
    guards, limits
        Kept claims by guard, documents by the limit that they broke.
    shares
        Documents by the share of characters cut: none, then `BINS` bars up to all of it.
    confidences
        Cuts by confidence, in `BINS` bars.
    """

    def __init__(self) -> None:
        self.documents = self.failed = self.limited = self.exceeded = self.touched = 0
        self.before = self.after = self.cuts = self.kept = 0
        self.categories: dict[str, Row] = {}
        self.rules: dict[str, Row] = {}
        self.languages: dict[str, Row] = {}
        self.guards: Counter[str] = Counter()
        self.limits: Counter[str] = Counter()
        self.shares = [0] * (BINS + 1)
        self.confidences = [0] * BINS
        self._most_cut: list[tuple[float, str]] = []

    def add(self, report: Report) -> None:
        """Count one report."""
        if "error" in report:
            self.failed += 1
            return
        self._add_document(report)
        language = self.languages.setdefault(report["language"], Row())
        language.documents += 1
        language.before += report["before"]["characters"]
        language.covered += report["covered"]
        touched: set[Row] = set()
        for cut in report["cuts"]:
            self._add_cut(cut, language, touched)
        for row in touched:
            row.documents += 1
        for kept in report["kept"]:
            self.kept += 1
            self.guards[kept["guard"]] += 1
            for row in self._rows(kept):
                row.kept += 1
            language.kept += 1

    def most_cut(self) -> list[tuple[float, str]]:
        """The documents of which the largest shares were cut, and these shares, 0 to 1."""
        return sorted(self._most_cut, key=lambda pair: (-pair[0], pair[1]))

    def _add_document(self, report: Report) -> None:
        before, after = report["before"]["characters"], report["after"]["characters"]
        self.documents += 1
        self.before += before
        self.after += after
        self.exceeded += report["budget"]["exceeded"]
        if report["limit"]:
            self.limited += 1
            self.limits[report["limit"]] += 1
        if not report["cuts"]:
            self.shares[0] += 1
            return
        self.touched += 1
        share = (before - after) / before if before else 0.0
        self.shares[1 + _bin(share)] += 1
        push = heappush if len(self._most_cut) < _MOST_DOCUMENTS else heappushpop
        push(self._most_cut, (share, report["source"]))

    def _add_cut(self, cut: dict[str, Any], language: Row, touched: set[Row]) -> None:
        size = cut["end"] - cut["start"]
        counts = cut["category"] != WHITESPACE
        if counts:
            self.cuts += 1
            self.confidences[_bin(cut["confidence"])] += 1
        rows = self._rows(cut)
        touched.update(rows)
        for row in (*rows, language):
            row.cuts += counts
            row.characters += size
            row.low = min(row.low, cut["confidence"])
            row.high = max(row.high, cut["confidence"])

    def _rows(self, entry: dict[str, Any]) -> tuple[Row, Row]:
        category, rule = entry["category"], entry["rule"]
        if category not in self.categories:
            self.categories[category] = Row()
        if rule not in self.rules:
            self.rules[rule] = Row(category)
        return self.categories[category], self.rules[rule]


def tallied(reports: Iterable[Report]) -> Tally:
    """The sums of these reports."""
    tally = Tally()
    for report in reports:
        tally.add(report)
    return tally


def _bin(value: float) -> int:
    """The bar of a histogram from 0 to 1 that the value falls into; what is outside, into the last."""
    return max(0, min(BINS - 1, int(value * BINS - 1e-9)))
