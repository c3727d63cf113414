"""Sums over many reports, in memory that grows with the rules and not with the documents."""

from collections import Counter
from collections.abc import Iterable
from heapq import heappush, heappushpop
from typing import Any

from .stream import Report

__all__ = [
    "BINS",
    "HEADER",
    "WHITESPACE",
    "Row",
    "Tally",
    "as_json",
    "by_documents",
    "long_rows",
    "ordered",
    "sums",
    "tallied",
]

BINS = 20  # bars of a histogram from 0 to 1
WHITESPACE = (
    "whitespace"  # the category of what cuts leave over: characters, and no cuts of its own
)
HEADER = ("table", "name", "documents", "cuts", "characters", "share", "kept")
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


def ordered(rows: dict[str, Row]) -> list[tuple[str, Row]]:
    """The rows of a table, those with the most characters first."""
    return sorted(rows.items(), key=lambda item: (-item[1].characters, -item[1].kept, item[0]))


def as_json(tally: Tally) -> dict[str, Any]:
    """The sums as JSON values."""
    return {
        **sums(tally),
        "categories": {name: _counts(row) for name, row in ordered(tally.categories)},
        "rules": {
            name: {
                "category": row.category,
                **_counts(row),
                "confidence": [row.low, row.high] if row.low <= row.high else None,
            }
            for name, row in ordered(tally.rules)
        },
        "languages": {
            name: {**_counts(row), "before": row.before, "covered": row.covered}
            for name, row in by_documents(tally.languages)
        },
        "guards": dict(tally.guards.most_common()),
        "limits": dict(tally.limits.most_common()),
        "shares": tally.shares,
        "confidences": tally.confidences,
        "most_cut": [{"source": source, "share": share} for share, source in tally.most_cut()],
    }


def sums(tally: Tally) -> dict[str, Any]:
    """The figures of the whole; characters, and documents by what became of them."""
    return {
        "documents": tally.documents,
        "failed": tally.failed,
        "limited": tally.limited,
        "exceeded": tally.exceeded,
        "touched": tally.touched,
        "before": tally.before,
        "after": tally.after,
        "cuts": tally.cuts,
        "kept": tally.kept,
    }


def by_documents(rows: dict[str, Row]) -> list[tuple[str, Row]]:
    """The rows of a table, those with the most documents first."""
    return sorted(rows.items(), key=lambda item: (-item[1].documents, item[0]))


def long_rows(tally: Tally) -> Iterable[tuple[str | int | float, ...]]:
    """All tables as one, with the columns of `HEADER`; the share is of all characters, 0 to 1."""
    gone = tally.before - tally.after
    whole = (tally.documents, tally.cuts, gone, _share(gone, tally.before), tally.kept)
    yield ("all", "all", *whole)
    for name, count in (
        ("failed", tally.failed),
        ("limited", tally.limited),
        ("exceeded", tally.exceeded),
        ("touched", tally.touched),
    ):
        yield ("documents", name, count, "", "", "", "")
    for table, rows in (
        ("category", ordered(tally.categories)),
        ("rule", ordered(tally.rules)),
        ("language", by_documents(tally.languages)),
    ):
        for name, row in rows:
            of = row.before if table == "language" else tally.before
            share = _share(row.characters, of)
            yield (table, name, row.documents, row.cuts, row.characters, share, row.kept)
    for name, count in tally.guards.most_common():
        yield ("guard", name, "", "", "", "", count)
    for name, count in tally.limits.most_common():
        yield ("limit", name, count, "", "", "", "")
    for share, source in tally.most_cut():
        yield ("most cut", source, 1, "", "", round(share, 6), "")


def _counts(row: Row) -> dict[str, int]:
    return {
        "documents": row.documents,
        "cuts": row.cuts,
        "characters": row.characters,
        "kept": row.kept,
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0


def _bin(value: float) -> int:
    """The bar of a histogram from 0 to 1 that the value falls into; what is outside, into the last."""
    return max(0, min(BINS - 1, int(value * BINS - 1e-9)))
