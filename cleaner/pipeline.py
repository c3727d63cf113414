"""The one way data flows, on one screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .apply import Removal, remove
from .decide import Budget, Verdict, decide, guard
from .decode import survives
from .layout import lined
from .lines import Lines
from .match import Matcher, Slow
from .model import Decision, Document, Finding
from .page import Page
from .policy import RuleSet
from .remaining import remaining
from .result import Result
from .structure import Structure
from .trace import Trace

if TYPE_CHECKING:
    from .rules.context import ContextRule

__all__ = ["run"]

# One round cuts, the next finds that nothing is left to cut; more are needed where a cut brings lines
# together that are cruft only side by side. A text that is not at rest by then is passed through.
_MOST_ROUNDS = 24
_MOST_CHARS = 256 * 1024 * 1024


def run(
    document: Document,
    matcher: Matcher,
    context: "Sequence[ContextRule]",
    ruleset: RuleSet,
    structure: Structure | None = None,
) -> Result:
    """Clean one document. Cleaning the clean text again changes nothing."""
    if len(document.text) > _MOST_CHARS:
        return Result.whole(document, ruleset, f"longer than {_MOST_CHARS} characters")
    trace = Trace(document.text)
    cuts: list[Removal] = []
    budget = Budget()
    shadowed, lines = lined(trace.text)
    claims: list[Finding] | None = None
    joins = False
    languages: frozenset[str] = frozenset()
    for _ in range(_MOST_ROUNDS):
        # Which language the text is in is asked in every round, for what is left may be in another.
        heard = matcher.heard(shadowed)
        try:
            if claims is None or heard != languages:
                claims, joins = matcher.match(shadowed, lines, heard)
        except Slow as error:
            return Result.whole(document, ruleset, f"rule {error} took longer than its time")
        languages = heard
        whole_page = structure if structure is not None and structure.applies(lines) else None
        if not claims and whole_page is None:
            return _result(document, ruleset, trace, cuts, [], budget)
        verdict = _judged(shadowed, lines, claims, context, ruleset, whole_page)
        budget = max(budget, verdict.budget, key=_severity)
        removals = remove(trace.text, lines, [d.finding for d in verdict.decisions if d.cut])
        if not removals:
            return _result(document, ruleset, trace, cuts, verdict.decisions, budget)
        cuts += trace.placed(removals)
        left = None if joins else remaining(claims, removals, lines)
        shadowed, lines = "", Lines("")  # the old ones are each as large as the text
        trace.cut(removals)
        shadowed, lines = lined(trace.text)
        claims = left.placed(lines) if left else None
    return Result.whole(document, ruleset, f"not at rest after {_MOST_ROUNDS} rounds")


def _judged(
    shadowed: str,
    lines: Lines,
    claims: Sequence[Finding],
    context: "Sequence[ContextRule]",
    ruleset: RuleSet,
    structure: Structure | None,
) -> Verdict:
    """What becomes of the claims of one round, and of those that the lines around them give rise to."""
    page, findings = Page(lines, claims, ruleset.policy, shadowed), list(claims)
    guarded = guard(page, claims)
    page.keep(guarded)
    for rule in context:
        if rule.needs and rule.needs.isdisjoint(page.kinds):
            continue
        if more := rule.find(page):
            page.add(more)
            findings += more
    if structure is not None:
        findings += structure.find(page)
    # Guards look at the claims beside a line: where there are more, all are asked again.
    return decide(page, findings, shadowed, guarded if len(findings) == len(claims) else {})


def _severity(budget: Budget) -> tuple[bool, int]:
    return budget.exceeded, budget.words


def _result(
    document: Document,
    ruleset: RuleSet,
    trace: Trace,
    cuts: list[Removal],
    decisions: Sequence[Decision],
    budget: Budget,
) -> Result:
    """The account, in offsets of the scrape."""
    if cuts and not survives(trace.text, document):
        reason = f"a cut would join two halves of a character of {document.encoding}"
        return Result.whole(document, ruleset, reason)
    return Result(document, trace.text, ruleset, cuts, trace.found(decisions), budget)
