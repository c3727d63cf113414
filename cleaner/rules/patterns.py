"""The regular expressions of a rule, compiled: when they are needed, or long before.

To compile a pattern takes some 4 ms, to read one that is compiled a fiftieth of it: a start that needs
twenty of them is quicker by as many as a text of a few kilobytes takes. Only the very same release of the
``regex`` library can read what was compiled with it.
"""

import pickle
from typing import Any, NamedTuple

from .spec import Rule

__all__ = ["Patterns", "compiled", "dumped", "loaded", "release", "sources"]


class Patterns(NamedTuple):
    """The compiled expressions of one rule; None where it has none."""

    pattern: Any
    unless: Any
    rest: Any


def compiled(rule: Rule) -> Patterns:
    """The expressions of a rule, compiled now."""
    import regex

    flags = _flags(rule)
    return Patterns(
        *(
            regex.compile(source, flags) if source else None
            for source in (rule.pattern, rule.unless, rule.rest)
        )
    )


def _flags(rule: Rule) -> int:
    import regex

    # V0: full case folding (V1) reads "st" and "ss" in two ways each, which multiplies.
    flags = regex.V0 | regex.VERBOSE | regex.IGNORECASE
    if rule.scope == "block":
        flags |= regex.MULTILINE
    return int(flags)


def sources(rule: Rule) -> str:
    """What the compiled expressions of a rule follow from."""
    return repr((rule.pattern, rule.unless, rule.rest, _flags(rule)))


def release() -> str:
    """The release of the library that compiles them."""
    import regex

    return str(regex.__version__)


def dumped(patterns: Patterns) -> bytes:
    """Compiled expressions as bytes, for `loaded`."""
    return pickle.dumps(tuple(patterns), protocol=5)


def loaded(data: bytes) -> Patterns:
    """Compiled expressions from what `dumped` wrote in this release; never from a file of others."""
    return Patterns(*pickle.loads(data))
