"""Outputs of earlier runs whose sources are gone."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress

from .placing import WriteError, is_text_name

__all__ = ["pruned"]


def pruned(targets: Sequence[str], output: Callable[[str], str], root: str) -> None:
    """Delete the outputs of these targets, and the folders below ``root`` that are empty then.

    ``output`` gives the place of a target. Of a folder of texts only the texts go.

    Raises
    ------
    WriteError
        If one cannot be deleted.
    """
    for target in targets:
        path = output(target)
        try:
            _deleted(path)
        except OSError as error:
            raise WriteError(f"{path}: cannot be deleted: {error.strerror or error}") from error
        folder = os.path.dirname(target)
        with suppress(OSError):  # not empty
            while folder:
                os.rmdir(os.path.join(root, folder))
                folder = os.path.dirname(folder)


def _deleted(path: str) -> None:
    if not os.path.isdir(path) or os.path.islink(path):
        os.unlink(path)
        return
    for name in os.listdir(path):
        if is_text_name(name):
            os.unlink(os.path.join(path, name))
    with suppress(OSError):  # something else is in it
        os.rmdir(path)
