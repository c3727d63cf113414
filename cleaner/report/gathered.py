"""A sample of reports with the texts around its cuts, and of its documents, as far as they are given."""

from collections.abc import Iterable, Iterator
from typing import Any

from .sample import Claim, Sample
from .stream import Report

__all__ = ["MOST_CUTS", "MOST_TEXT", "Gathered", "Part"]

MOST_TEXT = 200_000  # characters of a document that is shown whole
MOST_CUTS = 2_000  # cuts, and kept claims, that are listed of one document
_AROUND = 80  # characters of context on each side

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
        # Two documents may hold the same text.
        self._numbers: dict[str, list[int]] = {}
        for number, report in enumerate(self.documents):
            self._numbers.setdefault(report["before"]["sha256"], []).append(number)
        self._places = {_place(report): number for number, report in enumerate(self.documents)}
        self._claims: dict[str, list[Claim]] = {}
        for claims in (*self.cuts.values(), *self.kept.values()):
            for claim in claims:
                self._claims.setdefault(claim.report["before"]["sha256"], []).append(claim)
        self.around: dict[int, tuple[str, str]] = {}
        self.parts: dict[int, list[Part]] = {}
        self.too_long = 0

    def number(self, report: Report) -> int:
        """The place of a report's document among those that are shown; -1 if it is not."""
        return self._places.get(_place(report), -1)

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
            for number in self._numbers.get(key, ()):
                if len(text) > MOST_TEXT:
                    self.too_long += 1
                else:
                    self.parts[number] = _parts(text, self.documents[number])


def _place(report: Report) -> tuple[str, str]:
    return report["source"], report["before"]["sha256"]


def _around(text: str, entry: dict[str, Any]) -> tuple[str, str]:
    """What stands before and behind a span."""
    first, last = max(0, entry["start"] - _AROUND), entry["end"] + _AROUND
    before, after = text[first : entry["start"]], text[entry["end"] : last]
    return f"{'…' * (first > 0)}{before}", f"{after}{'…' * (last < len(text))}"


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
        yield start, end, kind, number if number < MOST_CUTS else -1
        at = end
