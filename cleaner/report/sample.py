"""A sample of reports, stratified by rule: the same one whatever the order they come in.

Every cut has a number that its document and place give, as good as drawn by lot; those with the lowest
numbers are kept. So each cut of a rule is as likely to be seen as any other, and a run again shows the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from heapq import heappush, heappushpop
from typing import Any, Generic, NamedTuple, TypeVar

from .stats import WHITESPACE
from .stream import Report, headed, whole

__all__ = ["Claim", "Lowest", "Sample", "drawn"]

T = TypeVar("T")
_DOCUMENTS_A_RULE = 3


class Claim(NamedTuple):
    """A cut or a kept claim, and the report that it stands in, as `headed` gives it."""

    report: Report
    entry: dict[str, Any]


class Lowest(Generic[T]):
    """The values with the lowest numbers of all that were offered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[
            tuple[int, int, T]
        ] = []  # numbers negative: the highest one is the first to go
        self._count = 0

    def wants(self, number: int) -> bool:
        """Whether a value with this number would be kept now."""
        return len(self._heap) < self._most or -self._heap[0][0] > number

    def offer(self, number: int, value: T) -> None:
        """Keep the value if its number is low enough."""
        if not self._most or not self.wants(number):
            return
        self._count += 1  # among equal numbers, so that values are never compared
        push = heappush if len(self._heap) < self._most else heappushpop
        push(self._heap, (-number, -self._count, value))

    def values(self) -> list[T]:
        """What was kept, lowest number first."""
        return [value for _, _, value in sorted(self._heap, key=lambda row: (-row[0], -row[1]))]


class Sample:
    """What of many reports is shown.

    Parameters
    ----------
    documents
        The most documents to show. Each rule's come first, in turns; others fill up what is left.
    cuts
        The most cuts of each rule.
    kept
        The most kept claims of each guard.
    failures
        The most failures; the first ones are kept.
    """

    def __init__(self, documents: int, cuts: int, kept: int = 0, failures: int = 0) -> None:
        self._most = documents
        self._cuts_most = cuts
        self._kept_most = kept
        self._failures_most = failures
        self._any: Lowest[Report] = Lowest(documents)
        self._by_rule: dict[str, Lowest[Report]] = {}
        self._cuts: dict[str, Lowest[Claim]] = {}
        self._kept: dict[str, Lowest[Claim]] = {}
        self.failures: list[Report] = []

    def add(self, report: Report) -> None:
        """Offer one report."""
        if "error" in report:
            if len(self.failures) < self._failures_most:
                self.failures.append(report)
            return
        key = (report["source"] + "\0" + report["before"]["sha256"]).encode("utf-8", "replace")
        number = _number(key)
        head = cache(lambda: headed(report))  # made once, and only if the report is to be held
        cuts = [cut for cut in report["cuts"] if cut["category"] != WHITESPACE]
        if self._most:
            _offer(self._any, number, head)
            for rule in {cut["rule"] for cut in cuts}:
                _offer(self._by_rule.setdefault(rule, Lowest(_DOCUMENTS_A_RULE)), number, head)
        _offer_claims(self._cuts, self._cuts_most, cuts, "rule", head, key)
        _offer_claims(self._kept, self._kept_most, report["kept"], "guard", head, key)

    def documents(self) -> list[Report]:
        """The documents to show, by source."""
        chosen: dict[int, Report] = {}
        for report in self._in_turns():
            if len(chosen) >= self._most:
                break
            chosen[id(report)] = report
        return sorted(map(whole, chosen.values()), key=lambda report: str(report["source"]))

    def cuts(self) -> dict[str, list[Claim]]:
        """The cuts to show, by rule."""
        return {rule: lowest.values() for rule, lowest in sorted(self._cuts.items())}

    def kept(self) -> dict[str, list[Claim]]:
        """The kept claims to show, by guard."""
        return {guard: lowest.values() for guard, lowest in sorted(self._kept.items())}

    def _in_turns(self) -> Iterator[Report]:
        rows = [lowest.values() for _, lowest in sorted(self._by_rule.items())]
        for turn in range(_DOCUMENTS_A_RULE):
            yield from (row[turn] for row in rows if turn < len(row))
        yield from self._any.values()


def drawn(reports: Iterable[Report], sample: Sample) -> Iterator[Report]:
    """Pass reports on, and offer each to the sample."""
    for report in reports:
        sample.add(report)
        yield report


def _offer(lowest: Lowest[Report], number: int, head: Callable[[], Report]) -> None:
    if lowest.wants(number):
        lowest.offer(number, head())


def _offer_claims(
    kept: dict[str, Lowest[Claim]],
    most: int,
    entries: Sequence[dict[str, Any]],
    field: str,
    head: Callable[[], Report],
    key: bytes,
) -> None:
    if not most:
        return
    for entry in entries:
        number = _number(b"%s\0%d" % (key, entry["start"]))
        lowest = kept.setdefault(entry[field], Lowest(most))
        if lowest.wants(number):
            lowest.offer(number, Claim(head(), entry))


def _number(key: bytes) -> int:
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big")
