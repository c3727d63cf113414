"""Many reports as one page that needs nothing but itself.

A scrape is hostile text. It stands in the page as JSON in which no character can end the element, and the
script shows it as text only; what the browser may do beside that is closed by a policy in the page's head.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Any

from .sample import Claim, Sample
from .stats import Tally, as_json
from .stream import Report

__all__ = ["Gathered", "page"]

_MARK = re.compile(r"\{\{(\w+)\}\}")
# What could end the element, or a line of old JavaScript; lone surrogates, which no file can hold.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_MOST_CLAIM = 600  # characters of a cut that are shown in a list
_AROUND = 80  # characters of context on each side
_MOST_TEXT = 200_000  # characters of a document that is shown whole
_MOST_CUTS = 2_000  # cuts, and kept claims, that are listed of one document

# A piece of a document: its text; of a cut or a kept claim also "cut" or "kept", and its number.
Part = list[str | int]


class Gathered:
    """A sample of reports, with the texts of its documents as far as they were found.

    Parameters
    ----------
    sample
        The sample, of all reports.
    """

    def __init__(self, sample: Sample) -> None:
        self.documents = sample.documents()
        self.cuts = sample.cuts()
        self.kept = sample.kept()
        self.failures = sample.failures
        self.numbers = {report["before"]["sha256"]: n for n, report in enumerate(self.documents)}
        self._claims: dict[str, list[Claim]] = {}
        for claims in (*self.cuts.values(), *self.kept.values()):
            for claim in claims:
                self._claims.setdefault(claim.report["before"]["sha256"], []).append(claim)
        self.around: dict[int, tuple[str, str]] = {}
        self.parts: dict[int, list[Part]] = {}
        self.too_long = 0

    def wanted(self) -> Iterator[Report]:
        """The reports whose texts are of use."""
        yield from self.documents
        for claims in self._claims.values():
            yield claims[0].report

    def take(self, found: Iterable[tuple[str, str]]) -> None:
        """Keep what is shown of texts, each given with the sum of its scrape."""
        for key, text in found:
            for claim in self._claims.get(key, ()):
                self.around[id(claim)] = _around(text, claim.entry)
            if (number := self.numbers.get(key)) is None:
                continue
            if len(text) > _MOST_TEXT:
                self.too_long += 1
            else:
                self.parts[number] = _parts(text, self.documents[number])


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


def _around(text: str, entry: dict[str, Any]) -> tuple[str, str]:
    """What stands before and behind a span."""
    first, last = max(0, entry["start"] - _AROUND), entry["end"] + _AROUND
    before, after = text[first : entry["start"]], text[entry["end"] : last]
    return f"{'…' * (first > 0)}{before}", f"{after}{'…' * (last < len(text))}"


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
            "text": _MOST_TEXT,
            "claim": _MOST_CLAIM,
            "cuts": _MOST_CUTS,
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
                "document": gathered.numbers.get(claim.report["before"]["sha256"], -1),
                "before": before,
                "after": after,
            }
        )
    return rows


def _document(number: int, report: Report, gathered: Gathered) -> dict[str, Any]:
    cuts, kept = _shown(report)
    return {
        "source": report["source"],
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
    return report["cuts"][:_MOST_CUTS], report["kept"][:_MOST_CUTS]


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    text = entry["text"]
    row = {name: entry[name] for name in ("line", "rule", "category", "confidence", "why")}
    row["text"] = text if len(text) <= _MOST_CLAIM else f"{text[:_MOST_CLAIM]}…"
    row["characters"] = entry["end"] - entry["start"]
    if "guard" in entry:
        row["guard"] = entry["guard"]
    return row


def _parts(text: str, report: Report) -> list[Part]:
    """The text in pieces, cut and kept ones marked; what is listed nowhere has number -1."""
    parts: list[Part] = []
    at = 0
    for start, end, kind, number in _spans(report):
        if at < start:
            parts.append([text[at:start]])
        parts.append([text[start:end], kind, number])
        at = end
    if at < len(text):
        parts.append([text[at:]])
    return parts


def _spans(report: Report) -> Iterator[tuple[int, int, str, int]]:
    """Cuts and kept claims by place, none of which overlaps: a cut goes before a claim."""
    cuts = report["cuts"]
    rows = [(cut["start"], cut["end"], "cut", n) for n, cut in enumerate(cuts)]
    rows += [(kept["start"], kept["end"], "kept", n) for n, kept in enumerate(report["kept"])]
    rows.sort(key=lambda row: (row[0], row[2]))
    at, next_cut = 0, 0
    for start, end, kind, number in rows:
        while next_cut < len(cuts) and cuts[next_cut]["start"] < start:
            next_cut += 1
        overlaps = kind == "kept" and next_cut < len(cuts) and cuts[next_cut]["start"] < end
        if start < at or overlaps or start >= end:
            continue
        yield start, end, kind, number if number < _MOST_CUTS else -1
        at = end
