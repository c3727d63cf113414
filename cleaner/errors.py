"""The exceptions of the project. Every message says what is wrong, where, and what to do next."""

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
        self.extra = extra
