"""The cleaner as an object, and the two functions most callers need."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Any

from .decode import decode
from .errors import CleanerError, InputError
from .match import Matcher
from .model import Document
from .pipeline import run
from .policy import PAGE_MODES, PageMode, chosen
from .result import Result
from .rules.built import built
from .rules.late_rows import Late, Rules
from .rules.spec import Pack
from .rules.stored import Stored
from .site_rules import SiteRules
from .structure import CATEGORY, IDS, Structure

if TYPE_CHECKING:
    from .rules.context import ContextRule

__all__ = ["Cleaner", "clean"]


class Cleaner:
    """Rules and settings, ready for many documents. It keeps nothing of the documents it has seen.

    Parameters
    ----------
    profile
        ``safe`` cuts only what no article holds, ``standard`` what is almost surely cruft,
        ``strict`` also what probably is.
    rules
        Packs to use beside the built-in ones, or their paths.
    enable, disable
        Rule ids, categories or ``category.*``.
    packs
        The packs to use in place of the built-in ones; an empty row cuts nothing.
    page
        Whether a scrape is the text of a whole page, of which only the article is to stay: ``auto`` goes by
        the shape of each scrape, ``never`` and ``always`` say so of all.

    Raises
    ------
    CleanerError
        If the profile, a pack, a rule id or a category is wrong.

    Examples
    --------
    >>> Cleaner().clean("The bridge is closed.\\n\\n- Advertisement -\\n").text
    'The bridge is closed.\\n'
    """

    def __init__(
        self,
        profile: str = "standard",
        *,
        rules: Iterable[str | PathLike[str] | Pack] = (),
        enable: Iterable[str] = (),
        disable: Iterable[str] = (),
        packs: Sequence[Pack] | None = None,
        page: PageMode = "auto",
    ) -> None:
        if page not in PAGE_MODES:
            raise CleanerError(f"unknown page {page!r}: use one of {', '.join(PAGE_MODES)}")
        rules, enable, disable = _row(rules), _row(enable), _row(disable)
        self._settings = profile, rules, enable, disable, packs, page
        own = _own() if packs is None else None
        base = own.packs if own else tuple(packs or ())
        self.packs = (*base, *map(_loaded, rules))
        # Who neither adds a rule nor names one need not know those that are no data.
        names = _ids() if rules or enable or disable or packs is not None else ()
        all_rules = own.rules if own and not rules else None
        self.ruleset = chosen(self.packs, profile, enable, disable, names, all_rules)
        # They are loaded for the first text of which the other rules claim something.
        self._context: Sequence[ContextRule] = Late(0, "", _context, self.ruleset.without)
        # Without rules nothing is cut, unless it is asked for.
        off = page == "never" or (page == "auto" and not self.packs)
        off = off or CATEGORY in self.ruleset.policy.off
        self.ruleset.page = "never" if off else page
        self._structure = (
            None if off else Structure(always=page == "always", without=self.ruleset.without)
        )
        general = self.ruleset.rules
        sited = general.bound if isinstance(general, Rules) else general
        bound = [rule for rule in sited if rule.sites]
        if bound:
            general = [rule for rule in general if not rule.sites]
        self._matcher = Matcher(general, stored=own)
        self._sites = SiteRules(self._matcher, bound)

    @property
    def has_sites(self) -> bool:
        """Whether some of its rules are bound to sites, so that it matters which site a scrape is of."""
        return bool(self._sites)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its settings: a worker builds its own automata.

        Packs of the user go as they were read: their files may not be there, or not the same any more.
        """
        profile, rules, enable, disable, packs, page = self._settings
        own = self.packs[len(self.packs) - len(rules) :]
        return _rebuilt, (profile, own, enable, disable, packs, page)

    def clean(
        self,
        scrape: str | bytes,
        *,
        source: str = "",
        encoding: str | None = None,
        site: str = "",
    ) -> Result:
        """Clean one scrape.

        Parameters
        ----------
        scrape
            Its text, or its bytes, whose encoding is found unless it is named.
        source
            A label for the report: a file name or an address.
        encoding
            A codec name, for bytes only.
        site
            The site that it is of, or its address: rules that are bound to that site are tried too.

        Raises
        ------
        InputError
            If the named encoding cannot read the bytes.
        """
        if not isinstance(scrape, str | bytes):
            raise InputError(f"a scrape is str or bytes, not {type(scrape).__name__}")
        if isinstance(scrape, str):
            document = Document(scrape, source, "utf-8", "surrogatepass")
        else:
            document = decode(scrape, source, encoding)
        matcher = self._sites.matcher(site) if site and self.has_sites else self._matcher
        result = run(document, matcher, self._context, self.ruleset, self._structure)
        if isinstance(scrape, bytes) and not result.changed:
            result.data = (
                scrape  # a tenth of the time of an untouched article went into encoding it
            )
        return result


def _context(without: frozenset[str]) -> "tuple[ContextRule, ...]":
    from .rules.context import CONTEXT_RULES

    return tuple(rule for rule in CONTEXT_RULES if rule.id not in without)


def _ids() -> list[str]:
    """The ids of the rules that are code."""
    return [*(rule.id for rule in _context(frozenset())), *IDS]


def _own() -> Stored:
    """The rules that come with the project."""
    if (ready := built()) is not None:
        return ready
    from .rules.load import stored

    return stored()


def _loaded(pack: str | PathLike[str] | Pack) -> Pack:
    if isinstance(pack, Pack):
        return pack
    from .rules.load import load_pack

    return load_pack(pack)


def _row(names: Any) -> tuple[Any, ...]:
    """Names as a row; one name by itself is a row of one."""
    return (names,) if isinstance(names, str | PathLike) else tuple(names)


def _rebuilt(
    profile: str,
    rules: tuple[str | PathLike[str] | Pack, ...],
    enable: tuple[str, ...],
    disable: tuple[str, ...],
    packs: Sequence[Pack] | None,
    page: PageMode,
) -> Cleaner:
    return Cleaner(
        profile,
        rules=rules,
        enable=enable,
        disable=disable,
        packs=packs,
        page=page,
    )


@lru_cache(maxsize=8)
def _cleaner(
    profile: str,
    rules: tuple[str, ...],
    enable: tuple[str, ...],
    disable: tuple[str, ...],
    page: PageMode,
) -> Cleaner:
    return Cleaner(profile, rules=rules, enable=enable, disable=disable, page=page)


def clean(
    scrape: str | bytes,
    *,
    profile: str = "standard",
    rules: Iterable[str | PathLike[str]] = (),
    enable: Iterable[str] = (),
    disable: Iterable[str] = (),
    page: PageMode = "auto",
    source: str = "",
    encoding: str | None = None,
    site: str = "",
) -> Result:
    """Clean one scrape; see `Cleaner` for the settings. The rules are loaded at the first call."""
    cleaner = _cleaner(profile, tuple(map(str, _row(rules))), _row(enable), _row(disable), page)
    return cleaner.clean(scrape, source=source, encoding=encoding, site=site)
