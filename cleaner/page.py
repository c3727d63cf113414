"""The lines of a scrape with their shapes and claims, as context rules and guards see them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from .late import LatePattern
from .lines import Lines, Numbers, few_or_many
from .model import Finding
from .policy import Policy
from .told import Told

__all__ = ["Page", "Placed"]

_FENCES = ("```", "~~~")
_FENCE = LatePattern(r"\s{0,3}(?:```|~~~)")


class Placed(NamedTuple):
    """A claim, the first and the last line that it touches, and the nearest lines that are not blank."""

    finding: Finding
    first: int
    last: int
    above: int | None
    below: int | None


class Page(Told):
    """One text in one round of cleaning. All indexes are line numbers from 0.

    Parameters
    ----------
    lines, shadowed
        See `Told`.
    findings
        The claims so far; `add` takes more.
    policy
        What the run is willing to cut.

    Attributes
    ----------
    claims
        Of each claimed line the surest claim; `add` alone changes it.
    guards
        Of each line that is kept the guard that keeps it.
    kinds
        What there is among the claims: categories, ``opens`` and a section, ``weak`` for a weak claim.
    """

    def __init__(
        self,
        lines: Lines,
        findings: Iterable[Finding],
        policy: Policy,
        shadowed: str | None = None,
    ) -> None:
        super().__init__(lines, shadowed)
        self.policy = policy
        numbers = range(len(self.texts))
        self._text_lines = few_or_many(compress(numbers, self.texts), len(numbers))
        self.claims: dict[int, Finding] = {}
        self.guards: dict[int, str] = {}
        self.kinds: set[str] = set()
        self._sure: set[int] = set()
        self._weak: set[int] = set()
        self._by_category: defaultdict[str, set[int]] = defaultdict(set)
        self._by_section: defaultdict[str, set[int]] = defaultdict(set)
        self._known: dict[str, frozenset[int]] = {}
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take claims; of several on one line the surest stands."""
        for finding in findings:
            if finding.inline:
                continue  # it says nothing of its line
            state: set[int] | None = None
            if self.policy.cuts(finding):
                state = self._sure
            elif not self.policy.is_off(finding):
                state = self._weak
                self.kinds.add("weak")
            self.kinds.add(finding.category)
            if finding.opens:
                self.kinds.add(f"opens {finding.opens}")
            first, last = self.span(finding)
            for index in range(first, last + 1):
                old = self.claims.get(index)
                if old is not None:
                    if _rank(finding, self.policy) <= _rank(old, self.policy):
                        continue
                    self._drop(index, old)
                self.claims[index] = finding
                self._by_category[finding.category].add(index)
                if finding.opens:
                    self._by_section[finding.opens].add(index)
                if state is not None:
                    state.add(index)

    def _drop(self, index: int, claim: Finding) -> None:
        self._by_category[claim.category].discard(index)
        self._by_section[claim.opens].discard(index)
        self._sure.discard(index)
        self._weak.discard(index)

    def claimed(self, *categories: str) -> list[int]:
        """The lines, in order, whose claim is of one of the categories."""
        known = self._by_category
        return sorted([index for name in categories if name in known for index in known[name]])

    def opening(self, section: str) -> list[int]:
        """The lines, in order, whose claim starts such a section, whatever the guards say."""
        return sorted(self._by_section[section]) if section in self._by_section else []

    def claimed_lines(self) -> list[int]:
        """The lines, in order, that are cruft or claimed weakly."""
        return sorted([*(i for i in self._sure if i not in self.guards), *self._weak])

    def weak_lines(self) -> list[int]:
        """The lines, in order, that are claimed weakly."""
        return sorted(self._weak)

    def keep(self, verdicts: Mapping[Finding, str]) -> None:
        """Take the verdicts of the guards on claims of patterns; a line is kept if all its claims are."""
        for finding, guard in verdicts.items():
            if guard and not finding.inline:
                first, last = self.span(finding)
                self.guards.update(dict.fromkeys(range(first, last + 1), guard))
        if not self.guards:
            return
        for finding, guard in verdicts.items():
            if not guard and not finding.inline and self.policy.cuts(finding):
                first, last = self.span(finding)
                for index in range(first, last + 1):
                    self.guards.pop(index, None)

    def blank(self, index: int) -> bool:
        """Whether nothing but white space stands on the line, as before the first and behind the last."""
        return not (0 <= index < len(self.texts) and self.texts[index])

    def sure(self, index: int) -> bool:
        """Whether a claim on the line is sure enough to be cut, guards aside."""
        return index in self._sure

    def cruft(self, index: int) -> bool:
        """Whether a claim on the line is sure enough to be cut, and no guard keeps it."""
        return index in self._sure and index not in self.guards

    def opens(self, index: int, section: str, ignores: Collection[str] = ()) -> bool:
        """Whether a claim starts such a section here, and no guard but those ignored keeps the line."""
        claim = self.claims.get(index)
        return (
            claim is not None
            and claim.opens == section
            and not self.policy.is_off(claim)
            and self.guards.get(index, "") in ("", *ignores)
        )

    def weak(self, index: int) -> bool:
        """Whether the line is claimed, by a category in use, but not surely enough to be cut."""
        return index in self._weak

    def text_lines(self) -> Numbers:
        """All lines that are not blank."""
        return self._text_lines

    def paragraphs(self, lines: Iterable[int]) -> Iterator[int]:
        """Those of the lines that are prose and that nothing claims, looked for as they are asked for."""
        return (i for i in lines if i not in self.claims and self.prose(i))

    def before(self, index: int) -> int | None:
        """The nearest line above that is not blank."""
        if index > 0 and self.texts[index - 1]:
            return index - 1
        known = self._text_lines
        at = bisect_left(known, index) - 1
        return known[at] if at >= 0 else None

    def after(self, index: int) -> int | None:
        """The nearest line below that is not blank."""
        if index + 1 < len(self.texts) and self.texts[index + 1]:
            return index + 1
        known = self._text_lines
        at = bisect_right(known, index)
        return known[at] if at < len(known) else None

    def placed(self, finding: Finding) -> Placed:
        """The finding with its lines."""
        first, last = self.span(finding)
        return Placed(finding, first, last, self.before(first), self.after(last))

    def span(self, finding: Finding) -> tuple[int, int]:
        """The first and the last line that the finding touches."""
        return self.lines.span(finding.start, finding.end)

    def fenced(self) -> set[int]:
        """Lines of fenced code blocks, the fences included; an open fence is none."""
        return self._fenced

    @cached_property
    def _fenced(self) -> set[int]:
        if not any(map(self.has, _FENCES)):
            return set()
        marks = [
            index
            for index, text in enumerate(self.lines.texts)
            if self.texts[index].startswith(_FENCES) and _FENCE.match(text)
        ]
        return {
            at
            for first, last in zip(marks[::2], marks[1::2], strict=False)
            for at in range(first, last + 1)
        }

    def once(self, name: str, find: "Callable[[Page], frozenset[int]]") -> frozenset[int]:
        """Lines of some kind, looked for when they are first asked for."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = find(self)
        return known

    def claim(
        self,
        index: int,
        rule: str,
        category: str,
        confidence: float,
        why: str,
        ignores: tuple[str, ...] = (),
    ) -> Finding:
        """A finding over one whole line, for a context rule to return."""
        start, end = self.lines.starts[index], self.lines.end(index)
        return Finding(start, end, rule, category, confidence, why, "", ignores, context=True)

    def claim_rest(
        self,
        lines: Iterable[int],
        rule: str,
        category: str,
        confidence: float,
        why: str,
        ignores: tuple[str, ...] = (),
    ) -> list[Finding]:
        """Findings over those of the lines that are not cruft already, for a context rule to return."""
        return [
            self.claim(i, rule, category, confidence, why, ignores)
            for i in lines
            if not self.cruft(i)
        ]


def _rank(finding: Finding, policy: Policy) -> tuple[bool, float, str]:
    return not policy.is_off(finding), finding.confidence, finding.rule
