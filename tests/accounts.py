"""Reports as a run would write them, for tests that read reports."""

from typing import Any

from cleaner.report.stream import Report

HASH = "0" * 64


def claim(start: int, end: int, rule: str, confidence: float, **more: Any) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "line": 1,
        "text": "x" * (end - start),
        "rule": rule,
        "category": rule.partition(".")[0],
        "confidence": confidence,
        "why": "A reason.",
        **more,
    }


def report(source: str, size: int, *cuts: dict[str, Any], **more: Any) -> Report:
    gone = sum(cut["end"] - cut["start"] for cut in cuts)
    return {
        "schema_version": 1,
        "source": source,
        "before": {"sha256": HASH, "bytes": size, "characters": size},
        "after": {"sha256": HASH, "bytes": size - gone, "characters": size - gone},
        "language": "en",
        "covered": True,
        "cuts": list(cuts),
        "kept": [],
        "budget": {"words": 0, "limit": 0, "exceeded": False},
        "limit": "",
        **more,
    }
