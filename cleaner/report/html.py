"""Many reports as one page that needs nothing but itself.

A scrape is hostile text. It stands in the page as JSON in which no character can end the element, and the
script shows it as text only; what the browser may do beside that is closed by a policy in the page's head.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from .gathered import MOST_CUTS, MOST_TEXT, Gathered
from .sample import Claim
from .stats import Tally
from .stream import Report
from .tables import as_json

__all__ = ["page"]

_MARK = re.compile(r"\{\{(\w+)\}\}")
# What could end the element, or a line of old JavaScript; lone surrogates, which no file can hold.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_FIELDS = ("start", "end", "line", "rule", "category", "confidence", "why")
_MOST_CLAIM = 600  # characters of a cut that are shown in a list


def page(tally: Tally, gathered: Gathered) -> Iterator[str]:
    """The page, piece by piece; its encoding is UTF-8.

    Parameters
    ----------
    tally
        The sums of all reports.
    gathered
        What is shown of some.
    """
    style, script = _asset("page.css"), _asset("page.js")
    values = {
        "policy": f"default-src 'none'; style-src '{_sum(style)}'; script-src '{_sum(script)}'; "
        "base-uri 'none'; form-action 'none'",
        "style": style,
        "script": script,
    }
    pieces = _MARK.split(_asset("page.html"))
    for text, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        yield text
        if mark == "data":
            yield from _embedded(_data(tally, gathered))
        elif mark:
            yield values[mark]


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _sum(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _embedded(data: dict[str, Any]) -> Iterator[str]:
    """The data as JSON that no HTML parser takes for anything but text."""
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    for piece in encoder.iterencode(data):
        yield _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", piece)


def _data(tally: Tally, gathered: Gathered) -> dict[str, Any]:
    return {
        "sums": as_json(tally),
        "limits": {
            "text": MOST_TEXT,
            "claim": _MOST_CLAIM,
            "cuts": MOST_CUTS,
            "tooLong": gathered.too_long,
        },
        "cuts": {rule: _claims(claims, gathered) for rule, claims in gathered.cuts.items()},
        "kept": [claim for rows in gathered.kept.values() for claim in _claims(rows, gathered)],
        "documents": [
            _document(n, report, gathered) for n, report in enumerate(gathered.documents)
        ],
        "failures": [
            {"source": report["source"], "error": report["error"]} for report in gathered.failures
        ],
    }


def _claims(claims: Sequence[Claim], gathered: Gathered) -> list[dict[str, Any]]:
    rows = []
    for claim in claims:
        before, after = gathered.around.get(id(claim), ("", ""))
        rows.append(
            {
                **_entry(claim.entry),
                "source": claim.report["source"],
                "sha256": claim.report["before"]["sha256"],
                "document": gathered.number(claim.report),
                "before": before,
                "after": after,
            }
        )
    return rows


def _document(number: int, report: Report, gathered: Gathered) -> dict[str, Any]:
    cuts, kept = _shown(report)
    return {
        "source": report["source"],
        "sha256": report["before"]["sha256"],
        "language": report["language"],
        "before": report["before"]["characters"],
        "after": report["after"]["characters"],
        "limit": report["limit"],
        "exceeded": report["budget"]["exceeded"],
        "cuts": [_entry(cut) for cut in cuts],
        "kept": [_entry(claim) for claim in kept],
        "more": len(report["cuts"]) - len(cuts) + len(report["kept"]) - len(kept),
        "parts": gathered.parts.get(number),
    }


def _shown(report: Report) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The cuts and the kept claims of a document that are listed."""
    return report["cuts"][:MOST_CUTS], report["kept"][:MOST_CUTS]


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    text = entry["text"]
    row = {name: entry[name] for name in _FIELDS}
    row["text"] = text if len(text) <= _MOST_CLAIM else f"{text[:_MOST_CLAIM]}…"
    if "guard" in entry:
        row["guard"] = entry["guard"]
    return row
