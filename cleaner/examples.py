"""A pack's own examples, run through the whole engine."""

from collections.abc import Sequence
from typing import NamedTuple

from .fold import key, view
from .lines import Lines, shadow
from .match import Matcher
from .model import Document, Finding
from .pipeline import run
from .policy import Policy, RuleSet
from .rules.context import CONTEXT_RULES, ContextRule
from .rules.spec import Rule
from .site_rules import SiteRules

__all__ = ["Fault", "check_context", "check_rules", "from_diff"]

_ABOVE = (
    "The council met on Monday evening and agreed to close the old bridge for a whole year.\n\n"
)
_BELOW = (
    "\n\nWork is to begin in the first week of March, the mayor told the members after the vote.\n"
)
_MARKS = ("⟦", "⟧")


class Fault(NamedTuple):
    """An example that the engine does not treat as its rule says."""

    rule: str
    kind: str
    example: str
    message: str


def check_rules(
    rules: Sequence[Rule], beside: Sequence[Rule] = (), matcher: Matcher | None = None
) -> list[Fault]:
    """Run every example of the rules.

    Parameters
    ----------
    rules
        The rules whose examples are run.
    beside
        The other rules in use.
    matcher
        One of all of them but those that are bound to sites, where it is at hand already.
    """
    bound = [rule for rule in (*rules, *beside) if rule.sites]
    if matcher is None:
        ids = {rule.id for rule in rules}
        every = (*rules, *(rule for rule in beside if rule.id not in ids))
        matcher = Matcher([rule for rule in every if not rule.sites], any_language=True)
    sites, general = SiteRules(matcher, bound), matcher
    faults: list[Fault] = []
    for rule in rules:
        matcher = sites.matcher(rule.sites[0]) if rule.sites else general
        faults += [f for text in rule.remove if (f := _check_remove(rule, text, matcher))]
        faults += [f for text in rule.keep if (f := _check_keep(rule, text, matcher))]
    return faults


def check_context(rule: ContextRule, matcher: Matcher) -> list[Fault]:
    """Run the examples of a context rule, which are in diff notation, with these rules of patterns."""
    faults = []
    for example in rule.examples:
        scrape, wanted = from_diff(example)
        clean = run(Document(scrape), matcher, CONTEXT_RULES, RuleSet((), Policy())).text
        if _words(clean) != _words(wanted):
            faults.append(Fault(rule.id, "example", example, f"the clean text is {clean!r}"))
    return faults


def from_diff(example: str) -> tuple[str, str]:
    """The scrape and the clean text of an example in diff notation."""
    rows = example.splitlines(keepends=True)
    scrape = "".join(row[1:] or "\n" for row in rows)
    return scrape, "".join(row[1:] or "\n" for row in rows if not row.startswith("-"))


def _words(text: str) -> list[str]:
    return text.split()


def _check_remove(rule: Rule, example: str, matcher: Matcher) -> Fault | None:
    text, start, end = _framed(example)
    claims = [f for f in _claims(text, matcher) if f.rule == rule.id]
    wanted = text[start:end].strip()
    for claim in claims:
        if text[claim.start : claim.end].strip() == wanted:
            return None
    if claims:
        first = claims[0]
        advice = ""
        if (
            not any(mark in example for mark in _MARKS)
            and start <= first.start
            and first.end <= end
        ):
            parts = text[start : first.start], text[first.start : first.end], text[first.end : end]
            marked = "{}⟦{}⟧{}".format(*parts)
            advice = f": put ⟦ ⟧ around what goes if that is right: {marked!r}"
        claimed = text[first.start : first.end]
        return Fault(rule.id, "remove", example, f"the claim is {claimed!r}{advice}")
    reason = f"no claim: the rule does not match {_seen(rule, text[start:end])}"
    return Fault(rule.id, "remove", example, reason)


def _seen(rule: Rule, example: str) -> str:
    """The example as the rule is compared with it, see docs/rules.md."""
    if rule.scope != "line" or "\n" in example:
        return "it"
    seen = key(example).replace("0", "#") if rule.phrases else view(example)
    return f"it as it is compared, {seen!r}"


def _check_keep(rule: Rule, example: str, matcher: Matcher) -> Fault | None:
    text, start, end = _framed(example)
    result = run(Document(text), matcher, CONTEXT_RULES, RuleSet((), Policy("strict")))
    for cut in result.cuts:
        if cut.start < end and start < cut.end and cut.category != "whitespace":
            return Fault(rule.id, "keep", example, f"{cut.rule} cuts {cut.text.strip()!r}")
    return None


def _framed(example: str) -> tuple[str, int, int]:
    """The example between two paragraphs, and the span that is to be claimed."""
    opening, closing = _MARKS
    first, last = example.find(opening), example.find(closing)
    if first >= 0 and last > first:
        bare = example[:first] + example[first + 1 : last] + example[last + 1 :]
        start, end = first, last - 1
    else:
        bare, start, end = example, 0, len(example)
    return _ABOVE + bare + _BELOW, len(_ABOVE) + start, len(_ABOVE) + end


def _claims(text: str, matcher: Matcher) -> list[Finding]:
    shadowed = shadow(text)
    return matcher.match(shadowed, Lines(shadowed)).findings
