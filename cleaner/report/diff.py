"""What is cut otherwise in one run than in another, by the reports of both."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import zip_longest
from typing import Any, NamedTuple

from ..lines import Lines, shadow
from ..page import Page
from ..policy import Policy
from .stats import WHITESPACE
from .stream import Report

__all__ = [
    "NEWLY_CUT",
    "NEWLY_KEPT",
    "Change",
    "Difference",
    "Pair",
    "changes",
    "compared",
    "paired",
]

NEWLY_CUT, NEWLY_KEPT = "newly-cut", "newly-kept"
Pair = tuple[Report | None, Report | None]


class Change(NamedTuple):
    """A stretch of a scrape that one run cut and the other did not.

    Attributes
    ----------
    kind
        `NEWLY_CUT` or `NEWLY_KEPT`.
    source
        The document.
    start, end, line
        Where it stands, as in a report.
    text
        The stretch.
    rule, category, confidence, why
        Of the cut, in the run that made it.
    guard
        Of what is newly kept, the guard that kept it; empty where no rule claims it any more.
    words
        Words of its sentence-like lines.
    """

    kind: str
    source: str
    start: int
    end: int
    line: int
    text: str
    rule: str
    category: str
    confidence: float
    why: str
    guard: str
    words: int


class Difference:
    """The sums of a comparison, and the riskiest changes.

    Attributes
    ----------
    documents, changed
        Documents that were compared, and those with a change.
    other
        Documents whose text is not the same in both, or that one run could not read.
    only_old, only_new
        Documents of one run alone.
    kinds
        Changes by kind.
    rules
        Changes by rule and kind.
    changes
        The riskiest, most risk first.
    """

    def __init__(self) -> None:
        self.documents = self.changed = self.other = self.only_old = self.only_new = 0
        self.kinds: Counter[str] = Counter()
        self.rules: dict[str, Counter[str]] = {}
        self.changes: list[Change] = []

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON values."""
        return {
            "documents": self.documents,
            "changed": self.changed,
            "other": self.other,
            "only_old": self.only_old,
            "only_new": self.only_new,
            NEWLY_CUT: self.kinds[NEWLY_CUT],
            NEWLY_KEPT: self.kinds[NEWLY_KEPT],
            "rules": {
                rule: {NEWLY_CUT: kinds[NEWLY_CUT], NEWLY_KEPT: kinds[NEWLY_KEPT]}
                for rule, kinds in sorted(self.rules.items())
            },
            "changes": [change._asdict() for change in self.changes],
        }


def compared(pairs: Iterable[Pair], most: int) -> Difference:
    """Compare the reports of documents, those of the old run first.

    Parameters
    ----------
    pairs
        As `paired` gives them.
    most
        How many changes to keep.
    """
    difference = Difference()
    counted = _counted(pairs, difference)
    difference.changes = nsmallest(most, counted, key=_risk)
    deque(counted, maxlen=0)  # for none, nothing was read
    return difference


def _counted(pairs: Iterable[Pair], difference: Difference) -> Iterator[Change]:
    for old, new in pairs:
        if old is None or new is None:
            difference.only_new += old is None
            difference.only_old += new is None
        elif "error" in old or "error" in new or old["before"] != new["before"]:
            difference.other += 1
        else:
            difference.documents += 1
            found = changes(old, new)
            difference.changed += bool(found)
            for change in found:
                difference.kinds[change.kind] += 1
                difference.rules.setdefault(change.rule, Counter())[change.kind] += 1
                yield change


def paired(old: Iterable[Report], new: Iterable[Report]) -> Iterator[Pair]:
    """The reports of each document in two runs, None where there is none.

    Memory stays flat while both come in about the same order.
    """
    waiting: tuple[_Waiting, _Waiting] = ({}, {})
    for rows in zip_longest(old, new):
        for side, report in enumerate(rows):
            if report is None:
                continue
            found = _taken(waiting[1 - side], report["source"])
            if found is None:
                waiting[side].setdefault(report["source"], deque()).append(report)
            else:
                yield (found, report) if side else (report, found)
    for report in (report for row in waiting[0].values() for report in row):
        yield report, None
    for report in (report for row in waiting[1].values() for report in row):
        yield None, report


_Waiting = dict[str, deque[Report]]


def _taken(waiting: _Waiting, source: str) -> Report | None:
    row = waiting.get(source)
    if not row:
        return None
    report = row.popleft()
    if not row:
        del waiting[source]
    return report


def changes(old: Report, new: Report) -> list[Change]:
    """What is cut otherwise of one document, in no order; white space does not count."""
    return [
        *_uncovered(NEWLY_CUT, new, old["cuts"], ()),
        *_uncovered(NEWLY_KEPT, old, new["cuts"], new["kept"]),
    ]


def _uncovered(
    kind: str,
    report: Report,
    others: Sequence[dict[str, Any]],
    kept: Sequence[dict[str, Any]],
) -> Iterator[Change]:
    """Stretches of a report's cuts that none of the others covers."""
    at = 0
    for cut in report["cuts"]:
        if cut["category"] == WHITESPACE:
            continue
        while at < len(others) and others[at]["end"] <= cut["start"]:
            at += 1
        for start, end in _gaps(cut["start"], cut["end"], others[at:]):
            text = cut["text"][start - cut["start"] : end - cut["start"]]
            if not text.isspace():
                yield _change(kind, report["source"], cut, start, text, kept)


def _gaps(start: int, end: int, spans: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """What is left of a stretch without the spans, which are in order."""
    for span in spans:
        if span["start"] >= end:
            break
        if start < span["start"]:
            yield start, span["start"]
        start = max(start, span["end"])
    if start < end:
        yield start, end


def _change(
    kind: str,
    source: str,
    cut: dict[str, Any],
    start: int,
    text: str,
    kept: Sequence[dict[str, Any]],
) -> Change:
    end = start + len(text)
    line = cut["line"] + shadow(cut["text"][: start - cut["start"]]).count("\n")
    guards = [claim["guard"] for claim in kept if claim["start"] < end and start < claim["end"]]
    return Change(
        kind,
        source,
        start,
        end,
        line,
        text,
        cut["rule"],
        cut["category"],
        cut["confidence"],
        cut["why"],
        guards[0] if guards else "",
        sentence_words(text),
    )


def sentence_words(text: str) -> int:
    """Words of the lines that read like sentences, as the risk budget counts them."""
    lines = Lines(shadow(text))
    page = Page(lines, (), Policy())
    return sum(page.words(at) for at in range(len(lines)) if page.prose(at))


def _risk(change: Change) -> tuple[Any, ...]:
    """Most risk first: a loss before a leftover, sentences before labels, doubt before certainty."""
    lost = change.kind == NEWLY_CUT
    doubt = change.confidence if lost else -change.confidence
    place = change.source, change.start, change.rule
    return not lost, change.words == 0, doubt, -change.words, *place
