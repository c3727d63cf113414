"""Findings to decisions: what the policy allows, no guard keeps and the risk budget covers."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .guards import first_guard, splits_markup
from .model import Decision, Finding
from .page import Page
from .policy import SAFEST

__all__ = ["Budget", "Verdict", "decide", "guard"]

# The most sentence-like words that uncertain cuts may take, as a share of those that stay; a text of
# few words has this many free.
_SHARE = 0.5
_FREE_WORDS = 120


class Budget(NamedTuple):
    """The risk budget of one document.

    Attributes
    ----------
    words
        Words of sentence-like lines that cuts below the safest confidence would take.
    limit
        How many they may take.
    exceeded
        Whether they took more, so that only the safest cuts were made.
    """

    words: int = 0
    limit: int = 0
    exceeded: bool = False


class Verdict(NamedTuple):
    """All decisions of one round and the state of the budget."""

    decisions: list[Decision]
    budget: Budget


def guard(page: Page, findings: Iterable[Finding]) -> dict[Finding, str]:
    """What the guards say of each claim that would be cut, or that opens a section."""
    return {
        finding: first_guard(page, finding)
        for finding in findings
        if page.policy.cuts(finding) or (finding.opens and not page.policy.is_off(finding))
    }


def decide(
    page: Page,
    findings: Iterable[Finding],
    shadowed: str,
    guarded: Mapping[Finding, str] = MappingProxyType({}),
) -> Verdict:
    """Judge every finding. No two of the findings that are cut overlap.

    ``guarded`` is what the guards are known to say.
    """
    judged = _judged(page, _strongest(findings), shadowed, guarded)
    cuts = _apart([d.finding for d in judged if d.cut])
    budget = _budget(page, cuts)
    decisions = [d for d in judged if not d.cut]
    for finding in cuts:
        spared = budget.exceeded and _at_risk(finding)
        decisions.append(Decision(finding, not spared, "budget" if spared else ""))
    if cuts:
        covered = [(d.finding.start, d.finding.end) for d in decisions if d.cut]
        decisions = [d for d in decisions if d.cut or not _inside(d.finding, covered)]
    decisions.sort()
    return Verdict(decisions, budget)


def _strongest(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each span and rule: the surest claim of it."""
    best: dict[tuple[int, int, str], Finding] = {}
    for finding in findings:
        place = finding.start, finding.end, finding.rule
        old = best.get(place)
        if old is None or finding.confidence > old.confidence:
            best[place] = finding
    return list(best.values())


def _judged(
    page: Page, findings: list[Finding], shadowed: str, guarded: Mapping[Finding, str]
) -> list[Decision]:
    """The verdicts, by place; of a span inside one that surely goes there is none, it changes nothing."""
    judged: list[Decision] = []
    start = end = 0  # of the last span that goes whatever the budget says
    for finding in sorted(findings, key=_place):
        if finding.end <= end and (finding.start > start or finding.end < end):
            continue
        decision = _judge(page, finding, shadowed, guarded)
        judged.append(decision)
        if decision.cut and finding.end > end and not _at_risk(finding):
            start, end = finding.start, finding.end
    return judged


def _place(finding: Finding) -> tuple[int, int, float, str]:
    """Where the finding stands; the longest first of those that begin together, then the surest."""
    return finding.start, -finding.end, -finding.confidence, finding.rule


def _judge(page: Page, finding: Finding, shadowed: str, guarded: Mapping[Finding, str]) -> Decision:
    if not page.policy.cuts(finding):
        off = page.policy.is_off(finding)
        return Decision(finding, False, "category-off" if off else "low-confidence")
    if finding.inline and splits_markup(shadowed, finding.start, finding.end):
        return Decision(finding, False, "markup")
    name = guarded.get(finding) if guarded else None
    if name is None:
        name = first_guard(page, finding)
    return Decision(finding, not name, name)


def _apart(findings: list[Finding]) -> list[Finding]:
    """Findings that do not overlap, of findings by their place; where some do, the first stands."""
    taken: list[Finding] = []
    for finding in findings:
        if taken and finding.start < taken[-1].end:
            if finding.end <= taken[-1].end:
                continue
            finding = finding._replace(start=taken[-1].end)
        taken.append(finding)
    return taken


def _inside(finding: Finding, covered: list[tuple[int, int]]) -> bool:
    at = bisect_right(covered, (finding.start, 1 << 62)) - 1
    return at >= 0 and covered[at][0] <= finding.start and finding.end <= covered[at][1]


def _at_risk(finding: Finding) -> bool:
    """Whether the budget counts what the finding takes; of a stretch that is off the article it does not."""
    return finding.confidence < SAFEST and "budget" not in finding.ignores


def _budget(page: Page, cuts: list[Finding]) -> Budget:
    risky: set[int] = set()
    safe: set[int] = set()
    for finding in cuts:
        if finding.inline:
            continue
        first, last = page.span(finding)
        (risky if _at_risk(finding) else safe).update(range(first, last + 1))
    risky = {i for i in risky - safe if page.prose(i)}
    if not risky:
        return Budget(0, _FREE_WORDS, False)
    words = sum(page.words(i) for i in risky)
    if words <= _FREE_WORDS:
        return Budget(words, max(words, _FREE_WORDS), False)
    rest = sum(page.words(i) for i in page.text_lines() if i not in safe and page.prose(i))
    limit = max(_FREE_WORDS, int(_SHARE * rest))
    return Budget(words, limit, words > limit)
