"""``cleaner clean`` with nothing to parse: a pipe, as most runs are.

The work is that of the whole command line; ``click``, which takes longer to import than such a text to clean,
is left out.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from ..errors import InputError
from .ending import end
from .places import SETTINGS_FILES, STDIN, STDOUT, apart, reading, tell, writing

if TYPE_CHECKING:
    from ..result import Result

__all__ = ["hint", "is_plain", "main", "taken", "tell_limit"]

_QUIET = ("-q", "--quiet")


def is_plain(argv: Sequence[str]) -> bool:
    """Whether the arguments are those of a pipe, and nothing else says what to do."""
    return (
        argv[:1] == ["clean"]
        and {STDIN, *_QUIET}.issuperset(argv[1:])
        and argv.count(STDIN) <= 1
        and "_CLEANER_COMPLETE" not in os.environ  # a shell asks how to complete a line
        and not any(map(os.path.lexists, SETTINGS_FILES))
    )


def main() -> NoReturn:
    """Clean stdin to stdout and exit."""
    quiet = not set(_QUIET).isdisjoint(sys.argv)
    end(lambda: _clean(quiet))


def _clean(quiet: bool) -> int:
    from ..api import Cleaner

    apart({"SRC": STDIN}, {"stdout": STDOUT})
    cleaner = Cleaner()
    data = taken(STDIN, auto=True, quiet=quiet)
    result = cleaner.clean(data, source="stdin")
    if not quiet:
        hint("stdin", data, result)
        tell_limit("stdin", result)
    with writing(None) as out:
        out.write(result.data)
    return 0


def taken(source: str, *, auto: bool, quiet: bool) -> bytes:
    """The bytes of a source, stdin for ``-``.

    Parameters
    ----------
    source
        Its path.
    auto
        Whether nobody said what it is; who names the format knows.
    quiet
        Whether nothing is said of waiting for a terminal.

    Raises
    ------
    InputError
        If it cannot be read, or is no text and nobody said what it is.
    """
    with reading(source, quiet=quiet) as file:
        data = file.read()
    if auto:
        from .hints import refused

        if reason := refused(data):
            raise InputError(f"{'stdin' if source == STDIN else source}: {reason}")
    return data


def hint(name: str, data: bytes, result: "Result") -> None:
    """Say so where the input is no plain text; it is cleaned as text all the same."""
    from .hints import no_text

    if reason := no_text(data, result.document.encoding):
        tell(f"{name}: {reason}")


def tell_limit(name: str, result: "Result") -> None:
    """Say so where a document broke a limit."""
    if result.limit:
        tell(f"{name}: passed through whole: {result.limit}")
