"""Which known word somebody means who wrote another one."""

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(word: object, words: Iterable[str]) -> str:
    """The known word that is most like an unknown one, to be put behind a message; empty for none."""
    import difflib

    close = difflib.get_close_matches(str(word), list(words), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
