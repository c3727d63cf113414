"""Rules that are bound to a site, kept apart from those that all documents pass through."""

from collections.abc import Sequence
from functools import lru_cache

from .lines import Lines
from .match import Claims, Matcher
from .rules.spec import Rule
from .sites import bare_site, site_of

__all__ = ["SiteMatcher", "SiteRules"]

_MOST_READY = 256  # sites whose automata are kept; they take a millisecond to build


class SiteMatcher(Matcher):
    """The rules of one site, tried beside those of all documents.

    Parameters
    ----------
    general
        The matcher of all documents.
    rules
        The rules of the site, which are heard in all of its texts.
    """

    def __init__(self, general: Matcher, rules: Sequence[Rule]) -> None:
        super().__init__(rules, any_language=True)
        self._general = general

    def heard(self, shadowed: str) -> frozenset[str]:
        """What the matcher of all documents hears."""
        return self._general.heard(shadowed)

    def match(self, shadowed: str, lines: Lines, languages: frozenset[str] | None = None) -> Claims:
        """All claims, ordered by place."""
        general = self._general.match(shadowed, lines, languages)
        own = super().match(shadowed, lines, frozenset())
        return Claims(sorted(general.findings + own.findings), general.joins or own.joins)


class SiteRules:
    """The bound rules of a run by their sites; a document without a site never comes here.

    Parameters
    ----------
    general
        The matcher of all documents.
    rules
        Rules that name sites.
    """

    def __init__(self, general: Matcher, rules: Sequence[Rule]) -> None:
        self._general = general
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            for site in dict.fromkeys(rule.sites):
                self._rules.setdefault(site, []).append(rule)
        self._built = lru_cache(_MOST_READY)(self._build)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def matcher(self, site: str) -> Matcher:
        """The matcher for documents of a site, which is named or stands in an address."""
        name = site_of(site) or bare_site(site)
        return self._built(name) if name in self._rules else self._general

    def _build(self, site: str) -> Matcher:
        return SiteMatcher(self._general, self._rules[site])
