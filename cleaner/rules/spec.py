"""What a rule is, and a pack of them."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["OPENS", "Pack", "Rule"]

# Sections that a rule may open; each has a context rule that continues it.
OPENS = (
    "related",
    "comments",
    "newsletter",
    "share",
    "author",
    "menu",
    "consent",
    "footer",
    "contents",
)


class Rule(NamedTuple):
    """One named statement of what cruft looks like.

    Attributes
    ----------
    id
        ``category.name``, unique in all packs in use.
    states
        What the rule says of the web, in one sentence; the *why* of a cut.
    languages
        ISO 639 codes, or ``*``.
    scope
        ``line``: the whole line. ``inline``: a part of a paragraph. ``block``: some lines in a row.
    phrases
        Folded whole-line phrases (scope ``line`` only), see `cleaner.fold.key`.
    pattern, literals
        A verbose, case-insensitive regular expression and strings of which at least one stands in
        everything it matches.
    also
        More such strings, of which at least one stands in every match too: a second sieve for rules
        whose literals are common words.
    rest
        What each further sentence of the line must hold, where the pattern matches its first ones
        only (scope ``line``).
    unless
        A pattern that takes the claim back where it is found in the same line or span.
    confidence
        How sure the claim is, 0 to 1.
    opens
        The section that this line starts, see `OPENS`; empty for none.
    max_chars
        The longest claim of the pattern, in code points.
    ignores
        Guards that do not apply.
    sites
        The sites whose documents it is tried in, see `cleaner.sites.site_of`; none for all documents.
    sieve
        What must stand in a match, see `cleaner.rules.sieve`; filled in when the pack is loaded.
    timeout
        Seconds that one search may take; None for no limit.
    """

    id: str
    category: str
    states: str
    languages: tuple[str, ...]
    scope: str
    phrases: Sequence[str]
    pattern: str
    literals: tuple[str, ...]
    also: tuple[str, ...]
    rest: str
    unless: str
    confidence: float
    opens: str
    max_chars: int
    ignores: tuple[str, ...]
    remove: Sequence[str]
    keep: Sequence[str]
    sites: tuple[str, ...] = ()
    sieve: Sequence[tuple[tuple[str, ...], ...]] = ()
    timeout: float | None = None


class Pack(NamedTuple):
    """The rules of one category, and whether the ``standard`` profile uses them.

    ``path`` is the file of a user's pack, and empty for the project's own.
    """

    category: str
    states: str
    standard: bool
    rules: Sequence[Rule]
    path: str = ""
