"""The sums of many reports in order, as JSON values and as the rows of a table."""

from collections.abc import Iterable
from typing import Any

from .stats import Row, Tally

__all__ = ["HEADER", "as_json", "by_documents", "long_rows", "ordered"]

HEADER = ("table", "name", "documents", "cuts", "characters", "share", "kept")


def ordered(rows: dict[str, Row]) -> list[tuple[str, Row]]:
    """The rows of a table, those with the most characters first."""
    return sorted(rows.items(), key=lambda item: (-item[1].characters, -item[1].kept, item[0]))


def as_json(tally: Tally) -> dict[str, Any]:
    """The sums as JSON values."""
    return {
        **_sums(tally),
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


def _sums(tally: Tally) -> dict[str, Any]:
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
