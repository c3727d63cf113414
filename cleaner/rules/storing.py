"""Writing the file of `cleaner.rules.stored`."""

import hashlib
import pickle
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from .cover import covering
from .late_rows import digest
from .nets import by_language, net_of
from .patterns import compiled, dumped, release, sources
from .phrases import hashed
from .spec import Pack, Rule
from .stored import HASHES, LATE, MAGIC, NET, PATTERNS, RULES, TEXTS, Stored

__all__ = ["written"]


def written(
    packs: Iterable[Pack],
    made_of: Any = None,
    before: Stored | None = None,
    *,
    same_code: bool = False,
) -> bytes:
    """The file of some packs: its head, and its parts behind it.

    Parameters
    ----------
    packs
        The packs, their sieves made.
    made_of
        What to say of where they come from.
    before
        A file written earlier: what was compiled for it is not compiled again.
    same_code
        Whether the code that wrote it is the code of now: what it holds of languages whose rules did not
        change is taken over.
    """
    packs = tuple(packs)
    languages = by_language(rule for pack in packs for rule in pack.rules)
    homes = {rule.id: code for code in sorted(languages, reverse=True) for rule in languages[code]}
    parts: dict[str, bytes] = {}
    marks: dict[str, str] = {}
    for code, rules in languages.items():
        briefs = {rule.id: _brief(rule) for rule in rules}
        marks[code] = _mark(briefs)
        old = before.parts(code, marks[code]) if before and same_code else {}
        own = {name: brief for name, brief in briefs.items() if homes[name] == code}
        parts |= old or _parts(code, rules, own, before)
    begins = accumulate(map(len, parts.values()), initial=0)
    rows = [rule for pack in packs for rule in pack.rules]
    head = {
        "made_of": made_of,
        "release": release(),
        "parts": dict(zip(parts, begins, strict=False)),
        "marks": marks,
        "packs": [[pack.category, pack.states, pack.standard, len(pack.rules)] for pack in packs],
        "languages": [*languages],
        "ids": [rule.id for rule in rows],
        "homes": [homes[rule.id] for rule in rows],
        "bound": [at for at, rule in enumerate(rows) if rule.sites],
    }
    return b"".join([MAGIC, _pickled(head), *parts.values()])


def _parts(
    code: str, rules: Sequence[Rule], own: dict[str, list[Any]], before: Stored | None
) -> dict[str, bytes]:
    """The parts of one language; ``own`` are those of its rules that stand in no other one's."""
    net = net_of(rules, covering)
    return {
        f"{RULES}{code}": _pickled(own),
        # The phrases stand in the net.
        f"{TEXTS}{code}": _pickled({r.id: [r.remove, r.keep, r.sieve] for r in rules}),
        f"{NET}{code}": _pickled(net.values()),
        f"{HASHES}{code}": _pickled(tuple(hashed(net.phrases))),
        f"{PATTERNS}{code}": _pickled(_patterns(rules, before)),
    }


def _patterns(rules: Iterable[Rule], before: Stored | None) -> dict[str, tuple[str, bytes]]:
    return {
        rule.id: (sources(rule), before.dumped(rule) if before else dumped(compiled(rule)))
        for rule in rules
        if rule.pattern
    }


def _brief(rule: Rule) -> list[Any]:
    """A rule without what is read late, of which the sizes and digests stand here."""
    late = [(len(getattr(rule, name)), digest(getattr(rule, name))) for name in LATE]
    return [list(rule._replace(phrases=(), remove=(), keep=(), sieve=())), late]


def _mark(briefs: dict[str, list[Any]]) -> str:
    """What tells the rules of a language, and the release that compiles them, from others."""
    return hashlib.sha256(repr((release(), [*briefs.values()])).encode()).hexdigest()


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)
