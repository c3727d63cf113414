"""The exceptions of the project. Every message says what is wrong, where, and what to do next."""

from typing import Any

__all__ = [
    "CleanerError",
    "InputError",
    "MissingExtraError",
    "RestoreError",
    "RuleError",
]


class CleanerError(Exception):
    """Base of all errors that a caller can do something about.

    The command line turns it into one line on standard error and exit status 2.
    """


class RuleError(CleanerError):
    """A rule pack that breaks the schema.

    Parameters
    ----------
    message
        What is wrong and what to do next.
    path
        The pack's file, as the user named it.
    rule
        The id of the faulty rule; empty when the fault is in the pack's head.
    key
        The faulty key; empty when the whole entry is at fault.
    """

    def __init__(self, message: str, *, path: str, rule: str = "", key: str = "") -> None:
        where = path
        if rule:
            where += f": rule {rule!r}"
        if key:
            where += f": key {key!r}"
        super().__init__(f"{where}: {message}")
        self.path = path
        self.rule = rule
        self.key = key

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Pickled without its constructor, which takes other arguments than the message."""
        return _unpickled, (type(self), str(self)), self.__dict__


class InputError(CleanerError):
    """A source that cannot be read or decoded."""


class RestoreError(CleanerError):
    """A clean text and a report that do not belong together, or a damaged report."""


class MissingExtraError(CleanerError):
    """A feature whose optional dependency is not installed; the message names the command."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the optional extra {extra!r}: pip install 'article-cleaner[{extra}]'"
        )
        self.feature = feature
        self.extra = extra

    def __reduce__(self) -> tuple[type["MissingExtraError"], tuple[str, str]]:
        """Pickled as its two arguments: a worker may raise it."""
        return type(self), (self.feature, self.extra)


def _unpickled(kind: type[CleanerError], message: str) -> CleanerError:
    error = kind.__new__(kind)
    error.args = (message,)
    return error
