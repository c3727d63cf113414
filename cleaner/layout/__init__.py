"""The layout that an extractor gave a text, undone: rules see its paragraphs whole."""

from .lined import lined

__all__ = ["lined"]
