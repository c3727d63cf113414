"""Reasons to keep a span although a rule claims it."""

from .first import first_guard, splits_markup

__all__ = ["first_guard", "splits_markup"]
