"""What a run is willing to cut: profile, categories and rules switched on or off."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from .errors import CleanerError
from .model import CATEGORIES, Finding
from .nearest import nearest
from .rules.spec import Pack, Rule

__all__ = [
    "CERTAIN",
    "PAGE_MODES",
    "PROFILES",
    "SAFEST",
    "PageMode",
    "Policy",
    "RuleSet",
    "chosen",
    "split_names",
]

PageMode = Literal["never", "auto", "always"]
PAGE_MODES: tuple[PageMode, ...] = ("never", "auto", "always")
# The least confidence that a profile cuts at. A rule's confidence is its author's estimate, which the
# category precision on a scored corpus holds in check (docs/measuring.md).
PROFILES = {"safe": 0.95, "standard": 0.8, "strict": 0.6}
CERTAIN = 0.99
SAFEST = 0.95


class Policy(NamedTuple):
    """The thresholds and switches of a run.

    Attributes
    ----------
    profile
        ``safe``, ``standard`` or ``strict``.
    off
        Categories whose claims are reported but not cut.
    on
        Rule ids that are cut whatever their confidence, although their category may be off.
    eager
        Categories that are cut as the ``strict`` profile would.
    """

    profile: str = "standard"
    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    eager: frozenset[str] = frozenset()

    def is_off(self, finding: Finding) -> bool:
        """Whether the finding's category is switched off, and the rule not on by itself."""
        return finding.category in self.off and finding.rule not in self.on

    def cuts(self, finding: Finding) -> bool:
        """Whether the finding goes, guards aside."""
        if finding.rule in self.on:
            return True
        category = finding.category
        if category in self.off:
            return False
        return finding.confidence >= PROFILES["strict" if category in self.eager else self.profile]


class RuleSet:
    """The rules of a run and what it does with their claims.

    Attributes
    ----------
    rules
        The rules in use.
    policy
        The thresholds and switches.
    without
        Ids of context rules that are switched off.
    page
        Whether scrapes are whole pages: ``never``, ``always`` or ``auto``.
    """

    page: PageMode = "never"

    def __init__(
        self, rules: Sequence[Rule], policy: Policy, without: frozenset[str] = frozenset()
    ) -> None:
        self.rules = rules
        self.policy = policy
        self.without = without

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that the rules in use have words of, as ISO 639-1 codes."""
        return frozenset(code for rule in self.rules for code in rule.languages) - {"*"}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of all that decides what is cut: rules, policy and version."""
        import hashlib
        import json

        from . import __version__
        from .rules.late_rows import digest

        policy = self.policy
        switches = [
            policy.profile,
            self.page,
            *map(sorted, (policy.off, policy.on, policy.eager, self.without)),
        ]
        # The sieve follows from the pattern; examples decide nothing.
        rules = [
            list(rule._replace(phrases=(digest(rule.phrases),), remove=(), keep=(), sieve=()))
            for rule in self.rules
        ]
        value = [__version__, switches, rules]
        return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def chosen(
    packs: Sequence[Pack],
    profile: str = "standard",
    enable: Iterable[str] = (),
    disable: Iterable[str] = (),
    context: Iterable[str] = (),
    rules: Sequence[Rule] | None = None,
) -> RuleSet:
    """The rules of the packs that are in use, with the policy over them.

    ``enable`` and ``disable`` take rule ids, categories and ``category.*``. An enabled rule is cut whatever
    its confidence, an enabled category as ``strict`` would. A rule id is stronger
    than its category; where both name the same, ``disable`` wins. ``rules`` are those of all packs, if it is
    known that no two have one id.

    Raises
    ------
    CleanerError
        If the profile, a rule or a category is unknown.
    """
    if profile not in PROFILES:
        raise CleanerError(f"unknown profile {profile!r}: use one of {', '.join(PROFILES)}")
    context, enable, disable = frozenset(context), tuple(enable), tuple(disable)
    if rules is None:
        from .rules.load import merged

        rules = merged(packs, context)
    ids = {*context, *(rule.id for rule in rules)} if enable or disable else set()
    on_ids, on_categories = split_names(enable, ids, "--enable ")
    off_ids, off_categories = split_names(disable, ids, "--disable ")
    off_by_default = {pack.category for pack in packs if not pack.standard}
    if profile == "strict":
        off_by_default = set()
    kept = rules
    if off_ids or off_categories:
        kept = tuple(
            rule
            for rule in rules
            if rule.id not in off_ids and (rule.category not in off_categories or rule.id in on_ids)
        )
    off = (off_by_default - on_categories) | off_categories
    without = frozenset(off_ids & context)
    eager = frozenset(on_categories - off_categories)
    policy = Policy(profile, frozenset(off), frozenset(on_ids), eager)
    return RuleSet(kept, policy, without)


def split_names(names: Iterable[str], ids: set[str], option: str = "") -> tuple[set[str], set[str]]:
    """Names as rule ids and as categories, which may be written ``category.*``.

    Raises
    ------
    CleanerError
        If a name is neither; ``option`` is what stands before it in the message.
    """
    rules: set[str] = set()
    categories: set[str] = set()
    for name in names:
        category = name.removesuffix(".*")
        if name in ids:
            rules.add(name)
        elif category in CATEGORIES:
            categories.add(category)
        else:
            hint = nearest(name, [*ids, *CATEGORIES])
            raise CleanerError(
                f"{option}{name}: no such rule or category{hint} ('cleaner rules list' shows all)"
            )
    return rules, categories
