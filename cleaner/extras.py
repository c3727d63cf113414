"""Optional dependencies: imported where they are used, and named where they are missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from .errors import MissingExtraError

__all__ = ["needed"]


@contextmanager
def needed(feature: str, extra: str) -> Iterator[None]:
    """Import within this what an optional extra installs.

    Parameters
    ----------
    feature
        What needs it, for the message.
    extra
        The name of the extra.

    Raises
    ------
    MissingExtraError
        If an import fails.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(feature, extra) from error
